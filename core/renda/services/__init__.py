"""What the doors do: act on matters, read them, ask the practices, keep the record."""
