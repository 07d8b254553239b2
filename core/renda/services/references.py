"""Reference pages made from the code: the hooks, the commands, the errors."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from renda import hookspecs
from renda.errors import RendaError, declare, declared

declare(
    {
        "docs.outdated": "由代码生成的文档已过时:{files}。请运行 renda docs 重新生成。",
        "docs.no_folder": "没有文件夹 {folder}。请在源代码的文件夹里运行,或用 --into 指明。",
    },
    status=409,
)

MADE = "<!-- 由 renda docs 生成,请勿手改 / made by renda docs, do not edit -->"
PACKAGES = ("renda", "renda_plugins")
MORE_PAGES = "renda.pages"
LEFT_OUT = ("renda.testing", "renda.web.wsgi")
"""What is not loaded to hear its errors: the one needs pytest, the other opens a database."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the command line, for its page."""

    usage: str
    help: str
    options: Sequence[tuple[str, str]] = ()


def pages(commands: Sequence[Command]) -> dict[str, str]:
    """All generated pages: file name → text; the testing kit, where it can be loaded, adds its own."""
    made = {"hooks.md": hooks_page(), "cli.md": commands_page(commands), "errors.md": errors_page()}
    for point in entry_points(group=MORE_PAGES):
        with suppress(ImportError):
            made[f"{point.name}.md"] = point.load()()
    return made


def write(folder: Path, commands: Sequence[Command]) -> list[str]:
    """Write the pages that have changed; their names."""
    changed = outdated(folder, commands)
    made = pages(commands)
    for name in changed:
        (folder / name).write_text(made[name], "utf-8")
    return changed


def check(folder: Path, commands: Sequence[Command]) -> None:
    """Raise ``docs.outdated`` where a page is not what the code says."""
    changed = outdated(folder, commands)
    if changed:
        raise RendaError("docs.outdated", files="、".join(changed))


def outdated(folder: Path, commands: Sequence[Command]) -> list[str]:
    """The pages that are not what the code says; raises ``docs.no_folder``."""
    if not folder.is_dir():
        raise RendaError("docs.no_folder", folder=str(folder))
    return [
        name
        for name, text in pages(commands).items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def hooks_page() -> str:
    """The questions, in their three groups."""
    lines = [MADE, "", "# Hooks", "", inspect.getdoc(hookspecs) or "", ""]
    for group in (hookspecs.OwnerQuestions, hookspecs.EveryoneQuestions, hookspecs.InstallationQuestions):
        lines += [f"## {group.__name__.removesuffix('Questions')}", "", inspect.getdoc(group) or "", ""]
        for name, question in vars(group).items():
            if not name.startswith("_"):
                lines += [f"### {name}", "", "```python", _signature(name, question), "```", ""]
                lines += [inspect.getdoc(question) or "", ""]
    return "\n".join(lines).rstrip() + "\n"


def commands_page(commands: Sequence[Command]) -> str:
    """Every command with its options."""
    lines = [MADE, "", "# renda", ""]
    for command in commands:
        lines += [f"## `{command.usage}`", "", command.help, ""]
        lines += [f"- `{option}` {told}".rstrip() for option, told in command.options]
        lines += [""] if command.options else []
    return "\n".join(lines).rstrip() + "\n"


def errors_page() -> str:
    """Every error: its code, the HTTP status it is answered with, its sentence."""
    load_everything()
    lines = [MADE, "", "# 错误 / Errors", "", "| 代码 | HTTP | 说明 |", "| --- | --- | --- |"]
    own = {code: said for code, said in declared().items() if not code.startswith(("test.", "features."))}
    lines += [f"| `{code}` | {status} | {_cell(sentence)} |" for code, (sentence, status) in sorted(own.items())]
    return "\n".join(lines) + "\n"


def load_everything() -> None:
    """Import all modules of ours, so that every error is known."""
    for package in PACKAGES:
        for name in _modules(importlib.import_module(package)):
            importlib.import_module(name)


def _modules(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if found.name in LEFT_OUT:
            continue
        yield found.name
        if found.ispkg:
            yield from _modules(importlib.import_module(found.name))


def _signature(name: str, question: Any) -> str:
    return f"def {name}{inspect.signature(question)}".replace("'", "")


def _cell(sentence: str) -> str:
    return sentence.replace("|", "\\|").replace("\n", " ")
