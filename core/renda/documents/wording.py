"""How a text falls into lines and levels: widths, the shape of a title, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import east_asian_width

from renda.documents.measures import TITLE, TWIPS_PER_MM
from renda.i18n import Verbatim

TITLE_CHARACTERS = int(156 * TWIPS_PER_MM / 20 / TITLE)
LONGEST_HEADING = 40
# 一、 and （一） are the levels with a font of their own; 1. and （1） are set like the text (§7.3.3).
_LEVELS: Verbatim[Sequence[tuple[str, re.Pattern[str]]]] = (
    ("first", re.compile(r"^[一二三四五六七八九十百]+、")),
    ("second", re.compile(r"^[（(][一二三四五六七八九十百]+[）)]")),
)
_NOT_AT_START = set("，。、；：？！）》”’】〕…—·,.;:?!)%")
_NOT_AT_END: Verbatim[set[str]] = set("（《“‘【〔(第")
_GOOD_BEFORE: Verbatim[tuple[str, ...]] = ("的", "和", "与", "及", "暨", "关于", "、")
_WORD: Verbatim[re.Pattern[str]] = re.compile(r"[A-Za-z0-9.%〔〕]+|《[^》]*》|“[^”]*”|[0-9]+年[0-9]+月|.")


def width(text: str) -> int:
    """How wide a text is, in halves of a character."""
    return sum(1 if east_asian_width(sign) in {"Na", "H", "N"} else 2 for sign in text)


def title_lines(title: str, most: int = TITLE_CHARACTERS) -> list[str]:
    """A title in as few lines as it needs, of nearly the same length; words in quotes and numbers stay whole."""
    count = -(-width(title) // (2 * most))
    lines, rest = [], title
    for left in range(count, 1, -1):
        at = _best_break(rest, width(rest) // left, 2 * most)
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest] if width(rest) <= 2 * most else [*lines, *title_lines(rest, most)]


def _best_break(text: str, aim: int, most: int) -> int:
    places, at = [], 0
    for word in _WORD.findall(text):
        at += len(word)
        before, after = text[:at], text[at:]
        if not after or width(before) > most or after[0] in _NOT_AT_START or before[-1] in _NOT_AT_END:
            continue
        away = abs(width(before) - aim) - (3 if before.endswith(_GOOD_BEFORE) else 0)
        places.append((away, at))
    return min(places)[1] if places else max(1, min(len(text) - 1, most // 2))


def heading(paragraph: str) -> tuple[str, str, str]:
    """The level of a paragraph (``first``, ``second`` or ``body``), its heading, and the text that goes on after it."""
    for level, begins in _LEVELS:
        if begins.match(paragraph):
            first, stop, rest = paragraph.partition("。")
            if len(first) <= LONGEST_HEADING:
                return level, first + stop, rest
    return "body", "", paragraph


def day_text(day: date) -> str:
    """A day as documents write it, without leading zeros: 2026年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def joined(names: Sequence[str]) -> str:
    """Recipients as a document lists them."""
    return "、".join(names)
