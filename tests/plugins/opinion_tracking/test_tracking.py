"""Points with owners of their own, points carried over, measurements that fail, and what is refused."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backing.demo import figures, sheets
from backing.tracked_opinions import CODE, MEMBERS, Tracked
from renda import RendaError
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Tracked]:
    """丹江口's own rules, five members of the committee."""
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "danjiangkou", day=date(2020, 3, 2))
    yield Tracked(world)
    world.close()


def refusal(life: Tracked, action: str, number: int, who: Any = None, **entries: Any) -> str:
    with pytest.raises(RendaError) as refused:
        life.world.act(who or life.clerk, action, entries, matter=number)
    return refused.value.message


def states(life: Tracked, opinion: int) -> list[str]:
    return [life.world.matter(each).state for each in life.items(opinion)]


def test_each_point_may_have_an_owner_who_reports_on_it_alone(life: Tracked) -> None:
    owners = [life.lead.id, life.other.id, life.lead.id]
    number = life.handling(owners=owners)
    life.organ_does("report_item", life.items(number)[1], life.other, result="已拨款")
    assert states(life, number) == ["handling", "reported", "handling"]
    said = "待报告的意见有 2 条,写了 3 条结果。请按序号逐条写明。"
    assert refusal(life, "report", number, life.clerk, results=["已办"] * 3, document="报告") == said
    life.organ_does("report", number, results=["甲", "乙"], document="报告")
    results = [life.world.matter(each).payload["result"] for each in life.items(number)]
    assert results == ["甲", "已拨款", "乙"]


def test_owners_are_named_for_every_point_or_for_none(life: Tracked) -> None:
    with pytest.raises(RendaError) as refused:
        life.drafted(owners=[life.lead.id])
    said = "写明了 1 个责任单位,意见有 3 条。每条写一个,或者都不写(由牵头单位办理)。"
    assert refused.value.message == f"表单有误:各条责任单位:{said}"


def test_a_failed_measurement_reopens_the_weak_points_and_a_second_one_closes_all(life: Tracked) -> None:
    number = life.fallen(weak=(2,))
    assert states(life, number) == ["reported", "handling", "reported"]
    life.organ_does("report", number, results=["再办"], document="报告")
    life.clerk_does("check", number, checked="已核对")
    life.put(number)
    life.vote(*["满意"] * 2, *["基本满意"] * (MEMBERS - 2))
    assert states(life, number) == ["closed"] * 3
    payload = life.world.matter(number).payload
    assert (payload["outcome"], payload["rounds"]) == ("基本满意", 2)


def test_a_failed_measurement_reopens_all_where_no_point_is_weak(life: Tracked) -> None:
    assert states(life, life.fallen()) == ["handling"] * 3


def test_a_point_carried_over_stays_on_the_account_after_its_opinion_is_closed(life: Tracked) -> None:
    number = life.handling()
    last = life.items(number)[2]
    life.world.act(life.chair, "carry", {"carried_for": "明年", "carried_until": date(2021, 6, 30)}, matter=last)
    life.organ_does("report", number, results=["已办"] * 2, document="报告")
    life.clerk_does("check", number, checked="已核对")
    life.put(number)
    life.vote(*["满意"] * MEMBERS)
    told = sheets(life.world, CODE, *YEAR)
    assert figures(told["account"])["期末挂账"] == 1
    assert (figures(told["period_1"])["各年末零余额"], figures(told["period_1"])["零余额年数"]) == (False, 0)
    life.world.go_to(date(2021, 5, 6))
    life.clerk_does("finish_carried", last, result="已完成")
    assert figures(sheets(life.world, CODE, date(2021, 1, 1), date(2021, 12, 31))["account"])["期末挂账"] == 0


def test_more_time_and_a_return_move_the_day_of_every_open_point(life: Tracked) -> None:
    number = life.handling()
    life.world.act(life.chair, "extend", {"extended_until": "2020-08-03", "extended_for": "面广"}, matter=number)
    days = [life.world.matter(each).payload["due"] for each in life.items(number)]
    assert days == [date(2020, 8, 3)] * 3
    life.organ_does("report", number, results=["已办"] * 3, document="报告")
    life.clerk_does("send_back", number, numbers=[2], wanting="没有动工")
    assert life.world.matter(life.items(number)[1]).payload["due"] == date(2020, 5, 6)


