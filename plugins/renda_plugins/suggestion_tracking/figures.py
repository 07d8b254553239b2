"""The four rates over a term: 见面沟通, 办结, 答复, and how much was really carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, Sheet, condition, leaf, met, minus, percent, ratio

YEARS = ("年份", "会议期间", "闭会期间", "合计", "见面沟通", "答复", "办结", "落实到位", "落实率")
LED = ("领衔督办人", "建议件数", "督办次数", "最近一次", "已落实到位", "标题")

Test = Callable[[Matter], bool]


class Figures:
    """The figures of one year or of a term; ``tally`` adds its accounts and its single suggestions up."""

    def __init__(self, tally: Any, contacted: set[int], counts: Iterable[str]) -> None:
        self.tally = tally
        self.contacted = contacted
        self.counts = tuple(counts)

    def of_session(self, session: str, label: str) -> Explained:
        """Suggestions proposed in the congress (``session``) or between (``intersession``)."""
        cls = type(self.tally)
        accounts = [each for each in self.tally.accounts if each.payload.get("session") == session]
        single = [each for each in self.tally.suggestions if each.payload["session"] == session]
        found: Explained = cls(label, accounts, single).number(label, "handled", lambda _: True)
        return found

    def number(self, label: str, entry: str, holds: Test) -> Explained:
        """Accounts and single suggestions, added."""
        found: Explained = self.tally.number(label, entry, holds)
        return found

    def handled(self) -> Explained:
        """All that were handed over."""
        return self.number("办理件数", "handled", lambda _: True)

    def met(self) -> Explained:
        """Those whose organs met the proposer before they replied."""
        return self.number("见面沟通件数", "met", lambda each: each.id in self.contacted)

    def replied(self) -> Explained:
        """Those that were answered."""
        return self.number("答复件数", "replied", lambda each: bool(each.payload.get("result_class")))

    def finished(self) -> Explained:
        """Those that are closed."""
        return self.number("办结件数", "finished", lambda each: each.state == "closed")

    def carried_out(self) -> Explained:
        """Those closed of which the proposer says that they were carried out as far as the district counts."""
        return self.number("落实到位件数", "carried_out", self.is_carried_out)

    def is_carried_out(self, matter: Matter) -> bool:
        """Whether a suggestion counts as carried out."""
        return matter.state == "closed" and matter.payload.get("carried_out") in self.counts

    def rate(self, label: str, part: Explained) -> Explained:
        """A part of all handled, in per cent with one decimal."""
        return percent(ratio("占比", part, self.handled()), 1, label=label)

    def carried_out_rate(self) -> Explained:
        """落实率: carried out over all handed over, the ones of the congress and the ones between together."""
        return self.rate("落实率", self.carried_out())

    def row(self) -> list[Any]:
        """A line of the yearly table."""
        sessions = [self.of_session("session", "会议期间"), self.of_session("intersession", "闭会期间")]
        counts = [self.handled(), self.met(), self.replied(), self.finished(), self.carried_out()]
        return [self.tally.label, *sessions, *counts, self.carried_out_rate()]


def term_figures(every: Figures, years: Sequence[Figures], floor: Decimal, before: Decimal | None) -> list[Explained]:
    """What is said of a whole term: how many, three rates, the fourth, each year's floor, the term before."""
    told = [
        every.of_session("session", "会议期间件数"),
        every.of_session("intersession", "闭会期间件数"),
        every.handled(),
        every.rate("见面沟通率", every.met()),
        every.rate("办结率", every.finished()),
        every.rate("答复率", every.replied()),
        every.carried_out_rate(),
    ]
    above = [
        condition(each.tally.label, ratio("落实率", each.carried_out(), each.handled()), ">", floor) for each in years
    ]
    if above:
        told.append(met("各年落实率均高于目标", *above))
    rate = told[6]
    if before is not None and rate.value is not None:
        told.append(minus("比上届提高(百分点)", rate, leaf("上届年均落实率", before)))
    return told


def led_sheet(suggestions: Iterable[Matter], every: Figures) -> Sheet:
    """One line for each suggestion a leader leads the supervision of."""
    rows = []
    for each in suggestions:
        efforts = each.payload.get("efforts") or ()
        last = efforts[-1]["day"] if efforts else None
        done = "是" if every.is_carried_out(each) else "否"
        rows += [
            [leader.name, 1, len(efforts), last, done, each.title] for leader in each.parties.get("supervisor", ())
        ]
    return Sheet("led", "领衔督办台账", LED, rows)
