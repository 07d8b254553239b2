"""What the rule refuses and lets through, word for word; who may be drawn; who replaces whom."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backing.saying import refused
from renda.drawing import commitment, verify
from renda.matter import Actor, Party
from renda.schema import Schema
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.duty_report import DutyReport

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "duty_report.toml"
SEEDS = ("主任会议的种子一二三", "监督员的种子四五六")
EARLY = date(2019, 6, 1)


class Town:
    """Four heads and a deputy chief; two of the heads are drawn, two measured."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.heads = [world.official(f"局长{name}", f"{name}局", since=EARLY) for name in "甲乙丙丁"]
        world.official("副区长戊", "区政府", "副区长", since=EARLY)
        self.witness = world.deputy("代表己")
        self.around = 0

    def begin(self, year: int = 2019, **more: Any) -> int:
        said = {"year": year, **more}
        self.around = self.world.act(self.clerk, "启动年度述职", said, practice="duty_report").matter_id
        return self.around

    def on(self, actor: Actor, label: str, number: int, **entries: Any) -> None:
        self.world.act(actor, label, entries, matter=number)

    def report(self, head: Party) -> int:
        return next(int(each.id) for each in self.reports() if each.payload["official"] == head.id)

    def reports(self) -> list[Any]:
        return list(self.world.matter(self.around).children("report"))

    def freeze(self, **more: Any) -> int:
        said = {"witness": self.witness.id, **more}
        draw: int = self.world.act(self.clerk, "冻结抽签名单", said, parent=self.around).matter_id
        return draw

    def draw(self) -> int:
        draw, witness = self.freeze(), self.world.actor("deputy", person=self.witness)
        self.on(self.chair, "主任会议承诺", draw, chair_commitment=commitment("主任会议", SEEDS[0]))
        self.on(witness, "监督员承诺", draw, witness_commitment=commitment("监督员", SEEDS[1]))
        self.on(self.chair, "主任会议亮种子", draw, chair_seed=SEEDS[0])
        self.on(witness, "监督员亮种子", draw, witness_seed=SEEDS[1])
        return draw

    def listed(self, draw: int) -> list[str]:
        return [each["name"] for each in self.world.matter(draw).payload["entrants"]]

    def oral(self) -> list[str]:
        return [each.party("subject").name for each in self.reports() if each.payload.get("oral")]

    def head(self, name: str) -> Party:
        return next(each for each in self.heads if each.name == name)

    def record(self, draw: int) -> Any:
        return json.loads(self.world.matter(draw).payload["transcript"])


def grouped(text: str) -> str:
    sectors = '[{ label = "政法", organs = ["甲局"] }, { label = "经济", organs = ["乙局", "丙局"] }]'
    return text.replace("oral_n = 2\n", f"oral_n = 2\nsectors = {sectors}\n")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    yield from made(tmp_path)


@pytest.fixture
def sectors(tmp_path: Path) -> Iterator[Town]:
    """The same where one of each of two sectors is to speak: 甲局 alone is one, 丁局 belongs to none."""
    yield from made(tmp_path, grouped)


def made(tmp_path: Path, changed: Callable[[str], str] = str) -> Iterator[Town]:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\ncommittee_size = 9\n', encoding="utf-8")
    text = FILE.read_text("utf-8").replace("oral_n = 6", "oral_n = 2").replace("measured_n = 14", "measured_n = 2")
    (folder / "duty_report.toml").write_text(changed(text), encoding="utf-8")
    DutyReport.plugin = "duty_report"
    world = World(
        fresh_sqlite(tmp_path), folder.parent, "ceshi", day=date(2020, 1, 13),
        find_practice=lambda plugin, file: DutyReport,
    )  # fmt: skip
    yield Town(world)
    world.close()


def test_everybody_in_post_on_the_last_day_of_the_year_reports(town: Town) -> None:
    town.world.official("局长庚", "庚局", since=date(2019, 12, 20))
    town.world.official("局长辛", "辛局", since=date(2020, 1, 2))
    town.begin()
    assert sorted(each.title for each in town.reports()) == sorted(
        ["局长甲(甲局)", "局长乙(乙局)", "局长丙(丙局)", "局长丁(丁局)", "局长庚(庚局)", "副区长戊(区政府)"]
    )
    assert refused(partial(town.begin, 2018, officials=[town.heads[0].id])) == (
        "办法规定范围内全部人员述职,不用指定“述职人员”。"
    )


def test_only_heads_long_enough_in_post_are_on_the_list(town: Town) -> None:
    town.world.official("局长庚", "庚局", since=date(2019, 12, 20))
    town.begin()
    draw = town.freeze(excused=[{"official": town.heads[0].id, "why": "今年另作评议"}])
    assert sorted(town.listed(draw)) == sorted(["局长乙", "局长丙", "局长丁"])
    assert refused(town.freeze) == "2019 年度已有一次抽签。要重抽,先写明理由把它作废。"


