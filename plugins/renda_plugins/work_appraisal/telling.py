"""What is told of appraisals: twice satisfied or why not, the term's table, facts about the head."""

from __future__ import annotations

from collections import defaultdict
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
    condition,
    counted,
    leaf,
    met,
    percent,
    ratio,
)

from .appraisals import STATES

COLUMNS = ("年度", "单位", "评议工作", "问题", "评议意见", "定性测评", "整改报告表决", "双满意", "状态")


def twice_satisfied(matter: Matter) -> Explained | None:
    """Whether both measurements were satisfied; None until the first was taken."""
    held = matter.payload
    if "quality_grade" not in held:
        return None
    cites = [cite_matter(matter.id, matter.title)]
    conditions = [
        condition(label, leaf(label, held.get(entry, ""), cites), "==", held["satisfied"])
        for label, entry in (("定性测评", "quality_grade"), ("整改报告表决", "result_grade"))
        if entry in held
    ]
    return met("双满意" if len(conditions) > 1 else "定性测评满意", *conditions)


def sheet(code: str, term_since: date, until: date, records: Records) -> Sheet:
    """The appraisals of the term up to ``until``: how many organs, problems and items, and twice satisfied years running."""
    appraisals = [each for each in records.matters(code, "appraisal", since=term_since, until=until) if _counts(each)]
    problems = [problem for each in appraisals for problem in each.children("problem")]
    opinions = [opinion for each in appraisals for opinion in each.children("opinion")]
    over = [each for each in appraisals if each.state in {"closed", "escalated"}]
    satisfied = [each for each in over if _both(each)]
    share = ratio("占比", _count("双满意", satisfied), _count("办结", over))
    figures = [
        counted("被评议单位", [party.key for each in over for party in each.all_parties("assignee")]),
        _count("原话反馈的问题", [each for each in problems if each.parent in over]),
        _count("评议意见", [each for each in opinions if each.parent in over]),
        percent(share, 1, label="双满意率"),
        counted("连续双满意年数", _running(over)),
    ]
    return Sheet(
        "appraisals",
        "专项工作评议",
        COLUMNS,
        [_row(each) for each in appraisals],
        figures,
        public=True,
        public_reason="the committee announces how work was appraised",
    )


def _counts(matter: Matter) -> bool:
    return matter.state != "cancelled"


def _both(matter: Matter) -> bool:
    held = matter.payload
    return [held.get(name) for name in ("quality_grade", "result_grade")] == [held["satisfied"]] * 2


def _running(over: list[Matter]) -> list[str]:
    """The latest years, without a gap, in which every appraisal was twice satisfied."""
    by_year: dict[int, list[bool]] = defaultdict(list)
    for each in over:
        by_year[each.payload["meeting_on"].year].append(_both(each))
    found: list[str] = []
    year = max(by_year, default=0)
    while all(by_year.get(year, [False])):
        found.append(str(year))
        year -= 1
    return found


def _count(label: str, matters: list[Matter]) -> Explained:
    return counted(label, [str(each.id) for each in matters])


def _row(matter: Matter) -> tuple[Any, ...]:
    held, organ = matter.payload, matter.party("assignee")
    grades = (held.get("quality_grade", ""), held.get("result_grade", ""))
    both = ("是" if _both(matter) else "否") if matter.state in {"closed", "escalated"} else ""
    numbers = (len(matter.children("problem")), len(matter.children("opinion")))
    names = (held["meeting_on"].year, "" if organ is None else organ.name, held["topic"])
    return (*names, *numbers, *grades, both, STATES[matter.state])


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``appraisal.result``: how the work was measured, about the head, on the day of the count."""
    told = []
    for matter in records.matters(code, "appraisal", party=subject, relation=None if subject is None else "subject"):
        head, day = matter.party("subject"), matter.done_on("measured")
        if head is not None and day is not None and since <= day <= until and _counts(matter):
            grade = leaf("定性测评", matter.payload["quality_grade"], [cite_matter(matter.id, matter.title)])
            text = f"“{matter.payload['topic']}”专项工作评议定性测评:{matter.payload['quality_grade']}"
            told.append(Fact("appraisal.result", head, day, text, grade, matter.id))
    return told


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An organ's or its head's appraisals."""
    relation = "assignee" if subject.noun == "organ" else "subject"
    entries = [
        Entry(each.opened_on, f"{each.payload['topic']}:{_said(each)}", each.id)
        for each in records.matters(code, "appraisal", party=subject, relation=relation)
    ]
    return Section(title, entries) if entries else None


def _said(matter: Matter) -> str:
    held = matter.payload
    if matter.state == "closed":
        return f"定性测评{held['quality_grade']},整改报告{held['result_grade']}"
    return STATES[matter.state]
