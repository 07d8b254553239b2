"""One action sent by several at the same moment, through the API, with the version each of them read."""

from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

from backing.racing import at_once
from renda.services import accounts, tokens
from renda.services.desk import Installation
from renda.web.app import create_app
from tools.attack.target import Result, Target

AT_ONCE = 8
MOST_MATTERS = 20
MOST_RACES = 3
"""In one district."""


def attack(target: Target) -> Iterator[Result]:
    """Takes what waits for the office, eight times at once, each with the version it read."""
    attempted = succeeded = 0
    with target.installation() as installation:
        client = create_app(installation, secret_key="of an attack", secure_cookies=False).test_client
        for slug in installation.rulebooks.slugs():
            headers = {"Authorization": f"Bearer {_token(installation, slug)}"}
            races = 0
            for path, version in _actions(client(), slug, headers):
                if races == MOST_RACES:
                    break
                taken = _taken(installation, client, path, {**headers, "If-Match": version})
                races += taken > 0
                succeeded += taken > 1
            attempted += races
    yield Result("races", f"of {AT_ONCE} requests with one version more than one is taken", attempted, succeeded)


def _token(installation: Installation, slug: str) -> str:
    with installation.writing(slug) as desk:
        return tokens.issue(desk, accounts.find(desk, "clerk"), "attack", ["act"])[0]


def _actions(client: FlaskClient, slug: str, headers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The actions that lead to another state and whose form may be empty, with the version of their matter."""
    waiting: Any = client.get(f"/api/{slug}/due?waits_for=me&limit={MOST_MATTERS}", headers=headers).json
    for item in waiting["items"]:
        answer = client.get(f"/api/{slug}/matters/{item['id']}", headers=headers)
        for action in answer.json["actions"]:  # type: ignore[index]
            if not action["form"].get("required"):
                yield f"/api/{slug}/matters/{item['id']}/{action['name']}", answer.headers["ETag"]
                break


def _taken(installation: Installation, client: Any, path: str, headers: dict[str, str]) -> int:
    """How many of those sent at once were taken."""

    def sent() -> int:
        return int(client().post(path, json={"entries": {}}, headers=headers).status_code)

    return at_once(installation.store.engine, [sent] * AT_ONCE).count(200)
