"""What is told of state assets: facts, an organ's page, the accounts, the reports, the problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
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
    minus,
    percent,
    ratio,
    total,
)

from .problems import STATES
from .years import topic_label

TOLD = ("rectifying", "measuring", "measured", "closed")


def facts(practice: Any, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``audit.problem`` and ``assets.problem`` (who has to put it right), ``assets.overdue``, ``assets.late``."""
    every = records.matters(practice.code, "problem")
    found = [fact for each in every if each.payload.get("carried_from") is None for fact in _found(each)]
    found += [fact for each in every for fact in _overdue(each, until)]
    found += [fact for each in records.matters(practice.code, "year") for fact in _late(practice, each)]
    return [each for each in found if since <= each.day <= until and (subject is None or each.subject == subject)]


def _found(problem: Matter) -> Iterator[Fact]:
    organ, held = problem.party("assignee"), problem.payload
    if organ is not None:
        code = "audit.problem" if held["source"] == "audit" else "assets.problem"
        cites = cite_matter(problem.id, problem.title)
        number = None if held.get("amount") is None else leaf("涉及金额(万元)", held["amount"], cites)
        yield Fact(code, organ, problem.opened_on, problem.title, number, problem.id)


def _overdue(problem: Matter, until: date) -> Iterator[Fact]:
    organ, last = problem.party("assignee"), problem.payload["due"]
    if organ is not None and problem.state == "open" and last < until:
        text = f"国有资产问题“{problem.title}”到期没有整改"
        yield Fact("assets.overdue", organ, last + timedelta(days=1), text, None, problem.id)


def _late(practice: Any, year: Matter) -> Iterator[Fact]:
    last = practice.last_day(year)
    for relation, action, label in (("reporter", "report", "综合报告"), ("special", "report_special", "专项报告")):
        organ, day = year.party(relation), year.done_on(action)
        if organ is not None and day is not None and day > last:
            number = leaf("迟报天数", (day - last).days, cite_matter(year.id, year.title))
            text = f"{year.title}的{label}迟报 {(day - last).days} 天"
            yield Fact("assets.late", organ, day, text, number, year.id)


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """The problems an organ has to put right."""
    if subject.noun != "organ":
        return None
    found = records.matters(code, "problem", party=subject, relation="assignee")
    entries = [Entry(each.opened_on, f"{each.title}:{STATES[each.state]}", each.id) for each in found]
    return Section(title, entries) if entries else None


def rate(year: Matter) -> Explained | None:
    """The share of a year's problems that are put right, in per cent; None where there is none."""
    problems = year.children("problem")
    if not problems:
        return None
    done = _count("整改到位", [each for each in problems if each.state == "confirmed"])
    return percent(ratio("占比", done, _count("问题", problems)), 1, label="整改率")


def sheets(practice: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """The accounts and reports of the years reviewed in the time, and all problems of the time."""
    params = practice.params
    years = [
        each for each in records.matters(practice.code, "year")
        if each.state in TOLD and since <= (each.done_on("review") or date.max) <= until
    ]  # fmt: skip
    return [
        _accounts(years, params),
        _reports(years, params),
        _problems(practice.code, params, since, until, records),
    ]


def _accounts(years: Sequence[Matter], params: Any) -> Sheet:
    categories = {each["code"]: each for each in params.categories}
    rows: list[tuple[Any, ...]] = []
    figures = []
    for year in years:
        parts, unit = [], ""
        for account in year.children("account"):
            category, cites = categories[account.payload["category"]], cite_matter(account.id, account.title)
            measures = {each["code"]: each for each in category["measures"]}
            for each in account.payload["amounts"]:
                measure = measures[each["measure"]]
                closing = leaf("年末数", each["closing"], cites)
                grown = minus("增减", closing, leaf("年初数", each["opening"], cites))
                row = (year.payload["year"], category["label"], measure["label"], each["opening"], closing, grown)
                rows.append((*row, measure["unit"]))
                if each["measure"] == params.total_of:
                    parts.append(leaf(category["label"], each["closing"], cites))
                    unit = measure["unit"]
        figures.append(total(f"{year.payload['year']} 年末国有资产总额({unit})", *parts))
    columns = ("年度", "类别", "指标", "年初数", "年末数", "增减", "单位")
    return Sheet(
        "accounts",
        "国有资产账",
        columns,
        rows,
        figures,
        public=params.published,
        public_reason="the district publishes the account of state assets",
    )


def _reports(years: Sequence[Matter], params: Any) -> Sheet:
    rows = []
    for year in years:
        problems = year.children("problem")
        done = _count("整改到位", [each for each in problems if each.state == "confirmed"])
        topic = topic_label(params.categories, year.payload["topic"])
        told = (year.done_on("report"), topic, year.done_on("report_special") or "", year.done_on("review"))
        grade = year.payload.get("grade") or ""
        rows.append((f"{year.payload['year']} 年度", *told, _count("问题", problems), done, rate(year) or "", grade))
    figures = [_count("报告年度", years)]
    columns = ("年度", "综合报告", "专项主题", "专项报告", "审议", "问题", "整改到位", "整改率(%)", "整改测评")
    return Sheet(
        "reports",
        "国有资产管理情况报告",
        columns,
        rows,
        figures,
        public=params.published,
        public_reason="the district publishes its reports on state assets",
    )


def _problems(code: str, params: Any, since: date, until: date, records: Records) -> Sheet:
    labels = {each["code"]: each["label"] for each in params.categories}
    found = [each for each in records.matters(code, "problem") if since <= each.opened_on <= until]
    rows = [
        (each.id, each.title, labels[each.payload["category"]], getattr(each.party("assignee"), "name", ""),
         each.payload.get("amount", ""), each.payload["due"], STATES[each.state])
        for each in found
    ]  # fmt: skip
    done = [each for each in found if each.state == "confirmed"]
    figures = [
        _count("问题", found),
        _count("整改到位", done),
        total("挽回金额(万元)", *(_given(each, "recovered") for each in done)),
        total("建立制度(项)", *(_given(each, "rules") for each in done)),
    ]
    columns = ("编号", "问题", "类别", "整改单位", "涉及金额(万元)", "整改期限", "状态")
    return Sheet("problems", "国有资产问题和整改", columns, rows, figures)


def _given(problem: Matter, name: str) -> Explained:
    return leaf(problem.title, problem.payload.get(name) or Decimal(0), cite_matter(problem.id, problem.title))


def _count(label: str, matters: Sequence[Matter]) -> Explained:
    return counted(label, [f"{each.id}号" for each in matters])
