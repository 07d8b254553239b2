"""Three liaisons for each deputy, supervisors who are invited, and what they bring."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.demo import played
from backing.saying import problems, refused, sheets
from renda import RendaError
from renda.model import MandateRow
from renda.services import chain
from renda.services.permissions import may_see
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.liaisons import Liaisons

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def test_in_jiangbei_every_deputy_has_three_liaisons(tmp_path: Path) -> None:
    world = played("jiangbei", "liaisons")
    table = sheets(world, **YEAR)["liaisons"]
    assert {row[1] for row in table.rows} == {3}
    deputies, liaisons, rate = (figure.value for figure in table.figures)
    assert liaisons == 3 * deputies
    assert rate == 100
    assert problems(world, "liaisons") == []
    found = sheets(world, **YEAR)
    assert [figure.value for figure in found["liaison_items"].figures] == [3, 3, 0, 0]
    assert [row[1] for row in found["supervisors"].rows] == ["视察", "代表述职"]
    with world.reading() as desk:
        records = DistrictRecords(desk)
        assert chain.first_broken(desk) is None
        assert len(records.facts("liaison.brought", **YEAR)) == 2
        states = {each.state for each in records.matters("liaisons", "item", since=date(2026, 1, 1))}
    assert states == {"received", "routed", "answered"}
    world.close()


class District:
    """江北 in 2020 with one deputy and two liaisons."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.deputy = world.deputy("代表甲")
        self.contact = world.actor("deputy", person=self.deputy)
        self.organ = world.organ("区城管局")
        people = [{"name": name, "capacity": "志愿者"} for name in ("居民一", "居民二")]
        self.team = self.open("建立联络关系", deputy=self.deputy.id, liaisons=people)

    def open(self, action: str, **entries: Any) -> int:
        return self.world.act(self.clerk, action, entries, practice="liaisons").matter_id

    def act(self, action: str, matter: int, actor: Any = None, **entries: Any) -> int:
        return self.world.act(actor or self.clerk, action, entries, matter=matter).matter_id

    def supervisor(self, name: str) -> int:
        return self.open("聘任选民监督员", name=name, capacity="社区书记", keeper=self.world.organ("甲街道").id)

    def bring(self, title: str = "路灯不亮", liaison: int = 1) -> int:
        return self.open("反映民情", team=self.team, liaison=liaison, title=title, detail="夜间无灯")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    yield District(world)
    world.close()


def test_deputies_with_fewer_than_three_are_named_by_the_check_and_on_the_page(district: District) -> None:
    district.world.deputy("代表乙")
    told = "代表乙(0 名)、代表甲(2 名)的民情联络员不足 3 名。请用“建立联络关系”或“增补联络员”补齐。"
    assert problems(district.world, "liaisons") == [told]
    rows = {row[0]: row[1:] for row in sheets(district.world, **YEAR)["liaisons"].rows}
    assert rows == {"代表甲": (2, 1), "代表乙": (0, 3)}
    district.act("增补联络员", district.team, name="居民三", capacity="党员")
    assert problems(district.world, "liaisons") == [
        "代表乙(0 名)的民情联络员不足 3 名。请用“建立联络关系”或“增补联络员”补齐。"
    ]


def test_what_is_brought_needs_a_deputy_in_office(district: District) -> None:
    with district.world.writing() as desk:
        query = select(MandateRow).where(MandateRow.person_id == district.deputy.id)
        desk.session.scalars(query).one().until = date(2020, 3, 1)
    said = "代表甲在 2020-03-02 不是代表,联络员反映的民情不能再交给这名代表。请结束这个联络关系。"
    assert refused(district.bring) == said