def test_a_witness_is_neither_on_the_list_nor_the_chair(town: Town) -> None:
    town.begin()
    name = town.heads[0].name
    assert refused(partial(town.freeze, witness=town.heads[0].id)) == f"监督员 {name} 自己在抽签名单上。请换人。"
    both = town.world.actor("chair", person=town.witness)
    bound = partial(town.on, both, "主任会议承诺", town.freeze(), chair_commitment=commitment("主任会议", SEEDS[0]))
    assert refused(bound) == "代表己 是监督员,不能同时代表主任会议。两方须是两个人。"


def test_a_commitment_is_a_digest_and_no_seed(town: Town) -> None:
    town.begin()
    bound = partial(town.on, town.chair, "主任会议承诺", town.freeze(), chair_commitment=SEEDS[0])
    assert refused(bound) == f"承诺应为 64 位十六进制的 SHA-256 摘要,现为“{SEEDS[0]}”。"


def test_who_cannot_come_is_replaced_by_the_next_in_order_and_the_record_says_why(town: Town) -> None:
    town.begin()
    draw = town.draw()
    first, second, third, fourth = (code.removesuffix("局局长") for code in town.record(draw)["order"])
    assert sorted(town.oral()) == sorted([f"局长{first}", f"局长{second}"])
    gone = partial(town.on, town.clerk, "登记不再述职", town.report(town.head(f"局长{first}")), reason="调离")
    assert refused(gone) == (f"局长{first}({first}局) 已被抽中口头述职。先在抽签里写明理由替换,再登记不再述职。")
    other = partial(town.on, town.clerk, "替换抽中人员", draw, official=town.head(f"局长{fourth}").id, reason="出差")
    assert refused(other) == f"局长{fourth} 没有被抽中,不用替换。"
    town.on(town.clerk, "登记不再述职", town.report(town.head(f"局长{third}")), reason="退休")
    town.on(town.clerk, "替换抽中人员", draw, official=town.head(f"局长{first}").id, reason="公派学习")
    assert sorted(town.oral()) == sorted([f"局长{second}", f"局长{fourth}"])
    record = town.record(draw)
    assert record["replaced"] == {f"{first}局局长": "公派学习", f"{third}局局长": "已登记不再述职"}
    assert sorted(each.name for each in verify(record)) == sorted(town.oral())
    gone()
    assert town.world.matter(town.report(town.head(f"局长{first}"))).state == "excused"


def test_an_annulled_draw_calls_nobody_and_stays_on_record(town: Town) -> None:
    town.begin()
    draw = town.draw()
    town.on(town.chair, "抽签作废", draw, reason="名单有误")
    assert town.oral() == []
    assert len(verify(town.record(draw))) == 2
    assert town.freeze() != draw


def test_who_was_drawn_is_listed_again_only_when_too_few_are_left(town: Town) -> None:
    town.begin()
    town.draw()
    spoke = set(town.oral())
    town.world.go_to(date(2021, 1, 12))
    town.begin(2020)
    second = town.draw()
    assert set(town.listed(second)) == {each.name for each in town.heads} - spoke
    town.world.go_to(date(2022, 1, 12))
    town.begin(2021)
    third = town.draw()
    assert set(town.listed(third)) == {each.name for each in town.heads}
    assert town.world.matter(third).payload["widened"] is True


def test_where_the_district_names_sectors_one_of_each_is_drawn_and_anybody_can_check_it(sectors: Town) -> None:
    sectors.begin()
    draw = sectors.draw()
    record = sectors.record(draw)
    assert record["format"] == "renda draw 2"
    by_sector = {code: sector for code, _, sector in record["entrants"]}
    assert by_sector == {"甲局局长": "政法", "乙局局长": "经济", "丙局局长": "经济", "丁局局长": ""}
    assert sorted(by_sector[each.code] for each in verify(record)) == ["政法", "经济"]
    assert "局长甲" in sectors.oral()
    said = partial(sectors.on, sectors.clerk, "替换抽中人员", draw, reason="因公出国")
    assert refused(partial(said, official=sectors.head("局长丁").id)) == "局长丁 没有被抽中,不用替换。"
    economy = next(name for name in sectors.oral() if name != "局长甲")
    said(official=sectors.head(economy).id)
    assert set(sectors.oral()) == {"局长甲", *({"局长乙", "局长丙"} - {economy})}
    with sectors.world.reading() as desk:
        (found,) = desk.rulebook.practice_on("duty_report", desk.day).hook.sheets(
            since=date(2020, 1, 1), until=desk.day, records=DistrictRecords(desk)
        )
        sheet = next(each for each in found if each.code == "duty_report_draw_2019")
        assert sheet.columns == ("次序", "代码", "姓名", "组别", "结果")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"oral_n": 1}, "名单分为 2 组,每组至少一人,只抽 1 人不够。请调整抽取人数或分组。"),
        ({"sectors": [{"label": "甲", "organs": ["甲局", "甲局"]}]}, "甲局写在两个分组里。一个单位只在一组。"),
    ],
)
def test_sectors_that_cannot_be_drawn_are_refused_with_the_place(changes: dict[str, Any], sentence: str) -> None:
    text = grouped(FILE.read_text("utf-8").replace("oral_n = 6", "oral_n = 2"))
    params = tomllib.loads(text, parse_float=Decimal)["version"][0]["params"]
    form: Schema = DutyReport.Params()
    assert sentence in refused(partial(form.read, {**params, **changes}))


