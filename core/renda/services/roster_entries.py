"""Entries of the audit log for what is changed beside matters: accounts, roles, tokens, people, posts, mandates, organs.

Each names the rows that changed, with old and new values as the log of row changes puts them; passwords are in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from renda.matter import Actor
from renda.model import EventRow
from renda.services import chain, row_log
from renda.services.desk import Desk

ACCOUNTS, TOKENS, RULES, ROSTER = "accounts", "tokens", "rules", "roster"
LABELS = {ACCOUNTS: "维护账号", TOKENS: "维护令牌", RULES: "规则文件", ROSTER: "维护名册"}
OPERATOR = Actor(None, "命令行", frozenset({"system"}))
UNTOLD = {"token": {"digest"}}
"""Columns that an entry does not repeat."""


@contextmanager
def entered(desk: Desk, action: str, actor: Actor = OPERATOR) -> Iterator[None]:
    """Enter what is changed inside, where anything is: the audit log is locked first, the entry made last.

    ``action``: a key of ``LABELS``.
    """
    head = chain.lock(desk)
    session = desk.session
    told = {name: dict(rows) for name, rows in row_log.written(session).items()}
    session.info[row_log.BEFORE] = {}
    try:
        yield
        changes = list(_changes(desk, told))
    finally:
        session.info.pop(row_log.BEFORE, None)
    if changes:
        deed = chain.Deed(actor, "", action, LABELS[action], None, None, "", {"changes": changes})
        chain.enter(desk, head, deed)


def enter_rules(desk: Desk) -> None:
    """Enter which versions of which rules the district's files have, where they are others than the last entry says.

    Of a district in which nothing was done yet nothing is entered.
    """
    versions = {
        code: {each.effective.isoformat(): each.digest for each in listed}
        for code, listed in sorted(desk.rulebook.versions.items())
    }
    head = chain.lock(desk)
    last = desk.session.scalar(
        select(EventRow)
        .where(EventRow.action == RULES, EventRow.practice == "")
        .order_by(EventRow.number.desc())
        .limit(1)
    )
    was = None if last is None else last.entries.get("versions")
    if head.number and was != versions:
        entries = {"versions": versions, "before": was}
        chain.enter(desk, head, chain.Deed(OPERATOR, "", RULES, LABELS[RULES], None, None, "", entries))


def _changes(desk: Desk, told: row_log.Rows) -> Iterator[dict[str, Any]]:
    written, before = row_log.written(desk.session), desk.session.info[row_log.BEFORE]
    for table, rows in sorted(written.items()):
        for key, image in sorted(rows.items()):
            if image == told.get(table, {}).get(key, ...):
                continue
            out = UNTOLD.get(table, set()) | {row_log.WHOLE}
            new = {name: value for name, value in (image or {}).items() if name not in out}
            old = before.get((table, key), {})
            if old:
                new = {name: value for name, value in new.items() if name in old}
            yield {"table": table, "row": key, "old": old or None, "new": new or None}
