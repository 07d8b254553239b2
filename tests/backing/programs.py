"""Programs that come to the API with a token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backing.world import Town, Towns
from renda.services import accounts, tokens


@dataclass
class Program:
    """A client with a token for one district."""

    client: FlaskClient
    token: str
    slug: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET below the district's API."""
        return self.client.get(f"/api/{self.slug}{path}", headers=self._headers(headers), buffered=True)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        """POST a JSON body."""
        return self.client.post(
            f"/api/{self.slug}{path}", json={} if body is None else body, headers=self._headers(headers)
        )

    def said(self, path: str, status: int = 200, **headers: str) -> Any:
        """What a GET answers, its status being as expected."""
        response = self.get(path, **headers)
        assert response.status_code == status, response.text
        return response.json

    def _headers(self, given: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return {"Authorization": f"Bearer {self.token}", **named} if self.token else named


def come(towns: Towns, login: str, *scopes: str, slug: str = "jia") -> Program:
    """A program with a fresh token for an account; all scopes where none is named, no token without a login."""
    town = towns.jia if slug == "jia" else towns.yi
    token = token_for(town, login, scopes or ("read", "act")) if login else ""
    return Program(towns.app.test_client(), token, slug)


def token_for(town: Town, login: str, scopes: Sequence[str], **options: Any) -> str:
    """A token of the town's account."""
    with town.world.writing() as desk:
        token, _ = tokens.issue(desk, accounts.find(desk, login), "测试", scopes, **options)
    return token
