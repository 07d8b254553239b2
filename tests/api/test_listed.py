"""What lists answer is what the description says of them: real answers against their schemas."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from backing.demo import played
from backing.programs import Program
from renda.model import OrganRow, ProjectRow
from renda.services import accounts, tokens
from renda.testing.factories import World
from renda.web.app import create_app

LISTS = (
    "", "matters", "due", "meetings", "ballots", "people", "organs", "projects", "practices", "sheets", "events",
    "notices", "tables",
)  # fmt: skip


@pytest.fixture(scope="module")
def fengxian() -> Iterator[World]:
    """A district with matters, sittings, ballots, projects, documents and tables."""
    world = played("fengxian", "livelihood_projects", ballots="*")
    with world.writing() as desk:
        organ = desk.session.query(OrganRow.id).first()
        assert organ is not None
        given = {"year": 2020, "budget": "12000000.00", "stage": "在建", "due_on": date(2020, 12, 20)}
        desk.session.add(ProjectRow(code="b01", name="某学校", organ_id=organ[0], **given))
    yield world
    world.close()


@pytest.fixture(scope="module")
def programs(fengxian: World) -> list[Program]:
    """A clerk's and a deputy's."""
    app = create_app(fengxian.installation, secret_key="of a test", secure_cookies=False)
    made = []
    for login in ("clerk", "deputy"):
        with fengxian.writing() as desk:
            token, _ = tokens.issue(desk, accounts.find(desk, login), "测试", ("read", "act"))
        made.append(Program(app.test_client(), token, "fengxian"))
    return made


def schema_of(said: Any, path: str) -> dict[str, Any]:
    """The schema of the answer of a GET, with what it refers to beside it."""
    answer = said["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**answer, "components": said["components"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_what_its_schema_says(programs: list[Program], name: str) -> None:
    clerk, deputy = programs
    schema = schema_of(clerk.said("/openapi.json"), f"/{name}")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    asked = "?since=2017-01-01&until=2026-11-22" if name == "sheets" else ""
    said = clerk.said(f"/{name}{asked}")
    for program, answer in ((clerk, said), (deputy, deputy.said(f"/{name}{asked}"))):
        found = [
            f"{'/'.join(map(str, each.absolute_path))}: {each.message[:200]}" for each in validator.iter_errors(answer)
        ]
        assert found == [], program
    assert said["items"] if name else said["links"]


def test_a_name_that_is_not_described_or_lacks_is_found(programs: list[Program]) -> None:
    clerk = programs[0]
    validator = Draft202012Validator(schema_of(clerk.said("/openapi.json"), "/ballots"))
    said = clerk.said("/ballots")
    assert validator.is_valid(said)
    said["items"][0]["extra"] = 1
    assert not validator.is_valid(said)
    del said["items"][0]["extra"], said["items"][0]["question"]
    assert not validator.is_valid(said)


def test_every_list_that_is_described_is_held_against_its_answers(programs: list[Program]) -> None:
    said = programs[0].said("/openapi.json")
    described = {
        path.removeprefix("/")
        for path, operations in said["paths"].items()
        if "{" not in path and operations.get("get", {}).get("operationId", "").startswith("list_")
    }
    assert described - {"public"} == set(LISTS)
