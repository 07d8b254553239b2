"""What somebody can do who owns the database: guards and triggers away, and back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from backing.databases import Database
from renda.migrate import APP_ROLE, guard
from renda.model import Base
from renda.store import make_engine


@contextmanager
def by_the_owner(database: Database) -> Iterator[Connection]:
    """A connection that nothing holds back."""
    engine = make_engine(database.owner_url)
    with engine.begin() as connection:
        if database.kind == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(query)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in Base.metadata.tables.values():
                if "district_id" in table.columns:
                    connection.execute(text(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY"))
        yield connection
        guard(connection, APP_ROLE)
    engine.dispose()
