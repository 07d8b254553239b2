"""What was in force when: a district's dated versions, and the practices that answer for them.

Rules are read when a district is first asked for, never all at the start. A matter keeps the day and the
digest of the version it began under; ``Rulebook.of`` finds just that version again, or says that somebody
has changed it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import pluggy

from renda.district_files import DistrictFile, RuleVersion, read_district, read_practice
from renda.errors import RendaError, declare
from renda.hookspecs import registry
from renda.i18n import add_catalogues
from renda.letterheads import Letterheads, read_letterheads
from renda.practice import Practice

ENTRY_POINTS = "renda.practices"
KEPT = 500
"""How many districts' rules are kept in memory; the one read longest ago goes first."""
MOST_DAYS = 400
"""For how many days a district's rules are kept put together: anybody may ask a public page about any day."""

declare(
    {
        "rules.drift": "{district}/{code}.toml 自 {day} 起生效的版本已被改动或删除,而有事项正依据它办理。"
        "出路有二:一是恢复原来的内容,把改动写成新的一版(新的 effective);"
        "二是用 renda repin --reason 说明理由,把这些事项改到现在的版本。",
        "rules.not_in_force": "{district} 在 {day} 没有施行“{code}”。当日施行的有:{allowed}。",
    },
    status=409,
)
declare({"district.unknown": "没有“{slug}”这个区县。"}, status=404)
declare({"plugin.broken": "插件“{plugin}”不能启动:{mistake}。请改正插件或停用它。"}, status=500)


class Pinned(Protocol):
    """Something that keeps the rules it began under: a matter or a ballot."""

    practice: str
    rules_effective: date
    rules_digest: str


@lru_cache(maxsize=1)
def installed() -> Mapping[str, EntryPoint]:
    """The plugins on this machine, by name; none is imported yet."""
    return MappingProxyType({point.name: point for point in entry_points(group=ENTRY_POINTS)})


@cache
def practice_class(plugin: str) -> type[Practice]:
    """The practice a plugin provides, imported and its answers checked against the questions.

    Raises ``plugin.broken`` where a hook is misspelt or takes a wrong argument, or the import fails.
    """
    try:
        loaded = installed()[plugin].load()
        loaded.plugin = plugin
        registry_with(object.__new__(loaded)).check_pending()
    except (pluggy.PluginValidationError, ImportError, AttributeError, RendaError, TypeError) as error:
        raise RendaError("plugin.broken", plugin=plugin, mistake=str(error)) from error
    add_catalogues(Path(inspect.getfile(loaded)).parent / "translations")
    practice: type[Practice] = loaded
    return practice


def practice_of(plugin: str, file: str) -> type[Practice]:
    """The practice a district's file asks for; raises ``rules.unknown_plugin``."""
    if plugin not in installed():
        raise RendaError("rules.unknown_plugin", file=file, plugin=plugin, allowed="、".join(sorted(installed())))
    return practice_class(plugin)


def registry_with(practice: Practice) -> pluggy.PluginManager:
    """A registry in which only this practice answers."""
    plugins = registry()
    plugins.register(practice)
    return plugins


@dataclass(frozen=True)
class InForce:
    """A practice with one version of its parameters, and the questions put to it alone."""

    version: RuleVersion
    practice: Practice
    hook: Any

    @property
    def code(self) -> str:
        """The practice's name in the district."""
        return self.version.code


@dataclass(frozen=True)
class Rules:
    """All practices in force in a district on a day, in the order of its files."""

    day: date
    practices: Mapping[str, InForce]

    def __iter__(self) -> Iterator[InForce]:
        return iter(self.practices.values())


class Rulebook:
    """One district's versions. Reading them finds every mistake in its files at once or none."""

    def __init__(self, folder: Path, find_practice: Callable[[str, str], type[Practice]] = practice_of) -> None:
        self.folder = folder
        self.district: DistrictFile = read_district(folder)
        files = sorted(path for path in folder.glob("*.toml") if path.name != "district.toml")
        self.versions: dict[str, list[RuleVersion]] = {path.stem: read_practice(path, find_practice) for path in files}
        self.letterheads: Letterheads = read_letterheads(folder, self.district)
        self._find_practice = find_practice
        self._in_force: dict[tuple[str, date], InForce] = {}
        self._on: dict[date, Rules] = {}

    def on(self, day: date) -> Rules:
        """What was in force on ``day``."""
        rules = self._on.get(day)
        if rules is None:
            begun = {
                code: [each for each in versions if each.effective <= day] for code, versions in self.versions.items()
            }
            rules = Rules(day, {code: self.at(versions[-1]) for code, versions in begun.items() if versions})
            if len(self._on) >= MOST_DAYS:
                self._on.clear()
            self._on[day] = rules
        return rules

    def practice_on(self, code: str, day: date) -> InForce:
        """One practice as in force on ``day``; raises ``rules.not_in_force``."""
        rules = self.on(day)
        if code not in rules.practices:
            raise RendaError(
                "rules.not_in_force",
                district=self.district.name,
                day=day.isoformat(),
                code=code,
                allowed="、".join(rules.practices) or "—",
            )
        return rules.practices[code]

    def of(self, pinned: Pinned) -> InForce:
        """The version a matter or ballot began under; raises ``rules.drift`` where it is not as it was."""
        return self.pinned(pinned.practice, pinned.rules_effective, pinned.rules_digest)

    def pinned(self, code: str, effective: date, digest: str) -> InForce:
        """The version of that practice, day and digest; raises ``rules.drift``."""
        for version in self.versions.get(code, ()):
            if version.effective == effective and version.digest == digest:
                return self.at(version)
        raise RendaError("rules.drift", district=self.district.slug, code=code, day=effective.isoformat())

    def at(self, version: RuleVersion) -> InForce:
        """The practice that answers for one version; made once."""
        key = (version.code, version.effective)
        if key not in self._in_force:
            practice = self._find_practice(version.plugin, f"{version.district}/{version.code}.toml")(
                version, version.params
            )
            self._in_force[key] = InForce(version, practice, registry_with(practice).hook)
        return self._in_force[key]


class Rulebooks:
    """The folder of all districts. Only names are known until a district is asked for."""

    def __init__(self, root: Path, find_practice: Callable[[str, str], type[Practice]] = practice_of) -> None:
        self.root = root
        self._find_practice = find_practice
        self._books: dict[str, Rulebook] = {}

    def slugs(self) -> list[str]:
        """The districts that have a folder here, by name of the folder."""
        return sorted(path.parent.name for path in self.root.glob("*/district.toml"))

    def of(self, slug: str) -> Rulebook:
        """A district's rulebook; raises ``district.unknown`` or what is wrong in its files."""
        if slug not in self._books:
            folder = self.root / slug
            if not slug.isidentifier() or not (folder / "district.toml").is_file():
                raise RendaError("district.unknown", slug=slug)
            while len(self._books) >= KEPT:
                self._books.pop(next(iter(self._books)), None)
            self._books[slug] = Rulebook(folder, self._find_practice)
        return self._books[slug]
