"""The four rates, each over its own denominator, and what else is told of a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    counted,
    gathered,
    leaf,
    mean,
    percent,
    ratio,
    total,
)

from .forms import QUALITY
from .params import USES
from .problems import STATES as PROBLEM_STATES

ON_TIME, QUALIFIED, RECTIFIED, SATISFIED = "按时报送率", "质量合格率", "问题整改率", "代表满意率"
RATE_COLUMNS = ("指标", "分子", "分母", "比率")
PROBLEM_COLUMNS = ("单位", "报告人", "序号", "问题", "整改措施", "整改日期", "状态")
LEFT_OUT = ("merged", "withdrawn")


@dataclass(frozen=True)
class Inside:
    """The reports of a review that count (those of officials who left do not), their readings and problems."""

    reports: tuple[Matter, ...]
    readings: tuple[Matter, ...]
    problems: tuple[Matter, ...]


def inside(review: Matter) -> Inside:
    """All that lies in a review, read with one query for each kind."""
    reports = tuple(each for each in review.children("report") if each.state != "ended")
    numbers = {each.id for each in reports}

    def of(kind: str) -> tuple[Matter, ...]:
        found = () if review.records is None else review.records.matters(review.practice, kind, since=review.opened_on)
        return tuple(each for each in found if each.parent is not None and each.parent.id in numbers)

    return Inside(reports, of("reading"), of("problem"))


def on_time(report: Matter, due: date) -> bool:
    """Whether the report first came in by the due day; what was rewritten later keeps that day."""
    first = report.payload.get("first_submitted_on")
    return first is not None and first <= due


def four(review: Matter) -> list[Explained]:
    """按时报送率 on time / due, 质量合格率 qualified / received, 问题整改率 confirmed / listed, 代表满意率 satisfied / asked."""
    held, digits = inside(review), review.payload["digits"]
    received = [each for each in held.reports if "first_submitted_on" in each.payload]
    listed = [each for each in held.problems if each.state not in LEFT_OUT]
    rated = [each for each in held.readings if each.state == "rated"]
    timely = [each for each in held.reports if on_time(each, review.payload["due"])]
    good = [each for each in received if each.payload.get("quality") == "qualified"]
    done = [each for each in listed if each.state == "confirmed"]
    content = [each for each in rated if each.payload["verdict"] == "satisfied"]
    satisfied = total("满意", _count("评阅人满意", content), _sum("组成人员满意", held.reports, "satisfied"))
    asked = total("参加评价", _count("评阅人", rated), _sum("组成人员", held.reports, "asked"))
    shares = (
        (ON_TIME, _count("按时报送", timely), _count("应报送", held.reports)),
        (QUALIFIED, _count("合格", good), _count("收到", received)),
        (RECTIFIED, _count("整改到位", done), _count("列入清单", listed)),
        (SATISFIED, satisfied, asked),
    )
    return [percent(ratio("占比", part, whole), digits, label=label) for label, part, whole in shares]


def of_review(review: Matter) -> Explained:
    """The four rates side by side."""
    return gathered(f"{review.payload['year']} 年度四率", *four(review))


def of_reading(reading: Matter, sheet: Sequence[Any]) -> Explained:
    """What a reader gives a report: the sum of the sheet's lines."""
    given = {line["mark"]: line["points"] for line in reading.payload["given"]}
    return total("评阅得分", *(leaf(mark["label"], given[mark["code"]]) for mark in sheet))


def of_report(report: Matter, sheet: Sequence[Any]) -> Explained | None:
    """The mean of what its readers gave it; None while nobody has read it or it is not judged yet."""
    return mean_of(report, sheet) if report.state in {"judged", "rectifying", "settled"} else None


def mean_of(report: Matter, sheet: Sequence[Any]) -> Explained | None:
    """The mean of what its readers gave a report; None while nobody has read it."""
    read = [each for each in report.children("reading") if "given" in each.payload]
    return mean("评阅平均分", *(of_reading(each, sheet) for each in read)) if read else None


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``report.late``, ``report.unqualified`` and ``report.problem_open``, all about the official who reports."""
    told: list[Fact] = []
    for report in records.matters(code, "report"):
        about, review = report.party("subject"), report.parent
        if about is None or review is None or report.state == "ended" or (subject is not None and about != subject):
            continue
        due, year = review.payload["due"], review.payload["year"]
        if not on_time(report, due):
            came = report.payload.get("first_submitted_on")
            how = "没有报送" if came is None else f"迟至 {came} 才报送"
            told.append(Fact("report.late", about, due + timedelta(1), f"{year} 年度履职报告{how}", None, report.id))
        judged = report.done_on("judge")
        if judged is not None and report.payload.get("quality") == "unqualified":
            told.append(Fact("report.unqualified", about, judged, f"{year} 年度履职报告不合格", None, report.id))
        told += _open_problems(about, report)
    return [fact for fact in told if since <= fact.day <= until]


def _open_problems(about: Party, report: Matter) -> Iterable[Fact]:
    for problem in report.children("problem"):
        day = problem.done_on("give_up")
        if problem.state == "unresolved" and day is not None:
            text = f"履职报告评阅的问题没有按期整改:{problem.payload['text']}"
            yield Fact("report.problem_open", about, day, text, None, problem.id)


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An official's or an organ's reports: when they came, how they were judged, what was made of them."""
    relation = "assignee" if subject.noun == "organ" else "subject"
    entries = []
    for report in records.matters(code, "report", party=subject, relation=relation):
        review = report.parent
        if review is not None:
            entries.append(Entry(review.opened_on, f"{review.payload['year']} 年度:{_said(report, review)}", report.id))
    return Section(title, entries) if entries else None


def _said(report: Matter, review: Matter) -> str:
    held = report.payload
    words = ["按时报送" if on_time(report, review.payload["due"]) else "未按时报送"]
    if "quality" in held:
        words.append(QUALITY[held["quality"]])
    problems = [each for each in report.children("problem") if each.state not in LEFT_OUT]
    if problems:
        words.append(f"问题 {len(problems)} 条,整改到位 {sum(each.state == 'confirmed' for each in problems)} 条")
    words += [USES[use] for use in held.get("used", ())]
    return "离任终结" if report.state == "ended" else ";".join(words)


def sheets(code: str, since: date, until: date, records: Records) -> list[Sheet]:
    """For each review begun in the time: its four rates with a picture, and its list of problems."""
    found = []
    for review in records.matters(code, "review", since=since, until=until):
        year, held, rates = review.payload["year"], inside(review), four(review)
        rows: list[tuple[Any, ...]] = [(rate.label, *rate.parts[0].parts, rate) for rate in rates]
        found.append(Sheet(f"rates_{year}", f"{year} 年度四率表", RATE_COLUMNS, rows, rates, chart=(0, 3)))
        listed = [_line(each) for each in held.problems]
        found.append(Sheet(f"problems_{year}", f"{year} 年度问题清单", PROBLEM_COLUMNS, listed))
    return found


def _line(problem: Matter) -> tuple[Any, ...]:
    organ, official = problem.party("assignee"), problem.party("subject")
    held = problem.payload
    names = ("" if organ is None else organ.name, "" if official is None else official.name)
    done = problem.done_on("rectify")
    return (*names, held["number"], held["text"], held.get("measure", ""), done, PROBLEM_STATES[problem.state])


def _count(label: str, matters: Iterable[Matter]) -> Explained:
    return counted(label, [str(each.id) for each in matters])


def _sum(label: str, reports: Iterable[Matter], entry: str) -> Explained:
    return leaf(label, sum(each.payload.get(entry, 0) for each in reports))
