"""Forms filled in with something that fits: what a practice's own checks need to act at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice, product
from typing import Any

from renda import fields
from renda.errors import RendaError
from renda.practice import Practice
from renda.schema import Schema
from renda.testing.factories import World

MOST_VARIANTS = 400
SAMPLE_TEXT = "样例文字"
MOST_CHOICES = 12


def variants(
    world: World, practice: Practice, form: type[Schema] | None, given: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Ways to fill in a form that the form itself takes: every choice in turn, optional entries in and out.

    ``given`` holds entries that are known to fit; they are used as they are. Where no way is found, the
    fullest one is given, so that its refusal can be told.
    """
    known = {} if form is None else form().fields
    whole = {name: _ways(world, practice, field) for name, field in known.items()}
    whole |= {name: [value] for name, value in given.items()}
    needed = [name for name in whole if name in given or known[name].required]
    found = False
    with world.reading() as desk:
        schema = practice.schema(form or Schema, desk.exists)
        for entries in islice(_combined(whole, needed), MOST_VARIANTS):
            if _fits(schema, entries):
                found = True
                yield entries
    if not found:
        yield next(_combined(whole, needed))


def _fits(schema: Schema, entries: Mapping[str, Any]) -> bool:
    try:
        schema.read(entries)
    except RendaError:
        return False
    return True


def _combined(ways: Mapping[str, list[Any]], needed: list[str]) -> Iterator[dict[str, Any]]:
    optional = [name for name in ways if name not in needed]
    portions = [list(ways), needed]
    portions += [[name for name in ways if name != left] for left in optional]
    portions += [[*needed, taken] for taken in optional]
    for portion in portions:
        for chosen in product(*(ways[name] for name in portion)):
            yield dict(zip(portion, chosen, strict=True))


def _ways(world: World, practice: Practice, field: Any) -> list[Any]:
    if isinstance(field, fields.Choice):
        return list(field.allowed(practice.params))[:MOST_CHOICES]
    if isinstance(field, fields.Bool):
        return [True, False]
    return [one_of(world, practice, field)]


def one_of(world: World, practice: Practice, field: Any) -> Any:
    """Something the field takes."""
    if isinstance(field, fields.List):
        return [one_of(world, practice, field.inner)]
    if isinstance(field, fields.Nested):
        return {name: one_of(world, practice, inner) for name, inner in field.schema.fields.items()}
    if isinstance(field, fields.Reference):
        return _somebody(world, field)
    if isinstance(field, fields.Choice):
        return next(iter(field.allowed(practice.params)), "")
    return _plain(world, field)


def _plain(world: World, field: Any) -> Any:
    made: tuple[tuple[Any, Any], ...] = (
        (fields.Bool, True),
        (fields.Year, 2020),
        (fields.Int, 1),
        (fields.Decimal, "1"),
        (fields.Date, (world.day + timedelta(days=1)).isoformat()),
        (fields.Span, {"n": 7, "unit": "working_day"}),
        (fields.Dict, {}),
    )
    return next((value for sort, value in made if isinstance(field, sort)), SAMPLE_TEXT)


def _somebody(world: World, field: fields.Reference) -> int:
    relation = str(field.metadata.get("relation", "")) or "anybody"
    if field.noun == "organ":
        return world.organ(f"单位-{relation}").id
    if field.noun == "project":
        return world.project(f"项目-{relation}", "单位-project").id
    if field.noun == "deputy":
        return world.deputy(f"代表-{relation}").id
    if field.noun == "official":
        return world.official(f"干部-{relation}", "单位-official").id
    if field.noun == "person":
        return world.person(f"人员-{relation}").id
    return world.names.get("", 1)


def wrong_for(field: Any) -> Any:
    """Something the field must refuse, or None where it takes any text."""
    made: tuple[tuple[Any, Any], ...] = (
        (fields.Reference, 999_999),
        (fields.Int, "甲"),
        (fields.Decimal, "甲"),
        (fields.Bool, "也许"),
        (fields.Date, "某日"),
        (fields.Choice, "没有这一项的"),
        (fields.List, 5),
        (fields.Span, 5),
        (fields.Dict, 5),
        (fields.Nested, 5),
        (fields.Str, 5),
    )
    return next((value for sort, value in made if isinstance(field, sort)), None)
