"""``renda check``: whether files, record and plugins are as they should be; everything found is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import MatterRow
from renda.rulebook import installed, practice_class
from renda.services import chain, reading
from renda.services.desk import Desk, Installation
from renda.services.districts import chosen, everyone
from renda.services.questions import ask

declare({"check.chain": "记录从第 {number} 条起与封签不符,有人绕过系统改过数据库。请从备份核对。"}, status=500)

MISTAKE = "mistake"
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: how grave (``mistake`` or ``note``), in which district, where, what."""

    grave: str
    district: str
    where: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """Matters that rest on a version which is no longer as it was: which, and how many."""

    district: str
    practice: str
    effective: date
    digest: str
    matters: int


def check(installation: Installation, slug: str | None = None) -> Iterator[Finding]:
    """Everything wrong in one district or in all of them, and with the plugins of this machine."""
    if slug is None:
        yield from _plugins()
    for each in chosen(installation, slug):
        try:
            with installation.reading(each) as desk:
                yield from of_district(desk, each)
        except RendaError as error:
            yield _finding(each, "", error)


def of_district(desk: Desk, slug: str) -> Iterator[Finding]:
    """Drift, record, calendar and what the practices themselves find, in a district whose rules can be read."""
    for drift in drifts(desk, slug):
        error = RendaError("rules.drift", district=slug, code=drift.practice, day=drift.effective.isoformat())
        yield _finding(slug, f"{slug}/{drift.practice}.toml", error)
    broken = chain.first_broken(desk)
    if broken is not None:
        yield _finding(slug, "", RendaError("check.chain", number=broken))
    for year in (desk.day.year, desk.day.year + 1):
        if not desk.calendar.is_announced(year):
            text = gettext("{year} 年的放假和调休安排还没有,期限暂按周末推算。公布后请更新日历。", year=year)
            yield Finding(NOTE, slug, "", text)
    for answer in ask(desk, "problems", desk.day, records=reading.DistrictRecords(desk)):
        if answer.failure is not None:
            yield _finding(slug, answer.rules.version.title, answer.failure)
        for problem in answer.said:
            yield Finding(MISTAKE, slug, problem.where or answer.rules.version.title, problem.text)


def drifts(desk: Desk, slug: str, practice: str | None = None) -> list[Drift]:
    """The versions matters rest on that the files no longer have."""
    pins = (MatterRow.practice, MatterRow.rules_effective, MatterRow.rules_digest)
    query = select(*pins, func.count()).where(MatterRow.district_id == desk.session.district_id).group_by(*pins)
    if practice is not None:
        query = query.where(MatterRow.practice == practice)
    found = []
    for code, effective, digest, count in desk.session.execute(query.order_by(*pins)):
        try:
            desk.rulebook.pinned(code, effective, digest)
        except RendaError as error:
            if error.code != "rules.drift":
                raise
            found.append(Drift(slug, code, effective, digest, count))
    return found


def refuse_drift(installation: Installation) -> None:
    """Raise ``rules.drift`` for the first district whose matters rest on a version that was changed."""
    known = {each.slug for each in everyone(installation) if each.row}
    for slug in installation.rulebooks.slugs():
        if slug not in known:
            continue
        with installation.reading(slug) as desk:
            for drift in drifts(desk, slug):
                raise RendaError("rules.drift", district=slug, code=drift.practice, day=drift.effective.isoformat())


def _plugins() -> Iterator[Finding]:
    for plugin in sorted(installed()):
        try:
            practice_class(plugin)
        except RendaError as error:
            yield _finding("", plugin, error)


def _finding(slug: str, where: str, error: RendaError) -> Finding:
    return Finding(MISTAKE, slug, where, error.message, error.code)