def test_where_nothing_is_entered_the_check_says_so(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    assert problems(world, "liaisons") == ["还没有建立任何联络关系。请为每名代表登记民情联络员。"]
    world.close()


def test_a_liaison_who_leaves_stays_on_record_and_brings_nothing_more(district: District) -> None:
    change = {"leaves": 1, "left_for": "迁出本区", "name": "居民三", "capacity": "党员"}
    district.act("更换联络员", district.team, **change)
    members = district.world.matter(district.team).payload["members"]
    assert [(each["number"], each["name"], "until" in each) for each in members] == [
        (1, "居民一", True),
        (2, "居民二", False),
        (3, "居民三", False),
    ]
    assert refused(lambda: district.bring(liaison=1)) == "没有第 1 名在任的联络员。在任的有:2 居民二、3 居民三。"


def test_what_liaisons_cannot_be(district: District) -> None:
    act = district.act
    act("增补联络员", district.team, name="居民三", capacity="党员")
    more = refused(lambda: act("增补联络员", district.team, name="居民四", capacity="党员"))
    assert more == "每名代表最多 3 名民情联络员,现在是 4 名。可以用“更换联络员”。"
    change = {"leaves": 1, "left_for": "迁出", "name": "居民二", "capacity": "党员"}
    assert refused(lambda: act("更换联络员", district.team, **change)) == "联络员“居民二”写了两次。同名的请加以区分。"
    people = [{"name": "居民", "capacity": "党员"}]
    again = refused(lambda: district.open("建立联络关系", deputy=district.deputy.id, liaisons=people))
    assert again == f"代表甲的联络关系已经建立(事项 {district.team})。请在那里增补或更换。"
    act("结束联络关系", district.team, ended_for="任期届满")
    assert refused(district.bring) == f"{district.team} 号不是在任的联络关系。"


def test_an_item_is_handed_over_answered_and_told_and_seen_only_by_those_it_concerns(district: District) -> None:
    number = district.bring()
    department = district.world.actor("department", organ=district.organ)
    district.act("转办", number, owner=district.organ.id)
    stranger = district.world.actor("deputy", person=district.world.deputy("代表乙"))
    with district.world.reading() as desk:
        row = find(desk, number)
        seen = [
            may_see(rules_of(desk, row), view(desk, row), each) for each in (district.contact, department, stranger)
        ]
        facts = DistrictRecords(desk).facts("liaison.brought", subject=district.deputy, **YEAR)
    assert seen == [True, True, False]
    assert [fact.text for fact in facts] == ["民情联络员居民一反映“路灯不亮”"]
    district.act("答复", number, department, reply="已修复")
    district.act("反馈反映人", number, district.contact, satisfied="satisfied")
    assert district.world.matter(number).state == "closed"


def test_what_a_supervisor_says_at_an_occasion_becomes_an_item(district: District) -> None:
    first, second = district.supervisor("监督员甲"), district.supervisor("监督员乙")
    entries = {"occasion": "视察", "subject": "改造视察", "on": "2020-03-10", "invited": [first]}
    invitation = district.open("邀请选民监督员", **entries)
    remarks = [{"supervisor": first, "title": "车位不足", "detail": "改造后更少"}]
    early = refused(lambda: district.act("记录参加", invitation, attended=[first], remarks=remarks))
    assert early == "改造视察定在 2020-03-10,今天是 2020-03-02,还不能记录。"
    district.world.go_to(date(2020, 3, 10))
    stranger = refused(lambda: district.act("记录参加", invitation, attended=[first, second]))
    assert stranger == f"{second} 号没有受邀。到场的、提意见的须是受邀的选民监督员。"
    district.act("记录参加", invitation, attended=[first], remarks=remarks)
    with district.world.reading() as desk:
        (item,) = DistrictRecords(desk).matters("liaisons", "item")
    assert (item.title, item.payload["brought_by"], item.state) == ("车位不足", "选民监督员监督员甲", "received")
    district.act("解聘", second, ended_for="离任")
    entries["invited"] = [second]
    assert refused(lambda: district.open("邀请选民监督员", **entries)) == f"{second} 号不是在任的选民监督员。"


def test_a_district_without_occasions_has_no_supervisors(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    entries = {"name": "监督员", "capacity": "社区书记", "keeper": world.organ("甲街道").id}
    with pytest.raises(RendaError) as caught:
        world.act(world.actor("clerk"), "聘任选民监督员", entries, practice="liaisons")
    assert caught.value.code == "form.invalid"
    assert "supervisors" not in sheets(world, **YEAR)
    world.close()


def test_no_liaisons_at_all_is_no_rule() -> None:
    span = {"n": 5, "unit": "working_day"}
    params = {"per_deputy": 0, "capacities": ["党员"], "route": span, "answer": span}
    with pytest.raises(RendaError) as caught:
        Liaisons.Params().read(params)
    assert "每名代表的联络员人数应不小于 1,现为 0。" in caught.value.message
