"""A project's way: proposed or passed by a council, screened, chosen, carried out, evaluated by those it is for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare, due

from . import choosing, forms, papers

declare(
    {
        "micro_projects.ceiling": "“{category}”单项不超过 {ceiling} 万元、应大于 0,现为 {budget} 万元。"
        "金额大的请走民生实事项目。",
        "micro_projects.fund": "{community}本年度资金 {fund} 万元,已安排 {taken} 万元,不够再安排 {budget} 万元。",
        "micro_projects.overspent": "决算 {spent} 万元超过预算 {budget} 万元,或者小于 0。请核对;追加的要重新票选。",
        "micro_projects.early": "完成期限 {day} 早于今天 {today}。请改正。",
    }
)

STATES = MappingProxyType(
    {
        "proposed": "待筛选",
        "passed": "议政会已通过,待核定",
        "shortlisted": "入围",
        "declined": "未入围",
        "chosen": "票选确定",
        "not_chosen": "未选上",
        "carrying": "实施中",
        "done": "待评议",
        "evaluated": "已完成并评议",
        "stopped": "终止",
    }
)
ENDS = ("declined", "not_chosen", "evaluated", "stopped")


class Items(Practice):
    """The actions on a project."""

    abstract = True

    @action("转入", by="system", when=None, then="passed", data=forms.Passed, kind="item", around="soliciting")
    def take_over(self, matter: Matter) -> None: ...

    @action(
        "提出项目",
        by=("proposer", "street", "clerk"),
        when=None,
        then="proposed",
        data=forms.Proposal,
        kind="item",
        around="soliciting",
    )
    def propose(self, matter: Matter) -> None: ...

    @action(
        "筛选入围",
        by=("street", "clerk"),
        when=("proposed", "passed"),
        then=("shortlisted", "chosen"),
        data=forms.Screening,
        kind="item",
    )
    def shortlist(self, matter: Matter, screened: Mapping[str, Any]) -> Change:
        # What a council passed was voted on there; it needs the money, not a second vote.
        kind = next(each for each in self.params.categories if each["code"] == screened["category"])
        budget = screened["budget"]
        if not 0 < budget <= kind["ceiling"]:
            said = {"category": kind["label"], "ceiling": kind["ceiling"], "budget": budget}
            raise RendaError("micro_projects.ceiling", **said)
        if matter.state == "proposed":
            return Change(then="shortlisted")
        assert matter.parent is not None, "a project lies in a year"
        taken = choosing.taken_of(matter.parent.children("item")).get(screened["community"], Decimal(0))
        if taken + budget > self.params.fund:
            said = {"community": screened["community"], "fund": self.params.fund, "taken": taken, "budget": budget}
            raise RendaError("micro_projects.fund", **said)
        return Change(then="chosen")

    @action(
        "不入围",
        by=("street", "clerk"),
        when=("proposed", "passed"),
        then="declined",
        data=forms.Left,
        kind="item",
        aside=True,
    )
    def leave_out(self, matter: Matter, left: Mapping[str, Any]) -> Change:
        return Change(papers=[papers.told(matter, left)])

    @action("列入", by="system", when="shortlisted", then="chosen", data=forms.Counted, kind="item")
    def choose(self, matter: Matter) -> None: ...

    @action("不列入", by="system", when="shortlisted", then="not_chosen", data=forms.Counted, kind="item", aside=True)
    def leave(self, matter: Matter) -> None: ...

    @action("交办实施", by=("street", "clerk"), when="chosen", then="carrying", data=forms.Owner, kind="item")
    def assign(self, matter: Matter, owner: Mapping[str, Any], turn: Turn) -> Change:
        last = owner.get("finish_on") or due(turn.day, self.params.carry, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        if last < turn.day:
            raise RendaError("micro_projects.early", day=last, today=turn.day)
        organ = turn.records.party("organ", owner["owner"]).name
        return Change({"finish_on": last}, papers=[papers.assignment(matter, organ, last)])

    @action("报告完成", by="assignee", when="carrying", then="done", data=forms.Finished, kind="item")
    def finish(self, matter: Matter, finished: Mapping[str, Any]) -> None:
        if not 0 <= finished["spent"] <= matter.payload["budget"]:
            said = {"spent": finished["spent"], "budget": matter.payload["budget"]}
            raise RendaError("micro_projects.overspent", **said)

    @action(
        "登记评议",
        by=("street", "watcher", "clerk"),
        when="done",
        then=("evaluated", "carrying"),
        data=forms.Rating,
        kind="item",
        source="结果评议:居民和代表",
    )
    def evaluate(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        liked = rating["satisfied"] + rating["basically"]
        every = liked + rating["dissatisfied"]
        if liked >= Fraction(self.params.satisfied_share) * every:
            return Change(then="evaluated")
        again = {
            "evaluated_again": matter.payload.get("evaluated_again", 0) + 1,
            "finish_on": due(turn.day, self.params.carry, turn.calendar).date,
        }
        return Change(again, then="carrying")

    @action(
        "终止实施", by="clerk", when=("chosen", "carrying"), then="stopped", data=forms.Stop, kind="item", aside=True
    )
    def stop(self, matter: Matter) -> None: ...
