"""An action as it is sent through a page or the API, by somebody with an account of their own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask

from backing.kits import Ready
from backing.world import PASSWORD, Visitor, hidden_entries
from renda.model import OrganRow, PersonRow
from renda.schema import Schema
from renda.services import accounts, reading, tokens
from renda.testing.factories import World
from renda.web.app import create_app

LOGIN = "racer"
HASHED = accounts.hashed(PASSWORD)
Sent = Callable[[], int]


def application(world: World) -> Flask:
    """The application of a world."""
    return create_app(world.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())


def has_door(here: Ready) -> bool:
    """Whether somebody with an account can take the action; what only the platform does has no door."""
    return here.actor.account_id is not None and "then" not in here.target


def _account(world: World, here: Ready) -> str:
    """Give the actor an account in this world; a token of it."""
    actor = here.actor
    with world.writing() as desk:
        person = None if actor.person is None else desk.session.get_one(PersonRow, actor.person.id)
        organ = None if actor.organ is None else desk.session.get_one(OrganRow, actor.organ.id)
        row = accounts.add(
            desk, LOGIN, actor.name, sorted(actor.roles), kept_password=HASHED, person=person, organ=organ
        )
        token, _ = tokens.issue(desk, row, "同时", ["act"])
        return token


def by_api(world: World, here: Ready, racers: int) -> list[Sent]:
    """Requests of the API that carry the version of the matter; each answers with its status."""
    token, app = _account(world, here), application(world)
    headers = {"Authorization": f"Bearer {token}"}
    number = here.target.get("matter")
    body: dict[str, Any] = {"entries": _plain(here.entries)}
    if number is None:
        path = f"/api/{world.slug}/practices/{here.target['practice']}/{here.action.name}"
        body |= {"parent": here.target["parent"]} if "parent" in here.target else {}
    else:
        path = f"/api/{world.slug}/matters/{number}/{here.action.name}"
        with world.reading() as desk:
            headers["If-Match"] = f'"{reading.find(desk, number).version}"'
    return [lambda: app.test_client().post(path, json=body, headers=headers).status_code] * racers


def by_page(world: World, here: Ready, racers: int) -> list[Sent]:
    """Forms of pages that were opened before, each in a session of its own; each answers with its status."""
    _account(world, here)
    app = application(world)
    number = here.target.get("matter")
    path = f"/{world.slug}/matters/{number}/{here.action.name}"
    if number is None:
        path = f"/{world.slug}/practices/{here.target['practice']}/open/{here.action.name}"
        path += f"?parent={here.target['parent']}" if "parent" in here.target else ""
    fields = [] if here.action.form is None else list(posted(here.action.form, here.entries))
    sent: list[Sent] = []
    for _ in range(racers):
        visitor = Visitor(app.test_client())
        assert visitor.sign_in(world.slug, LOGIN).status_code == 303
        hidden = hidden_entries(visitor.text(path))
        entries: dict[str, Any] = {**hidden}
        for name, value in fields:
            entries.setdefault(name, [])
            entries[name] = [*entries[name], value] if isinstance(entries[name], list) else value
        sent.append(lambda client=visitor.client, entries=entries: client.post(path, data=entries).status_code)  # type: ignore[misc]
    return sent


def posted(schema: type[Schema], entries: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The entries of a form as a browser sends them: the way back of ``renda.web.entries``."""
    known = schema().fields
    for name, value in entries.items():
        yield from _sent(known[name], f"{prefix}{name}", value)


def _sent(field: Any, name: str, value: Any) -> Iterator[tuple[str, str]]:
    inner = getattr(field, "inner", None)
    schema = getattr(inner if inner is not None else field, "schema", None)
    if isinstance(value, Mapping) and schema is not None:
        yield from posted(type(schema), value, f"{name}.")
    elif isinstance(value, Mapping) and {"n", "unit"} == value.keys():
        yield from ((f"{name}.{part}", str(value[part])) for part in ("n", "unit"))
    elif isinstance(value, Mapping):
        for place, (key, each) in enumerate(value.items()):
            yield f"{name}.{place}.key", str(key)
            yield from _sent(getattr(field, "value_field", None), f"{name}.{place}.value", each)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            if schema is not None:
                yield from posted(type(schema), each, f"{name}.{place}.")
            else:
                yield from _sent(inner, name, each)
    elif type(field).__name__ in {"Reference", "Person", "Organ", "Deputy", "Official", "Project"} or hasattr(
        field, "noun"
    ):
        yield name, f"#{value}"
    elif isinstance(value, bool):
        yield name, "是" if value else "否"
    else:
        yield name, str(value)


def _plain(value: Any) -> Any:
    """What JSON can carry; numbers and days as text, as programs send them."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal | date) else value
