"""Nothing is published from which a single vote follows, unless the district says so."""

from dataclasses import replace
from typing import Any

from backing.balloting import SCALE, Hall, refusal
from renda.services import ballots
from renda.services.ballots import Subject
from renda.services.ballots.disclosure import Table, exposures
from renda.sittings import SittingRules, sitting_rules_from


def published(hall: Hall, number: int, form: str = "") -> Any:
    with hall.world.writing() as desk:
        return ballots.publish(desk, hall.clerk, number, form)


def voted(hall: Hall, levels: str, subjects: Any = ("议题",), **options: Any) -> int:
    number = hall.ready("motion", subjects, **options)
    for member, level in enumerate(levels):
        if level != "-":
            hall.mark(number, member, *[{"y": "yes", "n": "no"}[level]] * len(subjects))
    hall.close(number)
    return number


def test_a_mixed_result_is_published_with_its_figures(hall: Hall) -> None:
    number = voted(hall, "yyyynn", k=5)
    sheet = published(hall, number)
    assert sheet["subjects"][0]["cells"] == {"yes": 4, "no": 2, "abstain": 0, " void": 0}
    assert sheet["coarsened"] is False
    assert hall.row(number).state == "published"
    with hall.world.reading() as desk:
        assert ballots.published(desk, number) == sheet
    assert refusal(lambda: published(hall, number)) == ("现在不能“公布”:“表决甲”处于“已公布”。 [ballot.not_now]")


def appraised(hall: Hall, *sheets: str, **options: Any) -> int:
    """A measurement of two heads; each sheet is a word of two signs, y for 满意 and n for 不满意."""
    number = hall.ready("measurement", ["局长甲", "局长乙"], SCALE, **options)
    for member, marks in enumerate(sheets):
        hall.mark(number, member, *[{"y": "满意", "n": "不满意"}[mark] for mark in marks])
    hall.close(number)
    return number


def allowed(hall: Hall, number: int) -> list[str]:
    with hall.world.reading() as desk:
        return list(ballots.forms(desk, ballots.find(desk, number)))


def test_unanimity_is_announced_in_full_where_a_district_says_nothing(hall: Hall) -> None:
    assert (ballots.Question("", "motion", {}, [], 1).k, SittingRules().least_group) == (1, 1)
    assert published(hall, voted(hall, "yyyyyy"))["subjects"][0]["cells"]["yes"] == 6


def test_one_unanimous_line_coarsens_all_lines_and_nothing_tells_which_it_was(hall: Hall) -> None:
    number = appraised(hall, "yy", "yy", "yn", "yy", "yy", k=5)
    sheet = published(hall, number)
    assert sheet["subjects"] == [
        {"code": "1", "label": "局长甲", "outcome": "满意"},
        {"code": "2", "label": "局长乙", "outcome": "不满意"},
    ]
    assert (sheet["coarsened"], sheet["subtotals"]) == (True, None)
    other = published(hall, appraised(hall, "yy", "yy", "ny", "yy", "yy", k=5))
    assert [set(line) for line in other["subjects"]] == [set(line) for line in sheet["subjects"]]


def test_the_chair_chooses_between_what_the_rule_allows(hall: Hall) -> None:
    mixed = ("yy", "nn", "yy", "yy", "yy", "yy")
    assert allowed(hall, appraised(hall, *mixed, k=5)) == ["full", "outcomes"]
    assert allowed(hall, appraised(hall, *mixed)) == ["full", "outcomes"]
    assert allowed(hall, voted(hall, "yyynny")) == ["full"]
    assert allowed(hall, voted(hall, "yyyyyy", k=5)) == ["outcomes"]
    assert allowed(hall, voted(hall, "yyyyyy", k=5, action="refuse")) == ["outcomes"]
    assert allowed(hall, appraised(hall, *["yy"] * 6, k=5)) == ["outcomes"]
    assert allowed(hall, appraised(hall, *["yy"] * 6, k=5, action="refuse")) == []
    assert published(hall, appraised(hall, *mixed), "outcomes")["coarsened"] is True
    assert published(hall, appraised(hall, *mixed), "full")["coarsened"] is False


def test_a_form_the_rule_does_not_allow_is_refused_with_what_may_be_done(hall: Hall) -> None:
    unanimous = voted(hall, "yyyyyy", k=5)
    assert refusal(lambda: published(hall, unanimous, "full")) == (
        "按本区县的公布保护,“表决甲”不能公布全部票数。可以办理的有:各项都只公布结论。 [ballot.disclosure]"
    )
    assert refusal(lambda: published(hall, appraised(hall, *["yy"] * 6, k=5, action="refuse"))) == (
        "按本区县的公布保护,“表决甲”不能公布全部票数。可以办理的有:由主任会议登记不公布。 [ballot.disclosure]"
    )
    assert refusal(lambda: published(hall, voted(hall, "yyn"), "outcomes")) == (
        "按本区县的公布保护,“表决甲”不能各项都只公布结论。可以办理的有:公布全部票数。 [ballot.disclosure]"
    )
    assert refusal(lambda: published(hall, unanimous, "half")) == (
        "表决的“form”不能写“half”。可用的有:full、outcomes。 [ballot.choice]"
    )


def test_a_small_electorate_is_a_unanimous_one_to_the_guard(hall: Hall) -> None:
    assert allowed(hall, voted(hall, "yyn", k=5)) == ["outcomes"]


