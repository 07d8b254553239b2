"""The account of what is outstanding, the years added up, facts and pages of organs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from renda import (
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    condition,
    counted,
    leaf,
    met,
    minus,
    percent,
    ratio,
    total,
)

from . import grades
from .opinions import ITEM, OPINION

ACCOUNT = ("议题", "序号", "责任单位", "意见", "期限", "逾期天数", "状态")
_DAY = timedelta(days=1)


def closed_on(item: Matter) -> date | None:
    """The day a point was struck off, or None."""
    return (item.done_on("strike") or item.done_on("finish_carried")) if item.state == "closed" else None


def gone_on(item: Matter) -> date | None:
    """The day a point left the account: struck off, or handled from then on as a suggestion; or None."""
    return item.done_on("link") if item.state == "linked" else closed_on(item)


def outstanding(items: Sequence[Matter], day: date) -> list[Matter]:
    """The points on the account at the end of ``day``."""
    found = []
    for each in items:
        gone = gone_on(each)
        if each.opened_on <= day and (gone is None or gone > day):
            found.append(each)
    return found


def account_sheet(items: Sequence[Matter], since: date, until: date) -> Sheet:
    """挂账: what stands at the end of the time, and how it came to that."""
    left = outstanding(items, until)
    rows = []
    for each in left:
        owner, last = each.party("assignee"), each.payload.get("due")
        late = max(0, (until - last).days) if last is not None else 0
        title = "" if each.parent is None else each.parent.title
        text, state = each.payload["text"], ITEM[each.state]
        rows.append([title, each.payload["number"], owner.name if owner else "", text, last, late, state])
    before = counted("期初挂账", _refs(outstanding(items, since - _DAY)))
    came = counted("新增", _refs(each for each in items if since <= each.opened_on <= until))
    inside = [each for each in items if (day := gone_on(each)) and since <= day <= until]
    gone = counted("销号", _refs(each for each in inside if each.state == "closed"))
    linked = counted("并入别处", _refs(each for each in inside if each.state == "linked"))
    balance = minus("期末挂账", total("期初加新增", before, came), total("销号和并入", gone, linked))
    return Sheet("account", "审议意见挂账台账", ACCOUNT, rows, (before, came, gone, linked, balance))


def _refs(items: Any) -> list[str]:
    return [f"{each.id}号" for each in items]


class Term:
    """Opinions of a time and their points, year by year."""

    def __init__(self, opinions: Sequence[Matter], items: Sequence[Matter], until: date) -> None:
        self.opinions = opinions
        self.until = until
        numbers = {each.id for each in opinions}
        self.items = [each for each in items if each.parent is not None and each.parent.id in numbers]

    def of_sort(self, code: str, label: str) -> Explained:
        """How many topics were supervised in one way."""
        return counted(label, _refs(each for each in self.opinions if each.payload["sort"] == code))

    def points(self) -> Explained:
        """How many points there are; one handled as a suggestion counts there."""
        return counted("审议意见条数", _refs(each for each in self.items if each.state != "linked"))

    def closed(self) -> Explained:
        """How many of them are struck off."""
        return counted("销号条数", _refs(each for each in self.items if (closed_on(each) or date.max) <= self.until))

    def in_time(self) -> Explained:
        """How many of them were first reported on in time and are struck off."""
        good = [each for each in self.items if closed_on(each) and each.parent is not None and on_time(each.parent)]
        return counted("按期办结条数", _refs(good))

    def balance(self, day: date) -> Explained:
        """How many are on the account at the end of a day."""
        return counted("年末挂账", _refs(outstanding(self.items, day)))


def on_time(opinion: Matter) -> bool:
    """Whether the first report came by the first due day, extensions allowed by the chairpersons included."""
    first, last = opinion.payload.get("first_reported_on"), opinion.payload.get("first_due")
    extended = opinion.payload.get("extended_until")
    return first is not None and last is not None and first <= (extended or last)


def term_sheet(
    code: str, period: Mapping[str, Any], sorts: Sequence[Any], every: Term, years: Mapping[int, Term]
) -> Sheet:
    """One line for each year, and what is said of the whole."""
    rows, zero = [], []
    for year, term in sorted(years.items()):
        day = min(date(year, 12, 31), every.until)
        balance = Term(every.opinions, every.items, every.until).balance(day)
        kinds = [term.of_sort(each["code"], each["label"]) for each in sorts]
        rows.append([f"{year}年", *kinds, term.points(), term.in_time(), term.closed(), balance])
        zero.append(condition(f"{year}年末", balance, "==", 0))
    told = [every.of_sort(each["code"], each["label"]) for each in sorts]
    told += [
        every.points(),
        percent(ratio("占比", every.in_time(), every.points()), 1, label="按期办结率"),
        percent(ratio("占比", every.closed(), every.points()), 1, label="销号率"),
    ]
    if zero:
        told.append(met("各年末零余额", *zero))
        told.append(leaf("零余额年数", sum(each.value is True for each in zero)))
    columns = ("年份", *(each["label"] for each in sorts), "审议意见条数", "按期办结条数", "销号条数", "年末挂账")
    return Sheet(
        code,
        f"{period['label']}审议意见办理情况",
        columns,
        rows,
        told,
        chart=(0, len(sorts) + 1),
        public=True,
        public_reason="numbers of opinions of a term; none is named",
    )


def facts(opinions: Sequence[Matter], until: date, levels: Sequence[str]) -> Iterator[Fact]:
    """``opinion.late`` and ``opinion.grade``, about the leading organ."""
    for each in opinions:
        organ, last = each.party("assignee"), each.payload.get("first_due")
        if organ is None or last is None:
            continue
        last = each.payload.get("extended_until") or last
        reported = each.payload.get("first_reported_on")
        late = ((reported or until) - last).days
        if late > 0:
            text = (
                f"“{each.title}”审议意见逾期未报告办理情况"
                if reported is None
                else f"“{each.title}”审议意见逾期报告办理情况"
            )
            yield Fact("opinion.late", organ, last + _DAY, text, leaf("逾期天数", late), each.id)
        graded, reasons = each.payload.get("graded_on"), grades.grade(each, levels)
        if graded is not None and reasons is not None:
            text = f"“{each.title}”审议意见办理测评为{reasons.value}"
            yield Fact("opinion.grade", organ, graded, text, reasons, each.id)


def section(title: str, subject: Party, records: Records, code: str) -> list[Section]:
    """An organ's opinions, the newest first."""
    found = records.matters(code, "opinion", party=subject, relation="assignee")
    entries = [
        Entry(
            each.opened_on,
            "·".join(filter(None, (each.title, OPINION[each.state], each.payload.get("outcome")))),
            each.id,
        )
        for each in reversed(found)
    ]
    return [Section(title, entries)] if entries else []
