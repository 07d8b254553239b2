"""Topics in turn, accounts that balance and connect, problems that last; what state assets cannot be."""

from datetime import date
from typing import Any

import pytest
from plugins.state_assets.conftest import CODE, PUT, Assets, amounts, refusal, topics
from sqlalchemy import select

from renda.model import BallotRow
from renda.services.reading import DistrictRecords
from renda.testing.factories import World
from renda_plugins.state_assets import StateAssets

RULE = {
    "scale": ["好", "差"],
    "base": "all_members",
    "grades": [{"when": "2*好 > N", "grade": "好"}, {"when": "otherwise", "grade": "差"}],
}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            ("enterprise", "enterprise"),
            "“企业国有资产(不含金融企业)”在 2018 年和 2019 年重复,而“金融企业国有资产”还没有轮到。请依次轮流。",
        ),
        (("gold",), "没有“gold”这个主题。可选:enterprise、finance、administrative、natural、all。"),
    ],
)
def test_topics_take_their_turns(world: World, wanted: Any, sentence: str) -> None:
    clerk = world.actor("clerk")
    assert refusal(lambda: world.act(clerk, "拟定规划", topics(2018, *wanted), practice=CODE)) == sentence


def test_after_all_four_a_topic_may_come_again_and_the_last_year_takes_no_turn(world: World) -> None:
    every = ("enterprise", "finance", "administrative", "natural", "all", "enterprise")
    world.act(world.actor("clerk"), "拟定规划", topics(2018, *every), practice=CODE)
    gap = {**topics(2018, "enterprise", "finance"), "until": 2020}
    assert "每年一个主题,现在写的是 2018、2019" in refusal(
        lambda: world.act(world.actor("clerk"), "拟定规划", gap, practice=CODE)
    )


def test_a_year_follows_the_plan_once_it_is_over_and_once_only(assets: Assets) -> None:
    assets.begun()
    assert assets.world.matter(assets.year).payload["topic"] == "enterprise"
    assert refusal(assets.begun) == f"2018 年度已经开始(事项 {assets.year})。请在那里继续。"
    assert refusal(lambda: assets.begun(2019)) == "2019 年度还没有结束,不能报告。"
    assert refusal(lambda: assets.begun(2017)) == "规划自 2018 年至 2021 年,不含 2017 年。"
    change = {"year": 2018, "topic": "finance", "adjusted_for": "需要"}
    told = refusal(lambda: assets.world.act(assets.chair, "调整主题", change, matter=assets.plan))
    assert told == f"2018 年度的报告已经开始(事项 {assets.year}),主题不能再调整。"
    assets.world.act(assets.chair, "调整主题", {**change, "year": 2019}, matter=assets.plan)
    assert [each["topic"] for each in assets.world.matter(assets.plan).payload["topics"]][:2] == [
        "enterprise", "finance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("category", "closing", "sentence"),
    [
        ("enterprise", {"equity": "60.01"}, "国有权益 60.01 超过资产 100 减负债 40"),
        ("administrative", {"equity": "59.99"}, "资产 100 减负债 40 应等于净资产,现为 59.99"),
        ("natural", {"land": "-1"}, "“国有建设用地”不能小于 0,现为 -1。"),
    ],
)
def test_an_account_that_does_not_balance_is_refused(
    assets: Assets, category: str, closing: Any, sentence: str
) -> None:
    assets.begun()
    assert sentence in refusal(lambda: assets.account(category, amounts(category, **closing)))
    assets.account("enterprise", amounts("enterprise", equity="-3"))


def test_an_account_states_every_measure_of_its_category_once_and_stands_once(assets: Assets) -> None:
    assets.begun()
    told = refusal(lambda: assets.account("enterprise", amounts("enterprise")[:2]))
    assert told == (
        "“企业国有资产(不含金融企业)”的指标应为:assets、liabilities、equity;现在写的是:assets、liabilities。"
    )
    number = assets.account("finance")
    assert refusal(lambda: assets.account("finance")) == (
        f"“金融企业国有资产”本年度已有资产账(事项 {number})。请在那里改正。"
    )


def test_nobody_checks_an_account_of_the_own_entering(assets: Assets) -> None:
    assets.begun()
    entries = {"category": "finance", "keeper": assets.organ("keeper"), "amounts": amounts("finance")}
    number = assets.world.act(assets.clerk, "enter", entries, parent=assets.year).matter_id
    told = refusal(lambda: assets.world.act(assets.clerk, "核对资产账", matter=number))
    assert told == "登记人不能核对自己登记的资产账。请由另一个人核对。"
    assets.world.act(assets.auditor, "核对资产账", matter=number)


def test_the_general_report_covers_every_category(assets: Assets) -> None:
    assets.begun()
    assets.world.act(assets.clerk, "核对资产账", matter=assets.account("enterprise"))
    assert refusal(assets.reported) == (
        "还没有核对的资产账:金融企业国有资产、行政事业性国有资产、国有自然资源资产。综合报告要覆盖全部类别。"
    )


def test_a_year_opens_with_what_the_last_closed_with_or_says_why_not(assets: Assets) -> None:
    grown = amounts("enterprise", assets="110", equity="70")
    account = assets.begun().account("enterprise", grown)
    assets.world.act(assets.clerk, "核对资产账", matter=account)
    assets.world.go_to(date(2020, 6, 1))
    assets.begun(2019)
    assert refusal(lambda: assets.account("enterprise")) == (
        f"“资产总额”年初数 100 与上年年末数 110 不同(事项 {account})。请改正,或者填写年初数调整说明。"
    )
    assets.account("enterprise", because="划出一户")


