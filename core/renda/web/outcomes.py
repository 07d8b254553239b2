"""A ballot's result as a page shows it: bars, figures, and the reasons each figure opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renda.i18n import gettext
from renda.model import BallotRow
from renda.services.ballots.result_text import MarkCount, counted, result_text
from renda.services.ballots.wording import BASES, BLANK
from renda.voting import percent
from renda.voting.conditions import OTHERWISE

GOOD = frozenset({"carried", "chosen", "满意"})
POOR = frozenset({"not_carried", "set_void", "too_few_took_part", "不满意"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a line: its bar and what is needed in percent of the base, and how it came about."""

    label: str
    number: int
    width: int
    reasons: Sequence[str]
    mark: str
    text: str = ""
    share: str = ""
    needed: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One subject: what became of it, its figures, the sums that decided. No cells where they are withheld.

    A cell is None where the line has no such figure, as somebody written in has no votes against.
    """

    label: str
    outcome: str
    level: str
    cells: Sequence[Cell | None]
    reasons: Sequence[str]
    rate: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole result; ``requirement`` is what all lines need, empty where they differ in it."""

    people: Sequence[Cell]
    lines: Sequence[OutcomeLine]
    coarsened: bool
    subtotals: str
    columns: Sequence[str]
    requirement: str

    @property
    def rated(self) -> bool:
        """Whether any line has a rate of satisfaction."""
        return any(line.rate for line in self.lines)


def outcome(row: BallotRow, said: Mapping[str, Any]) -> Outcome:
    """What is shown of ``said``: what was published, or all that the office may see."""
    people, text = said["turnout"], result_text(row, said)
    lines = []
    for kept, line in zip(said["subjects"], text.lines, strict=False):
        figures = kept.get("figures", {})
        base = _base(figures) or max(1, people["issued"])
        level = "good" if kept["outcome"] in GOOD else "danger" if kept["outcome"] in POOR else ""
        cells = [None if each is None else _cell(row, kept, each, base, said) for each in line.counts]
        lines.append(OutcomeLine(line.label, line.outcome, level, cells, sums(figures), line.rate, line.needed))
    subtotals = _subtotals(people, said.get("subtotals"))
    return Outcome(_people(people), lines, bool(said["coarsened"]), subtotals, text.columns, text.requirement)


def _people(people: Mapping[str, int]) -> list[Cell]:
    reasons = {
        gettext("全体"): ("members", [gettext("全体组成人员的名额,表决开始时核定。")]),
        gettext("表决时出席"): ("present", [gettext("表决开始时在场并有表决权的人数。")]),
        gettext("发出"): ("issued", [gettext("表决开始时冻结的签到名单,每人一票。")]),
        gettext("收回"): ("returned", [_returned(people)]),
        gettext("未投"): ("not_pressed", [_not_voted(people)]),
    }
    return [Cell(label, people[name], 0, why, name) for label, (name, why) in reasons.items()]


def _returned(people: Mapping[str, int]) -> str:
    if "electronic" not in people:
        return gettext("无记名表决只留合计,不分电子票和纸质票。")
    return gettext(
        "电子票 {electronic} 张 + 纸质票 {paper} 张 = {returned} 张。",
        **{name: people[name] for name in ("electronic", "paper", "returned")},
    )


def _not_voted(people: Mapping[str, int]) -> str:
    if "electronic" not in people:
        return gettext(
            "发出 {issued} − 收回 {returned} = {not_pressed};未投的不是弃权。",
            **{name: people[name] for name in ("issued", "returned", "not_pressed")},
        )
    return gettext(
        "发出 {issued} − 纸质票 {paper_issued} − 电子票 {electronic} = {not_pressed};未投的不是弃权。",
        **{name: people[name] for name in ("issued", "paper_issued", "electronic", "not_pressed")},
    )


def _base(figures: Mapping[str, Any]) -> int:
    """The number a line's figures are shares of; 0 where it is of no single number."""
    people = figures.get("turnout") or {}
    base = str(figures.get("base", ""))
    return int(figures.get("base_count") or people.get(base.removeprefix("all_"), 0))


