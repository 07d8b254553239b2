"""What an organ loses in a year, with its caps and reasons."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World


def sheets(world: World, year: int) -> Any:
    with world.reading() as desk:
        until = date(year, 12, 31)
        answers = ask(desk, "sheets", until, since=date(year, 1, 1), until=until, records=DistrictRecords(desk))
        assert [each.failure for each in answers] == [None] * len(answers)
        return {sheet.title: sheet for answer in answers for sheet in answer.said}


def test_an_item_is_capped_over_the_year_and_so_is_the_organ(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    for day in (1, 2, 3):
        followed.carry_through(followed.enter(organ, "5", date(2020, 5, day), amount="0.2"), organ)
    assert followed.score().parts[0].value == Decimal("0.2")
    followed.carry_through(followed.enter(organ, "1", date(2020, 5, 4), evidence=["台账"]), organ)
    for day in (5, 6, 7, 8):
        followed.carry_through(followed.enter(organ, "2", date(2020, 5, day), evidence=["测评表"]), organ)
    explained = followed.score().parts[0]
    assert explained.parts[0].value == Decimal("0.7")
    assert explained.value == Decimal("0.5")


def test_organs_stand_side_by_side_and_what_is_not_in_effect_counts_nothing(followed: Any) -> None:
    first, second = followed.world.organ("甲局"), followed.world.organ("乙局")
    assert followed.score() is None
    followed.carry_through(followed.enter(first), first)
    followed.enter(second)
    assert [part.label for part in followed.score().parts] == ["甲局"]


def test_the_sheet_for_the_assessment_office_has_its_columns_and_capped_sums(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    for day in (1, 2):
        followed.carry_through(followed.enter(organ, "5", date(2020, 5, day), amount="0.2"), organ)
    export = sheets(followed.world, 2020)["2020 年度考核导入表"]
    assert export.columns == ("单位", "扣分")
    assert export.rows == [("甲局", Decimal("0.2"))]


def test_the_table_of_the_year_draws_a_picture_and_shows_what_enters_the_assessment(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.carry_through(followed.enter(organ), organ)
    table = sheets(followed.world, 2020)["2020 年度扣分表"]
    assert table.chart == (0, 1)
    ((name, lost, counted, reason),) = table.rows
    assert (name, lost.value, counted.value, reason) == ("甲局", Decimal("0.1"), Decimal("-0.1"), "由人提出")
    assert "2021 年度扣分表" not in sheets(followed.world, 2021)


def test_a_deduction_in_effect_is_a_fact_and_stands_in_the_dossiers_of_the_organ_and_its_head(followed: Any) -> None:
    head = followed.world.official("局长乙一", "甲局")
    organ, other = followed.world.organ("甲局"), followed.world.organ("乙局")
    number = followed.enter(organ)
    followed.carry_through(number, organ)
    with followed.world.reading() as desk:
        records = DistrictRecords(desk)
        (fact,) = records.facts("negative.deduction", since=date(2020, 1, 1), until=date(2020, 12, 31), subject=organ)
        assert fact.number is not None
        assert (fact.matter, fact.number.value) == (number, Decimal("0.1"))
        assert records.facts("negative.*", since=date(2021, 1, 1), until=date(2021, 2, 1)) == []
        viewer = followed.clerk
        found = {}
        for subject in (organ, head, other):
            answers = dossier(desk, viewer, subject)
            found[subject.name] = [section for answer in answers for section in answer.said]
    assert found["乙局"] == []
    for name in ("甲局", "局长乙一"):
        (section,) = found[name]
        assert [entry.text for entry in section.entries] == ["由人提出(0.1)"]
        assert section.figures[0].value == Decimal("0.1")


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        (
            {"outcome": "reduce", "review_grounds": "x"},
            "表单有误:减轻后的扣分:复核减轻时要写明减轻后的扣分。",
        ),
        (
            {"outcome": "uphold", "reduced_to": "0.1", "review_grounds": "x"},
            "表单有误:减轻后的扣分:只有复核减轻时才写减轻后的扣分;维持或撤销时请留空。",
        ),
        (
            {"outcome": "reduce", "reduced_to": "0.2", "review_grounds": "x"},
            "减轻后的扣分 0.2 应小于原扣分 0.2、大于 0;全部免除请选撤销。",
        ),
        (
            {"outcome": "reduce", "reduced_to": "0.05", "review_grounds": "x"},
            "扣分 0.05 不是 0.1 的整数倍。请按 0.1 的倍数填写。",
        ),
    ],
)
def test_a_review_that_does_not_fit_the_deduction_is_refused_and_nothing_is_kept(
    followed: Any, review: Any, sentence: str
) -> None:
    organ = followed.world.organ("甲局")
    department = followed.world.actor("department", organ=organ)
    number = followed.enter(organ, amount="0.2")
    act = followed.world.act
    act(followed.clerk, "核实并转单位说明", {"found": "属实"}, matter=number)
    act(department, "提交说明", {"explanation": "无"}, matter=number)
    act(followed.chair, "确认扣分", matter=number)
    act(followed.clerk, "告知扣分", matter=number)
    act(department, "申诉", {"appeal": "不服"}, matter=number)
    with pytest.raises(RendaError) as refused:
        act(followed.chair, "复核", review, matter=number)
    assert refused.value.message == sentence
    assert followed.world.matter(number).state == "appealed"


def test_an_upheld_appeal_leaves_the_deduction_as_it_was(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    department = followed.world.actor("department", organ=organ)
    number = followed.enter(organ, amount="0.2")
    act = followed.world.act
    act(followed.clerk, "核实并转单位说明", {"found": "属实"}, matter=number)
    act(department, "提交说明", {"explanation": "无"}, matter=number)
    act(followed.chair, "确认扣分", matter=number)
    act(followed.clerk, "告知扣分", matter=number)
    act(department, "申诉", {"appeal": "不服"}, matter=number)
    act(followed.chair, "复核", {"outcome": "uphold", "review_grounds": "事实清楚"}, matter=number)
    assert followed.score().parts[0].value == Decimal("0.2")
