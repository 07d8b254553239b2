"""Where an attack looks: the tables of a box, the connection, the files of the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Box:
    """A ballot box as an attacker finds it, after the close.

    ``voters`` and ``papers`` are tables; columns as named. ``connection`` is that of somebody who may read
    everything. ``file`` is the database's own where it is one (SQLite). ``order`` is the order in which
    people voted, where the attacker knows it from elsewhere (a camera, a log of requests): the strongest
    position there is; without it the attacker has what the tables say.
    """

    connection: Connection
    ballot: int
    voters: str = "roll"
    papers: str = "paper"
    sealed: str = "envelope"
    person: str = "person_id"
    content: str = "content"
    number: str = "id"
    file: Path | None = None
    order: Sequence[int] = field(default_factory=tuple)

    @property
    def embedded(self) -> bool:
        """Whether the database is SQLite."""
        return self.connection.dialect.name == "sqlite"

    def rows(self, table: str, what: str, order: str = "") -> list[Any]:
        """Columns of one of the box's tables for the ballot, as the database gives them."""
        tail = f" order by {order}" if order else ""
        statement = f"select {what} from {table} where ballot_id = :ballot{tail}"  # noqa: S608
        return list(self.connection.execute(text(statement), {"ballot": self.ballot}))

    def has(self, table: str, column: str) -> bool:
        """Whether a table has a column that can be asked for."""
        return column in self.columns(table)

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table with their types."""
        if self.embedded:
            found = self.connection.execute(text(f"pragma table_info({table})"))
            return {each.name: each.type for each in found}
        query = "select column_name, data_type from information_schema.columns where table_name = :table order by ordinal_position"
        return {each.column_name: each.data_type for each in self.connection.execute(text(query), {"table": table})}

    @staticmethod
    def read(entries: Any) -> dict[str, Any]:
        """A JSON column, whichever way the database gives it."""
        said = json.loads(entries) if isinstance(entries, str) else entries
        return said if isinstance(said, dict) else {}

    def voters_by(self, column: str) -> list[tuple[int, Any]]:
        """Voters with a key of their row; with the order known from elsewhere, that is the key."""
        if self.order:
            return [(person, place) for place, person in enumerate(self.order)]
        return [(person, key) for person, key in self.rows(self.voters, f"{self.person}, {column}")]

    def papers_by(self, column: str) -> list[tuple[str, str, Any]]:
        """Papers with their ids and a key of their row."""
        found = self.rows(self.papers, f"{self.number}, {self.content}, {column}")
        return [(str(number), plain(content), key) for number, content, key in found]

    def papers_as_they_lie(self) -> list[tuple[str, str, int]]:
        """Papers in the order the database gives them without being asked for one."""
        found = self.rows(self.papers, f"{self.number}, {self.content}")
        return [(str(number), plain(content), place) for place, (number, content) in enumerate(found)]


def plain(content: Any) -> str:
    """What a paper says, in one form whatever the database gives."""
    read = json.loads(content) if isinstance(content, str) and content[:1] in "{[" else content
    return json.dumps(read, ensure_ascii=False, sort_keys=True)
