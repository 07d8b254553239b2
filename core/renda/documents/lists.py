"""The lists of a district as tables for a file: matters, people, organs, projects, documents; read as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import IO, Any

from sqlalchemy import select

from renda.documents.spreadsheets import MOST_ROWS, written
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor, Matter
from renda.model import AppointmentRow, MandateRow, MatterRow, OrganRow, ProjectRow
from renda.services import directory, lists, notices
from renda.services.desk import Desk
from renda.services.reading import in_force

declare({"table.unknown": "没有“{name}”这张表。可用的:{allowed}。"}, status=404)

NOUNS: Mapping[str, str] = MappingProxyType(
    {"deputy": "人大代表", "official": "任命干部", "organ": "机构", "project": "项目"}
)


@dataclass(frozen=True)
class Table:
    """A table to be written: its title, the heads of its columns, its rows as they are read."""

    title: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]

    def file(self, form: str) -> IO[bytes]:
        """The table as a file; see ``spreadsheets.written``."""
        return written(form, self.columns, islice(self.rows, MOST_ROWS), title=self.title)


def matters(desk: Desk, viewer: Actor, wanted: lists.Wanted) -> Table:
    """The matters the viewer may see, newest first."""
    columns = ("编号", "事项", "制度", "类别", "状态", "立项日期", "待谁办", "期限")
    return Table(gettext("事项"), _heads(columns), _matters(desk, viewer, wanted))


def people(desk: Desk, noun: str, text: str = "") -> Table:
    """Deputies, officials, organs of today or projects, in the order of the district; ``noun`` is one of ``NOUNS``."""
    rows: dict[str, tuple[Sequence[str], Callable[..., Iterator[Sequence[Any]]]]] = {
        "deputy": (("序号", "姓名", "代码", "选区", "代表团", "常委会组成人员", "任期起"), _deputies),
        "official": (("序号", "姓名", "代码", "机构", "职务", "任职日期"), _officials),
        "organ": (("序号", "名称", "代码", "类别"), _organs),
        "project": (("序号", "名称", "代码", "年度", "单位", "预算（元）", "阶段", "完成期限"), _projects),
    }
    columns, read = rows[noun]
    return Table(gettext(NOUNS[noun]), _heads(columns), read(desk, text))


def documents(desk: Desk, viewer: Actor, wanted: notices.Wanted) -> Table:
    """The documents the viewer may read, newest first, with when each first went out."""
    columns = ("发文字号", "文种", "标题", "发文机关", "主送", "抄送", "成文日期", "发出日期", "公开")
    return Table(gettext("文件"), _heads(columns), _documents(desk, viewer, wanted))


def named(desk: Desk, viewer: Actor, name: str) -> Table:
    """A table by its name; raises ``table.unknown``."""
    if name == "matters":
        return matters(desk, viewer, lists.Wanted())
    if name == "notices":
        return documents(desk, viewer, notices.Wanted())
    nouns = {"deputies": "deputy", "officials": "official", "organs": "organ", "projects": "project"}
    if name not in nouns:
        raise RendaError("table.unknown", name=name, allowed="、".join(("matters", "notices", *nouns)))
    return people(desk, nouns[name])


def _heads(columns: Sequence[str]) -> list[str]:
    return [gettext(column) for column in columns]


def _matters(desk: Desk, viewer: Actor, wanted: lists.Wanted) -> Iterator[Sequence[Any]]:
    while True:
        portion = lists.newest(desk, viewer, wanted, size=500)
        for line in portion.lines:
            row, kind = line.row, line.rules.practice.kind(line.row.kind)
            practice, state = gettext(line.rules.version.title), gettext(kind.states[row.state])
            waits = _awaited(desk, row, line.matter)
            yield row.id, row.title, practice, gettext(kind.title), state, row.opened_on, waits, row.due_on
        if portion.before is None:
            return
        # What was read is let go, or the session would keep every row to the end.
        desk.session.expunge_all()
        wanted = replace(wanted, before=portion.before)


def _awaited(desk: Desk, row: MatterRow, matter: Matter) -> str:
    noun, _, who = (row.waits_for or "").partition(":")
    if noun == "role":
        return gettext(desk.rulebook.district.roles.get(who, who))
    parties = (party for each in matter.parties.values() for party in each)
    return next((party.name for party in parties if party.key == row.waits_for), "")


def _deputies(desk: Desk, text: str) -> Iterator[Sequence[Any]]:
    mandates = {row.person_id: row for row in desk.session.scalars(select(MandateRow)) if in_force(row, desk.day)}
    for at, each in enumerate(directory.listed(desk, "deputy", text=text, limit=MOST_ROWS), start=1):
        row = mandates[each.id]
        yield at, each.name, each.code, row.constituency, row.delegation, row.committee_member, row.since


def _officials(desk: Desk, text: str) -> Iterator[Sequence[Any]]:
    organs = {row.id: row.name for row in desk.session.scalars(select(OrganRow))}
    held: dict[int, list[AppointmentRow]] = {}
    for row in desk.session.scalars(select(AppointmentRow).order_by(AppointmentRow.since)):
        if in_force(row, desk.day):
            held.setdefault(row.person_id, []).append(row)
    for at, each in enumerate(directory.listed(desk, "official", text=text, limit=MOST_ROWS), start=1):
        for row in held[each.id]:
            yield at, each.name, each.code, organs[row.organ_id], row.post, row.since


def _organs(desk: Desk, text: str) -> Iterator[Sequence[Any]]:
    sorts = {row.id: row.sort for row in desk.session.scalars(select(OrganRow))}
    for at, each in enumerate(directory.listed(desk, "organ", text=text, limit=MOST_ROWS), start=1):
        yield at, each.name, each.code, sorts[each.id]


def _projects(desk: Desk, text: str) -> Iterator[Sequence[Any]]:
    organs = {row.id: row.name for row in desk.session.scalars(select(OrganRow))}
    kept = {row.id: row for row in desk.session.scalars(select(ProjectRow))}
    for at, each in enumerate(directory.listed(desk, "project", text=text, limit=MOST_ROWS), start=1):
        row = kept[each.id]
        organ = "" if row.organ_id is None else organs[row.organ_id]
        yield at, each.name, each.code, row.year, organ, row.budget, row.stage, row.due_on


def _documents(desk: Desk, viewer: Actor, wanted: notices.Wanted) -> Iterator[Sequence[Any]]:
    while True:
        portion = notices.listed(desk, viewer, wanted, size=500)
        for row in portion.rows:
            sent_on = portion.sent_on.get(row.id)
            to, copies = list(row.recipients), list(row.copies)
            yield row.number, row.genre, row.title, row.issuer, to, copies, row.issued_on, sent_on, row.public
        if portion.before is None:
            return
        wanted = replace(wanted, before=portion.before)
