"""What the pace of the budget tells others: facts, a unit's page, the tables with their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
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
    cite_matter,
    counted,
    leaf,
    rounded,
    total,
)

from . import gaps
from .forms import CONCLUSIONS
from .papers import called, named, plain, within_year

LEFT_OUT = ("exempt",)
WARNED = ("notified", "explained", "silent")


def facts(  # noqa: PLR0917
    code: str, mode: str, subject: Party | None, since: date, until: date, records: Records
) -> list[Fact]:
    """``budget.gap`` of each project told in a circular, on its day; ``budget.cut`` in 万元 when a review concludes."""
    found = []
    relation = None if subject is None else "subject"
    for pace in _paces(code, subject, since, until, records):
        day = None if pace.parent is None else pace.parent.done_on("circulate")
        gap, organ, project = gaps.of_pace(pace, mode), pace.party("subject"), pace.party("project")
        if day is None or not since <= day <= until or gap is None or organ is None or pace.state in LEFT_OUT:
            continue
        text = f"{organ.name}“{named(pace)}”执行进度差额 {gaps.told(gap)}"
        found.append(Fact("budget.gap", organ, day, text, gap, pace.id, about=project))
    for review in records.matters(code, "review", party=subject, relation=relation):
        day, organ = review.done_on("conclude"), review.party("subject")
        if day is None or organ is None or not since <= day <= until:
            continue
        for finding in review.children("finding"):
            amount = finding.payload.get("amount")
            if finding.state == "not_accepted" and amount is not None:
                number = leaf("核减(万元)", amount, [cite_matter(finding.id, finding.title)])
                text = f"{organ.name}“{named(finding)}”情况说明不成立、不充分,核减预算 {plain(amount)} 万元"
                found.append(Fact("budget.cut", organ, day, text, number, finding.id, about=finding.party("project")))
    return found


def _paces(code: str, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Matter]:
    """A unit's paces, or those of all quarters told in the time: years of others' need not be read."""
    if subject is not None:
        return records.matters(code, "pace", party=subject, relation="subject")
    told = [(quarter, quarter.done_on("circulate")) for quarter in records.matters(code, "quarter")]
    within = [quarter for quarter, day in told if day is not None and since <= day <= until]
    return [pace for quarter in within for pace in quarter.children("pace")]


def section(code: str, title: str, mode: str, subject: Party, records: Records) -> Section | None:
    """A unit's warnings and cuts."""
    if subject.noun != "organ":
        return None
    warned = {pace.id for pace in _paces(code, subject, date.min, date.max, records) if pace.state in WARNED}
    told = facts(code, mode, subject, date.min, date.max, records)
    kept = [fact for fact in told if fact.code == "budget.cut" or fact.matter in warned]
    cuts = [fact.number for fact in kept if fact.code == "budget.cut" and fact.number is not None]
    entries = [Entry(fact.day, fact.text, fact.matter) for fact in sorted(kept, key=lambda fact: fact.day)]
    return Section(title, entries, [total("核减合计(万元)", *cuts)] if cuts else []) if entries else None


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """For each quarter told in the time its table; for each year its bands and its reviews."""
    found = []
    years: dict[int, list[Matter]] = {}
    for quarter in records.matters(code, "quarter"):
        day = quarter.done_on("circulate")
        if day is not None and since <= day <= until:
            found.append(_table(quarter, params))
            years.setdefault(quarter.payload["year"], []).append(quarter)
    for year, quarters in years.items():
        found.append(_bands(year, quarters, params))
        reviewed = [review for quarter in quarters for review in quarter.children("review")]
        if reviewed:
            found.append(_reviews(year, reviewed, params.published))
    return found


def _table(quarter: Matter, params: Any) -> Sheet:
    rows = []
    for pace in quarter.children("pace"):
        gap, organ = gaps.of_pace(pace, params.mode), pace.party("subject")
        held = pace.payload
        shown: Any = gaps.NO_BUDGET if gap is None else rounded(gap, 2, label="差额")
        band = held["band"] if pace.state != "exempt" else "不计预警"
        rows.append((organ and organ.name, named(pace), held["planned"], _paid(pace), shown, band))
    columns = ("预算单位", "项目", "计划进度(%)", "累计支出(元)", "差额", "预警档次")
    number = f"{quarter.payload['year']}q{quarter.payload['quarter']}"
    title = f"{called(quarter)}预算执行进度通报"
    return Sheet(
        f"pace_{number}",
        title,
        columns,
        rows,
        chart=(1, 4),
        public=params.published,
        public_reason="the district publishes the pace of its budget",
    )


def _paid(pace: Matter) -> str:
    return plain(pace.payload["paid"])


def _bands(year: int, quarters: Sequence[Matter], params: Any) -> Sheet:
    labels = [gaps.FINE, *(band["label"] for band in params.bands)]
    rows: list[tuple[Any, ...]] = []
    for quarter in quarters:
        paces = [pace for pace in quarter.children("pace") if pace.state not in LEFT_OUT]
        for label in labels:
            held = [f"{pace.title} #{pace.id}" for pace in paces if pace.payload["band"] == label]
            rows.append((f"{within_year(quarter)} {label}", counted(label, held)))
    title = f"{year} 年预算执行进度预警档次"
    return Sheet(
        f"bands_{year}",
        title,
        ("季度和档次", "项目数"),
        rows,
        chart=(0, 1),
        public=params.published,
        public_reason="the district publishes the pace of its budget",
    )


def _reviews(year: int, reviews: Sequence[Matter], published: bool) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    refused: list[tuple[str, Matter]] = []
    for review in reviews:
        organ = review.party("subject")
        for finding in review.children("finding"):
            held = finding.payload
            conclusion = CONCLUSIONS.get(held.get("conclusion", ""), "待合议")
            amount = held.get("amount") or Decimal(0)
            rows.append((organ and organ.name, named(finding), conclusion, amount))
            if finding.state == "not_accepted" and organ is not None:
                refused.append((organ.name, finding))
    figures: list[Explained] = [
        counted("专项评审单位", [review.title for review in reviews]),
        counted("说明不成立、不充分的项目", [f"{finding.title} #{finding.id}" for _, finding in refused]),
        counted("所涉部门", dict.fromkeys(name for name, _ in refused)),
        total("核减预算(万元)", *(leaf(finding.title, finding.payload["amount"]) for _, finding in refused)),
    ]
    columns = ("单位", "项目", "对情况说明的认定", "核减(万元)")
    return Sheet(
        f"reviews_{year}",
        f"{year} 年预算执行专项评审",
        columns,
        rows,
        figures,
        chart=(1, 3),
        public=published,
        public_reason="the district publishes the pace of its budget",
    )
