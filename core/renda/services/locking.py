"""The one place that takes a row for writing: locked first, read after.

A row the session read before is as old as that reading. PostgreSQL's ``FOR UPDATE`` answers with the newest
row, but the ORM keeps the attributes it has unless it is told to put the new ones in their place: whoever
decides by them decides by what was true before the lock was waited for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Mapped

from renda.store import BoundSession

Row = TypeVar("Row")


def lock_rows(session: BoundSession, query: Select[Any], *, shared: bool = False) -> Sequence[Any]:
    """The rows of a query over one class, locked until the transaction ends, as they are once nobody else holds them.

    ``shared``: others may read them so too, but nobody may change them. What was changed at this session before
    is written first. SQLite has one writer and locks no rows; there the rows are read anew all the same.
    """
    session.flush()
    entity = query.column_descriptions[0]["entity"]
    asked = query.with_for_update(read=shared, of=entity).execution_options(populate_existing=True)
    return session.scalars(asked).all()


def lock_row(
    session: BoundSession, model: type[Row], key: object, *, by: Mapped[Any] | None = None, shared: bool = False
) -> Row | None:
    """The row of that key, locked and read as ``lock_rows`` does; None where there is none.

    ``by``: a column that is unique in the district, such as a login, in place of the primary key.
    """
    column: Any = by
    if by is None:
        (column,) = inspect(model).primary_key
    rows = lock_rows(session, select(model).where(column == key), shared=shared)
    return rows[0] if rows else None
