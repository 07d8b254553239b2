"""The roster in bulk: rows are compared with what is there, and what differs is written in few statements.

A row is known by its key (a code; who, where, which post and since when). A column that is not in the file and a
blank cell leave what is there; a cell is cleared by a mark of its own (``shapes.CLEAR``). Nobody is taken out of the roster by leaving a row out of a file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import bindparam, insert, select, update

from renda.errors import RendaError
from renda.i18n import gettext
from renda.services import row_log
from renda.services.desk import Desk
from renda.services.imports.characters import code_of, person_name
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.people import period
from renda.services.tables.shapes import MOST_CHANGES, Column, Difference, check_cell

PORTION = 1000
OWN = "district_id"
READERS = {"date": Row.day, "number": Row.number_or_none, "whole": Row.whole, "yes_no": Row.yes}
CLEARED: Mapping[str, Any] = {"date": None, "number": None, "whole": None, "yes_no": False}
Key = tuple[Any, ...]


class Roster(ABC):
    """The taking of one table; a subclass names its row's class, its columns and what makes its key."""

    table: ClassVar[Any]
    columns: ClassVar[Sequence[Column]]
    defaults: ClassVar[Mapping[str, Any]] = {}
    references: Mapping[str, Codes] = MappingProxyType({})

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[Key, dict[str, Any]] = dict(self.read_known())
        self.lines: dict[Key, int] = {}
        self.fresh: dict[Key, dict[str, Any]] = {}
        self.different: dict[Key, dict[str, Any]] = {}
        self.same = 0
        self.differences: list[Difference] = []

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
            if column.code not in row.damaged and (row.cells.get(column.code) or column.required):
                try:
                    text = check_cell(column, row)
                    cells[column.code] = self._value(column, row, text)
                except RendaError as error:
                    failures |= error.fields
        incomplete = any(column.required and column.code not in cells for column in self.columns)
        if not incomplete:
            try:
                key, values = self.read(row, cells)
            except RendaError as error:
                # What is wrong between cells is told beside what is wrong in one of them.
                if not error.fields:
                    raise
                failures = {**error.fields, **failures}
        if failures:
            raise RendaError("form.invalid", fields=failures, mistakes="")
        if not incomplete:
            self._compare(row, key, values)

    def _value(self, column: Column, row: Row, text: str) -> Any:
        if text and column.code in self.references:
            return self.references[column.code].code(text, column.code)
        reader = READERS.get(column.sort)
        if reader is None:
            return text
        return reader(row, column.code) if text else CLEARED[column.sort]

    def _compare(self, row: Row, key: Key, values: dict[str, Any]) -> None:
        if key in self.lines:
            what = "、".join(str(part) for part in key)
            raise RendaError("tables.same_row", line=self.lines[key], what=what)
        self.lines[key] = row.line
        known = self.known.get(key)
        if known is None:
            self.fresh[key] = {**self.defaults, **values}
        elif changed := {name: value for name, value in values.items() if known[name] != value}:
            self.different[key] = values
            told = [self.told(name, known[name], value) for name, value in changed.items()]
            what = " ".join(str(part) for part in (*key, known.get("name", "")) if part)
            self.differences += [Difference(row.line, what, *each) for each in told if each]
            del self.differences[MOST_CHANGES:]
        else:
            self.same += 1

    def told(self, name: str, before: Any, after: Any) -> tuple[str, str, str] | None:
        """The heading of a column that is kept as ``name``, and how people write what was there and what comes."""
        label = next((gettext(column.label) for column in self.columns if column.code == name), name)
        return label, written_out(before), written_out(after)

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
        said = list(dict.fromkeys(name for values in self.different.values() for name in values))
        query = update(table).where(table.c.id == bindparam("own_id"), own(self.desk, self.table))
        query = query.values({name: bindparam(f"new_{name}") for name in said})
        changes = [
            {
                "own_id": self.known[key]["id"],
                **{f"new_{name}": values.get(name, self.known[key][name]) for name in said},
            }
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


def written_out(value: Any) -> str:
    """A kept value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("是" if value else "否")
    return value.isoformat() if isinstance(value, date) else str(value)


class Codes:
    """The codes somebody has, asked by code or by a name that only one bears, names compared without blanks."""

    def __init__(self, known: Mapping[str, tuple[int, str]], noun: str) -> None:
        self.known, self.noun = known, noun

    @cached_property
    def _by_name(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for code, (_, name) in self.known.items():
            plain = person_name(name)
            found[plain] = None if plain in found else code
        return found

    def code(self, text: str, column: str) -> str:
        """The code meant; raises ``people.unknown``."""
        if text in self.known:
            return text
        plain = code_of(text)
        code = plain if plain in self.known else self._by_name.get(person_name(text))
        if code is None:
            raise wrong(column, "people.unknown", code=text, noun=gettext(self.noun))
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
