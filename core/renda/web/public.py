"""What the public sees of a district, gathered for its page and its API: one year, one search, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from renda.answers import Sheet
from renda.i18n import gettext
from renda.matter import ANYBODY
from renda.model import NoticeRow, QuestionnaireRow
from renda.rulebook import InForce
from renda.services import published
from renda.services.ballots.announcing import GENRE
from renda.services.desk import Desk
from renda.services.questionnaires import finding
from renda.web import telling

REPLIES = "replies"
FEW = 3


@dataclass(frozen=True, slots=True)
class Tables:
    """The public tables of one practice."""

    rules: InForce
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Public:
    """Everything published of a year: what can be answered now, what was asked, decided, issued and counted.

    ``issued`` are the documents, or with ``replying`` the replies to one person, of which ``replies`` are the newest.
    """

    year: int
    years: Sequence[int]
    text: str
    asking: Sequence[QuestionnaireRow]
    asked: Sequence[QuestionnaireRow]
    decided: Sequence[NoticeRow]
    issued: Sequence[NoticeRow]
    replies: Sequence[NoticeRow]
    replying: bool
    before: int | None
    tables: Sequence[Tables]

    @property
    def empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.asking or self.asked or self.decided or self.issued or self.replies or self.tables)


def gathered(desk: Desk, slug: str) -> Public:
    """What is published of the year and with the words the address asks for, whoever reads it."""
    text = request.args.get("q", "").strip()[:80]
    every = telling.years(desk)
    year = _year(every) or published.newest_year(desk)
    if year not in every:
        every = sorted({*every, year}, reverse=True)
    asked = [row for row in finding.listed(desk, ANYBODY) if text in row.title]
    replying = request.args.get("of") == REPLIES
    shown = published.notices(desk, year=year, text=text, before=_before(), replies=replying)
    replies = () if replying else published.notices(desk, year=year, text=text, replies=True, size=FEW).rows
    result = {GENRE, gettext(GENRE)}
    return Public(
        year=year,
        years=every,
        text=text,
        asking=[row for row in asked if finding.takes_answers(desk, row)],
        asked=[row for row in asked if row.state == "counted" and row.until_on.year == year],
        decided=[row for row in shown.rows if row.genre in result],
        issued=[row for row in shown.rows if row.genre not in result],
        replies=replies,
        replying=replying,
        before=shown.before,
        tables=_tables(desk, slug, year, text),
    )


def _tables(desk: Desk, slug: str, year: int, text: str) -> list[Tables]:
    since, until = telling.span(desk, year)
    found = []
    for answer in telling.told(desk, slug, ANYBODY, since, until):
        rules, said = answer.rules, answer.said
        titles = (gettext(each.title) for each in said)
        kept = [each for each, title in zip(said, titles, strict=True) if each.rows and text in title]
        if kept:
            found.append(Tables(rules, kept))
    return found


def _year(allowed: Sequence[int]) -> int | None:
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    return year if year in allowed or (year is not None and 1954 <= year <= max(allowed)) else None


def _before() -> int | None:
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
