"""How a step is written: a Chinese sentence with places in it, forgiving about quotes, commas and spaces.

``Sentence('"{title}"处于"{state}"')`` also reads ``“路灯” 处于 “待答复”。``. A quoted place takes what stands
between quotes; ``{day:day}`` a date, ``{n:int}`` a whole number (``三`` and ``3`` too), ``{x:figure}`` a number
as it is shown, ``{m:matter}`` a matter or one inside it, ``{who:who}`` somebody who acts. What stands in square brackets may be left out.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from pytest_bdd.parsers import StepParser

OPEN, SHUT = '["“„「]', '["”」]'
QUOTED = r'[^"“”„「」]+'
INNER = rf"的(?:第[一二三四五六七八九十\d]+[件项个份])?[^\"“”「」\s]*?(?:{OPEN}{QUOTED}{SHUT})?"
MATTER = rf"[^\"“”「」\s的在,,、]*{OPEN}{QUOTED}{SHUT}(?:{INNER})*?"
UNNAMED = ("工作人员", "主任会议", "审计人员", "公众", "系统")
NAMED = ("代表", "组成人员", "单位", "干部", "人员", "角色")
WHO = rf"(?:(?:{'|'.join(UNNAMED)})|(?:{'|'.join(NAMED)})\s*{OPEN}{QUOTED}{SHUT})"
DIGITS = "零一二三四五六七八九"
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "day": r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日",
        "int": r"\d+|[一二三四五六七八九十两]+",
        "figure": r"[-+−]?[\d.,/]+\s*[%%]?|\S+?",
        "matter": MATTER,
        "who": WHO,
        "words": r"[^\"“”„「」]+?",
    }
)
_PLACE = re.compile(
    r'"\{(?P<quoted>\w+)\}"|\{(?P<bare>\w+):(?P<sort>\w+)\}|(?P<space> +)|(?P<comma>,)|(?P<bracket>[\[\]])|(?P<other>.)'
)


@dataclass(frozen=True)
class Written:
    """What the list of steps says of one: where it is defined, its sentence, what it is for, an example."""

    module: str
    text: str
    about: str
    example: str
    parser: StepParser


BOOK: list[Written] = []
"""All sentences that were defined, in their order: the list of steps for clerks is made from it."""


class Sentence(StepParser):
    """One way to say a step; ``about`` and ``example`` go into the list of steps."""

    def __init__(self, text: str, about: str = "", example: str = "") -> None:
        super().__init__(text)
        self.sorts: dict[str, str] = {}
        self.regex = re.compile("".join(self._part(match) for match in _PLACE.finditer(text)) + r"\s*[::。]?")
        self.prefix = re.split(r'[" {,\[]', text, maxsplit=1)[0]
        if example:
            caller = inspect.currentframe()
            module = caller.f_back.f_globals["__name__"] if caller and caller.f_back else ""
            BOOK.append(Written(module, text, about, example, self))

    def _part(self, match: re.Match[str]) -> str:
        if match["quoted"]:
            self.sorts[match["quoted"]] = "quoted"
            place = match["quoted"]
            # Between straight quotes curved ones may stand: sentences of the system are full of them.
            return rf'\s*(?:"(?P<{place}>[^"]*)"|[“„「](?P<{place}__>[^"“”„「」]*)[”」])\s*'
        if match["bare"]:
            self.sorts[match["bare"]] = match["sort"]
            return rf"\s*(?P<{match['bare']}>{PLACES[match['sort']]})\s*"
        if match["space"]:
            return r"\s*"
        if match["comma"]:
            return r"\s*[,,、]\s*"
        if match["bracket"]:
            return "(?:" if match["bracket"] == "[" else ")?"
        return re.escape(match["other"])

    def is_matching(self, name: str) -> bool:
        """Whether the step is this sentence."""
        return name.lstrip().startswith(self.prefix) and self.regex.fullmatch(name.strip()) is not None

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        """What stands in the places; dates and whole numbers as such."""
        match = self.regex.fullmatch(name.strip())
        if match is None:
            return None
        said = {place.removesuffix("__"): text for place, text in match.groupdict().items() if text is not None}
        return {place: _READ.get(self.sorts[place], str.strip)(text) for place, text in said.items()}


def day_said(text: str) -> date:
    """A date written 2020-03-02 or 2020年3月2日."""
    year, month, day = (int(part) for part in re.findall(r"\d+", text))
    return date(year, month, day)


def number_said(text: str) -> int:
    """A whole number in digits, or in words up to 九十九."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    return (DIGITS.index(tens or "一") * 10 if ten else 0) + (DIGITS.index(ones) if ones else 0)


_READ: Mapping[str, Callable[[str], Any]] = {"day": day_said, "int": number_said}
