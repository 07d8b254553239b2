"""What the rule refuses and lets through, word for word."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.saying import refused
from renda.matter import Actor
from renda.model import AppointmentRow, NoticeRow
from renda.services import permissions, upkeep
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.duty_appraisal import DutyAppraisal

FILE = Path(__file__).parents[3] / "districts" / "yangpu" / "duty_appraisal.toml"
HEADINGS = [
    "依法履职", "执行人大决议决定", "接受人大监督", "办理代表建议和审议意见", "完成重点工作", "依法行政", "服务群众",
    "队伍建设", "廉洁自律", "存在问题和改进措施",
]  # fmt: skip
COUNTS = {"counts": {"满意": 8, "基本满意": 1, "不满意": 1}, "satisfied_count": 9, "base_count": 10, "failed": False}
FAILED = {"counts": {"满意": 2, "基本满意": 1, "不满意": 7}, "satisfied_count": 9, "base_count": 10, "failed": True}


class Town:
    """A district with two heads, a group, and verbs for what is done again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.heads = [world.official("局长甲", "甲局"), world.official("主任乙", "乙委", "主任")]
        self.group = [world.person(name).id for name in ("组长丙", "组员丁")]

    def begin(self, *officials: Any, number: int = 1, leader: int = 0, members: Any = None) -> int:
        said = {
            "number": number, "officials": [each.id for each in officials or self.heads],
            "leader": leader or self.group[0], "members": members or self.group[1:],
            "meeting": "第三十次会议", "meeting_on": "2020-06-30",
        }  # fmt: skip
        return self.world.act(self.clerk, "启动评议", said, practice="duty_appraisal").matter_id

    def done(self, actor: Actor, label: str, number: int, **entries: Any) -> None:
        self.world.act(actor, label, entries, matter=number)

    def system(self, label: str, number: int, figures: Any, then: str = "") -> None:
        entries = {"ballot": 7, "outcome": "满意", "figures": figures}
        self.world.act(self.world.actor("system"), label, entries, matter=number, then=then or None)

    def investigating(self) -> tuple[int, int, int]:
        batch = self.begin()
        self.done(self.chair, "批准评议方案", batch)
        first, second = (each.id for each in self.world.matter(batch).children("appraisal"))
        return batch, first, second

    def report(self, number: int, head: int = 0, covered: Any = HEADINGS) -> None:
        actor = self.world.actor("department", person=self.heads[head])
        self.done(actor, "提交履职报告", number, document="报告", covered=list(covered))

    def hear(self, number: int, *audiences: str, **entries: Any) -> None:
        for audience in audiences or ("leaders", "staff", "deputies", "users"):
            said = {"sort": "forum", "audience": audience, "found": "属实", **entries}
            self.world.act(self.clerk, "记录调研", said, parent=number)

    def measured(self, figures: Any = COUNTS) -> tuple[int, int]:
        """The first head of a batch measured so, the second one gone."""
        batch, first, second = self.investigating()
        self.done(self.clerk, "不再评议", second, reason="调离")
        self.hear(first)
        self.system("记录民主测评", first, COUNTS)
        self.report(first)
        self.done(self.clerk, "开会评议", batch)
        self.done(self.clerk, "记录会议报告", first, spoken="self")
        self.done(self.clerk, "提请测评", batch)
        self.system("记录会议测评", first, figures)
        return batch, first

    def rectified(self, figures: Any) -> int:
        batch, first = self.measured(figures)
        self.done(self.clerk, "形成评议报告", batch, findings="好", suggestion="用")
        self.done(self.chair, "审定报告", batch)
        self.done(
            self.world.actor("department", organ=self.world.organ("甲局")), "报送整改报告", first, measures="已改"
        )
        return first

    def due(self, number: int) -> list[tuple[str, date | None]]:
        with self.world.reading() as desk:
            row = find(desk, number)
            told = upkeep.deadlines(desk, rules_of(desk, row), view(desk, row))
            return [(each.label, each.due.date) for each in told]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\ncommittee_size = 10\n', encoding="utf-8")
    (folder / "duty_appraisal.toml").write_text(FILE.read_text("utf-8"), encoding="utf-8")
    DutyAppraisal.plugin = "duty_appraisal"
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: DutyAppraisal)
    yield Town(world)
    world.close()


