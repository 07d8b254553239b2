"""Forms from the fields of a schema: what a page draws, without a line written for any one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from marshmallow import Schema

from renda import fields
from renda.deadlines import Span, Unit
from renda.i18n import gettext
from renda.services import directory
from renda.services.desk import Desk

MOST_RADIOS = 7
MOST_SELECTED = 60
MOST_CHECKED = 40
MORE_ROWS = 3
MORE = "_more"
NO, YES = "false", "true"

_LINES = {fields.Int: "int", fields.Decimal: "decimal", fields.Date: "date", fields.Text: "text"}


@dataclass(frozen=True, slots=True)
class Option:
    """Something one may choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Widget:
    """One entry of a form as the page draws it. ``sort`` is what it looks like, ``name`` its place in the form."""

    sort: str
    name: str
    label: str
    hint: str = ""
    required: bool = False
    error: str = ""
    value: str = ""
    options: Sequence[Option] = ()
    noun: str = ""
    rows: Sequence[Sequence[Widget]] = ()

    @property
    def id(self) -> str:
        """The id its label points to."""
        return "f-" + self.name.replace(".", "-")


@dataclass
class Drawing:
    """What is needed to draw the forms of one request: the desk, the parameters, the mistakes, rows to add."""

    desk: Desk
    params: Any
    mistakes: Mapping[str, str] = field(default_factory=dict)
    more: str = ""
    _listed: dict[str, list[directory.Named]] = field(default_factory=dict)

    def form(self, schema: type[Schema], entries: Mapping[str, Any], prefix: str = "") -> list[Widget]:
        """The widgets of a schema, filled with entries as they were typed or as exact values."""
        made = schema()
        return [self.widget(made.fields[name], f"{prefix}{name}", entries.get(name)) for name in made.fields]

    def widget(self, entry: Any, name: str, value: Any) -> Widget:
        """One field as a widget."""
        common = {
            "name": name,
            "label": gettext(str(entry.metadata.get("label", name.rpartition(".")[2]))),
            "hint": gettext(str(entry.metadata.get("hint", ""))),
            "required": bool(entry.required),
            "error": self.mistake(name, whole=isinstance(entry, fields.Dict | fields.List)),
        }
        return self._composite(entry, common, value) or self._single(entry, common, value)

    def mistake(self, name: str, *, whole: bool = False) -> str:
        """The sentence about a field; with ``whole`` also those about places inside that have no widget."""
        said = self.mistakes.get(name, "")
        if not said and whole:
            inside = {place: text for place, text in self.mistakes.items() if place.startswith(f"{name}.")}
            said = "".join(dict.fromkeys(inside.values()))
        return said

    def _composite(  # noqa: PLR0911  (one way out for each kind of field)
        self, entry: Any, common: dict[str, Any], value: Any
    ) -> Widget | None:
        name = common["name"]
        if isinstance(entry, fields.Nested) and not getattr(entry, "many", False):
            inner = self.form(type(entry.schema), value if isinstance(value, Mapping) else {}, f"{name}.")
            if not common["required"] and not value:
                inner = [_optional(widget) for widget in inner]
            return Widget("group", **{**common, "error": self.mistakes.get(name, "")}, rows=(inner,))
        if isinstance(entry, fields.List) and isinstance(entry.inner, fields.Nested):
            return self._rows(common, type(entry.inner.schema), value)
        if isinstance(entry, fields.Nested):
            return self._rows(common, type(entry.schema), value)
        if isinstance(entry, fields.List):
            return self._several(entry, common, value)
        if isinstance(entry, fields.Dict):
            return self._pairs(entry, common, value)
        if isinstance(entry, fields.Span):
            return self._span(common, value)
        return None

    def _rows(self, common: dict[str, Any], schema: type[Schema], value: Any) -> Widget:
        name, given = common["name"], list(value) if isinstance(value, list | tuple) else []
        count = len(given) + self._blank(name, len(given))
        rows = [self.form(schema, given[at] if at < len(given) else {}, f"{name}.{at}.") for at in range(count)]
        if not given and not common["required"]:
            rows = [[_optional(widget) for widget in row] for row in rows]
        rows = [
            row if at < max(1, len(given)) else [_optional(widget) for widget in row] for at, row in enumerate(rows)
        ]
        return Widget("rows", **{**common, "error": self.mistakes.get(name, "")}, rows=rows)

    def _blank(self, name: str, given: int) -> int:
        if self.more == name:
            return MORE_ROWS
        return 0 if given else 1

    def _several(self, entry: Any, common: dict[str, Any], value: Any) -> Widget:
        given = [str(each) for each in value] if isinstance(value, list | tuple) else []
        inner, name = entry.inner, common["name"]
        if isinstance(inner, fields.Choice):
            options = [
                Option(code, gettext(label), code in given) for code, label in inner.allowed(self.params).items()
            ]
            return Widget("checks", **common, options=options)
        if isinstance(inner, fields.Reference) and inner.noun != "matter":
            listed = self.listed(inner.noun)
            if len(listed) <= MOST_CHECKED:
                options = [Option(f"#{each.id}", each.name, str(each.id) in given) for each in listed]
                return Widget("checks", **common, options=options, noun=inner.noun)
            count = len(given) + max(self._blank(name, len(given)), 1 if given else MORE_ROWS)
            texts = [self.typed(inner.noun, each) for each in given] + [""] * (count - len(given))
            line = {**common, "label": "", "hint": "", "required": False, "error": ""}
            rows = [[Widget("lookup", **line, value=text, options=self._listing(inner.noun))] for text in texts]
            return Widget("repeated", **common, rows=rows, noun=inner.noun)
        hint = " ".join(part for part in (common["hint"], gettext("一行写一项。")) if part)
        return Widget("text", **{**common, "hint": hint}, value="\n".join(given))

    def _pairs(self, entry: Any, common: dict[str, Any], value: Any) -> Widget:
        name, given = common["name"], list(value.items()) if isinstance(value, Mapping) else []
        key, inner = entry.key_field or fields.Str(), entry.value_field or fields.Str()
        if isinstance(key, fields.Choice):
            kept = dict(given)
            given = [(code, kept.get(code)) for code in key.allowed(self.params)]
        else:
            given += [("", None)] * max(self._blank(name, len(given)), 0 if given else MORE_ROWS)
        rows = []
        for at, (code, number) in enumerate(given):
            left, right = (self.widget(each, f"{name}.{at}.{part}", told) for each, part, told in (
                (key, "key", code), (inner, "value", number)
            ))  # fmt: skip
            rows.append([_labelled(left, gettext("名称")), _labelled(right, gettext("内容"))])
        return Widget("rows", **common, rows=rows)

    def _span(self, common: dict[str, Any], value: Any) -> Widget:
        told: Any = value.to_dict() if isinstance(value, Span) else value if isinstance(value, Mapping) else {}
        units = {Unit.CALENDAR_DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月"}
        options = [Option(str(unit.value), gettext(text), told.get("unit") == unit) for unit, text in units.items()]
        return Widget("span", **common, value=str(told.get("n", "")), options=options)

    def _single(self, entry: Any, common: dict[str, Any], value: Any) -> Widget:
        text = "" if value is None else str(value)
        if isinstance(entry, fields.Bool):
            said = {True: YES, False: NO}.get(value, text) if isinstance(value, bool) else text
            return self._chosen(common, {YES: gettext("是"), NO: gettext("否")}, said)
        if isinstance(entry, fields.Choice):
            return self._chosen(
                common, {code: gettext(each) for code, each in entry.allowed(self.params).items()}, text
            )
        if isinstance(entry, fields.Reference):
            return self._reference(entry.noun, common, text)
        if isinstance(value, date):
            text = value.isoformat()
        sort = next((look for kind, look in _LINES.items() if isinstance(entry, kind)), "line")
        return Widget(sort, **common, value=text)

    def _chosen(self, common: dict[str, Any], choices: Mapping[str, str], value: str) -> Widget:
        options = [Option(code, label, code == value) for code, label in choices.items()]
        if not common["required"]:
            options.insert(0, Option("", gettext("不填"), not value))
        return Widget("radio" if len(choices) <= MOST_RADIOS else "select", **common, options=options, value=value)

    def _reference(self, noun: str, common: dict[str, Any], text: str) -> Widget:
        if noun == "matter":
            return Widget("int", **common, value=text, noun=noun)
        listed = self.listed(noun)
        if len(listed) > MOST_SELECTED:
            return Widget("lookup", **common, value=self.typed(noun, text), options=self._listing(noun), noun=noun)
        options = [Option("", gettext("请选择"), not text)]
        options += [Option(f"#{each.id}", each.name, str(each.id) == text) for each in listed]
        return Widget("select", **common, options=options, noun=noun)

    def listed(self, noun: str) -> list[directory.Named]:
        """Those who hold today, read once for all forms of the request."""
        if noun not in self._listed:
            self._listed[noun] = directory.listed(self.desk, noun)
        return self._listed[noun]

    def typed(self, noun: str, text: str) -> str:
        """A number as one would type it: name and code."""
        return next((each.label for each in self.listed(noun) if str(each.id) == text), text)

    def _listing(self, noun: str) -> list[Option]:
        return [Option(each.label, "") for each in self.listed(noun)]

    @cached_property
    def rest(self) -> str:
        """Mistakes that belong to no field."""
        return self.mistakes.get("_schema", "")


def _optional(widget: Widget) -> Widget:
    return Widget(**{**vars(widget), "required": False})


def _labelled(widget: Widget, label: str) -> Widget:
    return Widget(**{**vars(widget), "label": label})
