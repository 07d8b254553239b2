"""Values for readers: labels beside exact values, names instead of numbers, tables as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for
from marshmallow import Schema

from renda import fields
from renda.deadlines import Span
from renda.explain import shown as number_shown
from renda.i18n import gettext
from renda.matter import Actor
from renda.schema import fields_of
from renda.services import directory, lists
from renda.services.directory import Ref

_PAGES = {noun: noun for noun in ("person", "organ", "project", "matter")} | {"deputy": "person", "official": "person"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value to be read: a text (with an address where it leads somewhere), parts, or rows of parts."""

    label: str = ""
    text: str = ""
    href: str = ""
    parts: Sequence[Shown] = ()
    rows: Sequence[Sequence[Shown]] = ()
    long: bool = False

    @property
    def plain(self) -> str:
        """The value as one text, for comparing and for narrow places."""
        inner = [*self.parts, *(part for row in self.rows for part in row)]
        return self.text or "、".join(part.plain for part in inner)


@dataclass
class Reader:
    """Shows the values of one district's practice; names are read once for all that is shown."""

    slug: str
    params: Any
    names: Mapping[Ref, str]
    matter: int = 0

    def payload(self, schema: type[Schema], values: Mapping[str, Any]) -> list[Shown]:
        """The entries a schema knows, in its order; what was never filled in is left out."""
        known = fields_of(schema)
        return [self.value(entry, values[name], _label(entry, name)) for name, entry in known.items() if name in values]

    def value(self, entry: Any, value: Any, label: str = "") -> Shown:  # noqa: PLR0911  (one for each kind of field)
        """One value as its field means it."""
        if value is None:
            return Shown(label, "—")
        if isinstance(entry, fields.Reference):
            name = self.names.get((entry.noun, value), f"#{value}")
            return Shown(label, name, address(self.slug, entry.noun, value))
        if isinstance(entry, fields.Choice):
            allowed = entry.choices or ({} if self.params is None else entry.allowed(self.params))
            return Shown(label, gettext(allowed.get(str(value), str(value))))
        if isinstance(entry, fields.TextFile):
            file = url_for("district.matter_file", slug=self.slug, number=self.matter, entry=entry.name)
            return Shown(label, entry.file, file)
        if isinstance(entry, fields.Text):
            return Shown(label, str(value), long=True)
        if isinstance(entry, fields.Nested) and isinstance(value, Mapping):
            return Shown(label, parts=self.payload(type(entry.schema), value))
        if isinstance(entry, fields.Dict) and isinstance(value, Mapping):
            inner = entry.value_field
            return Shown(label, parts=[self.value(inner, each, gettext(str(key))) for key, each in value.items()])
        if isinstance(value, list | tuple):
            return self._several(entry, value, label)
        return Shown(label, plain(value), _elsewhere(entry, value))

    def _several(self, entry: Any, values: Sequence[Any], label: str) -> Shown:
        inner = entry if isinstance(entry, fields.Nested) else getattr(entry, "inner", None)
        if isinstance(inner, fields.Nested):
            schema = type(inner.schema)
            # One table: what any of them holds is a column for all.
            names = [name for name in fields_of(schema) if any(name in each for each in values)]
            rows = [self.payload(schema, {name: each.get(name) for name in names}) for each in values]
            return Shown(label, rows=rows)
        return Shown(label, rows=[[self.value(inner, each)] for each in values])


def _elsewhere(entry: Any, value: Any) -> str:
    """Where a value leads that its field says is an address; nowhere but by https."""
    known = getattr(entry, "metadata", {})
    return str(value) if known.get("address") and str(value).startswith("https://") else ""


def address(slug: str, noun: str, number: int) -> str:
    """The page of a person, an organ, a project or a matter."""
    return url_for(f"district.{_PAGES[noun]}", slug=slug, number=number)


def refs(schema: type[Schema], values: Mapping[str, Any]) -> Iterator[Ref]:
    """Everybody and everything the values name."""
    for name, entry in fields_of(schema).items():
        if name in values:
            yield from _refs(entry, values[name])


def _refs(entry: Any, value: Any) -> Iterator[Ref]:
    if isinstance(entry, fields.Reference) and isinstance(value, int):
        yield entry.noun, value
    elif isinstance(entry, fields.Nested):
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, Mapping):
                yield from refs(type(entry.schema), each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _refs(getattr(entry, "inner", None), each)


def reader(
    desk: Any,
    slug: str,
    params: Any,
    wanted: Iterator[Ref],
    known: Mapping[Ref, str],
    *,
    viewer: Actor,
    matter: int = 0,
) -> Reader:
    """A reader of a matter's values that knows the names of all that is wanted; unknown ones are looked up.

    Of another matter that is named, the viewer reads the title only where they may see it, else the number.
    """
    missing = [ref for ref in wanted if ref not in known]
    titles = lists.titles(desk, {number for noun, number in missing if noun == "matter"}, viewer)
    found = directory.names(desk, [ref for ref in missing if ref[0] != "matter"])
    return Reader(
        slug, params, {**known, **found, **{("matter", number): text for number, text in titles.items()}}, matter
    )


def plain(value: Any) -> str:  # noqa: PLR0911  (one for each kind of value)
    """A value without a field: numbers exact, days as they are written, yes and no in words."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Span):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal | Fraction):
        return number_shown(value)
    if isinstance(value, Mapping):
        return "、".join(f"{gettext(str(key))} {plain(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return "、".join(plain(each) for each in value)
    return "" if value is None else gettext(str(value))


def _label(entry: Any, name: str) -> str:
    return gettext(str(entry.metadata.get("label", name)))
