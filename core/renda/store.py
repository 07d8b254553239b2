"""Sessions bound to one district, on SQLite and PostgreSQL alike.

A session knows whose it is before it says its first word to the database: every query carries the
district, every new row is given it, and a session without a district refuses. PostgreSQL's row level
security and SQLite's triggers say the same a second time (see ``renda.migrate``).
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    PoolProxiedConnection,
    TextClause,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, sessionmaker, with_loader_criteria

from renda.errors import RendaError, declare
from renda.model import DistrictBound

declare(
    {
        "store.no_driver": "没有装数据库驱动 {module}。用 PostgreSQL 请安装 renda[postgres]。",
        "store.unbound": "这个会话没有指明区县,不能读写区县的数据。请用 Store.reading 或 Store.writing 打开。",
        "store.other_district": "不能写入别的区县的数据:会话属于 {own},数据属于 {other}。",
    },
    status=500,
)

OWNER = -1
"""What ``current_district()`` answers on SQLite for the migrations, which belong to no district."""


_GENERATION = text("select rules_generation from district where id = :district")
_BIND = text(
    "select (select rules_generation from district where id = :district) from set_config('app.district', :own, true)"
).bindparams(bindparam("district", type_=BigInteger))
_BOUND_AND_SHARED = "select set_config('app.district', %(own)s, true), pg_advisory_xact_lock_shared(%(lock)s);"


class BoundSession(Session):
    """A session whose ``info["district_id"]`` says whose it is; None for the host's own tables."""

    @property
    def district_id(self) -> int:
        """The district of this session; raises ``store.unbound`` where it has none."""
        district_id = self.info.get("district_id")
        if district_id is None:
            raise RendaError("store.unbound")
        return int(district_id)

    def rules_generation(self) -> int:
        """The number of the state of the district's rules, read when the transaction began (0 for no district)."""
        self.connection()
        return int(self.info["rules_generation"] or 0)


class Store:
    """The database of one installation.

    ``url`` is SQLAlchemy's. On SQLite all writing goes through one lock, because its own way of waiting is
    unfair; on PostgreSQL ``pool_size`` connections are kept.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine = make_engine(url, pool_size=pool_size)
        self._sessions = sessionmaker(class_=BoundSession, expire_on_commit=False)
        self._writer = self.engine.execution_options(renda_writes=True)
        self._write_lock = threading.RLock() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self, district_id: int) -> Iterator[BoundSession]:
        """A session of a district that is rolled back at the end."""
        with self._sessions(bind=self.engine, info={"district_id": district_id}) as session:
            yield session

    @contextmanager
    def writing(self, district_id: int) -> Iterator[BoundSession]:
        """A session of a district in one transaction: committed whole, or not at all."""
        with (
            self._locked(),
            self._sessions(bind=self._writer, info={"district_id": district_id}) as session,
            session.begin(),
        ):
            yield session

    def say_once(self, district_id: int, lock: int, statement: TextClause, values: Mapping[str, Any]) -> int:
        """Carry out one plain statement of a district in a transaction of its own; answers how many rows it wrote.

        For what a whole congress does at the same moment: on PostgreSQL all of it goes to the server and back once
        (see ``docs/adr/0109``). There the transaction first shares the advisory lock ``lock``, and the statement sees
        what was committed until then; SQLite's one writer needs none.
        """
        dialect = self.engine.dialect
        said = _compiled(dialect, statement)
        given = said.construct_params({**values, "district_id": district_id})
        with self._locked(), closing(self.engine.raw_connection()) as connection:
            try:
                if dialect.name == "sqlite":
                    connection._connection_record.info["district"] = district_id
                    return _said_alone(connection, said.string, [given[name] for name in said.positiontup or ()])
                bound = {**given, "own": str(district_id), "lock": lock}
                return _said_in_one_message(dialect.loaded_dbapi, connection, _BOUND_AND_SHARED + said.string, bound)
            except BaseException:
                # Whatever broke off may have left it in the midst of a transaction, or without one.
                connection.invalidate()
                raise

    @contextmanager
    def hosting(self) -> Iterator[BoundSession]:
        """A session for the host's own tables (districts, calendar, operators), in one transaction."""
        with self._locked(), self._sessions(bind=self._writer, info={"district_id": None}) as session, session.begin():
            yield session

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._write_lock is None:
            yield
        else:
            with self._write_lock:
                yield

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine with the settings both databases need; decimals and Chinese kept as they are."""
    options: dict[str, Any] = {"json_serializer": _json}
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        try:
            engine = create_engine(
                url, **options, pool_size=pool_size, max_overflow=pool_size, connect_args={"prepare_threshold": None}
            )
        except ModuleNotFoundError as error:
            raise RendaError("store.no_driver", module=error.name) from None
    return engine


@lru_cache(maxsize=16)
def _compiled(dialect: Dialect, statement: TextClause) -> Any:
    return statement.compile(dialect=dialect)


def _said_alone(connection: PoolProxiedConnection, statement: str, values: Sequence[Any]) -> int:
    with closing(connection.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(statement, values)
        written = int(cursor.rowcount)
        cursor.execute("COMMIT")
        return written


def _said_in_one_message(
    psycopg: Any, connection: PoolProxiedConnection, statements: str, values: Mapping[str, Any]
) -> int:
    """What psycopg fills in on this side goes as one message, which the server takes as one transaction."""
    plain: Any = connection.driver_connection
    plain.autocommit = True
    with psycopg.ClientCursor(plain) as cursor:
        cursor.execute(statements, values)
        cursor.nextset()
        written = int(cursor.rowcount)
    plain.autocommit = False
    return written


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    record.info["district"] = OWNER
    connection.create_function("current_district", 0, lambda: record.info["district"])
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("renda_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(BoundSession, "after_begin")
def _bind(session: BoundSession, transaction: Any, connection: Connection) -> None:
    district_id = session.info.get("district_id")
    if connection.dialect.name == "sqlite":
        record = connection.connection._connection_record
        record.info["district"] = district_id
        found = connection.execute(_GENERATION, {"district": district_id})
    else:
        found = connection.execute(
            _BIND, {"own": "" if district_id is None else str(district_id), "district": district_id}
        )
    session.info["rules_generation"] = found.scalar()


@event.listens_for(BoundSession, "do_orm_execute")
def _bind_query(state: ORMExecuteState) -> None:
    district_id = state.session.info.get("district_id")
    if district_id is None:
        if any(issubclass(mapper.class_, DistrictBound) for mapper in state.all_mappers):
            raise RendaError("store.unbound")
        return
    if state.is_orm_statement and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(_own(district_id))


@lru_cache(maxsize=1024)
def _own(district_id: int) -> LoaderCriteriaOption:
    """The condition that each query of a district carries; made once for a district, for making it takes as long as asking."""
    return with_loader_criteria(DistrictBound, lambda owned: owned.district_id == district_id, include_aliases=True)


@event.listens_for(BoundSession, "before_flush")
def _bind_rows(session: BoundSession, context: Any, instances: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, DistrictBound):
            continue
        own = session.district_id
        said: int | None = row.district_id
        if said is None:
            row.district_id = own
        elif said != own:
            raise RendaError("store.other_district", own=own, other=said)
