"""From the window to the end of a lift: notice, objections, approvals, funds, stages, upkeep; what is refused."""

from datetime import date
from typing import Any

import pytest
from plugins.lift_installation.conftest import CODE, WORKS, Entrance, flats, refusal

from renda.services.reading import DistrictRecords
from renda.testing.factories import World
from renda_plugins.lift_installation import LiftInstallation


def test_an_entrance_has_one_application_until_it_is_withdrawn(world: World) -> None:
    first = Entrance(world)
    assert refusal(lambda: Entrance(world)) == f"小区1号已经受理(事项 {first.number})。每个门洞一件申请。"
    Entrance(world, entrance="2号")
    first.done("撤回申请", ended_for="资金")
    assert Entrance(world).state == "consulting"


@pytest.mark.parametrize(
    ("households", "sentence"),
    [
        (flats("60", "0"), "“201”的面积应大于 0,现为 0。"),
        ([*flats("60"), *flats("60")], "“101”写了两次。每套一行。"),
    ],
)
def test_a_list_of_households_that_cannot_be_is_refused(world: World, households: Any, sentence: str) -> None:
    assert refusal(lambda: Entrance(world, households)) == f"表单有误:全体业主:{sentence}"


def test_the_notice_runs_out_and_objections_are_answered_before_the_review(world: World) -> None:
    entrance = Entrance(world).noticed()
    assert refusal(lambda: entrance.done("报送审查")) == "公示到 2026-03-12 为止,今天是 2026-03-02,还不能报送审查。"
    assert "“外人”不是本门洞的业主" in refusal(lambda: entrance.done("登记异议", objector="外人", objection="挡光"))
    entrance.done("登记异议", objector="业主11", objection="挡光")
    world.go_to(date(2026, 3, 13))
    assert refusal(lambda: entrance.done("报送审查")) == "还有 1 件异议没有答复。请先答复或者调解。"
    entrance.done("答复异议", answered="改为通透井道")
    assert entrance.done("报送审查").state == "reviewing"


def test_all_approvals_make_it_approved_and_one_refusal_ends_it(world: World) -> None:
    entrance = Entrance(world).reviewing()
    granted = {"approval": "planning", "decision": "granted", "number": "文1"}
    assert entrance.done("登记审批", **granted).state == "reviewing"
    assert refusal(lambda: entrance.done("登记审批", **granted)) == "“规划许可”已经准予。"
    assert entrance.done("登记审批", approval="fire", decision="refused", number="文2").state == "rejected"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"funds": [{"source": "业主出资", "amount": "80.99"}]},
            "资金合计 80.99 万元,应等于施工金额和管线费用之和 81 万元。",
        ),
        (
            {"funds": [{"source": "业主出资", "amount": "52.99"}, {"source": "政府补贴", "amount": "28.01"}]},
            "补贴 28.01 万元超过上限 28 万元(施工金额 72 万元的 0.4,每台不超过 28 万元)。",
        ),
        ({"cost": "0", "funds": [{"source": "业主出资", "amount": "9"}]}, "金额应不小于 0、施工金额大于 0。请改正。"),
        ({"finish_on": "2026-03-01"}, "计划竣工 2026-03-01 早于今天 2026-03-16。请改正。"),
    ],
)
def test_funds_add_up_and_the_subsidy_has_its_ceiling(world: World, change: Any, sentence: str) -> None:
    entrance = Entrance(world).approved()
    assert refusal(lambda: entrance.done("开工", **{**WORKS, "finish_on": "2026-12-31", **change})).endswith(sentence)


def test_the_subsidy_of_a_cheap_lift_is_a_share_of_the_works(world: World) -> None:
    entrance = Entrance(world).approved()
    funds = [{"source": "业主出资", "amount": "39"}, {"source": "政府补贴", "amount": "20"}]
    entrance.done("开工", **{**WORKS, "cost": "50", "funds": funds, "finish_on": "2026-12-31"})
    assert entrance.state == "building"


