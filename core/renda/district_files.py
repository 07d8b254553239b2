"""Reading a district's folder: ``district.toml`` and one file for each practice, into dated versions.

Every mistake is told with the file, the version and the entry, what is wrong and what is allowed.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import LOCALES, SOURCE_LOCALE, gettext
from renda.matter import ROLES
from renda.name_order import USUAL, NameOrder, name_order_from
from renda.practice import Practice
from renda.reminding import ReminderRules, reminder_rules_from
from renda.schema import Schema
from renda.sittings import SittingRules, sitting_rules_from

declare(
    {
        "rules.not_toml": "{file} 不是合法的 TOML:{mistake}。请改正。",
        "rules.missing_entry": "{file} 缺少“{entry}”。请补上。",
        "rules.unknown_entry": "{file} 有不认识的键“{entry}”。可用的键:{allowed}。",
        "rules.wrong_type": "{file} 的“{entry}”应为{wanted}。",
        "rules.no_version": "{file} 没有任何 [[version]]。至少写一版,并写明 effective 生效日期。",
        "rules.same_day": "{file} 有两版都自 {day} 起生效。同一天只能有一版,请合并或改日期。",
        "rules.params": "{file} 自 {day} 起生效的版本:{mistakes}",
        "rules.unknown_role": "{file} 的 roles 有不认识的角色“{entry}”。可用的角色:{allowed}。",
        "rules.unknown_locale": "{file} 的 locale 写的是“{entry}”。可用的:{allowed}。",
        "rules.not_a_param": "{file} 自 {day} 起生效的版本:unconfirmed 里的“{entry}”不是参数。可用的:{allowed}。",
        "rules.unknown_plugin": "{file} 用到插件“{plugin}”,本机没有安装。已安装:{allowed}。",
    }
)

PRACTICE_ENTRIES = {"plugin", "title", "version"}
VERSION_ENTRIES = {"effective", "source", "checked", "unconfirmed", "params"}
DISTRICT_ENTRIES = {
    "name", "full_name", "term", "term_from", "term_until", "locale", "roles",
    "committee_size", "about", "meetings", "name_order", "name_strokes", "reminders",
}  # fmt: skip

TOML_MISTAKES: Mapping[str, str] = MappingProxyType(
    {
        "Cannot overwrite a value": "第 {line} 行的键前面已经写过",
        "Cannot declare": "第 {line} 行的表前面已经写过",
        "Invalid date or datetime": "第 {line} 行写的不是日历上的日子",
        "Invalid value": "第 {line} 行的值写法不对(文字要加引号)",
    }
)
_TEXT, _DAY = (str, "文字"), (date, "日期,不加引号,例如 2021-01-01")
TYPES: Mapping[str, tuple[type, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("name", "full_name", "term", "locale", "about", "name_order", "plugin", "title", "source"), _TEXT
        ),
        **dict.fromkeys(("term_from", "term_until", "effective", "checked"), _DAY),
        "committee_size": (int, "整数"),
        "roles": (dict, '对照表,例如 { clerk = "代表工委" }'),
        "meetings": (dict, "一组规定:[meetings]"),
        "reminders": (dict, "一组规定:[reminders]"),
        "name_strokes": (dict, '对照表,例如 { "李" = "1234521" }'),
        "params": (dict, "一组参数:[version.params]"),
        "unconfirmed": (list, "参数名的列表"),
        "version": (list, "若干个 [[version]]"),
    }
)


@dataclass(frozen=True, slots=True)
class DistrictFile:
    """What ``district.toml`` says of a district."""

    slug: str
    name: str
    full_name: str
    term: str
    term_from: date | None = None
    term_until: date | None = None
    locale: str = "zh_CN"
    committee_size: int | None = None
    about: str = ""
    roles: Mapping[str, str] = field(default_factory=lambda: ROLES)
    meetings: SittingRules = field(default_factory=SittingRules)
    names: NameOrder = field(default_factory=NameOrder)
    reminders: ReminderRules = field(default_factory=ReminderRules)


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One dated version of a practice's parameters, as the file has it, read and found correct."""

    district: str
    code: str
    title: str
    plugin: str
    effective: date
    source: str
    checked: date | None
    unconfirmed: tuple[str, ...]
    raw: Mapping[str, Any]
    params: Mapping[str, Any]
    digest: str


