"""What is told of graded projects: facts for the negative list, a department's page, the year's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from renda import Entry, Explained, Fact, Matter, Party, Records, Section, Sheet, cite_matter, counted, leaf, rounded

from .totals import grade, of_project


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``project.grade`` with the grade as its number, and ``project.slow``, on the day a project was graded."""
    found = []
    relation = None if subject is None else "subject"
    for matter in records.matters(code, "evaluation", party=subject, relation=relation):
        day, organ, project = matter.done_on("settle"), matter.party("subject"), matter.party("project")
        if day is None or organ is None or not since <= day <= until:
            continue
        given = matter.payload["grade"]
        number = leaf("等次", given, [cite_matter(matter.id, matter.title)])
        text = f"{matter.title}绩效评价等次为“{given}”"
        found.append(Fact("project.grade", organ, day, text, number, matter.id, about=project))
        if matter.payload.get("slow"):
            text = f"{matter.title}推进明显慢于计划"
            found.append(Fact("project.slow", organ, day, text, None, matter.id, about=project))
    return found


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """A department's graded projects."""
    if subject.noun != "organ":
        return None
    told = facts(code, subject, date.min, date.max, records)
    return Section(title, [Entry(fact.day, fact.text, fact.matter) for fact in told]) if told else None


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """For each year's evaluation reported in the time: totals with a picture, grades, how many of each."""
    return [
        _table(each, params)
        for each in records.matters(code, "round", states=("closed",))
        if (day := each.done_on("report_round")) is not None and since <= day <= until
    ]


def _table(held: Matter, params: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    evaluations = held.children("evaluation")
    for each in evaluations:
        found, organ = of_project(each, params), each.party("subject")
        assert found is not None
        slow = "是" if each.payload.get("slow") else "否"
        rows.append((each.title, organ and organ.name, rounded(found, 2, label="综合得分"), grade(found, params), slow))
    figures: list[Explained] = [counted("评价项目", _named(evaluations))]
    for step in params.grades:
        some = [each for each in evaluations if each.payload["grade"] == step["grade"]]
        figures.append(counted(f"等次为{step['grade']}", _named(some)))
    year = held.payload["year"]
    columns = ("项目", "主管部门", "综合得分", "等次", "推进较差")
    title = f"{year} 年度重点项目绩效评价"
    return Sheet(
        f"performance_{year}",
        title,
        columns,
        rows,
        figures,
        chart=(0, 2),
        public=params.published,
        public_reason="the district publishes evaluations of projects",
    )


def _named(evaluations: Sequence[Matter]) -> list[str]:
    return [f"{each.title} #{each.id}" for each in evaluations]