def _cell(row: BallotRow, kept: Mapping[str, Any], each: MarkCount, base: int, said: Mapping[str, Any]) -> Cell:
    needed = (kept.get("figures") or {}).get("needed", 0) if each.mark == "yes" else 0
    return Cell(
        each.label,
        each.votes,
        min(100, 100 * each.votes // base),
        [*_ways(row, kept["code"], each, said.get("subtotals")), *_unmarked(each)],
        each.mark.strip(),
        each.cell,
        f"{percent(each.votes, base)}%",
        min(100, 100 * needed // base) if needed > 1 else 0,
    )


def _unmarked(each: MarkCount) -> list[str]:
    if not each.unmarked:
        return []
    return [gettext("其中 {n} 张没有填这一项,按规则计入“{mark}”。", n=each.unmarked, mark=each.label)]


def _ways(row: BallotRow, code: str, each: MarkCount, subtotals: Mapping[str, Any] | None) -> list[str]:
    if not subtotals or "electronic" not in subtotals:
        return [gettext("共 {n} 张。", n=each.votes)]
    electronic, paper = (_counted(row, subtotals[way], code, each.mark) for way in ("electronic", "paper"))
    return [gettext("电子票 {electronic} + 纸质票 {paper} = {n}。", electronic=electronic, paper=paper, n=each.votes)]


def _counted(row: BallotRow, count: Any, code: str, mark: str) -> int:
    """The papers of one mark in one of two counts, blank ones where the rule puts them."""
    if isinstance(count, Sequence):
        found = next(each for each in count if each["subject"] == code)
        cells = {**found["marks"], " void": found["void"], BLANK: found["blank"]}
    elif "papers" in count:
        papers = count["papers"]
        cells = {
            "yes": papers["votes"].get(code, 0),
            "no": count["opposed"].get(code, 0),
            "abstain": count["abstained"].get(code, 0),
            " void": papers["void"],
            BLANK: papers["blank"],
        }
    else:
        votes = count["votes"].get(code, 0)
        cells = {"yes": votes, "no": count["good"] - votes, " void": count["void"], BLANK: count["blank"]}
    return int(counted(row, {"cells": cells})["cells"].get(mark, 0))


def sums(figures: Mapping[str, Any]) -> list[str]:
    """The comparisons that decided a line, in the order they were made, each as one would write it down."""
    found = []
    base = str(figures.get("base"))
    if base in BASES:
        found.append(gettext("计算基数:{base} {number}。", base=gettext(BASES[base]), number=_base(figures)))
    check = figures.get("set_check")
    if check:
        found.append(gettext("收回不多于发出:{sum}。", sum=check["text"]))
    taken = figures.get("participation")
    if isinstance(taken, Mapping):
        found.append(gettext("参加表决的人数:{sum}。", sum=taken["text"]))
    found += _decided(figures)
    for comparison, grade in figures.get("tried", ()):
        held = gettext("符合") if comparison["met"] else gettext("不符合")
        sum_ = gettext("其余情形") if comparison["text"] == OTHERWISE else comparison["text"]
        found.append(gettext("“{grade}”:{sum},{held}。", grade=gettext(grade), sum=sum_, held=held))
    if figures.get("satisfied_share") is not None:
        found.append(
            gettext("满意率:{n} 票,{share}%。", n=figures["satisfied_count"], share=figures["satisfied_share"])
        )
    if figures.get("mean") is not None:
        found.append(gettext("平均分:{mean}。", mean=figures.get("outcome") or figures["mean"]))
    return found


def _decided(figures: Mapping[str, Any]) -> list[str]:
    """The comparison with the threshold; and with the other votes, where these decide who has a seat."""
    compared, ranked = figures.get("comparison"), figures.get("ranking")
    by_votes = [] if not ranked else [gettext("{sum},得票多的取得名额。", sum=ranked["text"])]
    # Any vote at all reaches a plurality: of such a round only the votes of the others say anything.
    if not compared or (ranked and compared["right"] == 0):
        return by_votes
    needed = figures.get("needed", "")
    return [gettext("{sum},至少需要 {needed} 票。", sum=compared["text"], needed=needed), *by_votes]


def _subtotals(people: Mapping[str, int], subtotals: Mapping[str, Any] | None) -> str:
    if not subtotals or "electronic" not in people:
        return ""
    return gettext(
        "电子票 {electronic} 张,纸质票 {paper} 张,已合并计算。", electronic=people["electronic"], paper=people["paper"]
    )
