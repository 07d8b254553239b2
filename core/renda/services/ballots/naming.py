"""Who voted what in a ballot that was named: the law or the assembly wanted that on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import BallotRow, PaperRow, PersonRow
from renda.services.ballots.sheets import BallotSheet
from renda.services.desk import Desk


def by_name(desk: Desk, row: BallotRow, sheet: BallotSheet) -> Sequence[tuple[str, str]]:
    """Each elector and their marks, in the order of names; nothing where it is secret or not yet released."""
    if row.secrecy != "named" or row.published is None:
        return []
    query = (
        select(PersonRow.id, PersonRow.name, PaperRow.content)
        .join(PaperRow, PaperRow.person_id == PersonRow.id)
        .where(PaperRow.ballot_id == row.id)
        .order_by(PersonRow.sort_key, PersonRow.id)
    )
    said: dict[int, tuple[str, list[str]]] = {}
    for number, name, content in desk.session.execute(query):
        said.setdefault(number, (name, []))[1].extend(_marks(sheet, content))
    return [(name, ";".join(marks) or gettext("未选")) for name, marks in said.values()]


def _marks(sheet: BallotSheet, content: Mapping[str, Any]) -> Sequence[str]:
    lines = {line.code: line.label for line in sheet.lines}
    marks = {option.mark: option.label for option in sheet.options}
    if "chosen" in content:
        return [lines.get(code, gettext("无效")) for code in content["chosen"]]
    if "subject" in content:
        made = {content["subject"]: content["marks"][0]} if content["marks"] else {}
    else:
        made = dict(content.get("marks", {}))
    one = len(lines) == 1
    found = [
        marks.get(mark, gettext("无效")) if one else f"{lines.get(code, '')}:{marks.get(mark, gettext('无效'))}"
        for code, mark in sorted(made.items())
    ]
    return [*found, *(gettext("另选{name}", name=name) for name in content.get("written", ()))]
