"""Whatever a request holds, the answer is never a failure of ours: every route, every API operation, both databases."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from backing.asking import make_town
from backing.chamber import make_chamber
from backing.databases import Database
from backing.programs import Program, come
from backing.world import Towns, Visitor, hidden_entries
from renda.services.ballots import FolderKeys
from renda.web.app import create_app
from renda.web.request_input import day_in, number_in

NUMBERS = ("0", "9223372036854775808", "9" * 18, "9" * 5000)
TEXTS = ("x\0y", "\ud800", "长" * 3000, "-1", "1e999", "²", "\r\n")
# Of a query with all names: a long text of other letters makes a million bytes, which the test client itself reads.
QUERIED = (NUMBERS[1], NUMBERS[3], *TEXTS[:2], "长", "x" * 3000)
DAYS = ("0001-01-01", "9999-12-31", "1900-01-01", "2199-12-31")
QUERY = (
    "since", "until", "due_until", "on", "after", "before", "limit", "year", "parent", "matter", "meeting", "seat", "key",
    "code", "q", "of", "back", "practice", "kind", "state", "party", "relation", "waits_for", "genre", "to", "sent",
    "format", "form", "trial", "group", "copies", "person", "number", "seen", "text", "ballot", "token",
)  # fmt: skip
DEEP = "[" * 100_000
JSON = (
    DEEP,
    '{"entries":' * 900 + "1" + "}" * 900,
    '{"entries": {"proposer": 1' + "0" * 30 + '}}',
    '{"entries": {"proposer": 9223372036854775808}}',
    '{"entries": {"title": "a\\u0000b", "text": "x", "proposer": 1}}',
    '{"entries": {"title": "\\ud800", "text": "x", "proposer": 1}}',
    '{"entries": {"title": "t", "text": "x", "proposer": 1, "costs": [{"item": "a", "amount": "1e999999999"}]}}',
    '{"entries": {"title": "t", "text": "x", "proposer": 1, "households": "' + "9" * 5000 + '"}}',
    '{"entries": {"title": "t", "text": "x", "proposer": 1, "place": {"street": "s", "since": "9999-12-31"}}}',
    '{"entries": {"title": "t", "text": "x", "proposer": 1, "wish": {"n": 1e400, "unit": "month"}}}',
    '{"entries": {"wish": {"n": 1, "unit": ["month"]}, "topics": [["road"]], "shares": {"a": {}}, "costs": [1]}}',
    '{"entries": [], "parent": 9223372036854775808, "version": -1}',
    '{"parent": ' + "9" * 40 + "}",
    '{"version": 1e999}',
    '{"shares": [1, null, {}], "reason": {"a": 1}, "envelope": {"a": 1}, "submission": [1]}',
    '{"envelope": "====", "submission": "\\u0000"}',
    '{"recipients": ["x"], "channel": {}, "day": "0001-01-01"}',
    '{"recipients": {}, "channel": "x", "day": 9223372036854775808}',
    '{"answers": {"whole": {"a": [1]}, "wish": [[]], "\\u0000": 1}, "token": "0000000000000000"}',
    '{"answers": {"whole": 1e999}, "token": {"a": 1}, "code": [1]}',
    '{"answers": ' + DEEP,
    "NaN", "Infinity", "null", '"x"', "{", "\ud800",
)  # fmt: skip


def filled(rule: Any, value: str, other: str = "1") -> str:
    """The address of a rule with ``value`` for each of its parts but the district."""
    known = {"slug": "jia", "practice": "suggestions", "action": "assign", "form": "csv", "name": "assign"}
    path = str(rule.rule)
    for whole, name in re.findall(r"(<(?:\w+:)?(\w+)>)", path):
        said = known["slug"] if name == "slug" else value if "int:" in whole or name not in known else known[name]
        path = path.replace(whole, quote(said, safe="", errors="surrogatepass") or other)
    return path


def routes(towns: Towns, method: str, *, api: bool) -> list[Any]:
    """The rules of the application that take a method."""
    return [
        rule for rule in towns.app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint != "static" and rule.rule.startswith("/api/") == api
    ]  # fmt: skip


def failures(answers: Iterator[tuple[str, Any]]) -> list[tuple[str, int]]:
    """Which requests we failed at; 503 is what a district or folder that is not there is told by."""
    return [(said[:200], answer.status_code) for said, answer in answers if answer.status_code >= 500]


@pytest.fixture
def busy(towns: Towns) -> Towns:
    """Towns with a matter that is under way."""
    number = towns.jia.propose()
    towns.jia.assign(number)
    return towns


def test_no_page_fails_at_a_part_of_its_address(busy: Towns) -> None:
    def ask() -> Iterator[tuple[str, Any]]:
        for visitor in (busy.visitor(), busy.as_("clerk")):
            for rule in routes(busy, "GET", api=False):
                for value in (*NUMBERS, *TEXTS) if rule.arguments - {"slug"} else ():
                    path = filled(rule, value)
                    yield path, visitor.get(path)

    assert failures(ask()) == []


def test_no_page_fails_at_its_query(busy: Towns) -> None:
    def ask() -> Iterator[tuple[str, Any]]:
        for visitor in (busy.visitor(), busy.as_("clerk")):
            for rule in routes(busy, "GET", api=False):
                for value in (*QUERIED, *DAYS[:2]):
                    said = quote(value, errors="surrogatepass")
                    path = f"{filled(rule, '1')}?{'&'.join(f'{name}={said}' for name in QUERY)}"
                    yield path, visitor.get(path)

    assert failures(ask()) == []


def test_no_page_fails_at_what_is_posted(busy: Towns) -> None:
    names = (
        "title", "text", "proposer", "households", "place.since", "costs.1.item", "costs.1.amount", "wish.n", "wish.unit",
        f"costs.{'9' * 5000}.item", "_version", "_submission", "parent", "organ", "meeting", "seat", "key", "slip", "code",
        "person", "number", "copies", "login", "password", "old", "new", "again", "back", "day", "starts", "agenda",
        "channel", "to", "names", "language", "q1", "_code", "reason", "share", "m.1", "name", "body", "part", "count",
    )  # fmt: skip

    def ask() -> Iterator[tuple[str, Any]]:
        for visitor in (busy.visitor(), busy.as_("clerk")):
            home = "/jia/account" if visitor.get("/jia/account").status_code == 200 else "/jia/sign-in"
            token = hidden_entries(visitor.text(home))["csrf_token"]
            for rule in routes(busy, "POST", api=False):
                if rule.endpoint.endswith("sign_out"):
                    continue
                for value in (*NUMBERS[1:], *TEXTS, *DAYS[:2]):
                    said = value.encode(errors="surrogatepass")
                    path = filled(rule, "1")
                    data = {**dict.fromkeys(names, said), "csrf_token": token}
                    yield f"{path} {value[:20]!r}", visitor.client.post(path, data=data)

    assert failures(ask()) == []


def posted(program: Program, path: str, body: str) -> Any:
    """A body that ``json.dumps`` would not write."""
    headers = {"Authorization": f"Bearer {program.token}"} if program.token else {}
    raw = body.encode(errors="surrogatepass")
    return program.client.post(path, data=raw, content_type="application/json", headers=headers)


def test_no_operation_of_the_api_fails(busy: Towns) -> None:
    def ask() -> Iterator[tuple[str, Any]]:
        for program in (come(busy, ""), come(busy, "clerk")):
            for rule in routes(busy, "GET", api=True):
                addresses = [filled(rule, value) for value in (*NUMBERS, *TEXTS)]
                told = program.get(filled(rule, "1").removeprefix("/api/jia") + "?unknown=1").text
                for name in re.findall(r"[a-z_]+", told.partition("可用的参数:")[2].partition('"')[0]):
                    addresses += [
                        f"{filled(rule, '1')}?{name}={quote(value, errors='surrogatepass')}"
                        for value in (*NUMBERS, *TEXTS, *DAYS)
                    ]
                for path in addresses:
                    yield path, program.get(path.removeprefix("/api/jia"))
            for rule in routes(busy, "POST", api=True):
                for value in (NUMBERS[1], TEXTS[0]):
                    path = filled(rule, value)
                    yield path, posted(program, path, "{}")
                for body in JSON:
                    yield f"{rule.rule} {body[:60]}", posted(program, filled(rule, "1"), body)

    assert failures(ask()) == []


def test_every_practices_opening_refuses_what_no_database_keeps(busy: Towns) -> None:
    deputy = come(busy, "deputy")
    for body in JSON[:10]:
        answer = posted(deputy, "/api/jia/practices/suggestions/propose", body)
        assert answer.status_code in {400, 422}, (body[:80], answer.text)
        assert "detail" in json.loads(answer.text)


def test_a_ballot_and_a_questionnaire_refuse_in_their_own_words(sqlite_database: Database, tmp_path: Path) -> None:
    chamber = make_chamber(sqlite_database.app_url, tmp_path)
    number = chamber.ready()
    member, clerk = chamber.as_("m1"), chamber.as_("clerk")
    token = hidden_entries(member.text("/jia/account"))["csrf_token"]
    wrong = []
    for body in JSON:
        raw = body.encode(errors="surrogatepass")
        headers = {"X-CSRFToken": token}
        answer = member.client.post(
            f"/jia/ballots/{number}/cast", data=raw, content_type="application/json", headers=headers
        )
        if answer.status_code not in {400, 401, 422}:
            wrong.append((body[:60], answer.status_code))
    clerk_token = hidden_entries(clerk.text("/jia/account"))["csrf_token"]
    for rule in routes(chamber.towns, "POST", api=False):
        for value in ("9" * 5000, "\0", "-1", "1e999", "²"):
            names = ("m.1", "name", "returned", "good", "void", "blank", "1.yes", "1.no", "yes", "copies", "group",
                     "person", "seat", "question", "subjects", "rule", "shares", "needed", "day", "starts")  # fmt: skip
            data = {**dict.fromkeys(names, value), "csrf_token": clerk_token}
            path = filled(rule, str(number))
            if not rule.endpoint.endswith("sign_out") and clerk.client.post(path, data=data).status_code == 500:
                wrong.append((path, 500))
    chamber.world.close()
    assert wrong == []


def test_a_questionnaire_is_answered_by_nobody_who_sends_nonsense(database_url: Database, tmp_path: Path) -> None:
    town = make_town(database_url.app_url, tmp_path)
    number = town.ask()
    app = create_app(
        town.world.installation, secret_key="x", secure_cookies=False, plugins=(), keys=FolderKeys(tmp_path / "keys")
    )
    visitor = Visitor(app.test_client())
    statuses = {
        posted(Program(visitor.client, "", "jia"), f"/api/jia/questionnaires/{number}/answers", body).status_code
        for body in JSON
    }
    token = hidden_entries(visitor.text(f"/jia/questionnaires/{number}"))["csrf_token"]
    for value in (*NUMBERS, *TEXTS):
        data = dict.fromkeys(
            ("q1", "q2", "q3", "q3-option", "_submission", "_code"), value.encode(errors="surrogatepass")
        )
        answer = visitor.client.post(f"/jia/questionnaires/{number}", data={**data, "csrf_token": token})
        statuses.add(answer.status_code)
    town.world.close()
    assert max(statuses) < 500


def test_numbers_and_days_are_read_by_one_rule() -> None:
    assert [number_in(text) for text in ("0", "12", "9" * 18, "9" * 19, "-1", "²", "", None)] == [
        0, 12, 10**18 - 1, None, None, None, None, None,
    ]  # fmt: skip
    read = [day_in(text) for text in ("1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "x", None)]
    assert [day is not None for day in read] == [False, True, True, False, False, False]


def test_what_a_number_in_json_may_be_is_told(local_towns: Towns) -> None:
    deputy = come(local_towns, "deputy")
    path = "/api/jia/practices/suggestions/propose"
    said = posted(deputy, path, '{"entries": {"proposer": 1000000000000000000000}}')
    assert (said.status_code, json.loads(said.text)["code"]) == (400, "web.json")
    assert "数字 1000000000000000000000 太大,至多 18 位" in said.text
    assert "嵌套太深" in posted(deputy, path, DEEP).text
