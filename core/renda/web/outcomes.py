"""A ballot's result as a page shows it: bars, figures, and the reasons each figure opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renda.i18n import gettext
from renda.model import BallotRow
from renda.services.ballots.wording import BASES, in_order, mark_of, outcome_of

GOOD = frozenset({"carried", "chosen", "满意"})
POOR = frozenset({"not_carried", "set_void", "too_few_took_part", "不满意"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a line: its bar in percent of the papers, and how it came about."""

    label: str
    number: int
    width: int
    reasons: Sequence[str]
    mark: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One subject: what became of it, its figures, the sums that decided. No cells where they are withheld."""

    label: str
    outcome: str
    level: str
    cells: Sequence[Cell]
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole result."""

    people: Sequence[Cell]
    lines: Sequence[OutcomeLine]
    coarsened: bool
    subtotals: str
    columns: Sequence[str]


def outcome(row: BallotRow, said: Mapping[str, Any]) -> Outcome:
    """What is shown of ``said``: what was published, or all that the office may see."""
    people = said["turnout"]
    lines = [_line(row, line, said) for line in said["subjects"]]
    columns = [cell.label for cell in lines[0].cells] if lines else []
    same = all([cell.label for cell in line.cells] in ([], columns) for line in lines)
    return Outcome(
        _people(people), lines, bool(said["coarsened"]), _subtotals(people, said["subtotals"]), columns if same else []
    )


def _people(people: Mapping[str, int]) -> list[Cell]:
    reasons = {
        gettext("全体"): ("members", [gettext("全体组成人员的名额,表决开始时核定。")]),
        gettext("出席"): ("present", [gettext("表决开始时在场并有表决权的人数。")]),
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


def _line(row: BallotRow, line: Mapping[str, Any], said: Mapping[str, Any]) -> OutcomeLine:
    cells: Mapping[str, int] = line.get("cells", {})
    papers = max(1, said["turnout"]["issued"], sum(cells.values()))
    level = "good" if line["outcome"] in GOOD else "danger" if line["outcome"] in POOR else ""
    shown = [
        Cell(
            mark_of(row.bench, row.rule, mark),
            number,
            100 * number // papers,
            _ways(line["code"], mark, number, said["subtotals"]),
            mark.strip(),
        )
        for mark, number in in_order(row.bench, row.rule, cells)
        if number or not mark.startswith(" ")
    ]
    return OutcomeLine(
        line["label"], outcome_of(row.bench, line["outcome"]), level, shown, sums(line.get("figures", {}))
    )


def _ways(code: str, mark: str, number: int, subtotals: Mapping[str, Any] | None) -> list[str]:
    if not subtotals:
        return [gettext("共 {n} 张。", n=number)]
    electronic, paper = (_counted(subtotals[way], code, mark) for way in ("electronic", "paper"))
    return [gettext("电子票 {electronic} + 纸质票 {paper} = {n}。", electronic=electronic, paper=paper, n=number)]


def _counted(count: Any, code: str, mark: str) -> int:
    if isinstance(count, Sequence):
        row = next(each for each in count if each["subject"] == code)
        return int(row["marks"].get(mark, row.get(mark.strip(), 0)))
    if mark == "yes":
        return int(count.get("papers", count)["votes"].get(code, 0))
    if "papers" in count and mark in {"no", "abstain"}:
        return int(count["opposed" if mark == "no" else "abstained"].get(code, 0))
    papers = count.get("papers", count)
    return int(papers["good"] - papers["votes"].get(code, 0) if mark == "no" else papers[mark.strip()])


def sums(figures: Mapping[str, Any]) -> list[str]:
    """The comparisons that decided a line, in the order they were made, each as one would write it down."""
    found = []
    base = str(figures.get("base"))
    if base in BASES:
        people = figures.get("turnout") or {}
        number = figures.get("base_count", people.get(base.removeprefix("all_"), ""))
        found.append(gettext("计算基数:{base} {number}。", base=gettext(BASES[base]), number=number))
    check = figures.get("set_check")
    if check:
        found.append(gettext("收回不多于发出:{sum}。", sum=check["text"]))
    taken = figures.get("participation")
    if isinstance(taken, Mapping):
        found.append(gettext("参加表决的人数:{sum}。", sum=taken["text"]))
    compared = figures.get("comparison")
    if compared:
        needed = figures.get("needed", "")
        found.append(gettext("{sum},至少需要 {needed} 票。", sum=compared["text"], needed=needed))
    for comparison, grade in figures.get("tried", ()):
        held = gettext("符合") if comparison["met"] else gettext("不符合")
        found.append(gettext("“{grade}”:{sum},{held}。", grade=gettext(grade), sum=comparison["text"], held=held))
    if figures.get("satisfied_share") is not None:
        found.append(
            gettext("满意率:{n} 票,{share}%。", n=figures["satisfied_count"], share=figures["satisfied_share"])
        )
    if figures.get("mean") is not None:
        found.append(gettext("平均分:{mean}。", mean=figures.get("outcome") or figures["mean"]))
    return found


def _subtotals(people: Mapping[str, int], subtotals: Mapping[str, Any] | None) -> str:
    if not subtotals:
        return ""
    return gettext(
        "电子票 {electronic} 张,纸质票 {paper} 张,已合并计算。", electronic=people["electronic"], paper=people["paper"]
    )
