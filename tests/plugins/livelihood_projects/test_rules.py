"""What the rule refuses and lets through, word for word."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from backing.saying import refused
from renda import Fact, Practice, Schema, action, fields, hookimpl, leaf
from renda.services import matters, projects
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.livelihood_projects import LivelihoodProjects, roster

FILE = Path(__file__).parents[3] / "districts" / "fengxian" / "livelihood_projects.toml"
GIVER = 'plugin = "giver"\n[[version]]\neffective = 2018-01-01\nsource = "测试"\n'


class Told(Schema):
    text = fields.Str(required=True, label="文字")
    score = fields.Decimal(label="分数")
    organ = fields.Organ(required=True, label="单位", relation="assignee")


class Giver(Practice):
    """Tells scores of the public, as another practice would."""

    plugin = "giver"
    title = "评议"
    states: ClassVar[Mapping[str, str]] = {"told": "已告知"}
    ends = ("told",)

    @action("告知", by="clerk", when=None, then="told", data=Told)
    def tell(self, matter: Any) -> None: ...

    @hookimpl
    def facts(self, since: Any, until: Any, records: Any) -> Any:
        return [
            Fact("public.score", each.party("assignee"), each.opened_on, each.payload["text"],
                 leaf("评分", each.payload["score"]) if "score" in each.payload else None, each.id)
            for each in records.matters(self.code, since=since, until=until)
        ]  # fmt: skip


class Town:
    """A district with its projects, and verbs for what is done again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.organ = world.organ("甲局")
        self.bureau = world.actor("department", organ=self.organ)
        self.round = 0

    def begin(self, year: int = 2020, **entries: Any) -> int:
        said = {"year": year, **entries}
        self.round = self.world.act(self.clerk, "启动征集", said, practice="livelihood_projects").matter_id
        return self.round

    def done(self, actor: Any, action_label: str, number: int, **entries: Any) -> None:
        self.world.act(actor, action_label, entries, matter=number)

    def idea(self, category: str) -> int:
        said = {"title": f"{category}需求", "category": category, "source": "public", "pieces": 3}
        return self.world.act(self.clerk, "登记需求", said, parent=self.round).matter_id

    def propose(self, name: str, finish_on: str = "2020-10-31", **entries: Any) -> int:
        said = {
            "name": name, "category": "交通出行", "content": "修", "organ": self.organ.id, "budget": "10",
            "finish_on": finish_on, **entries,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        return self.world.act(self.clerk, "提出建议项目", said, parent=self.round).matter_id

    def carrying(self, *names: str, **entries: Any) -> list[int]:
        """Projects under way, settled as a ballot would settle them."""
        self.begin()
        self.done(self.clerk, "截止征集", self.round)
        numbers = [self.propose(name, **entries) for name in names]
        numbers += [self.propose(f"落选{place}") for place in range(1)]
        self.done(self.chair, "确定候选项目", self.round, seats=len(names))
        self.done(self.clerk, "提请票决", self.round)
        system = self.world.actor("system")
        for number in numbers:
            chosen = number != numbers[-1]
            with self.world.writing() as desk:
                act_on(desk, system, number, "chosen" if chosen else "not_chosen")
        self.done(self.clerk, "公告票决结果", self.round)
        return numbers[:-1]

    def state(self, number: int) -> str:
        return self.world.matter(number).state


def act_on(desk: Any, actor: Any, number: int, then: str) -> None:
    """What the close of a ballot does with a candidate."""
    from_ballot = {"ballot": 1, "outcome": then, "figures": {"votes": 12, "needed": 11}}
    matters.act(desk, actor, "be_voted", from_ballot, matter=number, then=then)


@pytest.fixture
def town(tmp_path: Path) -> Any:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    (folder / "livelihood_projects.toml").write_text(FILE.read_text("utf-8"), encoding="utf-8")
    (folder / "giver.toml").write_text(GIVER, encoding="utf-8")
    classes: dict[str, Any] = {"livelihood_projects": LivelihoodProjects, "giver": Giver}
    LivelihoodProjects.plugin = "livelihood_projects"
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: classes[plugin])
    world.deputy("代表甲")
    world.go_to(date(2019, 9, 2))
    yield Town(world)
    world.close()


