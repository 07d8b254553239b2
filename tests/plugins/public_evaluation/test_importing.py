"""Counts of a questionnaire held elsewhere: wrong ones are told with file, line and column, and nothing is kept."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from plugins.public_evaluation.conftest import DISTRICTS

from renda.errors import RendaError
from renda.services.imports import import_folder
from renda.testing.factories import World, fresh_sqlite

FILE = "questionnaires/02-群众评议.csv"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2018-12-03", "2018-11-04", "“p2018”没有待开放的问卷:前面没有一行为它提出问卷,或者已经统计过。"),
        ("whole,很满意,500", "总体,很满意,500", "问卷“2018 年度政府实事项目群众评议”没有第“总体”题。题号:whole、"),
        ("whole,很满意,500", "whole,好,500", "没有“好”这个答案。可选:很满意、满意、一般、不满意、很不满意。"),
        ("whole,很满意,500", "whole,很满意,600", "第“whole”题共 1100 份,多于收到的 1000 份。"),
        ("whole,很满意,500", "whole,很满意,五百", "应为不小于0的整数,现为“五百”。"),
    ],
)  # fmt: skip
def test_wrong_counts_are_told_and_nothing_is_kept(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(DISTRICTS / "fengxian" / "data", data)
    for other in ("livelihood_projects", "ballots"):
        shutil.rmtree(data / other)
    text = (data / FILE).read_text("utf-8")
    assert old in text
    (data / FILE).write_text(text.replace(old, new), "utf-8")
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "fengxian", day=date(2026, 11, 22))
    with pytest.raises(RendaError) as refused, world.writing() as desk:
        import_folder(desk, data)
    assert sentence in refused.value.message
    assert FILE in refused.value.message
    world.close()
