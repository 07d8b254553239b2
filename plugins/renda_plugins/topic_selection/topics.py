"""The life of a topic: proposed, marked, chosen, looked into, deliberated, followed up, and itself evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, Turn, action, due

from . import forms, papers, refusals

STATES = MappingProxyType(
    {
        "proposed": "待评分审定",
        "selected": "列入计划",
        "researching": "调研中",
        "researched": "待审议",
        "reviewed": "待交办意见",
        "following": "跟踪督办",
        "evaluated": "已评估",
        "declined": "未列入",
        "merged": "已并入",
        "withdrawn": "已撤回",
        "dropped": "已调出",
    }
)
ENDS = ("evaluated", "declined", "merged", "withdrawn", "dropped")
DECIDED = tuple(state for state in STATES if state != "proposed")
HEARD = ("reviewed", "following", "evaluated")
OPEN_PLAN = ("collecting", "scoring", "decided")
ACTIVITY = MappingProxyType({"held": "已开展"})
SHEET = MappingProxyType({"given": "已评分"})


class Topics(Practice):
    """The actions on a topic, and the sheets and activities inside it."""

    abstract = True

    @action(
        "提出议题",
        by=("deputy", "member", "clerk"),
        when=None,
        then="proposed",
        data=forms.Proposal,
        kind="topic",
        around=OPEN_PLAN,
    )
    def propose(self, matter: Matter, proposal: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        refusals.same_topic(matter, proposal)
        own = turn.actor.person
        proposer = proposal.get("proposer", None if own is None else own.id)
        number = {"number": len(matter.parent.children("topic"))}
        return Change(number if proposer is None else {**number, "proposer": proposer})

    @action("评分", by=("member", "clerk"), when=None, then="given", data=forms.Sheet, kind="mark", around="proposed")
    def mark(self, matter: Matter, sheet: Mapping[str, Any], turn: Turn) -> Change:
        scorer = refusals.scorer(matter, sheet, turn)
        refusals.marks(sheet["given"], self.params.criteria)
        return Change({"member": scorer})

    @action(
        "列入计划",
        by="chair",
        when="proposed",
        then="selected",
        data=forms.Selection,
        kind="topic",
        around=("scoring", "decided"),
    )
    def select(self, matter: Matter, chosen: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        refusals.selection(matter, chosen, turn.day, self.params)
        late = matter.parent.state == "decided"
        return Change(papers=[papers.added(matter, chosen, self.params)] if late else [])

    @action("不列入", by="chair", when="proposed", then="declined", data=forms.Grounds, kind="topic", aside=True)
    def decline(self, matter: Matter) -> None: ...

    @action("并入另一议题", by="clerk", when="proposed", then="merged", data=forms.Merge, kind="topic", aside=True)
    def merge(self, matter: Matter, merged: Mapping[str, Any]) -> None:
        refusals.merge(matter, merged["into"])

    @action(
        "撤回议题",
        by=("proposer", "clerk"),
        when="proposed",
        then="withdrawn",
        data=forms.Grounds,
        kind="topic",
        aside=True,
    )
    def withdraw(self, matter: Matter) -> None: ...

    @action(
        "调出计划",
        by="chair",
        when=("selected", "researching"),
        then="dropped",
        data=forms.Grounds,
        kind="topic",
        around="decided",
        aside=True,
    )
    def drop(self, matter: Matter, why: Mapping[str, Any]) -> Change:
        return Change(papers=[papers.dropped(matter, why["grounds"], self.params)])

    @action(
        "成立调研组", by="clerk", when="selected", then="researching", data=forms.Group, kind="topic", around="decided"
    )
    def form_group(self, matter: Matter, group: Mapping[str, Any], turn: Turn) -> Change:
        refusals.group(group, turn)
        refusals.conflicts(matter, [group["leader"], *group["members"]], turn)
        return Change(papers=[papers.research_notice(matter)])

    @action(
        "记录调研活动",
        by=("clerk", "group-leader", "group-member"),
        when=None,
        then="held",
        data=forms.Activity,
        kind="activity",
        around="researching",
    )
    def look_into(self, matter: Matter, activity: Mapping[str, Any], turn: Turn) -> None:
        refusals.held(matter, activity["held_on"], turn.day)

    @action(
        "完成调研报告",
        by=("group-leader", "clerk"),
        when="researching",
        then="researched",
        data=forms.Findings,
        kind="topic",
    )
    def report_findings(self, matter: Matter) -> None:
        refusals.research(matter, self.params)

    @action("登记审议情况", by="clerk", when="researched", then="reviewed", data=forms.Review, kind="topic")
    def review(self, matter: Matter, review: Mapping[str, Any], turn: Turn) -> None:
        refusals.reviewed(review["reviewed_on"], turn.day)

    @action("交办审议意见", by="clerk", when="reviewed", then="following", data=forms.Opinion, kind="topic")
    def send(self, matter: Matter, opinion: Mapping[str, Any], turn: Turn) -> Change:
        asked = list(opinion["asked"])
        refusals.asked(asked)
        last = due(turn.day, self.params.follow, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        opened = [Opening("item", {"text": text}) for text in asked]
        return Change({"items_due": last}, opens=opened, papers=[papers.opinion(matter, asked, last)])

    @action(
        "评估监督成效",
        by="clerk",
        when="following",
        then="evaluated",
        kind="topic",
        children={"item": ("closed", "carried")},
    )
    def evaluate(self, matter: Matter) -> Change:
        return Change(papers=[papers.evaluation(matter, self.params)])
