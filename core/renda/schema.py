"""Forms, payloads and parameters: read once, at the door, and exact from there on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType, SimpleNamespace
from typing import Any

import marshmallow
from marshmallow import RAISE, ValidationError, validates_schema

from renda import fields
from renda.errors import RendaError, declare
from renda.i18n import gettext

declare({"form.invalid": "表单有误:{mistakes}"})


class Schema(marshmallow.Schema):
    """A group of named entries. Unknown entries are mistakes, never dropped in silence."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012  (marshmallow's own way to set sentences)
        "unknown": "没有这一项。",
        "type": "内容的形状不对:应为一组“名称:内容”。",
    }

    params: Any = None
    exists: Callable[[str, int], bool] | None = None

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """What is wrong between entries that are right each for itself: entry → the error that says so.

        A schema whose entries depend on each other gives its own; ``values`` are exact and complete.
        """
        return {}

    @validates_schema
    def _agree(self, values: Mapping[str, Any], **options: Any) -> None:
        wrong = self.mistakes(values)
        if wrong:
            raise ValidationError({entry: [error.message] for entry, error in wrong.items()})

    def label_of(self, name: str) -> str:
        """What people call the field, with the place inside it where there is one."""
        if name == "_schema":
            return gettext("整份表单")
        head, *rest = name.split(".")
        place, entry = [labelled(self.fields.get(head), head)], self.fields.get(head)
        for part in rest:
            entry = getattr(entry, "inner", entry)
            if part.isdecimal():
                place.append(gettext("第 {number} 项", number=int(part) + 1))
            else:
                entry = getattr(getattr(entry, "schema", None), "fields", {}).get(part)
                place.append(labelled(entry, part))
        return "".join(place)

    def read(self, entries: Mapping[str, Any]) -> dict[str, Any]:
        """The entries as exact values; blanks count as not filled in.

        Raises ``RendaError("form.invalid")`` with a sentence for each field that is wrong.
        """
        if not isinstance(entries, Mapping):
            raise RendaError("form.invalid", mistakes=gettext(self.error_messages["type"]))
        filled = {key: value for key, value in entries.items() if not blank(value)}
        try:
            result = self.load(filled)
        except ValidationError as error:
            raise self.refusal(error) from error
        if not isinstance(result, dict):
            raise TypeError("post_load of a schema must return a dict")
        return result

    def refusal(self, error: ValidationError) -> RendaError:
        """Marshmallow's tree of messages as one error with a sentence for each field, nested ones included."""
        said = {name: gettext(sentence) for name, sentence in flattened(error.messages)}
        sentences = ";".join(f"{self.label_of(name)}:{sentence}" for name, sentence in said.items())
        return RendaError("form.invalid", fields=said, mistakes=sentences)

    def stored(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as JSON can keep them: decimals and dates as text."""
        # Not dump(), which asks every field of a payload for what a form of two entries said.
        known, read = self.fields, self.get_attribute
        return {key: known[key].serialize(key, values, accessor=read) for key in values if key in known}

    def revived(self, stored: Mapping[str, Any]) -> Mapping[str, Any]:
        """Exact and frozen values from what ``stored`` kept, without asking again whether they are allowed."""
        revivers = self._revivers
        return MappingProxyType(
            {key: value if value is None else revivers.get(key, frozen)(value) for key, value in stored.items()}
        )

    @cached_property
    def _revivers(self) -> dict[str, Callable[[Any], Any]]:
        return {name: reviver(field) for name, field in self.fields.items()}


@cache
def fields_of(form: type[marshmallow.Schema]) -> Mapping[str, Any]:
    """A form's fields by name, made once, for those who only show or describe them."""
    return MappingProxyType(form().fields)


def labelled(field: Any, name: str) -> str:
    """What people call a field, else its name."""
    return name if field is None else gettext(str(field.metadata.get("label", name)))


def reviver(field: Any) -> Any:
    """What makes an exact value of a field from the one JSON kept; what JSON keeps exactly is taken as it is."""
    if isinstance(field, fields.Str | fields.Int | fields.Bool):
        return _as_it_is
    if isinstance(field, fields.Date):
        return date.fromisoformat
    if isinstance(field, fields.List):
        inner = reviver(field.inner)
        return lambda entries: tuple(inner(entry) for entry in entries)
    if isinstance(field, fields.Dict):
        of_value = _as_it_is if field.value_field is None else reviver(field.value_field)
        return lambda table: MappingProxyType({key: of_value(entry) for key, entry in table.items()})
    if isinstance(field, fields.Nested):
        schema: Any = field.schema
        return (lambda entries: tuple(map(schema.revived, entries))) if field.many else schema.revived
    return field.deserialize


def _as_it_is(value: Any) -> Any:
    return value


def blank(value: Any) -> bool:
    """Whether an entry was left empty: nothing, or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def frozen(values: Any) -> Any:
    """Parameters as nobody can change them: groups answer to names, tables and lists stay such."""
    if isinstance(values, Mapping):
        return MappingProxyType({key: frozen(value) for key, value in values.items()})
    if isinstance(values, list | tuple):
        return tuple(frozen(value) for value in values)
    return values


class Params(SimpleNamespace):
    """One version of a practice's parameters; each is an attribute and cannot be set."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"parameters are frozen: {name}")


def flattened(messages: Any, place: str = "") -> Iterable[tuple[str, str]]:
    """Marshmallow's tree of messages as (place, sentence) pairs; places are dotted."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from flattened(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(messages, list | tuple):
        yield place or "_schema", "".join(str(sentence) for sentence in messages)
    else:
        yield place or "_schema", str(messages)
