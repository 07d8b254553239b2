"""What the pace of the budget tells drafts a deduction under 江北's negative list."""

from datetime import date
from pathlib import Path

from plugins.budget_pace.conftest import Budget, alone

from renda.testing.factories import World, fresh_sqlite


def test_a_project_at_thirty_twice_running_drafts_one_deduction_and_two_projects_once_each_none(tmp_path: Path) -> None:
    districts = alone(tmp_path, "negative_list.toml")
    world = World(fresh_sqlite(tmp_path), districts, "jiangbei", day=date(2020, 1, 2))
    for name in ("甲", "乙"):
        world.project(name, "甲局")
    budget = Budget(world)
    year = world.act(budget.clerk, "开展年度评价", {"year": 2020}, practice="negative_list").matter_id
    budget.told(1, "甲,1000000,0,50,0", "乙,1000000,0,50,0")
    world.act(budget.clerk, "按事实起草", {}, matter=year)
    assert world.matter(year).children("deduction") == []
    budget.told(2, "甲,1000000,0,50,200000", "乙,1000000,0,50,200001")
    for _ in range(2):
        world.act(budget.clerk, "按事实起草", {}, matter=year)
    (deduction,) = world.matter(year).children("deduction")
    assert deduction.payload["item"] == "6.1"
    assert "“甲”执行进度差额 30" in deduction.payload["reason"]
    world.close()
