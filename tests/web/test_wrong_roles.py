"""Every address that changes something, sent by everybody who may not: refused, and nothing is changed.

The addresses come from the application's own map. A new one that takes POST has to be named here, with who may send it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from backing.databases import Database
from backing.demo import DISTRICTS, part_of
from renda.matter import Actor
from renda.model import AccountRow, Base, ChainHead, MatterRow
from renda.services import tables, tokens
from renda.services.ballots import FolderKeys
from renda.services.desk import Desk
from renda.services.imports import import_folder
from renda.services.lists import visible
from renda.services.permissions import may_act
from renda.testing.addresses import Addresses, Values
from renda.testing.factories import World
from renda.testing.need_to_know import Visitor, app_of, visitors

SLUG = "fengxian"
MOST = 5
REFUSED = {401, 403, 404}
OFFICE = frozenset({"clerk", "chair"})
CLERK = frozenset({"clerk"})
NOBODY: frozenset[str] = frozenset()
SECURITY_LOG = {"security_entry", "security_head"}

Allowed = Callable[[Desk, Actor, Values], bool]


def roles(allowed: frozenset[str]) -> Allowed:
    return lambda desk, actor, values: not actor.roles.isdisjoint(allowed)


def signed_in(desk: Desk, actor: Actor, values: Values) -> bool:
    return actor.account_id is not None


def anybody(desk: Desk, actor: Actor, values: Values) -> bool:
    return True


def of_matter(desk: Desk, actor: Actor, values: Values) -> bool:
    row = desk.session.get_one(MatterRow, values["number"])
    name = values.get("name") or values["action"]
    lines = visible(desk, [row], actor)
    return bool(lines) and may_act(lines[0].rules.practice.kind(row.kind).actions[name], actor, lines[0].matter)


def of_opening(desk: Desk, actor: Actor, values: Values) -> bool:
    practice = desk.rulebook.practice_on(values["practice"], desk.day).practice
    name = values.get("name") or values["action"]
    action = next(kind.actions[name] for kind in practice.kind_of.values() if name in kind.actions)
    # Who stands in the relation that may open it is whoever the form names: the refusal comes with the form.
    return not actor.roles.isdisjoint(action.by) or (actor.account_id is not None and not set(action.by) <= ROLES)


def of_table(desk: Desk, actor: Actor, values: Values) -> bool:
    return values["name"] in {entry.name for entry in tables.listed(desk, actor)}


ROLES = {"clerk", "chair", "member", "deputy", "department", "auditor", "system", "public"}
WHO: Mapping[str, Allowed] = {
    "district.acting": of_matter,
    "api.act_on_matter": of_matter,
    "district.opening": of_opening,
    "api.open_matter": of_opening,
    "district.convening": roles(OFFICE),
    "district.meeting_deed": roles(OFFICE),
    "api.publish_meeting": roles(OFFICE),
    "district.sitting_ballots": roles(OFFICE),
    "district.new_ballot": roles(OFFICE),
    "district.ballot": roles(OFFICE),
    "api.open_ballot": roles(OFFICE),
    "api.close_ballot": roles(OFFICE),
    "api.run_ballot": roles(OFFICE),
    "district.count": roles(OFFICE),
    "district.notice": roles(CLERK),
    "api.send_notice": roles(CLERK),
    "district.questionnaire_deed": roles(OFFICE),
    "district.table": of_table,
    "api.bring_table": of_table,
    "district.account": signed_in,
    "district.own_sessions": signed_in,
    # Who may is said by what is sent along: a code, a slip, a paper, a password.
    "district.signing_in": signed_in,
    "api.sign_in_to_meeting": signed_in,
    "api.cast_ballot": signed_in,
    "district.arrive": anybody,
    "district.seat": anybody,
    "district.cast": anybody,
    "district.sign_in": anybody,
    "district.sign_out": anybody,
    "district.questionnaire": anybody,
    "api.answer_questionnaire": anybody,
}


class Place:
    """A demo district in a database, the application over it, and everybody who may come."""

    def __init__(self, url: str, folder: Path) -> None:
        self.world = World(url, DISTRICTS, SLUG, day=date(2026, 11, 22))
        with self.world.writing() as desk:
            import_folder(
                desk, part_of(SLUG, folder, "livelihood_projects", "public_evaluation", ballots="*", questionnaires="*")
            )
        with self.world.writing() as desk:
            self.visitors = visitors(desk)
        other = World(url, DISTRICTS, "baoshan", day=date(2026, 11, 22))
        with other.writing() as desk:
            row = AccountRow(login="crawl-chair", name="外区主任", password="-", roles=["clerk", "chair"])
            desk.session.add(row)
            desk.session.flush()
            token, _ = tokens.issue(desk, row, "外区", [tokens.READ, tokens.ACT])
            elsewhere = Visitor(Actor(None, "外区主任", frozenset({"public"})), "nobody-of-here", token)
        other.store.close()
        self.visitors.append(elsewhere)
        self.app: Flask = app_of(self.world.installation, FolderKeys(folder / "keys"))

    def kept(self) -> list[Any]:
        """How many rows every table has, and the head of the record; refused tries may stand in the security log."""
        tables = [table for table in Base.metadata.sorted_tables if table.name not in SECURITY_LOG]
        with self.world.store.hosting() as session:
            counted = [session.execute(table.select()).fetchall() for table in tables]
        return [len(rows) for rows in counted] + [self.head()]

    def head(self) -> Any:
        with self.world.reading() as desk:
            return desk.session.scalars(select(ChainHead.digest)).all()


@pytest.fixture
def place(database_url: Database, tmp_path: Path) -> Iterator[Place]:
    made = Place(database_url.app_url, tmp_path)
    yield made
    made.world.close()


def posts(app: Flask) -> list[Rule]:
    every = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [rule for rule in every if rule.endpoint.split(".")[0] in {"district", "api"}]


def test_everything_that_takes_post_is_sent_by_everybody_who_may_not_and_changes_nothing(place: Place) -> None:
    assert {rule.endpoint for rule in posts(place.app)} == set(WHO)
    before, wrong, tried = place.kept(), [], 0
    for rule in posts(place.app):
        with place.world.reading() as desk:
            addresses = Addresses(place.app, desk, SLUG, most=MOST)
            every = [(values, addresses.built(rule, values)) for values in addresses.filled(rule)]
            cases = [
                (visitor, address)
                for values, address in every
                for visitor in place.visitors
                if not WHO[rule.endpoint](desk, visitor.actor, values)
            ]
        for visitor, address in cases:
            tried += 1
            # Each from a network of its own: who tries tokens in a row is refused for another reason.
            status = sent(place.app, visitor, address, f"10.{tried // 250}.{tried % 250}.1")
            if status not in REFUSED:
                wrong.append((visitor.login or "公众", address, status))
    assert wrong == [], "\n".join(map(str, wrong[:40]))
    assert tried > 1_000
    assert place.kept() == before


def sent(app: Flask, visitor: Visitor, address: str, network: str) -> int:
    """The status of an empty form or body; to be sent to sign in is a refusal as well."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = network
    if address.startswith("/api/"):
        answer = client.post(address, json={}, headers=visitor.headers(address))
    else:
        answer = client.post(address, data={"row": "1"}, headers=visitor.headers(address))
    with answer:
        to_sign_in = answer.status_code == 303 and "/sign-in" in answer.headers["Location"]
        return 401 if to_sign_in else answer.status_code
