"""What a request brings, read by one rule: numbers, days, JSON and text that every database can keep.

Each reader refuses what lies outside its bounds before a query sees it. So no view decides for itself how long a
number may be, and a number of 64 bits or a NUL sign is a mistake of the caller, never one of ours.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import IO, Any

from flask import Flask, Request, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter

from renda.errors import RendaError, declare
from renda.fields.bounds import MAX_DIGITS, is_ordinary_day, is_storable_text
from renda.i18n import gettext

declare(
    {
        "web.text": "提交的内容里有无法保存的字符(空字符或残缺的字)。请删去后再交。",
        "web.json": "请求里的 JSON 不能用:{mistake}。",
    },
    status=400,
)

MAX_DEPTH = 32
"""How deep JSON may be nested; the deepest form has four levels."""


class UnusableJsonError(ValueError):
    """JSON that is well formed and cannot be used; ``refusal`` says why."""

    def __init__(self, mistake: str) -> None:
        super().__init__(mistake)
        self.refusal = RendaError("web.json", mistake=mistake)


class BoundedNumber(IntegerConverter):
    """A number in an address; a longer one leads nowhere, as one does that nobody has."""

    regex = rf"[0-9]{{1,{MAX_DIGITS}}}"


class BoundedJson(DefaultJSONProvider):
    """JSON without endless depth, without numbers no database keeps, without text no database keeps."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value; raises ``UnusableJsonError``, or ``ValueError`` where it is no JSON."""
        try:
            value = json.loads(s, parse_int=_whole, parse_float=_fraction, parse_constant=_constant, **kwargs)
        except RecursionError:
            raise UnusableJsonError(gettext("嵌套太深")) from None
        _check_json(value)
        return value


class StorableForm(FormDataParser):
    """A form whose names and values every database can keep; raises ``web.text`` for any other."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """See werkzeug."""
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        _check_texts(form)
        return rest, form, files


class BoundedRequest(Request):
    """A request of which everything is read by the rules of this module."""

    form_data_parser_class = StorableForm

    def on_json_loading_failed(self, e: ValueError | None) -> Any:
        """See werkzeug; raises ``web.json`` where the JSON is well formed and cannot be used."""
        if isinstance(e, UnusableJsonError):
            raise e.refusal
        return super().on_json_loading_failed(e)


def install(app: Flask) -> None:
    """Read every request of an application by these rules."""
    app.request_class = BoundedRequest
    app.json = BoundedJson(app)
    app.url_map.converters["int"] = BoundedNumber


def check_address() -> None:
    """Raise ``web.text`` where the path or the query of this request holds what no database keeps."""
    if not is_storable_text(request.path):
        raise RendaError("web.text")
    _check_texts(request.args)


def check_page_address() -> None:
    """The same for pages; the API asks itself, in the caller's language."""
    if request.blueprint != "api":
        check_address()


def number_in(text: str | None) -> int | None:
    """The whole number from 0 that a text is, or None; of more than eighteen digits it is none."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= MAX_DIGITS else None


def day_in(text: str | None) -> date | None:
    """The day that a text is (2020-03-01), or None; one outside 1900 to 2199 is none."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if is_ordinary_day(day) else None


def _check_texts(values: MultiDict[str, str] | ImmutableMultiDict[str, str]) -> None:
    for name, value in values.items(multi=True):
        if not (is_storable_text(name) and is_storable_text(value)):
            raise RendaError("web.text")


def _check_json(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for entry in level:
            if isinstance(entry, dict):
                below += [*entry, *entry.values()]
            elif isinstance(entry, list):
                below += entry
            elif isinstance(entry, str) and not is_storable_text(entry):
                raise UnusableJsonError(gettext("有无法保存的字符"))
        level = below
        if not level:
            return
    raise UnusableJsonError(gettext("嵌套太深"))


def _whole(text: str) -> int:
    if len(text.removeprefix("-")) > MAX_DIGITS:
        raise UnusableJsonError(gettext("数字 {number} 太大,至多 {most} 位", number=text[:40], most=MAX_DIGITS))
    return int(text)


def _fraction(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise UnusableJsonError(gettext("数字 {number} 太大", number=text[:40]))
    return value


def _constant(text: str) -> float:
    raise UnusableJsonError(gettext("{text} 不是数字", text=text))
