"""What is told of the projects: the rate of a year, what was not finished, the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from renda import Entry, Explained, Fact, Matter, Party, Records, Section, Sheet, counted, percent, ratio, total

from . import roster
from .papers import by_votes, votes
from .projects import STATES

LANDED = ("done", "measured")
CHOSEN = ("chosen", "carrying", "adjusting", "crossing", "completed", "unfinished", "done", "measured", "stopped")


def rate(around: Matter) -> Explained | None:
    """How many of the projects chosen are finished, in per cent; None before the choice."""
    if around.state not in {"carrying", "reported"}:
        return None
    projects = around.children("project")
    return percent(ratio("办结率", _of("办结", projects, LANDED), _of("票决确定", projects, CHOSEN)), 1)


def unfinished(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``project.unfinished``: a project of the deputies' choice that was not finished by its day."""
    found = []
    for project in records.matters(code, "project", party=subject):
        day, organ = project.done_on("find_unfinished"), project.party("assignee")
        if day is not None and since <= day <= until and organ is not None and subject in {None, organ}:
            found.append(
                Fact("project.unfinished", organ, day, f"票决项目“{project.title}”没有按期完成", None, project.id)
            )
    return found


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An organ's projects, as its page tells them."""
    found = [
        Entry(each.opened_on, f"{each.title}:{STATES[each.state]}", each.id)
        for each in records.matters(code, "project", party=subject, relation="assignee")
        if each.state in CHOSEN
    ]
    return Section(title, found) if found else None


def sheets(code: str, since: date, until: date, records: Records) -> list[Sheet]:
    """A table of the years, and one of each year's projects; both are published."""
    rounds = [each for each in records.matters(code, "round") if since.year <= each.payload["year"] <= until.year]
    if not rounds:
        return []
    return [_years(rounds), *(_projects(each) for each in rounds)]


def _years(rounds: Sequence[Matter]) -> Sheet:
    every = [project for each in rounds for project in each.children("project")]
    rows = []
    for each in rounds:
        projects = each.children("project")
        wished = total("征集件数", *(idea.payload["pieces"] for idea in each.children("idea")))
        counts = [
            _of("候选", projects, tuple(state for state in STATES if state not in {"proposed", "withdrawn"})),
            _of("票决确定", projects, CHOSEN),
            _of("已落地", projects, LANDED),
            _of("跨年实施", projects, ("crossing",)),
            _of("未完成", projects, ("unfinished", "stopped")),
        ]
        rows.append([f"{each.payload['year']}", wished, *counts])
    figures = [
        _of("票决确定", every, CHOSEN), _of("已落地", every, LANDED), _of("跨年实施", every, ("crossing",)),
    ]  # fmt: skip
    columns = ("年度", "征集件数", "候选", "票决确定", "已落地", "跨年实施", "未完成")
    return Sheet(
        "livelihood_years",
        "民生实事项目历年情况",
        columns,
        rows,
        figures,
        chart=(0, 3),
        public=True,
        public_reason="numbers of projects; livelihood projects are published",
    )


def _projects(around: Matter) -> Sheet:
    year = around.payload["year"]
    rows = [
        [
            each.payload.get("number", ""),
            each.title,
            each.payload["category"],
            getattr(each.party("assignee"), "name", ""),
            each.payload["budget"],
            votes(each),
            STATES[each.state],
            each.payload.get("grade", ""),
            each.payload.get("progress", ""),
            *roster.told(each),
        ]
        for each in by_votes(around.children("project"))
    ]
    columns = (
        "编号",
        "项目",
        "类别",
        "责任单位",
        "预算(万元)",
        "得票",
        "进展",
        "满意度测评",
        "进度(%)",
        "名册代码",
        "名册阶段",
        "名册期限",
    )
    public = around.state in {"carrying", "reported"}
    return Sheet(
        f"livelihood_{year}",
        f"{year} 年度民生实事项目",
        columns,
        rows,
        chart=(1, 5),
        public=public,
        public_reason="the congress publishes the projects it chose",
    )


def _of(label: str, projects: Sequence[Matter], states: Sequence[str]) -> Explained:
    return counted(label, [f"{each.id}号" for each in projects if each.state in states])
