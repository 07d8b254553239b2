"""Entries that hold a value: text, numbers, days, tables, choices. Marshmallow's fields, said in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal as _Decimal
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields as _fields

from renda.deadlines import Span as _Span
from renda.errors import RendaError
from renda.fields.bounds import (
    FIRST_DAY,
    LAST_DAY,
    MAX_DIGITS,
    MAX_WHOLE,
    is_ordinary_day,
    is_storable_decimal,
    is_storable_text,
)
from renda.i18n import gettext

_REQUIRED = {"required": "必须填写。", "null": "不能为空。", "validator_failed": "不合要求。"}


class _Labelled:
    """What all our fields share: a label for people and Chinese sentences for mistakes."""

    def __init__(self, *arguments: Any, label: str = "", hint: str = "", relation: str = "", **options: Any) -> None:
        metadata = {**options.pop("metadata", {})}
        if label:
            metadata["label"] = label
        if hint:
            metadata["hint"] = hint
        if relation:
            metadata["relation"] = relation
        super().__init__(*arguments, metadata=metadata, **options)  # type: ignore[call-arg]

    def make_error(self, key: str, **values: Any) -> ValidationError:
        """The sentence for a mistake, in the reader's language."""
        sentences: Mapping[str, str] = self.error_messages  # type: ignore[attr-defined]
        return ValidationError(gettext(sentences.get(key, "填写有误。"), **values))


class Str(_Labelled, _fields.String):
    """One line of text."""

    default_error_messages = {**_REQUIRED, "invalid": "应填写文字。"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **options)).strip()
        if not is_storable_text(text):
            raise self.make_error("invalid")
        if self.required and not text:
            raise self.make_error("required")
        return text


class Text(Str):
    """Several lines of text."""


class TextFile(Text):
    """A text kept as a file of its own under ``file``, such as the record of a draw: read by downloading it."""

    def __init__(self, *, file: str, **options: Any) -> None:
        super().__init__(**options)
        self.file = file


class Int(_Labelled, _fields.Integer):
    """A whole number."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": "应填写整数。",
        "too_large": "数字太大。",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _validated(self, value: Any) -> int:
        # A form sends text; its digits are as exact as a number's.
        if isinstance(value, str) and value.strip().removeprefix("-").isdecimal():
            if len(value.strip()) > MAX_DIGITS:
                raise self.make_error("too_large")
            value = int(value)
        number = super()._validated(value)
        if abs(number) > MAX_WHOLE:
            raise self.make_error("too_large")
        return number


class Year(Int):
    """A calendar year from 1900 to 2199: days are counted from it, and the calendar ends."""

    default_error_messages = {"far": "应填写 {first} 至 {last} 的年份。"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        year = int(super()._deserialize(value, attr, data, **options))
        if not FIRST_DAY.year <= year <= LAST_DAY.year:
            raise self.make_error("far", first=FIRST_DAY.year, last=LAST_DAY.year)
        return year


class Decimal(_Labelled, _fields.Decimal):
    """An exact decimal number; kept as text wherever it is stored."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": "应填写数字。",
        "too_large": "数字太大。",
        "special": "不能是无穷大或非数。",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(as_string=True, allow_nan=False, **options)

    def _validated(self, value: Any) -> _Decimal:
        if isinstance(value, float | bool):
            raise self.make_error("invalid")
        number = super()._validated(value)
        if not is_storable_decimal(number):
            raise self.make_error("too_large")
        return number


class Bool(_Labelled, _fields.Boolean):
    """Yes or no."""

    default_error_messages = {**_REQUIRED, "invalid": "应填写是或否。"}
    truthy = _fields.Boolean.truthy | {"是"}
    falsy = _fields.Boolean.falsy | {"否"}


class Date(_Labelled, _fields.Date):
    """A day, written 2020-03-01; a date of a TOML file is taken as it is."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": "应填写日期,例如 2020-03-01。",
        "format": "应填写日期,例如 2020-03-01。",
        "far": "应填写 1900 至 2199 年的日期。",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> date:
        day = value if type(value) is date else super()._deserialize(value, attr, data, **options)
        if not is_ordinary_day(day):
            raise self.make_error("far")
        return day


class List(_Labelled, _fields.List):  # type: ignore[type-arg]
    """Several entries of one kind, in their order."""

    default_error_messages = {**_REQUIRED, "invalid": "应填写列表。"}


class Dict(_Labelled, _fields.Dict):
    """A table from one kind of entry to another, such as grade to points."""

    default_error_messages = {**_REQUIRED, "invalid": "应填写对照表。"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **options)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            # Marshmallow says {entry: {"key" or "value": mistakes}}; a person looks for the entry.
            told: Any = error.messages
            if isinstance(told, dict):
                told = {entry: wrong.get("value", wrong.get("key")) for entry, wrong in told.items()}
            raise ValidationError(told) from error


class Nested(_Labelled, _fields.Nested):
    """A group of entries with a schema of its own."""

    default_error_messages = {**_REQUIRED, "type": "应填写一组条目。"}

    def _load(self, value: Any, partial: Any = None) -> Any:
        # marshmallow does not tell an inner schema what the outer one knows: parameters, and what exists.
        inner, outer = self.schema, self.root
        for known in ("params", "exists"):
            setattr(inner, known, getattr(outer, known, None))
        return super()._load(value, partial)


class Choice(Str):
    """One of a closed set.

    ``choices`` maps codes to labels, or ``of`` names the district's parameter (a table, or a list of strings
    or of groups with ``code`` and ``label``) whose keys may be chosen.
    """

    default_error_messages = {"unknown": "没有“{value}”这一项。可选:{allowed}。"}

    def __init__(self, choices: Mapping[str, str] | None = None, *, of: str = "", **options: Any) -> None:
        super().__init__(**options)
        if (choices is None) == (not of):
            raise TypeError("Choice takes either choices or of")
        self.choices = dict(choices or {})
        self.of = of

    def allowed(self, params: Any) -> dict[str, str]:
        """Codes and labels that may be chosen under ``params``, in the district's order."""
        if not self.of:
            return self.choices
        table = getattr(params, self.of)
        if isinstance(table, Mapping):
            return {str(key): str(key) for key in table}
        return dict(
            (entry["code"], entry.get("label", entry["code"]))
            if isinstance(entry, Mapping)
            else (str(entry), str(entry))
            for entry in table
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        allowed = self.allowed(getattr(self.root, "params", None))
        if text not in allowed:
            raise self.make_error("unknown", value=text, allowed="、".join(allowed.values()))
        return text


class Span(_Labelled, _fields.Field):  # type: ignore[type-arg]
    """A length of time with its unit, written ``{ n = 7, unit = "working_day" }``."""

    default_error_messages = {**_REQUIRED}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> Any:
        return None if value is None else {"n": value.amount, "unit": str(value.unit.value)}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> _Span:
        try:
            return _Span.from_dict(value)
        except RendaError as error:
            raise ValidationError(error.message) from error
