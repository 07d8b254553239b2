"""Sittings of the past: who was there, entered afterwards, in their place among the acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backing.balloting import DISTRICT, FILE, find_review
from renda.errors import RendaError
from renda.model import EventRow, MeetingRow
from renda.rulebook import Rulebooks
from renda.services import chain
from renda.services.imports import Imported, import_folder
from renda.services.meetings.listing import listed
from renda.testing.factories import World, fresh_sqlite

ROSTER = {
    "people.csv": "code,name\n" + "".join(f"m{place:02d},委员{place}\n" for place in range(1, 10)),
    "mandates.csv": "person,since,committee_member\n"
    + "".join(f"m{place:02d},2017-01-01,是\n" for place in range(1, 10)),
    "accounts.csv": "login,name,roles\nclerk,工作人员丙,clerk\n",
}
HEAD = "day,actor,body,number,place,agenda,leave,absent,people\n"
PAST = (
    "# 虚构\n" + HEAD + "2020-03-03,clerk,committee,26,会议厅,听取报告;表决,m01;m02,m03,\n"
    "2020-05-06,clerk,committee,27,,,,,m04..m09\n"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A district with nine members of its committee."""
    folder = tmp_path / "districts" / "jia"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    (folder / "review.toml").write_text(FILE, "utf-8")
    made = World(fresh_sqlite(tmp_path), folder.parent, "jia", books=Rulebooks(folder.parent, find_review))
    yield made
    made.close()


def imported(world: World, folder: Path, past: str = PAST) -> Imported:
    for name, text in {**ROSTER, "meetings/01-会议.csv": past}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with world.writing() as desk:
        return import_folder(desk, folder)


def test_past_sittings_are_played_with_who_was_there(world: World, tmp_path: Path) -> None:
    assert imported(world, tmp_path / "data").acts == 2
    with world.reading() as desk:
        told = [(each["title"], each["day"], each["state"], each["came"], each["absent"]) for each in listed(desk)]
        assert told == [
            ("甲区第一届人大常委会第二十七次会议", "2020-05-06", "closed", 6, 3),
            ("甲区第一届人大常委会第二十六次会议", "2020-03-03", "closed", 6, 1),
        ]
        assert [each["leave"] for each in listed(desk)] == [0, 2]
        entered = select(func.count()).select_from(EventRow).where(EventRow.label == "补录会议")
        assert desk.session.scalar(entered) == 2
        assert chain.first_broken(desk) is None


def test_the_same_sittings_again_change_nothing_and_a_new_line_is_added(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path / "data")
    assert imported(world, tmp_path / "data").repeated
    more = PAST + "2020-07-01,clerk,chairpersons,3,,,,,\n"
    with pytest.raises(RendaError) as caught:
        imported(world, tmp_path / "data", more)
    assert "meetings/01-会议.csv 第 5 行:“甲区第一届人大常委会第三次主任会议”的名册是空的" in caught.value.message
    assert imported(world, tmp_path / "data", PAST + "2020-07-01,clerk,committee,28,,,,,\n").acts == 1


def test_what_is_wrong_in_a_sitting_of_the_past_is_told_with_its_place(world: World, tmp_path: Path) -> None:
    past = (
        HEAD + "2020-03-03,clerk,committee,26,,,m99,,\n"
        "2020-03-04,clerk,council,27,,,,,\n"
        "2020-03-05,clerk,committee,28,,,,,m01..m04\n"
    )
    with pytest.raises(RendaError) as caught:
        imported(world, tmp_path / "data", past)
    assert caught.value.message.split("\n")[1:] == [
        "meetings/01-会议.csv 第 2 行“leave”列:没有代码为“m99”的人员。",
        "meetings/01-会议.csv 第 3 行:没有“council”这种会议。可用的有:congress、committee、chairpersons。",
        (
            "meetings/01-会议.csv 第 4 行:现在不能“开会”:“甲区第一届人大常委会第二十八次会议”全体 9 人,在场 4 人,"
            "不足法定人数 5 人(地方组织法第五十一条)。请继续签到。"
        ),
    ]
    with world.reading() as desk:
        assert desk.session.scalar(select(func.count()).select_from(MeetingRow)) == 0
