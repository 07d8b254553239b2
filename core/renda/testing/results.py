"""What a run of feature files found, and how it is shown: on a terminal in red and green, and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from renda.i18n import gettext

PASSED, FAILED, SKIPPED = "✔", "✘", "·"
_GREEN, _RED, _GREY, _BOLD, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[90m", "\x1b[1m", "\x1b[0m"
_COLOURS = {PASSED: _GREEN, FAILED: _RED, SKIPPED: _GREY}

STYLE = """
body { font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 52rem; margin: 2rem auto; }
h2 { margin: 2rem 0 0; } h3 { margin: 1rem 0 .2rem; } ul { list-style: none; margin: 0; padding-left: 1.2rem; }
.passed { color: #14532d; } .failed { color: #991b1b; } .skipped { color: #6b7280; }
.failed strong { display: block; padding-left: 1.5rem; } td { border: 1px solid #d1d5db; padding: 0 .6rem; }
.place { color: #6b7280; font-size: .85rem; } table { border-collapse: collapse; margin: .2rem 0 .4rem 1.5rem; }
"""
_CLASSES = {PASSED: "passed", FAILED: "failed", SKIPPED: "skipped"}


@dataclass
class StepResult:
    """One step as it was written, whether it held, and why not."""

    text: str
    mark: str
    reason: str = ""
    table: Sequence[Sequence[str]] = ()


@dataclass
class ScenarioResult:
    """One scenario, or one example of an outline; a failure outside its steps stands in ``reason``."""

    feature: str
    path: str
    name: str
    mark: str = PASSED
    reason: str = ""
    steps: list[StepResult] = field(default_factory=list)


def as_text(results: Sequence[ScenarioResult], *, colour: bool) -> str:
    """The results for a terminal."""
    lines: list[str] = []
    feature = None
    for result in results:
        if result.feature != feature:
            feature = result.feature
            lines += ["", _inked(f"功能:{feature}", _BOLD, colour), _inked(f"  {result.path}", _GREY, colour)]
        lines += _scenario_lines(result, colour)
    return "\n".join([*lines, "", _inked(summary(results), _GREEN if all_hold(results) else _RED, colour)])


def _scenario_lines(result: ScenarioResult, colour: bool) -> list[str]:
    lines = [_inked(f"  {result.mark} 场景:{result.name}", _COLOURS[result.mark], colour)]
    if result.reason:
        lines.append(_inked(f"      {result.reason}", _RED, colour))
    for step in result.steps:
        lines.append(_inked(f"      {step.mark} {step.text}", _COLOURS[step.mark], colour))
        lines += [_inked(f"          | {' | '.join(row)} |", _COLOURS[step.mark], colour) for row in step.table]
        if step.reason:
            lines.append(_inked(f"        → {step.reason}", _BOLD + _RED, colour))
    return lines


def as_page(results: Sequence[ScenarioResult], title: str) -> str:
    """The results as one HTML file that loads nothing."""
    parts = [
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>',
        f'<h1>{escape(title)}</h1><p class="{_CLASSES[PASSED if all_hold(results) else FAILED]}">',
        f"{escape(summary(results))}</p>",
    ]
    feature = None
    for result in results:
        if result.feature != feature:
            feature = result.feature
            parts.append(f'<h2>{escape(feature)}</h2><p class="place">{escape(result.path)}</p>')
        parts.append(f'<h3 class="{_CLASSES[result.mark]}">{result.mark} {escape(result.name)}</h3>')
        parts.append(f"<p class=failed><strong>{escape(result.reason)}</strong></p>" if result.reason else "")
        parts.append("<ul>" + "".join(_step_item(step) for step in result.steps) + "</ul>")
    return "\n".join([*parts, "</html>"])


def _step_item(step: StepResult) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in step.table)
    table = f"<table>{rows}</table>" if rows else ""
    reason = f"<strong>→ {escape(step.reason)}</strong>" if step.reason else ""
    return f'<li class="{_CLASSES[step.mark]}">{step.mark} {escape(step.text)}{table}{reason}</li>'


def all_hold(results: Sequence[ScenarioResult]) -> bool:
    """Whether there is something and nothing of it failed."""
    return bool(results) and all(result.mark == PASSED for result in results)


def summary(results: Sequence[ScenarioResult]) -> str:
    """One line: how many scenarios hold and how many do not."""
    failed = sum(result.mark != PASSED for result in results)
    said = gettext("{number} 个场景,通过 {passed} 个", number=len(results), passed=len(results) - failed)
    return said + (gettext(",未通过 {failed} 个。", failed=failed) if failed else "。")


def _inked(text: str, ink: str, colour: bool) -> str:
    return f"{ink}{text}{_PLAIN}" if colour else text
