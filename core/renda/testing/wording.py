"""From what people write in a table to what a form takes, and from what a matter holds to what they read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from renda import fields
from renda.i18n import gettext
from renda.practice import Practice
from renda.schema import Schema
from renda.services.reading import DistrictRecords, find
from renda.testing.factories import World
from renda.testing.sentences import PLACES, day_said

HEADS = ("条目", "内容")
APART = re.compile(r"[、;;]")
UNIT = re.compile(r"(?<=\d)\s*(?:分|件|项|条|份|个|人|名|次|票)$")
_DAY = re.compile(PLACES["day"])
_SPAN = re.compile(r"(\d+)\s*个?(工作日|日|天|个月|月)")
_UNITS = {"工作日": "working_day", "日": "calendar_day", "天": "calendar_day", "个月": "month", "月": "month"}


def rows_of(table: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """A table of two columns as pairs; its head 条目|内容 may be left out."""
    pairs = [(str(row[0]).strip(), str(row[1]).strip()) for row in table]
    return pairs[1:] if pairs and pairs[0] == HEADS else pairs


@dataclass(frozen=True)
class Reader:
    """Reads what people write as a practice's forms take it.

    ``find`` gives the number of a matter by what it is called.
    """

    world: World
    practice: Practice
    find: Callable[[str], int]

    def entries(self, form: type[Schema] | None, table: Sequence[Sequence[str]]) -> dict[str, Any]:
        """A form's entries from a table; labels become names, people and organs numbers.

        What the form does not have stays as it is written, so that the form itself refuses it.
        """
        known = {} if form is None else form().fields
        names = {gettext(str(field.metadata.get("label", name))): name for name, field in known.items()}
        entries: dict[str, Any] = {}
        for said, value in rows_of(table):
            name = said if said in known else names.get(said, said)
            entries[name] = self.taken(known[name], value) if name in known and value else value
        return entries

    def taken(self, field: Any, said: str) -> Any:
        """One entry as the form takes it."""
        ways: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
            (fields.List, self._several),
            (fields.Reference, self._number),
            (fields.Choice, self._chosen),
            (fields.Date, _day),
            (fields.Span, _span),
            (fields.Nested | fields.Dict, self._written_out),
        )
        return next((read(field, said) for sort, read in ways if isinstance(field, sort)), said)

    def _several(self, field: Any, said: str) -> Any:
        if said.startswith("["):
            return self._written_out(field, said)
        return [self.taken(field.inner, part.strip()) for part in APART.split(said) if part.strip()]

    def _chosen(self, field: Any, said: str) -> Any:
        allowed = field.allowed(self.practice.params)
        return said if said in allowed else next((code for code, label in allowed.items() if label == said), said)

    def _number(self, field: Any, said: str) -> Any:
        if said.startswith("#"):
            return said[1:]
        makers: Mapping[str, Callable[[str], int]] = {
            "person": lambda name: self.world.person(name).id,
            "deputy": lambda name: self.world.deputy(name).id,
            "official": lambda name: self.world.official(name).id,
            "organ": lambda name: self.world.organ(name).id,
            "project": lambda name: self.world.project(name).id,
            "matter": self.find,
        }
        return makers[field.noun](said)

    def _written_out(self, field: Any, said: str) -> Any:
        try:
            return self._inside(field, json.loads(said, parse_float=Decimal))
        except ValueError:
            return said

    def _inside(self, field: Any, value: Any) -> Any:
        """What is written inside a list or a group: names and labels there are read as outside."""
        if isinstance(value, list):
            return [self._inside(getattr(field, "inner", field), each) for each in value]
        if isinstance(value, dict) and isinstance(field, fields.Nested):
            known = field.schema.fields
            return {name: self._inside(known[name], each) if name in known else each for name, each in value.items()}
        return self.taken(field, value) if isinstance(value, str) and value else value


def _day(field: Any, said: str) -> str:
    return day_said(said).isoformat() if _DAY.fullmatch(said) else said


def _span(field: Any, said: str) -> Any:
    span = _SPAN.fullmatch(said)
    return {"n": int(span[1]), "unit": _UNITS[span[2]]} if span else said


def said_of(world: World, practice: Practice, field: Any, value: Any) -> set[str]:
    """All the ways in which people may write a value a matter holds."""
    if value is None or value == "":
        return {"", "空"}
    if isinstance(field, fields.List):
        each = [sorted(said_of(world, practice, field.inner, one), key=len, reverse=True) for one in value]
        return {"、".join(ways[turn % len(ways)] for ways in each) for turn in range(max(map(len, each), default=1))}
    if isinstance(field, fields.Reference):
        return {_name_of(world, field.noun, value), f"#{value}"}
    return _plainly(practice, field, value)


def _plainly(practice: Practice, field: Any, value: Any) -> set[str]:
    if isinstance(value, bool):
        return {"是", "true"} if value else {"否", "false"}
    if isinstance(field, fields.Choice):
        return {str(value), gettext(field.allowed(practice.params).get(value, str(value)))}
    if isinstance(value, date):
        return {value.isoformat(), f"{value.year}年{value.month}月{value.day}日"}
    return {str(value), getattr(value, "text", str(value))}


def _name_of(world: World, noun: str, number: int) -> str:
    with world.reading() as desk:
        if noun == "matter":
            return find(desk, number).title
        return DistrictRecords(desk).party(noun, number).name


def same_figure(expected: str, found: str) -> bool:
    """Whether two figures are the same number written in two ways (78 and 78.0分, 99.4% and 99.4%)."""
    one, other = (
        UNIT.sub("", text.replace(",", "").replace("%", "%").replace("−", "-").strip()) for text in (expected, found)
    )
    if one == other:
        return True
    if one.endswith("%") != other.endswith("%"):
        return False
    try:
        return Decimal(one.rstrip("%")) == Decimal(other.rstrip("%"))
    except InvalidOperation:
        return False
