"""Every bench: what a paper may say, what a count gives, which round follows."""

from decimal import Decimal
from typing import Any

import pytest

from backing.balloting import SCALE, Hall, refusal
from renda.services import ballots
from renda.services.benches.finding import subjects_of
from renda.services.benches.sheet import bench_for
from renda.voting import Turnout

SELECTION = {"seats": 2, "base": "returned"}
ELECTION = {"seats": 1, "base": "all_members"}


def cast_all(hall: Hall, number: int, papers: list[dict[str, Any]]) -> None:
    for member, paper in enumerate(papers):
        assert hall.cast(number, member, paper) is ballots.Answer.COUNTED


def follow(hall: Hall, number: int) -> Any:
    with hall.world.writing() as desk:
        row = ballots.find(desk, ballots.next_round(desk, hall.clerk, number))
        names = [each.label for each in subjects_of(desk, row.id)]
        return row, names


def test_a_tie_for_the_last_seat_is_voted_again_among_the_tied(hall: Hall) -> None:
    number = hall.ready("selection", ["桥", "路", "灯"], {**SELECTION, "surplus": {"min_extra": 1}})
    cast_all(hall, number, [{"chosen": ["1", "2"]}] * 2 + [{"chosen": ["3", "1"]}] * 2)
    closed = hall.close(number)
    assert [line.outcome for line in closed.lines] == ["chosen", "not_chosen", "not_chosen"]
    tie = hall.ready("selection", ["桥", "路", "灯"], SELECTION)
    cast_all(hall, tie, [{"chosen": ["1", "2"]}] * 3 + [{"chosen": ["1", "3"]}] * 3 + [{"chosen": ["2", "3"]}])
    assert [line.outcome for line in hall.close(tie).lines] == ["chosen", "tied", "tied"]
    row, names = follow(hall, tie)
    assert (names, row.rule["seats"], row.rule["threshold"]["numerator"], row.round) == (["路", "灯"], 1, 0, 2)


def test_seats_left_are_voted_on_in_a_second_round(hall: Hall) -> None:
    number = hall.ready("selection", ["桥", "路", "灯"], SELECTION)
    cast_all(hall, number, [{"chosen": ["1", "2"]}] + [{"chosen": ["1"]}] * 3)
    assert hall.close(number).following is not None
    _, names = follow(hall, number)
    assert names == ["路", "灯"]


def test_who_is_written_in_stands_beside_the_candidates_and_in_the_next_round(hall: Hall) -> None:
    number = hall.ready("election", ["代表甲一"], ELECTION)
    papers = [{"marks": {"1": "no"}, "written": ["代表乙二"]}] * 3 + [{"marks": {"1": "yes"}}] * 2 + [{"marks": {}}]
    cast_all(hall, number, papers)
    closed = hall.close(number)
    assert closed.result["subjects"]["代表乙二"]["votes"] == 3
    assert (closed.lines[0].figures["opposed"], closed.lines[0].figures["votes"]) == (3, 2)
    _, names = follow(hall, number)
    assert names == ["代表乙二", "代表甲一"]


def test_ranks_give_points_and_a_tie_keeps_the_first_places_points(hall: Hall) -> None:
    rule = {"seats": 2, "marking": "ranks", "points": [3, 1]}
    number = hall.ready("selection", ["桥", "路", "灯"], rule)
    cast_all(hall, number, [{"chosen": ["3", "1"]}, {"chosen": ["3", "2"]}])
    assert [line.figures["votes"] for line in hall.close(number).lines] == [1, 1, 6]
    row, names = follow(hall, number)
    assert (names, row.rule["points"], row.rule["threshold"]) == (["桥", "路"], [3], "plurality")


def test_scores_are_counted_by_the_steps_the_rule_allows(hall: Hall) -> None:
    rule = {"lowest": 0, "highest": 10, "step": Decimal("0.5"), "leave_out_highest": 1, "leave_out_lowest": 1}
    number = hall.ready("questionnaire", ["报告甲", "报告乙"], rule)
    for member, marks in enumerate((("9.5", "1"), ("8", ""), ("7.5", ""), ("10", ""))):
        hall.mark(number, member, *marks)
    first, second = hall.close(number).lines
    assert (first.outcome, first.figures["mean"], first.figures["kept"]) == ("8.75", "35/4", 2)
    assert (second.outcome, second.figures["blank"]) == ("", 3)


def test_a_vote_that_took_too_few_part_decides_nothing(hall: Hall) -> None:
    rule = {**SELECTION, "participation": "more_than_half"}
    number = hall.ready("selection", ["桥", "路", "灯"], rule)
    cast_all(hall, number, [{"chosen": ["1"]}])
    closed = hall.close(number)
    assert {line.outcome for line in closed.lines} == {"undecided"}
    _, names = follow(hall, number)
    assert names == ["桥", "路", "灯"]


def test_no_round_follows_what_is_decided(hall: Hall) -> None:
    number = hall.ready()
    hall.mark(number, 0, "yes")
    hall.close(number)
    with hall.world.writing() as desk:
        assert refusal(lambda: ballots.next_round(desk, hall.clerk, number)) == (
            "“表决甲”已有定论,不需要再次投票。 [ballot.no_round]"
        )


