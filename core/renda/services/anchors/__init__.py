"""Anchors: the heads of all logs, signed and kept outside of the database, so that its owner cannot rewrite them."""

from renda.services.anchors.comparison import mistakes, mistakes_of_host
from renda.services.anchors.file import Anchor, append, read
from renda.services.anchors.heads import AUDIT, Heads, heads_of, heads_of_host
from renda.services.anchors.time_stamps import TimeStamper, server_at

__all__ = [
    "AUDIT",
    "Anchor",
    "Heads",
    "TimeStamper",
    "append",
    "heads_of",
    "heads_of_host",
    "mistakes",
    "mistakes_of_host",
    "read",
    "server_at",
]
