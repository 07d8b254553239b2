"""``make bench-ballots``: casting and closing, beside other ways of doing it, in one run."""
