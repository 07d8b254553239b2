"""Which rows the record answers for, and their values in the form in which they are compared.

Every table of a district is either covered here or named in ``UNCOVERED`` with the reason; a test holds to that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Table

from renda.model import Base, DistrictBound

LONGEST = 64
"""Signs of a value that stands in the log as it is; a longer one stands there as its digest."""

UNCOVERED = {
    "event": "the audit log itself, a chain of its own",
    "row_change": "this log itself",
    "security_entry": "a chain of its own",
    "envelope": "votes while a ballot is open: what is written of them must not come in the order of voting",
    "questionnaire_answer": "answers of citizens while they come in",
    "questionnaire_code": "codes while they are used",
    "account_session": "who is signed in now; the security log holds sign-ins and sign-outs, and no rule rests on the rows",
    "contact": "where somebody wants to be reminded; no rule rests on it",
    "rule_file": "copies of the district's files; what rests on a version keeps its digest",
    "reminder": "sent reminders; the record holds them itself, and no rule rests on the rows",
}
LEFT_OUT = {
    # What a password is, and what failed sign-ins count up, is no business of the record.
    "account": {"password", "second_factor", "failures", "failed_at"},
    # Who votes by which means, and counts before they are confirmed, must be nowhere after the close.
    "ballot": {"hand_counts", "trial", "public_key", "paper_bytes"},
    "elector": {"way"},
    "roll": {"way"},
    # Secrets that end with the sitting.
    "meeting": {"hall_key"},
    "attendance": {"slip"},
}
BY_KEY = {"matter": {"payload", "done"}}
"""Columns told apart by what they hold."""

ALWAYS_DIGESTED = {"ballot": {"result", "published"}, "paper": {"content"}, "questionnaire": {"result"}}


def covered() -> dict[str, Covered]:
    """The tables that the record answers for, by name; those of plugins too, once their plugin is loaded."""
    return _covered(len(Base.metadata.tables))


@cache
def _covered(tables: int) -> dict[str, Covered]:
    del tables
    classes: list[Any] = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, DistrictBound)]
    return {each.__tablename__: Covered(each) for each in classes if each.__tablename__ not in UNCOVERED}


class Covered:
    """A table: its key without the district, and its columns with how each value is put."""

    def __init__(self, rows: type[Any]) -> None:
        self.rows = rows
        self.table: Table = rows.__table__
        self.name: str = self.table.name
        self.key = [column.name for column in self.table.primary_key.columns if column.name != "district_id"]
        out = {"district_id", *self.key, *LEFT_OUT.get(self.name, ())}
        self.columns = [column.name for column in self.table.columns if column.name not in out]
        digested, apart = ALWAYS_DIGESTED.get(self.name, set()), BY_KEY.get(self.name, set())
        self._put: dict[str, Callable[[Any], Any]] = {
            name: _digest if name in digested else _apart if name in apart else put for name in self.columns
        }

    def key_of(self, values: Mapping[Any, Any]) -> str:
        """The key of a row as text; parts joined by a stroke."""
        return "/".join(str(values[name]) for name in self.key)

    def put(self, column: str, value: Any) -> Any:
        """A value of a column in the form in which it stands in the log."""
        return self._put[column](value)

    def image(self, values: Mapping[Any, Any]) -> dict[str, Any]:
        """A whole row in that form; what an object was never given is None."""
        return {name: put(values.get(name)) for name, put in self._put.items()}


def put(value: Any) -> Any:
    """A value as JSON can hold it, the same from memory and from either database."""
    if value is None or isinstance(value, bool | int):
        return value
    text = _text(value)
    return text if len(text) <= LONGEST else _sha256(text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _apart(value: Any) -> Any:
    return {str(key): put(each) for key, each in (value or {}).items()}


def _digest(value: Any) -> Any:
    return None if value is None else _sha256(_text(value))


def _sha256(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
