"""Feature files as tests: each file by itself, a broken one failing alone, no step with two meanings."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd import exceptions, scenarios
from pytest_bdd.scenario import find_fixturedefs_for_step
from pytest_bdd.steps import step_function_context_registry

from renda.district_files import read_toml
from renda.errors import RendaError, declare
from renda.rulebook import installed
from renda.testing.factories import World, fresh_sqlite
from renda.testing.plugin import OPTION

declare(
    {
        "test.no_district": "没有说明区县:把文件放在 features/<区县>/ 下,或在“背景”里写:假如 区县是“…”。",
        "test.unknown_district": "没有“{name}”这个区县。现有:{allowed}。",
        "test.no_steps": "场景“{scenario}”没有步骤。每个步骤要以 假如、当、那么、而且、但是 开头。",
        "test.ambiguous_step": "步骤“{step}”有 {number} 种写法都符合,不知道该用哪一种:{places}。请改写其中一种。",
    }
)

CHINESE = re.compile(r"^\s*#\s*language:\s*zh-CN\s*$", re.MULTILINE)
SAYS_DISTRICT = re.compile(r'区县是\s*["“「]([^"”」]+)["”」]')
SCENARIO = re.compile(r"^\s*(?:场景大纲|场景|剧本大纲|剧本)\s*[::]\s*(.*?)\s*$", re.MULTILINE)
REFUSED = re.compile(r"\s*(?:系统)?拒绝")
TAGS = re.compile(r"^\s*@(.*)$", re.MULTILINE)
EXPECTS_REFUSAL = pytest.StashKey[bool]()


def districts_folders(config: pytest.Config) -> list[Path]:
    """The folders of districts the project named."""
    return [Path(path) for path in config.getini(OPTION)]


def find_district(folders: list[Path], name: str) -> tuple[Path, str]:
    """The folder of districts and the slug of one, by slug, name or full name; raises ``test.unknown_district``."""
    known: list[str] = []
    for folder in folders:
        for file in sorted(folder.glob("*/district.toml")):
            slug = file.parent.name
            entries = read_toml(file)
            names = {slug, entries.get("name"), entries.get("full_name"), str(entries.get("name", "")).rstrip("区县市")}
            if name in names:
                return folder, slug
            known.append(f"{slug}({entries.get('name')})")
    raise RendaError("test.unknown_district", name=name, allowed="、".join(known) or "—")


def district_named_by(path: Path, text: str, folders: list[Path]) -> tuple[Path, str]:
    """The district a feature file is about: what its background says, else the folder it lies in."""
    said = SAYS_DISTRICT.search(text)
    if said:
        return find_district(folders, said[1])
    for folder in folders:
        if (folder / path.parent.name / "district.toml").is_file():
            return folder, path.parent.name
    raise RendaError("test.no_district")


class FeatureFile(pytest.Module):
    """One feature file; its scenarios are tests with their Chinese names."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """The scenarios; where the file cannot be read, one test that says why."""
        try:
            return list(super().collect())
        except self.CollectError as error:
            return [BrokenFeature.from_parent(self, name="读取文件", reason=str(error))]

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        text = self.path.read_text("utf-8")
        names = SCENARIO.findall(text)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise self.CollectError(f"{self.path}:有两个场景同名:{'、'.join(twice)}。请改名。")
        if not names:
            raise self.CollectError(f"{self.path}:没有场景。")
        for tag in {tag for line in TAGS.findall(text) for tag in line.split("@") if tag.strip()}:
            self.config.addinivalue_line("markers", f"{tag.strip()}: 特性文件里的标签")
        namespace: dict[str, Any] = vars(module)
        namespace.update(scenarios=scenarios, path=str(self.path))
        try:
            self._load_steps_of_plugins(text)
            exec("scenarios(path)", namespace)
        except RendaError as error:
            raise self.CollectError(f"{self.path}:{error}") from error
        except exceptions.GherkinParseError as error:
            raise self.CollectError(f"{self.path}:第 {error.line} 行写法有误:{error.line_content.strip()}") from error
        return module

    def _load_steps_of_plugins(self, text: str) -> None:
        folder, slug = district_named_by(self.path, text, districts_folders(self.config))
        for file in sorted((folder / slug).glob("*.toml")):
            point = installed().get(str(read_toml(file).get("plugin", "")))
            if point is not None:
                plugin = importlib.util.find_spec(point.module)
                steps = f"{point.module}.steps"
                # A plugin may be one module and no package; then there is nothing to look for inside.
                inside = plugin is not None and plugin.submodule_search_locations is not None
                if inside and importlib.util.find_spec(steps) is not None:
                    self.config.pluginmanager.import_plugin(steps)


class BrokenFeature(pytest.Item):
    """A file that cannot be read, as one test that fails, so that the other files are run."""

    def __init__(self, *, reason: str, **options: Any) -> None:
        super().__init__(**options)
        self.reason = reason

    def runtest(self) -> None:
        """Say what is wrong in the file."""
        pytest.fail(self.reason, pytrace=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a feature file that is written in Chinese."""
    if file_path.suffix == ".feature" and CHINESE.search(file_path.read_text("utf-8", "replace")):
        return FeatureFile.from_parent(parent, path=file_path)
    return None


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """Refuse a scenario that has no steps of its own, or a step that could mean two things."""
    if not any(step.line_number > scenario.line_number for step in scenario.steps):
        raise RendaError("test.no_steps", scenario=scenario.name)
    fixtures = request._fixturemanager  # noqa: SLF001  (pytest-bdd looks its own steps up there)
    for step in scenario.steps:
        found = list(find_fixturedefs_for_step(step, fixtures, request.node))
        if len(found) > 1:
            contexts = [step_function_context_registry[each.func] for each in found]
            places = "、".join(sorted(f"{each.parser.name}({each.step_func.__module__})" for each in contexts))
            raise RendaError("test.ambiguous_step", step=step.name, number=len(found), places=places)


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Any, step: Any) -> None:
    """Note whether what comes next says that this step is refused: then a refusal is no failure yet."""
    place = next(place for place, each in enumerate(scenario.steps) if each is step)
    following = scenario.steps[place + 1 : place + 2]
    request.node.stash[EXPECTS_REFUSAL] = bool(following) and REFUSED.match(following[0].name) is not None


@pytest.fixture
def expects_refusal(request: pytest.FixtureRequest) -> Callable[[], bool]:
    """Whether the step after the present one says that it is refused."""
    return lambda: request.node.stash.get(EXPECTS_REFUSAL, False)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The world of a scenario: the district's real files, a fresh database."""
    path = Path(str(request.path))
    folder, slug = district_named_by(path, path.read_text("utf-8"), districts_folders(request.config))
    world = World(fresh_sqlite(tmp_path), folder, slug)
    world.preferred = path.stem if path.stem in world.rulebook.versions else ""
    yield world
    world.close()
