"""Changes of the host's calendar: days with their source, years whose notice is there, and what is due by them.

Deadlines that are kept are computed again, each with an entry in the district's record that names the day before and
after; every process reads the calendar again with the district's generation number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import CalendarDay, District, HostValueRow, MatterRow
from renda.services import chain, reading, security_log, upkeep
from renda.services.desk import ANNOUNCED, Desk, Installation
from renda.services.imports.rows import rows_of
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.kept_rules import raise_generation

declare(
    {
        "calendar.no_source": "请写明依据,例如“国办发明电〔2026〕×号”。",
        "calendar.source_length": "依据至多 {most} 个字。",
        "calendar.twice": "{day} 在第 {line} 行已经写过。请只留一行。",
        "calendar.nothing": "“{file}”里一天也没有。请按 日期、上班、依据 三列填写。",
    }
)

ACTION, LABEL = "calendar", "工作日历变动,重新计算期限"
COLUMNS: Mapping[str, str] = {"日期": "day", "上班": "working", "依据": "source"}
LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One day that is worked, or off, other than by the week; on which ground."""

    day: date
    working: bool
    source: str


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A matter whose day changed with the calendar, and its entry in the record."""

    district: str
    matter: int
    title: str
    before: date | None
    after: date | None
    event: int


def read_entries(path: Path, source: str = "") -> list[CalendarEntry]:
    """The days in a table with the columns 日期, 上班 (是 or 否) and 依据; ``source`` where the last is blank.

    Raises ``import.broken`` with every mistake, ``calendar.nothing``.
    """
    mistakes = Mistakes()
    found: list[CalendarEntry] = []
    lines: dict[date, int] = {}
    for row in rows_of(path, path.name, mistakes, [*COLUMNS, *COLUMNS.values()]):
        cells = {COLUMNS.get(heading, heading): text for heading, text in row.cells.items()}
        with mistakes.at(row.file, row.line):
            entry = _entry(Row(row.file, row.line, cells), source)
            if entry.day in lines:
                raise wrong("日期", "calendar.twice", day=entry.day, line=lines[entry.day])
            lines[entry.day] = row.line
            found.append(entry)
    labels = {code: heading for heading, code in COLUMNS.items()}
    mistakes.found = [replace(each, column=labels.get(each.column, each.column)) for each in mistakes.found]
    mistakes.refuse()
    if not found:
        raise RendaError("calendar.nothing", file=path.name)
    return found


def _entry(row: Row, source: str) -> CalendarEntry:
    row.text("working", required=True)
    own = row.text("source") or source
    check_source(own)
    return CalendarEntry(row.day("day"), row.yes("working"), own)


def check_source(source: str) -> None:
    """Raise ``calendar.no_source`` or ``calendar.source_length``: a day without a ground binds nobody."""
    if not source.strip():
        raise RendaError("calendar.no_source")
    if len(source) > LONGEST_SOURCE:
        raise RendaError("calendar.source_length", most=LONGEST_SOURCE)


def change_calendar(
    installation: Installation, actor: Actor, entries: Sequence[CalendarEntry], announced: Mapping[int, str]
) -> Iterator[MovedDeadline | RendaError]:
    """Keep days and the years whose notice is there (year → source), then move the deadlines of all districts.

    Yields each deadline that moved, and for a district whose rules cannot be read the reason; its deadlines are
    computed when the change is made once more.
    """
    with installation.store.hosting() as session:
        districts = session.execute(select(District.id, District.slug).order_by(District.slug)).all()
        for district_id, _ in districts:
            # With this commit every process reads the calendar again; until then a second change waits here.
            raise_generation(session, district_id)
        for entry in entries:
            session.merge(CalendarDay(day=entry.day, working=entry.working, source=entry.source))
        for year, source in announced.items():
            session.merge(HostValueRow(name=f"{ANNOUNCED}{year}", value=source))
        told = "、".join(f"{each.day} {'上班' if each.working else '放假'}" for each in entries[:20])
        details = {"source": _reason(entries, announced), "days": len(entries)}
        security_log.append(session, installation.clock(), "calendar", actor=actor.name, subject=told, details=details)
    installation.forget_calendar()
    reason = _reason(entries, announced)
    for _, slug in districts:
        try:
            with installation.writing(slug) as desk:
                moved = move_deadlines(desk, slug, actor, reason)
        except RendaError as error:
            yield error
            continue
        yield from moved


def move_deadlines(desk: Desk, slug: str, actor: Actor, reason: str) -> list[MovedDeadline]:
    """Compute the days of a district's open matters again; each that differs is entered in the record."""
    head = chain.lock(desk)
    moved = []
    numbers = desk.session.scalars(select(MatterRow.id).where(MatterRow.waits_for.is_not(None)).order_by(MatterRow.id))
    for number in numbers.all():
        row = reading.find(desk, number, to_change=True)
        before, waited = row.due_on, row.waits_for
        upkeep.refresh(desk, desk.rulebook.of(row), row, reading.view(desk, row))
        row.waits_for = waited
        if row.due_on == before:
            continue
        row.version += 1
        after = row.due_on
        told = {"reason": reason, "before": _iso(before), "after": _iso(after)}
        deed = chain.Deed(actor, row.practice, ACTION, LABEL, row.id, row.state, row.state, told,
                          rules_effective=row.rules_effective, rules_digest=row.rules_digest)  # fmt: skip
        event = chain.enter(desk, head, deed)
        moved.append(MovedDeadline(slug, row.id, row.title, before, after, event.number))
    desk.session.flush()
    return moved


def listed(installation: Installation, year: int) -> list[CalendarEntry]:
    """The host's own days of a year, in order."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    with installation.store.hosting() as session:
        return [
            CalendarEntry(row.day, row.working, row.source) for row in session.scalars(query.order_by(CalendarDay.day))
        ]


def _reason(entries: Sequence[CalendarEntry], announced: Mapping[int, str]) -> str:
    return "、".join(dict.fromkeys([*announced.values(), *(entry.source for entry in entries)]))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
