"""A street's year: projects are taken, a council's are gathered, the shortlist is voted on, the result published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Follow, Matter, Opening, Practice, Records, RendaError, Turn, action, declare, due

from . import choosing, forms, papers

declare(
    {
        "micro_projects.nothing_new": "自 {since} 至今,{street}没有新的议政会项目可以转入。",
        "micro_projects.none_listed": "没有入围待票选的项目。议政会已经表决的不再票选。",
        "micro_projects.later": "日期 {day} 晚于今天 {today}。请改正。",
    }
)
declare(
    {"micro_projects.second_round": "{street} {year} 年度的征集已经启动(事项 {number})。请在那里继续。"}, status=409
)

STATES = MappingProxyType({"soliciting": "征集筛选", "voting": "票选", "carrying": "实施和评议", "closed": "已公布"})
FACT = "deliberation.project"
SETTLED = ("evaluated", "declined", "not_chosen", "stopped")


class Rounds(Practice):
    """The actions on a street's year, and on what was done before."""

    abstract = True

    @action("启动征集", by=("clerk", "street"), when=None, then="soliciting", data=forms.Round, kind="round")
    def begin(self, matter: Matter, given: Mapping[str, Any], turn: Turn) -> Change:
        street = turn.records.party("organ", given["street"])
        for other in turn.records.matters(self.code, "round", party=street, relation="street"):
            if other.id != matter.id and other.payload["year"] == given["year"]:
                said = {"street": street.name, "year": given["year"], "number": other.id}
                raise RendaError("micro_projects.second_round", **said)
        until = given.get("until") or due(turn.day, self.params.solicitation, turn.calendar).date
        labels = [each["label"] for each in self.params.categories]
        return Change({"until": until}, papers=[papers.solicitation(street.name, given["year"], until, labels)])

    @action("转入议政会项目", by=("clerk", "street"), when="soliciting", kind="round", aside=True)
    def gather(self, matter: Matter, turn: Turn) -> Change:
        """A project for each one a council of this street passed this year or the last and that is none yet (``FACT``)."""
        street = matter.party("street")
        assert street is not None, "a year belongs to a street"
        since = date(matter.payload["year"] - 1, 1, 1)
        known = {each.payload.get("origin") for each in turn.records.matters(self.code, "item")}
        opened = []
        for fact in turn.records.facts(FACT, since=since, until=turn.day, subject=street):
            origin = f"{fact.code}@{fact.matter}"
            if fact.matter is None or origin in known:
                continue
            entries: dict[str, Any] = {"title": fact.text[:60], "source": "council", "origin": origin}
            entries["detail"] = f"{fact.day} 民生议政会表决通过:{fact.text}"
            if fact.number is not None:
                entries["council_votes"] = fact.number.value
            topic = turn.records.matter(fact.matter)
            leader = None if topic is None else topic.party("leader")
            if leader is not None:
                entries["proposer"] = leader.id
            opened.append(Opening("item", entries))
        if not opened:
            raise RendaError("micro_projects.nothing_new", since=since, street=street.name)
        return Change(opens=opened)

    @action(
        "截止征集",
        by=("clerk", "street"),
        when="soliciting",
        then=("voting", "carrying"),
        kind="round",
        children={"item": ("shortlisted", "chosen", "carrying", "done", *SETTLED)},
    )
    def close_solicitation(self, matter: Matter) -> Change:
        return Change(then="voting" if _listed(matter) else "carrying")

    @action(
        "登记票选",
        by=("clerk", "street"),
        when="voting",
        then="carrying",
        data=forms.Vote,
        kind="round",
        source="街道、社区票选",
    )
    def vote(self, matter: Matter, vote: Mapping[str, Any], turn: Turn) -> Change:
        if vote["voted_on"] > turn.day:
            raise RendaError("micro_projects.later", day=vote["voted_on"], today=turn.day)
        listed = _listed(matter)
        if not listed:
            raise RendaError("micro_projects.none_listed")
        result = self._result(matter.children("item"), vote)
        return Change(papers=[papers.result(matter, listed, result)])

    def _result(self, items: Sequence[Matter], vote: Mapping[str, Any]) -> choosing.Choice:
        listed = [each for each in items if each.state == "shortlisted"]
        votes = choosing.votes_of(listed, vote["lines"])
        return choosing.chosen(listed, votes, vote["present"], self.params, choosing.taken_of(items))

    @action("公布年度结果", by="clerk", when="carrying", then="closed", kind="round", children={"item": SETTLED})
    def publish(self, matter: Matter) -> Change:
        return Change(papers=[papers.yearly(matter)])

    @action("补录汇总", by="clerk", when=None, then="entered", data=forms.Summary, kind="summary")
    def enter_before(self, matter: Matter, summary: Mapping[str, Any], turn: Turn) -> None:
        if summary["until"] > turn.day:
            raise RendaError("micro_projects.later", day=summary["until"], today=turn.day)

    def follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """What the vote means for each project, taken by the system in the same transaction."""
        if event.action != "vote":
            return []
        votes = {line["item"]: line["yes"] for line in event.entries["lines"]}
        found = self._result(records.children(event.matter, "item"), event.entries)
        return [
            Follow(name, {"votes": votes[number], "present": event.entries["present"], "because": why}, number)
            for number, (name, why) in found.items()
        ]


def _listed(around: Matter) -> list[Matter]:
    return [each for each in around.children("item") if each.state == "shortlisted"]
