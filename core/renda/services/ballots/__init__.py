"""Ballots: prepared, opened, cast, counted and published, so that nobody learns what an elector voted.

``docs/secrecy.md`` says what is protected against whom, and what is not.
"""

from renda.services.ballots.announcing import announce, notice_of, sitting_of_notice
from renda.services.ballots.by_hand import enter_count, hand_paper, hand_papers
from renda.services.ballots.casting import Answer, cast, cast_at_once, seal, vote
from renda.services.ballots.closing import close
from renda.services.ballots.key_work import KeyTask, KeyWork, apart, together
from renda.services.ballots.keys import FolderKeys, KeyKeeper
from renda.services.ballots.naming import by_name
from renda.services.ballots.opening import make_shares, open_ballot, stop
from renda.services.ballots.publishing import FORMS, forms, publish, published, unguarded, withhold
from renda.services.ballots.rounds import next_round
from renda.services.ballots.sheets import BallotSheet, paper_of, sheet_of, unmarked
from renda.services.ballots.sittings import (
    Turnout,
    for_elector,
    has_cast,
    list_in,
    of_meeting,
    open_in_sitting,
    sitting_of,
    turnout,
    waiting,
)
from renda.services.ballots.statutes import CountingTable, chosen, on_offer
from renda.services.ballots.telling import Closed, Line, Progress, closed, progress
from renda.services.benches.electorates import ELECTORATES
from renda.services.benches.finding import STATES, find
from renda.services.benches.preparing import Question, Subject, prepare
from renda.services.benches.sheet import BENCHES

__all__ = [
    "BENCHES",
    "ELECTORATES",
    "FORMS",
    "STATES",
    "Answer",
    "BallotSheet",
    "Closed",
    "CountingTable",
    "FolderKeys",
    "KeyKeeper",
    "KeyTask",
    "KeyWork",
    "Line",
    "Progress",
    "Question",
    "Subject",
    "Turnout",
    "announce",
    "apart",
    "by_name",
    "cast",
    "cast_at_once",
    "chosen",
    "close",
    "closed",
    "enter_count",
    "find",
    "for_elector",
    "forms",
    "hand_paper",
    "hand_papers",
    "has_cast",
    "list_in",
    "make_shares",
    "next_round",
    "notice_of",
    "of_meeting",
    "on_offer",
    "open_ballot",
    "open_in_sitting",
    "paper_of",
    "prepare",
    "progress",
    "publish",
    "published",
    "seal",
    "sheet_of",
    "sitting_of",
    "sitting_of_notice",
    "stop",
    "together",
    "turnout",
    "unguarded",
    "unmarked",
    "vote",
    "waiting",
    "withhold",
]
