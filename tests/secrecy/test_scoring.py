"""Chance is computed, not guessed at."""

import itertools
import random
from fractions import Fraction

import pytest

from renda.services.secrecy import Trace, pairings, scored, telling


def test_expectation_and_variance_are_those_of_all_permutations() -> None:
    voted, said = ["a", "a", "b", "c"], ["a", "b", "b", "c"]
    hits = [sum(x == y for x, y in zip(voted, order, strict=True)) for order in itertools.permutations(said)]
    mean = Fraction(sum(hits), len(hits))
    score = scored(list(enumerate(said)), dict(enumerate(voted)))
    assert score.expected == mean
    assert score.variance == sum((hit - mean) ** 2 for hit in hits) / len(hits)


@pytest.mark.parametrize(("right", "beats"), [(4, False), (5, True)])
def test_an_attack_must_be_more_than_three_deviations_above_chance(right: int, beats: bool) -> None:
    said = [*range(right), *range(right + 1, 40), right]
    score = scored([(person, str(each)) for person, each in enumerate(said)], {each: str(each) for each in range(40)})
    assert (score.right, score.beats_chance) == (right, beats)
    assert score.expected == score.variance == Fraction(1)


def test_votes_nobody_knows_do_not_count() -> None:
    score = scored([(1, "a"), (2, "b")], {1: "a"})
    assert (score.pairs, score.right, score.beats_chance) == (1, 1, False)
    assert not scored([], {}).beats_chance


def test_equal_keys_pair_first_and_ordered_keys_pair_by_rank() -> None:
    chance = random.Random(1)
    exact = Trace("x", [(1, 7), (2, 8)], [("p", "b", 8), ("q", "a", 7)], exact=True)
    assert sorted(pairings(exact, chance)) == [(1, "a"), (2, "b")]
    ranked = Trace("x", [(1, 7), (2, 8)], [("p", "b", 800), ("q", "a", 700)])
    assert sorted(pairings(ranked, chance)) == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("ids", "leads"),
    [
        (["a", "b", "c", "d"], False),
        (["b", "a", "c", "d"], True),
        (["1", "2", "3", "4"], True),
        ([f"{number:02x}a" for number in (*range(20), 21, 20, *range(22, 40))], False),
        ([f"{number * 7 % 40:02x}a" for number in range(40)], False),
        ([f"{number * 11 % 41:02x}a" for number in range(41)], False),
    ],
)
def test_papers_out_of_the_order_of_their_ids_could_lead_to_voters(ids: list[str], leads: bool) -> None:
    trace = Trace("x", [(1, 1)], [(paper, "", place) for place, paper in enumerate(ids)])
    assert telling(trace) is leads


def test_shuffled_ids_tell_that_another_order_is_kept() -> None:
    ids = [f"{number:02x}a" for number in range(40)]
    random.Random(3).shuffle(ids)
    assert telling(Trace("x", [(1, 1)], [(paper, "", place) for place, paper in enumerate(ids)]))


def test_one_key_for_all_tells_nothing() -> None:
    papers = [("a", "", 5), ("b", "", 5)]
    assert not telling(Trace("x", [(1, 5), (2, 5)], papers))
    assert not telling(Trace("x", [(1, 5), (2, 5)], papers, exact=True))
    assert not telling(Trace("x", [(1, 5)], [("a", "", 6), ("b", "", 7)], exact=True))
    assert telling(Trace("x", [(1, 6)], [("a", "", 6), ("b", "", 7)], exact=True))