def test_a_name_written_in_that_is_chosen_is_announced_without_figures(hall: Hall) -> None:
    number = hall.ready("election", ["甲"], {"seats": 1, "write_in": "always"}, k=5)
    for member in range(6):
        hall.cast(number, member, {"marks": {"1": "no"}, "written": ["乙" if member else "丙"]})
    hall.close(number)
    sheet = published(hall, number)
    assert [(line["label"], line["outcome"], "cells" in line) for line in sheet["subjects"]] == [
        ("甲", "not_chosen", False), ("乙", "chosen", False),
    ]  # fmt: skip


def test_a_named_ballot_has_nothing_to_hide(hall: Hall) -> None:
    assert published(hall, voted(hall, "yyyyyy", k=5, secrecy="named"))["subjects"][0]["cells"]["yes"] == 6


def test_two_tables_that_differ_by_one_person_are_not_both_published(hall: Hall) -> None:
    person = hall.people(1)[0]
    subjects = [Subject("局长甲", person=person)]
    published(hall, voted(hall, "yyyynnn", subjects, k=3))
    assert allowed(hall, voted(hall, "yyyynn", subjects, k=3)) == ["outcomes"]
    assert refusal(lambda: published(hall, voted(hall, "yyyynn", subjects, k=3), "full")).endswith(
        "[ballot.disclosure]"
    )
    published(hall, voted(hall, "yyyynn", [Subject("局长乙", person=hall.people(2)[1])], k=3))
    published(hall, voted(hall, "yyyynn", secrecy="named"))
    assert published(hall, voted(hall, "nnyynn", subjects, k=3))["coarsened"] is True
    last = voted(hall, "yyyynn-n", subjects, k=3)
    with hall.world.reading() as desk:
        row = ballots.find(desk, last)
        assert {each.reason for each in ballots.publishing.exposed(desk, row)} == {"difference"}


def test_what_was_announced_by_outcome_is_no_table_to_subtract_from(hall: Hall) -> None:
    subjects = [Subject("局长甲", person=hall.people(1)[0])]
    number = voted(hall, "yyyynnn", subjects, k=3)
    published(hall, number)
    again = voted(hall, "yyyynn", subjects, k=3)
    for coarsened, found in ((False, ["outcomes"]), (True, ["full"]), ([f"person:{hall.people(1)[0]}"], ["full"])):
        with hall.world.writing() as desk:
            row = ballots.find(desk, number)
            row.published = {**(row.published or {}), "coarsened": coarsened}
        assert allowed(hall, again) == found


def test_an_election_is_looked_at_candidate_by_candidate(hall: Hall) -> None:
    number = hall.ready("election", ["甲", "乙"], {"seats": 1}, k=3, action="coarsen")
    for member in range(5):
        hall.cast(number, member, {"marks": {"1": "yes", "2": "no" if member else "abstain"}})
    hall.close(number)
    sheet = published(hall, number)
    assert [("cells" in line) for line in sheet["subjects"]] == [False, False]


def test_tables_of_the_same_people_reveal_nothing_to_each_other() -> None:
    people = frozenset(range(9))
    one = Table("a", {"x": 5, "y": 4}, people, "甲")
    assert exposures([one], [one], 5) == ()
    assert [each.reason for each in exposures([Table("a", {"x": 4, "y": 4}, people - {3}, "乙")], [one], 5)] == [
        "difference"
    ]


def test_questions_with_other_marks_reveal_nothing_to_each_other() -> None:
    people = frozenset(range(9))
    chosen = Table("matter:1", {"yes": 5, "no": 4}, people, "票决")
    measured = Table("matter:1", {"满意": 5, "基本满意": 1, "不满意": 2}, people - {3}, "测评")
    assert exposures([measured], [chosen], 5) == ()


def test_two_questions_about_one_thing_are_no_tables_of_one_thing(hall: Hall) -> None:
    subjects = [Subject("局长甲", person=hall.people(1)[0])]
    published(hall, voted(hall, "yyyynnn", subjects, k=3, question="工作评议:定性测评"))
    published(hall, voted(hall, "yyyynn", subjects, k=3, question="工作评议:整改情况表决"))
    assert allowed(hall, voted(hall, "yyyynn", subjects, k=3, question="工作评议 定性测评")) == ["outcomes"]


def test_a_revote_is_compared_with_the_round_before_it(hall: Hall) -> None:
    number = hall.ready("selection", ["桥", "路"], {"seats": 1}, k=3)
    for member in range(6):
        hall.cast(number, member, {"chosen": ["1" if member % 2 else "2"]})
    hall.close(number)
    published(hall, number)
    with hall.world.writing() as desk:
        again = ballots.next_round(desk, hall.clerk, number)
    hall.open(again)
    for member in range(7):
        hall.cast(again, member, {"chosen": ["1" if member % 3 else "2"]})
    hall.close(again)
    assert allowed(hall, again) == ["outcomes"]


def test_a_district_sets_its_own_guard_for_sittings(hall: Hall) -> None:
    assert sitting_rules_from({"least_group": 5}, "district.toml").least_group == 5
    assert refusal(lambda: sitting_rules_from({"least_group": 0}, "district.toml")).endswith("]")
    with hall.world.reading() as desk:
        usual = {table.code: table.k for table in ballots.on_offer(desk)}
        meetings = replace(desk.rulebook.district.meetings, least_group=5)
        desk.rulebook.district = replace(desk.rulebook.district, meetings=meetings)
        strict = {table.code: table.k for table in ballots.on_offer(desk)}
    assert set(usual.values()) == {1}
    assert {code for code, k in strict.items() if k == 1} == {"law-majority", "law-removal"}
