"""Practices that follow others: a notice opened by an event, a loop without end, plugins that fail where asked."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from backing.sample import PRACTICES, write_districts
from renda import Change, Fact, Follow, Matter, Practice, Schema, Sheet, action, fields, hookimpl, leaf


class Note(Schema):
    """What a note says."""

    title = fields.Str(required=True, label="标题")


class Notes(Practice):
    """Opens a note, by the system, when a suggestion is withdrawn; files it when the suggestion is closed."""

    plugin = "notes"
    title = "备忘"
    states: ClassVar[Mapping[str, str]] = {"open": "待办", "filed": "已归档"}
    ends = ("filed",)

    @action("记下", by=("system", "clerk"), when=None, then="open", data=Note)
    def note(self, matter: Matter) -> None: ...

    @action("归档", by="system", when="open", then="filed")
    def file(self, matter: Matter) -> None: ...

    @hookimpl
    def acted(self, event: Any, records: Any) -> list[Follow]:
        if event.action == "withdraw":
            return [Follow("note", {"title": f"{event.matter.title}已撤回"})]
        if event.action == "rate":
            return [Follow("file", {}, matter=each.id) for each in records.matters(self.code, states=["open"])]
        return []

    @hookimpl
    def facts(self, subject: Any, since: date, until: date, records: Any) -> list[Fact]:
        found = records.matters(self.code, since=since, until=until)
        parties = records.parties("organ", until)
        return [Fact("note.open", party, each.opened_on, each.title) for each in found for party in parties]


class Loop(Notes):
    """Each note opens another."""

    plugin = "loop"
    title = "循环"

    @hookimpl
    def acted(self, event: Any, records: Any) -> list[Follow]:
        return [Follow("note", {"title": "又一件"})] if event.action == "note" else []


class Breaking(Notes):
    """Fails, or answers nonsense, wherever a title says so."""

    plugin = "breaking"
    title = "破坏"

    @action("乱答", by="clerk", when=None, then="open", kind="breaking", data=Note)
    def babble(self, matter: Matter) -> Any:
        return "ja"

    @action("乱写", by="clerk", when=None, then="open", kind="breaking", data=Note)
    def scribble(self, matter: Matter) -> Change:
        return Change({"elsewhere": 1})

    @action("两可", by="clerk", when=None, then=("open", "filed"), kind="breaking", data=Note)
    def waver(self, matter: Matter) -> None: ...

    @hookimpl
    def acted(self, event: Any, records: Any) -> Any:
        if event.matter.title == "追随时出错":
            raise ZeroDivisionError
        if event.matter.title == "追随时乱答":
            return [5]
        return None

    @hookimpl
    def facts(self, subject: Any, since: date, until: date, records: Any) -> list[Fact]:
        raise ZeroDivisionError

    @hookimpl
    def sheets(self) -> Any:
        return [Sheet("ok", "好表", ["甲"], [[1]]), 5]

    @hookimpl
    def problems(self) -> Any:
        return 7

    @hookimpl
    def score(self, matter: Matter) -> Any:
        said = {"得分乱答": 100, "得分说谎": leaf("分", 1)}.get(matter.title)
        if matter.title == "得分说谎" and said is not None:
            object.__setattr__(said, "op", "total")
        return said

    @hookimpl
    def may_see(self, matter: Matter, viewer: Any) -> bool | None:
        if matter.title == "查看时出错":
            raise ZeroDivisionError
        return None


VERSION = 'plugin = "{plugin}"\n[[version]]\neffective = 2018-01-01\nsource = "无"\n'
FOLLOWERS: dict[str, type[Practice]] = {"notes": Notes, "loop": Loop, "breaking": Breaking}


def find_any(plugin: str, file: str) -> type[Practice]:
    """What ``Rulebooks`` asks for a plugin."""
    return {**PRACTICES, **FOLLOWERS}[plugin]


def write_followers(root: Path, *plugins: str) -> Path:
    """The districts of ``backing.sample``; 甲区 follows these practices too, and neither has the faulty one."""
    write_districts(root)
    for slug in ("jia", "yi"):
        (root / slug / "zz_faulty.toml").unlink()
    for plugin in plugins:
        (root / "jia" / f"{plugin}.toml").write_text(VERSION.format(plugin=plugin), "utf-8")
    return root