def test_kinds_the_public_rated_low_last_year_are_not_solicited_again(town: Town) -> None:
    for text, score, day in (
        ("居住改善评议得分 84.9", "84.9", date(2018, 6, 1)),
        ("文化体育评议得分 70", "70", date(2019, 5, 1)),
        ("文化体育评议得分 90", "90", date(2019, 8, 1)),
        ("交通出行评议得分 85", "85", date(2019, 8, 1)),
        ("为老服务评议得分 84.99", "84.99", date(2019, 8, 2)),
        ("教育助学没有得分", None, date(2019, 8, 2)),
    ):
        town.world.go_to(day)
        said = {"text": text, "organ": town.organ.id, **({} if score is None else {"score": score})}
        town.world.act(town.clerk, "告知", said, practice="giver")
    town.world.go_to(date(2019, 9, 2))
    number = town.begin()
    dropped = town.world.matter(number).payload["dropped"]
    assert [each["category"] for each in dropped] == ["为老服务"]
    assert refused(lambda: town.idea("为老服务")) == ("“为老服务”类今年不再征集:为老服务评议得分 84.99,低于 85 分。")
    assert town.state(town.idea("文化体育")) == "filed"
    town.done(town.clerk, "截止征集", number)
    assert refused(lambda: town.propose("敬老院", category="为老服务")).startswith("“为老服务”类今年不再征集")


def test_there_is_one_round_in_a_year_and_it_waits_for_the_end_of_the_solicitation(town: Town) -> None:
    number = town.begin()
    assert refused(town.begin) == "2020 年度的民生实事项目已在办理。一年只办一次票决。"
    assert town.world.matter(number).payload["until"] == date(2019, 11, 1)
    assert refused(lambda: town.propose("路")) == (
        "还不能“提出建议项目”:它所在的“2020 年度民生实事项目票决”处于“征集中”,须处于“拟定候选项目”。"
    )


def test_the_list_must_hold_more_than_are_to_be_chosen(town: Town) -> None:
    number = town.begin()
    town.done(town.clerk, "截止征集", number)
    fix = partial(town.done, town.chair, "确定候选项目", number)
    assert refused(fix) == "没有候选项目。请先提出建议项目。"
    for name in "甲乙丙":
        town.propose(name)
    assert refused(fix) == "候选项目 3 项,应选 3 项,只多 0 项;差额至少 1 项。请增加候选项目或减少应选数。"
    assert refused(lambda: town.propose("丁", "2021-06-30")) == (
        "完成日期 2021-06-30 在 2020 年度之后,是跨年度项目,要写明当年的阶段目标。"
    )
    town.propose("丁", "2021-06-30", stage_goal="完成主体")
    fix()
    assert {each.state for each in town.world.matter(number).children("project")} == {"candidate"}


def test_a_project_is_done_only_after_every_inspection(town: Town) -> None:
    (road,) = town.carrying("路")
    assert town.state(road) == "carrying"
    assert refused(lambda: town.done(town.bureau, "填报进度", road, progress="100.1")) == (
        "进度应在 0 至 100 之间,现为 100.1。"
    )
    town.done(town.bureau, "填报进度", road, progress="60")
    assert refused(lambda: town.done(town.clerk, "提请满意度测评", town.round)) == (
        "没有已办结、待测评的项目,不能提请测评。"
    )
    town.done(town.bureau, "报送办结", road, completed_with="修好")
    assert refused(lambda: town.done(town.clerk, "核实办结", road)) == ("“路”还没有做:督查督办。检查齐了才能核实办结。")
    checked = {"inspection": "supervision", "found": "属实"}
    assert refused(lambda: town.done(town.clerk, "记录检查", town.round, projects=[town.round], **checked)) == (
        f"第 {town.round} 号事项不是本年度正在办理的项目,不能列入检查。"
    )
    town.done(town.clerk, "记录检查", town.round, projects=[road], **checked)
    town.done(town.clerk, "记录检查", town.round, **checked)
    assert town.world.matter(road).payload["checks"] == ("supervision",)
    town.done(town.clerk, "退回继续办理", road, reason="还差一段")
    town.done(town.bureau, "报送办结", road, completed_with="修好")
    town.done(town.clerk, "核实办结", road)
    town.done(town.clerk, "提请满意度测评", town.round)
    assert town.state(road) == "done"


