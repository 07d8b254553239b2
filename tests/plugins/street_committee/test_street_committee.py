"""Street committees of 徐汇: duties counted, posts filled, a yearly score with its reasons."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.demo import played
from backing.saying import problems, refused, sheets
from renda.services import chain, rescoring
from renda.services.reading import find, rules_of, view
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.street_committee import StreetCommittee

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def test_in_xuhui_three_committees_have_their_duties_staff_and_scores_in_tables(tmp_path: Path) -> None:
    world = played("xuhui", "street_committee")
    found = sheets(world, **YEAR)
    assert found["street_duties"].figures[0].value == 100
    assert {row[2] for row in found["street_duties"].rows} == {"按次数", "按人员配备", "由考核组打分"}
    assert all("待确认" in row[1] for row in found["street_duties"].rows)
    scores = [(row[-2].value, row[-1]) for row in found["street_scores_2020"].rows]
    assert scores == [(Decimal("99.5"), "优秀"), (Decimal("97.0"), "优秀"), (Decimal("76.6"), "良好")]
    assert [figure.value for figure in found["street_scores_2020"].figures] == [3, Decimal("91.0")]
    assert [row[-1] for row in found["street_staff"].rows] == ["配齐", "配齐", 1]
    assert problems(world, "street_committee") == ["演示街道三人大工委:副主任(专职)缺 1 人。请配备后用“配备人员”登记。"]
    with world.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
    world.close()


class Street:
    """One committee of 徐汇 and its year 2020, on 2 March."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk, self.chair = world, world.actor("clerk"), world.actor("chair")
        self.organ = world.organ("甲街道人大工委")
        self.own = world.actor("department", organ=self.organ)
        self.committee = self.open("建档", organ=self.organ.id)
        self.year = self.open("建立年度考核", self.committee, year=2020)

    def open(self, action: str, parent: int | None = None, **entries: Any) -> int:
        return self.world.act(self.clerk, action, entries, practice="street_committee", parent=parent).matter_id

    def act(self, action: str, matter: int, actor: Any = None, **entries: Any) -> int:
        return self.world.act(actor or self.clerk, action, entries, matter=matter).matter_id

    def staff(self, post: str, name: str, *, full_time: bool = True) -> int:
        entries = {"post": post, "person": self.world.person(name).id, "full_time": full_time}
        return self.act("配备人员", self.committee, **entries)

    def done(self, duty: str, quantity: int = 1, day: str = "2020-03-02") -> int:
        return self.open("登记履职", self.year, duty=duty, day=day, quantity=quantity, note="记录")

    def assess(self, mark: str = "80", duty: str = "08") -> int:
        marks = [{"duty": duty, "mark": mark, "reason": "看台账"}]
        return self.act("考核评分", self.year, marks=marks, finding="已核")

    def score(self) -> Any:
        with self.world.reading() as desk:
            row = find(desk, self.year)
            return rules_of(desk, row).practice.score(view(desk, row))  # type: ignore[attr-defined]


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "xuhui", day=date(2020, 3, 2))
    yield Street(world)
    world.close()


def test_a_duty_done_more_often_than_asked_brings_no_more_than_its_points(street: Street) -> None:
    street.done("01", 9)
    street.done("02", 7)
    void = street.done("02", 5)
    street.act("作废", void, void_for="重复登记")
    street.staff("head", "主任甲", full_time=False)
    street.staff("deputy", "副主任乙", full_time=False)
    street.world.go_to(date(2021, 1, 8))
    assert street.score() is None
    street.act("报送自评", street.year, street.own, self_report="已查")
    street.assess()
    # 10 for the meetings, 7 of 12 of 20, one of three posts of 15 (the second is no full-time one), 80 of 100 of 10.
    assert street.score().value == Decimal("34.7")
    assert street.world.matter(street.year).payload["level"] == "不合格"


