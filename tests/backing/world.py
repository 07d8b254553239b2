"""Two districts with people and accounts in one database, and the application that serves them."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backing.sample import find_practice, write_districts
from renda.matter import Actor, Party
from renda.model import District, OrganRow, PersonRow
from renda.rulebook import Rulebooks
from renda.services import accounts, reading
from renda.testing.factories import World
from renda.web.app import create_app

PASSWORD = "Ceshi-2020"
FIRST = date(2020, 3, 2)
ACCOUNTS = {
    "clerk": ("clerk",),
    "auditor": ("auditor",),
    "deputy": ("deputy",),
    "second": ("deputy",),
    "bureau": ("department",),
}


@dataclass
class Town:
    """A district of the test: its world, and its people, organs and accounts by name."""

    world: World
    parties: dict[str, Party] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def propose(self, title: str = "增设路灯", **entries: Any) -> int:
        """A suggestion by the deputy."""
        said = {"title": title, "text": "夜里太暗。", "proposer": self.parties["deputy"].id, **entries}
        return self.world.act(self.actors["deputy"], "propose", said, practice="suggestions").matter_id

    def assign(self, number: int) -> None:
        """The clerk hands it to the bureau."""
        self.world.act(self.actors["clerk"], "assign", {"organ": self.parties["bureau"].id}, matter=number)

    def close(self, number: int) -> None:
        """All that follows, to the end."""
        bureau = self.actors["bureau"]
        with self.world.reading() as desk:
            share = min(each.id for each in reading_children(desk, number))
        self.world.act(bureau, "finish", matter=share)
        self.world.act(bureau, "answer", {"result": "A", "answer": "已装。"}, matter=number)
        self.world.act(self.actors["deputy"], "rate", {"grade": "B"}, matter=number)


def reading_children(desk: Any, number: int) -> Any:
    """The matters inside one."""
    return reading.view(desk, reading.find(desk, number)).children()


@dataclass
class Towns:
    """The application and the districts it serves."""

    app: Flask
    jia: Town
    yi: Town

    def visitor(self) -> "Visitor":
        """Somebody with a browser."""
        return Visitor(self.app.test_client())

    def as_(self, login: str, slug: str = "jia") -> "Visitor":
        """Somebody who has signed in."""
        visitor = self.visitor()
        assert visitor.sign_in(slug, login).status_code == 303
        return visitor


class Visitor:
    """A browser without a screen: follows forms with their hidden entries."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> TestResponse:
        """A page."""
        return self.client.get(path, buffered=True, **options)

    def text(self, path: str, status: int = 200) -> str:
        """A page's text; the status is as expected."""
        response = self.get(path)
        assert response.status_code == status, response.text
        return response.text

    def send(self, path: str, page: str | None = None, /, **entries: Any) -> TestResponse:
        """Fill in the form on ``page`` (the path itself where None) and send it to ``path``."""
        hidden = hidden_entries(self.text(page or path), path if page else None)
        return self.client.post(path, data={**hidden, **entries})

    def sign_in(self, slug: str, login: str, password: str = PASSWORD) -> TestResponse:
        """Sign in to a district."""
        return self.send(f"/{slug}/sign-in", login=login, password=password)


def hidden_entries(page: str, action: str | None = None) -> dict[str, str]:
    """The hidden entries of the form with that address, or of the last form of the page."""
    forms = re.findall(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL)
    chosen = [inner for head, inner in forms if action is None or f'action="{action}"' in head]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', chosen[-1])
    return dict(found)


def make_towns(url: str, root: Path, **options: Any) -> Towns:
    """The districts 甲区 and 乙区 with accounts of the same names, and an application."""
    folder = write_districts(root / "districts")
    jia, yi = (_town(url, folder, slug) for slug in ("jia", "yi"))
    with jia.world.store.hosting() as session:
        session.add(District(slug="bing", name="丙区"))
    given = {"secret_key": "for-tests-only", "secure_cookies": False, "plugins": (), **options}
    return Towns(create_app(jia.world.installation, **given), jia, yi)


@cache
def password_hash() -> str:
    """`PASSWORD` as accounts keep it: hashed once in a run, as it takes longer than the rest of a town."""
    return accounts.hashed(PASSWORD)


def _town(url: str, folder: Path, slug: str) -> Town:
    world = World(url, folder, slug, day=FIRST, books=Rulebooks(folder, find_practice))
    town = Town(world)
    names = {"deputy": "代表甲一", "second": "代表甲二", "bureau": "住建局", "other": "财政局"}
    for key, name in names.items():
        town.parties[key] = world.organ(name) if key in {"bureau", "other"} else world.deputy(name)
    kept = password_hash()
    with world.writing() as desk:
        for login, roles in ACCOUNTS.items():
            party = town.parties.get(login)
            table: Any = None if party is None else OrganRow if party.noun == "organ" else PersonRow
            row = None if party is None else desk.session.get(table, party.id)
            organ, person = (row, None) if party is not None and party.noun == "organ" else (None, row)
            name = party.name if party is not None else {"clerk": "工作人员丙", "auditor": "审计丁"}[login]
            made = accounts.add(desk, login, name, roles, kept_password=kept, person=person, organ=organ)
            town.actors[login] = accounts.actor_of(made)
    return town
