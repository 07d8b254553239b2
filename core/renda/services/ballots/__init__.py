"""Ballots: prepared, opened, cast, counted and published, so that nobody learns what an elector voted.

``docs/secrecy.md`` says what is protected against whom, and what is not.
"""

from renda.services.ballots.by_hand import enter_count, hand_paper
from renda.services.ballots.casting import Answer, cast, seal, vote
from renda.services.ballots.closing import close
from renda.services.ballots.keys import FolderKeys, KeyKeeper
from renda.services.ballots.opening import make_shares, open_ballot, stop
from renda.services.ballots.publishing import publish, published
from renda.services.ballots.rounds import next_round
from renda.services.ballots.telling import Closed, Line, Progress, closed, progress
from renda.services.benches.finding import STATES, find
from renda.services.benches.preparing import Question, Subject, prepare
from renda.services.benches.sheet import BENCHES

__all__ = [
    "BENCHES",
    "STATES",
    "Answer",
    "Closed",
    "FolderKeys",
    "KeyKeeper",
    "Line",
    "Progress",
    "Question",
    "Subject",
    "cast",
    "close",
    "closed",
    "enter_count",
    "find",
    "hand_paper",
    "make_shares",
    "next_round",
    "open_ballot",
    "prepare",
    "progress",
    "publish",
    "published",
    "seal",
    "stop",
    "vote",
]
