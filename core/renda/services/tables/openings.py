"""Tables of matters: one row opens one. What was opened before is known by its number or by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import Actor
from renda.model import EventRow, MatterRow
from renda.rulebook import InForce
from renda.services import chain, lists
from renda.services.desk import CHINA, Desk
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.imports.values import CLEARS, day_of
from renda.services.matters import act
from renda.services.tables.cells import Cells, column_of
from renda.services.tables.shapes import Column, Difference

declare(
    {
        "tables.unknown_matter": "没有编号为 {number} 的{kind}。新的请把编号留空。",
        "tables.done": "第 {number} 号事项的“{column}”已是“{known}”,这里写的是“{said}”。"
        "办理过的事不能靠改表格来改:请在事项页面办理,或恢复原样。",
        "tables.future": "日期 {day} 在今天之后。",
    }
)

MARK = "it"
NOON = time(12)
NUMBER = Column("number", "编号", sort="matter", note="新的留空;导出的表里已有编号,再导入时不会重复开启")
DAY = Column("day", "日期", sort="date", note="办理的日期,空白为今天;补录以前的写当天")
PORTION = 500


def columns(rules: InForce, action: Action) -> tuple[Column, ...]:
    """Number, day, and a column for each entry of the form."""
    if action.form is None:
        return (NUMBER, DAY)
    schema = rules.practice.schema(action.form)
    return (NUMBER, DAY, *(column_of(name, field, schema.params) for name, field in schema.fields.items()))


class Openings:
    """The taking of one opening action; each new row goes through the one door."""

    def __init__(self, desk: Desk, actor: Actor, rules: InForce, action: Action) -> None:
        self.desk, self.actor, self.rules, self.action = desk, actor, rules, action
        self.columns = columns(rules, action)
        self.added = self.changed = self.same = 0
        self._desks: dict[date, Desk] = {desk.day: desk}
        self.cells = Cells(desk, rules.practice.schema(action.form)) if action.form is not None else None
        self._lines: dict[str, int] = {}
        self.differences: list[Difference] = []

    def expect(self, rows: Sequence[Row]) -> None:
        """See ``Taking``."""
        said = [said_in(row) for row in rows]
        chain.look_up(
            self.desk, [token for each in said for token in {self._token(each), self._token(self._plain(each))}]
        )

    def take(self, row: Row) -> None:
        """See ``Taking``."""
        written = said_in(row)
        number = written.pop("number", "")
        said = self._plain(written)
        if number:
            self._check_done(row, number, said)
            self.same += 1
            return
        day, entries = self._read(row, said)
        if row.damaged:
            return
        token = self._token(said)
        if token in self._lines:
            raise RendaError("tables.same_row", line=self._lines[token], what=gettext("内容相同"))
        self._lines[token] = row.line
        before = self._token(written)
        if before != token and chain.submitted(self.desk, before):
            # The record knows rows of earlier times by how they were written.
            token = before
        outcome = act(
            self._desk_of(day), self.actor, self.action.name, entries, practice=self.rules.code, submission=token
        )
        if outcome.repeated:
            self.same += 1
        else:
            self.added += 1

    def forget(self, line: int) -> None:
        """See ``Taking``."""
        self._lines = {token: number for token, number in self._lines.items() if number < line}

    def finish(self, mistakes: Mistakes) -> None:
        """See ``Taking``."""

    def keep(self) -> None:
        """See ``Taking``."""

    def rows(self) -> Iterator[Sequence[Any]]:
        """The matters opened by this action that the actor may see, oldest first."""
        after = 0
        while True:
            query = self._opened().where(EventRow.number > after).order_by(EventRow.number).limit(PORTION)
            events = self.desk.session.scalars(query).all()
            if not events:
                return
            numbers = [each.matter_id for each in events]
            matters = self.desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(numbers))).all()
            seen = {line.row.id for line in lists.visible(self.desk, matters, self.actor)}
            for each in events:
                if each.matter_id in seen:
                    told = self._told(each)
                    yield [told.get(column.code, "") for column in self.columns]
            after = events[-1].number
            # What was read is let go, or the session would keep every row to the end.
            self.desk.session.expunge_all()

    def _token(self, said: Mapping[str, str]) -> str:
        return submission(self.rules.code, self.action.name, said)

    def _plain(self, said: Mapping[str, str]) -> dict[str, str]:
        plain = {code: self.cells.plain(code, text) for code, text in said.items()} if self.cells else dict(said)
        day = day_of(said.get("day", ""))
        return plain if day is None else {**plain, "day": day.isoformat()}

    def _read(self, row: Row, said: Mapping[str, str]) -> tuple[date, dict[str, Any]]:
        """The day and the entries of a row; raises ``form.invalid`` with all that is wrong in it."""
        entries: dict[str, Any] = {}
        failures: dict[str, str] = {}
        day = self.desk.day
        try:
            day = row.day_or_none("day") or day
            if day > self.desk.day:
                raise wrong("day", "tables.future", day=day.isoformat())
        except RendaError as error:
            failures |= error.fields
        for code, text in said.items():
            if code != "day" and self.cells is not None:
                try:
                    entries[code] = self.cells.entry(code, text)
                except RendaError as error:
                    failures |= error.fields
        if (failures or row.damaged) and self.cells is not None:
            # The form is asked as well: a row is told all its mistakes, not those that happened to come first.
            try:
                self.cells.schema.read(entries)
            except RendaError as error:
                unread = {*failures, *row.damaged}
                failures |= {name: text for name, text in error.fields.items() if name.partition(".")[0] not in unread}
        if failures:
            raise RendaError("form.invalid", fields=failures, mistakes="")
        return day, entries

    def _check_done(self, row: Row, number: str, said: Mapping[str, str]) -> None:
        query = self._opened().where(EventRow.matter_id == (row.whole("number")))
        event = self.desk.session.scalar(query)
        if event is None:
            kind = self.rules.practice.kind(self.action.kind).title
            raise wrong("number", "tables.unknown_matter", number=number, kind=gettext(kind))
        known = self._told(event)
        for column in self.columns[1:]:
            text = row.cells.get(column.code, "")
            # A blank cell says nothing.
            if text and said.get(column.code, "") != self._plain(known).get(column.code, ""):
                told = {"known": known.get(column.code, ""), "said": said.get(column.code, "")}
                raise wrong(column.code, "tables.done", number=number, column=gettext(column.label), **told)

    def _opened(self) -> Any:
        return select(EventRow).where(
            EventRow.practice == self.rules.code,
            EventRow.action == self.action.name,
            EventRow.came_from.is_(None),
            EventRow.matter_id.is_not(None),
        )

    def _told(self, event: EventRow) -> dict[str, str]:
        told = {"number": str(event.matter_id), "day": event.day.isoformat()}
        if self.cells is not None:
            names = self.cells.schema.fields
            told |= {name: plain(self.cells.text(name, event.entries.get(name))) for name in names}
        return told

    def _desk_of(self, day: date) -> Desk:
        if day not in self._desks:
            now = datetime.combine(day, NOON, CHINA).astimezone(UTC)
            self._desks[day] = replace(self.desk, now=now)
        return self._desks[day]


def submission(practice: str, action: str, said: Mapping[str, str]) -> str:
    """The token the record knows a row by: of its content, so that the same row is never done twice."""
    content = repr((practice, action, sorted(said.items())))
    return MARK + hashlib.sha256(content.encode()).hexdigest()[:62]


def said_in(row: Row) -> dict[str, str]:
    """What a row says: its cells that are neither blank nor cleared."""
    return {code: plain(text) for code, text in row.cells.items() if text and text not in CLEARS}


def plain(text: str) -> str:
    """A cell without what files and forms change on its way: blanks around it, how its lines end."""
    return text.strip().replace("\r\n", "\n")
