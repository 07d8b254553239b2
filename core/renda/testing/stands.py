"""Worlds with one practice in them, as many as are wanted, all beginning alike."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from renda.kinds import Action, Kind
from renda.matter import ROLES, SYSTEM, Actor, Matter, Party
from renda.practice import Practice
from renda.rulebook import Rulebooks
from renda.testing.factories import World, fresh_sqlite
from renda.testing.samples import one_of

DISTRICT = 'name = "样例"\nterm = "第一届"\n'
FIRST = date(2021, 3, 1)
WHOLE_FILE = re.compile(r"^plugin\s*=", re.MULTILINE)
STRANGER = "旁人"


class Grounds:
    """A district's folder with one practice, and a database of people to begin each world with."""

    def __init__(self, practice: type[Practice], params: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="renda-grounds-"))
        self.practice_class = practice
        write_district(self.folder / "sample", practice, params)
        self.books = Rulebooks(self.folder, lambda plugin, file: practice)
        newest = self.books.of("sample").versions[practice.plugin][-1].effective
        self.day = max(FIRST, newest)
        self._numbers = count()
        self._worlds: list[World] = []
        self._peopled = False
        weakref.finalize(self, _put_away, self._worlds, self.folder)

    def fresh(self) -> World:
        """A new world in which the same people have the same numbers as in every other."""
        first = self.folder / "world.sqlite3"
        if not self._peopled:
            world = self._world(fresh_sqlite(self.folder))
            self._people(world)
            world.close()
            self._peopled = True
        copy = self.folder / f"{next(self._numbers)}.sqlite3"
        shutil.copyfile(first, copy)
        world = self._world(f"sqlite:///{copy}")
        self._worlds.append(world)
        return world

    def copy(self, world: World) -> World:
        """A world in which everything is as it is in ``world`` now, on the same day."""
        target = self.folder / f"{next(self._numbers)}.sqlite3"
        database = str(world.store.engine.url.database)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        made = self._world(f"sqlite:///{target}")
        made.now = world.now
        self._worlds.append(made)
        return made

    def _world(self, url: str) -> World:
        return World(url, self.folder, "sample", day=self.day, books=self.books)

    def _people(self, world: World) -> None:
        practice = world.rulebook.practice_on(self.practice_class.plugin, world.day).practice
        for kind in self.practice_class.kind_of.values():
            for field in kind.payload().fields.values():
                one_of(world, practice, field)
        for role in ROLES:
            somebody(world, role)
            somebody(world, role, STRANGER)


def somebody(world: World, role: str, name: str = "样例") -> Actor:
    """Somebody with one role, who stands in no relation to anything unless by that name."""
    if role == "system":
        return SYSTEM
    if role in {"deputy", "member"}:
        return world.actor(role, person=world.deputy(f"代表-{name}", committee_member=role == "member"))
    if role == "department":
        return world.actor(role, organ=world.organ(f"单位-{name}"))
    return world.actor(role)


def allowed_actor(world: World, kind: Kind, action: Action, matter: Matter | None, entries: Mapping[str, Any]) -> Actor:
    """Somebody who may take the action: in its first role, or who stands in its relation."""
    for by in action.by:
        party = matter.party(by) if matter is not None else _named_in(kind, by, entries)
        if party is not None:
            return world.actor("department" if party.noun == "organ" else "deputy", **{party.noun: party})
        if by in ROLES:
            return somebody(world, by)
    return somebody(world, "clerk")


def _named_in(kind: Kind, relation: str, entries: Mapping[str, Any]) -> Party | None:
    for entry, (known, noun) in kind.relations.items():
        named = entries.get(entry)
        if known == relation and named:
            return Party(noun, named[0] if isinstance(named, list) else named, "样例")
    return None


def write_district(folder: Path, practice: type[Practice], params: str) -> None:
    """A district's folder with this practice alone; ``params`` as ``conformance.checks`` takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    head = f'plugin = "{practice.plugin}"\n[[version]]\neffective = 2000-01-01\nsource = "样例"\n[version.params]\n'
    text = params if WHOLE_FILE.search(params) else head + params
    (folder / f"{practice.plugin}.toml").write_text(text, "utf-8")


def _put_away(worlds: list[World], folder: Path) -> None:
    for world in worlds:
        world.close()
    shutil.rmtree(folder, ignore_errors=True)
