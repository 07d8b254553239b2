"""The roster in bulk: rows are compared with what is there, and what differs is written in few statements.

A row is known by its key (a code; who, where, which post and since when). A column that is not in the file leaves
what is there; a blank cell clears it. Nobody is taken out of the roster by leaving a row out of a file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from sqlalchemy import bindparam, insert, select, update

from renda.errors import RendaError
from renda.i18n import gettext
from renda.services import row_log
from renda.services.desk import Desk
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.people import period
from renda.services.tables.shapes import Column, check_cell

PORTION = 1000
OWN = "district_id"
READERS = {
    "date": Row.day_or_none,
    "number": Row.number_or_none,
    "whole": lambda row, code: row.whole(code) if row.text(code) else None,
    "yes_no": Row.yes,
}
Key = tuple[Any, ...]


class Roster(ABC):
    """The taking of one table; a subclass names its row's class, its columns and what makes its key."""

    table: ClassVar[Any]
    columns: ClassVar[Sequence[Column]]
    defaults: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[Key, dict[str, Any]] = dict(self.read_known())
        self.lines: dict[Key, int] = {}
        self.fresh: dict[Key, dict[str, Any]] = {}
        self.different: dict[Key, dict[str, Any]] = {}
        self.same = 0

    @property
    def added(self) -> int:
        """How many rows are new."""
        return len(self.fresh)

    @property
    def changed(self) -> int:
        """How many rows say something else than what is there."""
        return len(self.different)

    @abstractmethod
    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """What is there: key → columns with ``id``."""

    @abstractmethod
    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """The key of a row and what it says of the columns that are kept."""

    @abstractmethod
    def rows(self) -> Iterator[Sequence[Any]]:
        """What is there as rows of the table."""

    def expect(self, rows: Sequence[Row]) -> None:  # noqa: B027  (all that is there was read before)
        """See ``Taking``."""

    def take(self, row: Row) -> None:
        """See ``Taking``."""
        cells: dict[str, Any] = {}
        failures: dict[str, str] = {}
        for column in self.columns:
            if column.code in row.cells or column.required:
                try:
                    text = check_cell(column, row)
                    reader = READERS.get(column.sort)
                    cells[column.code] = text if reader is None else reader(row, column.code)
                except RendaError as error:
                    failures |= error.fields
        if failures:
            raise RendaError("form.invalid", fields=failures, mistakes="")
        key, values = self.read(row, cells)
        if key in self.lines:
            what = "、".join(str(part) for part in key)
            raise RendaError("tables.same_row", line=self.lines[key], what=what)
        self.lines[key] = row.line
        known = self.known.get(key)
        if known is None:
            self.fresh[key] = {**self.defaults, **values}
        elif any(known[name] != value for name, value in values.items()):
            self.different[key] = values
        else:
            self.same += 1

    def forget(self, line: int) -> None:  # noqa: B027  (most tables have nothing to forget)
        """See ``Taking``; nothing is written before all rows were read."""

    def finish(self, mistakes: Mistakes) -> None:  # noqa: B027  (most tables have nothing to add)
        """See ``Taking``."""

    def keep(self) -> None:
        """See ``Taking``."""
        table = self.table.__table__
        rows = [{OWN: self.desk.session.district_id, **self.written(key, values)} for key, values in self.fresh.items()]
        for portion in portions(rows):
            self.desk.session.execute(insert(table), portion)
        said = next(iter(self.different.values()), {})
        query = update(table).where(table.c.id == bindparam("own_id"), own(self.desk, self.table))
        query = query.values({name: bindparam(f"new_{name}") for name in said})
        changes = [
            {"own_id": self.known[key]["id"], **{f"new_{name}": value for name, value in values.items()}}
            for key, values in self.different.items()
        ]
        for portion in portions(changes):
            named = {row_log.CHANGED: [each["own_id"] for each in portion]}
            self.desk.session.execute(query, portion, execution_options=named)
        self.desk.session.expire_all()

    def written(self, key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
        """A new row's columns."""
        return {**dict(zip(self.key_columns(), key, strict=True)), **values}

    def key_columns(self) -> Sequence[str]:
        """The columns that make the key."""
        return ("code",)

    def overlaps(self, groups: Mapping[Key, str], mistakes: Mistakes, file: str, code: str) -> None:
        """Note periods of a group that overlap; the last part of a key is the first day, ``until`` the last."""
        held: dict[Key, list[tuple[date, date | None, int]]] = {}
        for key in {**self.known, **self.fresh}:
            if key[:-1] in groups:
                values = {**self.known.get(key, {}), **self.fresh.get(key, {}), **self.different.get(key, {})}
                held.setdefault(key[:-1], []).append((key[-1], values.get("until"), self.lines.get(key, 0)))
        for group, periods in held.items():
            periods.sort(key=lambda each: each[0])
            for earlier, later in pairwise(periods):
                if earlier[1] is None or later[0] <= earlier[1]:
                    told: dict[str, Any] = {"earlier": period(*earlier[:2]), "later": period(*later[:2])}
                    told |= {"person": groups[group], **self.named(group)}
                    with mistakes.at(file, later[2] or earlier[2]):
                        raise RendaError(code, **told)

    def named(self, group: Key) -> dict[str, Any]:
        """What else the sentence about an overlap names."""
        return {}


def codes_of(desk: Desk, table: Any) -> dict[str, tuple[int, str]]:
    """Every code of a table with its number and name."""
    query = select(table.code, table.id, table.name)
    return {row.code: (row.id, row.name) for row in desk.session.execute(query)}


def coded(known: Mapping[str, Any], code: str, column: str, noun: str) -> str:
    """The code, where somebody has it; raises ``people.unknown``."""
    if code not in known:
        raise wrong(column, "people.unknown", code=code, noun=gettext(noun))
    return code


def check_period(since: date | None, until: date | None) -> None:
    """Raise ``people.period`` where the last day lies before the first."""
    if since is not None and until is not None and until < since:
        raise wrong("until", "people.period", since=since.isoformat(), until=until.isoformat())


def portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows, so many at a time."""
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]


def longest(table: Any, name: str) -> int:
    """How many signs a column keeps."""
    return int(table.__table__.c[name].type.length)


def own(desk: Desk, table: Any) -> Any:
    """The condition that a row is the district's: statements about bare tables are given none by the session."""
    return table.__table__.c[OWN] == desk.session.district_id
