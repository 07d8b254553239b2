from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from renda.voting import (
    MORE_THAN_HALF,
    MOTION_LEVELS,
    BlankPolicy,
    Marking,
    MotionRule,
    SelectionRule,
    Threshold,
    condition_from,
    count_rows,
    count_selection,
    decide_motion,
    decide_selection,
    fill_seats,
    percentages,
    turnout,
)

OPTIONS = ("甲", "乙", "丙", "丁", "戊")
PAPERS = st.lists(st.lists(st.sampled_from([*OPTIONS, "外"]), max_size=5), max_size=40)
SHEETS = st.lists(st.dictionaries(st.sampled_from(OPTIONS), st.lists(st.sampled_from(MOTION_LEVELS), max_size=2)))
BASES = st.integers(0, 5000)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    denominator = draw(st.integers(1, 20))
    strict = draw(st.booleans())
    return Threshold(draw(st.integers(0, denominator - 1 if strict else denominator)), denominator, strict)


@given(thresholds(), BASES, st.integers(0, 6000))
def test_a_threshold_is_met_exactly_from_the_number_needed(threshold: Threshold, base: int, votes: int) -> None:
    assert threshold.met(votes, base) is (votes >= threshold.needed(base))
    assert bool(threshold.compare(votes, base)) is threshold.met(votes, base)


@given(BASES)
def test_more_than_half_is_what_the_law_says(base: int) -> None:
    assert next(votes for votes in range(base + 2) if 2 * votes > base) == MORE_THAN_HALF.needed(base)


@given(PAPERS, st.sampled_from([Marking.ONE, Marking.UP_TO_N, Marking.EXACTLY_N]), st.integers(1, 5))
def test_every_paper_is_good_void_or_blank(papers: list[list[str]], marking: Marking, seats: int) -> None:
    count = count_selection(SelectionRule(seats, marking), OPTIONS, papers)
    assert count.returned == len(papers)
    assert sum(count.reasons.values()) == count.void
    assert all(0 <= votes <= count.good for votes in count.votes.values())


@given(SHEETS, st.sampled_from(BlankPolicy))
def test_every_row_adds_up_under_every_blank_policy(sheets: list[dict[str, list[str]]], blank: BlankPolicy) -> None:
    everyone = turnout(len(sheets), len(sheets), len(sheets), len(sheets))
    for row in count_rows(sheets, OPTIONS, MOTION_LEVELS):
        result = decide_motion(MotionRule(blank=blank), everyone, row)
        seen = result.turnout
        assert seen.valid + seen.void + seen.blank == len(sheets)
        assert result.yes + result.no + result.abstain == seen.valid


@given(PAPERS, st.integers(1, 4), st.randoms(use_true_random=False), st.permutations(OPTIONS))
def test_neither_the_order_of_papers_nor_of_options_nor_their_names_matter(
    papers: list[list[str]], seats: int, random: object, listed: list[str]
) -> None:
    rule = SelectionRule(seats, threshold=Threshold(1, 4))
    everyone = turnout(50, 50, 50, len(papers))
    result = decide_selection(rule, everyone, count_selection(rule, OPTIONS, papers))
    shuffled = sorted(papers, key=lambda _: random.random())  # type: ignore[attr-defined]
    renamed = {option: f"选项{number}" for number, option in enumerate(listed)}
    other_papers = [[renamed.get(name, name) for name in paper] for paper in shuffled]
    other_options = [renamed[option] for option in listed]
    other = decide_selection(rule, everyone, count_selection(rule, other_options, other_papers))
    assert result.seating is not None
    assert other.seating is not None
    assert {renamed[name] for name in result.chosen} == set(other.chosen)
    assert {renamed[name] for name in result.seating.tied} == set(other.seating.tied)
    assert result.seating.vacant == other.seating.vacant


@given(
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 50), min_size=1),
    st.integers(1, 5),
    st.integers(1, 50),
    st.data(),
)
def test_one_more_approval_never_harms(votes: dict[str, int], seats: int, base: int, data: st.DataObject) -> None:
    favoured = data.draw(st.sampled_from(sorted(votes)))
    before = fill_seats(votes, seats, MORE_THAN_HALF, base)
    after = fill_seats({**votes, favoured: votes[favoured] + 1}, seats, MORE_THAN_HALF, base)

    def standing(chosen: tuple[str, ...], tied: tuple[str, ...]) -> int:
        return 2 if favoured in chosen else int(favoured in tied)

    assert standing(after.chosen, after.tied) >= standing(before.chosen, before.tied)


@given(st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 9)), st.integers(1, 5), st.integers(1, 12))
def test_every_seat_is_chosen_tied_or_vacant(votes: dict[str, int], seats: int, base: int) -> None:
    seating = fill_seats(votes, seats, MORE_THAN_HALF, base)
    assert len(seating.chosen) + seating.tied_seats + seating.vacant == seats
    assert sorted([*seating.chosen, *seating.tied, *seating.not_chosen]) == sorted(votes)
    assert not seating.tied or len(seating.tied) > seating.tied_seats > 0
    assert not (seating.tied and seating.vacant)


@given(st.integers(0, 60), st.integers(0, 59), st.integers(120, 130))
def test_one_more_yes_never_defeats_a_motion(yes: int, no: int, members: int) -> None:
    def carried(yes: int) -> bool:
        (row,) = count_rows([{"甲": ["yes"]}] * yes + [{"甲": ["no"]}] * no, ("甲",), MOTION_LEVELS)
        return decide_motion(MotionRule(), turnout(members, 120, 120, yes + no), row).carried

    assert carried(yes + 1) >= carried(yes)


@given(st.lists(st.integers(0, 999), min_size=1, max_size=12).filter(any), st.integers(0, 4))
def test_closed_percentages_add_up_to_100_and_move_by_less_than_one_unit(parts: list[int], decimals: int) -> None:
    closed = percentages(parts, decimals, close_to_100=True)
    assert sum(closed) == Decimal(100)
    unit = Decimal(1).scaleb(-decimals)
    for share, part in zip(closed, parts, strict=True):
        assert abs(share * sum(parts) - 100 * part) < unit * sum(parts)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 9))
def test_a_written_condition_compares_as_the_sum_would(a: int, b: int, base: int, factor: int) -> None:
    found = condition_from(f"{factor}*(a + b) - b >= N", ("a", "b"), "规则").compare({"a": a, "b": b}, base)
    assert found.met is (factor * (a + b) - b >= base)