def test_whoever_leaves_before_the_last_day_of_the_year_is_not_in_post_on_it(street: Street) -> None:
    street.staff("staff", "干事丙")
    street.world.go_to(date(2020, 12, 31))
    street.act("人员离任", street.committee, leaves=1, left_for="调动")
    assert refused(lambda: street.act("人员离任", street.committee, leaves=1, left_for="调动")) == (
        "没有第 1 名在岗的工作人员。在岗的有:—。"
    )
    street.world.go_to(date(2021, 1, 8))
    street.staff("staff", "干事丁")
    street.act("报送自评", street.year, street.own, self_report="已查")
    street.assess("0")
    assert street.score().value == Decimal("0.0")
    assert [each["filled"] for each in street.world.matter(street.year).payload["in_post"]] == [0, 0, 0]


def test_a_committee_may_ask_once_to_be_looked_at_again(street: Street) -> None:
    street.world.go_to(date(2021, 1, 8))
    street.act("报送自评", street.year, street.own, self_report="已查")
    street.assess("80")
    street.act("申请复核", street.year, street.own, objection="漏计联合视察")
    street.assess("90")
    assert refused(lambda: street.act("申请复核", street.year, street.own, objection="再看")) == (
        "已经申请过一次复核,不再受理。"
    )
    street.act("定档", street.year, street.chair)
    matter = street.world.matter(street.year)
    assert (matter.state, matter.title) == ("settled", "甲街道人大工委 2020 年度考核")
    assert street.score().value == Decimal("9.0")


def test_what_committees_years_and_assessments_cannot_be(street: Street) -> None:
    again = refused(lambda: street.open("建档", organ=street.organ.id))
    assert again == f"甲街道人大工委已经建档(事项 {street.committee})。"
    assert refused(lambda: street.open("建立年度考核", street.committee, year=2020)) == (
        f"2020 年度已经建立(事项 {street.year})。"
    )
    street.staff("head", "主任甲")
    assert refused(lambda: street.staff("head", "主任甲")) == "主任甲已经在“主任”岗位上(第 1 名)。"
    assert refused(lambda: street.done("07")) == "“干部配备”按人员配备,不登记次数。"
    assert refused(lambda: street.done("01", day="2020-03-03")) == "2020-03-03 还没有到,不能登记。"
    assert refused(lambda: street.done("01", day="2019-12-31")) == "2019-12-31 不在 2020 年度内。"
    assert "数量应不小于 1,现为 0。" in refused(lambda: street.done("01", 0))
    early = refused(lambda: street.act("报送自评", street.year, self_report="无"))
    assert early == "2020 年度还没有结束,不能自评。"
    street.world.go_to(date(2021, 1, 8))
    street.act("报送自评", street.year, self_report="已查")
    assert refused(lambda: street.assess("101")) == "“工作成效”的打分应在 0 至 100 之间,现为 101。"
    assert refused(lambda: street.assess(duty="01")) == ("应当给这几项职责打分:工作成效。现在打分的是:召开工委会议。")


def test_a_districts_file_gives_a_hundred_points_and_an_indicator_to_what_is_counted() -> None:
    duty = {"code": "01", "label": "开会", "basis": "待确认", "unit": "次", "least": 4, "points": 100}
    staff = {"code": "02", "label": "配备", "basis": "待确认", "measure": "staff", "points": 50}
    span = {"n": 1, "unit": "month"}
    post = {"code": "head", "label": "主任", "least": 1}
    whole: dict[str, Any] = {
        "duties": [duty],
        "posts": [post],
        "levels": [{"label": "合格", "least": 0}],
        "self_report": span,
        "assess": span,
        "objection": span,
    }
    wrong: dict[str, dict[str, Any]] = {
        "职责 01 写了两次。编号不能重复。": {"duties": [duty, duty]},
        "岗位 head 写了两次。编号不能重复。": {"posts": [post, post]},
        "各项分值之和应为 100,现在是 99。": {"duties": [{**duty, "points": 99}]},
        "“开会”按次数计分,应写 least(不小于 1)和 unit。": {"duties": [{**duty, "least": 0}]},
        "按人员配备计分的职责最多一项,现在有 2 项。": {"duties": [staff, {**staff, "code": "03"}]},
        "等次应从高到低排列,最后一个的下限是 0。": {"levels": [{"label": "合格", "least": 60}]},
    }
    for said, entries in wrong.items():
        assert said in refused(lambda entries=entries: StreetCommittee.Params().read({**whole, **entries}))  # type: ignore[misc]