def test_a_point_that_a_suggestion_asks_for_too_is_handled_and_counted_there(life: Tracked) -> None:
    deputy = life.members[0]
    draft = {"title": "路灯", "facts": "不亮", "wanted": "修", "category": "城市建设", "session": "intersession"}
    actor = life.world.actor("deputy", person=deputy)
    entries = {**draft, "proposer": deputy.id}
    suggestion = life.world.act(actor, "提出建议", entries, practice="suggestion_tracking").matter_id
    number = life.handling()
    first, second, third = life.items(number)
    said = "第 {} 号事项不是代表建议或别的未销号的审议意见,这条意见不能并入。"
    for wrong in (number, second):
        assert refusal(life, "link", first, elsewhere=wrong, linked_for="同") == said.format(wrong)
    for item in (first, second):
        life.clerk_does("link", item, elsewhere=suggestion, linked_for="代表已提出")
    last = "其余各条都已并入别处,最后一条请留在这件审议意见里报告。"
    assert refusal(life, "link", third, elsewhere=suggestion, linked_for="同") == last
    told = sheets(life.world, CODE, *YEAR)
    account = figures(told["account"])
    assert [account[each] for each in ("新增", "销号", "并入别处", "期末挂账")] == [3, 0, 2, 1]
    assert figures(told["period_1"])["审议意见条数"] == 1
    life.organ_does("report", number, results=["已办"], document="报告")
    assert states(life, number) == ["linked", "linked", "reported"]


def test_a_void_ballot_decides_nothing(life: Tracked) -> None:
    number = life.voting()
    with life.world.reading() as desk:
        practice: Any = desk.rulebook.practice_on(CODE, desk.day).practice
    void = SimpleNamespace(stands=False, line=None)
    assert practice.ballot_closed(life.world.matter(number), void) is None


def test_a_late_report_is_told_and_lowers_the_rate(life: Tracked) -> None:
    number = life.handling()
    life.world.go_to(date(2020, 6, 8))
    life.organ_does("report", number, results=["已办"] * 3, document="报告")
    life.clerk_does("check", number, checked="已核对")
    life.put(number)
    life.vote(*["满意"] * MEMBERS)
    found = figures(sheets(life.world, CODE, *YEAR)["period_1"])
    assert (found["按期办结率"], found["销号率"]) == (0, 100)


def test_one_ballot_measures_several_opinions(life: Tracked) -> None:
    first, second = life.checked(title="道路"), life.checked(title="学校")
    life.put(first, second)
    life.vote(*["满意"] * MEMBERS)
    assert [life.world.matter(each).state for each in (first, second)] == ["closed", "closed"]


def test_only_checked_opinions_are_put_to_the_vote_and_each_once(life: Tracked) -> None:
    reported, checked = life.reported(), life.checked()
    for listed, said in (
        ([reported], f"第 {reported} 号事项不是已经问效、等待会议审议的审议意见。"),
        ([checked, checked], f"第 {checked} 号审议意见写了两次。"),
    ):
        with pytest.raises(RendaError) as refused:
            life.put(*listed)
        assert refused.value.message == said


def test_numbers_and_days_that_make_no_sense_are_refused(life: Tracked) -> None:
    said = "没有第 4 条意见。可选:1、2、3。"
    assert refusal(life, "send_back", life.reported(), numbers=[4], wanting="无") == said
    item = life.item()
    form = {"carried_for": "明年", "carried_until": "2020-12-31"}
    assert refusal(life, "carry", item, life.chair, **form) == "转跨年的意见应办理至 2020 年以后的某一天。"
    with pytest.raises(RendaError) as refused:
        life.drafted(held_on=date(2020, 3, 3))
    assert refused.value.message == "会议日期 2020-03-03 晚于今天。会后再整理审议意见。"
