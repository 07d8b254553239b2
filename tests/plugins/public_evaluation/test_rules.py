"""An evaluation: what is refused, what too few answers come to, how a kind is told its score."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from plugins.public_evaluation.conftest import DISTRICTS, GOOD, Life

from backing.saying import refused
from renda.rulebook import Rulebooks
from renda.services.questionnaires import finding


def test_what_the_rule_refuses_it_refuses_in_words(life: Life) -> None:
    begin = {"year": 2020}
    assert refused(lambda: life.world.act(life.clerk, "begin", begin, practice="public_evaluation")) == (
        "2020 年度的群众评议已在办理。一年只办一次。"
    )
    assert refused(lambda: life.enlist("为老服务")) == ("“为老服务”类已经列入。一类只评一次,几个单位实施的请合写一项。")
    assert refused(lambda: life.does("ask", until=date(2020, 6, 1))) == (
        "作答截止日期 2020-06-01 不晚于今天。请至少留出一天。"
    )
    life.removed()
    assert refused(life.asking) == "还没有列入评议的类别。请先列入再发出问卷。"


def test_a_kind_taken_out_may_be_listed_again(life: Life) -> None:
    life.removed()
    assert life.world.matter(life.enlist("为老服务")).state == "listed"


def test_the_questionnaire_asks_for_the_whole_and_for_each_kind(life: Life) -> None:
    life.enlist("交通出行")
    life.asking()
    with life.world.reading() as desk:
        (row,) = finding.listed(desk, life.clerk)
        asked = finding.questions_of(row)
    assert [(each.code, each.required) for each in asked] == [("whole", True), ("为老服务", False), ("交通出行", False)]
    assert (row.until_on, row.fewest, row.admission) == (date(2020, 6, 22), 50, "open")
    assert dict(asked[0].scale) == {"很满意": 100, "满意": 90, "一般": 70, "不满意": 40, "很不满意": 0}


def test_of_too_few_answers_there_is_no_score_and_people_may_be_asked_again(life: Life) -> None:
    around = life.world.matter(life.short())
    assert (around.state, around.payload.get("whole")) == ("short", None)
    assert life.world.matter(life.items[0]).state == "listed"
    life.counted()
    assert life.world.matter(life.around).state == "scored"
    assert life.world.matter(life.items[0]).state == "good"


def test_a_kind_few_people_know_has_no_score_and_is_no_fact(life: Life) -> None:
    few = {"很满意": 0, "很不满意": 49}
    life.counted(whole=GOOD, 为老服务=few)
    item = life.world.matter(life.items[0])
    assert (item.state, item.payload.get("counts")) == ("unscored", None)
    with life.world.reading() as desk:
        hook = desk.rulebook.practice_on("public_evaluation", desk.day).hook
        told = hook.facts(subject=None, since=date(2020, 1, 1), until=date(2020, 12, 31), records=item.records)
    assert [fact for some in told for fact in some] == []


def test_exactly_the_line_is_not_low(life: Life) -> None:
    life.counted(whole=GOOD, 为老服务={"很满意": 70, "满意": 10, "不满意": 15, "很不满意": 5})
    item = life.world.matter(life.items[0])
    assert (item.state, item.payload["counts"]["很满意"]) == ("good", 70)
    with life.world.reading() as desk:
        score = desk.rulebook.practice_on("public_evaluation", desk.day).hook.score(matter=item)
    assert (score.value, life.world.rulebook.practice_on("public_evaluation", life.world.day).practice.params.low) == (
        Decimal("85.0"), 85,
    )  # fmt: skip


def test_a_score_that_only_rounds_up_to_the_line_is_low_and_is_told_so(life: Life) -> None:
    life.counted(400, whole={"很满意": 400}, 为老服务={"很满意": 6, "满意": 371, "很不满意": 23})
    item = life.world.matter(life.items[0])
    with life.world.reading() as desk:
        hook = desk.rulebook.practice_on("public_evaluation", desk.day).hook
        days = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
        told = [each for some in hook.facts(subject=None, records=item.records, **days) for each in some]
        score = hook.score(matter=item)
    assert (item.state, score.value) == ("low", Decimal("85.0"))
    fact, overdue = told[-1], told[0]
    assert (fact.code, overdue.code) == ("public.score", "public.overdue")
    assert fact.number.value == Decimal("84.98")
    assert fact.text == "2020 年度群众评议“为老服务”类得 84.98 分"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"满意" = 90', '"满意" = 100'), "评分档次的分值应从高到低、各不相同,现为:100、100、70、40、0。"),
        (("low = 85", "low = 101"), "低分线 101 应在 0 至满分 100 之间。"),
        (("fewest = 50", "fewest = 0"), "有效答卷最少份数应不小于 1,现为 0。"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    place = tmp_path / "fengxian"
    place.mkdir()
    (place / "district.toml").write_text('name = "奉贤区"\nterm = "第五届"\n', "utf-8")
    text = (DISTRICTS / "fengxian" / "public_evaluation.toml").read_text("utf-8")
    assert change[0] in text
    (place / "public_evaluation.toml").write_text(text.replace(*change), "utf-8")
    assert sentence in refused(lambda: Rulebooks(tmp_path).of("fengxian"))
