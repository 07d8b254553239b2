"""What each transaction leaves in the rows that the record answers for, in a chain of its own.

A session of a district collects by itself which covered rows are written (``row_values``), whoever writes them, and
adds one entry before it commits. ``renda check`` puts the rows together again from these entries and names every
difference. The entry is the last thing that a transaction does, so its head is locked last and briefly.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import event, func, inspect, select, tuple_
from sqlalchemy.orm import LoaderCallableStatus, ORMExecuteState, SessionTransaction

from renda.errors import RendaError, declare
from renda.model.row_change import RowChangeHeadRow, RowChangeRow
from renda.services import heads, row_entries
from renda.services.row_values import Covered, covered
from renda.services.seals import sealed
from renda.store import BoundSession

declare({"row_log.unnamed": "改动表 {table} 的语句没有写明改了哪些行。请告诉开发者。"}, status=500)

EVENT = "last_event"
"""In a session's ``info``: the number of the last entry that it made in the audit log."""

CHANGED = "row_log_keys"
"""An execution option of statements about bare tables: the numbers of the rows that they change."""

BEFORE = "row_log_before"
"""In a session's ``info``, where somebody wants them: the values that rows had before: (table, key) → column → value."""

_WRITTEN, _LOOKED_UP = "row_log_written", "row_log_looked_up"
_NO_VALUES = (LoaderCallableStatus.NO_VALUE, LoaderCallableStatus.PASSIVE_NO_RESULT)
MOST_ROWS = 500
WHOLE = "*"
"""Stands in an image that has all columns of its row."""

Rows = dict[str, dict[str, Any]]


def head(session: BoundSession) -> tuple[int, str]:
    """Number and digest of the last entry."""
    return heads.read(session, RowChangeHeadRow, {"district_id": session.district_id})


def written(session: BoundSession) -> Rows:
    """What this transaction has written until now, flushed first: table → key → column → value."""
    session.flush()
    _look_up(session)
    found: Rows = session.info.get(_WRITTEN, {})
    return found


def entries(session: BoundSession) -> Generator[RowChangeRow]:
    """All entries, oldest first."""
    query = select(RowChangeRow).order_by(RowChangeRow.number).execution_options(yield_per=50)
    # Closed also where the reading stops early: a cursor of the server would stay open.
    with closing(session.scalars(query)) as rows:
        for row in rows:
            yield row
            session.expunge(row)


def digest_of(row: RowChangeRow) -> str:
    """SHA-256 over all that an entry says, the digest of the one before included."""
    return sealed([row.number, row.event_number, row.rows, row.previous])


@event.listens_for(BoundSession, "after_flush")
def _note_objects(session: BoundSession, context: Any) -> None:
    if session.info.get("district_id") is None:
        return
    tables = covered()
    for made, objects in ((True, session.new), (False, session.dirty)):
        for each in objects:
            table = tables.get(getattr(each, "__tablename__", ""))
            if table is not None:
                _note(session, table, each, made=made)
    for each in session.deleted:
        table = tables.get(getattr(each, "__tablename__", ""))
        if table is not None:
            _rows(session, table)[_key(table, each)] = None


def _note(session: BoundSession, table: Covered, row: Any, *, made: bool) -> None:
    rows, key, values = _rows(session, table), _key(table, row), row.__dict__
    if made:
        rows[key] = {WHOLE: True, **table.image(values)}
        return
    before = inspect(row).committed_state
    changed = {name: table.put(name, values.get(name)) for name in table.columns if name in before}
    if changed:
        rows[key] = {**(rows.get(key) or {}), **changed}
        if BEFORE in session.info:
            earlier = session.info[BEFORE].setdefault((table.name, key), {})
            for name in changed:
                old = None if before[name] in _NO_VALUES else table.put(name, before[name])
                earlier.setdefault(name, old)


def _key(table: Covered, row: Any) -> str:
    """The key of an object: of one that was expired, its attributes may not say it."""
    state = inspect(row)
    if state.identity is None:
        return table.key_of(row.__dict__)
    return table.key_of(dict(zip((column.name for column in state.mapper.primary_key), state.identity, strict=True)))