def test_whose_turn_it_cannot_be_is_said(town: Town) -> None:
    town.begin(town.heads[0])
    assert refused(partial(town.begin, town.heads[1])) == "第 1 批已经启动。请改批次。"
    assert refused(partial(town.begin, town.heads[0], number=2)) == "局长甲 本届已经评议过(第 1 批),一届评议一次。"
    deputy_head = town.world.official("副局长戊", "甲局", "副局长")
    assert refused(partial(town.begin, deputy_head, number=2)) == (
        "副局长戊 在 2020-03-02 没有担任列入评议的职务(局长、主任),不能列入。"
    )
    new = town.world.official("局长己", "丙局", since=date(2019, 9, 3))
    assert refused(partial(town.begin, new, number=2)) == (
        "局长己 任“局长”自 2019-09-02 算起不满规定时间,这一批不列入。请放到以后的批次。"
    )
    second = town.heads[1]
    assert refused(partial(town.begin, second, second, number=2)) == "主任乙 在名单上写了两次。请删去一个。"
    assert refused(partial(town.begin, second, number=2, leader=second.id)) == (
        "主任乙 是这一批的被评议人员,不能参加工作小组。请换人。"
    )
    senior = town.world.official("局长庚", "丁局", since=date(2019, 9, 2))
    town.begin(senior, number=2)


def test_a_head_with_a_second_post_is_still_a_head_and_nobody_appraises_the_own_unit(town: Town) -> None:
    town.world.official("局长甲", "己中心", "兼职主任委员", since=date(2020, 1, 6))
    own = town.world.official("副局长戊", "甲局", "副局长")
    town.world.official("副局长戊", "庚协会", "理事", since=date(2020, 1, 6))
    assert refused(partial(town.begin, town.heads[0], members=[own.id])) == (
        "副局长戊 在甲局任职,不能参加对本单位负责人的评议。请换人。"
    )
    batch = town.begin(town.heads[0])
    assert [each.title for each in town.world.matter(batch).children("appraisal")] == ["局长甲(甲局)"]


def test_who_left_the_post_before_the_meeting_is_dropped_and_kept_on_record(town: Town) -> None:
    batch, first, second = town.investigating()
    for number, head in ((first, 0), (second, 1)):
        town.hear(number)
        town.system("记录民主测评", number, COUNTS)
        town.report(number, head)
    with town.world.writing() as desk:
        row = desk.session.scalars(select(AppointmentRow).where(AppointmentRow.post == "主任")).one()
        row.until = date(2020, 3, 31)
    town.world.go_to(date(2020, 6, 30))
    sitting = partial(town.done, town.clerk, "开会评议", batch)
    assert refused(sitting) == ("主任乙(乙委)今天已不担任“主任”,不能在会上评议。请先办理“不再评议”,写明理由。")
    town.done(town.clerk, "不再评议", second, reason="调离")
    sitting()
    assert town.world.matter(second).children("activity")
    assert town.world.matter(batch).state == "sitting"


def test_the_chairpersons_send_a_report_back_and_the_group_hands_it_in_again(town: Town) -> None:
    batch, first = town.measured()
    town.done(town.clerk, "形成评议报告", batch, findings="好", suggestion="用")
    town.done(town.chair, "退回修改", batch, reason="问题写得不具体")
    assert town.world.matter(first).state == "measured"
    town.done(town.clerk, "形成评议报告", batch, findings="抓落实不够", suggestion="用")
    town.done(town.chair, "审定报告", batch)
    assert town.world.matter(first).state == "rectifying"


def test_a_report_speaks_to_ten_headings_twenty_days_before_the_meeting(town: Town) -> None:
    _, first, _ = town.investigating()
    assert town.due(first) == [("提交履职报告", date(2020, 6, 10))]
    assert refused(partial(town.report, first, covered=HEADINGS[:8])) == (
        "履职报告还没有写到:廉洁自律、存在问题和改进措施。十个方面都要报告。"
    )
    assert refused(partial(town.report, first, head=1)) == f"没有编号为 {first} 的事项,或者您不能查看它。"
    town.report(first)


def test_the_meeting_waits_until_four_kinds_of_people_and_the_unit_were_heard(town: Town) -> None:
    batch, first, second = town.investigating()
    town.done(town.clerk, "不再评议", second, reason="调离")
    town.hear(first, "leaders", "users")
    assert refused(partial(town.hear, first, "staff", sessions=0)) == "场次应不少于 1,现为 0。"
    town.report(first)
    sitting = partial(town.done, town.clerk, "开会评议", batch)
    assert refused(sitting) == "“局长甲(甲局)”还没有听取:干部群众、人大代表。四类对象都听取了才能开会评议。"
    town.hear(first, "staff", "deputies")
    assert refused(sitting) == "“局长甲(甲局)”还没有作单位民主测评。背对背的测评作过了才能开会评议。"
    town.done(town.clerk, "组织民主测评", first)
    town.system("补记民主测评", first, COUNTS)
    sitting()


