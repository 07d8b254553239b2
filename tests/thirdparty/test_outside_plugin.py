"""A plugin nobody here has heard of: installed, tested by itself, and served whole without a line written for it."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.databases import Database
from backing.programs import Program
from backing.world import PASSWORD, Visitor
from renda import rulebook
from renda.rulebook import Rulebooks
from renda.services import accounts, chain, tokens
from renda.services.diagrams import diagram
from renda.testing.factories import World
from renda.web.app import create_app

PACKAGE = Path(__file__).parent / "renda-audience"
SOURCE = PACKAGE / "renda_audience/__init__.py"
MOST_LINES = 70


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the plugin's repository, outside of ours."""
    copy = tmp_path_factory.mktemp("outside") / "renda-audience"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "build", ".pytest_cache"))
    return copy


@pytest.fixture(scope="module")
def site(checkout: Path) -> Path:
    """Where the plugin is installed, by the installer at hand, without asking any index."""
    target = checkout.parent / "site"
    installer = [sys.executable, "-m", "pip", "install", "--no-index"]
    if importlib.util.find_spec("pip") is None:
        uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
        installer = [str(uv), "pip", "install", "--offline", "--python", sys.executable]
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--target", str(target)]
    subprocess.run([*installer, *options, str(checkout)], check=True, timeout=120)
    return target


def test_it_is_as_short_as_promised_and_imports_only_renda() -> None:
    text = SOURCE.read_text("utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) <= MOST_LINES
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [node.module for node in imported if isinstance(node, ast.ImportFrom)] == ["renda"]
    assert len(imported) == 1


def test_its_own_tests_pass_where_it_is_installed(checkout: Path, site: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    assert passed is not None, done.stdout
    assert int(passed[1]) > 90


@pytest.fixture
def world(site: Path, checkout: Path, database_url: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """蓝田, which follows the plugin's practice, with an account for each who has a part in it."""
    monkeypatch.syspath_prepend(str(site))
    caches = (rulebook.installed, rulebook.practice_class)
    for cache in caches:
        cache.cache_clear()
    world = World(database_url.app_url, checkout / "districts", "lantian", books=Rulebooks(checkout / "districts"))
    people = {"deputy": world.deputy("代表甲"), "clerk": None, "bureau": world.organ("交通局")}
    kept = accounts.hashed(PASSWORD)
    with world.writing() as desk:
        for login, party in people.items():
            actor = world.actor(login if login != "bureau" else "department")
            row = accounts.add(desk, login, actor.name, tuple(actor.roles), kept_password=kept)
            row.person_id = party.id if party is not None and party.noun == "person" else None
            row.organ_id = party.id if party is not None and party.noun == "organ" else None
    yield world
    world.close()
    for cache in caches:
        cache.cache_clear()
    sys.modules.pop("renda_audience")


def test_it_has_pages_forms_permissions_deadlines_reasons_and_a_record(world: World) -> None:
    app = create_app(world.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())
    deputy, clerk, bureau = (Visitor(app.test_client()) for _ in range(3))
    for visitor, login in ((deputy, "deputy"), (clerk, "clerk"), (bureau, "bureau")):
        assert visitor.sign_in("lantian", login).status_code == 303
    me, organ = world.deputy("代表甲").id, world.organ("交通局").id
    form = deputy.text("/lantian/practices/audience/open/ask")
    for label in ("事由", "提出代表", "被约见机关"):
        assert label in form
    opened = deputy.send("/lantian/practices/audience/open/ask", title="公交改线", proposer=f"#{me}", organ=f"#{organ}")
    assert opened.status_code == 303, opened.text
    matter = opened.headers["Location"]
    assert matter in clerk.text("/lantian/")
    assert "2020-03-16" in clerk.text(matter)
    assert f"{matter}/arrange" in clerk.text(matter)
    assert f"{matter}/arrange" not in deputy.text(matter)
    assert clerk.send(f"{matter}/arrange", day="2020-03-10").status_code == 303
    assert bureau.send(f"{matter}/record", head="true", promise="五月底前改线。").status_code == 303
    refused = deputy.send(f"{matter}/rate", grade="很好")
    assert "没有“很好”这一项。可选:满意、基本满意、不满意。" in refused.text
    assert deputy.send(f"{matter}/rate", grade="基本满意").status_code == 303
    page = deputy.text(matter)
    for said in ("已评价", "约见评价", "70", "提出约见", "安排约见", "记录约见", "评价约见"):
        assert said in page
    with world.reading() as desk:
        assert chain.first_broken(desk) is None


def test_it_has_an_api_with_its_actions_in_the_description(world: World) -> None:
    app = create_app(world.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())
    with world.writing() as desk:
        secret, _ = tokens.issue(desk, accounts.find(desk, "deputy"), "测试", ("read", "act"))
    program = Program(app.test_client(), secret, "lantian")
    entries = {"title": "公交改线", "proposer": world.deputy("代表甲").id, "organ": world.organ("交通局").id}
    opened = program.post("/practices/audience/ask", {"entries": entries})
    assert opened.status_code == 201, opened.text
    number = opened.json["matter"]  # type: ignore[index]
    refused = program.post(f"/matters/{number}/arrange", {"entries": {"day": "2020-03-10"}})
    assert (refused.status_code, refused.json["code"]) == (403, "matter.not_yours")  # type: ignore[index]
    described = program.get("/openapi.json").text
    for action in ("ask", "arrange", "decline", "record", "rate"):
        assert f"/{action}" in described


def test_it_has_a_diagram_of_its_states(world: World) -> None:
    drawn = diagram(rulebook.practice_class("audience"))
    for line in ('state "待安排" as asked', "[*] --> asked: 提出约见(提出人)", "met --> rated: 评价约见(提出人)"):
        assert line in drawn