@event.listens_for(BoundSession, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    """Statements that write rows past their objects: which rows these are is asked before, what they say at the end."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    session: Any = state.session
    table = covered().get(getattr(getattr(state.statement, "table", None), "name", ""))
    if table is None or session.info.get("district_id") is None:
        return
    statement: Any = state.statement
    own = table.table.c.district_id == session.district_id
    if state.is_insert:
        given = state.parameters if isinstance(state.parameters, Sequence) else [state.parameters or {}]
        if all(name in row for row in given for name in table.key):
            _look_up_later(session, table, (tuple(row[name] for name in table.key) for row in given))
        else:
            last = session.scalar(select(func.coalesce(func.max(table.table.c[table.key[0]]), 0)).where(own))
            session.info.setdefault(_LOOKED_UP, {}).setdefault((table.name, "after"), set()).add((last,))
        return
    named = state.execution_options.get(CHANGED)
    if named is None:
        if not state.is_orm_statement or statement.whereclause is None:
            raise RendaError("row_log.unnamed", table=table.name)
        keys = [table.table.c[name] for name in table.key]
        named = [tuple(row) for row in session.execute(select(*keys).where(own, statement.whereclause))]
    else:
        named = [(each,) for each in named]
    _look_up_later(session, table, named)


def _look_up_later(session: BoundSession, table: Covered, keys: Iterable[tuple[Any, ...]]) -> None:
    session.info.setdefault(_LOOKED_UP, {}).setdefault((table.name, "is"), set()).update(keys)


@event.listens_for(BoundSession, "after_soft_rollback")
def _forget_what_was_given_up(session: BoundSession, transaction: SessionTransaction) -> None:
    """After a savepoint was given up, what the rows say is asked of the database; after all was, there is nothing."""
    collected: Rows = session.info.pop(_WRITTEN, {})
    if not transaction.nested:
        session.info.pop(_LOOKED_UP, None)
        return
    for name, rows in collected.items():
        table = covered()[name]
        kinds = [table.table.c[each].type.python_type for each in table.key]
        _look_up_later(
            session,
            table,
            (tuple(kind(part) for kind, part in zip(kinds, key.split("/"), strict=True)) for key in rows),
        )


@event.listens_for(BoundSession, "before_commit")
def _enter(session: BoundSession) -> None:
    if session.info.get("district_id") is None or session.get_nested_transaction() is not None:
        return
    found = written(session)
    session.info.pop(_WRITTEN, None)
    flat = [(table, key, image) for table, rows in sorted(found.items()) for key, image in sorted(rows.items())]
    if not flat:
        return
    entries = []
    for portion in _portions(flat):
        rows: Rows = {}
        for table, name, image in portion:
            rows.setdefault(table, {})[name] = image
        entries.append(rows)
    row_entries.append(session, session.info.get(EVENT), entries)
    session.info.pop(EVENT, None)


def _rows(session: BoundSession, table: Covered) -> dict[str, Any]:
    collected: Rows = session.info.setdefault(_WRITTEN, {})
    return collected.setdefault(table.name, {})


def _look_up(session: BoundSession) -> None:
    """Put the rows that statements wrote as they are now; None for those that are not there."""
    for (name, way), keys in session.info.pop(_LOOKED_UP, {}).items():
        table = covered()[name]
        columns = [table.table.c[each] for each in table.key]
        rows = _rows(session, table)
        if way == "after":
            first = min(key[0] for key in keys)
            _read(session, table, columns[0] > first, rows)
            continue
        for portion in _portions(sorted(keys)):
            rows.update({"/".join(str(part) for part in key): None for key in portion})
            _read(session, table, tuple_(*columns).in_(portion), rows)


def _portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), MOST_ROWS):
        yield rows[start : start + MOST_ROWS]


def _read(session: BoundSession, table: Covered, where: Any, rows: dict[str, Any]) -> None:
    query = select(table.table).where(table.table.c.district_id == session.district_id, where)
    for found in session.execute(query).mappings():
        rows[table.key_of(found)] = {WHOLE: True, **table.image(found)}
