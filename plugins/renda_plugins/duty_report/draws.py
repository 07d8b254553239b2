"""Drawing who speaks: the list frozen, two parties bound to a seed each, both shown, the record for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Change, Follow, Matter, Practice, Records, RendaError, Turn, action, drawing

from . import forms, lists, papers, refusals

STATES = MappingProxyType(
    {
        "frozen": "名单已冻结",
        "bound": "主任会议已承诺",
        "committed": "双方已承诺",
        "shown": "主任会议已亮种子",
        "drawn": "已抽定",
        "settled": "述职会议已开",
        "void": "作废",
    }
)
ENDS = ("settled", "void")
LEFT = "已登记不再述职"


class Draws(Practice):
    """The actions on a draw."""

    abstract = True

    @action("冻结抽签名单", by="clerk", when=None, then="frozen", data=forms.Frozen, kind="draw", around="reporting")
    def freeze(self, matter: Matter, frozen: Mapping[str, Any], turn: Turn) -> Change:
        around = matter.parent
        assert around is not None
        if self.params.oral_by != "draw":
            raise RendaError("duty_report.no_draw")
        if any(each.state != "void" and each.id != matter.id for each in around.children("draw")):
            raise RendaError("duty_report.drawn_already", year=around.payload["year"])
        excused = [each["official"] for each in frozen.get("excused") or ()]
        pool, widened = lists.pool(self.code, self.params, around, excused, turn)
        if any(each.payload["official"] == frozen["witness"] for each in pool):
            raise RendaError("duty_report.witness", name=turn.records.party("person", frozen["witness"]).name)
        if len(pool) < self.params.oral_n:
            raise RendaError("drawing.too_few", listed=len(pool), wanted=self.params.oral_n)
        entrants = [lists.entered(each, self.params) for each in pool]
        digest = drawing.list_digest(lists.entrants(entrants))
        kept = {"entrants": entrants, "list_digest": digest, "wanted": self.params.oral_n, "widened": widened}
        return Change(kept, papers=[papers.frozen(around, kept)])

    @action("主任会议承诺", by="chair", when="frozen", then="bound", data=forms.ChairCommitment, kind="draw")
    def commit_chair(self, matter: Matter, made: Mapping[str, Any], turn: Turn) -> None:
        lists.two_people(matter, turn)
        lists.check_digest(made["chair_commitment"])

    @action("监督员承诺", by="witness", when="bound", then="committed", data=forms.WitnessCommitment, kind="draw")
    def commit_witness(self, matter: Matter, made: Mapping[str, Any]) -> None:
        lists.check_digest(made["witness_commitment"])
        if made["witness_commitment"] == matter.payload["chair_commitment"]:
            raise RendaError("duty_report.same_commitment")

    @action("主任会议亮种子", by="chair", when="committed", then="shown", data=forms.ChairSeed, kind="draw")
    def reveal_chair(self, matter: Matter, shown: Mapping[str, Any], turn: Turn) -> None:
        lists.two_people(matter, turn)
        lists.check_seed(lists.CHAIR, shown["chair_seed"], matter.payload["chair_commitment"])

    @action("监督员亮种子", by="witness", when="shown", then="drawn", data=forms.WitnessSeed, kind="draw")
    def reveal_witness(self, matter: Matter, shown: Mapping[str, Any]) -> Change:
        lists.check_seed(lists.witness_of(matter), shown["witness_seed"], matter.payload["witness_commitment"])
        return lists.recorded(matter, {**matter.payload, **shown}, {})

    @action("替换抽中人员", by="clerk", when="drawn", data=forms.Replacement, kind="draw", aside=True)
    def replace(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> Change:
        by_code = {each["code"]: turn.records.matter(each["report"]) for each in matter.payload["entrants"]}
        refusals.replaceable(matter, by_code, said["official"], turn.records)
        replaced = dict(matter.payload.get("replaced") or {})
        replaced |= {code: said["reason"] for code, each in by_code.items() if lists.is_of(each, said["official"])}
        change = lists.recorded(matter, matter.payload, replaced)
        # Who comes next may have left the year since the list was frozen; the draw goes on to the one after.
        while left := [code for code in change.payload["drawn"] if lists.is_gone(by_code[code])]:
            replaced |= dict.fromkeys(left, LEFT)
            change = lists.recorded(matter, matter.payload, replaced)
        return change

    @action("抽签完结", by="system", when="drawn", then="settled", kind="draw")
    def settle(self, matter: Matter) -> None: ...

    @action(
        "随年度撤销",
        by="system",
        when=("frozen", "bound", "committed", "shown", "drawn"),
        then="void",
        kind="draw",
        aside=True,
    )
    def lapse(self, matter: Matter) -> None: ...

    @action(
        "抽签作废",
        by="chair",
        when=("frozen", "bound", "committed", "shown", "drawn"),
        then="void",
        data=forms.Reason,
        kind="draw",
        around="reporting",
        aside=True,
    )
    def annul(self, matter: Matter) -> None: ...

    def draw_follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """Who is drawn speaks; who is drawn no longer does not."""
        if event.action not in {"reveal_witness", "replace", "annul"}:
            return []
        draw, steps = event.matter, []
        drawn = () if draw.state == "void" else draw.payload.get("drawn") or ()
        for entrant in draw.payload["entrants"]:
            report = records.matter(entrant["report"])
            if report is None or report.state not in {"due", "submitted"}:
                continue
            called = entrant["code"] in drawn
            if called != bool(report.payload.get("oral")):
                steps.append(Follow("name_oral" if called else "unname_oral", {}, report.id))
        return steps
