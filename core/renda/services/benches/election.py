"""选举: 赞成, 反对 or 弃权 for each candidate, and others written in where the rule allows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import voting
from renda.errors import RendaError, declare
from renda.services.benches.figures import plain, whole, wholes
from renda.services.benches.labels import Labelled
from renda.services.benches.selection import check_votes, refuse_void, seated

declare({"ballot.paper_name": "另选的姓名“{name}”过长或为空。请写全名,不超过{most}个字。"})

LONGEST_NAME = 20


class ElectionBench(Labelled):
    """One paper for all candidates; it stays whole, since who opposes decides about names written in."""

    def __init__(self, rule: voting.ElectionRule, subjects: Sequence[str]) -> None:
        self.rule = rule
        self.subjects = tuple(subjects)

    def read(self, paper: Mapping[str, Any]) -> dict[str, Any]:
        """See ``Bench``: ``{"marks": {candidate: "yes" | "no" | "abstain"}, "written": [name]}``."""
        marks, written = paper.get("marks", {}), paper.get("written", ())
        if not isinstance(marks, Mapping) or not isinstance(written, list | tuple) or paper.keys() - _ENTRIES:
            raise RendaError("ballot.paper_shape")
        names = [" ".join(str(name).split()) for name in written]
        for name in names:
            if not 0 < len(name) <= LONGEST_NAME:
                raise RendaError("ballot.paper_name", name=name, most=LONGEST_NAME)
        kept = {"marks": {code: str(marks[code]) for code in marks}, "written": sorted(names)}
        refuse_void(self.count([kept]).papers)
        return kept

    def longest(self) -> dict[str, Any]:
        """See ``Bench``."""
        names = self.rule.selection.seats if self.rule.write_in is not voting.WriteIn.NEVER else 0
        return {"marks": dict.fromkeys(self.subjects, "abstain"), "written": ["名" * LONGEST_NAME] * names}

    def parts(self, paper: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
        """See ``Bench``."""
        marks, written = paper.get("marks"), paper.get("written")
        if isinstance(marks, Mapping) and isinstance(written, list | tuple):
            # An order that means nothing could be a sign by which somebody's paper is known.
            marked = {code: str(mark) for code, mark in sorted((str(code), mark) for code, mark in marks.items())}
            return [{"marks": marked, "written": sorted(str(name) for name in written)}]
        return [{"marks": {"": ""}, "written": []}]

    def count(self, papers: Sequence[Mapping[str, Any]]) -> voting.ElectionCount:
        """See ``Bench``."""
        read = [voting.ElectionPaper(paper["marks"], tuple(paper["written"])) for paper in papers]
        return voting.count_election(self.rule, self.subjects, read)

    def counted_by_hand(self, figures: Mapping[str, Any]) -> voting.ElectionCount:
        """See ``Bench``: ``{"votes", "opposed", "abstained", "written": {name: n}, "good", "void", "blank"}``."""
        written = figures.get("written") or {}
        votes = {**wholes(figures.get("votes"), self.subjects), **wholes(written, tuple(written))}
        papers = voting.PaperCount(votes, whole(figures, "good"), whole(figures, "void"), whole(figures, "blank"))
        check_votes(papers, self)
        opposed = wholes(figures.get("opposed"), self.subjects)
        abstained = wholes(figures.get("abstained"), self.subjects)
        for code in self.subjects:
            total = votes[code] + opposed[code] + abstained[code]
            if total != papers.good:
                raise RendaError("ballot.hand_sum", subject=self.label_of(code), sum=total, returned=papers.good)
        return voting.ElectionCount(papers, opposed, abstained)

    def returned(self, count: voting.ElectionCount) -> int:
        """See ``Bench``."""
        return count.papers.returned

    def papers_from(self, count: voting.ElectionCount) -> None:
        """See ``Bench``: what else stood on a paper does not follow from a count."""

    def decide(self, turnout: voting.Turnout, count: voting.ElectionCount) -> tuple[dict[str, Any], Any]:
        """See ``Bench``; names written in stand beside the candidates, under the name."""
        result = voting.decide_election(self.rule, turnout, count)
        # A paper without any mark abstains about every candidate where the rule takes it so.
        blank = count.papers.blank if self.rule.selection.blank is voting.BlankPolicy.ABSTAIN else 0
        decided = {
            code: {
                **seated(result.selection, code, votes),
                "opposed": count.opposed.get(code, 0),
                "abstained": count.abstained.get(code, 0) + (blank if code in count.abstained else 0),
            }
            for code, votes in count.papers.votes.items()
        }
        return decided, plain(result.selection.following)


_ENTRIES = frozenset({"marks", "written"})
