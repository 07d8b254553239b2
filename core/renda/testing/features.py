"""Running feature files for a clerk: a district's, or any file's, with a page that says what holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import pytest

from renda.errors import RendaError, declare
from renda.testing.collecting import find_district
from renda.testing.plugin import OPTION
from renda.testing.results import FAILED, SKIPPED, ScenarioResult, StepResult, all_hold, as_page, as_text

declare(
    {
        "features.none": "没有可运行的特性文件:{place}。请在其中写 *.feature,第一行写 # language: zh-CN。",
    },
    status=404,
)

SETTINGS = Path(__file__).with_name("pytest.ini")
UNKNOWN_STEP = "没有这个步骤。可用的步骤见 docs/steps.md。"


def run(
    wanted: str | Sequence[str],
    *,
    districts: Path,
    features: Path,
    html: Path | None = None,
    out: TextIO | None = None,
    colour: bool | None = None,
    more_plugins: Sequence[str] = (),
) -> int:
    """Run the features of districts or files, print what holds, and answer with an exit status.

    ``wanted``: districts by slug or Chinese name, files or folders, wherever they lie. ``districts`` and
    ``features``: the folders of the districts' rules and of their feature files. ``html``: write a page too.
    ``more_plugins``: modules with further steps.
    0: all hold; 1: something does not. Raises ``test.unknown_district`` and ``features.none``.
    """
    target = out or sys.stdout
    listener = Listener()
    paths = [_path(each, districts, features) for each in ([wanted] if isinstance(wanted, str) else wanted)]
    arguments = [
        *("-c", str(SETTINGS), "--rootdir", str(Path.cwd()), "-o", f"{OPTION}={districts.resolve()}"),
        *("--disable-plugin-autoload", "-p", "pytest_bdd.plugin", "-p", "renda.testing.plugin"),
        *(part for plugin in more_plugins for part in ("-p", plugin)),
        *("-p", "no:terminal", "-p", "no:cacheprovider", "--noconftest", "-W", "ignore"),
        *(str(path) for path in paths),
    ]
    pytest.main(arguments, plugins=[listener])
    if not listener.results:
        raise RendaError("features.none", place="、".join(str(path) for path in paths))
    target.write(as_text(listener.results, colour=target.isatty() if colour is None else colour) + "\n")
    if html is not None:
        html.write_text(as_page(listener.results, "、".join([wanted] if isinstance(wanted, str) else wanted)), "utf-8")
    return 0 if all_hold(listener.results) else 1


def _path(wanted: str, districts: Path, features: Path) -> Path:
    path = Path(wanted)
    if path.exists():
        return path.resolve()
    _, slug = find_district([districts], wanted)
    if not any((features / slug).glob("*.feature")):
        raise RendaError("features.none", place=str(features / slug))
    return (features / slug).resolve()


class Listener:
    """Hears from pytest and pytest-bdd what becomes of each step."""

    def __init__(self) -> None:
        self.results: list[ScenarioResult] = []
        self._now: ScenarioResult | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
        """A scenario begins."""
        example = getattr(getattr(request.node, "callspec", None), "id", "")
        name = f"{scenario.name}({example})" if example else scenario.name
        steps = [StepResult(_text(step), SKIPPED, table=_table(step)) for step in scenario.steps]
        self._now = ScenarioResult(feature.name, feature.rel_filename, name, steps=steps)
        self.results.append(self._now)

    def pytest_bdd_after_step(self, scenario: Any, step: Any) -> None:
        """A step held."""
        self._step(scenario, step).mark = "✔"

    def pytest_bdd_step_error(self, scenario: Any, step: Any, exception: BaseException) -> None:
        """A step did not hold."""
        result = self._step(scenario, step)
        result.mark, result.reason = FAILED, reason_of(exception)

    def pytest_bdd_step_func_lookup_error(self, scenario: Any, step: Any) -> None:
        """A step nobody defined."""
        result = self._step(scenario, step)
        result.mark, result.reason = FAILED, UNKNOWN_STEP

    def _step(self, scenario: Any, step: Any) -> StepResult:
        assert self._now is not None
        return self._now.steps[next(place for place, each in enumerate(scenario.steps) if each is step)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """A scenario ended; what failed outside its steps is told beside its name."""
        if call.excinfo is not None:
            if self._now is None:
                self._now = ScenarioResult(item.path.stem, str(item.path), item.name)
                self.results.append(self._now)
            self._now.mark = FAILED
            if not any(step.reason for step in self._now.steps):
                self._now.reason = reason_of(call.excinfo.value)
        if call.when == "teardown":
            self._now = None
        return (yield)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read fails alone."""
        if report.failed:
            path = report.nodeid.rpartition("/")[2] or report.nodeid
            self.results.append(ScenarioResult(path, report.nodeid, "读取文件", FAILED, str(report.longrepr)))


def reason_of(error: BaseException) -> str:
    """Why something failed, in one sentence."""
    if isinstance(error, RendaError):
        return str(error)
    if isinstance(error, pytest.fail.Exception):
        return str(error.msg)
    if isinstance(error, AssertionError):
        return str(error).partition("\nassert ")[0] or "与规则不符。"
    return f"出错:{type(error).__name__}:{error}"


def _text(step: Any) -> str:
    return f"{step.keyword.strip()} {step.name}"


def _table(step: Any) -> list[list[str]]:
    return [] if step.datatable is None else [list(row) for row in step.datatable.raw()]
