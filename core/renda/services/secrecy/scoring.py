"""Whether an attack on a ballot's secrecy does better than guessing: exact arithmetic, three deviations.

An attack says for voters and for papers what it found of them (a key: a number, a place, a transaction).
Equal keys are the same act; keys that are only ordered pair the first voter with the first paper.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

DEVIATIONS = 3


@dataclass(frozen=True, slots=True)
class Trace:
    """What an attack found: ``(person, key)`` of voters, ``(paper's id, content, key)`` of papers.

    ``attack`` names it; ``exact`` says that equal keys are the same act, otherwise keys are only ordered;
    ``note`` says why it could not be tried, and is empty where it was. ``by_words``: papers were found by what
    they say, which a published result says too, so that only known votes tell whether the order means anything.
    """

    attack: str
    voters: Sequence[tuple[int, Any]] = ()
    papers: Sequence[tuple[str, str, Any]] = ()
    note: str = ""
    exact: bool = False
    by_words: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs an attack got right, how many guessing gets on average, and its variance."""

    pairs: int
    right: int
    expected: Fraction
    variance: Fraction

    @property
    def beats_chance(self) -> bool:
        """Whether it is more than three standard deviations above guessing."""
        above = self.right - self.expected
        return above > 0 and above * above > DEVIATIONS * DEVIATIONS * self.variance


def pairings(trace: Trace, chance: random.Random) -> list[tuple[int, str]]:
    """Voters with the contents the attack gives them; ``chance`` breaks ties, as an attacker would have to."""
    voters, papers = list(trace.voters), list(trace.papers)
    chance.shuffle(voters)
    chance.shuffle(papers)
    if trace.exact:
        by_key: defaultdict[Any, list[str]] = defaultdict(list)
        for _, content, key in papers:
            by_key[key].append(content)
        return [(person, by_key[key].pop()) for person, key in voters if by_key[key]]
    voters.sort(key=lambda each: each[1])
    papers.sort(key=lambda each: each[2])
    return [(person, content) for (person, _), (_, content, _) in zip(voters, papers, strict=False)]


def scored(found: Sequence[tuple[int, str]], truth: Mapping[int, str]) -> Score:
    """Pairings against what people did vote; those whose vote is not known do not count."""
    known = [(truth[person], content) for person, content in found if person in truth]
    number = len(known)
    right = sum(voted == said for voted, said in known)
    voted, said = Counter(each for each, _ in known), Counter(each for _, each in known)
    if number <= 1:
        return Score(number, right, Fraction(right), Fraction())
    agreeing = sum(count * said[content] for content, count in voted.items())
    expected = Fraction(agreeing, number)
    # Hoeffding 1951: the variance of matches under a random permutation, from the doubly centred matrix.
    squares = sum(
        voters * papers * _centred(one, other, voted, said, number) ** 2
        for one, voters in voted.items()
        for other, papers in said.items()
    )
    return Score(number, right, expected, Fraction(squares, number - 1))


def _centred(one: str, other: str, voted: Counter[str], said: Counter[str], number: int) -> Fraction:
    same = Fraction(int(one == other))
    agreeing = sum(count * said[content] for content, count in voted.items())
    return same - Fraction(said[one], number) - Fraction(voted[other], number) + Fraction(agreeing, number * number)


def telling(trace: Trace) -> bool:
    """Whether a trace could lead to voters, judged without knowing anybody's vote.

    It could where a key belongs to one voter and one paper alone, or where the papers' keys are ordered
    otherwise than their ids, which are random. Guessing inverts half of all neighbours; a few inversions
    (three deviations fewer than that) come from pages that had room.
    """
    ours, theirs = Counter(key for _, key in trace.voters), Counter(key for _, _, key in trace.papers)
    if trace.exact:
        return len(theirs) > 1 and any(key in theirs for key in ours)
    if len(theirs) <= 1:
        return False
    ids = [paper for paper, _, key in sorted(trace.papers, key=lambda each: (each[2], each[0]))]
    if all(each.isdecimal() for each in ids):
        return True
    turned = sum(first > second for first, second in pairwise(ids))
    below = Fraction(len(ids) - 1, 2) - turned
    return turned > 0 and not (below > 0 and below * below > Fraction(DEVIATIONS**2 * (len(ids) + 1), 12))
