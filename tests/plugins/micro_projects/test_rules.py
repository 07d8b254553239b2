"""Votes, money and evaluation at their exact ends; what micro projects cannot be."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.demo import DISTRICTS
from backing.saying import refused
from renda import leaf
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.micro_projects import MicroProjects
from renda_plugins.micro_projects.telling import rates


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    yield made
    made.close()


class Street:
    """A street's year whose shortlist is as wanted."""

    def __init__(self, world: World, *budgets: str, community: str = "社区一") -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.organ = world.organ("甲街道", sort="street")
        entries = {"street": self.organ.id, "year": 2020}
        self.round = world.act(self.clerk, "启动征集", entries, practice="micro_projects").matter_id
        self.items = [self.propose(f"项目{place}") for place in range(1, len(budgets) + 1)]
        for item, budget in zip(self.items, budgets, strict=True):
            self.shortlist(item, budget, community)

    def propose(self, title: str, **more: Any) -> int:
        entries = {"title": title, "source": "resident", "detail": "需要", **more}
        return self.world.act(self.clerk, "提出项目", entries, parent=self.round).matter_id

    def shortlist(self, item: int, budget: str, community: str = "社区一", category: str = "works") -> None:
        entries = {"community": community, "category": category, "budget": budget}
        self.world.act(self.clerk, "筛选入围", entries, matter=item)

    def vote(self, *yes: int, present: int = 46, day: str = "2020-03-02") -> None:
        lines = [{"item": item, "yes": votes} for item, votes in zip(self.items, yes, strict=False)]
        entries = {"voted_on": day, "present": present, "lines": lines}
        self.world.act(self.clerk, "登记票选", entries, matter=self.round)

    def voting(self) -> "Street":
        self.world.act(self.clerk, "截止征集", matter=self.round)
        return self

    def states(self) -> list[str]:
        return [self.world.matter(item).state for item in self.items]


@pytest.mark.parametrize(
    ("budgets", "votes", "states"),
    [
        (("50", "50"), (24, 23), ["chosen", "not_chosen"]),
        (("95", "60", "60", "45"), (41, 36, 30, 25), ["chosen", "chosen", "not_chosen", "chosen"]),
        (("100", "100", "0.01"), (30, 30, 24), ["chosen", "chosen", "not_chosen"]),
        (("80", "60", "60"), (30, 25, 25), ["chosen", "chosen", "chosen"]),
    ],
)
def test_more_than_half_of_those_present_and_the_most_votes_first_within_the_fund(
    world: World, budgets: Any, votes: Any, states: Any
) -> None:
    street = Street(world, *budgets).voting()
    street.vote(*votes)
    assert street.states() == states


def test_projects_with_as_many_votes_that_do_not_all_fit_are_voted_on_again(world: World) -> None:
    street = Street(world, "100", "60", "60").voting()
    assert refused(lambda: street.vote(30, 25, 25)) == (
        "“项目2”、“项目3”得票相同(各 25 票),社区一余下的资金 100 万元只够其中一部分。"
        "请就这几项再次票选,把这一轮的得票填入。"
    )
    street.vote(30, 25, 26)
    assert street.states() == ["chosen", "not_chosen", "chosen"]
    assert "余下的资金 40 万元不够预算 60 万元" in world.matter(street.items[1]).payload["because"]


def test_a_sheet_of_votes_names_every_project_once_and_no_more_votes_than_people(world: World) -> None:
    street = Street(world, "10", "10").voting()
    assert refused(lambda: street.vote(30)) == "还没有得票的入围项目:项目2。没有人赞成的请写 0 票。"
    assert "到会 46 人,赞成 47 票" in refused(lambda: street.vote(47, 1))
    assert refused(lambda: street.vote(30, 30, day="2020-03-03")) == "日期 2020-03-03 晚于今天 2020-03-02。请改正。"
    street.items = [street.items[0], street.items[0]]
    assert refused(lambda: street.vote(30, 30)) == "“项目1”写了两次得票。"
    street.items = [street.round]
    assert refused(lambda: street.vote(30)) == f"编号 {street.round} 不是本年度入围的项目。请核对票选单。"


def test_a_project_above_its_ceiling_and_a_second_year_are_refused(world: World) -> None:
    street = Street(world)
    item = street.propose("空调")
    assert refused(lambda: street.shortlist(item, "50.01", category="goods")) == (
        "“货物类”单项不超过 50 万元、应大于 0,现为 50.01 万元。金额大的请走民生实事项目。"
    )
    assert refused(lambda: Street(world)) == f"甲街道 2020 年度的征集已经启动(事项 {street.round})。请在那里继续。"
    assert refused(lambda: street.propose("灯", source="deputy")) == (
        "表单有误:提出的代表:来源是人大代表的,必须写明提出的代表;其他来源不写。"
    )
    assert "可选:人大代表、居民、社区" in refused(lambda: street.propose("灯", source="council"))


