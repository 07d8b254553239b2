"""Putting the questions of ``renda.hookspecs`` to everyone in force, so that one who fails fails alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.answers import Deadline, Fact, Follow, Link, Problem, Section, Sheet
from renda.errors import RendaError, declare
from renda.rulebook import InForce
from renda.services.desk import Desk

log = logging.getLogger("renda.plugins")

declare(
    {
        "plugin.failed": "“{practice}”出错,没有完成“{question}”。请告诉系统管理员;日志里有详情。",
        "plugin.nonsense": "“{practice}”对“{question}”的回答不对:应为 {wanted} 的列表。请告诉插件作者。",
    },
    status=500,
)

SLOW_SECONDS = 0.5
_WANTED: dict[str, type] = {
    "facts": Fact,
    "acted": Follow,
    "dossier": Section,
    "menu": Link,
    "sheets": Sheet,
    "problems": Problem,
    "deadlines": Deadline,
}


@dataclass(frozen=True)
class Answer:
    """What one practice said; ``failure`` tells why where it said nothing."""

    rules: InForce
    said: tuple[Any, ...]
    failure: RendaError | None = None


def ask(desk: Desk, question: str, day: date, **arguments: Any) -> list[Answer]:
    """Put a question to all practices in force on ``day``, in the order of the district's files.

    A practice that raises, or answers what was not asked, answers with its ``failure``; the others are not
    touched by it. Its traceback is in the log ``renda.plugins``.
    """
    return list(_asked(desk, question, day, arguments, strict=False))


def ask_strictly(desk: Desk, question: str, day: date, **arguments: Any) -> list[Answer]:
    """As ``ask``, but the first failure is raised, so that a transaction is given up whole."""
    return list(_asked(desk, question, day, arguments, strict=True))


def answer_of(rules: InForce, question: str, **arguments: Any) -> Any:
    """Put a question to the owner alone; raises ``plugin.failed`` where it fails."""
    begun = time.perf_counter()
    try:
        return getattr(rules.hook, question)(**arguments)
    except RendaError:
        raise
    except Exception as error:
        log.exception("%s of %s failed", question, rules.version.code)
        raise RendaError("plugin.failed", practice=rules.version.title, question=question) from error
    finally:
        _note_time(rules, question, begun)


def _asked(desk: Desk, question: str, day: date, arguments: dict[str, Any], *, strict: bool) -> Iterator[Answer]:
    for rules in desk.rulebook.on(day):
        try:
            yield Answer(rules, _said(rules, question, arguments))
        except RendaError as failure:
            if strict:
                raise
            yield Answer(rules, (), failure)


def _said(rules: InForce, question: str, arguments: dict[str, Any]) -> tuple[Any, ...]:
    wanted = _WANTED[question]
    answers = answer_of(rules, question, **arguments)
    try:
        said = tuple(each for some in answers for each in some or ())
    except TypeError:
        said = (answers,)
    if all(isinstance(each, wanted) for each in said):
        return said
    log.error("%s answered nonsense to %s", rules.code, question)
    raise RendaError("plugin.nonsense", practice=rules.version.title, question=question, wanted=wanted.__name__)


def _note_time(rules: InForce, question: str, begun: float) -> None:
    seconds = time.perf_counter() - begun
    if seconds > SLOW_SECONDS:
        log.warning("%s took %.2f s to answer %s", rules.version.code, seconds, question)
