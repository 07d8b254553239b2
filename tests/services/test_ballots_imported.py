"""Ballots of the past: played from the figures of two clerks, in their place among the acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backing.balloting import DISTRICT, FILE, find_review
from renda.errors import RendaError
from renda.model import BallotRow, EventRow, PaperRow
from renda.rulebook import Rulebooks
from renda.services import ballots, chain
from renda.services.imports import Imported, import_folder
from renda.services.imports.counts import codes_of
from renda.testing.factories import World, fresh_sqlite

ROSTER = {
    "people.csv": "code,name\n" + "".join(f"m{place:02d},委员{place}\n" for place in range(1, 10)),
    "mandates.csv": "person,since,committee_member\n"
    + "".join(f"m{place:02d},2017-01-01,{'是' if place < 8 else '否'}\n" for place in range(1, 10)),
    "accounts.csv": "login,name,roles\nclerk,工作人员丙,clerk\nother,工作人员丁,clerk\n",
}
ACTS = {
    "review/01-提请.csv": (
        "day,actor,action,ref,title,方式,表决人,一并表决\n"
        "2020-03-02,clerk,提请,a,甲案,,,\n2020-03-02,clerk,提请,b,乙案,,,\n"
        "2020-03-03,clerk,提请表决,a,,motion,member,b\n"
    ),
    "review/03-以后.csv": "day,actor,action,ref,title\n2020-03-03,clerk,提请,c,丙案\n",
}
HEAD = "day,actor,counter,ballot,practice,matter,present,returned,subject,赞成,反对,弃权,void\n"
CAST = (
    "# 虚构\n" + HEAD + "2020-03-03,clerk,other,第一次会议,review,a,6,6,议题1,5,1,0,0\n"
    "2020-03-03,clerk,other,第一次会议,review,a,,,2,3,2,,1\n"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A district where a clerk puts matters to the vote."""
    folder = tmp_path / "districts" / "jia"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    (folder / "review.toml").write_text(FILE, "utf-8")
    made = World(fresh_sqlite(tmp_path), folder.parent, "jia", books=Rulebooks(folder.parent, find_review))
    yield made
    made.close()


def written(folder: Path, cast: str = CAST) -> Path:
    for name, text in {**ROSTER, **ACTS, "ballots/02-表决.csv": cast}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def imported(world: World, folder: Path) -> Imported:
    with world.writing() as desk:
        return import_folder(desk, folder)


def test_a_ballot_of_the_past_is_counted_and_moves_its_matters(world: World, tmp_path: Path) -> None:
    assert imported(world, written(tmp_path / "data")) == Imported(roster=20, acts=5)
    with world.reading() as desk:
        row = desk.session.scalars(select(BallotRow)).one()
        assert (row.state, row.members, row.present, row.closed_at.date().isoformat() if row.closed_at else "") == (
            "published", 7, 6, "2020-03-03",
        )  # fmt: skip
        told = ballots.closed(desk, row)
        assert [(line.label, line.outcome, line.figures["yes"]) for line in told.lines] == [
            ("议题1", "carried", 5), ("议题2", "not_carried", 3),
        ]  # fmt: skip
        assert told.turnout["returned"] == 6
        assert desk.session.scalar(select(func.count()).select_from(PaperRow)) == 6 * 2
        acted = desk.session.scalars(select(EventRow.action).order_by(EventRow.number)).all()
        assert list(acted) == [
            "put", "put", "submit", "ballot_prepare", "ballot_open", "ballot_hand_papers", "ballot_stop",
            "ballot_close", "settle", "settle", "ballot_publish", "ballot_entered", "put", "import",
        ]  # fmt: skip
        assert chain.first_broken(desk) is None
    assert [world.matter(number).state for number in (1, 2)] == ["good", "bad"]


def test_a_ballot_played_before_is_passed_by_and_a_changed_figure_told(world: World, tmp_path: Path) -> None:
    folder = written(tmp_path / "data")
    imported(world, folder)
    (folder / "people.csv").write_text(ROSTER["people.csv"] + "m10,委员10\n", "utf-8")
    assert imported(world, folder) == Imported(roster=21, acts=0)
    written(folder, CAST.replace("议题1,5,1", "议题1,4,2"))
    with pytest.raises(RendaError) as caught:
        imported(world, folder)
    assert caught.value.message.split("\n")[1] == (
        "ballots/02-表决.csv 第 3 行:这一行导入之后又被改过。已办理的事不能靠改表格来改:请恢复原样,另加一行来办。"
    )


@pytest.mark.parametrize(
    ("cast", "said"),
    [
        (CAST.replace("other,第", "clerk,第"), "第 3 行“counter”列:两份计票单须由两个人录入,这里都是“clerk”。"),
        (CAST.replace("review,a,", "review,c,"), "第 3 行“matter”列:没有“c”这件事项:前面没有一行用这个 ref 开启它。"),
        (CAST.replace("议题1", "议题7"), "第 3 行“subject”列:“是否通过”的票上没有“议题7”这一项。票上有:议题1、议题2。"),
        (CAST.replace("a,6,6", "a,8,6"), "第 3 行“present”列:到会 8 人,名册上当日只有 7 人。请核对名册或到会人数。"),
        (CAST.replace("1,5,1", "1,五,1"), "第 3 行“赞成”列:应为不小于0的整数,现为“五”。"),
        (CAST.replace("1,5,1", "1,4,1"), "第 3 行:计票单上“议题1”一行合计5张,与收回的6张不符。请重新清点。"),
        (CAST.replace(",counter", ",counted"), "缺少“counter”这一列。"),
        (HEAD + "2020-03-03,clerk,other,,review,a,6,6,1,5,1,0,0\n", "第 2 行“ballot”列:必须填写。"),
        (HEAD + "2020-03-03,clerk,other,一,x,a,6,6,1,5,1,0,0\n", "第 2 行:甲区 在 2020-03-03 没有施行“x”。当日施行的有:review。"),
        (CAST + "2020-03-03,clerk,other,第二次,review,a,6,6,1,5,1,0,0\n",
         "第 5 行“matter”列:“a”没有等待表决的票:前面没有一行为它提请表决,或者已经表决过。"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_told_with_its_place_and_nothing_is_kept(
    world: World, tmp_path: Path, cast: str, said: str
) -> None:
    with pytest.raises(RendaError) as caught:
        imported(world, written(tmp_path / "data", cast))
    told = caught.value.message.split("\n")[1]
    assert told.removeprefix("ballots/02-表决.csv").removeprefix(":").strip() == said
    with world.reading() as desk:
        assert desk.session.scalar(select(func.count()).select_from(EventRow)) == 0


def test_a_row_of_codes_is_written_short() -> None:
    assert codes_of(" a01..a03 ") == ["a01", "a02", "a03"]
    assert (codes_of("z9"), codes_of("")) == (["z9"], [])
    with pytest.raises(RendaError) as caught:
        codes_of("a3..a1")
    assert caught.value.message == "“a3..a1”不是一段代码。请写成 a01..a12。"