def test_the_last_year_of_a_term_needs_no_special_report(world: World) -> None:
    assets = Assets(world, 2018, ("all",)).begun().complete().reported()
    assert world.matter(assets.year).state == "submitted"


def test_a_problem_goes_back_or_lasts_into_the_next_year_and_is_not_told_twice(assets: Assets) -> None:
    assets.begun().found().complete().reviewed()
    with pytest.raises(Exception, match="问题"):
        assets.closed()
    first = assets.problem
    assets.rectified("again")
    assert assets.world.matter(first).state == "open"
    assets.lasting().closed()
    assets.world.go_to(date(2020, 6, 1))
    assets.begun(2019)
    (carried,) = assets.world.matter(assets.year).children("problem")
    assert (carried.payload["carried_from"], carried.state) == (first, "open")
    with assets.world.reading() as desk:
        told = DistrictRecords(desk).facts("audit.problem", since=date(2019, 1, 1), until=date(2020, 12, 31))
    assert [(fact.matter, fact.subject.name) for fact in told] == [(first, "单位-assignee")]
    assert refusal(lambda: assets.found(carried_from=carried.id)) == (
        f"事项 {carried.id} 不是上年持续整改的问题,不能转入。"
    )


def test_only_what_an_audit_found_is_a_fact_of_the_audit(assets: Assets) -> None:
    assets.begun().found().found("deputy", amount="12.5")
    with assets.world.reading() as desk:
        facts = {
            code: DistrictRecords(desk).facts(code, since=date(2019, 1, 1), until=date(2019, 12, 31))
            for code in ("audit.problem", "assets.problem")
        }
    assert [len(each) for each in facts.values()] == [1, 1]
    assert str(facts["assets.problem"][0].number and facts["assets.problem"][0].number.value) == "12.5"


def test_a_report_after_its_day_is_late_by_days(assets: Assets) -> None:
    assets.begun().complete()
    assets.world.go_to(date(2019, 9, 30))
    assets.reported()
    assets.world.go_to(date(2019, 10, 2))
    special = assets.unit("special")
    assets.world.act(special, "提交专项报告", {"special_report": "企业"}, matter=assets.year)
    with assets.world.reading() as desk:
        late = DistrictRecords(desk).facts("assets.late", since=date(2019, 1, 1), until=date(2019, 12, 31))
    assert [(fact.subject.name, fact.text) for fact in late] == [
        ("单位-special", "2018 年度国有资产管理情况的专项报告迟报 2 天")
    ]


def test_amounts_below_nothing_and_days_gone_by_are_refused(assets: Assets) -> None:
    assets.begun()
    assert refusal(lambda: assets.found(amount="-1")) == "表单有误:涉及金额(万元):金额和数量不能小于 0,现为 -1。"
    assert refusal(lambda: assets.found(due="2019-06-30")) == "整改期限 2019-06-30 早于今天 2019-07-01。请改正。"


def test_where_nothing_is_measured_a_year_is_closed_as_it_is(assets: Assets) -> None:
    assets.begun().complete().found().reviewed().rectified("done")
    put = refusal(lambda: assets.world.act(assets.clerk, "measure", PUT, matter=assets.year))
    assert put == "本区县没有规定对整改作满意度测评。请直接办结并公布。"
    assert assets.closed().world.matter(assets.year).state == "closed"


def test_a_year_without_problems_has_nothing_to_measure(world: World) -> None:
    world.go_to(date(2022, 7, 1))
    assets = Assets(world, 2021, ("all",)).begun().complete().reported()
    assets.world.act(assets.clerk, "review", {"sitting": "会议", "opinion": "好"}, matter=assets.year)
    put = refusal(lambda: world.act(assets.clerk, "measure", PUT, matter=assets.year))
    assert put == "没有登记过问题,没有整改可以测评。请直接办结并公布。"
    assert assets.closed().world.matter(assets.year).state == "closed"


def test_a_void_ballot_on_the_rectification_is_taken_again_and_decides_nothing(world: World) -> None:
    world.go_to(date(2022, 7, 1))
    world.deputy("委员甲", committee_member=True)
    assets = Assets(world, 2021, ("enterprise",)).measuring()
    world.act(assets.clerk, "measure_again", PUT, matter=assets.year)
    with world.reading() as desk:
        asked = desk.session.scalars(select(BallotRow)).all()
    assert [each.state for each in asked] == ["prepared", "prepared"]
    assert world.matter(assets.year).state == "measuring"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"report_by": {"month": 2, "day": 29}}, "报告的最后一天应为某月某日,现为 2 月 29 日。"),
        ({"twice": True}, "“a”写了两次。每一项只写一次。"),
        ({"balance": "exact"}, "“甲类”要核对平衡,指标里须有 assets、liabilities、equity。"),
        ({"measurement": RULE}, "整改测评通过的等次应取自测评规则的等次,至少一个:现为 (空),测评规则有 好、差。"),
        ({"measurement": RULE, "passing": ["满意"]}, "至少一个:现为 满意,测评规则有 好、差。"),
        ({"passing": ["好"]}, "至少一个:现为 好,测评规则有 (空)。"),
    ],
)
def test_parameters_that_cannot_be_are_refused(change: Any, sentence: str) -> None:
    measures = [{"code": "land", "label": "地", "unit": "公顷"}]
    category = {"code": "a", "label": "甲类", "balance": change.pop("balance", "none"), "measures": measures}
    params = {
        "categories": [category] * (2 if change.pop("twice", False) else 1),
        "report_by": {"month": 9, "day": 30},
        "rectify": {"n": 3, "unit": "month"},
        "total_of": "assets",
        **change,
    }
    assert sentence in refusal(lambda: StateAssets.Params().read(params))
