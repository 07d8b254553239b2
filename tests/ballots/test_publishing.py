"""Nothing is published from which a single vote follows, unless the district says so."""

from typing import Any

from backing.balloting import Hall, refusal
from renda.services import ballots
from renda.services.ballots import Subject
from renda.services.ballots.disclosure import Table, exposures


def published(hall: Hall, number: int) -> Any:
    with hall.world.writing() as desk:
        return ballots.publish(desk, hall.clerk, number)


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
    assert sheet["coarsened"] == []
    assert hall.row(number).state == "published"
    with hall.world.reading() as desk:
        assert ballots.published(desk, number) == sheet
    assert refusal(lambda: published(hall, number)) == ("现在不能“公布”:“表决甲”处于“已公布”。 [ballot.not_now]")


def test_a_unanimous_cell_or_a_small_electorate_is_refused(hall: Hall) -> None:
    assert refusal(lambda: published(hall, voted(hall, "yyyyyy", k=5))) == (
        "公布“表决甲”会使个人的投票暴露:“表决甲:议题”的 6 张票全部相同。"
        "请改为只公布结论(coarsen),或由主任会议决定不公布。 [ballot.disclosure]"
    )
    assert "“表决甲:议题”只有 3 张票,少于 5 张" in refusal(lambda: published(hall, voted(hall, "yyn", k=5)))


def test_coarsened_a_unanimous_line_says_only_its_outcome(hall: Hall) -> None:
    sheet = published(hall, voted(hall, "yyyyyy", k=5, action="coarsen"))
    assert sheet["subjects"] == [{"code": "1", "label": "议题", "outcome": "carried"}]
    assert sheet["subtotals"] is None


def test_a_district_that_announces_in_full_says_k_is_one(hall: Hall) -> None:
    assert published(hall, voted(hall, "yyyyyy", k=1))["subjects"][0]["cells"]["yes"] == 6


def test_a_named_ballot_has_nothing_to_hide(hall: Hall) -> None:
    assert published(hall, voted(hall, "yyyyyy", k=5, secrecy="named"))["subjects"][0]["cells"]["yes"] == 6


def test_two_tables_that_differ_by_one_person_are_not_both_published(hall: Hall) -> None:
    person = hall.people(1)[0]
    subjects = [Subject("局长甲", person=person)]
    published(hall, voted(hall, "yyyynnn", subjects, k=3))
    said = refusal(lambda: published(hall, voted(hall, "yyyynn", subjects, k=3)))
    assert "“表决甲:局长甲”与已公布的“表决甲:局长甲”只相差 1 人,两表相减即知这些人的投票" in said
    published(hall, voted(hall, "yyyynn", [Subject("局长乙", person=hall.people(2)[1])], k=3))
    published(hall, voted(hall, "yyyynn", secrecy="named"))
    sheet = published(hall, voted(hall, "nnyynn", subjects, k=3, action="coarsen"))
    assert sheet["coarsened"] == [f"person:{person}"]
    with hall.world.reading() as desk:
        row = ballots.find(desk, voted(hall, "yyyynn-n", subjects, k=3))
        assert {each.reason for each in ballots.publishing.exposed(desk, row)} == {"difference"}


def test_an_election_is_looked_at_candidate_by_candidate(hall: Hall) -> None:
    number = hall.ready("election", ["甲", "乙"], {"seats": 1}, k=3, action="coarsen")
    for member in range(5):
        hall.cast(number, member, {"marks": {"1": "yes", "2": "no" if member else "abstain"}})
    hall.close(number)
    sheet = published(hall, number)
    assert [("cells" in line) for line in sheet["subjects"]] == [False, True]


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
    said = refusal(lambda: published(hall, voted(hall, "yyyynn", subjects, k=3, question="工作评议 定性测评")))
    assert "与已公布的“工作评议:定性测评:局长甲”只相差 1 人" in said


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
    assert "与已公布的“表决甲:桥”只相差 1 人" in refusal(lambda: published(hall, again))
