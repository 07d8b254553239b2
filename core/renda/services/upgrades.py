"""Where the schema stands: each component's revision beside its newest."""

from __future__ import annotations

from dataclasses import dataclass

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from renda.errors import RendaError, declare
from renda.migrate import check_known, components, configuration
from renda.store import make_engine

declare(
    {
        "schema.behind": "数据库结构不是最新的:{components}。请先运行 renda db upgrade。",
    },
    status=503,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One component: the revision the database has (None: no tables yet) and the newest there is."""

    component: str
    current: str | None
    newest: str | None

    @property
    def up_to_date(self) -> bool:
        """Whether nothing is left to do."""
        return self.current == self.newest


def standings(url: str) -> list[Standing]:
    """All components of the database at ``url``."""
    engine = make_engine(url)
    try:
        return [_standing(engine, component) for component in components()]
    finally:
        engine.dispose()


def check(url: str) -> None:
    """Raise ``schema.behind`` where a component is not at its newest revision."""
    every = standings(url)
    for each in every:
        check_known(each.component, each.current)
    behind = [each.component for each in every if not each.up_to_date]
    if behind:
        raise RendaError("schema.behind", components="、".join(behind))


def _standing(engine: Engine, component: str) -> Standing:
    config = configuration(component, components()[component])
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        table = config.attributes["version_table"]
        current = MigrationContext.configure(connection, opts={"version_table": table}).get_current_revision()
    return Standing(component, current, newest)
