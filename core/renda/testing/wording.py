"""From what people write in a table to what a form takes, and from what a matter holds to what they read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from renda import fields
from renda.i18n import gettext
from renda.practice import Practice
from renda.schema import Schema
from renda.services.desk import Desk
from renda.services.reading import DistrictRecords
from renda.testing.factories import World
from renda.testing.sentences import PLACES, day_said

HEADS = ("条目", "内容")
APART = re.compile(r"[、;;]")
_DAY = re.compile(PLACES["day"])
_SPAN = re.compile(r"(\d+)\s*个?(工作日|日|天|个月|月)")
_UNITS = {"工作日": "working_day", "日": "calendar_day", "天": "calendar_day", "个月": "month", "月": "month"}


def rows_of(table: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """A table of two columns as pairs; its head 条目|内容 may be left out."""
    pairs = [(str(row[0]).strip(), str(row[1]).strip()) for row in table]
    return pairs[1:] if pairs and pairs[0] == HEADS else pairs


def entries_of(
    world: World,
    practice: Practice,
    form: type[Schema] | None,
    table: Sequence[Sequence[str]],
    find: Callable[[str], int],
) -> dict[str, Any]:
    """A form's entries from a table; labels become names, people and organs numbers.

    ``find`` gives the number of a matter by what it is called. What the form does not have stays as it is
    written, so that the form itself refuses it.
    """
    known = {} if form is None else form().fields
    names = {gettext(str(field.metadata.get("label", name))): name for name, field in known.items()}
    entries: dict[str, Any] = {}
    for said, value in rows_of(table):
        name = said if said in known else names.get(said, said)
        entries[name] = taken(world, practice, known[name], value, find) if name in known else value
    return entries


def taken(world: World, practice: Practice, field: Any, said: str, find: Callable[[str], int]) -> Any:
    """One entry as the form takes it."""
    if said == "":
        return ""
    if isinstance(field, fields.List):
        if said[:1] == "[":
            return json.loads(said, parse_float=Decimal)
        return [taken(world, practice, field.inner, part.strip(), find) for part in APART.split(said) if part.strip()]
    if isinstance(field, fields.Reference):
        return _number(world, field, said, find)
    if isinstance(field, fields.Choice):
        allowed = field.allowed(practice.params)
        return said if said in allowed else next((code for code, label in allowed.items() if label == said), said)
    if isinstance(field, fields.Date):
        return day_said(said).isoformat() if _DAY.fullmatch(said) else said
    if isinstance(field, fields.Span):
        span = _SPAN.fullmatch(said)
        return {"n": int(span[1]), "unit": _UNITS[span[2]]} if span else said
    if isinstance(field, fields.Nested | fields.Dict):
        return json.loads(said, parse_float=Decimal)
    return said


def _number(world: World, field: fields.Reference, said: str, find: Callable[[str], int]) -> Any:
    if said.startswith("#"):
        return said[1:]
    makers: Mapping[str, Callable[[str], int]] = {
        "person": lambda name: world.person(name).id,
        "deputy": lambda name: world.deputy(name).id,
        "official": lambda name: world.official(name).id,
        "organ": lambda name: world.organ(name).id,
        "matter": find,
    }
    return makers[field.noun](said)


def said_of(world: World, practice: Practice, field: Any, value: Any) -> set[str]:
    """All the ways in which people may write a value a matter holds."""
    if value is None or value == "":
        return {"", "空"}
    if isinstance(value, bool):
        return {"是", "true"} if value else {"否", "false"}
    if isinstance(field, fields.List):
        each = [sorted(said_of(world, practice, field.inner, one), key=len, reverse=True) for one in value]
        return {"、".join(ways[turn % len(ways)] for ways in each) for turn in range(max(map(len, each), default=1))}
    if isinstance(field, fields.MatterNumber):
        return {world.matter(value).title, f"#{value}"}
    if isinstance(field, fields.Reference):
        with world.reading() as desk:
            return {reading_name(desk, field.noun, value), f"#{value}"}
    if isinstance(field, fields.Choice):
        return {str(value), gettext(field.allowed(practice.params).get(value, str(value)))}
    if isinstance(value, date):
        return {value.isoformat(), f"{value.year}年{value.month}月{value.day}日"}
    return {str(value), getattr(value, "text", str(value))}


def reading_name(desk: Desk, noun: str, number: int) -> str:
    """The name of a person or organ."""
    return DistrictRecords(desk).party(noun, number).name


def same_figure(expected: str, found: str) -> bool:
    """Whether two figures are the same number written in two ways (78 and 78.0, 99.4% and 99.4%)."""
    one, other = (text.replace(",", "").replace("%", "%").replace("−", "-").strip() for text in (expected, found))
    if one == other:
        return True
    if one.endswith("%") != other.endswith("%"):
        return False
    try:
        return Decimal(one.rstrip("%")) == Decimal(other.rstrip("%"))
    except InvalidOperation:
        return False