def test_what_councils_passed_takes_the_communitys_fund_and_no_more(world: World) -> None:
    street, system = Street(world), world.actor("system")
    entries = {"title": "通过", "source": "council", "origin": "o@1", "detail": "表决通过"}
    passed = [world.act(system, "转入", entries, parent=street.round).matter_id for _ in range(3)]
    street.shortlist(passed[0], "100")
    street.shortlist(passed[1], "60")
    assert refused(lambda: street.shortlist(passed[2], "40.01")) == (
        "社区一本年度资金 200 万元,已安排 160 万元,不够再安排 40.01 万元。"
    )
    street.shortlist(passed[2], "40.01", community="社区二")
    assert world.matter(passed[2]).state == "chosen"


def carried(world: World) -> tuple[Street, int, Any]:
    street = Street(world, "50").voting()
    street.vote(40)
    unit = world.actor("department", organ=world.organ("城管局"))
    owner = {"owner": world.organ("城管局").id, "finish_on": "2020-04-30"}
    world.act(street.clerk, "交办实施", owner, matter=street.items[0])
    return street, street.items[0], unit


@pytest.mark.parametrize(
    ("rating", "state"), [((5, 1, 4), "evaluated"), ((5, 0, 4), "carrying"), ((0, 6, 4), "evaluated")]
)
def test_six_in_ten_satisfied_or_basically_so_is_enough_and_less_goes_back(
    world: World, rating: tuple[int, int, int], state: str
) -> None:
    street, item, unit = carried(world)
    assert "决算 50.01 万元超过预算 50 万元" in refused(
        lambda: world.act(unit, "报告完成", {"finished_with": "好", "spent": "50.01"}, matter=item)
    )
    world.act(unit, "报告完成", {"finished_with": "好", "spent": "50"}, matter=item)
    given = dict(zip(("satisfied", "basically", "dissatisfied"), rating, strict=True))
    world.act(street.clerk, "登记评议", given, matter=item)
    assert world.matter(item).state == state


def test_nobody_who_evaluates_is_no_evaluation(world: World) -> None:
    street, item, unit = carried(world)
    world.act(unit, "报告完成", {"finished_with": "好", "spent": "50"}, matter=item)
    none = dict.fromkeys(("satisfied", "basically", "dissatisfied"), 0)
    assert "请填写参加评议的人数" in refused(lambda: world.act(street.clerk, "登记评议", none, matter=item))


def test_a_project_not_finished_by_its_day_is_told_of_the_organ_from_the_day_after(world: World) -> None:
    carried(world)
    for day, number in ((date(2020, 4, 30), 0), (date(2020, 5, 1), 1)):
        world.go_to(day)
        with world.reading() as desk:
            late = DistrictRecords(desk).facts("micro.unfinished", since=date(2020, 1, 1), until=day)
        assert [fact.subject.name for fact in late] == ["城管局"] * number


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"chosen": 11}, "“票选确定件数”11 件超过“征集件数”10 件,或者小于 0。请核对登记簿。"),
        ({"finished": 9}, "“完成件数”9 件超过“票选确定件数”8 件,或者小于 0。请核对登记簿。"),
        ({"since": "2020-02-01", "until": "2020-01-01"}, "起日 2020-02-01 晚于止日 2020-01-01。请对调或改正。"),
        ({"until": "2020-03-03"}, "日期 2020-03-03 晚于今天 2020-03-02。请改正。"),
    ],
)
def test_a_sum_whose_part_is_more_than_its_whole_is_refused(world: World, change: Any, sentence: str) -> None:
    entries = {
        "street": world.organ("甲街道").id, "since": "2019-01-01", "until": "2019-12-31", "proposed": 10,
        "by_deputies": 5, "deputies_shortlisted": 5, "chosen": 8, "finished": 8, "record": "登记簿", **change,
    }  # fmt: skip
    told = refused(lambda: world.act(world.actor("clerk"), "补录汇总", entries, practice="micro_projects"))
    assert told.endswith(sentence)


@pytest.mark.parametrize(("shortlisted", "reached"), [(95, True), (94, False)])
def test_the_share_of_deputies_proposals_is_compared_with_its_target_before_it_is_rounded(
    shortlisted: int, reached: bool
) -> None:
    every = [leaf("数", number) for number in (200, 100, shortlisted, 90, 90)]
    assert [each.value for each in rates(every, Decimal(95))][-1] is reached
    assert rates([leaf("数", number) for number in (20000, 10000, 9496, 90, 90)], Decimal(95))[-1].value is False
    assert len(rates(every, None)) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pass_share": Decimal(1)}, "“票选须超过到会人数的比例”应在 0 与 1 之间,现为 1。"),
        ({"fund": 0}, "“每个社区每年资金(万元)”应大于 0,现为 0。"),
        ({"categories": [{"code": "a", "label": "甲类", "ceiling": 0}]}, "“甲类”应大于 0,现为 0。"),
    ],
)
def test_parameters_that_cannot_be_are_refused(change: Any, sentence: str) -> None:
    span = {"n": 2, "unit": "month"}
    params = {
        **dict.fromkeys(("solicitation", "screen", "carry", "evaluate"), span),
        "categories": [{"code": "a", "label": "甲类", "ceiling": 50}],
        "grounds": ["其他"], "fund": 200, "pass_share": Decimal("0.5"), "satisfied_share": Decimal("0.6"), **change,
    }  # fmt: skip
    assert sentence in refused(lambda: MicroProjects.Params().read(params))
