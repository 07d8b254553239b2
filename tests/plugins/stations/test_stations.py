"""Places of four districts as their articles count them; ledgers, the check, and what they refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.demo import played
from backing.saying import problems, refused, sheets
from renda import RendaError
from renda.services import chain, rescoring
from renda.services.permissions import may_see
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.stations import Stations, refusals

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR: dict[str, date] = {"since": date(2019, 1, 1), "until": date(2019, 12, 31)}


@contextmanager
def district(slug: str) -> Iterator[World]:
    world = played(slug, "stations")
    yield world
    world.close()


@pytest.mark.parametrize(
    ("slug", "figures"),
    [
        ("pingshan", {"社区联络站": 23, "联系点": 159}),
        ("jiangbei", {"代表活动中心": 1, "代表之家": 12, "代表工作站": 41}),
        ("qingpu", {"代表工作站": 65, "街镇": 11}),
        ("xuhui", {"代表之家": 3}),
    ],
)
def test_the_places_of_a_district_are_as_many_as_its_article_says(slug: str, figures: dict[str, int]) -> None:
    with district(slug) as world:
        table = sheets(world, **YEAR)["places"]
        assert table.public
        found = {figure.label: figure.value for figure in table.figures}
        assert {label: found[label] for label in figures} == figures
        assert problems(world, "stations") == []
        with world.reading() as desk:
            assert chain.first_broken(desk) is None
            assert list(rescoring.differences(desk)) == []
        if slug == "jiangbei":
            listed = {row[0]: row[4] for row in sheets(world, **YEAR)["places_list"].rows}
            assert listed["区人大代表活动中心"] == 650
        if slug == "qingpu":
            ledgers = sheets(world, **YEAR)["ledgers_2019"]
            assert [row[-1] for row in ledgers.rows] == ["优秀", "良好", "不合格"]
            assert ledgers.figures[1].value == Decimal("66.7")
            assert ledgers.columns[1:6] == ("年度计划", "月度安排", "活动记录", "意见处理", "履职报告")


class Kept:
    """A station in 青浦 with its year 2020."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.deputy, self.town = world.deputy("代表甲"), world.organ("甲镇", sort="street")
        self.keeper = world.actor("department", organ=self.town)
        world.go_to(date(2020, 1, 6))
        self.place = self.open("甲镇第一站")
        self.year = self.act("建立年度台账", parent=self.place, year=2020)

    def open(self, title: str, sort: str = "station", **more: Any) -> int:
        entries = {"title": title, "sort": sort, "keeper": self.town.id, **more}
        return self.world.act(self.clerk, "设立阵地", entries, practice="stations").matter_id

    def act(self, action: str, *, matter: int | None = None, parent: int | None = None, **entries: Any) -> int:
        target = {"parent": parent} if matter is None else {"matter": matter}
        return self.world.act(self.keeper if parent else self.clerk, action, entries, **target).matter_id

    def activity(self, day: str, sort: str = "走访", **more: Any) -> int:
        return self.act("记录活动", parent=self.year, activity=sort, day=day, participants=[self.deputy.id], **more)

    def opinion(self, text: str, **more: Any) -> int:
        return self.act("登记意见", parent=self.year, opinion=text, receiver=self.deputy.id, **more)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "qingpu", day=date(2020, 1, 6))
    yield Kept(world)
    world.close()


def checked(kept: Kept, veto: str = "") -> Any:
    kept.world.go_to(date(2021, 1, 10))
    kept.act("报送自查", matter=kept.year, self_check="已查")
    marks = [{"aspect": aspect, "points": 80} for aspect in ("place", "activity", "publicity", "effect")]
    entries: dict[str, Any] = {"marks": marks, "check_note": "已看", **({"veto": veto} if veto else {})}
    kept.act("年度考核", matter=kept.year, **entries)
    return kept.world.matter(kept.year)