def read_toml(path: Path, content: bytes | None = None) -> dict[str, Any]:
    """What the file ``path`` (its ``content`` where it was read already) says, decimals exact; raises ``rules.not_toml``."""
    try:
        return tomllib.loads((path.read_bytes() if content is None else content).decode(), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise RendaError("rules.not_toml", file=_place(path), mistake=gettext("不是 UTF-8 编码")) from error
    except tomllib.TOMLDecodeError as error:
        raise RendaError("rules.not_toml", file=_place(path), mistake=_in_chinese(str(error))) from error


def _in_chinese(mistake: str) -> str:
    """The line, and for the commonest mistakes what it is; the parser says it in English only."""
    line = re.search(r"line (\d+)", mistake)
    if line is None:
        return gettext("文件末尾写法不对")
    said = next((words for start, words in TOML_MISTAKES.items() if mistake.startswith(start)), "第 {line} 行写法不对")
    return gettext(said, line=line[1])


def read_district(file: Path, content: bytes) -> DistrictFile:
    """``district.toml``, with that content; its folder names the district."""
    entries = read_toml(file, content)
    _check_entries(file, entries, DISTRICT_ENTRIES, required=("name", "term"))
    roles = entries.pop("roles", {})
    for role in roles:
        if role not in ROLES:
            raise RendaError("rules.unknown_role", file=_place(file), entry=role, allowed="、".join(ROLES))
    if entries.get("locale", SOURCE_LOCALE) not in LOCALES:
        raise RendaError("rules.unknown_locale", file=_place(file), entry=entries["locale"], allowed="、".join(LOCALES))
    entries.setdefault("full_name", entries["name"])
    meetings = sitting_rules_from(entries.pop("meetings", {}), f"{_place(file)} 的[meetings]")
    names = name_order_from(entries.pop("name_order", USUAL), entries.pop("name_strokes", {}), _place(file))
    entries["reminders"] = reminder_rules_from(entries.get("reminders", {}), _place(file))
    return DistrictFile(slug=file.parent.name, roles={**ROLES, **roles}, meetings=meetings, names=names, **entries)


def read_practice(path: Path, content: bytes, practice_of: Any) -> list[RuleVersion]:
    """All versions in one practice's file, with that content, oldest first.

    ``practice_of(plugin, file)`` gives the practice class or raises ``rules.unknown_plugin``.
    """
    entries = read_toml(path, content)
    _check_entries(path, entries, PRACTICE_ENTRIES, required=("plugin",))
    practice: type[Practice] = practice_of(entries["plugin"], _place(path))
    versions = entries.get("version", [])
    if not versions:
        raise RendaError("rules.no_version", file=_place(path))
    read = [_version(path, entries, practice, version) for version in versions]
    read.sort(key=lambda version: version.effective)
    for earlier, later in pairwise(read):
        if earlier.effective == later.effective:
            raise RendaError("rules.same_day", file=_place(path), day=later.effective.isoformat())
    return read


def _version(
    path: Path, entries: Mapping[str, Any], practice: type[Practice], version: Mapping[str, Any]
) -> RuleVersion:
    _check_entries(path, version, VERSION_ENTRIES, required=("effective", "source"))
    effective, raw = version["effective"], version.get("params", {})
    try:
        schema: Schema = practice.Params()
        params = schema.read(raw)
    except RendaError as error:
        raise RendaError(
            "rules.params",
            fields=error.fields,
            file=_place(path),
            day=effective.isoformat(),
            mistakes=_mistakes(schema, raw, error),
        ) from error
    for entry in version.get("unconfirmed", ()):
        if str(entry).partition(".")[0] not in schema.fields:
            allowed = "、".join(schema.fields) or "—"
            day = effective.isoformat()
            raise RendaError("rules.not_a_param", file=_place(path), day=day, entry=entry, allowed=allowed)
    return RuleVersion(
        district=path.parent.name,
        code=path.stem,
        title=str(entries.get("title", practice.title)),
        plugin=practice.plugin,
        effective=effective,
        source=str(version["source"]),
        checked=version.get("checked"),
        unconfirmed=tuple(version.get("unconfirmed", ())),
        raw=raw,
        params=params,
        digest=digest_of(practice.plugin, raw),
    )


def digest_of(plugin: str, raw: Mapping[str, Any]) -> str:
    """SHA-256 over the plugin's name and the parameters as written, in one canonical form."""
    canonical = json.dumps([plugin, raw], ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _mistakes(schema: Schema, raw: Mapping[str, Any], error: RendaError) -> str:
    allowed = "、".join(schema.fields)
    said = []
    for name, sentence in error.fields.items():
        unknown = name in raw and name not in schema.fields
        said.append(f"{schema.label_of(name)}({name}):{sentence}" + (f"可用的键:{allowed}。" if unknown else ""))
    return ";".join(said)


def _check_entries(path: Path, entries: Any, allowed: set[str], required: tuple[str, ...]) -> None:
    if not isinstance(entries, Mapping):
        raise RendaError("rules.wrong_type", file=_place(path), entry="version", wanted=gettext(TYPES["version"][1]))
    for entry in entries:
        if entry not in allowed:
            raise RendaError("rules.unknown_entry", file=_place(path), entry=entry, allowed="、".join(sorted(allowed)))
    for entry in required:
        if entries.get(entry) in (None, ""):
            raise RendaError("rules.missing_entry", file=_place(path), entry=entry)
    for entry, value in entries.items():
        wanted, words = TYPES[entry]
        if type(value) is not wanted:
            raise RendaError("rules.wrong_type", file=_place(path), entry=entry, wanted=gettext(words))


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
