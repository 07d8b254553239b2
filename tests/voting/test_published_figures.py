"""Figures that laws and published results give; the first table the counting rules answer to."""

from decimal import Decimal
from fractions import Fraction

import pytest

from renda.voting import (
    MORE_THAN_HALF,
    Base,
    Marking,
    MotionOutcome,
    MotionRule,
    RoundKind,
    RowCount,
    SelectionRule,
    Threshold,
    committee_quorum,
    congress_quorum,
    count_selection,
    decide_motion,
    decide_selection,
    fill_seats,
    next_round,
    percent,
    percentages,
    turnout,
)


@pytest.mark.parametrize(("members", "needed"), [(27, 14), (226, 114), (35, 18), (45, 23), (2, 2), (1, 1)])
def test_more_than_half_of_all_members_is_strict(members: int, needed: int) -> None:
    assert MORE_THAN_HALF.needed(members) == needed
    assert MORE_THAN_HALF.met(needed, members)
    assert not MORE_THAN_HALF.met(needed - 1, members)


def test_deputies_absent_do_not_lower_the_majority_of_the_congress() -> None:
    row = RowCount("决议草案", {"yes": 113, "no": 60, "abstain": 40})
    result = decide_motion(MotionRule(), turnout(226, 213, 213, 213), row)
    assert result.outcome is MotionOutcome.NOT_CARRIED
    assert result.needed == 114
    assert result.comparison is not None
    assert result.comparison.text == "2×113 ≤ 226"


def test_one_vote_more_carries_in_the_congress() -> None:
    row = RowCount("决议草案", {"yes": 114, "no": 60, "abstain": 39})
    result = decide_motion(MotionRule(), turnout(226, 213, 213, 213), row)
    assert result.carried
    assert result.comparison is not None
    assert result.comparison.text == "2×114 > 226"


@pytest.mark.parametrize(("present", "meets", "text"), [(151, True, "3×151 ≥ 2×226"), (150, False, "3×150 < 2×226")])
def test_the_congress_sits_with_two_thirds_of_all_deputies(present: int, meets: bool, text: str) -> None:
    quorum = congress_quorum(226, present)
    assert (quorum.met, quorum.text) == (meets, text)


@pytest.mark.parametrize(("present", "meets"), [(16, True), (15, False)])
def test_the_standing_committee_sits_with_more_than_half_of_its_members(present: int, meets: bool) -> None:
    assert bool(committee_quorum(31, present)) is meets


@pytest.mark.parametrize(("share", "members", "needed"), [((1, 5), 27, 6), ((1, 10), 226, 23), ((1, 3), 100, 34)])
def test_a_fraction_of_the_members_rounds_up(share: tuple[int, int], members: int, needed: int) -> None:
    assert Threshold(*share).needed(members) == needed


@pytest.mark.parametrize("marks", range(14))
def test_a_paper_with_up_to_thirteen_of_thirteen_seats_is_valid(marks: int) -> None:
    options = [f"项目{number}" for number in range(1, 21)]
    count = count_selection(SelectionRule(13), options, [options[:marks]])
    assert count.void == 0
    assert sum(count.votes.values()) == marks


def test_a_paper_with_fourteen_marks_for_thirteen_seats_is_void() -> None:
    options = [f"项目{number}" for number in range(1, 21)]
    count = count_selection(SelectionRule(13), options, [options[:14]])
    assert (count.good, count.void) == (0, 1)
    assert sum(count.votes.values()) == 0


def test_one_paper_more_than_voters_voids_the_whole_vote() -> None:
    options = ["甲", "乙"]
    rule = SelectionRule(1)
    count = count_selection(rule, options, [["甲"]] * 214)
    result = decide_selection(rule, turnout(226, 213, 213, 214), count)
    assert result.set_check.text == "214 > 213"
    assert result.seating is None
    assert result.chosen == ()
    assert result.following is not None
    assert result.following.kind is RoundKind.WHOLE_AGAIN


def test_a_tie_for_the_last_seat_is_voted_again_between_the_two_only() -> None:
    seating = fill_seats({"甲": 120, "乙": 118, "丙": 118, "丁": 60}, 2, MORE_THAN_HALF, 200)
    assert seating.chosen == ("甲",)
    assert (seating.tied, seating.tied_seats) == (("乙", "丙"), 1)
    following = next_round(seating, MORE_THAN_HALF)
    assert following is not None
    assert (following.kind, following.candidates, following.seats) == (RoundKind.TIED_ONLY, ("乙", "丙"), 1)


def test_jiangbei_chooses_thirteen_of_twenty_projects() -> None:
    options = [f"项目{number:02d}" for number in range(1, 21)]
    rule = SelectionRule(13, Marking.UP_TO_N, base=Base.ALL_MEMBERS)
    papers = [options[:13]] * 150 + [options[7:20]] * 63
    result = decide_selection(rule, turnout(226, 213, 213, 213), count_selection(rule, options, papers))
    assert set(result.chosen) == set(options[:13])
    assert result.following is None


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "shown"),
    [(100, 175, 1, "57.1"), (62, 67, 2, "92.54"), (327, 774, 1, "42.2"), (1, 8, 0, "13"), (1, 8, 2, "12.50")],
)
def test_percentages_round_half_up(part: int, whole: int, decimals: int, shown: str) -> None:
    assert str(percent(part, whole, decimals)) == shown


def test_a_published_list_closes_to_100_by_the_largest_remainder() -> None:
    plain = percentages((54, 33, 2, 4), 2)
    closed = percentages((54, 33, 2, 4), 2, close_to_100=True)
    assert [str(share) for share in plain] == ["58.06", "35.48", "2.15", "4.30"]
    assert [str(share) for share in closed] == ["58.07", "35.48", "2.15", "4.30"]
    assert sum(closed) == Decimal(100)


def test_a_majority_of_half_a_vote_cannot_be_had_by_rounding() -> None:
    # 50.0 % to one decimal, but more than half.
    assert percent(10_001, 20_001) == Decimal("50.0")
    assert MORE_THAN_HALF.met(10_001, 20_001)
    assert Fraction(10_001, 20_001) > Fraction(1, 2)
