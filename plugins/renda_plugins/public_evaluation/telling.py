"""What is told of evaluations: the facts about each kind, an organ's page, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from renda import Entry, Explained, Fact, Matter, Party, Records, Section, Sheet

from . import scoring
from .evaluations import ITEM, asked_about

SCORED = ("good", "low", "improved")
HEARD = ("scored", "published")


def whole(around: Matter, scale: Any) -> Explained | None:
    """The score of a year."""
    counts = around.payload.get("whole")
    return scoring.score("总体满意度得分", counts, scale) if counts and around.state in HEARD else None


def of_kind(item: Matter, scale: Any) -> Explained | None:
    """The score of a kind of projects."""
    counts = item.payload.get("counts")
    return scoring.score(f"{item.payload['category']}得分", counts, scale) if counts else None


def facts(  # noqa: PLR0917
    code: str, params: Any, subject: Party | None, since: date, until: date, records: Records
) -> list[Fact]:
    """``public.score``: what the citizens gave a kind of projects, about the organ that carried it out.

    ``public.overdue``: that organ let the day pass on which it had to say how it does better.
    """
    found = []
    for item in records.matters(code, "item", party=subject):
        found += [fact for fact in _overdue(item, until) if since <= fact.day]
        day, organ, around = item.done_on("be_scored"), item.party("assignee"), item.parent
        if day is None or not since <= day <= until or organ is None or around is None or item.state not in SCORED:
            continue
        label = f"{item.payload['category']}得分"
        score = scoring.exact(label, item.payload.get("counts") or {}, params.scale)
        if score is not None:
            got = scoring.told(score, params.low, label)
            text = f"{around.payload['year']} 年度群众评议“{item.payload['category']}”类得 {got.value} 分"
            found.append(Fact("public.score", organ, day, text, got, item.id))
    return found


def _overdue(item: Matter, until: date) -> Iterator[Fact]:
    organ, last = item.party("assignee"), item.payload.get("improve_by")
    if item.state == "low" and organ is not None and last is not None and last < until:
        text = f"“{item.payload['category']}”类群众评议得分较低,改进措施到期没有报送"
        yield Fact("public.overdue", organ, last + timedelta(days=1), text, None, item.id)


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An organ's kinds, as its page tells them."""
    found = [
        Entry(each.opened_on, f"{each.title}:{ITEM[each.state]}", each.id)
        for each in records.matters(code, "item", party=subject, relation="assignee")
        if each.parent is not None and each.parent.state == "published"
    ]
    return Section(title, found) if found else None


def sheets(code: str, scale: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """A table of all years up to ``until``, and one of the kinds of each year of the time; published when the year's is."""
    every = [each for each in records.matters(code, "evaluation", until=until) if each.state in HEARD]
    if not every:
        return []
    every.sort(key=lambda each: each.payload["year"])
    found = [each for each in every if since.year <= each.payload["year"] <= until.year]
    return [_years(every, scale), *(_kinds(each, scale) for each in reversed(found))]


def _years(every: Sequence[Matter], scale: Any) -> Sheet:
    told = [each for each in every if each.state == "published"] or every
    rows = [
        [str(each.payload["year"]), each.payload["answered"], whole(each, scale) or "", each.done_on("hear")]
        for each in told
    ]
    columns = ("年度", "答卷份数", "总体满意度得分", "计分日期")
    public = any(each.state == "published" for each in every)
    return Sheet(
        "public_years",
        "政府实事项目群众评议历年得分",
        columns,
        rows,
        chart=(0, 2),
        public=public,
        public_reason="a published evaluation is told to those who answered it",
    )


def _kinds(around: Matter, scale: Any) -> Sheet:
    rows = []
    for each in asked_about(around):
        organ, counts = each.party("assignee"), each.payload.get("counts") or {}
        shown = of_kind(each, scale)
        name = organ.name if organ else ""
        rows.append([each.payload["category"], name, sum(counts.values()), shown or "", ITEM[each.state]])
    year = around.payload["year"]
    columns = ("类别", "责任单位", "答卷份数", "得分", "状态")
    figure = whole(around, scale)
    figures = [] if figure is None else [figure]
    title = f"{year} 年度政府实事项目群众评议"
    return Sheet(
        f"public_{year}",
        title,
        columns,
        rows,
        figures,
        chart=(0, 3),
        public=around.state == "published",
        public_reason="a published evaluation is told to those who answered it",
    )
