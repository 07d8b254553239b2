"""What was in force when: a district's dated versions, and the practices that answer for them.

Rules are read when a district is first asked for. A matter keeps the day and the digest of the version it began under;
``Rulebook.of`` finds just that version again, or says that somebody has changed it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pluggy

from renda.district_files import DistrictFile, RuleVersion, read_district, read_practice
from renda.errors import RendaError, declare
from renda.hookspecs import registry
from renda.i18n import add_catalogues
from renda.letterheads import FOLDER, Letterheads, read_letterhead
from renda.practice import Practice
from renda.rule_files import DISTRICT, KeptFiles, Mark, Pinned, RuleFiles, mark_of

ENTRY_POINTS = "renda.practices"
KEPT = 500  # districts whose rules stay in memory; the one read longest ago goes first
MOST_DAYS = 400  # for which a district's rules stay put together: anybody may ask a public page about any day

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
    """One district's versions.

    Without ``kept``, reading them finds every mistake in its files at once or none. With it, a file that is wrong is read
    as it was kept when it was correct, and left out where it never was; what was begun under a version the files no
    longer have is found there too. ``mistakes``: what is wrong, by file. ``contents``: the correct files as they were read.
    """

    def __init__(
        self,
        folder: Path,
        find_practice: Callable[[str, str], type[Practice]] = practice_of,
        kept: KeptFiles | None = None,
    ) -> None:
        self.folder, self._find_practice = folder, find_practice
        files = RuleFiles(folder, kept)
        self.history = None if kept is None else kept.history
        self.mistakes, self.contents = files.mistakes, files.contents
        self.district: DistrictFile = files.read(DISTRICT, read_district)
        self.versions: dict[str, list[RuleVersion]] = {}
        for path in sorted(path for path in folder.glob("*.toml") if path.name != DISTRICT):
            if versions := files.read_if_possible(path.name, self._practice):
                self.versions[path.stem] = versions
        heads = {
            path.stem: files.read_if_possible(f"{FOLDER}/{path.name}", read_letterhead)
            for path in sorted((folder / FOLDER).glob("*.toml"))
        }
        self.letterheads = Letterheads(self.district, {name: head for name, head in heads.items() if head is not None})
        self.drifted: Sequence[RendaError] = ()  # what was begun under versions that are gone; found by who loads
        self._in_force: dict[tuple[str, date, str], InForce] = {}
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
            name, allowed = self.district.name, "、".join(rules.practices) or "—"
            raise RendaError("rules.not_in_force", district=name, day=day.isoformat(), code=code, allowed=allowed)
        return rules.practices[code]

    def of(self, pinned: Pinned) -> InForce:
        """The version a matter or ballot began under; raises ``rules.drift`` where it is nowhere any more."""
        code, effective, digest = pinned.practice, pinned.rules_effective, pinned.rules_digest
        version = _matching(self.versions.get(code, ()), effective, digest) or self._kept(code, effective, digest)
        return self.at(version)

    def check_present(self, code: str, effective: date, digest: str) -> None:
        """Raise ``rules.drift`` where the files do not have that version as it was."""
        if not _matching(self.versions.get(code, ()), effective, digest):
            raise self._drift(code, effective)

    def check_correct(self, code: str) -> None:
        """Raise ``rules.suspended`` where the file of that practice is wrong: nothing is begun or decided by it."""
        if f"{code}.toml" in self.mistakes:
            raise RendaError("rules.suspended", title=self.versions[code][-1].title if code in self.versions else code)

    def at(self, version: RuleVersion) -> InForce:
        """The practice that answers for one version; made once."""
        key = (version.code, version.effective, version.digest)
        if key not in self._in_force:
            practice = self._find_practice(version.plugin, f"{version.district}/{version.code}.toml")
            answering = practice(version, version.params)
            self._in_force[key] = InForce(version, answering, registry_with(answering).hook)
        return self._in_force[key]

    def _practice(self, path: Path, content: bytes) -> list[RuleVersion]:
        return read_practice(path, content, self._find_practice)

    def _kept(self, code: str, effective: date, digest: str) -> RuleVersion:
        known = self._in_force.get((code, effective, digest))
        if known is not None:
            return known.version
        for content in () if self.history is None else self.history(f"{code}.toml"):
            try:
                version = _matching(self._practice(self.folder / f"{code}.toml", content), effective, digest)
            except RendaError:
                continue  # the plugin has gone or no longer reads what it once read
            if version is not None:
                return version
        raise self._drift(code, effective)

    def _drift(self, code: str, effective: date) -> RendaError:
        return RendaError("rules.drift", district=self.district.slug, code=code, day=effective.isoformat())


def _matching(versions: Sequence[RuleVersion], effective: date, digest: str) -> RuleVersion | None:
    return next((each for each in versions if each.effective == effective and each.digest == digest), None)


class Rulebooks:
    """The folder of all districts. Only names are known until a district is asked for."""

    def __init__(self, root: Path, find_practice: Callable[[str, str], type[Practice]] = practice_of) -> None:
        self.root = root
        self._find_practice = find_practice
        self._books: dict[str, tuple[Mark, Rulebook]] = {}

    def slugs(self) -> list[str]:
        """The districts that have a folder here."""
        return sorted(path.parent.name for path in self.root.glob("*/district.toml"))

    def mark(self, slug: str) -> Mark:
        """What tells one state of a district's files from another; raises ``district.unknown``."""
        mark = mark_of(self.root / slug) if slug.isidentifier() else ()
        if f"/{DISTRICT}" not in {name for name, *_ in mark}:
            raise RendaError("district.unknown", slug=slug)
        return mark

    def of(self, slug: str) -> Rulebook:
        """A district's rulebook as its files are now; raises ``district.unknown`` or what is wrong in them."""
        mark = self.mark(slug)
        known = self._books.get(slug)
        if known is None or known[0] != mark:
            known = (mark, Rulebook(self.root / slug, self._find_practice))
            self._books[slug] = known
            if len(self._books) > KEPT:
                self._books.pop(next(iter(self._books)), None)
        return known[1]

    def tolerant(self, slug: str, kept: KeptFiles, *, anew: bool = False) -> Rulebook:
        """The same for whoever must go on while a file is wrong; ``anew``, whatever the files look like."""
        if anew:
            self._books.pop(slug, None)
        try:
            book = copy(self.of(slug))
        except RendaError:
            return Rulebook(self.root / slug, self._find_practice, kept)
        book.history = kept.history
        return book
