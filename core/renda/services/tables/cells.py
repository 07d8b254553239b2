"""A form's entries as cells of a table, and back: codes or names for people and organs, labels for choices."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from renda import fields
from renda.i18n import gettext
from renda.model import OrganRow, PersonRow, ProjectRow
from renda.schema import Schema
from renda.services.desk import Desk
from renda.services.imports.tables import YES, wrong
from renda.services.tables.roster import codes_of
from renda.services.tables.shapes import Column

_TABLES: Mapping[str, tuple[Any, str]] = {
    "person": (PersonRow, "人员"),
    "organ": (OrganRow, "机构"),
    "project": (ProjectRow, "项目"),
}
_SEPARATOR = re.compile("[;\uff1b]")
_KINDS: tuple[tuple[type[Any], str], ...] = (
    (fields.List, "several"),
    (fields.Date, "date"),
    (fields.Bool, "yes_no"),
    (fields.Choice, "choice"),
    (fields.Decimal, "number"),
    (fields.MatterNumber, "matter"),
    (fields.Organ, "organ"),
    (fields.Project, "project"),
    (fields.Reference, "person"),
    (fields.Int, "whole"),
    (fields.Nested, "json"),
    (fields.Dict, "json"),
    (fields.Span, "json"),
)


def column_of(name: str, field: Any, params: Any) -> Column:
    """The column for an entry of a form."""
    kind = _sort(field)
    inner = field.inner if isinstance(field, fields.List) else field
    allowed = {label: code for code, label in _choices(inner, params).items()}
    hint = str(field.metadata.get("hint", ""))
    note = _sort(inner) if kind == "several" else ""
    return Column(name, _label(name, field), field.required, "json" if note == "json" else kind, hint, allowed)


class Cells:
    """What a district's tables call things, while one table is read or written."""

    def __init__(self, desk: Desk, schema: Schema) -> None:
        self.schema = schema
        self._numbers: dict[str, dict[str, int]] = {}
        self._codes: dict[str, dict[int, str]] = {}
        for noun, (table, _) in _TABLES.items():
            known = codes_of(desk, table)
            self._numbers[noun] = {**_once(known), **{code: number for code, (number, _) in known.items()}}
            self._codes[noun] = {number: code for code, (number, _) in known.items()}

    def entry(self, name: str, text: str) -> Any:
        """What the form is given for a cell; raises ``people.unknown`` or ``import.not_json``."""
        return self._entry(self.schema.fields[name], text, name)

    def _entry(self, field: Any, text: str, column: str) -> Any:
        if _sort(field) == "json" or (text[:1] == "[" and isinstance(field, fields.List)):
            try:
                return json.loads(text, parse_float=Decimal)
            except ValueError as error:
                raise wrong(column, "import.not_json", mistake=str(error)) from None
        if isinstance(field, fields.List):
            parts = (part.strip() for part in _SEPARATOR.split(text))
            return [self._entry(field.inner, part, column) for part in parts if part]
        if isinstance(field, fields.Bool):
            return YES.get(text.lower(), text)
        if isinstance(field, fields.Choice):
            labels = {label: code for code, label in _choices(field, self.schema.params).items()}
            return labels.get(text, text)
        if isinstance(field, fields.Reference) and field.noun != "matter":
            noun = field.noun if field.noun in _TABLES else "person"
            if text not in self._numbers[noun]:
                raise wrong(column, "people.unknown", code=text, noun=gettext(_TABLES[noun][1]))
            return self._numbers[noun][text]
        return text

    def text(self, name: str, value: Any) -> str:
        """The cell for what the record keeps of an entry."""
        return "" if value is None else self._text(self.schema.fields[name], value)

    def _text(self, field: Any, value: Any) -> str:
        if _sort(field) == "json" or (isinstance(field, fields.List) and _sort(field.inner) == "json"):
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        if isinstance(field, fields.List):
            return ";".join(self._text(field.inner, each) for each in value)
        if isinstance(field, fields.Bool):
            return "是" if value else "否"
        if isinstance(field, fields.Choice):
            choices = _choices(field, self.schema.params)
            label = choices.get(str(value), str(value))
            return label if list(choices.values()).count(label) == 1 else str(value)
        if isinstance(field, fields.Reference) and field.noun != "matter":
            return self._codes[field.noun if field.noun in _TABLES else "person"].get(value, str(value))
        return str(value)


def _once(known: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """Names only one bears."""
    found: dict[str, int | None] = {}
    for number, name in known.values():
        found[name] = None if name in found else number
    return {name: number for name, number in found.items() if number is not None}


def _sort(field: Any) -> str:
    return next((sort for kind, sort in _KINDS if isinstance(field, kind)), "text")


def _choices(field: Any, params: Any) -> dict[str, str]:
    if not isinstance(field, fields.Choice):
        return {}
    return field.allowed(params)


def _label(name: str, field: Any) -> str:
    return str(field.metadata.get("label") or name)
