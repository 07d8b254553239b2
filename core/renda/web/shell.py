"""What stands around every page: the district, the menu, who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from renda.district_files import DistrictFile
from renda.i18n import LOCALES, current_locale, gettext
from renda.services.questions import ask
from renda.web.tenancy import Seat


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; ``here`` where the page shown is its own or below it."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class Shell:
    """The frame of a page."""

    name: str
    home: str
    menu: Sequence[Entry]
    seat: Seat | None
    other_languages: Sequence[tuple[str, str]]
    warnings: Sequence[str] = ()
    """What is wrong with the rules, for those who can see to it."""


OFFICE = frozenset({"clerk", "auditor"})
_MENU = (("home", "首页", True), ("matters", "事项", False), ("practices", "制度规则", True))
_MORE = (
    ("meetings", "会议", False),
    ("sheets", "统计与公开", True),
    ("people", "人员机构", False),
    ("notices", "文件", False),
)


def shell(seat: Seat | None) -> Shell:
    """The frame for a seat, or for the host's own pages where there is none."""
    others = [(code, label) for code, label in LOCALES.items() if code != current_locale()]
    if seat is None:
        return Shell(gettext("人大监督工作"), url_for("front.districts"), (), None, others)
    home = url_for("district.home", slug=seat.slug)
    return Shell(title_of(seat.file), home, _menu(seat), seat, others, _warnings(seat))


def _warnings(seat: Seat) -> list[str]:
    if seat.actor.roles.isdisjoint(OFFICE):
        return []
    book = seat.desk.rulebook
    wrong = [
        gettext("规则文件有误,仍按原来的规则,改正前不能办理:{mistake}", mistake=each.message)
        for each in book.mistakes.values()
    ]
    return [*wrong, *(each.message for each in book.drifted)]


def title_of(file: DistrictFile) -> str:
    """What stands at the head of a district's pages: its standing committee."""
    name = file.full_name or file.name
    return name if "人大" in name or "人民代表大会" in name else gettext("{name}人大常委会", name=name)


def _menu(seat: Seat) -> list[Entry]:
    shown = [*_MENU, *_MORE]
    if seat.actor.roles & {"auditor", "clerk"}:
        shown.append(("record", "办理记录", False))
    if "auditor" in seat.actor.roles:
        shown.append(("security_entries", "安全日志", False))
    if "clerk" in seat.actor.roles:
        shown.append(("importing", "导入", False))
    if seat.actor.person is not None and seat.actor.roles & {"member", "deputy"}:
        shown.insert(1, ("vote", "投票", False))
    found = [
        _entry(gettext(label), url_for(f"district.{name}", slug=seat.slug), exact=name == "home")
        for name, label, public in shown
        if public or seat.signed_in
    ]
    if seat.signed_in:
        for answer in ask(seat.desk, "menu", seat.desk.day, viewer=seat.actor):
            for link in answer.said:
                found.append(_entry(gettext(link.label), f"{found[0].href}{link.path.lstrip('/')}"))
    return found


def _entry(label: str, href: str, *, exact: bool = False) -> Entry:
    return Entry(label, href, request.path == href if exact else request.path.startswith(href))
