"""Links of 江北: every place reached, check-ins that give points, what is raised answered or made a suggestion."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.demo import played
from backing.saying import refused, sheets
from renda import RendaError
from renda.schema import fields_of
from renda.services import chain
from renda.services.permissions import may_see
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.services.visible_records import dossier
from renda.testing.factories import World, fresh_sqlite
from renda.web.shown import Reader
from renda_plugins.video_link import VideoLink
from renda_plugins.video_link.forms import Link

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def test_in_jiangbei_the_centre_twelve_homes_and_forty_one_stations_are_all_linked(tmp_path: Path) -> None:
    world = played("jiangbei", "video_link")
    found = sheets(world, **YEAR)
    assert {figure.label: figure.value for figure in found["video_reach"].figures} == {
        "代表活动中心": 1,
        "代表之家": 12,
        "代表工作站": 41,
    }
    assert [row[3].value for row in found["video_reach"].rows] == [Decimal("100.0")] * 3
    links = found["video_links"]
    assert [figure.value for figure in links.figures] == [6, 17, 255, 6, 6, 0, 0]
    assert {row[3] for row in links.rows} == {"中心连家站", "家站互通"}
    with world.reading() as desk:
        records = DistrictRecords(desk)
        assert chain.first_broken(desk) is None
        told = [len(records.facts(code, **YEAR)) for code in ("activity.attended", "station.activity")]
        links_now = {each.state for each in records.matters("video_link", "link", since=date(2026, 1, 1))}
    assert told == [5, 12]
    assert links_now == {"held", "cancelled", "scheduled"}
    world.close()


class District:
    """江北 on 2 March 2020: a link between the centre and a home on the 10th."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.deputy, self.other = world.deputy("代表甲"), world.deputy("代表乙")
        self.own = world.actor("deputy", person=self.deputy)
        self.keeper = world.organ("甲街道人大")
        self.office = world.actor("department", organ=self.keeper)
        self.link = self.schedule()

    def schedule(self, **fresh: Any) -> int:
        centre = {"tier": "centre", "name": "代表活动中心", "organ": self.world.organ("常委会办公室").id}
        home = {"tier": "home", "name": "甲街道代表之家", "organ": self.keeper.id}
        entries = {
            "title": "老旧小区改造",
            "organizer": self.world.organ("常委会办公室").id,
            "sites": [centre, home],
            "participants": [self.deputy.id],
            "on": "2020-03-10",
            "at": "09:30",
            "address": "https://video.jiangbei.example/r/7",
        }
        return self.world.act(self.clerk, "安排连线", {**entries, **fresh}, practice="video_link").matter_id

    def act(self, action: str, actor: Any = None, matter: int = 0, **entries: Any) -> int:
        return self.world.act(actor or self.clerk, action, entries, matter=matter or self.link).matter_id

    def hold(self, **fresh: Any) -> list[int]:
        self.world.go_to(date(2020, 3, 10))
        self.act("签到", self.own, site=2)
        self.act("签到", site=1, present=[self.other.id])
        raised = [{"title": "雨污管网", "detail": "路面未恢复", "contact": self.deputy.id, **fresh}]
        self.act("记录连线", people=12, record="逐一发言", raised=raised)
        with self.world.reading() as desk:
            return [each.id for each in DistrictRecords(desk).matters("video_link", "item")]

    def sees(self, viewer: Any, matter: int) -> bool:
        with self.world.reading() as desk:
            row = find(desk, matter)
            return may_see(rules_of(desk, row), view(desk, row), viewer)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    yield District(world)
    world.close()


def test_where_a_deputy_signs_in_decides_what_is_told_for_the_points(district: District) -> None:
    district.hold()
    with district.world.reading() as desk:
        records = DistrictRecords(desk)
        at_home = records.facts("station.activity", subject=district.deputy, **YEAR)
        at_centre = records.facts("activity.attended", **YEAR)
        assert records.facts("station.activity", subject=district.keeper, **YEAR) == []
    assert [fact.text for fact in at_home] == ["在甲街道代表之家参加视频民情连线“老旧小区改造”"]
    assert [fact.subject for fact in at_centre] == [district.other]


def test_what_is_raised_is_answered_before_the_link_is_closed(district: District) -> None:
    (item,) = district.hold(raised_by="王女士")
    assert "address" not in {key for key, value in district.world.matter(district.link).payload.items() if value}
    assert "办结连线" in refused(lambda: district.act("办结连线"))
    organ = district.world.organ("区住房城乡建委")
    department = district.world.actor("department", organ=organ)
    assert not district.sees(department, item)
    district.act("转办", district.office, item, owner=organ.id)
    assert district.sees(department, item)
    assert not district.sees(district.world.actor("deputy", person=district.other), item)
    district.act("答复", department, item, reply="本月恢复")
    district.act("反馈反映人", district.own, item, satisfied="satisfied")
    district.act("办结连线")
    assert district.world.matter(district.link).state == "closed"
    with district.world.reading() as desk:
        stranger = [each.said for each in dossier(desk, department, district.keeper) if each.rules.code == "video_link"]
    assert [entry.text for said in stranger for section in said for entry in section.entries] == [
        "老旧小区改造(已办结)"
    ]


def test_what_is_raised_waits_as_a_suggestion_for_the_deputy_who_follows_it(district: District) -> None:
    (item,) = district.hold()
    district.act("转为代表建议", district.own, item, facts="路面未恢复", wanted="限期恢复")
    with district.world.reading() as desk:
        (suggestion,) = DistrictRecords(desk).matters("handling_rating", "suggestion")
    assert (suggestion.title, suggestion.state) == ("雨污管网", "revising")
    assert suggestion.party("proposer") == district.deputy
    district.act("办结连线")


