"""The finance bureau's table: exact, whole or not at all, and never twice."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from renda.services.reading import DistrictRecords
from renda_plugins.budget_pace.gaps import band, gap, unexecuted
from renda_plugins.budget_pace.table import number, read

BANDS = [{"at_least": Decimal(start), "label": f"{start}%档"} for start in (10, 20, 30)]
Refused = Callable[[Callable[[], Any]], str]


def test_every_mistake_of_a_table_is_told_with_its_line_and_column_and_no_row_is_kept(
    budget: Any, refused: Refused
) -> None:
    quarter = budget.begin(2)
    budget.world.project("无主")
    rows = [
        "甲,1000000,0,50,400000",
        "丁,1000000,0,50,400000",
        "无主,1,0,50,0",
        "甲,1000000,0,50,400000",
        "乙,一百万,0,50,",
        "丙,1000000,-1000001,120,-5",
        "乙,0,0,50,1",
    ]
    assert refused(lambda: budget.table(quarter, *rows)) == (
        "进度表有 10 处错误,一行也没有录入:第 3 行“项目编码”:名册里没有编码为“丁”的项目;"
        "第 4 行“项目编码”:项目“无主”没有写明承担单位,请先补名册;第 5 行“项目编码”:“甲”在前面已经有了;"
        "第 6 行“年初预算”:应为数字,现为“一百万”;第 6 行“累计支出”:应为数字,现为“”;"
        "第 7 行“预算调整”:调减 1000001 元超过年初预算 1000000 元;第 7 行“累计支出”:不能小于 0,现为 -5;"
        "第 7 行“计划进度”:应在 0 至 100 之间,现为 120;第 8 行“项目编码”:“乙”在前面已经有了;"
        "第 8 行“累计支出”:调整后没有预算,却支出了 1 元。"
    )
    assert budget.paces(quarter) == []


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((), "进度表里一行也没有。请连同表头一起复制。"),
        (
            ("项目编码,支出",),
            "表头缺少“年初预算、累计支出”。表头应有:项目编码、年初预算、预算调整、计划进度、累计支出;计划进度一列可以没有。",
        ),
    ],
)
def test_a_table_without_rows_or_headings_is_refused(budget: Any, refused: Refused, lines: Any, sentence: str) -> None:
    heading, *rows = lines or ("项目编码,年初预算,累计支出",)
    assert refused(lambda: budget.table(budget.begin(1), *rows, heading=heading)) == sentence


def test_a_block_copied_from_a_spreadsheet_is_read_whatever_its_columns_order_and_signs(budget: Any) -> None:
    quarter = budget.begin(2)
    budget.table(
        quarter,
        '甲\t甲项目\t"400,000.50"\t1,000,000.00\t50%',
        heading="项目编码\t项目名称\t累计支出\t年初预算\t计划进度",
    )
    (pace,) = budget.paces(quarter)
    assert (pace.payload["paid"], pace.payload["planned"], pace.payload["adjustment"]) == (
        Decimal("400000.50"),
        Decimal(50),
        Decimal(0),
    )
    assert pace.party("subject").name == "甲局"


def test_without_a_column_of_the_plan_the_districts_own_schedule_counts(budget: Any) -> None:
    quarter = budget.begin(3)
    budget.table(quarter, "甲,1000000,0", heading="项目编码,年初预算,累计支出")
    assert budget.paces(quarter)[0].payload["planned"] == Decimal(75)


def test_the_same_table_again_doubles_nothing_and_a_changed_row_is_corrected_once(budget: Any) -> None:
    quarter = budget.begin(2)
    rows = ["甲,1000000,0,50,400000", "乙,1000000,0,50,500000"]
    budget.table(quarter, *rows)
    budget.table(quarter, *rows)
    first, second = budget.paces(quarter)
    assert (first.payload["band"], first.state, second.state) == ("10%档", "warned", "on_pace")
    assert first.done_on("correct") is None
    budget.table(quarter, "甲,1000000,-200000,50,400000", "乙,1000000,0,50,200000", "丙,10,0,50,0")
    first, second, third = budget.paces(quarter)
    assert (first.state, second.payload["band"], second.state, third.payload["band"]) == (
        "on_pace",
        "30%档",
        "warned",
        "30%档",
    )


def test_numbers_that_are_none_are_not_guessed() -> None:
    assert [number(text, share=True) for text in ("1,234.5", "40%", "-3", "", "1e3", "abc", "--1")] == [
        Decimal("1234.5"),
        Decimal(40),
        Decimal(-3),
        None,
        None,
        None,
        None,
    ]


def test_a_column_of_money_carried_over_is_read_where_the_district_names_it(budget: Any, refused: Refused) -> None:
    called = {
        "code": "编码",
        "budget": "预算",
        "adjustment": "调整",
        "carried": "结转",
        "planned": "计划",
        "paid": "支出",
    }
    with budget.world.reading() as desk:
        projects = DistrictRecords(desk).projects()

    def rows(*lines: str) -> Any:
        return read("\n".join(("编码,预算,结转,支出", *lines)), called, projects, Decimal(50))

    first, second = rows("甲,0,500000,100000", "乙,1000000,,400000")
    assert [row["carried"] for row in (first, second)] == [500000, 0]
    assert [band(gap(row), BANDS).value for row in (first, second)] == ["30%档", "10%档"]
    assert refused(lambda: rows("甲,1000000,-1,0")).endswith("第 2 行“结转”:不能小于 0,现为 -1。")


def test_money_carried_over_is_left_to_be_cut() -> None:
    held = {name: Decimal(value) for name, value in (("budget", 10), ("adjustment", -4), ("carried", 5), ("paid", 2))}
    assert unexecuted(held) == 9
    assert unexecuted({**held, "carried": Decimal(0)}) == 4
