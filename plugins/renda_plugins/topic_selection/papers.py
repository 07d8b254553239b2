"""The documents of choosing, looking into and following up a topic, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Paper

from . import scoring


def plan(year_plan: Matter, params: Any) -> Paper:
    """To everybody: the topics of the year, as the law wants them published."""
    said = [
        f"{place}. {_organ(topic)}:{topic.payload['topic']}({_form(topic.payload['form'], params)},"
        f"{topic.payload['meeting_on']})"
        for place, topic in enumerate(scoring.taken(year_plan), 1)
    ]
    year = year_plan.payload["year"]
    first = f"主任会议审定 {year} 年度监督议题 {len(said)} 个。"
    return Paper("公告", f"{year} 年度监督工作计划", (first, *said), to=params.report_to, public=True)


def added(topic: Matter, chosen: Mapping[str, Any], params: Any) -> Paper:
    """To everybody: a topic taken up during the year."""
    text = (
        f"主任会议决定增列议题“{topic.payload['topic']}”({_organ(topic)}),"
        f"方式为{_form(chosen['form'], params)},拟于 {chosen['meeting_on']} 审议。"
    )
    return Paper("公告", "关于调整年度监督工作计划的公告", (text,), to=params.report_to, public=True)


def dropped(topic: Matter, why: str, params: Any) -> Paper:
    """To everybody: a topic taken out during the year, and why."""
    text = f"主任会议决定调出议题“{topic.payload['topic']}”({_organ(topic)})。理由:{why}。"
    return Paper("公告", "关于调整年度监督工作计划的公告", (text,), to=params.report_to, public=True)


def research_notice(topic: Matter) -> Paper:
    """To the organ: that it will be looked into."""
    text = f"根据年度监督工作计划,成立调研组就“{topic.payload['topic']}”开展调研。请予配合,如实提供情况。"
    return Paper("通知", "关于开展专题调研的通知", (text,), to=[_organ(topic)])


def opinion(topic: Matter, asked: Sequence[str], last: date) -> Paper:
    """To the organ: what the committee asks for, and until when it reports."""
    lines = [f"{place}. {text}" for place, text in enumerate(asked, 1)]
    first = (
        f"常委会会议听取和审议了“{topic.payload['topic']}”的报告,审议意见如下。请研究处理,于 {last} 以前书面报告结果。"
    )
    return Paper("函", "审议意见交办函", (first, *lines), to=[_organ(topic)])


def evaluation(topic: Matter, params: Any) -> Paper:
    """To the chairpersons' meeting: how well this supervision was done."""
    result = scoring.evaluation(topic)
    parts = "、".join(f"{part.label} {scoring.one_digit(part).value} 分" for part in result.parts[0].parts)
    grade = scoring.grade(result, {band["grade"]: band["lower"] for band in params.bands})
    text = f"“{topic.payload['topic']}”的监督工作评估为 {result.value} 分({grade.value}):{parts}。"
    return Paper("报告", "监督工作评估报告", (text,), to=["主任会议"])


def year(year_plan: Matter, params: Any) -> Paper:
    """To those the plan was reported to: what became of its topics."""
    done = [topic for topic in scoring.taken(year_plan) if topic.state == "evaluated"]
    lines = [f"{topic.payload['topic']}:评估 {scoring.evaluation(topic).value} 分。" for topic in done]
    number = year_plan.payload["year"]
    first = f"{number} 年度听取和审议专项工作报告 {len(done)} 项,均已跟踪督办、评估。"
    return Paper("报告", f"{number} 年度监督工作总结", (first, *lines), to=params.report_to)


def _organ(topic: Matter) -> str:
    organ = topic.party("assignee")
    return "" if organ is None else organ.name


def _form(code: str, params: Any) -> str:
    return next((str(each["label"]) for each in params.forms if each["code"] == code), code)