def test_what_is_not_finished_by_its_day_is_a_fact_about_the_organ(town: Town) -> None:
    road, _ = town.carrying("路", "桥")
    assert refused(lambda: town.done(town.clerk, "转为跨年实施", road)) == (
        "“路”应于 2020-10-31 完成,不是跨年度项目,不能转为跨年实施。没有完成的,请认定为未完成。"
    )
    town.world.go_to(date(2020, 10, 31))
    late = partial(town.done, town.clerk, "认定未完成", road, reason="没有动工")
    assert refused(late) == "“路”的完成日期 2020-10-31 还没有过,不能认定为未完成。"
    town.world.go_to(date(2020, 11, 1))
    late()
    with town.world.reading() as desk:
        records = DistrictRecords(desk)
        days: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
        (fact,) = records.facts("project.unfinished", **days)
        assert (fact.subject.name, fact.day, fact.text, fact.matter) == (
            "甲局", date(2020, 11, 1), "票决项目“路”没有按期完成", road,
        )  # fmt: skip
        assert records.facts("project.unfinished", **days, subject=records.party("organ", town.organ.id)) == [fact]
    assert refused(lambda: town.done(town.clerk, "向代表大会报告", town.round, congress="下次会议")) == (
        "还不能“向代表大会报告”:“民生实事项目”尚未全部到达“已测评、已办结、跨年实施、未完成、终止、未入选、撤出”,例如:桥。"
    )


def test_a_change_is_decided_above_the_organ_that_asks(town: Town) -> None:
    road, bridge, park = town.carrying("路", "桥", "园")
    for number in (road, bridge, park):
        town.done(town.bureau, "申请调整", number, wanted="延期", wanted_because="文物保护", new_finish_on="2020-12-20")
    town.done(town.chair, "决定调整", road, decision="change", decision_because="属实")
    town.done(town.chair, "决定调整", bridge, decision="keep", decision_because="不必")
    town.done(town.chair, "决定调整", park, decision="stop", decision_because="不能建")
    assert [town.state(each) for each in (road, bridge, park)] == ["carrying", "carrying", "stopped"]
    finish = [town.world.matter(each).payload["finish_on"] for each in (road, bridge)]
    assert finish == [date(2020, 12, 20), date(2020, 10, 31)]
    assert town.world.matter(road).payload["decision"] == "change"


def test_a_project_of_the_roster_gives_its_budget_code_and_stage(town: Town) -> None:
    town.begin()
    town.done(town.clerk, "截止征集", town.round)
    school = town.world.project("学校", "甲局", budget=Decimal(3200000))
    unpriced = town.world.project("公园", "甲局")
    no_budget = "请填写预算;名册里没有写明预算的项目也要填写。"
    assert refused(lambda: town.propose("校舍", budget=None)) == no_budget
    assert refused(lambda: town.propose("园", budget=None, project=unpriced.id)) == no_budget
    number = town.propose("校舍", budget=None, project=school.id)
    with town.world.writing() as desk:
        row = projects.find(desk, school.id)
        row.stage, row.due_on = "主体施工", date(2020, 9, 30)
    matter = town.world.matter(number)
    assert matter.payload["budget"] == 320
    assert [party.name for party in matter.parties["project"]] == ["学校"]
    with town.world.reading() as desk:
        records = DistrictRecords(desk)
        told = records.matter(number)
        assert told is not None
        assert roster.told(told) == (records.project(school.id).code, "主体施工", date(2020, 9, 30))
    assert roster.told(town.world.matter(town.propose("路"))) == ("", "", "")


def test_a_project_merged_into_itself_or_another_years_is_refused(town: Town) -> None:
    town.begin()
    town.done(town.clerk, "截止征集", town.round)
    road = town.propose("路")
    assert refused(lambda: town.done(town.clerk, "撤出", road, reason="重复", merged_into=road)) == (
        f"第 {road} 号事项不是本年度的其他候选或建议项目,不能并入。"
    )
    assert refused(lambda: town.propose("桥", ideas=[road])) == (
        f"第 {road} 号事项不是本年度已采纳的需求,不能作为项目的依据。"
    )
