"""Ballots of the past in their sittings: minutes, archive and the sitting itself hold what was decided there."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from backing.balloting import DISTRICT, FILE, find_review
from backing.demo import DISTRICTS, played
from renda.documents.minutes import as_docx
from renda.errors import RendaError
from renda.model import AttendanceRow, BallotRow, ElectorRow, MeetingRow
from renda.rulebook import Rulebooks
from renda.sealing import signer_in
from renda.services import archives, ballots, chain
from renda.services.imports import Imported, import_folder
from renda.services.meetings.minutes import minutes
from renda.testing.factories import World, fresh_sqlite

VERIFY = Path(__file__).resolve().parents[2] / "tools/verify_archive.py"
ROSTER = {
    "people.csv": "code,name\n" + "".join(f"m{place:02d},委员{place}\n" for place in range(1, 10)),
    "mandates.csv": "person,since,committee_member\n"
    + "".join(f"m{place:02d},2017-01-01,是\n" for place in range(1, 10)),
    "accounts.csv": "login,name,roles\nclerk,工作人员丙,clerk\nother,主任会议,chair\n",
}
ACTS = "day,actor,action,ref,title,方式,表决人\n2020-03-02,clerk,提请,a,甲案,,\n2020-03-03,clerk,提请表决,a,,motion,member\n"
SITTINGS = (
    "day,actor,body,sitting,number,agenda,leave,reason\n"
    "2020-03-03,clerk,committee,c26,26,听取报告;表决,m02..m03,公务出差;因病\n"
)
HEAD = "day,actor,counter,ballot,sitting,practice,matter,question,rule,present,people,returned,subject,赞成,反对,弃权\n"
ASKED = "2020-03-03,clerk,other,甲,c26,review,a,,,7,,7,1,5,1,1\n"
ALONE = "2020-03-03,clerk,other,乙,c26,,,关于某事的决议,law-majority,7,,7,,4,2,1\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A district with nine members of its committee and a practice that puts matters to the vote."""
    folder = tmp_path / "districts" / "jia"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    (folder / "review.toml").write_text(FILE, "utf-8")
    made = World(fresh_sqlite(tmp_path), folder.parent, "jia", books=Rulebooks(folder.parent, find_review))
    yield made
    made.close()


def imported(world: World, folder: Path, rows: str = ASKED + ALONE, sittings: str = SITTINGS) -> Imported:
    files = {**ROSTER, "review/02-提请.csv": ACTS, "meetings/01-会议.csv": sittings, "ballots/04-表决.csv": HEAD + rows}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with world.writing() as desk:
        return import_folder(desk, folder)


def verified(world: World, meeting: int, folder: Path) -> str:
    """What the script says of a sitting's archive; it must have ended well."""
    signer = signer_in(folder / "signing.key")
    file = folder / "archive.jsonl"
    with world.reading() as desk:
        file.write_text(archives.archive(desk, meeting, signer), "utf-8")
    command = [sys.executable, "-I", str(VERIFY), str(file), signer.public.hex()]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_ballots_are_taken_in_their_sitting_by_those_who_signed_in(world: World, tmp_path: Path) -> None:
    assert imported(world, tmp_path / "data").acts == 5
    with world.reading() as desk:
        sitting = desk.session.scalars(select(MeetingRow)).one()
        asked, alone = desk.session.scalars(select(BallotRow).order_by(BallotRow.id)).all()
        assert (sitting.state, sitting.title) == ("closed", "甲区第一届人大常委会第二十六次会议")
        assert {(each.meeting_id, each.state, each.members, each.present) for each in (asked, alone)} == {
            (sitting.id, "published", 9, 7)
        }
        electors = desk.session.scalars(select(ElectorRow.person_id).where(ElectorRow.ballot_id == alone.id))
        assert sorted(electors) == [1, 4, 5, 6, 7, 8, 9]
        assert [(line.label, line.outcome) for line in ballots.closed(desk, alone).lines] == [
            ("关于某事的决议", "not_carried")
        ]
        told = minutes(desk, sitting.id)
        assert "请假:委员2、委员3" in told.paragraphs
        assert [table.rows[0] for table in told.tables[1:]] == [
            ["议题1", "5", "1", "1", "通过"], ["关于某事的决议", "4", "2", "1", "未通过"],
        ]  # fmt: skip
        reasons = {each.person_id: each.reason for each in desk.session.query(AttendanceRow) if each.reason}
        assert reasons == {2: "公务出差", 3: "因病"}
        written = Document(BytesIO(as_docx(told, sitting.day, desk.rulebook.letterheads)))
        assert "关于某事的决议" in {cell.text for table in written.tables for cell in table.column_cells(0)}
        assert chain.first_broken(desk) is None
    assert world.matter(1).state == "good"
    assert verified(world, 1, tmp_path)