@pytest.mark.parametrize(
    ("bench", "rule", "paper", "said"),
    [
        ("motion", {}, {"1": "yes"}, "票面内容无法识别。请刷新页面后重新填写。 [ballot.paper_shape]"),
        ("motion", {}, {"marks": {"1": "yes"}}, "票面内容无法识别。请刷新页面后重新填写。 [ballot.paper_shape]"),
        ("motion", {}, {"marks": {"7": ["yes"]}}, "票面上没有“7”这一项。请刷新页面后重新填写。 [ballot.paper_subject]"),
        ("motion", {}, {"marks": {"1": ["yes", "no"]}}, "“1”一栏只能选一项,您选了2项。请改正后再交。 [ballot.paper_marks]"),
        ("measurement", SCALE, {"marks": {"1": ["好"]}}, "“1”一栏不能填“好”。可选:满意、基本满意、不满意。 [ballot.paper_mark]"),
        ("selection", {"seats": 1}, {"chosen": "1"}, "票面内容无法识别。请刷新页面后重新填写。 [ballot.paper_shape]"),
        ("selection", {"seats": 1}, {"chosen": ["1", "2"]}, "这样填写会成为无效票:所选多于应选。请改正后再交。 [ballot.paper_void]"),
        ("selection", {"seats": 2, "marking": "exactly_n"}, {"chosen": ["1"]}, "这样填写会成为无效票:所选少于应选。请改正后再交。 [ballot.paper_void]"),
        ("selection", {"seats": 2}, {"chosen": ["1", "1"]}, "这样填写会成为无效票:同一人或同一项选了两次。请改正后再交。 [ballot.paper_void]"),
        ("selection", {"seats": 2}, {"chosen": ["9"]}, "这样填写会成为无效票:选了票上没有的项。请改正后再交。 [ballot.paper_void]"),
        ("election", ELECTION, {"marks": {"1": "yes"}, "written": ["甲"]}, "这样填写会成为无效票:另选他人不符合规定。请改正后再交。 [ballot.paper_void]"),
        ("election", ELECTION, {"written": [" "]}, "另选的姓名“”过长或为空。请写全名,不超过20个字。 [ballot.paper_name]"),
        ("election", ELECTION, {"marks": []}, "票面内容无法识别。请刷新页面后重新填写。 [ballot.paper_shape]"),
    ],
)  # fmt: skip
def test_a_paper_the_elector_should_mend_is_refused_in_these_words(
    bench: str, rule: Any, paper: dict[str, Any], said: str
) -> None:
    assert refusal(lambda: bench_for(bench, rule, ["1", "2"], "甲").read(paper)) == said


@pytest.mark.parametrize(
    ("bench", "rule", "spoilt", "void"),
    [
        ("motion", {}, {"marks": {"9": ["yes"]}}, 1),
        ("motion", {}, {"marks": {"1": ["yes", "no"]}}, 1),
        ("motion", {}, {"marks": {"1": "yes"}}, 1),
        ("motion", {}, {"unreadable": True}, 1),
        ("measurement", SCALE, {"marks": {"1": [3]}}, 1),
        ("selection", {"seats": 1}, {"unreadable": True}, 1),
        ("selection", {"seats": 1}, {"chosen": [[]]}, 1),
        ("election", ELECTION, {"unreadable": True}, 1),
    ],
)
def test_a_paper_nobody_can_read_is_void_and_stops_no_count(bench: str, rule: Any, spoilt: Any, void: int) -> None:
    made = bench_for(bench, rule, ["1"], "甲")
    count = made.count([*made.parts(spoilt), *made.parts(made.read(made.longest()) if bench == "motion" else spoilt)])
    assert made.returned(count) == 2
    found: Any = count[0] if isinstance(count, tuple) else getattr(count, "papers", count)
    assert found.void >= void


def test_figures_counted_by_hand_must_add_up() -> None:
    selection = bench_for("selection", {"seats": 1}, ["1", "2"], "甲")
    good = selection.counted_by_hand({"votes": {"1": 2}, "good": 3, "blank": 1})
    assert selection.returned(good) == 4
    assert refusal(lambda: selection.counted_by_hand({"votes": {"1": 5}, "good": 3})) == (
        "计票单上“1”写了5票,多于有效票3张。请重新清点。 [ballot.hand_votes]"
    )
    ranks = bench_for("selection", {"seats": 1, "marking": "ranks", "points": [5]}, ["1", "2"], "甲")
    assert ranks.counted_by_hand({"votes": {"1": 5}, "good": 1}).votes["1"] == 5
    election = bench_for("election", ELECTION, ["1"], "甲")
    count = election.counted_by_hand({"votes": {"1": 2}, "opposed": {"1": 1}, "written": {"乙": 1}, "good": 3})
    assert election.returned(count) == 3
    assert election.decide(Turnout(9, 9, 9, 3, 3), count)[0]["乙"]["votes"] == 1
    assert refusal(lambda: election.counted_by_hand({"votes": {"1": 2}, "good": 3})) == (
        "计票单上“1”一行合计2张,与收回的3张不符。请重新清点。 [ballot.hand_sum]"
    )


def test_no_names_may_be_written_where_the_rule_knows_none() -> None:
    election = bench_for("election", {**ELECTION, "write_in": "never"}, ["1"], "甲")
    assert election.longest()["written"] == []
    thirds = bench_for("measurement", {"highest": 1, "step": "1/3"}, ["1"], "甲")
    assert thirds.read({"marks": {"1": ["1/3"]}}) == {"marks": {"1": ["1/3"]}}
