"""Tables that one action takes in whole, such as the finance bureau's figures of a quarter."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from renda import fields
from renda.errors import RendaError, TableError, declare
from renda.kinds import Action
from renda.matter import Actor
from renda.model import EventRow, MatterRow
from renda.rulebook import InForce
from renda.services import lists, reading
from renda.services.desk import Desk
from renda.services.imports.tables import Mistake, Mistakes, Row
from renda.services.imports.values import CLEARS
from renda.services.matters import act
from renda.services.permissions import may_act
from renda.services.tables.openings import submission
from renda.services.tables.shapes import MOST_CHANGES, Column, Difference

declare(
    {
        "tables.which_matter": "“{action}”要写明给哪一件事项。现在可以办理的:{matters}。",
        "tables.no_matter": "现在没有可以“{action}”的事项。",
    },
    status=409,
)

MOST_NAMED = 20


def block_of(action: Action) -> tuple[str, fields.Table] | None:
    """The entry of an action's form that holds a table, where that is all the form asks for."""
    if action.form is None or action.when is None:
        return None
    entries = action.form().fields
    found = [(name, field) for name, field in entries.items() if isinstance(field, fields.Table)]
    others = [field for field in entries.values() if not isinstance(field, fields.Table) and field.required]
    return found[0] if len(found) == 1 and not others else None


def waiting(desk: Desk, actor: Actor, rules: InForce, action: Action) -> list[MatterRow]:
    """The matters on which the actor may take the action now, newest first."""
    kind = rules.practice.kind(action.kind)
    states = [state for state in kind.states if kind.allows(action, state)]
    query = (
        select(MatterRow)
        .where(MatterRow.practice == rules.code, MatterRow.kind == kind.code, MatterRow.state.in_(states))
        .order_by(MatterRow.id.desc())
        .limit(MOST_NAMED)
    )
    rows = desk.session.scalars(query).all()
    return [row for row, seen in zip(rows, reading.views(desk, rows), strict=True) if may_act(action, actor, seen)]


def chosen(desk: Desk, actor: Actor, rules: InForce, action: Action, matter: int | None) -> int:
    """The matter meant: the one named, else the only one; raises ``tables.which_matter`` or ``tables.no_matter``."""
    if matter is not None:
        return matter
    found = waiting(desk, actor, rules, action)
    if not found:
        raise RendaError("tables.no_matter", action=action.label)
    if len(found) > 1:
        named = "、".join(f"{row.id} {row.title}" for row in found)
        raise RendaError("tables.which_matter", action=action.label, matters=named)
    return found[0].id


def columns(rules: InForce, field: fields.Table) -> list[Column]:
    """The columns as the district calls them."""
    return [Column(heading, heading) for heading in field.headings(rules.practice.params)]


class Block:
    """The taking of one block: its rows become one text, which the action reads."""

    def __init__(self, desk: Desk, actor: Actor, rules: InForce, action: Action, matter: int | None) -> None:
        self.desk, self.actor, self.rules, self.action = desk, actor, rules, action
        found = block_of(action)
        assert found is not None
        self.entry, self.headings = found[0], found[1].headings(rules.practice.params)
        self.matter = chosen(desk, actor, rules, action, matter)
        self.added = self.changed = self.same = 0
        self._text: list[str] = []
        self._lines: list[int] = []
        self._file = ""
        self.differences: list[Difference] = []

    def expect(self, rows: Sequence[Row]) -> None:
        """See ``Taking``; the action looks up what it needs."""

    def take(self, row: Row) -> None:
        """See ``Taking``."""
        # Columns nobody asks for are left out, in the district's order, so that the same figures are the same text.
        wanted = [heading for heading in self.headings if heading in row.cells] or list(row.cells)
        if not self._text:
            self._file = row.file
            self._text.append("\t".join(wanted))
            self._lines.append(row.line)
        if row.damaged.intersection(wanted):
            # What is wrong in it is noted; the rule is asked about the others.
            return
        cells = ["" if row.cells[heading] in CLEARS else " ".join(row.cells[heading].split()) for heading in wanted]
        self._text.append("\t".join(cells))
        self._lines.append(row.line)

    def forget(self, line: int) -> None:
        """See ``Taking``; no row of a block is refused by itself."""

    def finish(self, mistakes: Mistakes) -> None:
        """The action reads the whole and says what is wrong."""
        if len(self._text) < 2:
            return
        self._compare()
        text, count = "\n".join(self._text), len(self._text) - 1
        token = submission(self.rules.code, self.action.name, {"matter": str(self.matter), "text": text})
        with mistakes.at(self._file), self.desk.session.begin_nested():
            try:
                outcome = act(
                    self.desk, self.actor, self.action.name, {self.entry: text}, matter=self.matter, submission=token
                )
            except TableError as error:
                mistakes.found += [
                    Mistake(self._file, self._lines[line - 1], column, reason) for line, column, reason in error.rows
                ]
                if not error.rows:
                    raise
                return
            except RendaError as error:
                # Where the rule speaks of the whole table, its own sentence stands for it and not the form's.
                error.fields = {}
                raise
            self.added, self.same = (0, count) if outcome.repeated else (count, 0)

    def keep(self) -> None:
        """See ``Taking``."""

    def _compare(self) -> None:
        """Note what the table says otherwise than it did when it was last taken."""
        known = {row[0]: row for row in self.rows() if row and row[0]}
        headings = self._text[0].split("\t")
        for line, text in zip(self._lines[1:], self._text[1:], strict=True):
            said = dict(zip(headings, text.split("\t"), strict=True))
            key = said.get(self.headings[0], "")
            for heading, before in zip(self.headings, known.get(key, ()), strict=False):
                after = said.get(heading, before)
                if after != before and len(self.differences) < MOST_CHANGES:
                    self.differences.append(Difference(line, key, heading, str(before), after))

    def rows(self) -> Iterator[Sequence[Any]]:
        """The rows as they were last taken in, under this district's headings; raises ``matter.unknown``."""
        matter = reading.find(self.desk, self.matter)
        if matter.practice != self.rules.code or not lists.visible(self.desk, [matter], self.actor):
            raise RendaError("matter.unknown", number=self.matter)
        query = (
            select(EventRow)
            .where(EventRow.matter_id == self.matter, EventRow.action == self.action.name)
            .order_by(EventRow.number.desc())
            .limit(1)
        )
        last = self.desk.session.scalar(query)
        lines = str(last.entries.get(self.entry, "")).splitlines() if last is not None else []
        cells = csv.reader(lines, delimiter="\t" if lines and "\t" in lines[0] else ",")
        places = {heading.strip(): at for at, heading in enumerate(next(cells, []))}
        for row in cells:
            yield [row[places[each]] if each in places and places[each] < len(row) else "" for each in self.headings]
