"""监督选题、调研、审议、跟踪督办: topics with reasons, marked, chosen, looked into, followed up, and evaluated.

Source of the shape: 《增强区人大监督工作针对性和实效性》 (嘉定区): choosing topics, coordinating, evaluating supervision;
looking deeper, better opinions, following up in public; 228 reports since the Supervision Law. Numbers are the
district's. The times before a sitting are 监督法 §15's; plans and opinions are published as §§17, 63 want it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Deadline,
    Explained,
    Fact,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    due_on,
    gathered,
    hookimpl,
    latest_before,
)

from . import forms, items, plans, scoring, telling, topics
from .params import TopicParams

WHOLE = {"plan": "{year} 年度监督选题", "past": "{year} 年度报告登记"}


class TopicSelection(plans.Plans, topics.Topics, items.Items):
    """A year's plan, its topics with their sheets, activities and items, and the register of years before."""

    title = "监督选题和跟踪督办"
    about = "议题带理由提出、评分、主任会议审定、调研、审议、交办、销号,最后评估监督工作本身。"
    relations: ClassVar[Mapping[str, str]] = {
        "scorer": "评分人",
        "group-leader": "调研组长",
        "group-member": "调研组成员",
    }
    kinds = (
        Kind("plan", "年度选题", plans.STATES, frozenset({"closed"}), forms.PlanPayload),
        Kind("topic", "议题", topics.STATES, frozenset(topics.ENDS), forms.TopicPayload, within="plan"),
        Kind("mark", "评分表", topics.SHEET, frozenset({"given"}), within="topic"),
        Kind("activity", "调研活动", topics.ACTIVITY, frozenset({"held"}), within="topic"),
        Kind("item", "审议意见", items.STATES, frozenset(items.ENDS), forms.ItemPayload, within="topic"),
        Kind("past", "历年报告", plans.PAST, frozenset({"recorded"})),
    )

    class Params(TopicParams):
        """Criteria, limits, clocks, weights."""

    def title_of(self, matter: Matter) -> str:
        """The year, the topic, or the topic with what lies inside it."""
        held = matter.payload
        if matter.kind in WHOLE:
            return WHOLE[matter.kind].format(year=held.get("year", ""))
        if matter.kind == "topic":
            return str(held.get("topic", ""))
        topic = "" if matter.parent is None else matter.parent.payload.get("topic", "")
        scorer = matter.party("scorer")
        named = {
            "mark": f"{topic}·评分表 {scorer and scorer.name}",
            "activity": f"{topic}·{held.get('held_on', '')} {held.get('place', '')}",
            "item": f"{topic}·意见 {held.get('number', '')}",
        }
        return named[matter.kind]

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "mark":
            return scoring.of_mark(matter, self.params.criteria)
        if matter.kind == "topic" and matter.state == "evaluated":
            return scoring.evaluation(matter)
        if matter.kind == "topic" and matter.children("mark"):
            return scoring.one_digit(scoring.mean_of(matter), "议题平均分")
        if matter.kind == "plan":
            over = [topic for topic in matter.children("topic") if topic.state == "evaluated"]
            return gathered("年度监督评估", *(scoring.evaluation(topic) for topic in over)) if over else None
        return None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        held = matter.payload
        if matter.kind == "topic" and matter.state in {"selected", "researching", "researched"}:
            draft, final = (
                latest_before(held["meeting_on"], span, calendar)
                for span in (self.params.draft_before, self.params.final_before)
            )
            meeting = due_on(held["meeting_on"], calendar)
            return [Deadline("报告初稿", draft), Deadline("报告定稿", final), Deadline("审议", meeting, "review")]
        if matter.kind == "topic" and matter.state == "reviewed":
            return [Deadline("交办审议意见", due(held["reviewed_on"], self.params.send, calendar), "send")]
        if matter.kind == "item" and matter.state == "open" and matter.parent is not None:
            return [Deadline("报告办理结果", due_on(matter.parent.payload["items_due"], calendar), "report")]
        return []

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, since, until, self.params.law_since, records)
