"""The door for people: server-rendered pages, and the programs' API beside them."""
