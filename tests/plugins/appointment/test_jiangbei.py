"""江北: from the screening to the oath; who failed the exam or the vote stays where the rule says."""

from datetime import date
from decimal import Decimal
from typing import Any

from plugins.appointment.conftest import CODE

from renda.services import chain
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


def sheet(world: World, year: int) -> Any:
    until = min(date(year, 12, 31), world.day)
    with world.reading() as desk:
        answers = ask(desk, "sheets", world.day, since=date(year, 1, 1), until=until, records=DistrictRecords(desk))
        return next(each for some in answers for each in some.said if each.code == "nominations")


def test_the_nominations_of_2020_stand_with_scores_votes_and_oaths(jiangbei: World) -> None:
    told = sheet(jiangbei, 2020)
    assert [(row[0], row[3], row[4], row[5], row[-1]) for row in told.rows] == [
        ("拟任辛一", "86", 22, 13, "已宣誓就职"),
        ("拟任辛二", "52、78", 20, 13, "已宣誓就职"),
        ("拟任辛三", "55、58.5", None, None, "考试不合格"),
        ("拟任辛四", "74", 12, 13, "未获通过"),
        ("拟任辛五", "91", None, None, "已撤回"),
        ("拟任辛四", "", 11, 13, "未获通过"),
        ("拟任辛六", "83", 21, 13, "已宣誓就职"),
    ]
    assert [figure.value for figure in told.figures] == [Decimal("83.3"), Decimal("60.0")]


def test_those_who_passed_are_officials_from_that_day_on(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        first, refused = (
            next(each.id for each in records.parties("person", jiangbei.day) if each.name == name)
            for name in ("拟任辛一", "拟任辛四")
        )
        post = records.post(first, date(2020, 5, 28))
        assert post is not None
        assert (post[0], post[1].name) == ("副主任", "演示单位甲(虚构)")
        assert records.post(first, date(2020, 5, 27)) is None
        assert records.post(refused, jiangbei.day) is None


def test_in_2026_one_stands_at_each_step(jiangbei: World) -> None:
    assert [row[-1] for row in sheet(jiangbei, 2026).rows] == [
        "待宪法宣誓",
        "待法律知识考试",
        "待补考",
        "待资格初审",
    ]


def test_who_was_removed_left_the_roster_that_day_and_a_resignation_waits(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        told = [each.text for each in records.facts("appointment.removed", since=date(2026, 1, 1), until=jiangbei.day)]
        assert told == ["免去拟任辛二的演示单位乙(虚构)副主任职务:已免职"]
        first, second = (
            next(each.id for each in records.parties("person", jiangbei.day) if each.name == name)
            for name in ("拟任辛一", "拟任辛二")
        )
        assert [post for post, _ in records.posts(second, date(2026, 11, 20))] == ["副主任"]
        assert records.posts(second, date(2026, 11, 21)) == []
        assert [post for post, _ in records.posts(first, jiangbei.day)] == ["副主任"]
        (waiting,) = records.matters(CODE, "removal", states=("filed",))
        assert waiting.title == "接受拟任辛一辞去演示单位甲(虚构)副主任职务的请求"


def test_the_record_is_whole(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        assert chain.first_broken(desk) is None
