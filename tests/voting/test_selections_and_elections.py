from decimal import Decimal
from fractions import Fraction

import pytest

from renda.errors import RendaError
from renda.voting import (
    MORE_THAN_HALF,
    PLURALITY,
    Base,
    BlankPolicy,
    ElectionPaper,
    ElectionRule,
    Marking,
    PaperCount,
    RoundKind,
    SeatsLeft,
    SelectionRule,
    Surplus,
    Threshold,
    VoidReason,
    WriteIn,
    count_election,
    count_selection,
    decide_election,
    decide_scores,
    decide_selection,
    fill_seats,
    next_round,
    score_rule_from,
    turnout,
)

OPTIONS = ("甲", "乙", "丙")


@pytest.mark.parametrize(
    ("marking", "chosen", "reason"),
    [
        (Marking.ONE, ["甲"], None),
        (Marking.ONE, ["甲", "乙"], VoidReason.OVERVOTE),
        (Marking.UP_TO_N, ["甲"], None),
        (Marking.UP_TO_N, ["甲", "甲"], VoidReason.REPEATED),
        (Marking.UP_TO_N, ["丁"], VoidReason.UNKNOWN),
        (Marking.UP_TO_N, ["甲", "乙", "丙"], VoidReason.OVERVOTE),
        (Marking.EXACTLY_N, ["甲"], VoidReason.UNDERVOTE),
        (Marking.EXACTLY_N, ["甲", "丙"], None),
        (Marking.RANKS, ["丙", "甲"], None),
    ],
)
def test_a_paper_is_void_for_a_reason(marking: Marking, chosen: list[str], reason: VoidReason | None) -> None:
    rule = SelectionRule(2, marking, points=(2, 1) if marking is Marking.RANKS else ())
    count = count_selection(rule, OPTIONS, [chosen])
    assert count.reasons == ({} if reason is None else {reason: 1})
    assert count.good == (reason is None)


def test_ranks_are_worth_their_points() -> None:
    rule = SelectionRule(2, Marking.RANKS, threshold=PLURALITY, points=(3, 1))
    count = count_selection(rule, OPTIONS, [["甲", "乙"], ["乙", "甲"], ["乙"]])
    result = decide_selection(rule, turnout(5, 3, 3, 3), count)
    assert count.votes == {"甲": 4, "乙": 7, "丙": 0}
    assert result.chosen == ("乙", "甲")


def test_an_option_listed_twice_is_refused() -> None:
    with pytest.raises(RendaError) as caught:
        count_selection(SelectionRule(1), ("甲", "甲"), [])
    assert caught.value.message == "选项“甲”列了两次。请删去一个。"


def test_a_hand_count_is_checked_against_the_papers() -> None:
    with pytest.raises(RendaError) as caught:
        decide_selection(SelectionRule(1), turnout(9, 9, 9, 9), PaperCount({"甲": 5}, 5, 1, 1))
    assert caught.value.message == "有效票5、无效票1、空白票1合计7,与收回票数9不符。请重新清点。"
    with pytest.raises(RendaError) as caught:
        decide_selection(SelectionRule(1), turnout(9, 9, 9, 9), PaperCount({"甲": 10}, 9))
    assert caught.value.message == "“甲”得10票,多于有效票9。请重新清点。"


def test_seats_left_are_voted_again_among_those_not_chosen_in_order_of_votes() -> None:
    rule = SelectionRule(2, second_threshold=Threshold(1, 3))
    count = PaperCount({"甲": 12, "乙": 3, "丙": 5}, 20)
    result = decide_selection(rule, turnout(22, 20, 20, 20), count)
    assert result.chosen == ("甲",)
    assert result.seating is not None
    assert (result.seating.vacant, result.seating.complete) == (1, False)
    assert result.following is not None
    assert result.following.kind is RoundKind.SEATS_LEFT
    assert (result.following.candidates, result.following.seats) == (("丙", "乙"), 1)
    assert result.following.threshold == Threshold(1, 3)


