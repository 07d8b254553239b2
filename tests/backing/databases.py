"""Databases with today's schema, made once for a run and copied for each test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backing.postgres import APP, OWNER, Server

Upgrade = Callable[[str], None]


@dataclass(frozen=True)
class Database:
    """The addresses of one database: for the owner of its tables, and for the application, which owns nothing.

    On SQLite both are the same.
    """

    kind: str
    owner_url: str
    app_url: str


class Templates:
    """Brings a database of each kind to the newest schema when first asked, and copies it afterwards."""

    def __init__(self, folder: Path, upgrade: Upgrade) -> None:
        self.folder = folder
        self.upgrade = upgrade

    def sqlite(self, target: Path) -> Database:
        """A copy in the file `target`."""
        template = self.folder / "template.sqlite3"
        if not template.exists():
            fresh = self.folder / "fresh.sqlite3"
            self.upgrade(f"sqlite:///{fresh}")
            fresh.rename(template)
        shutil.copyfile(template, target)
        return Database("sqlite", f"sqlite:///{target}", f"sqlite:///{target}")

    def postgresql(self, server: Server) -> tuple[Database, str]:
        """A copy on `server` and its name, to be dropped by."""
        template = server.templates.get("renda")
        if template is None:
            template = server.create()
            self.upgrade(server.url(template))
            server.templates["renda"] = template
        name = server.create(template)
        return Database("postgresql", server.url(name, OWNER), server.url(name, APP)), name
