"""The measurement: sheets given back to back, added up, announced on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, RendaError, Turn, action, declare

from . import forms, papers, tallies

declare(
    {
        "handling_rating.not_a_meeting": "第 {number} 号事项不是正在进行的质效测评会。",
        "handling_rating.secret": "涉密建议不列入质效测评。请由主任会议另行听取情况。",
        "handling_rating.own_work": "“{organ}”承办了这件建议,不能参加对它的测评。",
        "handling_rating.too_few": "“{title}”只收回 {given} 张测评票,至少要 {least} 张才能公布结果。",
        "handling_rating.early": "测评会定于 {day} 召开,还不能公布结果。",
        "handling_rating.nothing_listed": "还没有列入任何建议,不能公布结果。",
    }
)
declare({"handling_rating.listed_twice": "这件建议已经列入“{meeting}”。"}, status=409)

MEETING = MappingProxyType({"rating": "测评中", "announced": "已公布", "cancelled": "已取消"})
SHEET = MappingProxyType({"open": "待测评", "given": "已测评", "absent": "未测评"})


class Meetings(Practice):
    """The actions on a measurement and on its sheets."""

    abstract = True

    @action("召开质效测评会", by="clerk", when=None, then="rating", data=forms.Meeting, kind="meeting")
    def convene(self, matter: Matter) -> None:
        """Say when, and whom of the congresses' bodies to ask; suggestions join one by one."""

    @action("列入测评", by="system", when="rating", data=forms.Listed, kind="meeting", aside=True)
    def join(self, matter: Matter, listed: Mapping[str, Any], turn: Turn) -> Change:
        """A suggestion joins: a sheet for its proposer and one for each body."""
        number = listed["suggestion"]
        suggestion = turn.records.matter(number)
        raters = () if suggestion is None else suggestion.all_parties("proposer")
        sheets = [Opening("sheet", {"about": number, "rater": each.id}) for each in raters]
        sheets += [Opening("sheet", {"about": number, "body": each.id}) for each in matter.parties.get("body", ())]
        return Change({"listed": [*(matter.payload.get("listed") or ()), number]}, opens=sheets)

    @action("发测评票", by="system", when=None, then="open", data=forms.Sheet, kind="sheet")
    def hand_out(self, matter: Matter) -> None:
        """A sheet for one rater about one suggestion."""

    @action(
        "测评",
        by=("rater", "rating-body", "clerk"),
        when="open",
        then="given",
        data=forms.Marks,
        kind="sheet",
        around="rating",
    )
    def give(self, matter: Matter) -> None:
        """Three grades and a level, seen by nobody else; a clerk may enter a sheet of paper. Given once for all."""

    @action(
        "未测评", by="clerk", when="open", then="absent", data=forms.Absence, kind="sheet", around="rating", aside=True
    )
    def leave_out(self, matter: Matter) -> None:
        """The rater did not come or gave no sheet: it counts nowhere."""

    @action(
        "公布结果",
        by="clerk",
        when="rating",
        then="announced",
        kind="meeting",
        children={"sheet": ("given", "absent")},
    )
    def announce(self, matter: Matter, turn: Turn) -> Change:
        """Add the sheets up and say the result on the spot; the leaders get a copy."""
        if turn.day < matter.payload["held_on"]:
            raise RendaError("handling_rating.early", day=matter.payload["held_on"])
        found = tallies.of_meeting(matter)
        if not found:
            raise RendaError("handling_rating.nothing_listed")
        lines = []
        for number, tally in found.items():
            suggestion = turn.records.matter(number)
            title = "" if suggestion is None else suggestion.title
            if tally.given < self.params.sheets_least:
                raise RendaError(
                    "handling_rating.too_few", title=title, given=tally.given, least=self.params.sheets_least
                )
            lines.append((f"{number}号“{title}”", tally))
        organs = papers.organs_of(turn.records, found)
        return Change(papers=[papers.result(self.params, matter.title, lines, organs)])

    @action("取消测评会", by="clerk", when="rating", then="cancelled", data=forms.Cancelled, kind="meeting", aside=True)
    def cancel_meeting(self, matter: Matter) -> None:
        """It is not held; what was listed may be listed elsewhere."""

    def check_listing(self, matter: Matter, number: int, turn: Turn) -> None:
        """Refuse what cannot be put to that measurement."""
        meeting = turn.records.matter(number)
        wrong = meeting is None or (meeting.practice, meeting.kind, meeting.state) != (self.code, "meeting", "rating")
        if meeting is None or wrong:
            raise RendaError("handling_rating.not_a_meeting", number=number)
        if matter.payload.get("secret"):
            raise RendaError("handling_rating.secret")
        for other in turn.records.matters(self.code, "meeting", states=("rating",)):
            if matter.id in (other.payload.get("listed") or ()):
                raise RendaError("handling_rating.listed_twice", meeting=other.title)
        handling = {each.id for relation in ("lead", "co-handler") for each in matter.parties.get(relation, ())}
        for body in meeting.parties.get("body", ()):
            if body.id in handling:
                raise RendaError("handling_rating.own_work", organ=body.name)