def test_a_district_may_leave_the_seats_empty_but_still_settles_a_tie() -> None:
    rule = SelectionRule(2, seats_left=SeatsLeft.FEWER)
    few = decide_selection(rule, turnout(22, 20, 20, 20), PaperCount({"甲": 12, "乙": 3}, 20))
    assert (few.chosen, few.following) == (("甲",), None)
    tied = decide_selection(rule, turnout(22, 20, 20, 20), PaperCount({"甲": 15, "乙": 12, "丙": 12}, 20))
    assert tied.following is not None
    assert tied.following.candidates == ("乙", "丙")


def test_the_list_of_the_second_round_keeps_the_surplus_and_those_level_with_its_last() -> None:
    seating = fill_seats({"甲": 9, "乙": 8, "丙": 8, "丁": 1}, 1, MORE_THAN_HALF, 26)
    following = next_round(seating, PLURALITY, Surplus(min_extra=1, max_extra=1))
    assert following is not None
    assert following.candidates == ("甲", "乙", "丙")


def test_nobody_left_means_no_further_round() -> None:
    seating = fill_seats({"甲": 14}, 2, MORE_THAN_HALF, 26)
    assert next_round(seating, PLURALITY) is None


def test_too_few_taking_part_vote_again_as_a_whole() -> None:
    rule = SelectionRule(1, participation=MORE_THAN_HALF)
    result = decide_selection(rule, turnout(10, 5, 5, 5), PaperCount({"甲": 5}, 5))
    assert result.chosen == ()
    assert result.following is not None
    assert result.following.kind is RoundKind.WHOLE_AGAIN


@pytest.mark.parametrize(
    ("surplus", "seats", "least", "most"),
    [
        (Surplus(min_ratio=Fraction(1, 5)), 13, 16, None),
        (Surplus(min_ratio=Fraction(1, 10), max_ratio=Fraction(1, 5)), 31, 35, 37),
        (Surplus(min_ratio=Fraction(1, 5), max_ratio=Fraction(1, 2)), 1, 2, 2),
        (Surplus(1, 3), 4, 5, 7),
        (Surplus(), 1, 1, None),
    ],
)
def test_the_surplus_sets_how_many_candidates_there_are(
    surplus: Surplus, seats: int, least: int, most: int | None
) -> None:
    assert (surplus.least(seats), surplus.most(seats)) == (least, most)
    assert all(surplus.check(least, seats))
    assert not all(surplus.check(least - 1, seats))
    assert surplus.check(least - 1, seats)[0].text == f"{least - 1} < {least}"
    assert most is None or not all(surplus.check(most + 1, seats))


def election_rule(write_in: WriteIn = WriteIn.WHEN_OPPOSED, marking: Marking = Marking.UP_TO_N) -> ElectionRule:
    return ElectionRule(SelectionRule(2, marking), write_in)


@pytest.mark.parametrize(
    ("write_in", "marks", "written", "reason"),
    [
        (WriteIn.WHEN_OPPOSED, {"甲": "no"}, ("丁",), None),
        (WriteIn.WHEN_OPPOSED, {"甲": "abstain"}, ("丁",), VoidReason.WRITE_IN),
        (WriteIn.WHEN_OPPOSED, {"甲": "yes"}, ("丁",), VoidReason.WRITE_IN),
        (WriteIn.WHEN_OPPOSED, {"甲": "no"}, ("丁", "戊"), VoidReason.WRITE_IN),
        (WriteIn.NEVER, {"甲": "no"}, ("丁",), VoidReason.WRITE_IN),
        (WriteIn.ALWAYS, {"甲": "yes"}, ("丁",), None),
        (WriteIn.ALWAYS, {"甲": "yes", "乙": "yes"}, ("丁",), VoidReason.OVERVOTE),
        (WriteIn.ALWAYS, {}, ("丁", "丁"), VoidReason.REPEATED),
        (WriteIn.ALWAYS, {}, ("乙",), VoidReason.REPEATED),
        (WriteIn.NEVER, {"丁": "yes"}, (), VoidReason.UNKNOWN),
        (WriteIn.NEVER, {"甲": "perhaps"}, (), VoidReason.UNKNOWN),
    ],
)
def test_only_who_opposes_may_write_somebody_in_unless_the_rule_differs(
    write_in: WriteIn, marks: dict[str, str], written: tuple[str, ...], reason: VoidReason | None
) -> None:
    count = count_election(election_rule(write_in), OPTIONS, [ElectionPaper(marks, written)])
    assert count.papers.reasons == ({} if reason is None else {reason: 1})


