"""票决: some of many, or ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import voting
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.benches.figures import plain, whole, wholes
from renda.services.benches.labels import Labelled

declare({"ballot.paper_void": "这样填写会成为无效票:{reason}。请改正后再交。"})

REASONS = {
    voting.VoidReason.OVERVOTE: "所选多于应选",
    voting.VoidReason.UNDERVOTE: "所选少于应选",
    voting.VoidReason.REPEATED: "同一人或同一项选了两次",
    voting.VoidReason.UNKNOWN: "选了票上没有的项",
    voting.VoidReason.WRITE_IN: "另选他人不符合规定",
}


class SelectionBench(Labelled):
    """N of M: the papers list the codes chosen, in the order of rank where the rule asks for ranks."""

    def __init__(self, rule: voting.SelectionRule, subjects: Sequence[str]) -> None:
        self.rule = rule
        self.subjects = tuple(subjects)

    def read(self, paper: Mapping[str, Any]) -> dict[str, Any]:
        """See ``Bench``: ``{"chosen": [code]}``; the order stays only where it means something."""
        chosen = paper.get("chosen")
        if not isinstance(chosen, list | tuple) or len(paper) != 1:
            raise RendaError("ballot.paper_shape")
        refuse_void(self.count([{"chosen": chosen}]))
        ranked = self.rule.marking is voting.Marking.RANKS
        return {"chosen": list(chosen) if ranked else sorted(chosen, key=self.subjects.index)}

    def longest(self) -> dict[str, Any]:
        """See ``Bench``."""
        return {"chosen": list(self.subjects)}

    def parts(self, paper: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
        """See ``Bench``."""
        chosen = paper.get("chosen")
        well_made = isinstance(chosen, list | tuple) and all(isinstance(code, str) for code in chosen)
        kept = list(chosen) if well_made and chosen is not None else [""]
        # An order that means nothing could be a sign by which somebody's paper is known.
        return [{"chosen": kept if self.rule.marking is voting.Marking.RANKS else sorted(kept)}]

    def count(self, papers: Sequence[Mapping[str, Any]]) -> voting.PaperCount:
        """See ``Bench``."""
        return voting.count_selection(self.rule, self.subjects, [paper["chosen"] for paper in papers])

    def counted_by_hand(self, figures: Mapping[str, Any]) -> voting.PaperCount:
        """See ``Bench``: ``{"votes": {code: n}, "good", "void", "blank"}``."""
        votes = wholes(figures.get("votes"), self.subjects)
        count = voting.PaperCount(votes, whole(figures, "good"), whole(figures, "void"), whole(figures, "blank"))
        if self.rule.marking is not voting.Marking.RANKS:
            check_votes(count, self)
        return count

    def returned(self, count: voting.PaperCount) -> int:
        """See ``Bench``."""
        return count.returned

    def papers_from(self, count: voting.PaperCount) -> None:
        """See ``Bench``: what else stood on a paper does not follow from a count."""

    def decide(self, turnout: voting.Turnout, count: voting.PaperCount) -> tuple[dict[str, Any], Any]:
        """See ``Bench``: ``chosen``, ``tied`` or ``not_chosen``."""
        result = voting.decide_selection(self.rule, turnout, count)
        return {code: seated(result, code, count.votes[code]) for code in self.subjects}, plain(result.following)


def seated(result: voting.SelectionResult, code: str, votes: int) -> dict[str, Any]:
    """What became of one candidate: votes, the comparison with the threshold, the outcome."""
    seating = result.seating
    if seating is None:
        taken = plain(result.participation)
        return {"outcome": "undecided", "votes": votes, "participation": taken, "turnout": plain(result.turnout)}
    outcome = "chosen" if code in seating.chosen else "tied" if code in seating.tied else "not_chosen"
    return {
        "outcome": outcome,
        "votes": votes,
        "needed": seating.needed,
        "comparison": plain(seating.comparisons[code]),
        "ranking": plain(seating.ranking.get(code)),
        "base_count": seating.base_count,
        "base": plain(result.base),
        "turnout": plain(result.turnout),
    }


def refuse_void(count: voting.PaperCount) -> None:
    """Raise ``ballot.paper_void`` where the one paper counted would be void, so that the elector can mend it."""
    for reason in count.reasons:
        raise RendaError("ballot.paper_void", reason=gettext(REASONS[reason]))


def check_votes(count: voting.PaperCount, names: Labelled) -> None:
    """Raise ``ballot.hand_votes`` where somebody has more votes than there are good papers."""
    for code, votes in count.votes.items():
        if votes > count.good:
            raise RendaError("ballot.hand_votes", entry=names.label_of(code), votes=votes, good=count.good)
