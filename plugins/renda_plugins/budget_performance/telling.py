"""What is told of the chain: facts, a department's page, the table of both evaluations, the monitors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
    percent,
    ratio,
    rounded,
)

from . import totals
from .chain import MONITORING


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``project.grade`` when a conclusion is drawn; ``evaluation.only_form`` when the signs were found."""
    found = []
    relation = None if subject is None else "subject"
    for item in records.matters(code, "item", party=subject, relation=relation):
        organ, project = item.party("subject"), item.party("project")
        day = item.done_on("conclude")
        if organ is not None and day is not None and since <= day <= until:
            given = item.payload["grade"]
            number = leaf("等次", given, [cite_matter(item.id, item.title)])
            found.append(
                Fact("project.grade", organ, day, f"{item.title}绩效评价等次为“{given}”", number, item.id, project)
            )
        day = item.done_on("evaluate")
        if organ is not None and item.payload.get("only_form") and day is not None and since <= day <= until:
            gap = totals.gap(item.payload)
            text = f"{item.title}自评有流于形式的迹象,高出第三方 {rounded(gap, 2).value} 分"
            found.append(Fact("evaluation.only_form", organ, day, text, gap, item.id, project))
    return found


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """A department's evaluated projects."""
    if subject.noun != "organ":
        return None
    told = facts(code, subject, date.min, date.max, records)
    return Section(title, [Entry(fact.day, fact.text, fact.matter) for fact in told]) if told else None


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """For each budget year with conclusions in the time: both evaluations with a picture of the gaps; the monitors."""
    years: dict[int, list[Matter]] = {}
    watched: list[Matter] = []
    for item in records.matters(code, "item"):
        day = item.done_on("conclude")
        if day is not None and since <= day <= until:
            years.setdefault(item.payload["year"], []).append(item)
        watched += [each for each in item.children("monitoring") if since <= each.payload["as_of"] <= until]
    found = [_compared(year, items, params) for year, items in years.items()]
    return [*found, _monitored(watched)] if watched else found


def _compared(year: int, items: Sequence[Matter], params: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for item in items:
        held, organ = item.payload, item.party("subject")
        own, other = totals.of("部门自评", held["own_points"]), totals.of("第三方评价", held["other_points"])
        flagged = totals.only_form(held, params)
        row = (item.title, organ and organ.name, own, other, totals.gap(held), totals.grade(held, params), flagged)
        rows.append(row)
    every = counted("评价项目", _named(items))
    formal = counted("自评流于形式的项目", _named([item for item in items if item.payload.get("only_form")]))
    figures: list[Explained] = [every, formal, percent(ratio("占比", formal, every), 1, label="自评流于形式的比例")]
    columns = ("项目", "部门", "部门自评", "第三方评价", "自评减第三方", "等次", "自评流于形式")
    title = f"{year} 年度预算绩效自评与第三方评价"
    return Sheet(
        f"compared_{year}",
        title,
        columns,
        rows,
        figures,
        chart=(0, 4),
        public=params.published,
        public_reason="the district publishes evaluations of budget projects",
    )


def _monitored(watched: Sequence[Matter]) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for each in watched:
        goal, spent = totals.deviations(each.payload)
        title = "" if each.parent is None else each.parent.title
        rows.append((each.payload["as_of"], title, goal, spent, MONITORING[each.state]))
    columns = ("日期", "项目", "目标偏离(百分点)", "执行偏离(百分点)", "状态")
    return Sheet("monitors", "绩效目标和预算执行双监控", columns, rows, chart=(1, 3))


def _named(items: Sequence[Matter]) -> list[str]:
    return [f"{item.title} #{item.id}" for item in items]
