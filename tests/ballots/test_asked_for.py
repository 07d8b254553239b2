"""A ballot that an action asks for is prepared with it, or neither is."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backing.balloting import DISTRICT, FILE, Hall, find_review, make_hall, refusal
from backing.databases import Database
from renda.model import AttendanceRow, BallotRow, EventRow, MandateRow, MeetingRow
from renda.rulebook import Rulebooks
from renda.services import ballots, chain
from renda.testing.factories import World, fresh_sqlite

TWO_THIRDS = (
    '[[version]]\neffective = 2020-07-01\nsource = "新办法"\n[version.params.motion]\nthreshold = "two_thirds"\n'
)


@pytest.fixture
def seated(hall: Hall) -> Hall:
    """The hall with all nine as deputies, five of them in the committee, and a matter waiting."""
    with hall.world.writing() as desk:
        for place, person in enumerate(hall.people()):
            mandate = MandateRow(person_id=person, since=date(2017, 1, 1), committee_member=place < 5)
            desk.session.add(mandate)
    return hall


def submit(hall: Hall, matter: int, bench: str = "motion", electorate: str = "member", **more: int) -> int:
    entries = {"bench": bench, "electorate": electorate, **more}
    hall.world.act(hall.clerk, "提请表决", entries, matter=matter)
    with hall.world.reading() as desk:
        return desk.session.scalars(select(BallotRow.id).order_by(BallotRow.id.desc())).first() or 0


def test_a_matter_is_put_to_the_vote_and_goes_where_the_vote_leads_it(seated: Hall) -> None:
    first, second = seated.put("甲案"), seated.put("乙案")
    number = submit(seated, first, beside=second)
    row = seated.row(number)
    assert (row.question, row.bench, row.practice, row.electorate, row.members, row.state, row.display) == (
        "是否通过", "motion", "review", "member", 5, "prepared", "direct",
    )  # fmt: skip
    assert seated.open(number, 5) == 5
    for member in range(3):
        seated.mark(number, member, "yes", "no" if member else "yes")
    closed = seated.close(number)
    assert [line.figures["comparison"]["text"] for line in closed.lines] == ["2×3 > 5", "2×1 ≤ 5"]
    assert [seated.world.matter(each).state for each in (first, second)] == ["good", "bad"]
    assert seated.world.matter(first).payload["ballot"] == number
    with seated.world.reading() as desk:
        told = desk.session.scalars(select(EventRow).where(EventRow.practice == "review").order_by(EventRow.number))
        entered = [(each.action, each.matter_id) for each in told]
        assert entered == [
            ("put", first), ("put", second), ("submit", first), ("ballot_prepare", None), ("ballot_open", None),
            ("ballot_close", None), ("settle", first), ("settle", second),
            ("ballot_publish", None),
        ]  # fmt: skip
        prepared = desk.session.scalar(select(EventRow.entries).where(EventRow.action == "ballot_prepare")) or {}
        assert (prepared["matter"], prepared["subjects"]) == (first, [f"议题{first}", f"议题{second}"])
        assert chain.first_broken(desk) is None


def test_a_ballot_is_counted_by_the_rules_of_the_matter_and_not_by_todays(tmp_path: Path) -> None:
    folder = tmp_path / "districts" / "jia"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT + "committee_size = 9\n", "utf-8")
    (folder / "review.toml").write_text(FILE + TWO_THIRDS, "utf-8")
    books = Rulebooks(folder.parent, find_review)
    world = World(fresh_sqlite(tmp_path), folder.parent, "jia", books=books)
    clerk = world.actor("clerk")
    old = world.act(clerk, "put", {"title": "旧案"}, practice="review").matter_id
    world.go_to(date(2020, 8, 3))
    new = world.act(clerk, "put", {"title": "新案"}, practice="review").matter_id
    for matter in (old, new):
        world.act(clerk, "submit", {"bench": "motion", "electorate": "member"}, matter=matter)
    with world.reading() as desk:
        kept = desk.session.scalars(select(BallotRow).order_by(BallotRow.id)).all()
        assert [(each.rules_effective, each.rule, each.members) for each in kept] == [
            (date(2018, 1, 1), {}, 9),
            (date(2020, 7, 1), {"threshold": "two_thirds"}, 9),
        ]
    world.close()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"bench": "poll"}, "没有“poll”这种表决。可用的有:measurement、motion、selection、election、questionnaire。 [ballot.no_bench]"),
        ({"electorate": "all"}, "没有“all”这种表决人。可用的有:member、deputy、invited。 [ballot.electorate]"),
        ({"bench": "selection"}, "“是否通过”的规则缺少“seats”。请补上。 [voting.missing_key]"),
        ({"beside": 999}, "表单有误:一并表决:本区县没有编号为 999 的记录。 [form.invalid]"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_leaves_neither_ballot_nor_action(seated: Hall, asked: dict[str, int], said: str) -> None:
    matter = seated.put("甲案")
    wanted: dict[str, object] = {"bench": "motion", "electorate": "member", **asked}
    assert refusal(lambda: seated.world.act(seated.clerk, "submit", wanted, matter=matter)) == said
    assert seated.world.matter(matter).done_on("submit") is None
    with seated.world.reading() as desk:
        assert desk.session.scalar(select(func.count()).select_from(BallotRow)) == 0


def test_a_committee_nobody_has_registered_cannot_be_asked(hall: Hall) -> None:
    matter = hall.put("甲案")
    assert refusal(lambda: submit(hall, matter)) == (
        "2020-03-02 名册上没有在任的常委会组成人员,区县文件也没有写常委会组成人员名额,算不出全体人数。"
        "请先登记代表资格,或在 district.toml 写明 committee_size。 [ballot.no_members]"
    )


def test_all_members_are_those_of_the_day_of_the_vote(seated: Hall) -> None:
    number = submit(seated, seated.put("甲案"))
    with seated.world.writing() as desk:
        leaving = desk.session.scalar(select(MandateRow).where(MandateRow.person_id == seated.people()[4]))
        assert leaving is not None
        leaving.until = date(2020, 3, 31)
    seated.world.go_to(date(2020, 4, 1))
    assert refusal(lambda: seated.open(number, 5)) == (
        "委员甲5在 2020-04-01 不是常委会组成人员,不能参加“是否通过”。请核对签到。 [ballot.outside]"
    )
    with seated.world.writing() as desk:
        assert (
            refusal(lambda: ballots.open_ballot(desk, seated.clerk, number, keys=seated.keys, present=[999]))
            == "没有编号为 999 的人员。 [party.unknown]"
        )
    assert seated.open(number, 4) == 4
    assert seated.row(number).members == 4


def test_who_sits_in_has_no_vote(seated: Hall) -> None:
    number = submit(seated, seated.put("甲案"), electorate="member")
    with seated.world.writing() as desk:
        meeting = MeetingRow(body="committee", title="第一次会议", day=desk.day, state="open", members=9)
        desk.session.add(meeting)
        desk.session.flush()
        for person in seated.people(7):
            desk.session.add(AttendanceRow(meeting_id=meeting.id, person_id=person, state="present"))
        ballots.find(desk, number).meeting_id = meeting.id
    with seated.world.writing() as desk:
        assert ballots.open_ballot(desk, seated.clerk, number, keys=seated.keys) == 5


def test_deputies_are_all_deputies_and_those_invited_are_those_who_came(seated: Hall) -> None:
    matter = seated.put("甲案")
    among = {each: submit(seated, matter, electorate=each) for each in ("deputy", "invited")}
    assert [seated.row(number).members for number in among.values()] == [9, 1]
    for number in among.values():
        seated.open(number, 6)
    assert [seated.row(number).members for number in among.values()] == [9, 6]


def test_the_office_opens_a_ballot_whoever_asked_for_it(seated: Hall) -> None:
    matter = seated.put("甲案")
    bureau = seated.world.actor("department", organ=seated.world.organ("住建局"))
    seated.world.act(bureau, "submit", {"bench": "motion", "electorate": "member"}, matter=matter)
    with seated.world.reading() as desk:
        number = desk.session.scalar(select(BallotRow.id)) or 0
        assert refusal(lambda: ballots.open_ballot(desk, bureau, number, keys=seated.keys)).endswith(
            "[ballot.not_yours]"
        )


def test_a_wrong_counting_rule_is_told_when_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "jia").mkdir()
    (tmp_path / "jia" / "district.toml").write_text(DISTRICT, "utf-8")
    wrong = FILE + '[version.params.motion]\nbase = "nobody"\n'
    (tmp_path / "jia" / "review.toml").write_text(wrong, "utf-8")
    assert refusal(lambda: Rulebooks(tmp_path, find_review).of("jia")) == (
        "jia/review.toml 自 2018-01-01 起生效的版本:表决规则(motion):表决规则的“base”不能写“nobody”。"
        "可用的有:all_members、present、issued、returned、valid。请选用其一。 [rules.params]"
    )


def test_the_next_round_asks_the_same_people(database_url: Database, tmp_path: Path) -> None:
    hall = make_hall(database_url.app_url, tmp_path / "again")
    number = hall.prepare("selection", ["甲", "乙"], {"seats": 1}, electorate="invited")
    hall.open(number, 4)
    hall.close(number)
    with hall.world.writing() as desk:
        again = ballots.find(desk, ballots.next_round(desk, hall.clerk, number))
    assert again.electorate == "invited"
    hall.world.close()
