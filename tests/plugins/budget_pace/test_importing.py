"""The finance bureau's file of a quarter, brought as it is."""

from pathlib import Path
from typing import Any

import pytest

from renda.documents.spreadsheets import written
from renda.errors import RendaError
from renda.services import tables

TABLE = "budget_pace.take_table"
HEADING = "项目编码,年初预算,预算调整,计划进度,累计支出,备注"


def brought(budget: Any, *rows: str, folder: Path, **options: Any) -> tables.Brought:
    path = folder / "第一季度.csv"
    path.write_text("# 财政局导出\n" + "\n".join(rows) + "\n", "utf-8")
    *_, last = tables.bring(budget.world.installation, "jiangbei", budget.clerk, TABLE, path, **options)
    assert isinstance(last, tables.Brought)
    return last


def test_a_quarters_figures_come_from_a_file_and_go_back_into_one(budget: Any, tmp_path: Path) -> None:
    quarter = budget.begin(1)
    rows = (HEADING, "甲,1000000,0,25,1,一", "乙,1000000,-500000,25,250000,")
    assert brought(budget, *rows, folder=tmp_path, trial=True).added == 2
    assert budget.paces(quarter) == []
    assert brought(budget, *rows, folder=tmp_path).added == 2
    assert [pace.title for pace in budget.paces(quarter)] == ["甲 2020 年第一季度", "乙 2020 年第一季度"]
    again = brought(budget, *rows, folder=tmp_path)
    assert (again.added, again.same) == (0, 2)
    with budget.world.reading() as desk:
        found = tables.find(desk, budget.clerk, TABLE, matter=quarter)
        assert found.headings() == ["项目编码", "年初预算", "预算调整", "计划进度", "累计支出"]
        with written("csv", found.headings(), found.rows(desk, budget.clerk)) as kept:
            back = kept.read().decode("utf-8-sig").splitlines()
    assert back[1:] == ["甲,1000000,0,25,1", "乙,1000000,'-500000,25,250000"]
    assert brought(budget, *back, folder=tmp_path).same == 2


def test_a_wrong_figure_is_told_in_the_rules_own_words(budget: Any, tmp_path: Path) -> None:
    budget.begin(1)
    with pytest.raises(RendaError) as caught:
        brought(budget, HEADING, "甲,一百万,0,25,1,", "丁,1,0,25,1,", folder=tmp_path)
    assert caught.value.message == (
        "没有导入,一行也没有写入。共有 2 处错误:\n"
        "第一季度.csv 第 3 行“年初预算”列:应为数字,现为“一百万”。\n"
        "第一季度.csv 第 4 行“项目编码”列:名册里没有编码为“丁”的项目。"
    )


def test_where_no_quarter_is_open_or_two_are_it_is_said(budget: Any, tmp_path: Path) -> None:
    rows = (HEADING, "甲,1000000,0,25,1,")
    with pytest.raises(RendaError) as none:
        brought(budget, *rows, folder=tmp_path)
    assert none.value.message == "现在没有可以“导入进度表”的事项。"
    first, second = budget.begin(1), budget.begin(2)
    with pytest.raises(RendaError) as two:
        brought(budget, *rows, folder=tmp_path)
    assert two.value.message == (
        f"“导入进度表”要写明给哪一件事项。现在可以办理的:{second} 2020 年第二季度预算执行进度通报、"
        f"{first} 2020 年第一季度预算执行进度通报。"
    )
    assert brought(budget, *rows, folder=tmp_path, matter=second).added == 1


def test_who_may_not_see_the_quarter_does_not_export_its_figures(budget: Any, tmp_path: Path) -> None:
    quarter = budget.begin(1)
    brought(budget, HEADING, "甲,1000000,0,25,1,", folder=tmp_path)
    with budget.world.reading() as desk:
        shown = tables.find(desk, budget.clerk, TABLE, matter=quarter).rows(desk, budget.clerk)
        assert next(iter(shown))[0] == "甲"
        deputy = budget.world.actor("deputy")
        hidden = tables.find(desk, deputy, TABLE, matter=quarter).rows(desk, deputy)
        with pytest.raises(RendaError) as caught:
            next(iter(hidden))
    assert caught.value.code == "matter.unknown"
