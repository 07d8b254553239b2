"""Attacks on the secrecy of a ballot, run against the live database and, in the tests, against a naive box."""

from renda.services.secrecy.auditing import ATTACKS, LEAKS, SAFE, UNTRIED, Finding, audit
from renda.services.secrecy.places import Box, plain
from renda.services.secrecy.scoring import Score, Trace, pairings, scored, telling

__all__ = [
    "ATTACKS",
    "LEAKS",
    "SAFE",
    "UNTRIED",
    "Box",
    "Finding",
    "Score",
    "Trace",
    "audit",
    "pairings",
    "plain",
    "scored",
    "telling",
]