def score(kept: Kept) -> Any:
    with kept.world.reading() as desk:
        matter = kept.world.matter(kept.year)
        return desk.rulebook.practice_on("stations", kept.world.day).hook.score(matter=matter)


def test_a_full_year_of_ledgers_counts_in_full_and_a_missing_one_by_a_fifth(kept: Kept) -> None:
    kept.act("制定年度计划", matter=kept.year, plan="计划")
    kept.act("安排月度活动", matter=kept.year, months=[{"month": n, "arrangement": "接待"} for n in range(1, 11)])
    kept.world.go_to(date(2020, 12, 20))
    for month in (3, 6, 9, 12):
        kept.activity(f"2020-{month:02d}-10")
    kept.act("登记履职报告", matter=kept.year, deputy=kept.deputy.id, reported_on="2020-12-10", heard=30)
    year = checked(kept)
    assert year.payload["gaps"] == ("履职报告:有 1 名代表报告履职,应有 2 名",)
    assert (year.payload["kept"], year.payload["level"]) == (4, "良好")
    assert score(kept).value == Decimal("80.0")


def test_an_opinion_without_an_answer_is_a_gap(kept: Kept) -> None:
    number = kept.opinion("路灯不亮")
    kept.act("转办意见", matter=number, channel="街镇办理")
    year = checked(kept)
    assert "意见处理:还有 1 件意见没有处理结果" in year.payload["gaps"]


def test_a_veto_leaves_no_points(kept: Kept) -> None:
    year = checked(kept, "台账造假")
    assert year.payload["level"] == "不合格"
    assert score(kept).value == 0


def test_an_activity_is_a_fact_about_each_deputy_who_took_part(kept: Kept) -> None:
    kept.world.go_to(date(2020, 4, 1))
    kept.activity("2020-03-10")
    with kept.world.reading() as desk:
        facts = DistrictRecords(desk).facts("station.activity", since=date(2020, 1, 1), until=kept.world.day)
    assert [(fact.subject.name, fact.day, fact.text) for fact in facts] == [
        ("代表甲", date(2020, 3, 10), "甲镇第一站走访(2020-03-10)")
    ]


def test_an_opinion_is_seen_by_the_place_the_deputy_and_the_owner_only(kept: Kept) -> None:
    number, owner = kept.opinion("路灯不亮"), kept.world.organ("区城管局")
    kept.act("转办意见", matter=number, channel="转部门", owner=owner.id)
    world = kept.world
    viewers = [
        kept.keeper,
        world.actor("deputy", person=kept.deputy),
        world.actor("department", organ=owner),
        world.actor("deputy", person=world.deputy("代表乙")),
        world.actor("department", organ=world.organ("别的局")),
    ]
    with world.reading() as desk:
        row = find(desk, number)
        seen = [may_see(rules_of(desk, row), view(desk, row), viewer) for viewer in viewers]
    assert seen == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"opinion": "请打 13800000000"}, "意见里有像电话号码或身份证号的数字(138…)。台账不记这些,请删去。"),
        (
            {"opinion": "路灯", "visitor": "王 110101190001011234"},
            "意见里有像电话号码或身份证号的数字(110…)。台账不记这些,请删去。",
        ),
    ],
)
def test_no_telephone_or_identity_number_is_kept(kept: Kept, entries: Any, sentence: str) -> None:
    assert refused(lambda: kept.act("登记意见", parent=kept.year, receiver=kept.deputy.id, **entries)) == sentence