def test_speakers_and_those_measured_are_two_lists(town: Town) -> None:
    town.begin()
    town.draw()
    quiet = [each.id for each in town.heads if each.name not in town.oral()]
    plan = partial(town.on, town.chair, "审定述职方案", town.around, meeting="会议", meeting_on="2020-04-28")
    assert refused(partial(plan, measured=quiet[:1])) == "“测评对象”应为 2 人,现为 1 人。"
    assert refused(partial(plan, measured=quiet, oral=quiet)) == (
        "办法规定口头述职人员抽签产生,不能指定。请把“口头述职人员”留空。"
    )
    chief = next(each for each in town.reports() if each.payload["post"] == "副区长").payload["official"]
    assert refused(partial(plan, measured=[quiet[0], chief])) == (
        "副区长戊(区政府) 属于“副区长”,按办法不口头述职、不测评。"
    )
    plan(measured=quiet)
    marked = [each.payload["official"] for each in town.reports() if each.payload.get("measure")]
    assert sorted(marked) == sorted(quiet)
    assert len(town.oral()) == 2


def test_figures_that_are_withheld_leave_the_grade_and_nothing_breaks(town: Town) -> None:
    town.begin()
    town.draw()
    measured = [each for each in town.heads if each.name in town.oral()]
    plan = {"meeting": "会议", "meeting_on": "2020-04-28", "measured": [each.id for each in measured]}
    town.on(town.chair, "审定述职方案", town.around, **plan)
    for each in town.reports():
        person = each.party("subject")
        town.on(town.world.actor("department", person=person), "提交履职情况报告", each.id, document="报告")
    town.on(town.clerk, "召开述职会议", town.around)
    for each in measured:
        town.on(town.clerk, "记录口头述职", town.report(each), spoken="self")
    town.on(town.clerk, "提请测评", town.around)
    for each in measured:
        counted = {"ballot": 7, "outcome": "满意", "figures": {"grade": "满意", "failed": False}}
        town.on(town.world.actor("system"), "记录测评", town.report(each), **counted)
    town.on(town.clerk, "报告测评结果", town.around, opinions="继续改进")
    with town.world.reading() as desk:
        records = DistrictRecords(desk)
        told = records.facts("appraisal.result", since=date(2020, 1, 1), until=desk.day)
        assert [(each.text, each.number) for each in told] == [("述职测评:满意", None)] * 2
        (sheets,) = desk.rulebook.practice_on("duty_report", desk.day).hook.sheets(
            since=date(2020, 1, 1), until=desk.day, records=records
        )
        results = next(each for each in sheets if each.code == "duty_report_results")
        assert [row[2:] for row in results.rows] == [["口头", None, None, None, None]] * 2


def test_a_report_that_never_came_is_late_from_the_day_after(town: Town) -> None:
    town.begin()
    number = town.report(town.heads[0])
    assert refused(partial(town.on, town.clerk, "催报", number)) == "还没有到期(2020-03-31),不用催报。"
    town.world.go_to(date(2020, 4, 1))
    with town.world.reading() as desk:
        told = DistrictRecords(desk).facts("duty_report.late", since=date(2020, 1, 1), until=date(2020, 4, 1))
    assert {(each.day, each.text) for each in told} == {(date(2020, 4, 1), "履职情况报告逾期未提交")}
    assert len(told) == 5
    town.on(town.clerk, "催报", number)
    town.on(town.clerk, "登记未提交", number)
    assert town.world.matter(number).state == "missing"


def test_a_cancelled_year_ends_its_reports_and_its_draw(town: Town) -> None:
    around = town.begin()
    draw = town.draw()
    town.on(town.chair, "撤销年度述职", around, reason="换届")
    assert {each.state for each in town.reports()} == {"excused"}
    assert town.world.matter(draw).state == "void"
    assert town.begin() != around
