"""Who voted what in a ballot that was named: the law or the assembly wanted that on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import BallotRow, ElectorRow, PaperRow, PersonRow
from renda.services.ballots.sheets import BallotSheet
from renda.services.ballots.wording import BLANK, VOID, mark_of, marks_of, unmarked_as
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
    return [(name, gettext(";").join(marks) or gettext("未填")) for name, marks in said.values()]


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who made one mark on one line of a named ballot; ``line`` is empty where the ballot has one line only."""

    line: str
    mark: str
    people: Sequence[str]


def roll_call(desk: Desk, row: BallotRow, sheet: BallotSheet) -> Sequence[RollCall]:
    """Everybody's marks by line and mark, then who voted on paper and who did not vote; for named ballots released.

    A line left empty stands under the mark the rule counts it as. Of papers counted by hand only the figures are
    known, so that whoever had one stands by name alone.
    """
    if row.secrecy != "named" or row.published is None:
        return []
    papers = desk.session.execute(
        select(PersonRow.name, PaperRow.content)
        .join(PersonRow, PaperRow.person_id == PersonRow.id)
        .where(PaperRow.ballot_id == row.id)
        .order_by(PersonRow.sort_key, PersonRow.id)
    )
    groups: dict[tuple[str, str], list[str]] = {}
    for name, content in papers:
        for line, mark in _marked(row, sheet, content):
            groups.setdefault((line, mark), []).append(name)
    lines = {"": "", **{line.code: line.label for line in sheet.lines}}
    places = {code: place for place, code in enumerate(lines)}
    marks = [*marks_of(row.bench, row.rule), *(option.mark for option in sheet.options), VOID, BLANK]
    called = [
        RollCall(lines[line] if len(sheet.lines) > 1 else "", mark_of(row.bench, row.rule, mark), people)
        for (line, mark), people in sorted(
            groups.items(), key=lambda each: (places.get(each[0][0], 0), _place(marks, each[0][1]), each[0][1])
        )
    ]
    return [*called, *_without_marks(desk, row)]


def _place(marks: Sequence[str], mark: str) -> int:
    return marks.index(mark) if mark in marks else len(marks)


def _marked(row: BallotRow, sheet: BallotSheet, content: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The lines a paper marks with the mark each is counted under."""
    blank = unmarked_as(row.bench, row.rule)
    if "subject" in content:
        (mark,) = content["marks"] or [blank]
        return [(content["subject"], mark or VOID)]
    if "chosen" in content:
        return [(code, "yes") for code in content["chosen"]] or [("", blank)]
    made: Mapping[str, str] = content.get("marks", {})
    written = [("", gettext("另选{name}", name=name)) for name in content.get("written", ())]
    return [*((line.code, made.get(line.code, blank)) for line in sheet.lines), *written]


def _without_marks(desk: Desk, row: BallotRow) -> Sequence[RollCall]:
    marked = select(PaperRow.person_id).where(PaperRow.ballot_id == row.id, PaperRow.person_id.is_not(None))
    query = (
        select(PersonRow.name, ElectorRow.way)
        .join(ElectorRow, ElectorRow.person_id == PersonRow.id)
        .where(ElectorRow.ballot_id == row.id, PersonRow.id.not_in(marked))
        .order_by(PersonRow.sort_key, PersonRow.id)
    )
    found: dict[str, list[str]] = {}
    for name, way in desk.session.execute(query):
        found.setdefault(way, []).append(name)
    labels = {"paper": gettext("用纸质票表决"), "electronic": gettext("未投票")}
    return [RollCall("", labels[way], found[way]) for way in labels if way in found]


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
