"""What is told of the reports: who was late, how each was measured, the year in figures, the draw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from renda import (
    Actor,
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    counted,
    outcomes,
    percent,
    ratio,
)

GONE = ("missing", "excused")
WAYS = {True: "口头", False: "书面"}


def satisfied_rate(report: Matter) -> Explained | None:
    """满意 and 基本满意 of the ballot, in per cent of its base; None before it and where only its grade is told."""
    return outcomes.satisfied_rate(report.payload.get("figures"), report)


def on_time_rate(around: Matter) -> Explained | None:
    """How many of those who had to report did so in time; None until the meeting, when the count is complete."""
    if around.state not in {"sitting", "voting", "closed"}:
        return None
    owed = [each for each in around.children("report") if each.state != "excused"]
    return percent(ratio("按时提交率", _of("按时提交", owed, _in_time), _of("应提交", owed)), 1)


def _in_time(report: Matter) -> bool:
    submitted, due = report.payload.get("submitted_on"), report.payload.get("due")
    return submitted is not None and (due is None or submitted <= due)


def _of(label: str, reports: Sequence[Matter], test: Any = None) -> Explained:
    return counted(label, [each.title for each in reports if test is None or test(each)])


def late(report: Matter, first_quarter: bool, until: date) -> tuple[date, int | None] | None:
    """The day it became known that a report is late, and by how many days it came late; None where it is not."""
    submitted, due, around = report.payload.get("submitted_on"), report.payload.get("due"), report.parent
    if due is None and first_quarter and around is not None:
        due = date(around.payload["year"] + 1, 3, 31)
    if due is None or report.state == "excused":
        return None
    if submitted is not None:
        return (submitted, (submitted - due).days) if submitted > due else None
    return (due + timedelta(days=1), None) if until > due else None


def facts(practice: Any, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``duty_report.late`` and ``appraisal.result``, both about the person."""
    found = []
    for each in records.matters(practice.code, "report", party=subject):
        official = each.party("subject")
        if official is None or subject not in {None, official}:
            continue
        overdue = late(each, practice.params.due == "first_quarter", until)
        if overdue is not None and since <= overdue[0] <= until:
            said = "逾期未提交" if overdue[1] is None else f"迟交 {overdue[1]} 天"
            found.append(Fact("duty_report.late", official, overdue[0], f"履职情况报告{said}", None, each.id))
        day, rate = each.done_on("record_measurement"), satisfied_rate(each)
        if day is not None and since <= day <= until:
            share = "" if rate is None else f",满意和基本满意率 {rate.value}%"
            said = f"述职测评:{each.payload['outcome']}{share}"
            found.append(Fact("appraisal.result", official, day, said, rate, each.id))
    return found


def section(practice: Any, subject: Party, records: Records) -> Section | None:
    """An official's years of reporting on the official's page."""
    if subject.noun != "person":
        return None
    entries, figures = [], []
    for each in records.matters(practice.code, "report", party=subject, relation="subject"):
        if each.parent is None:
            continue
        year, way, rate = each.parent.payload["year"], WAYS[bool(each.payload.get("oral"))], satisfied_rate(each)
        state = practice.kind("report").states[each.state]
        told = state if rate is None else f"测评{each.payload['outcome']},{rate.value}%"
        entries.append(Entry(each.opened_on, f"{year} 年度{way}述职:{told}", each.id))
        figures += [] if rate is None else [rate]
    return Section(practice.title, entries, figures) if entries else None


def insiders_only(matter: Matter, viewer: Actor) -> bool | None:
    """A draw is for everybody; a report, and the year that sums the reports up, is not for other departments."""
    if matter.kind == "draw":
        return True
    if viewer.roles & {"clerk", "chair", "auditor", "system", "member", "deputy"}:
        return None
    reports = matter.children("report") if matter.kind == "round" else [matter]
    return any(report.relations_of(viewer) & {"subject", "assignee"} for report in reports)


def sheets(practice: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """The years, the results of each person, and each draw in its order; all are published."""
    rounds = [each for each in records.matters(practice.code, "round", since=since, until=until) if _stands(each)]
    if not rounds:
        return []
    drawn = [(each, draw) for each in rounds for draw in each.children("draw") if draw.payload.get("transcript")]
    draws = [_draw(each, draw) for each, draw in drawn if draw.state != "void"]
    return [_years(rounds), _results(rounds, outcomes.levels_of(practice.params.measurement)), *draws]


def _stands(around: Matter) -> bool:
    return around.state != "cancelled"


def _years(rounds: Sequence[Matter]) -> Sheet:
    columns = ("年度", "应提交", "已提交", "按时提交", "口头述职", "只作书面述职", "测评", "按时提交率")
    rows, figures = [], []
    for each in rounds:
        owed = [report for report in each.children("report") if report.state != "excused"]
        given = [report for report in owed if report.payload.get("submitted_on")]
        figures = [
            _of("应提交", owed),
            _of("已提交", given),
            _of("按时提交", owed, _in_time),
            _of("口头述职", given, _oral),
            _of("只作书面述职", given, lambda report: not _oral(report)),
            _of("测评", given, lambda report: report.done_on("record_measurement")),
        ]
        rows.append([f"{each.payload['year']}", *figures, on_time_rate(each) or ""])
    # The figures above the table are those of the last year in it.
    return Sheet(
        "duty_report_years",
        "述职历年情况",
        columns,
        rows,
        figures,
        chart=(0, 6),
        public=True,
        public_reason="the committee publishes who reported and in time",
    )


def _oral(report: Matter) -> bool:
    return bool(report.payload.get("oral"))


def _results(rounds: Sequence[Matter], levels: Sequence[str]) -> Sheet:
    rows = []
    for around in rounds:
        measured = [each for each in around.children("report") if each.done_on("record_measurement")]
        for each in sorted(measured, key=lambda one: not _oral(one)):
            votes: Sequence[Any] = outcomes.counts_of(each.payload["figures"], levels) or [None] * len(levels)
            rows.append([f"{around.payload['year']}", each.title, WAYS[_oral(each)], *votes, satisfied_rate(each)])
    columns = ("年度", "述职人员", "方式", *levels, "满意和基本满意率")
    return Sheet(
        "duty_report_results",
        "述职测评结果",
        columns,
        rows,
        chart=(1, len(columns) - 1),
        public=True,
        public_reason="the committee announces how reports were measured",
    )


def _draw(around: Matter, draw: Matter) -> Sheet:
    record = json.loads(draw.payload["transcript"])
    named: dict[str, list[str]] = {code: rest for code, *rest in record["entrants"]}
    rows = []
    for place, code in enumerate(record["order"], 1):
        outcome = "抽中" if code in record["drawn"] else ""
        if code in record["replaced"]:
            outcome = f"抽中后替换:{record['replaced'][code]}"
        rows.append([place, code, *named[code], outcome])
    year = around.payload["year"]
    figures = [counted("抽签名单", list(named)), counted("抽中", record["drawn"])]
    columns = ("次序", "代码", *("姓名", "组别")[: len(rows[0]) - 3], "结果")
    return Sheet(
        f"duty_report_draw_{year}",
        f"{year} 年度口头述职人员抽签",
        columns,
        rows,
        figures,
        public=True,
        public_reason="a draw is held before everybody",
    )
