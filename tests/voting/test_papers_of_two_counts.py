"""Papers of two counts are one count: what is void in either is void, what is blank in either is blank."""

import pytest

from renda.voting import (
    MORE_THAN_HALF,
    PLURALITY,
    Base,
    BlankPolicy,
    ElectionPaper,
    ElectionRule,
    Marking,
    PaperCount,
    RowCount,
    SelectionRule,
    Threshold,
    VoidReason,
    condition_from,
    count_election,
    count_selection,
    decide_selection,
    fill_seats,
    turnout,
)

OPTIONS = ("甲", "乙", "丙")
TERMINALS = [["甲"], ["甲", "乙"], [], [], ["丁"], ["甲", "甲"]]
BOX = [["乙"], ["乙"], ["甲", "丙"], [], ["丁"], ["丁"]]


@pytest.mark.parametrize(("first", "second"), [(TERMINALS, BOX), (BOX, TERMINALS)])
def test_two_counts_together_are_the_count_of_all_papers(first: list[list[str]], second: list[list[str]]) -> None:
    rule = SelectionRule(1)
    together = count_selection(rule, OPTIONS, first) + count_selection(rule, OPTIONS, second)
    assert together == count_selection(rule, OPTIONS, [*first, *second])
    assert (together.good, together.void, together.blank, together.returned) == (3, 6, 3, 12)
    assert together.votes == {"甲": 1, "乙": 2, "丙": 0}
    assert together.reasons == {VoidReason.OVERVOTE: 2, VoidReason.UNKNOWN: 3, VoidReason.REPEATED: 1}


def test_two_counts_of_a_row_together_are_the_count_of_all_its_papers() -> None:
    together = RowCount("甲", {"yes": 5, "no": 1}, 2, 3) + RowCount("甲", {"yes": 4, "abstain": 2}, 5, 7)
    assert together == RowCount("甲", {"yes": 9, "no": 1, "abstain": 2}, 7, 10)
    assert together.returned == 29


def test_two_counts_of_an_election_together_are_the_count_of_all_papers() -> None:
    rule = ElectionRule(SelectionRule(1))
    terminals = [ElectionPaper({"甲": "yes"}), ElectionPaper({}), ElectionPaper({"甲": "yes", "乙": "yes"})]
    box = [ElectionPaper({"甲": "no"}, ("丁",)), ElectionPaper({}), ElectionPaper({"乙": "yes"}, ("丁",))]
    first, second = (count_election(rule, OPTIONS[:2], papers) for papers in (terminals, box))
    assert first + second == count_election(rule, OPTIONS[:2], [*terminals, *box])
    assert ((first + second).papers.void, (first + second).papers.blank) == (2, 2)
    assert (first + second).opposed == {"甲": 1, "乙": 0}
    assert (first + second).abstained == {"甲": 0, "乙": 2}


@pytest.mark.parametrize(
    ("policy", "valid", "void", "blank"),
    [(BlankPolicy.ABSTAIN, 7, 2, 0), (BlankPolicy.INVALID, 4, 5, 0), (BlankPolicy.IGNORED, 4, 2, 3)],
)
def test_blank_papers_join_the_valid_the_void_or_neither_as_the_rule_says(
    policy: BlankPolicy, valid: int, void: int, blank: int
) -> None:
    count = PaperCount({"甲": 4}, 4, 2, 3)
    assert count.returned == 9
    seen = count.judged(policy, turnout(12, 10, 10, 9))
    assert (seen.valid, seen.void, seen.blank, seen.returned) == (valid, void, blank, 9)
    decided = decide_selection(SelectionRule(1, blank=policy, base=Base.VALID), turnout(12, 10, 10, 9), count)
    assert decided.seating is not None
    assert decided.seating.base_count == valid
    assert decided.chosen == (("甲",) if valid < 2 * 4 else ())


def test_as_many_votes_as_good_papers_are_right_and_one_more_is_not() -> None:
    PaperCount({"甲": 4}, 4).check_votes()
    with pytest.raises(Exception, match="“甲”得5票,多于有效票4"):
        PaperCount({"甲": 5}, 4).check_votes()


def test_a_paper_of_one_holds_one_and_of_exactly_n_holds_n() -> None:
    one = count_selection(SelectionRule(2, Marking.ONE), OPTIONS, [["甲"], ["甲", "乙"]])
    assert (one.good, one.void) == (1, 1)
    exact = count_selection(SelectionRule(2, Marking.EXACTLY_N), OPTIONS, [["甲"], ["甲", "乙"], ["甲", "乙", "丙"]])
    assert exact.reasons == {VoidReason.UNDERVOTE: 1, VoidReason.OVERVOTE: 1}


def test_a_seat_won_against_others_shows_their_votes() -> None:
    runoff = fill_seats({"甲": 92, "乙": 100}, 1, PLURALITY, 225)
    assert {code: each.text for code, each in runoff.ranking.items()} == {"乙": "100 > 92", "甲": "92 < 100"}
    assert [bool(runoff.ranking[code]) for code in ("乙", "甲")] == [True, False]
    level = fill_seats({"甲": 130, "乙": 140, "丙": 130, "丁": 120, "戊": 9}, 2, MORE_THAN_HALF, 225)
    assert {code: each.text for code, each in level.ranking.items()} == {
        "乙": "140 > 130", "甲": "130 = 130", "丙": "130 = 130", "丁": "120 < 130",
    }  # fmt: skip
    assert level.comparisons["戊"].text == "2×9 ≤ 225"


def test_where_nobody_competes_only_the_threshold_is_shown() -> None:
    enough = fill_seats({"甲": 130, "乙": 140, "丙": 9}, 2, MORE_THAN_HALF, 225)
    assert (enough.chosen, enough.ranking) == (("乙", "甲"), {})


def test_no_votes_of_somebody_are_compared_with_what_is_needed() -> None:
    assert MORE_THAN_HALF.compare(0, 35).text == "2×0 ≤ 35"
    assert Threshold(1, 3).compare(0, 30).text == "3×0 < 30"
    assert PLURALITY.compare(0, 226).text == "0 < 1"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2*a > N", (("a",), Threshold(1, 2, strict=True))),
        ("N < 2*a", (("a",), Threshold(1, 2, strict=True))),
        ("2*(a + b) >= N", (("a", "b"), Threshold(1, 2))),
        ("100*(a + b) >= 94*N", (("a", "b"), Threshold(94, 100))),
        ("94*N <= 100*b", (("b",), Threshold(94, 100))),
        ("a >= N", (("a",), Threshold(1, 1))),
        ("a > N", None),
        ("a > b", None),
        ("2*a + b > N", None),
        ("a + 1 > N", None),
        ("2*a = N", None),
        ("2*a < N", None),
        ("a > 2*N", None),
        ("otherwise", None),
    ],
)
def test_a_condition_is_a_share_where_it_says_just_that(text: str, share: object) -> None:
    assert condition_from(text, ("a", "b"), "测评").share() == share
