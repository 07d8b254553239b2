"""What stands in the way: conflicts of interest, steps not done, days not over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from renda import Explained, Matter, Party, Records, RendaError, Turn, declare, rounded

from .forms import QUALITY
from .params import due_in

declare(
    {
        "report_review.no_post": "{name} 当日没有任职,不能列为报告人。",
        "report_review.own_review": "{name} 任职的{organ}自行评阅、报送备案,不列入本评阅。",
        "report_review.not_in_group": "{name} 不是本次评阅专班的成员。请在专班成员里选人。",
        "report_review.same_organ": "{name} 在{organ}任职,不能评阅本单位负责人的报告。",
        "report_review.own_report": "{name} 不能评阅自己的报告。",
        "report_review.conflict": "{name} 已申明回避({why}),不能评阅这份报告。",
        "report_review.other_organ": "{name} 不在{organ}任职,不能接替这份报告。",
        "report_review.marks": "打分应逐项给出:{wanted};现为:{given}。",
        "report_review.mark": "“{mark}”应打 0 至 {most} 分,现为 {given}。",
        "report_review.verdict": "评阅平均分 {mean},合格线 {mark},评定为“{quality}”与分数不符。请写明评定理由。",
        "report_review.merge_into": "只能并入同一份报告的另一条仍要整改的问题。",
        "report_review.not_a_filing_organ": "{organ} 不在自行评阅、报送备案的机关之列:{allowed}。",
        "report_review.reviewed": "评阅人数应大于 0,现为 {given}。",
    }
)
declare(
    {
        "report_review.second_review": "{year} 年度的评阅已经开展(事项 {number})。请在那里继续。",
        "report_review.named_twice": "{name} 已经是本次评阅的报告人。",
        "report_review.reading_twice": "{name} 已经在审阅这份报告。",
        "report_review.not_in_phase": "现在是“{phase}”,这一步要在“{wanted}”办理。",
        "report_review.too_few_readers": "还不能开始审阅:{title} 只有 {given} 人审阅,至少要 {least} 人。",
        "report_review.unread": "还不能集中评阅:{title} 尚未交审阅意见。",
        "report_review.too_few_checks": "延伸评阅只做了 {given} 份,至少要 {least} 份。",
        "report_review.not_late": "报送截止日是 {due},今天是 {day},还没有逾期。",
        "report_review.not_reminded": "要先催报,仍不报送的才作未报处理。",
        "report_review.not_measured": "还没有登记常委会组成人员的满意评价。",
        "report_review.still_in_post": "{name} 今天仍在{organ}任职,不能作离任处理。",
        "report_review.time_left": "整改期限到 {due},今天是 {day},还不能认定未整改。",
        "report_review.filed_twice": "{organ} 已就本年度报送备案(事项 {number})。",
    },
    status=409,
)


def second_review(code: str, year: int, records: Records) -> None:
    """Refuse to review a year's reports twice."""
    for other in records.matters(code, "review"):
        if other.payload.get("year") == year:
            raise RendaError("report_review.second_review", year=year, number=other.id)


def organ_of_reporter(review: Matter, number: int, turn: Turn, filing_organs: Sequence[str]) -> Party:
    """The organ an official answers for; refuses one without a post, of an organ that reviews itself, named before."""
    person = turn.records.party("official", number)
    post = turn.records.post(number, turn.day)
    if post is None:
        raise RendaError("report_review.no_post", name=person.name)
    if post[1].name in filing_organs:
        raise RendaError("report_review.own_review", name=person.name, organ=post[1].name)
    for other in review.children("report"):
        if other.payload.get("official") == number and other.state != "ended":
            raise RendaError("report_review.named_twice", name=person.name)
    return post[1]


def phase(matter: Matter, states: Mapping[str, str], *wanted: str) -> None:
    """Refuse outside the phases of the review around a report, a reading or a problem."""
    review = matter
    while review.parent is not None:
        review = review.parent
    if review.state not in wanted:
        words = "、".join(states[each] for each in wanted)
        raise RendaError("report_review.not_in_phase", phase=states[review.state], wanted=words)


def conflict(report: Matter, number: int, turn: Turn) -> None:
    """Refuse a reader outside the group, of the same organ, declared conflicted, or named before."""
    reader = turn.records.party("person", number)
    review = report.parent
    assert review is not None, "a report lies in a review"
    if number not in {review.payload["leader"], *review.payload["members"]}:
        raise RendaError("report_review.not_in_group", name=reader.name)
    if number == report.payload["official"]:
        raise RendaError("report_review.own_report", name=reader.name)
    organ = report.party("assignee")
    if organ is not None and organ in [where for _, where in turn.records.posts(number, turn.day)]:
        raise RendaError("report_review.same_organ", name=reader.name, organ=organ.name)
    for declared in review.payload.get("conflicts", ()):
        if (declared["conflicted"], declared["about"]) == (number, report.payload["official"]):
            raise RendaError("report_review.conflict", name=reader.name, why=declared["conflict"])
    if any(each.payload.get("reader") == number and each.state != "excused" for each in report.children("reading")):
        raise RendaError("report_review.reading_twice", name=reader.name)


