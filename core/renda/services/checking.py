"""``renda check``: whether files, record and plugins are as they should be; everything found is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.rulebook import installed, practice_class
from renda.services import anchors, districts, drift, people, reading, record_check, security_log
from renda.services.anchors import Anchor
from renda.services.desk import Desk, Installation
from renda.services.questions import ask
from renda.services.row_check import RowCheck
from renda.services.signing_keys import PublicKey

declare({"check.no_row": "区县“{slug}”有文件夹,还没有登记。请运行 renda districts sync。"}, status=409)

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


def check(
    installation: Installation,
    slug: str | None = None,
    *,
    anchored: Sequence[Anchor] = (),
    own_keys: Sequence[PublicKey] = (),
) -> Iterator[Finding]:
    """Everything wrong in one district or in all of them, and with the plugins of this machine.

    ``anchored``: heads that were kept outside of the database, with which the logs are compared; ``own_keys`` are
    the public keys that signed here, each until its last day.
    """
    others = [each for each in anchored if not any(own.may_sign(each.key, each.at) for own in own_keys)]
    if others:
        yield _finding("", "", RendaError("anchors.foreign", count=len(others), key=others[0].key))
    if slug is None:
        yield from _plugins()
        yield from _of_host(installation, anchored)
    rows = {each.slug for each in districts.everyone(installation) if each.row}
    for each in installation.rulebooks.slugs() if slug is None else [slug]:
        if each not in rows:
            yield _finding(each, "", RendaError("check.no_row", slug=each))
            continue
        try:
            rulebook = installation.rulebooks.of(each)
            # Not through ``reading``, which would tell only the first version that has drifted.
            with installation.store.reading(installation.district_id(each)) as session:
                yield from of_district(Desk(session, rulebook, installation.clock(), installation.calendar()), each)
        except RendaError as error:
            yield _finding(each, "", error)
    yield from _of_anchors(installation, slug, anchored)


def of_district(desk: Desk, slug: str) -> Iterator[Finding]:
    """Drift, record, calendar and what the practices themselves find, in a district whose rules can be read."""
    drifted = drift.drifted(desk.session, desk.rulebook)
    for mistake in drifted:
        yield _finding(slug, f"{slug}/{mistake.values['code']}.toml", mistake)
    yield from _of_record(desk, slug)
    for year in (desk.day.year, desk.day.year + 1):
        if not desk.calendar.is_announced(year):
            text = gettext(
                "{year} 年的放假和调休安排还没有,期限暂按周末和法定节假日推算。公布后请用 renda calendar import 导入。",
                year=year,
            )
            yield Finding(NOTE, slug, "", text)
    rare = people.characters_without_strokes(desk)
    if rare:
        text = gettext("这些字没有笔画表,姓名排在最后:{signs}。请在 name_strokes 里写明笔画。", signs="、".join(rare))
        yield Finding(NOTE, slug, f"{slug}/district.toml", text)
    if drifted:
        return
    for answer in ask(desk, "problems", desk.day, records=reading.DistrictRecords(desk)):
        if answer.failure is not None:
            yield _finding(slug, answer.rules.version.title, answer.failure)
        for problem in answer.said:
            yield Finding(MISTAKE, slug, problem.where or answer.rules.version.title, problem.text)


def _of_record(desk: Desk, slug: str) -> Iterator[Finding]:
    outcome = RowCheck()
    for mistake in record_check.mistakes(desk, outcome):
        yield _finding(slug, "", mistake)
    if outcome.unproven:
        text = gettext("有 {count} 行数据早于数据变动日志,无从证明是否被改过。", count=outcome.unproven)
        yield Finding(NOTE, slug, "", text)


def _of_host(installation: Installation, anchored: Sequence[Anchor]) -> Iterator[Finding]:
    with installation.store.hosting() as session:
        broken = security_log.first_broken(session)
        if broken is not None:
            yield _finding("", "", RendaError("check.security_chain", number=broken))
        for mistake in anchors.mistakes_of_host(session, anchored):
            yield _finding("", "", mistake)


def _of_anchors(installation: Installation, slug: str | None, anchored: Sequence[Anchor]) -> Iterator[Finding]:
    """Also of districts whose folder is gone, for what was anchored must be there."""
    known = {each.slug for each in districts.everyone(installation) if each.row}
    for each in sorted({name for anchor in anchored for name in anchor.districts} if slug is None else [slug]):
        if each in known:
            with installation.store.reading(installation.district_id(each)) as session:
                for mistake in anchors.mistakes(session, each, anchored):
                    yield _finding(each, "", mistake)
        else:
            first = next(anchor for anchor in anchored if each in anchor.districts)
            told: dict[str, Any] = {"slug": each, "line": first.number, "at": f"{first.at:%Y-%m-%d %H:%M}"}
            yield _finding(each, "", RendaError("anchors.gone", **told))


def _plugins() -> Iterator[Finding]:
    for plugin in sorted(installed()):
        try:
            practice_class(plugin)
        except RendaError as error:
            yield _finding("", plugin, error)


def _finding(slug: str, where: str, error: RendaError) -> Finding:
    return Finding(MISTAKE, slug, where, error.message, error.code)
