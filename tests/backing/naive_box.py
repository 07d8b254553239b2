"""A ballot box as it is often built, for the attacks to succeed against."""

import json
import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

WAYS = ("together", "apart", "nulled")


class NaiveBox:
    """Voter and paper written as they come, with numbers and times, a counter, and an entry in the record.

    ``way``: both rows in one transaction; in two; or one row whose voter is cleared at the close.
    """

    def __init__(self, connection: Connection, way: str) -> None:
        self.connection = connection
        self.way = way
        serial = "integer primary key" if connection.dialect.name == "sqlite" else "bigserial primary key"
        for table, columns in (
            ("naive_voter", "person_id bigint"),
            ("naive_paper", "person_id bigint, content text"),
        ):
            connection.execute(text(f"create table {table} (id {serial}, ballot_id bigint, {columns}, at timestamp)"))
        connection.commit()
        self.polls: list[tuple[int, dict[str, int]]] = []

    def cast(self, person: int, content: Any, second: int) -> None:
        """Keep a vote."""
        at = f"2020-03-02 09:{second // 60:02d}:{second % 60:02d}"
        said = json.dumps(content, ensure_ascii=False, sort_keys=True)
        given = {"person": person, "content": said, "at": at}
        self._add("insert into naive_voter (ballot_id, person_id, at) values (1, :person, :at)", given)
        if self.way == "apart":
            self.connection.commit()
        kept = ":person" if self.way == "nulled" else "null"
        self._add(
            f"insert into naive_paper (ballot_id, person_id, content, at) values (1, {kept}, :content, :at)", given
        )
        self.connection.commit()
        before = self.polls[-1][1] if self.polls else {}
        self.polls.append((person, {**before, said: before.get(said, 0) + 1}))

    def close(self) -> None:
        """Forget who voted what, as far as this box knows how."""
        self._add("update naive_paper set person_id = null where ballot_id = 1", {})
        self.connection.commit()

    def _add(self, statement: str, given: dict[str, Any]) -> None:
        used = {name: value for name, value in given.items() if f":{name}" in statement}
        # PostgreSQL has to be told that the text is a time.
        if self.connection.dialect.name != "sqlite":
            statement = statement.replace(":at)", "cast(:at as timestamp))")
        self.connection.execute(text(statement), used)


def contents(people: Sequence[int], box: str) -> dict[int, dict[str, Any]]:
    """A paper of its own for everybody; sorted, they follow nobody's number.

    ``box`` is in every paper: boxes of several tests share one log.
    """
    numbers = list(range(len(people)))
    random.Random(7).shuffle(numbers)
    return {
        person: {"marks": {}, "written": [f"{box}独一无二的姓名{number:04d}"]}
        for person, number in zip(people, numbers, strict=True)
    }