def test_what_a_place_and_its_ledgers_refuse(kept: Kept) -> None:
    place, year = kept.place, kept.year
    assert refused(lambda: kept.open("甲镇第一站")) == f"已经有叫“甲镇第一站”的阵地(事项 {place})。"
    assert refused(lambda: kept.open("乙", count=0)) == "表单有误:数量:数量应不小于 1,现为 0。"
    again = refused(lambda: kept.act("建立年度台账", parent=place, year=2020))
    assert again == f"2020 年度的台账已经建立(事项 {year})。"
    point = kept.open("联系点", "point")
    assert refused(lambda: kept.act("建立年度台账", parent=point, year=2020)) == "联系点不记台账。"
    assert refused(lambda: kept.activity("2020-01-07")) == "2020-01-07 还没有到,不能记录。"
    assert refused(lambda: kept.activity("2019-12-31")) == "2019-12-31 不在 2020 年度内。"
    first = kept.activity("2020-01-06")
    told = refused(lambda: kept.activity("2020-01-06"))
    assert told == f"2020-01-06 的“走访”已经记录过(事项 {first})。确有两次的,请在记录里写明。"
    kept.activity("2020-01-06", note="下午")
    early = refused(lambda: kept.act("报送自查", matter=year, self_check="已查"))
    assert early == "2020 年度还没有结束,不能自查。"
    months = [{"month": 13, "arrangement": "x"}]
    told = refused(lambda: kept.act("安排月度活动", matter=year, months=months))
    assert told == "表单有误:月度安排第 1 项月份:月份应在 1 至 12 之间,现为 13。"


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ([("place", 80)], "应当给这几个方面打分:阵地、活动、宣传、实效;按台账计分的由系统算。现在打分的是:阵地。"),
        (
            [("place", 101), ("activity", 80), ("publicity", 80), ("effect", 80)],
            "“阵地”的得分应在 0 至 100 之间,现为 101。",
        ),
    ],
)
def test_a_check_marks_every_aspect_once_within_bounds(kept: Kept, marks: Any, sentence: str) -> None:
    kept.world.go_to(date(2021, 1, 10))
    kept.act("报送自查", matter=kept.year, self_check="已查")
    given = [{"aspect": aspect, "points": points} for aspect, points in marks]
    assert refused(lambda: kept.act("年度考核", matter=kept.year, marks=given, check_note="x")) == sentence


def test_a_place_smaller_than_its_sort_may_be_is_refused() -> None:
    sort = {"label": "代表之家", "area_least": Decimal(100)}
    refusals.too_small({"area": Decimal(100)}, sort)
    refusals.too_small({}, sort)
    told = refused(lambda: refusals.too_small({"area": Decimal("99.5")}, sort))
    assert told == "代表之家至少要 100 平方米,现为 99.5。"


def test_numbers_that_differ_from_the_district_s_own_are_problems(kept: Kept) -> None:
    assert problems(kept.world, "stations") == ["代表工作站登记了 1 家,区县文件写的是 65 家。请补登记或改文件。"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"aspects": [("a", "0.5", True)]}, "各方面的权重之和应为 1,现在是 0.5。请改其中一项。"),
        ({"aspects": [("a", "1", False)]}, "按台账计分的方面应恰好一个,现在有 0 个。"),
        ({"aspects": [("a", "0.5", True), ("a", "0.5", False)]}, "a 出现了两次。编号不能重复。"),
        ({"levels": [("甲", "60"), ("乙", "10")]}, "等次应从高到低排列,最后一个的下限是 0。"),
    ],
)
def test_parameters_that_cannot_be_are_refused(change: Any, sentence: str) -> None:
    span = {"n": 5, "unit": "working_day"}
    given = {"aspects": [("a", "1", True)], "levels": [("甲", "60"), ("乙", "0")], **change}
    params = {
        "sorts": [{"code": "s", "label": "站"}],
        "activity_sorts": ["走访"],
        "channels": ["当场答复"],
        **dict.fromkeys(("months_least", "activities_least", "reports_least"), 1),
        **dict.fromkeys(("opinion", "self_check"), span),
        "aspects": [
            {"code": code, "label": code, "weight": Decimal(weight), "from_ledgers": ledgers}
            for code, weight, ledgers in given["aspects"]
        ],
        "levels": [{"label": label, "least": Decimal(least)} for label, least in given["levels"]],
    }
    with pytest.raises(RendaError) as caught:
        Stations.Params().read(params)
    assert sentence in caught.value.message
