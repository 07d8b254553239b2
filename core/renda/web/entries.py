"""What came with a form, as the entries a schema reads: the way back of ``renda.web.forms``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from renda import fields
from renda.services import directory
from renda.services.desk import Desk
from renda.web.request_input import number_in

Posted = MultiDict[str, str]
_WHOLE = re.compile(r"[+-]?\d{1,18}")


def entries_of(desk: Desk, schema: type[Schema], posted: Posted, prefix: str = "") -> dict[str, Any]:
    """The entries of a form; blanks are left out, and so are rows that are blank all over.

    What cannot be read stays as it was typed, so that the schema says what is wrong with it and the form is
    shown again with it.
    """
    found = {}
    for name, entry in schema().fields.items():
        value = _entry(desk, entry, posted, f"{prefix}{name}")
        if value is not None and value not in ("", [], {}):
            found[name] = value
    return found


def _entry(desk: Desk, entry: Any, posted: Posted, name: str) -> Any:
    if isinstance(entry, fields.Nested) and not getattr(entry, "many", False):
        return entries_of(desk, type(entry.schema), posted, f"{name}.")
    inner = entry if isinstance(entry, fields.Nested) else getattr(entry, "inner", None)
    if isinstance(inner, fields.Nested):
        rows = (entries_of(desk, type(inner.schema), posted, f"{name}.{at}.") for at in _rows(posted, name))
        return [row for row in rows if row]
    if isinstance(entry, fields.List):
        return _several(desk, entry.inner, posted.getlist(name))
    if isinstance(entry, fields.Dict):
        return _pairs(desk, entry, posted, name)
    if isinstance(entry, fields.Span):
        amount = posted.get(f"{name}.n", "").strip()
        return {"n": _whole(amount), "unit": posted.get(f"{name}.unit", "")} if amount else None
    return _single(desk, entry, posted.get(name, ""))


def _several(desk: Desk, inner: Any, texts: list[str]) -> list[Any]:
    if not isinstance(inner, fields.Choice | fields.Reference):
        texts = [line for text in texts for line in text.splitlines()]
    values = [_single(desk, inner, text) for text in texts]
    return list(dict.fromkeys(value for value in values if value != ""))


def _pairs(desk: Desk, entry: Any, posted: Posted, name: str) -> Mapping[str, Any]:
    key, inner = entry.key_field or fields.Str(), entry.value_field or fields.Str()
    found = {}
    for at in _rows(posted, name):
        left = _single(desk, key, posted.get(f"{name}.{at}.key", ""))
        right = _entry(desk, inner, posted, f"{name}.{at}.value")
        if left != "" and right not in (None, ""):
            found[left] = right
    return found


def _single(desk: Desk, entry: Any, text: str) -> Any:
    plain = text if isinstance(entry, fields.Text) else text.strip()
    if isinstance(entry, fields.Reference):
        number = directory.number_of(desk, entry.noun, unicodedata.normalize("NFKC", plain)) if plain else None
        return plain if number is None else number
    if isinstance(entry, fields.Int):
        return _whole(plain)
    if isinstance(entry, fields.Decimal | fields.Date):
        return unicodedata.normalize("NFKC", plain)
    return plain


def _whole(text: str) -> int | str:
    plain = unicodedata.normalize("NFKC", text)
    return int(plain) if _WHOLE.fullmatch(plain) else text


def _rows(posted: Posted, name: str) -> list[int]:
    heads = {key[len(name) + 1 :].partition(".")[0] for key in posted if key.startswith(f"{name}.")}
    return sorted(place for place in map(number_in, heads) if place is not None)[:500]