def test_the_same_tables_again_with_a_sitting_more_play_that_one_alone(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path / "data")
    more = SITTINGS + "2020-05-06,clerk,committee,c27,27,,,\n"
    assert imported(world, tmp_path / "data", sittings=more).acts == 1
    with world.reading() as desk:
        assert [each.state for each in desk.session.scalars(select(MeetingRow))] == ["closed", "closed"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ASKED.replace(",7,,7", ",8,,7"),
            (
                "“present”列:到会写的是 8 人,“甲区第一届人大常委会第二十六次会议”签到、可以表决的是 7 人。"
                "请核对请假、缺席或到会人数。"
            ),
        ),
        (
            ASKED.replace("c26", "c27"),
            "“sitting”列:没有“c27”这次会议:data/meetings 里没有一行用这个 sitting,或者排在这次表决后面。",
        ),
        (
            ASKED.replace(",7,,7", ",,m01..m07,7"),
            "“people”列:写了 sitting 的表决以会议的签到为准,people 请留空。",
        ),
        (
            ALONE.replace("c26", ""),
            "“rule”列:没有提请的表决须写明在哪次会议(sitting)、题目(question)和计票办法(rule)。",
        ),
        (ALONE.replace("law-majority", "all"), ":没有“all”这种计票办法。请从列表中选择。"),
        (ASKED.replace("2020-03-03", "2020-03-04"), ":“甲区第一届人大常委会第二十六次会议”已闭会,不能再列入表决。"),
    ],
)
def test_what_does_not_agree_with_the_sitting_is_told_with_its_place(
    world: World, tmp_path: Path, rows: str, said: str
) -> None:
    with pytest.raises(RendaError) as caught:
        imported(world, tmp_path / "data", rows)
    assert caught.value.message.split("\n")[1].replace(" 第 2 行", "") == f"ballots/04-表决.csv{said}"


def test_two_sittings_of_one_name_and_reasons_that_do_not_agree_are_told(world: World, tmp_path: Path) -> None:
    twice = SITTINGS + "2020-05-06,clerk,committee,c26,27,,m01..m03,因病;公务\n"
    with pytest.raises(RendaError) as caught:
        imported(world, tmp_path / "data", sittings=twice)
    assert "第 3 行“sitting”列:已有一行会议的 sitting 是“c26”。请换一个不重复的。" in caught.value.message
    with pytest.raises(RendaError) as caught:
        imported(world, tmp_path / "data", sittings=twice.replace("c26,27", "c27,27"))
    assert "第 3 行“reason”列:请假 3 人,事由写了 2 个。请写一个共用的事由,或逐人各写一个。" in caught.value.message


def test_every_district_of_the_demonstration_has_a_sitting_of_its_committee_with_a_ballot() -> None:
    lacking = []
    for folder in sorted(path.parent for path in DISTRICTS.glob("*/district.toml")):
        sittings = {
            row["sitting"]
            for row in _rows(folder / "data/meetings/01-会议.csv")
            if row["body"] == "committee" and row["agenda"] and row["leave"] and row["reason"]
        }
        voted = {row.get("sitting") for file in (folder / "data/ballots").glob("*.csv") for row in _rows(file)}
        if not sittings & voted:
            lacking.append(folder.name)
    assert lacking == []


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def test_the_archives_of_a_district_of_the_demonstration_verify(tmp_path: Path) -> None:
    world = played("fengxian", "livelihood_projects", ballots="*")
    with world.reading() as desk:
        held = {row.meeting_id for row in desk.session.scalars(select(BallotRow)) if row.meeting_id}
        titles = [each.title for each in desk.session.scalars(select(MeetingRow).order_by(MeetingRow.day))]
    assert titles == ["上海市奉贤区第五届人民代表大会第五次会议", "上海市奉贤区第五届人大常委会第二十九次会议"]
    assert len(held) == 2
    assert all(verified(world, meeting, tmp_path) for meeting in held)
    world.close()