def readers(reports: Iterable[Matter], least: int) -> None:
    """Refuse while a report that came in has too few readers."""
    for report in reports:
        given = sum(each.state != "excused" for each in report.children("reading"))
        if report.state == "submitted" and given < least:
            raise RendaError("report_review.too_few_readers", title=report.title, given=given, least=least)


def unread(reports: Iterable[Matter]) -> None:
    """Refuse while a reader has not handed in."""
    for report in reports:
        for reading in report.children("reading"):
            if reading.state == "assigned" and report.state != "ended":
                raise RendaError("report_review.unread", title=reading.title)


def checks(reports: Iterable[Matter], least: int) -> None:
    """Refuse while fewer reports than the rule asks for were looked into on the spot."""
    given = sum(each.done_on("check_further") is not None for each in reports)
    if given < least:
        raise RendaError("report_review.too_few_checks", given=given, least=least)


def marks(given: Sequence[Mapping[str, Any]], sheet: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a sheet with a line too many or too few, or more points than a line gives."""
    labels = {mark["code"]: mark["label"] for mark in sheet}
    named = [line["mark"] for line in given]
    if sorted(named) != sorted(labels):
        said = "、".join(labels[code] for code in named) or "—"
        raise RendaError("report_review.marks", wanted="、".join(labels.values()), given=said)
    points_of = {line["mark"]: line["points"] for line in given}
    for mark in sheet:
        points = points_of[mark["code"]]
        if not 0 <= points <= mark["most"]:
            raise RendaError("report_review.mark", mark=mark["label"], most=mark["most"], given=points)


def verdict(judgement: Mapping[str, Any], given: Explained, pass_mark: Any) -> None:
    """Refuse a verdict the readers' marks do not bear out where no grounds are written."""
    borne_out = (judgement["quality"] == "qualified") == bool(given.value >= pass_mark)
    if not borne_out and not judgement.get("quality_grounds"):
        label, shown = QUALITY[judgement["quality"]], rounded(given, 1).value
        raise RendaError("report_review.verdict", quality=label, mean=shown, mark=pass_mark)


def not_late(due: date, turn: Turn) -> None:
    """Refuse to press for a report that is not late yet."""
    if turn.day <= due:
        raise RendaError("report_review.not_late", due=due, day=turn.day)


def in_post(report: Matter, number: int, turn: Turn, *, wanted: bool) -> None:
    """Refuse a successor who holds no post in the organ, and the departure of somebody who still does."""
    person, organ = turn.records.party("official", number), report.party("assignee")
    holds = organ in [where for _, where in turn.records.posts(number, turn.day)]
    name = "" if organ is None else organ.name
    if wanted and not holds:
        raise RendaError("report_review.other_organ", name=person.name, organ=name)
    if not wanted and holds:
        raise RendaError("report_review.still_in_post", name=person.name, organ=name)


def merge(problem: Matter, into: int) -> None:
    """Refuse to merge into itself, another report's problem, or one that no longer counts."""
    others = () if problem.parent is None else problem.parent.children("problem")
    if not any(each.id == into != problem.id and each.state not in {"merged", "withdrawn"} for each in others):
        raise RendaError("report_review.merge_into")


def filing(review: Matter, entries: Mapping[str, Any], turn: Turn, allowed: Sequence[str]) -> None:
    """Refuse an organ that does not review itself, a second filing, a review of nobody."""
    organ = turn.records.party("organ", entries["organ"])
    if organ.name not in allowed:
        raise RendaError("report_review.not_a_filing_organ", organ=organ.name, allowed="、".join(allowed))
    if entries["reviewed"] < 1:
        raise RendaError("report_review.reviewed", given=entries["reviewed"])
    for other in review.children("filing"):
        if other.payload.get("organ") == organ.id:
            raise RendaError("report_review.filed_twice", organ=organ.name, number=other.id)


def due_day(year: int, entries: Mapping[str, Any], written: str) -> date:
    """The day reports are due: the one the plan gives, else the district's in the year after."""
    given: date | None = entries.get("due") or due_in(written, year + 1)
    assert given is not None, "checked when the file was read"
    return given