def test_works_go_forward_to_the_last_stage_before_they_are_accepted(world: World) -> None:
    entrance = Entrance(world).building()
    accept = {"certificate": "检1", "accepted_with": "通过"}
    assert refusal(lambda: entrance.done("竣工验收", **accept)) == (
        "还没有施工到“调试”,不能竣工验收。现在是“没有记录”。"
    )
    entrance.done("记录施工监管", stage="主体结构", checked="合格")
    assert refusal(lambda: entrance.done("记录施工监管", stage="基础", checked="合格")) == (
        "现在是“主体结构”,不能退回“基础”。"
    )
    world.pass_days(1)
    with world.reading() as desk:
        late = DistrictRecords(desk).facts("lift.unfinished", since=date(2026, 1, 1), until=world.day)
    assert [fact.subject.name for fact in late] == ["单位-street"]


def test_a_lift_that_fails_its_inspection_stops_until_it_passes_and_upkeep_begins_anew(world: World) -> None:
    entrance = Entrance(world).in_use()
    world.pass_days(10)
    assert entrance.done("检验不合格停用", inspected_with="限速器").state == "stopped"
    assert "维护保养" in refusal(lambda: entrance.done("登记维护保养", kept_with="正常"))
    world.pass_days(3)
    entrance.done("登记检验合格", inspected_with="合格")
    assert (entrance.state, world.matter(entrance.number).payload["upkeep_from"]) == ("in_use", world.day)
    with world.reading() as desk:
        used = DistrictRecords(desk).facts("lift.*", since=date(2026, 1, 1), until=world.day)
    assert [fact.code for fact in used] == ["lift.in_use"]


def test_a_base_is_entered_once_and_has_at_least_an_entrance_for_each_estate(world: World) -> None:
    clerk = world.actor("clerk")
    given = {"street": world.organ("甲街道").id, "sort": "street", "as_of": "2026-01-01", "record": "普查"}
    told = refusal(lambda: world.act(clerk, "登记底数", {**given, "estates": 3, "entrances": 2}, practice=CODE))
    assert told.endswith("小区数、门洞数应大于 0,门洞数不少于小区数;现为 3、2。")
    number = world.act(clerk, "登记底数", {**given, "estates": 2, "entrances": 30}, practice=CODE).matter_id
    again = {**given, "estates": 2, "entrances": 31}
    assert refusal(lambda: world.act(clerk, "登记底数", again, practice=CODE)) == (
        f"甲街道的底数已经登记(事项 {number})。请修订。"
    )
    world.act(clerk, "注销底数", {"ended_for": "重新普查"}, matter=number)
    world.act(clerk, "登记底数", again, practice=CODE)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"building": {"agreeing": {"part": 4, "whole": 3}, "base": "all"}},
            "比例应大于 0、不超过 1,分母大于 0,现为 4/3。",
        ),
        ({"approvals": [{"code": "a", "label": "甲"}] * 2}, "“a”写了两次。每一项只写一次。"),
        (
            {"subsidy": {"source": "政府补贴", "share": 2, "ceiling": 28}},
            "补贴比例应在 0 至 1 之间,每台上限不小于 0,现为 2、28。",
        ),
    ],
)
def test_parameters_that_cannot_be_are_refused(change: Any, sentence: str) -> None:
    threshold = {"agreeing": {"part": 2, "whole": 3}, "base": "all"}
    span = {"n": 10, "unit": "calendar_day"}
    params = {
        "building": threshold, "estate": threshold, "withdrawn": "against",
        **dict.fromkeys(("notice", "review", "upkeep", "inspection"), span),
        "approvals": [{"code": "a", "label": "甲"}], "fund_sources": ["业主出资"], "stages": ["调试"],
        "subsidy": {"source": "政府补贴", "share": 0, "ceiling": 28}, **change,
    }  # fmt: skip
    assert sentence in refusal(lambda: LiftInstallation.Params().read(params))
