"""The five benches of a ballot: what a paper may say, how papers are counted, what the count decides.

Counting and deciding is ``renda.voting``; here its rules meet papers as they are kept. Rows of a sheet that
are judged each for itself come apart at the close, so that nobody is known by the pattern of a whole sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from renda import voting
from renda.errors import RendaError, declare
from renda.services.benches.election import ElectionBench
from renda.services.benches.rows import MeasurementBench, MotionBench, ScoreBench
from renda.services.benches.selection import SelectionBench

declare(
    {
        "ballot.no_bench": "没有“{bench}”这种表决。可用的有:{allowed}。",
        "ballot.no_subject": "{question}没有表决对象。请至少列出一项。",
    }
)

BENCHES = {
    "measurement": "测评",
    "motion": "表决",
    "selection": "票决",
    "election": "选举",
    "questionnaire": "民主测评",
}
UNREADABLE: Mapping[str, Any] = {"unreadable": True}


class Bench(Protocol):
    """How papers of one ballot are read, taken apart, counted and decided; subjects are named by code."""

    def read(self, paper: Mapping[str, Any]) -> dict[str, Any]:
        """A paper in its kept form; raises ``ballot.…`` where an elector should put it right."""

    def longest(self) -> dict[str, Any]:
        """The longest paper anybody can hand in."""

    def parts(self, paper: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
        """The paper as it is kept after the close."""

    def count(self, papers: Sequence[Mapping[str, Any]]) -> Any:
        """Kept papers counted."""

    def counted_by_hand(self, figures: Mapping[str, Any]) -> Any:
        """Figures somebody counted, as ``count`` would give them; raises ``ballot.hand_…``."""

    def returned(self, count: Any) -> int:
        """How many papers a count is made from."""

    def papers_from(self, count: Any) -> Sequence[dict[str, Any]] | None:
        """The kept papers a count is made from, as ``parts`` gives them; None where papers stay whole."""

    def decide(self, turnout: voting.Turnout, count: Any) -> tuple[dict[str, Any], Any]:
        """What follows for each subject (``outcome`` first), and the round that has to follow or None."""


def bench_for(
    bench: str, rule: Mapping[str, Any], subjects: Sequence[str], where: str, labels: Sequence[str] = ()
) -> Bench:
    """The bench of a ballot with its rule read; ``where`` names the rule's place for errors, ``labels`` the subjects.

    Raises ``ballot.no_bench`` and ``voting.…`` where the rule is wrong.
    """
    if bench not in BENCHES:
        raise RendaError("ballot.no_bench", bench=bench, allowed="、".join(BENCHES))
    if not subjects:
        raise RendaError("ballot.no_subject", question=where)
    made = _made(bench, rule, subjects, where)
    made.labels = dict(zip(subjects, labels, strict=False))
    return made


def _made(
    bench: str, rule: Mapping[str, Any], subjects: Sequence[str], where: str
) -> MotionBench | SelectionBench | ElectionBench | ScoreBench | MeasurementBench:
    if bench == "motion":
        return MotionBench(voting.motion_rule_from(rule, where), subjects)
    if bench == "selection":
        return SelectionBench(voting.selection_rule_from(rule, where), subjects)
    if bench == "election":
        return ElectionBench(voting.election_rule_from(rule, where), subjects)
    if "highest" in rule:
        return ScoreBench(voting.score_rule_from(rule, where), subjects)
    return MeasurementBench(voting.measurement_rule_from(rule, where), subjects)
