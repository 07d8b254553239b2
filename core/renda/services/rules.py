"""A district's rules as people read them, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.deadlines import Span
from renda.district_files import RuleVersion
from renda.errors import RendaError, declare
from renda.explain import shown
from renda.i18n import gettext
from renda.rulebook import Rulebook

declare(
    {
        "rules.no_practice": "{district} 没有“{code}”这个做法。已有:{allowed}。",
        "rules.no_such_version": "{district}/{code}.toml 没有自 {day} 起生效的版本。已有:{allowed}。",
        "rules.one_version": "{district}/{code}.toml 只有一版,没有可比较的。",
    },
    status=404,
)

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a version: its place in the file, what people call it, its value as text."""

    place: str
    label: str
    value: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that differs between two versions; None where a version does not have it."""

    place: str
    label: str
    older: str | None
    newer: str | None


def versions(rulebook: Rulebook, code: str) -> Sequence[RuleVersion]:
    """The versions of a practice, oldest first; raises ``rules.no_practice``."""
    if code not in rulebook.versions:
        allowed = "、".join(rulebook.versions) or "—"
        raise RendaError("rules.no_practice", district=rulebook.district.name, code=code, allowed=allowed)
    return rulebook.versions[code]


def effective_on(rulebook: Rulebook, code: str, day: date) -> RuleVersion:
    """The version that begins on ``day``; raises ``rules.no_such_version``."""
    found = next((each for each in versions(rulebook, code) if each.effective == day), None)
    if found is None:
        allowed = "、".join(each.effective.isoformat() for each in versions(rulebook, code))
        raise RendaError(
            "rules.no_such_version",
            district=rulebook.district.slug,
            code=code,
            day=day.isoformat(),
            allowed=allowed,
        )
    return found


def last_two(rulebook: Rulebook, code: str) -> tuple[RuleVersion, RuleVersion]:
    """The newest version and the one before; raises ``rules.one_version``."""
    every = versions(rulebook, code)
    if len(every) < 2:
        raise RendaError("rules.one_version", district=rulebook.district.slug, code=code)
    return every[-2], every[-1]


def entries(rulebook: Rulebook, version: RuleVersion) -> list[Entry]:
    """All numbers of a version, tables taken apart."""
    labels = _labels(rulebook, version)
    return [
        Entry(place, _label(place, labels), _text(value), place.partition(".")[0] in version.unconfirmed)
        for place, value in _flat(version.params)
    ]


def differences(rulebook: Rulebook, older: RuleVersion, newer: RuleVersion) -> list[Difference]:
    """What the newer version says otherwise, adds or drops."""
    labels = {**_labels(rulebook, older), **_labels(rulebook, newer)}
    before, after = dict(_flat(older.params)), dict(_flat(newer.params))
    return [
        Difference(
            place,
            _label(place, labels),
            _text(before[place]) if place in before else None,
            _text(after[place]) if place in after else None,
        )
        for place in dict.fromkeys((*before, *after))
        if before.get(place, _MISSING) != after.get(place, _MISSING)
    ]


def _labels(rulebook: Rulebook, version: RuleVersion) -> Mapping[str, str]:
    schema = rulebook.at(version).practice.Params()
    return {name: str(field.metadata.get("label", name)) for name, field in schema.fields.items()}


def _label(place: str, labels: Mapping[str, str]) -> str:
    head, _, rest = place.partition(".")
    label = gettext(labels.get(head, head))
    return f"{label} · {rest}" if rest else label


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    inner: Sequence[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        inner = [(_code(each, at), each) for at, each in enumerate(value, 1)]
    if not inner:
        yield place, value
    for key, each in inner:
        yield from _flat(each, f"{place}.{key}" if place else str(key))


def _code(entry: Any, at: int) -> str:
    return str(entry.get("code", at)) if isinstance(entry, Mapping) else str(at)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Span):
        return value.text
    if isinstance(value, list | tuple):
        return "、".join(_text(each) for each in value)
    if value is None or isinstance(value, str | date | Mapping):
        return str(value) if value else "—"
    return shown(value)