def test_the_address_is_https_in_the_districts_own_system_and_seen_by_those_invited(district: District) -> None:
    plain = "连线地址应以 https:// 开头、不带用户名和空格,现为“{}”。"
    for given in (
        "http://video.jiangbei.example/r/1",
        "javascript:alert(1)",
        "https://甲@video.jiangbei.example/",
        "https:" + "//[a",
    ):
        assert plain.format(given) in refused(lambda given=given: district.schedule(address=given))  # type: ignore[misc]
    elsewhere = refused(lambda: district.schedule(address="https://other.example/r/1"))
    assert "连线地址的域名“other.example”不是本区视频系统的。可用:video.jiangbei.example。" in elsewhere
    assert "时间应写成 09:30 这样的时和分,现为“25:00”。" in refused(lambda: district.schedule(at="25:00"))
    assert district.sees(district.own, district.link)
    assert district.sees(district.office, district.link)
    assert not district.sees(district.world.actor("deputy", person=district.other), district.link)


def test_what_links_cannot_be(district: District) -> None:
    taken = refused(district.schedule)
    assert taken == f"“代表活动中心”在 2020-03-10 09:30 已有连线(事项 {district.link})。请换一个时间。"
    one = {"tier": "home", "name": "乙街道代表之家", "organ": district.keeper.id}
    assert refused(lambda: district.schedule(sites=[one])) == "连线至少要两个连线点,现在是 1 个。"
    assert refused(lambda: district.schedule(sites=[one, one])) == "连线点“乙街道代表之家”写了两次。"
    assert refused(lambda: district.schedule(on="2020-03-01")) == "2020-03-01 已经过去,不能安排连线。"
    second = district.schedule(at="14:00")
    time = {"on": "2020-03-10", "at": "09:30", "address": "https://video.jiangbei.example/r/7"}
    assert refused(lambda: district.act("改期", matter=second, **time)) == taken
    district.act("改期", matter=second, **{**time, "on": "2020-03-12"})
    assert district.world.matter(second).payload["on"] == date(2020, 3, 12)
    district.act("取消连线", matter=second, off_for="设备检修")
    assert "https" not in str(district.world.matter(second).payload)


def test_what_check_ins_and_records_cannot_be(district: District) -> None:
    act, other = district.act, district.world.actor("deputy", person=district.other)
    early = "连线定在 2020-03-10,今天是 2020-03-02,还不能登记。"
    assert refused(lambda: act("签到", district.own, site=1)) == early
    assert refused(lambda: act("记录连线", people=1, record="无")) == early
    district.world.go_to(date(2020, 3, 10))
    assert refused(lambda: act("记录连线", people=1, record="无")) == "还没有代表签到,不能记录连线。没有举行的请取消。"
    assert refused(lambda: act("签到", site=3, present=[district.deputy.id])) == (
        "没有第 3 个连线点。连线点有:1 代表活动中心、2 甲街道代表之家。"
    )
    assert refused(lambda: act("签到", district.own, site=1, present=[district.other.id])) == (
        "代表只为本人签到,“到场代表”请留空。"
    )
    assert refused(lambda: act("签到", site=1)) == "请写明到场代表。"
    with pytest.raises(RendaError) as caught:
        act("签到", other, site=1)
    assert caught.value.code == "matter.unknown"
    act("签到", district.own, site=1)
    assert refused(lambda: act("签到", district.own, site=2)) == "代表甲已经签到。"
    assert "群众人次不能小于 0,现为 -1。" in refused(lambda: act("记录连线", people=-1, record="无"))
    raised = [{"title": "扰民", "detail": "电话 13900000000", "contact": district.deputy.id}]
    assert refused(lambda: act("记录连线", people=1, record="无", raised=raised)) == (
        "里面有像电话号码或身份证号的数字(139…)。这里不记这些,请删去。"
    )
    assert district.world.matter(district.link).state == "scheduled"
    district.world.go_to(date(2020, 3, 11))
    late = "连线定在 2020-03-10,今天是 2020-03-11,代表只能当天签到。"
    with_two = district.schedule(on="2020-03-11", at="10:00", participants=[district.deputy.id, district.other.id])
    act("签到", other, with_two, site=1)
    district.world.go_to(date(2020, 3, 12))
    assert refused(lambda: act("签到", district.own, with_two, site=1)) == late.replace("3-10", "3-11").replace(
        "今天是 2020-03-11", "今天是 2020-03-12"
    )


def test_a_districts_file_has_one_centre_and_each_tier_once() -> None:
    span = {"n": 5, "unit": "working_day"}
    home = {"code": "home", "label": "家", "fact": "station.activity"}
    centre = {"code": "centre", "label": "中心", "fact": "activity.attended", "top": True}
    wrong = {
        "层级 home 写了两次。编号不能重复。": [centre, home, home],
        "中心应恰好一个层级,现在有 0 个。": [home],
        "家的应有数量应不小于 1,现为 0。": [centre, {**home, "expected": 0}],
    }
    for said, tiers in wrong.items():
        told = refused(lambda tiers=tiers: VideoLink.Params().read({"tiers": tiers, "route": span, "answer": span}))  # type: ignore[misc]
        assert said in told


def test_the_address_of_the_call_leads_there_and_no_other_text_does() -> None:
    given = "https://video.jiangbei.example/r/7"
    known, reader = fields_of(Link), Reader("jiangbei", None, {})
    assert reader.value(known["address"], given).href == given
    assert reader.value(known["address"], "javascript:alert(1)").href == ""
    assert reader.value(known["title"], given).href == ""
