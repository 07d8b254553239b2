"""The outside plugin has its own tests; they run with it installed, in a process of their own."""

collect_ignore = ["renda-audience"]
