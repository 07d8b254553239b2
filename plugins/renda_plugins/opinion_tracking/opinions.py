"""An opinion's way: approved, handed over, tracked, reported, checked, deliberated, measured, struck off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, RendaError, Turn, action, declare, due, outcomes

from . import forms, papers

declare(
    {
        "opinion_tracking.results": "待报告的意见有 {open} 条,写了 {given} 条结果。请按序号逐条写明。",
        "opinion_tracking.no_number": "没有第 {number} 条意见。可选:{allowed}。",
        "opinion_tracking.not_later": "延长至的日期 {day} 应晚于现在的期限 {due}。",
        "opinion_tracking.future": "会议日期 {day} 晚于今天。会后再整理审议意见。",
        "opinion_tracking.handled_where": "第 {number} 号事项不是代表建议或别的未销号的审议意见,这条意见不能并入。",
        "opinion_tracking.last_point": "其余各条都已并入别处,最后一条请留在这件审议意见里报告。",
        "opinion_tracking.carried_until": "转跨年的意见应办理至 {year} 年以后的某一天。",
    }
)
OPINION = MappingProxyType(
    {
        "drafted": "待主任会议审定",
        "approved": "待交办",
        "handling": "办理中",
        "reported": "待问效",
        "checked": "待会议审议",
        "voting": "待测评表决",
        "closed": "已销号",
    }
)
ITEM = MappingProxyType(
    {"handling": "办理中", "reported": "已报告", "carried": "转跨年", "closed": "销号", "linked": "并入别处办理"}
)
LAPSED = frozenset({"inadmissible", "withdrawn", "merged"})


def open_items(opinion: Matter, *states: str) -> list[Matter]:
    """The points in these states, by their numbers."""
    found = [each for each in opinion.children("item") if each.state in states]
    return sorted(found, key=lambda each: int(each.payload["number"]))


class Opinions(Practice):
    """The actions on an opinion and on its points."""

    abstract = True

    @action("整理审议意见", by="clerk", when=None, then="drafted", data=forms.Compiled, kind="opinion")
    def compile(self, matter: Matter, compiled: Mapping[str, Any], turn: Turn) -> None:
        """Put what a sitting said into points."""
        if compiled["held_on"] > turn.day:
            raise RendaError("opinion_tracking.future", day=compiled["held_on"])

    @action("审定", by="chair", when="drafted", then="approved", kind="opinion")
    def approve(self, matter: Matter, turn: Turn) -> Change:
        """The chairpersons' meeting approves it."""
        return Change({"approved_on": turn.day})

    @action("会后交办", by="clerk", when="approved", then="handling", kind="opinion")
    def hand_over(self, matter: Matter, turn: Turn) -> Change:
        """Send it to the organs; every point is from now on on the account."""
        last = due(turn.day, self.params.handle, turn.calendar).date
        texts = matter.payload["opinions"]
        owners: Sequence[int] = matter.payload.get("owners") or [matter.payload["organ"]] * len(texts)
        items = [
            Opening("item", {"number": place, "text": text, "owner": owner, "due": last})
            for place, (text, owner) in enumerate(zip(texts, owners, strict=True), start=1)
        ]
        paper = papers.sent(self.params, matter, last)
        return Change({"due": last, "first_due": last}, opens=items, papers=[paper])

    @action("动态督办", by="clerk", when=("handling", "reported"), data=forms.Tracking, kind="opinion", aside=True)
    def track(self, matter: Matter, tracking: Mapping[str, Any], turn: Turn) -> Change:
        """Record what was seen while it is handled."""
        seen = {"note": tracking["note"], "day": turn.day}
        return Change({"tracked": [*(matter.payload.get("tracked") or ()), seen]})

    @action("批准延期", by="chair", when="handling", data=forms.Extension, kind="opinion", aside=True)
    def extend(self, matter: Matter, extension: Mapping[str, Any]) -> Change:
        """Allow more time."""
        until = extension["extended_until"]
        if until <= matter.payload["due"]:
            raise RendaError("opinion_tracking.not_later", day=until, due=matter.payload["due"])
        return Change({"due": until}, papers=[papers.extended(self.params, matter, until)])

    @action(
        "报告办理情况", by=("assignee", "clerk"), when="handling", then="reported", data=forms.Report, kind="opinion"
    )
    def report(self, matter: Matter, report: Mapping[str, Any], turn: Turn) -> Change:
        """The leading organ reports on every point still open."""
        left = len(open_items(matter, "handling"))
        if len(report["results"]) != left:
            raise RendaError("opinion_tracking.results", open=left, given=len(report["results"]))
        changed = {"reported_on": turn.day}
        if not matter.payload.get("first_reported_on"):
            changed["first_reported_on"] = turn.day
        return Change(changed, papers=[papers.reported(self.params, matter, report)])

    @action("专班问效", by="clerk", when="reported", then="checked", data=forms.Check, kind="opinion")
    def check(self, matter: Matter, check: Mapping[str, Any]) -> None:
        """The task force looks at every point on the spot."""
        self._numbers(matter, check.get("weak") or ())

    @action("退回办理", by="clerk", when="reported", then="handling", data=forms.SendBack, kind="opinion", aside=True)
    def send_back(self, matter: Matter, back: Mapping[str, Any], turn: Turn) -> Change:
        """Points that are not handled go back."""
        self._numbers(matter, back["numbers"])
        last = due(turn.day, self.params.redo, turn.calendar).date
        return Change({"due": last}, papers=[papers.sent_back(self.params, matter, back, last)])

    @staticmethod
    def _numbers(matter: Matter, numbers: Sequence[int]) -> None:
        allowed = [int(each.payload["number"]) for each in open_items(matter, "reported")]
        for number in numbers:
            if number not in allowed:
                said = "、".join(str(each) for each in allowed) or "—"
                raise RendaError("opinion_tracking.no_number", number=number, allowed=said)

    @action("会议审议", by="system", when="checked", then="voting", data=forms.Listing, kind="opinion")
    def go_to_vote(self, matter: Matter) -> None:
        """A sitting deliberates on it and measures it."""

    @action("测评销号", by="system", when="voting", then="closed", data=outcomes.BallotOutcome, kind="opinion")
    def be_closed(self, matter: Matter, graded: Mapping[str, Any], turn: Turn) -> Change:
        """The ballot passed it: what was reported is struck off the account."""
        rounds = (matter.payload.get("rounds") or 0) + 1
        paper = papers.graded(self.params, matter, graded["outcome"])
        return Change({"graded_on": turn.day, "rounds": rounds}, papers=[paper])

    @action("测评未通过", by="system", when="voting", then="handling", data=outcomes.BallotOutcome, kind="opinion")
    def fall_back(self, matter: Matter, graded: Mapping[str, Any], turn: Turn) -> Change:
        """The ballot did not: the weak points, or all where none is named, are handled again."""
        rounds = (matter.payload.get("rounds") or 0) + 1
        last = due(turn.day, self.params.redo, turn.calendar).date
        paper = papers.graded(self.params, matter, graded["outcome"], last)
        return Change({"graded_on": turn.day, "rounds": rounds, "due": last}, papers=[paper])

    @action("列入清单", by="system", when=None, then="handling", data=forms.Item, kind="item")
    def put_on_account(self, matter: Matter) -> None:
        """A point goes on the account."""

    @action(
        "报告单条结果", by="assignee", when="handling", then="reported", data=forms.Result, kind="item",
        around="handling",
    )  # fmt: skip
    def report_item(self, matter: Matter) -> None:
        """The organ responsible for one point reports on it alone."""

    @action("汇总结果", by="system", when="handling", then="reported", data=forms.Result, kind="item")
    def fill_in(self, matter: Matter) -> None:
        """What follows from the leading organ's report."""

    @action("重新办理", by="system", when="reported", then="handling", data=forms.Postponed, kind="item")
    def redo(self, matter: Matter) -> None:
        """What follows from being sent back, or from a failed measurement."""

    @action("改定期限", by="system", when="handling", data=forms.Postponed, kind="item", aside=True)
    def postpone(self, matter: Matter) -> None:
        """What follows from more time for the opinion."""

    @action("并入别处", by="clerk", when="handling", then="linked", data=forms.Linking, kind="item", aside=True)
    def link(self, matter: Matter, linking: Mapping[str, Any], turn: Turn) -> None:
        """A suggestion or another opinion asks for the same: it is handled and counted there, and no more here."""
        assert matter.parent is not None, "a point lies in an opinion"
        number, own = linking["elsewhere"], matter.parent
        found = turn.records.matter(number)
        suggested = found is not None and found.kind == "suggestion" and found.state not in LAPSED
        another = found is not None and (found.practice, found.kind) == (self.code, "opinion") and found.id != own.id
        if found is None or not (suggested or (another and found.state != "closed")):
            raise RendaError("opinion_tracking.handled_where", number=number)
        if all(each.id == matter.id or each.state == "linked" for each in own.children("item")):
            raise RendaError("opinion_tracking.last_point")

    @action("转跨年", by="chair", when="handling", then="carried", data=forms.Carrying, kind="item", aside=True)
    def carry(self, matter: Matter, carrying: Mapping[str, Any], turn: Turn) -> Change:
        """It cannot be done this year: it stays on the account until the day named."""
        if carrying["carried_until"].year <= turn.day.year:
            raise RendaError("opinion_tracking.carried_until", year=turn.day.year)
        return Change({"due": carrying["carried_until"]})

    @action("跨年销号", by="clerk", when="carried", then="closed", data=forms.Result, kind="item")
    def finish_carried(self, matter: Matter) -> None:
        """A point that was carried over is done."""

    @action("销号", by="system", when="reported", then="closed", kind="item")
    def strike(self, matter: Matter) -> None:
        """What follows from a measurement that passed."""