def test_exactly_the_number_may_be_asked_of_an_election_paper() -> None:
    rule = election_rule(marking=Marking.EXACTLY_N)
    papers = [ElectionPaper({"甲": "yes"}), ElectionPaper({"甲": "yes", "乙": "yes"})]
    assert count_election(rule, OPTIONS, papers).papers.reasons == {VoidReason.UNDERVOTE: 1}


def test_an_election_counts_for_against_and_abstained_and_those_written_in() -> None:
    papers = [
        ElectionPaper({"甲": "yes", "乙": "no"}, ("丁",)),
        ElectionPaper({"甲": "yes", "丙": "yes"}),
        ElectionPaper({}),
    ]
    count = count_election(election_rule(), OPTIONS, papers)
    assert count.papers.votes == {"甲": 2, "乙": 0, "丙": 1, "丁": 1}
    assert count.opposed == {"甲": 0, "乙": 1, "丙": 0}
    assert count.abstained == {"甲": 0, "乙": 1, "丙": 1}
    assert count.papers.blank == 1
    result = decide_election(election_rule(), turnout(3, 3, 3, 3), count)
    assert result.elected == ("甲",)
    twice = count + count
    assert twice.papers.returned == 6
    assert twice.opposed["乙"] == 2


def test_an_election_held_again_lists_the_candidates_and_nobody_written_in() -> None:
    count = count_election(election_rule(), OPTIONS, [ElectionPaper({"甲": "no"}, ("丁",))] * 3)
    result = decide_election(election_rule(), turnout(9, 2, 2, 3), count)
    assert result.selection.following is not None
    assert result.selection.following.candidates == OPTIONS


def test_a_direct_election_takes_its_base_from_those_who_voted() -> None:
    rule = ElectionRule(SelectionRule(1, Marking.ONE, BlankPolicy.INVALID, Base.RETURNED, participation=MORE_THAN_HALF))
    papers = [ElectionPaper({"甲": "yes"})] * 301 + [ElectionPaper({"乙": "yes"})] * 299
    result = decide_election(rule, turnout(1000, 600, 600, 600), count_election(rule, ("甲", "乙"), papers))
    assert result.elected == ("甲",)


def test_scores_leave_out_the_ends_and_round_last() -> None:
    rule = score_rule_from(
        {"highest": 100, "step": Decimal("0.5"), "leave_out_highest": 1, "leave_out_lowest": 1}, "打分"
    )
    papers: list[dict[str, int | Decimal | Fraction]] = [
        {"甲": 100},
        {"甲": Decimal("90.5")},
        {"甲": 80},
        {"甲": 85},
        {"甲": 0},
        {"甲": 101},
        {"甲": Decimal("1.3")},
        {},
    ]
    scored, other = decide_scores(rule, ("甲", "乙"), papers)
    assert scored.kept == (Fraction(80), Fraction(85), Fraction(181, 2))
    assert scored.mean == Fraction(511, 6)
    assert str(scored.shown) == "85.17"
    assert (scored.void, scored.blank) == (2, 1)
    assert (other.mean, other.shown, other.blank) == (None, None, 8)


def test_leaving_out_more_marks_than_there_are_leaves_no_mean() -> None:
    rule = score_rule_from({"highest": 10, "leave_out_highest": 2, "leave_out_lowest": 2}, "打分")
    (scored,) = decide_scores(rule, ("甲",), [{"甲": 5}, {"甲": 6}, {"甲": 7}])
    assert (scored.kept, scored.mean) == ((), None)
