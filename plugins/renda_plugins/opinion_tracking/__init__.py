"""审议意见督办销号: every point a sitting makes is traced to a result, measured, and struck off the account.

Source: 《丹江口市人大加强干部任后履职监督——真监督带来好效果》 (丹江口市): tracking, task force, deliberation, measurement; 6
inspections of law enforcement, 5 tours and 42 reports brought 193 opinions, all closed in time, five years at zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Event,
    Explained,
    Fact,
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    due_on,
    hookimpl,
)

from . import batches, forms, grades, opinions, telling
from .params import OpinionParams


class OpinionTracking(opinions.Opinions, batches.Batches):
    """An opinion, its points, and the sittings that measure."""

    title = "审议意见督办销号"
    about = "会后交办、动态督办、专班问效、会议审议、测评表决、销号;待办的审议意见逐条挂账,求零余额。"
    relations: ClassVar[Mapping[str, str]] = {"assignee": "办理单位", "owner": "各条责任单位"}
    kinds = (
        Kind("opinion", "审议意见", opinions.OPINION, frozenset({"closed"}), forms.OpinionPayload),
        Kind("item", "意见", opinions.ITEM, frozenset({"closed", "linked"}), within="opinion"),
        Kind("batch", "测评批次", batches.BATCH, frozenset({"put"})),
    )

    class Params(OpinionParams):
        """Clocks, the measurement, what is added up."""

    def title_of(self, matter: Matter) -> str:
        """A point by its opinion and number."""
        if matter.kind == "item" and matter.parent is not None:
            return f"{matter.parent.title}·第{matter.payload.get('number', '')}条"
        return super().title_of(matter)

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        """Struck off with one of the grades that pass, else handled again; a void ballot decides nothing."""
        if matter.kind != "opinion" or matter.state != "voting" or not ballot.stands or ballot.line is None:
            return None
        return "closed" if ballot.line.outcome in self.params.passing else "handling"

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        """What a step of an opinion means for its points, and a sitting for its opinions."""
        matter = event.matter
        if matter.practice != self.code:
            return []
        if event.action == "convene":
            return [Follow("go_to_vote", {"batch": matter.id}, number) for number in matter.payload["listed"]]
        return _for_points(event, matter) if matter.kind == "opinion" else []

    def levels(self) -> list[str]:
        """The levels of the measurement."""
        return grades.levels_of(self.params.measurement)

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """The grade of an opinion's last measurement, with the counts of its ballot."""
        return grades.grade(matter, self.levels()) if matter.kind == "opinion" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        """To approve, to hand over, to report, to check."""
        params, payload, state = self.params, matter.payload, matter.state
        if matter.kind == "item" and state in {"handling", "carried"} and payload.get("due"):
            return [Deadline("办理", due_on(payload["due"], calendar))]
        if matter.kind == "opinion" and state == "handling":
            return [Deadline("报告办理情况", due_on(payload["due"], calendar), "report")]
        clocks = {
            "drafted": ("审定", "held_on", params.compile, "approve"),
            "approved": ("会后交办", "approved_on", params.send, "hand_over"),
            "reported": ("专班问效", "reported_on", params.check, "check"),
        }
        if matter.kind != "opinion" or state not in clocks:
            return []
        label, begun, span, name = clocks[state]
        return [Deadline(label, due(payload[begun], span, calendar), name)]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """The public sees opinions that are struck off (监督法: told to deputies and published)."""
        return True if "public" in viewer.roles and matter.kind == "opinion" and matter.state == "closed" else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        """``opinion.late`` and ``opinion.grade`` of the leading organ."""
        told = telling.facts(records.matters(self.code, "opinion", until=until), until, self.levels())
        inside = [fact for fact in told if since <= fact.day <= until]
        return [fact for fact in inside if subject is None or fact.subject.key == subject.key]

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        """An organ's opinions."""
        return telling.section(self.title, subject, records, self.code)

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """The account over the time; every term it touches, year by year."""
        items = records.matters(self.code, "item", until=until)
        found = [telling.account_sheet(items, since, until)]
        for number, period in enumerate(self.params.periods, start=1):
            if period["since"] <= until and since <= period["until"]:
                found.append(self._term(f"period_{number}", period, records, min(until, period["until"])))
        return found

    def _term(self, code: str, period: Mapping[str, Any], records: Records, until: date) -> Sheet:
        known = records.matters(self.code, "opinion", since=period["since"], until=until)
        sent = [each for each in known if each.state not in {"drafted", "approved"}]
        items = records.matters(self.code, "item", until=until)
        every = telling.Term(sent, items, until)
        years = {
            year: telling.Term([each for each in sent if each.payload["held_on"].year == year], items, until)
            for year in {each.payload["held_on"].year for each in sent}
        }
        return telling.term_sheet(code, period, self.params.sorts, every, years)


def _for_points(event: Event, opinion: Matter) -> list[Follow]:
    """What a step of an opinion means for its points."""
    left = opinions.open_items(opinion, "handling")
    if event.action == "report":
        pairs = zip(left, event.entries["results"], strict=True)
        return [Follow("fill_in", {"result": result}, each.id) for each, result in pairs]
    if event.action == "extend":
        return _until(opinion, "postpone", left)
    reported = opinions.open_items(opinion, "reported")
    if event.action == "be_closed":
        return [Follow("strike", {}, each.id) for each in reported]
    if event.action in {"send_back", "fall_back"}:
        named = event.entries.get("numbers") if event.action == "send_back" else opinion.payload.get("weak")
        return _until(opinion, "redo", [each for each in reported if not named or each.payload["number"] in named])
    return []


def _until(opinion: Matter, name: str, items: Sequence[Matter]) -> list[Follow]:
    """The opinion's new day for these points."""
    return [Follow(name, {"due": opinion.payload["due"]}, each.id) for each in items]
