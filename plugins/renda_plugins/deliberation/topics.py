"""A topic: raised, taken up or left out, given to an owner or voted on, followed up until a deputy says it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import Change, Matter, Practice, Turn, action, due

from . import forms, papers, refusals


class Topics(Practice):
    """The actions on a topic."""

    abstract = True

    @action(
        "提出议题",
        by=("leader", "clerk", "host"),
        when=None,
        then="raised",
        data=forms.Topic,
        kind="topic",
        around="collecting",
    )
    def propose(self, matter: Matter, topic: Mapping[str, Any], turn: Turn) -> None:
        refusals.in_office(topic["leader"], turn)

    @action(
        "由民情提出议题",
        by=("leader", "clerk", "host"),
        when=None,
        then="raised",
        data=forms.Taken,
        kind="topic",
        around="collecting",
    )
    def take_item(self, matter: Matter, taken: Mapping[str, Any], turn: Turn) -> Change:
        """What was told elsewhere is talked about here; the practice it was told to hears of it and ends it there."""
        refusals.in_office(taken["leader"], turn)
        return Change({"title": refusals.told(taken["item"], turn).title})

    @action("列入议题", by="clerk", when="raised", then="adopted", kind="topic")
    def adopt(self, matter: Matter) -> None: ...

    @action("不列入", by="clerk", when="raised", then="declined", data=forms.Left, kind="topic", aside=True)
    def leave_out(self, matter: Matter) -> None: ...

    @action("交办", by="clerk", when="adopted", then="assigned", data=forms.Owner, kind="topic", around="held")
    def assign(self, matter: Matter, owner: Mapping[str, Any], turn: Turn) -> Change:
        refusals.outcome(matter, self.params.forms, "handle")
        last = owner.get("due") or due(turn.day, self.params.handle, turn.calendar).date
        follower = owner.get("follower", matter.payload["leader"])
        refusals.in_office(follower, turn)
        organ = turn.records.party("organ", owner["owner"]).name
        paper = papers.assignment(matter, owner["task"], last, organ)
        return Change({"due": last, "follower": follower}, papers=[paper])

    @action(
        "当场解决", by="clerk", when="adopted", then="solved", data=forms.Spot, kind="topic", around="held", aside=True
    )
    def settle(self, matter: Matter) -> Change:
        refusals.outcome(matter, self.params.forms, "handle")
        return Change({"follower": matter.payload["leader"]})

    @action(
        "登记表决",
        by="clerk",
        when="adopted",
        then=("passed", "failed"),
        data=forms.Votes,
        kind="topic",
        around="held",
        aside=True,
    )
    def vote(self, matter: Matter, votes: Mapping[str, Any]) -> Change:
        refusals.outcome(matter, self.params.forms, "vote")
        # Whole numbers only: exactly the share is not more than it.
        passed = votes["yes"] * self.params.pass_whole > votes["present"] * self.params.pass_part
        return Change(then="passed" if passed else "failed")

    @action("报告办理情况", by="assignee", when="assigned", then="reported", data=forms.Result, kind="topic")
    def report(self, matter: Matter) -> None: ...

    @action(
        "确认办理结果",
        by=("follower", "leader", "clerk"),
        when="reported",
        then=("solved", "assigned", "unsolved"),
        data=forms.Verdict,
        kind="topic",
    )
    def confirm(self, matter: Matter, verdict: Mapping[str, Any], turn: Turn) -> Change:
        # Where the deputy who followed it has left, a clerk confirms in the deputies' stead.
        if "clerk" not in turn.actor.roles and turn.actor.person is not None:
            refusals.in_office(turn.actor.person.id, turn)
        if verdict["verdict"] != "again":
            return Change(then=verdict["verdict"])
        last = due(turn.day, self.params.handle, turn.calendar).date
        return Change({"due": last, "returned": matter.payload.get("returned", 0) + 1}, then="assigned")
