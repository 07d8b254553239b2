"""What the rule refuses, word for word."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kernel.conftest import refusal
from plugins.topic_selection.conftest import CODE, GIVEN, Life

LOW = [{"criterion": code, "points": "10"} for code in ("need", "law", "feasible", "timing")]


def test_a_topic_is_chosen_only_after_enough_have_marked_it(life: Life) -> None:
    life.scoring()
    said = refusal(lambda: life.does("select", 0, life.chair, form="report", meeting_on="2021-06-01"))
    assert said.message == "议题至少要有 3 人评分才能审定,现有 0 人。"


def test_below_the_line_the_chairpersons_write_down_why(life: Life) -> None:
    life.scoring()
    life.marked(given=LOW)
    said = refusal(lambda: life.does("select", 0, life.chair, form="report", meeting_on="2021-06-01"))
    assert said.message == "平均 40.0 分,低于入选线 60 分。主任会议仍要列入的,须写明列入理由。"
    life.does("select", 0, life.chair, form="report", meeting_on="2021-06-01", chosen_for="区委交办")
    assert life.world.matter(life.topic).state == "selected"


def test_a_member_marks_once_each_line_once_and_not_beyond_it(life: Life) -> None:
    member = life.world.actor("member", person=life.members[0])
    said = refusal(lambda: life.opens("mark", life.topic, member, given=GIVEN))
    assert said.message == "还没有开始评分。请等工作人员“开始评分”。"
    life.scoring()
    life.opens("mark", life.topic, member, given=GIVEN)
    said = refusal(lambda: life.opens("mark", life.topic, member, given=GIVEN))
    assert said.message == "委员一已经评过这个议题。每人评一次。"
    other = life.world.actor("member", person=life.members[1])
    said = refusal(lambda: life.opens("mark", life.topic, other, given=GIVEN[:3]))
    assert said.message.startswith("应当逐项打分,每项一次:群众关切、法定职责、可查可督、时机合适。")
    said = refusal(lambda: life.opens("mark", life.topic, other, given=[{**GIVEN[0], "points": "36"}, *GIVEN[1:]]))
    assert said.message == "“群众关切”应在 0 至 35 分之间,现为 36。"
    said = refusal(lambda: life.opens("mark", life.topic, given=GIVEN))
    assert said.message == "请写明评分表是哪位组成人员的。"
    stranger = life.world.person("路人").id
    said = refusal(lambda: life.opens("mark", life.topic, given=GIVEN, member=stranger))
    assert said.message == "路人不是代表,不能评分。"


def test_one_organ_has_no_more_topics_than_the_rule_allows(life: Life) -> None:
    life.selected()
    others = [life.proposed(topic=f"议题{place}") for place in range(2)]
    for each in others:
        life.marked(each)
    life.does("select", others[0], life.chair, form="report", meeting_on="2021-06-01")
    said = refusal(lambda: life.does("select", others[1], life.chair, form="report", meeting_on="2021-06-01"))
    assert said.message == "同一单位一年最多 2 个议题,区教育局已有 2 个。请与已列入的议题合并。"


def test_the_same_topic_is_not_proposed_twice_and_a_year_begun_once(life: Life) -> None:
    said = refusal(life.proposed)
    assert (
        said.message == f"议题“学前教育”与已提出的议题 {life.topic} 名称、单位都相同。请补充理由后并入,不要重复提出。"
    )
    said = refusal(lambda: life.world.act(life.clerk, "begin", {"year": 2021}, practice=CODE))
    assert said.message == f"2021 年度的选题已经开始(事项 {life.plan})。请在那里继续。"


def test_nobody_looks_into_the_own_organ_and_too_little_is_not_enough(life: Life) -> None:
    life.decided()
    head = life.world.official("局长甲", "区教育局")
    people = [person.id for person in life.members]
    said = refusal(lambda: life.does("form_group", leader=head.id, members=people))
    assert said.message == "局长甲在区教育局任职,不能参加对本单位的调研。"
    said = refusal(lambda: life.does("form_group", leader=people[0], members=people))
    assert said.message == "委员一已是组长,不必再列为成员。"
    life.does("form_group", leader=people[0], members=people[1:])
    for _ in range(3):
        life.looked_into()
    said = refusal(lambda: life.does("report_findings", findings="报告"))
    assert said.message == "调研还不够实:至少 3 次、2 种方式,现有 3 次、1 种。"


def test_supervision_is_evaluated_after_every_item_is_settled(life: Life) -> None:
    life.closed()
    assert refusal(lambda: life.does("evaluate")).code == "matter.children"


def test_more_cannot_speak_than_are_present(life: Life) -> None:
    life.researched()
    said = refusal(lambda: life.does("review", reviewed_on="2021-03-01", present=20, speakers=21))
    assert "发言 21 人、出席 20 人:发言人数应在 0 至出席人数之间。" in said.message
    said = refusal(lambda: life.does("review", reviewed_on="2021-03-02", present=20, speakers=2))
    assert said.message == "审议日期 2021-03-02 晚于今天 2021-03-01,还没有审议。"


def test_the_evaluation_is_the_four_shares_by_their_weights(life: Life) -> None:
    life.evaluated()
    with life.world.reading() as desk:
        rules = desk.rulebook.practice_on(CODE, life.world.day)
        result = rules.hook.score(matter=life.world.matter(life.topic))
    parts = {part.label: part.value for part in result.parts[0].parts}
    assert parts == {"选题": 16, "调研": 25, "审议": 20, "跟踪": 15}
    assert result.value == Decimal("76.0")


def test_reports_are_due_before_the_sitting_and_the_opinion_in_time(life: Life) -> None:
    life.decided()
    with life.world.reading() as desk:
        rules = desk.rulebook.practice_on(CODE, life.world.day)
        told: Any = rules.hook.deadlines(matter=life.world.matter(life.topic), calendar=desk.calendar)
    # The sitting is on 30 April 2021; the 10th is a Saturday, so the draft is due on the Friday before.
    assert [(each.label, each.due.date) for each in told] == [
        ("报告初稿", date(2021, 4, 9)),
        ("报告定稿", date(2021, 4, 20)),
        ("审议", date(2021, 4, 30)),
    ]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2006, "2006 年度不在累计起算日 2007-01-01 以后、今年以前,不能登记。"),
        (2022, "2022 年度不在累计起算日 2007-01-01 以后、今年以前,不能登记。"),
    ],
)
def test_reports_are_entered_for_years_under_the_law_only(life: Life, year: int, said: str) -> None:
    entries = {"year": year, "reports": 1}
    assert refusal(lambda: life.world.act(life.clerk, "record_past", entries, practice=CODE)).message == said
