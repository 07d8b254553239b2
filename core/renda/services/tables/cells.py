"""A form's entries as cells of a table, and back: codes or names for people and organs, labels for choices."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from renda import fields
from renda.i18n import gettext
from renda.model import OrganRow, PersonRow, ProjectRow
from renda.schema import Schema
from renda.services.desk import Desk
from renda.services.imports.characters import code_of, person_name
from renda.services.imports.tables import wrong
from renda.services.imports.values import YES, day_of, number_of, whole_of
from renda.services.tables.roster import codes_of
from renda.services.tables.shapes import Column

_TABLES: Mapping[str, tuple[Any, str]] = {
    "person": (PersonRow, "人员"),
    "organ": (OrganRow, "机构"),
    "project": (ProjectRow, "项目"),
}
_SEPARATOR = re.compile("[;\uff1b]")
# Codes, names and choices hold neither of these; a text of one's own may.
_LISTED = re.compile("[;\uff1b、,\uff0c\n]")


def _iso(text: str) -> str | None:
    day = day_of(text)
    return None if day is None else day.isoformat()


_NORMAL: Mapping[str, Callable[[str], Any]] = {
    "yes_no": lambda text: YES.get(text.lower()),
    "date": _iso,
    "number": number_of,
    "whole": whole_of,
    "matter": whole_of,
}
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
            return [self._entry(field.inner, part, column) for part in self._parts(field.inner, text)]
        if _sort(field) in _NORMAL:
            read = _NORMAL[_sort(field)](text)
            return text if read is None else read
        if isinstance(field, fields.Choice):
            labels = {label: code for code, label in _choices(field, self.schema.params).items()}
            return labels.get(text, text)
        if isinstance(field, fields.Reference) and field.noun != "matter":
            return self._referred(field, text, column)
        return text

    def _referred(self, field: Any, text: str, column: str) -> int:
        noun = field.noun if field.noun in _TABLES else "person"
        number = self._number(noun, text)
        if number is None:
            raise wrong(column, "people.unknown", code=text, noun=gettext(_TABLES[noun][1]))
        return number

    def plain(self, name: str, text: str) -> str:
        """A cell in the one way a day, a number, yes or no and a list of several are written.

        What a row is known by again does not depend on how a program saved it.
        """
        field = self.schema.fields.get(name)
        if isinstance(field, fields.List) and _sort(field.inner) != "json" and text[:1] != "[":
            return ";".join(self._parts(field.inner, text))
        if isinstance(field, fields.Bool) and text.lower() in YES:
            return "是" if YES[text.lower()] else "否"
        if _sort(field) in _NORMAL:
            return str(self._entry(field, text, name))
        return text

    def _number(self, noun: str, text: str) -> int | None:
        numbers = self._numbers[noun]
        return next((numbers[each] for each in (text, code_of(text), person_name(text)) if each in numbers), None)

    def _parts(self, inner: Any, text: str) -> list[str]:
        """What a cell lists: people by whatever separates names, texts of one's own by semicolons only."""
        closed = isinstance(inner, fields.Choice | fields.Reference | fields.Int | fields.Date)
        parts = [part.strip() for part in (_LISTED if closed else _SEPARATOR).split(text) if part.strip()]
        if isinstance(inner, fields.Choice):
            choices = _choices(inner, self.schema.params)
            known = {*choices, *choices.values()}
            whole = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
            return whole if all(part in known for part in whole) else parts
        if isinstance(inner, fields.Reference) and inner.noun in _TABLES:
            return [each for part in parts for each in self._people(inner.noun, part)]
        return parts

    def _people(self, noun: str, part: str) -> list[str]:
        """A name with blanks in it is one, unless only its parts are known."""
        pieces = part.split()
        apart = len(pieces) > 1 and self._number(noun, part) is None
        return pieces if apart and all(self._number(noun, each) is not None for each in pieces) else [part]

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
    """Names only one bears, written without blanks."""
    found: dict[str, int | None] = {}
    for number, name in known.values():
        plain = person_name(name)
        found[plain] = None if plain in found else number
    return {name: number for name, number in found.items() if number is not None}


def _sort(field: Any) -> str:
    return next((sort for kind, sort in _KINDS if isinstance(field, kind)), "text")


def _choices(field: Any, params: Any) -> dict[str, str]:
    if not isinstance(field, fields.Choice):
        return {}
    return field.allowed(params)


def _label(name: str, field: Any) -> str:
    return str(field.metadata.get("label") or name)
