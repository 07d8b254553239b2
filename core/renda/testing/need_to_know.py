"""Who reads what: every address is read as everybody, and nothing of a matter that ``may_see`` refuses is found in it.

Each matter gets marks of its own, in its title and wherever its texts stand; a mark in an answer to somebody who may not
see that matter is a leak, whichever page, list, file or API operation it came from. What a practice declares public
(a public report, a public document) is known to everybody and is none.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select

from renda.answers import Sheet
from renda.explain import Explained, to_json
from renda.matter import ANYBODY, ROLES, Actor, Party
from renda.model import AccountRow, EventRow, MatterPartyRow, MatterRow, NoticeRow
from renda.practice import hookimpl
from renda.services import lists, scores, tokens, visible_records
from renda.services.accounts import actor_of
from renda.services.ballots import KeyKeeper
from renda.services.desk import Desk, Installation
from renda.services.reading import rules_of, view
from renda.testing.addresses import Addresses
from renda.testing.factories import World
from renda.testing.samples import SAMPLE_TEXT
from renda.testing.stands import STRANGER
from renda.web.app import create_app

HEADER = "X-Login"
MARK = re.compile(r"mark(\d+)x")
MOST_PARTIES = 4


class VouchedFor:
    """Says who sends a request by a header of it: for a test alone, where nobody types a password."""

    @hookimpl
    def actor(self, request: Any) -> str | None:
        """The login in the header."""
        login: str | None = request.headers.get(HEADER)
        return login


@dataclass(frozen=True)
class Visitor:
    """Somebody who reads: how they are known to pages and to the API; anybody where ``login`` is empty."""

    actor: Actor
    login: str = ""
    token: str = ""

    def headers(self, address: str) -> dict[str, str]:
        """What the visitor sends along."""
        if not self.login:
            return {}
        return {"Authorization": f"Bearer {self.token}"} if address.startswith("/api/") else {HEADER: self.login}


@dataclass(frozen=True, order=True)
class Leak:
    """That somebody read something of a matter which that person may not see."""

    visitor: str
    address: str
    matter: int

    def __str__(self) -> str:
        return f"{self.visitor} 在 {self.address} 读到不能查看的事项 {self.matter}"


def app_of(installation: Installation, keys: KeyKeeper | None = None) -> Flask:
    """The application over an installation, in which a header says who asks."""
    given: dict[str, Any] = {"secret_key": "of a test", "secure_cookies": False, "plugins": [VouchedFor()]}
    app = create_app(installation, keys=keys, **given)
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def visitors(desk: Desk) -> list[Visitor]:
    """Anybody; of each role somebody who stands in no relation to anything; some who stand in one."""
    strangers: dict[str, Party | None] = dict.fromkeys(role for role in ROLES if role not in {"system", "public"})
    accounts = [_account(desk, f"crawl-{role}", role, None) for role in strangers]
    query = select(MatterPartyRow.party, MatterPartyRow.name).distinct().order_by(MatterPartyRow.party)
    for key, name in list(desk.session.execute(query))[:MOST_PARTIES]:
        noun, _, number = key.partition(":")
        if noun in {"person", "organ"} and STRANGER not in name:
            role = "deputy" if noun == "person" else "department"
            accounts.append(_account(desk, f"crawl-{role}-{key}", role, Party(noun, int(number), name)))
    return [Visitor(ANYBODY), *accounts]


def _account(desk: Desk, login: str, role: str, party: Party | None) -> Visitor:
    person = party.id if party is not None and party.noun == "person" else None
    organ = party.id if party is not None and party.noun == "organ" else None
    row = AccountRow(login=login, name=login, password="-", roles=[role], person_id=person, organ_id=organ)
    desk.session.add(row)
    desk.session.flush()
    token, _ = tokens.issue(desk, row, "crawl", [tokens.READ, tokens.ACT])
    return Visitor(actor_of(row), login, token)


def mark(world: World) -> None:
    """Write a mark of its own into every matter's title and texts, and into what was issued and recorded about it."""
    # The record is append-only by triggers; this is a copy, read by nobody else.
    with closing(sqlite3.connect(str(world.store.engine.url.database))) as connection, connection:
        for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f'drop trigger "{name}"')
    with world.writing() as desk:
        rows = desk.session.scalars(select(MatterRow).order_by(MatterRow.id)).all()
        words = {row.id: (row.title, f"mark{row.id}x") for row in rows}
        for row in rows:
            row.payload, row.title = _marked(row.payload, *words[row.id]), words[row.id][1]
        for entry in desk.session.scalars(select(EventRow).where(EventRow.matter_id.in_(words))):
            assert entry.matter_id is not None
            entry.entries = _marked(entry.entries, *words[entry.matter_id])
        for notice in desk.session.scalars(select(NoticeRow).where(NoticeRow.matter_id.in_(words))):
            assert notice.matter_id is not None
            for name in ("title", "paragraphs", "attachments"):
                setattr(notice, name, _marked(getattr(notice, name), *words[notice.matter_id]))
        desk.session.flush()
        for row in rows:
            _score_again(desk, row)


