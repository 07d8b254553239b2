"""The security log on the web: what is in it, who reads it, and that nothing of votes and answers ever is."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from backing.world import Towns
from renda.services import accounts, security_log, tokens
from renda.web.unlogged import is_unlogged

WRONG = {"Authorization": "Bearer renda_wrong"}
SECRET = re.compile(r"ballots?|vote|questionnaires?|cast|seat|arrive|hall|here|live|sign-in")


def entries(towns: Towns) -> list[tuple[str, str, str]]:
    installation = towns.app.extensions["renda"]
    with installation.store.reading(installation.district_id("jia")) as session:
        return [(row.kind, row.actor, row.subject) for row in security_log.following(session, 0, 500)]


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Every address of a district with each of its methods, numbers put as 1."""
    found = []
    for rule in app.url_map.iter_rules():
        if "slug" in rule.arguments:
            path = re.sub(
                r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda part: "jia" if part[1] == "slug" else "1", rule.rule
            )
            found += [(method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def is_secret(path: str) -> bool:
    """An address under which somebody votes, answers or checks in; that of signing in to the district is none."""
    parts = path.removeprefix("/api").split("/")[2:]
    return parts != ["sign-in"] and any(SECRET.fullmatch(part) for part in parts)


def test_nothing_of_a_vote_or_an_answer_is_in_the_log(local_towns: Towns) -> None:
    secret = [(method, path) for method, path in addresses(local_towns.app) if is_secret(path)]
    assert len(secret) > 20
    assert [path for _, path in secret if not is_unlogged(path)] == []
    signed_in, stranger = local_towns.as_("clerk"), local_towns.visitor()
    before = entries(local_towns)
    for method, path in secret:
        for visitor in (signed_in, stranger):
            visitor.client.open(path, method=method, headers=WRONG)
            visitor.client.open(path, method=method, data={"x": "1"})
    assert entries(local_towns) == before


def test_a_refused_token_is_entered_everywhere_else(local_towns: Towns) -> None:
    client = local_towns.visitor().client
    assert client.get("/api/jia/matters", headers=WRONG).status_code == 401
    assert entries(local_towns)[-1] == ("token.refused", "—", "/api/jia/matters")


def test_refused_tokens_from_many_networks_do_not_fill_the_log(local_towns: Towns) -> None:
    client, before = local_towns.visitor().client, len(entries(local_towns))
    for number in range(80):
        client.get("/api/jia/matters", headers=WRONG, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
    # The clock of the test stands still: thirty at once, and none after that.
    assert len(entries(local_towns)) == before + 30


def test_what_somebody_exports_is_entered(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    before = len(entries(local_towns))
    answer = clerk.get("/jia/matters?format=csv")
    assert answer.status_code == 200
    answer.close()
    ((kind, actor, subject),) = entries(local_towns)[before:]
    assert (kind, actor) == ("export", "工作人员丙")
    assert subject.endswith(".csv")


def test_what_a_program_lists_is_entered(local_towns: Towns) -> None:
    installation = local_towns.app.extensions["renda"]
    with installation.writing("jia") as desk:
        token, _ = tokens.issue(desk, accounts.find(desk, "clerk"), "测试", ("read",))
    before = len(entries(local_towns))
    answer = local_towns.visitor().client.get("/api/jia/people", headers={"Authorization": f"Bearer {token}"})
    assert (answer.json or {})["items"]
    assert [each[::2] for each in entries(local_towns)[before:]] == [("export", "people.json")]


def test_the_auditor_reads_and_exports_the_log(towns: Towns) -> None:
    assert towns.as_("clerk").get("/jia/security-log").status_code == 403
    reader = towns.as_("auditor")
    text = reader.text("/jia/security-log")
    assert "安全日志" in text
    assert "登录" in text
    assert "核验完毕" in text
    answer = reader.get("/jia/security-log?format=csv")
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert lines[0][:3] == ["编号", "时间", "事件"]
    assert lines[1][0] == "1"


def test_the_log_is_read_page_by_page(local_towns: Towns) -> None:
    installation = local_towns.app.extensions["renda"]
    with installation.store.writing(installation.district_id("jia")) as session:
        for number in range(120):
            security_log.append(session, datetime.now(UTC), "sign_in.failed", actor=f"guess{number:03}")
    reader = local_towns.as_("auditor")
    first = reader.text("/jia/security-log")
    assert "guess119" in first
    assert "guess000" not in first
    more = re.search(r'href="([^"]*before=\d+)"', first)
    assert more is not None
    assert "guess119" not in reader.text(more[1].replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("path", "unlogged"),
    [
        ("/jia/ballots/1/cast", True),
        ("/api/jia/ballots/1", True),
        ("/jia/vote", True),
        ("/jia/meetings/1/here", True),
        ("/api/jia/meetings/1/sign-in", True),
        ("/jia/meetings/1/minutes/docx", False),
        ("/jia/sign-in", False),
        ("/vote/matters", False),
        ("/jia/", False),
        ("/", False),
    ],
)
def test_where_nothing_is_entered(path: str, unlogged: bool) -> None:
    assert is_unlogged(path) is unlogged