def test_a_batch_with_nobody_left_is_not_put_to_the_vote(town: Town) -> None:
    batch, first, second = town.investigating()
    for number in (first, second):
        town.done(town.clerk, "不再评议", number, reason="调离")
    town.done(town.clerk, "开会评议", batch)
    assert refused(partial(town.done, town.clerk, "提请测评", batch)) == (
        "这一批没有可以测评的人员。请办理“撤销批次”。"
    )
    town.done(town.chair, "撤销批次", batch, reason="都已调离")
    town.begin(number=2)


def test_the_two_ballots_are_kept_apart(town: Town) -> None:
    batch, first = town.measured({**COUNTS, "counts": {"满意": 9, "基本满意": 1, "不满意": 0}})
    held = town.world.matter(first).payload
    assert held["unit_figures"]["counts"]["满意"] == 8
    assert held["figures"]["counts"]["满意"] == 9
    assert town.due(batch) == [("形成报告", date(2020, 3, 16))]


def test_who_failed_is_measured_again_before_it_is_over(town: Town) -> None:
    first = town.rectified(FAILED)
    confirm = partial(town.done, town.clerk, "确认整改", first)
    assert refused(confirm) == "局长甲(甲局)的测评不合格,整改后要再次报告、再次测评,才能办结。"
    town.done(town.clerk, "提请再次测评", first)
    town.system("记录再次测评", first, COUNTS)
    assert refused(partial(town.done, town.clerk, "提请再次测评", first)) == (
        "局长甲(甲局)的测评没有不合格,不需要再次测评。"
    )
    confirm()
    assert town.world.matter(first).state == "closed"
    assert town.world.matter(first).payload["unit_figures"]["counts"]["满意"] == 8


def test_figures_that_are_withheld_leave_the_grade_and_nothing_breaks(town: Town) -> None:
    batch, first = town.measured({"outcome": "满意", "grade": "满意", "failed": False})
    town.done(town.clerk, "形成评议报告", batch, findings="好", suggestion="用")
    town.done(town.chair, "审定报告", batch)
    with town.world.reading() as desk:
        records = DistrictRecords(desk)
        (fact,) = records.facts("appraisal.result", since=date(2020, 1, 1), until=desk.day)
        assert (fact.text, fact.number) == ("履职评议测评:满意", None)
        papers = desk.session.scalars(select(NoticeRow).where(NoticeRow.genre == "报告")).one().paragraphs
        assert "局长甲(甲局):满意(票数不公布)。" in papers
        (sheets,) = desk.rulebook.practice_on("duty_appraisal", desk.day).hook.sheets(
            since=date(2020, 1, 1), until=desk.day, records=records
        )
        results = next(each for each in sheets if each.code == "appraisal_results")
        assert [row[3:] for row in results.rows] == [[None, None, None, None]]
    assert town.world.matter(first).state == "rectifying"


def test_a_hearing_is_not_for_the_unit_it_is_about(town: Town) -> None:
    _, first, second = town.investigating()
    town.hear(first, "leaders")
    (hearing,) = town.world.matter(first).children("activity")
    member = town.world.actor("member", person=town.world.deputy("委员辛", committee_member=True))
    seen = {
        "self": town.world.actor("department", person=town.heads[0]),
        "other": town.world.actor("department", person=town.heads[1]),
        "group": town.world.actor("reader", person=town.world.person("组长丙")),
        "member": member,
        "clerk": town.clerk,
    }
    with town.world.reading() as desk:
        rules = desk.rulebook.practice_on("duty_appraisal", desk.day)
        of_hearing = {who: permissions.may_see(rules, hearing, actor) for who, actor in seen.items()}
        of_first = {who: permissions.may_see(rules, town.world.matter(first), actor) for who, actor in seen.items()}
    assert of_hearing == {"self": False, "other": False, "group": True, "member": False, "clerk": True}
    assert of_first == {"self": True, "other": False, "group": True, "member": True, "clerk": True}
    assert second != first
