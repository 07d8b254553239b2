"""What the tests stand on: a database server, a browser, a web server in a thread."""
