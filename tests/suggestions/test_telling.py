"""What suggestions tell other practices, the pages of organs and deputies, and the public."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from backing.suggestions import Walk
from renda import Actor, Explained, Fact, Party, Section, Sheet
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier

YEAR = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def facts(walk: Walk, code: str, subject: Party | None = None, **days: date) -> Sequence[Fact]:
    with walk.world.reading() as desk:
        return DistrictRecords(desk).facts(code, subject=subject, **{**YEAR, **days})


def sheet(walk: Walk, code: str = "handling", **days: date) -> Sheet:
    with walk.world.reading() as desk:
        (answer,) = ask(desk, "sheets", walk.world.day, records=DistrictRecords(desk), **{**YEAR, **days})
        assert answer.failure is None
        found: Sheet = next(each for each in answer.said if each.code == code)
        return found


def sections(walk: Walk, subject: Party, viewer: Actor) -> tuple[Section, ...]:
    with walk.world.reading() as desk:
        (answer,) = dossier(desk, viewer, subject)
        assert answer.failure is None
        return answer.said


def number_of(fact: Fact) -> Explained:
    assert fact.number is not None
    return fact.number


def closed(walk: Walk, first: str = "满意", second: str = "满意", **entries: Any) -> int:
    number = walk.rate(walk.answered(**entries), answer_level=first)
    return walk.rate(walk.reported(number, entries.get("lead", "城管局")), implementation_level=second)


def dissatisfied(walk: Walk, **entries: Any) -> int:
    number = walk.answered(**entries)
    return walk.rate(number, answer_level="不满意", answer_reason="没有修")


def test_filing_is_told_of_the_deputy_and_replying_of_the_organ(walk: Walk) -> None:
    number = walk.answered()
    (filed,), (answered,) = facts(walk, "suggestion.filed"), facts(walk, "suggestion.answered")
    assert (filed.subject.name, filed.text, filed.matter) == ("代表甲", "提出建议“路灯不亮”", number)
    assert (answered.subject.name, answered.text) == ("城管局", "答复建议“路灯不亮”")
    assert facts(walk, "suggestion.late") == []


def test_a_late_reply_is_told_on_the_day_it_became_late_with_the_days(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    (late,) = facts(walk, "suggestion.late", until=date(2020, 6, 5))
    assert (late.day, number_of(late).value) == (date(2020, 6, 3), 3)
    walk.world.go_to(date(2020, 6, 12))
    walk.replied(number)
    assert walk.world.matter(walk.part(number, "城管局")).payload["days_late"] == 10
    (late,) = facts(walk, "suggestion.late")
    assert (late.day, number_of(late).value, late.text) == (date(2020, 6, 3), 10, "建议“路灯不亮”逾期答复")


def test_a_reply_on_the_last_day_is_not_late(walk: Walk) -> None:
    number = walk.handled()
    walk.world.go_to(date(2020, 6, 2))
    walk.replied(number)
    assert facts(walk, "suggestion.late") == []


def test_an_organ_that_gave_the_suggestion_back_is_not_late_with_it(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    part = walk.organ_acts(number, "城管局", "ask_return", return_reason="不属职责")
    walk.world.act(walk.clerk, "approve_return", {"to_organ": walk.world.organ("交通局").id}, matter=part)
    assert [each.subject.name for each in facts(walk, "suggestion.late")] == ["交通局"]


def test_every_rating_is_told_and_dissatisfaction_once_more(walk: Walk) -> None:
    closed(walk)
    dissatisfied(walk, title="公厕")
    assert len(facts(walk, "suggestion.rated")) == 3
    (told,) = facts(walk, "suggestion.dissatisfied")
    assert told.text == "“公厕”答复被评为不满意"


def test_satisfaction_is_a_share_of_each_organ_by_the_last_rating_in_the_time(walk: Walk) -> None:
    closed(walk)
    closed(walk, second="基本满意", title="公厕")
    number = dissatisfied(walk, title="绿化")
    (told,) = facts(walk, "suggestion.satisfaction")
    assert (told.subject.name, number_of(told).value) == ("城管局", Fraction(2, 3))
    walk.world.go_to(date(2021, 2, 1))
    walk.organ_acts(number, "城管局", "redo", second_reply="种好了", signed_by="局长")
    walk.rate(number, answer_level="满意")
    assert number_of(facts(walk, "suggestion.satisfaction")[0]).value == Fraction(2, 3)
    (later,) = facts(walk, "suggestion.satisfaction", since=date(2021, 1, 1), until=date(2021, 12, 31))
    assert number_of(later).value == 1


def test_what_nobody_rated_is_left_out_of_the_satisfaction(walk: Walk) -> None:
    closed(walk)
    number = walk.answered(title="公厕")
    walk.world.go_to(date(2020, 4, 1))
    walk.world.act(walk.clerk, "remind", matter=number)
    walk.world.go_to(date(2020, 5, 1))
    walk.world.act(walk.clerk, "go_unrated", {"unrated_note": "未评价"}, matter=number)
    walk.world.act(
        walk.as_organ("城管局"), "report_implementation", {"progress": "完成"}, matter=walk.part(number, "城管局")
    )
    figures = {each.parts[0].label: each for each in sheet(walk).figures}
    assert figures["总体满意率"].parts[0].parts[1].value == 1
    assert number_of(facts(walk, "suggestion.satisfaction")[0]).parts[1].value == 1


def test_facts_are_only_of_those_one_asks_about(walk: Walk) -> None:
    closed(walk)
    other = walk.world.organ("交通局")
    assert facts(walk, "suggestion.*", subject=other) == []
    assert {each.code for each in facts(walk, "suggestion.*", subject=walk.world.organ("城管局"))} == {
        "suggestion.answered",
        "suggestion.rated",
        "suggestion.satisfaction",
    }


def test_secret_suggestions_are_told_nowhere(walk: Walk) -> None:
    dissatisfied(walk, secret=True)
    assert facts(walk, "suggestion.*") == []
    assert sheet(walk).rows == []
    assert sections(walk, walk.world.organ("城管局"), walk.clerk) == ()


def test_the_report_counts_merged_ones_once_and_leaves_out_what_was_not_handed_over(walk: Walk) -> None:
    number, merged = closed(walk), walk.accepted("代表乙", title="西街路灯")
    target = walk.handled(title="北街路灯")
    walk.world.act(walk.clerk, "merge", {"into": target}, matter=merged)
    walk.file(title="未受理的")
    table = sheet(walk)
    assert [(row[0], row[8]) for row in table.rows] == [(number, 0), (target, 1)]
    assert table.public
    assert [each.value for each in table.figures] == [50, 100, 100]


def test_the_report_lists_only_what_may_be_published(walk: Walk) -> None:
    closed(walk, public=False)
    table = sheet(walk)
    assert table.rows == []
    assert table.figures[0].value == 100


@pytest.mark.parametrize(("noun", "title"), [("organ", "承办的代表建议"), ("person", "提出的代表建议")])
def test_the_pages_of_organs_and_deputies_list_their_suggestions(walk: Walk, noun: str, title: str) -> None:
    number = closed(walk)
    subject = walk.world.organ("城管局") if noun == "organ" else walk.world.deputy("代表甲")
    (section,) = sections(walk, subject, walk.clerk)
    assert (section.title, section.figures[0].value) == (title, 1)
    assert [(each.text, each.matter) for each in section.entries] == [("路灯不亮·办结·满意", number)]


def test_signing_with_others_is_a_fact_of_each_co_signer(walk: Walk) -> None:
    number = walk.file(invited=("代表乙", "代表丙"))
    walk.world.act(walk.as_deputy("代表乙"), "confirm", matter=number)
    walk.world.act(walk.as_deputy("代表丙"), "decline", matter=number)
    assert [each.subject.name for each in facts(walk, "suggestion.filed")] == ["代表甲"]
    (signed,) = facts(walk, "suggestion.signed")
    assert (signed.subject.name, signed.text) == ("代表乙", "附议建议“路灯不亮”")


def test_what_organs_promised_is_kept_until_it_is_done_and_overdue_after_its_year(walk: Walk) -> None:
    promise: dict[str, Any] = {"result_class": "B", "commitment": "换灯", "commitment_year": 2020}
    kept, owed = walk.replied(walk.handled(), **promise), walk.replied(walk.handled(lead="财政局"), "财政局", **promise)
    walk.replied(walk.handled(secret=True), **promise)
    walk.answered()
    for number in (kept, owed):
        walk.rate(number, answer_level="满意")
    walk.reported(kept)
    assert [row[:4] for row in sheet(walk, "promises").rows] == [
        (kept, "城管局", "换灯", 2020),
        (owed, "财政局", "换灯", 2020),
    ]
    assert [row[4:] for row in sheet(walk, "promises").rows] == [("已全部修复", "已落实"), ("—", "落实中")]
    after = sheet(walk, "promises", since=date(2021, 1, 1), until=date(2021, 12, 31))
    assert [(row[0], row[5]) for row in after.rows] == [(owed, "逾期未落实")]
    assert [figure.value for figure in after.figures] == [1, 0, 0, 1]


def test_replies_fall_into_classes_whose_shares_are_of_all_that_were_answered(walk: Walk) -> None:
    for _ in range(2):
        walk.answered()
    walk.replied(walk.handled(), result_class="B", commitment="换灯", commitment_year=2021)
    walk.handled()
    told = sheet(walk, "classes")
    assert [(row[0], row[2].value, row[3].value) for row in told.rows] == [
        ("A", 2, Decimal("66.7")),
        ("B", 1, Decimal("33.3")),
    ]
    assert told.figures[0].value == 3
