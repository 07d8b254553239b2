"""The schema of the core and of every plugin, each with a version table of its own.

After the tables come the guards: on PostgreSQL row level security for a role that owns nothing, on SQLite
triggers; on both, a record and scores that can only grow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy import inspect as inspected

from renda.errors import RendaError, declare
from renda.rulebook import installed
from renda.store import make_engine

declare(
    {
        "migrate.bad_role": "数据库角色名“{role}”不合规:只能用字母、数字和下划线。",
        "schema.ahead": "数据库结构比这里的程序新({component} {revision})。请安装写过这个数据库的那一版或更新的程序。",
    },
    status=500,
)

APPEND_ONLY = ("event", "score", "roll", "paper", "row_change", "security_entry", "host_security_entry", "rule_file")
APP_ROLE = "renda_app"
_BESIDE = Path(__file__).resolve().parent
SCRIPTS = next(place for place in (_BESIDE / "_migrations", _BESIDE.parents[1] / "migrations") if place.is_dir())


def components() -> dict[str, Path]:
    """The core and the plugins that bring tables: name → folder of their versions."""
    found = {"core": SCRIPTS / "versions"}
    for plugin, point in sorted(installed().items()):
        # Found and not imported: a plugin that does not start must not stop the others' tables.
        try:
            module = find_spec(point.module)
        except ModuleNotFoundError:
            module = None
        folder = Path(module.origin).parent / "migrations" if module and module.origin else None
        if folder is not None and folder.is_dir():
            found[plugin] = folder
    return found


def upgrade(url: str, *, app_role: str = APP_ROLE) -> None:
    """Bring the database at ``url`` (opened as its owner) to the newest schema, guards included."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", app_role):
        raise RendaError("migrate.bad_role", role=app_role)
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            build(connection)
            guard(connection, app_role)
    finally:
        engine.dispose()


def build(connection: Connection, revisions: Mapping[str, str] | None = None) -> None:
    """Bring the tables to the newest revisions, or those of the components named to just these; without guards."""
    for component, versions in components().items():
        if revisions is None or component in revisions:
            _upgrade_component(connection, component, versions, "head" if revisions is None else revisions[component])


def check_known(component: str, revision: str | None) -> None:
    """Raise ``schema.ahead`` where a database has a revision that the code here does not know."""
    if revision is not None and not knows(component, revision):
        raise RendaError("schema.ahead", component=component, revision=revision)


def knows(component: str, revision: str) -> bool:
    """Whether the code here has that revision of that component."""
    folder = components().get(component)
    if folder is None:
        return False
    scripts = ScriptDirectory.from_config(configuration(component, folder))
    return revision in {script.revision for script in scripts.walk_revisions()}


def configuration(component: str, versions: Path) -> Config:
    """Alembic's configuration for one component."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(versions))
    config.attributes["version_table"] = f"alembic_version_{component}"
    return config


def _upgrade_component(connection: Connection, component: str, versions: Path, revision: str) -> None:
    config = configuration(component, versions)
    config.attributes["connection"] = connection
    context = MigrationContext.configure(connection, opts={"version_table": config.attributes["version_table"]})
    check_known(component, context.get_current_revision())
    command.upgrade(config, revision)


def guard(connection: Connection, app_role: str) -> None:
    """(Re)make the guards on every table that belongs to a district; may be repeated."""
    inspector = inspected(connection)
    tables = inspector.get_table_names()
    owned = [table for table in tables if "district_id" in {column["name"] for column in inspector.get_columns(table)}]
    if connection.dialect.name == "sqlite":
        for table in owned:
            _guard_sqlite(connection, table)
        for table in APPEND_ONLY:
            _only_grows_on_sqlite(connection, table)
    else:
        _guard_postgresql(connection, tables, owned, app_role)


def _guard_sqlite(connection: Connection, table: str) -> None:
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        name = f"own_district_{table}_{verb.lower()}_{row.lower()}"
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.execute(
            text(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN current_district() IS NOT -1 AND "
                f"{row}.district_id IS NOT current_district() "
                "BEGIN SELECT RAISE(ABORT, 'another district'); END"
            )
        )


def _only_grows_on_sqlite(connection: Connection, table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        name = f"append_only_{table}_{verb.lower()}"
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.execute(
            text(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END")
        )


def _guard_postgresql(connection: Connection, tables: list[str], owned: list[str], app_role: str) -> None:
    known = connection.execute(text("select 1 from pg_roles where rolname = :role"), {"role": app_role}).scalar()
    mine = "district_id = (select nullif(current_setting('app.district', true), '')::bigint)"
    for table in owned:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
        connection.execute(text(f"DROP POLICY IF EXISTS own_district ON {table}"))
        connection.execute(text(f"CREATE POLICY own_district ON {table} USING ({mine}) WITH CHECK ({mine})"))
    if not known:
        return
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {app_role}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app_role}"))
    for table in tables:
        rights = "SELECT" if table.startswith("alembic_version") else "SELECT, INSERT"
        if table not in APPEND_ONLY and not table.startswith("alembic_version"):
            rights += ", UPDATE, DELETE"
        connection.execute(text(f"REVOKE ALL ON {table} FROM {app_role}"))
        connection.execute(text(f"GRANT {rights} ON {table} TO {app_role}"))
