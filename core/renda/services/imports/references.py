"""What spreadsheets call things, as numbers: people, organs and projects by code, matters by the ref they were given."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from renda import fields
from renda.errors import declare
from renda.i18n import gettext
from renda.model import MatterRow, OrganRow, PersonRow, ProjectRow
from renda.services.desk import Desk
from renda.services.imports.tables import wrong
from renda.services.imports.values import YES, day_of, number_of

declare(
    {
        "import.unknown_ref": "没有“{ref}”这件事项:前面没有一行用这个 ref 开启它。",
        "import.ambiguous_ref": "有几种做法都用了“{ref}”这个 ref,不知指哪一件。请换一个不重复的。",
        "import.not_json": "这一格应写 JSON:{mistake}。",
    }
)

_INSIDE = re.compile(r"(?P<around>.*)/(?P<kind>[^/]+)/(?P<place>[1-9][0-9]*)")
ANY = "*"


class References:
    """The codes and refs of one district while it is being imported."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people: dict[str, int] = _codes(desk, PersonRow)
        self.organs: dict[str, int] = _codes(desk, OrganRow)
        self.projects: dict[str, int] = _codes(desk, ProjectRow)
        self._matters: dict[tuple[str, str], int] = {}

    def name(self, practice: str, ref: str, number: int) -> None:
        """Remember what a matter is called."""
        if ref:
            self._matters.setdefault((practice, ref), number)

    @property
    def count(self) -> int:
        """How many matters have a name."""
        return len(self._matters)

    def forget_after(self, count: int) -> None:
        """Forget all names but the first so many: what they named was given up."""
        while len(self._matters) > count:
            self._matters.popitem()

    def known(self, practice: str, ref: str) -> int | None:
        """The number of a matter of that practice by its ref, or None.

        ``<ref>/<kind>/<n>`` is the n-th matter of that kind inside another, ``*/<kind>/<n>`` the n-th of the
        kind under the practice, whoever opened it.
        """
        own = self._matters.get((practice, ref))
        if own is not None:
            return own
        inside = _INSIDE.fullmatch(ref)
        if inside is not None:
            return self._inside(practice, inside["around"], inside["kind"], int(inside["place"]))
        return None

    def matter(self, practice: str, ref: str, column: str) -> int:
        """The number of a matter by its ref, of that practice or else of the only one that has such a ref.

        Raises ``import.unknown_ref`` or ``import.ambiguous_ref``.
        """
        number = self.known(practice, ref)
        if number is not None:
            return number
        elsewhere = {number for (_, each), number in self._matters.items() if each == ref}
        if len(elsewhere) != 1:
            raise wrong(column, "import.ambiguous_ref" if elsewhere else "import.unknown_ref", ref=ref)
        return elsewhere.pop()

    def entry(self, field: Any, text: str, practice: str, column: str) -> Any:
        """A cell as the form's field wants it: codes and refs as numbers, lists split at ``;``."""
        if text[:1] in "[{" and isinstance(field, fields.List | fields.Dict | fields.Nested | fields.Span):
            try:
                parsed = json.loads(text, parse_float=Decimal)
            except ValueError as error:
                raise wrong(column, "import.not_json", mistake=str(error)) from None
            return self._parsed(field, parsed, practice, column)
        if isinstance(field, fields.List):
            cells = (cell.strip() for cell in re.split("[;\uff1b]", text))
            return [self.entry(field.inner, cell, practice, column) for cell in cells if cell]
        if isinstance(field, fields.Reference):
            return self._number(field.noun, text, practice, column)
        return _plain(field, text)

    def _parsed(self, field: Any, value: Any, practice: str, column: str) -> Any:
        if isinstance(field, fields.List) and isinstance(value, list):
            return [self._parsed(field.inner, each, practice, column) for each in value]
        if isinstance(field, fields.Nested) and isinstance(value, dict):
            inner = field.schema.fields
            return {name: self._parsed(inner.get(name), each, practice, column) for name, each in value.items()}
        if isinstance(field, fields.Dict) and isinstance(value, dict):
            return {name: self._parsed(field.value_field, each, practice, column) for name, each in value.items()}
        return self.entry(field, value, practice, column) if isinstance(value, str) and value else value

    def _number(self, noun: str, code: str, practice: str, column: str) -> int:
        if noun == "matter":
            return self.matter(practice, code, column)
        tables = {"organ": (self.organs, "机构"), "project": (self.projects, "项目")}
        known, called = tables.get(noun, (self.people, "人员"))
        if code not in known:
            raise wrong(column, "people.unknown", code=code, noun=gettext(called))
        return known[code]

    def _inside(self, practice: str, around: str, kind: str, place: int) -> int | None:
        query = select(MatterRow.id).where(MatterRow.kind == kind).order_by(MatterRow.id)
        if around == ANY:
            query = query.where(MatterRow.practice == practice)
        else:
            parent = self.known(practice, around)
            if parent is None:
                return None
            query = query.where(MatterRow.parent_id == parent)
        return self.desk.session.scalar(query.offset(place - 1).limit(1))


def _plain(field: Any, text: str) -> Any:
    """A cell of no code, as the form reads it."""
    if isinstance(field, fields.Bool):
        return YES.get(text.lower(), text)
    if isinstance(field, fields.Date):
        day = day_of(text)
        return text if day is None else day.isoformat()
    return (number_of(text) or text) if isinstance(field, fields.Decimal) else text


def _codes(desk: Desk, table: Any) -> dict[str, int]:
    return {row.code: row.id for row in desk.session.execute(select(table.code, table.id))}