def _score_again(desk: Desk, row: MatterRow) -> None:
    if scores.latest(desk, row.id) is not None:
        rules = rules_of(desk, row)
        found = scores.asked(rules, view(desk, row))
        if found is not None:
            scores.add(desk, row, rules, found, None)


def _marked(value: Any, title: str, mark: str) -> Any:
    """The value with the matter's title and the sample's text replaced wherever they stand."""
    if isinstance(value, str):
        return value.replace(title, mark).replace(SAMPLE_TEXT, mark)
    if isinstance(value, Mapping):
        return {name: _marked(each, title, mark) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(each, title, mark) for each in value]
    return value


def hidden_from(desk: Desk, visitor: Visitor) -> set[int]:
    """The matters that somebody may not see, without what is published of them."""
    rows = desk.session.scalars(select(MatterRow)).all()
    seen = {line.row.id for line in lists.visible(desk, rows, visitor.actor)}
    return {row.id for row in rows} - seen - published(desk)


def published(desk: Desk) -> set[int]:
    """The matters named by their marks in a report or a document that is declared public."""
    return _named_in(public_text(desk))


def public_text(desk: Desk) -> str:
    """What the reports of this year and of the last 365 days, and the documents, that are declared public say."""
    begins = (desk.day.replace(month=1, day=1), desk.day - timedelta(days=365))
    answers = [answer for since in begins for answer in visible_records.reports(desk, ANYBODY, since, desk.day)]
    told = [_text(sheet) for answer in answers for sheet in answer.said]
    notices = desk.session.scalars(select(NoticeRow).where(NoticeRow.public)).all()
    told += [json.dumps([row.title, row.paragraphs, row.attachments], ensure_ascii=False) for row in notices]
    return "".join(told)


def _text(sheet: Sheet) -> str:
    cells = [cell for row in sheet.rows for cell in row]
    return "".join(
        json.dumps(to_json(cell), ensure_ascii=False) if isinstance(cell, Explained) else str(cell)
        for cell in (*cells, *sheet.figures)
    )


def leaks(world: World, *, most: int = 10) -> list[Leak]:
    """What somebody reads of matters they may not see, at every address; at most ``most`` of them."""
    app, found = app_of(world.installation), []
    with world.writing() as desk:
        everybody = visitors(desk)
    with world.reading() as desk:
        hidden = [(visitor, hidden_from(desk, visitor)) for visitor in everybody]
        addresses = list(dict.fromkeys(Addresses(app, desk, world.slug).read()))
    for visitor, matters in hidden:
        if not matters:
            continue
        for leak in read_as(app, visitor, addresses, matters):
            found.append(leak)
            if len(found) >= most:
                return found
    return found


def read_as(app: Flask, visitor: Visitor, addresses: Sequence[str], matters: set[int]) -> Iterator[Leak]:
    """What a visitor reads of these matters at the addresses; raises ``AssertionError`` where an answer is a failure."""
    client = app.test_client()
    for address in addresses:
        with closing(client.get(address, headers=visitor.headers(address))) as answer:
            assert answer.status_code < 500 or answer.status_code == 503, f"{address}:{answer.status_code}"
            text = answer_text(answer.get_data())
        for matter in sorted(_named_in(text) & matters):
            yield Leak(visitor.login or "公众", address, matter)


def answer_text(data: bytes) -> str:
    """The text of an answer; of a workbook or a document for Word that of all its parts."""
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(data)) as folder:
        return "".join(folder.read(name).decode(errors="replace") for name in folder.namelist())


def _named_in(text: str) -> set[int]:
    return {int(number) for number in MARK.findall(text)}
