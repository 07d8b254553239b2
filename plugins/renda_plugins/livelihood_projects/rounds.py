"""A year: wishes are taken, candidates fixed, the deputies choose, work is watched, the next congress is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Ballot, BallotSubject, Change, Follow, Matter, Practice, Records, RendaError, Turn, action, due

from . import forms, papers, refusals, wishes
from .dropping import dropped_kinds
from .projects import UNDER_WAY

STATES = MappingProxyType(
    {
        "soliciting": "征集中",
        "screening": "拟定候选项目",
        "candidates": "候选项目已定",
        "voting": "票决中",
        "carrying": "办理和监督",
        "reported": "已向大会报告",
    }
)
IDEA = MappingProxyType({"filed": "已征集", "adopted": "已采纳", "declined": "未采纳"})
SETTLED = ("chosen", "not_chosen", "withdrawn")
CLOSED = ("measured", "done", "crossing", "unfinished", "stopped", "not_chosen", "withdrawn")


class Rounds(Practice):
    """The actions on a year and on what is wished for."""

    abstract = True

    @action("启动征集", by="clerk", when=None, then="soliciting", data=forms.Year, kind="round")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_year(self.code, year["year"], turn.records)
        until = year.get("until") or due(turn.day, self.params.solicitation, turn.calendar).date
        assert until is not None, "no pause holds this clock"
        dropped = dropped_kinds(year["year"], self.params.categories, self.params.drop_below, turn.records)
        notice = papers.solicitation(year["year"], until, self.params.categories, dropped)
        return Change({"until": until, "dropped": dropped}, papers=[notice])

    @action(
        "登记需求", by=("clerk", "deputy"), when=None, then="filed", data=forms.Idea, kind="idea", around="soliciting"
    )
    def file_idea(self, matter: Matter, idea: Mapping[str, Any]) -> None:
        assert matter.parent is not None
        refusals.dropped(matter.parent, idea["category"])

    @action("采纳", by="clerk", when="filed", then="adopted", kind="idea", around=("soliciting", "screening"))
    def adopt(self, matter: Matter) -> None: ...

    @action("不采纳", by="clerk", when="filed", then="declined", data=forms.Reason, kind="idea", aside=True)
    def decline(self, matter: Matter) -> None: ...

    @action("网上征集", by="clerk", when="soliciting", data=forms.Online, kind="round", aside=True)
    def solicit_online(self, matter: Matter, online: Mapping[str, Any], turn: Turn) -> Change:
        until = online.get("online_until") or matter.payload["until"]
        return Change(questionnaires=[wishes.asked(matter, self.params.categories, max(until, turn.day))])

    @action(
        "汇总网上征集", by="system", when=("soliciting", "screening"), data=forms.Wishes, kind="round", aside=True
    )  # fmt: skip
    def take_wishes(self, matter: Matter, said: Mapping[str, Any]) -> Change:
        return Change(opens=wishes.openings(said.get("ideas") or ()))

    @action("截止征集", by="clerk", when="soliciting", then="screening", kind="round")
    def close_solicitation(self, matter: Matter) -> None: ...

    @action(
        "确定候选项目",
        by="chair",
        when="screening",
        then="candidates",
        data=forms.Candidates,
        kind="round",
        children={"project": ("proposed", "withdrawn")},
        source="候选项目经常委会审议后提请代表大会票决",
    )
    def fix_candidates(self, matter: Matter, fixed: Mapping[str, Any]) -> Change:
        seats = fixed.get("seats") or self.params.ballot["seats"]
        proposed = _in(matter, "proposed")
        refusals.few_candidates(len(proposed), seats, self.params.surplus)
        return Change({"seats": seats}, papers=[papers.candidates(matter, proposed, seats)])

    @action("重新拟定候选项目", by="chair", when="candidates", then="screening", data=forms.Reason, kind="round",
            aside=True)  # fmt: skip
    def draw_up_again(self, matter: Matter) -> None:
        """The list is open once more: projects may be added, withdrawn and fixed again."""

    @action("提请票决", by="clerk", when="candidates", then="voting", kind="round")
    def put_to_the_vote(self, matter: Matter) -> Change:
        candidates = _in(matter, "candidate")
        # Some may have been withdrawn since the list was fixed.
        refusals.few_candidates(len(candidates), matter.payload["seats"], self.params.surplus)
        subjects = [BallotSubject(each.title, matter=each.id) for each in candidates]
        question = f"{matter.payload['year']} 年度民生实事项目票决"
        rule = {**self.params.ballot, "seats": matter.payload["seats"]}
        return Change(ballots=[Ballot(question, "selection", rule, subjects, electorate="deputy")])

    @action("公告票决结果", by="clerk", when="voting", then="carrying", kind="round", children={"project": SETTLED})
    def announce(self, matter: Matter) -> Change:
        chosen = _in(matter, "chosen")
        return Change(papers=[papers.announcement(matter, chosen), papers.entrusted(matter, chosen)])

    # A project that goes on across years is still inspected and measured when its year was told to the congress.
    @action("记录检查", by="clerk", when=("carrying", "reported"), data=forms.Inspected, kind="round", aside=True)
    def inspect(self, matter: Matter, inspected: Mapping[str, Any]) -> Change:
        known = {each.id for each in _in(matter, *UNDER_WAY)}
        for number in inspected.get("projects") or ():
            if number not in known:
                raise RendaError("livelihood_projects.not_of_this_year", number=number)
        return Change({"projects": inspected.get("projects")})

    @action("提请满意度测评", by="clerk", when=("carrying", "reported"), kind="round", aside=True)
    def measure(self, matter: Matter) -> Change:
        subjects = [BallotSubject(each.title, matter=each.id) for each in _in(matter, "done")]
        if not subjects:
            raise RendaError("livelihood_projects.none_done")
        question = f"{matter.payload['year']} 年度民生实事项目满意度测评"
        ballot = Ballot(question, "measurement", self.params.measurement, subjects, electorate=self.params.measured_by)
        return Change(ballots=[ballot])

    @action(
        "向代表大会报告",
        by="clerk",
        when="carrying",
        then="reported",
        data=forms.Report,
        kind="round",
        children={"project": CLOSED},
    )
    def report(self, matter: Matter, report: Mapping[str, Any], turn: Turn) -> Change:
        year = matter.payload["year"]
        before = [each for each in turn.records.matters(self.code, "round") if each.payload["year"] < year]
        crossed = [each for other in before for each in other.children("project") if each.done_on("carry_over")]
        return Change(papers=[papers.final_report(matter, report, self.params.report_to, crossed)])

    def follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """What a step of the year means for its projects, taken by the system in the same transaction."""
        around = event.matter
        if event.action == "fix_candidates":
            proposed = [each for each in records.children(around, "project") if each.state == "proposed"]
            return [Follow("list_as_candidate", {"number": place}, each.id) for place, each in enumerate(proposed, 1)]
        children = records.children(around, "project")
        if event.action == "draw_up_again":
            return [Follow("leave_list", {}, each.id) for each in children if each.state == "candidate"]
        if event.action == "announce":
            return [Follow("begin_work", {}, each.id) for each in children if each.state == "chosen"]
        if event.action == "inspect":
            wanted = event.entries.get("projects") or [each.id for each in children if each.state in UNDER_WAY]
            entries = {name: event.entries[name] for name in ("inspection", "found")}
            return [Follow("be_inspected", entries, number) for number in wanted]
        return []


def _in(around: Matter, *states: str) -> list[Matter]:
    return [each for each in around.children("project") if each.state in states]
