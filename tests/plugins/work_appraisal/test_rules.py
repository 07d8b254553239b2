"""What the rule refuses, word for word, and where the two votes lead."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest
from kernel.conftest import refusal
from plugins.work_appraisal.conftest import CODE, DISTRICTS, MEETING, Life
from sqlalchemy import select

from renda import RendaError
from renda.model import NoticeRow
from renda.schema import Schema
from renda.services import scores
from renda.services.reading import DistrictRecords
from renda_plugins.work_appraisal import WorkAppraisal


def test_the_plan_is_fixed_45_days_before_the_sitting(life: Life) -> None:
    life.world.go_to(date(2021, 5, 11))
    said = refusal(life.begun)
    assert said.message == "评议方案最迟应在 2021-05-10 确定(2021-06-24 会议以前),今天是 2021-05-11。请改到下次会议。"
    life.world.go_to(date(2021, 5, 10))
    life.begun()


def test_two_organs_a_year_and_none_twice_at_a_time(life: Life) -> None:
    first = life.begun()
    said = refusal(life.begun)
    assert said.message == f"市甲局正在评议(事项 {first}),办结以后才能再次评议。"
    other = {"organ": life.world.organ("市乙局").id, "official": life.world.official("局长乙", "市乙局").id}
    life.begun(**other)
    third = {"organ": life.world.organ("市丙局").id, "official": life.world.official("局长丙", "市丙局").id}
    said = refusal(lambda: life.begun(**third))
    assert said.message == "2021 年度已确定评议 2 个单位,最多 2 个。"


def test_the_group_has_nobody_of_the_organ_and_the_head_is_of_today(life: Life) -> None:
    other = life.world.official("局长乙", "市乙局").id
    said = refusal(lambda: life.begun(official=other))
    assert said.message == "局长乙今天不在市甲局任职。请写现任负责人。"
    own = life.world.official("副局长甲", "市甲局").id
    said = refusal(lambda: life.begun(members=[own]))
    assert said.message == "副局长甲在市甲局任职,不能参加对本单位的调查。"
    said = refusal(lambda: life.begun(members=[life.members[0]]))
    assert said.message == "委员1已是组长,不必再列为成员。"


def test_problems_are_fed_back_word_for_word_after_enough_inquiries(life: Life) -> None:
    life.investigating()
    life.looked_into(2)
    said = refusal(lambda: life.does("feed_back", problems=["学位不够"]))
    assert said.message == "调查至少 3 次才能反馈问题,现有 2 次。"
    life.looked_into(1)
    said = refusal(lambda: life.does("feed_back", problems=["学位不够", "学位不够"]))
    assert said.message == "第 1 条与第 2 条文字相同。原话照录,重复的只列一次。"
    life.does("feed_back", problems=["办一件事跑三趟!", "学位不够"])
    with life.world.reading() as desk:
        paper = desk.session.scalars(select(NoticeRow).where(NoticeRow.genre == "函")).one()
        assert paper.paragraphs[1:] == ["1. 办一件事跑三趟!", "2. 学位不够"]
        assert paper.recipients == ["市甲局"]


def test_the_report_waits_until_everything_is_put_right(life: Life) -> None:
    life.rectifying()
    said = refusal(lambda: life.does("report", life.organ, rectification="报告"))
    assert said.message == "还有 2 条问题、1 条评议意见没有整改,不能报送整改情况报告。"
    problem = life.items("problem")[0]
    life.put_right()
    life.does("return_problem", on=problem, grounds="没有到位")
    said = refusal(lambda: life.does("report", life.organ, rectification="报告"))
    assert said.message == "还有 1 条问题、0 条评议意见没有整改,不能报送整改情况报告。"


def test_measured_before_the_sitting_is_refused(life: Life) -> None:
    life.fed_back()
    said = refusal(lambda: life.does("put_quality", report="报告"))
    assert said.message == "2021-06-24 的会议还没有召开,不能测评。"


def test_both_satisfied_is_twice_satisfied_and_half_of_all_is_not_enough(life: Life) -> None:
    life.measuring()
    # Four of nine are not more than half of all members, though nobody marked anything else.
    life.voted(4)
    assert life.world.matter(life.number).payload["quality_grade"] == "不满意"
    life.does("send", opinions=["年内见效"])
    life.put_right()
    life.does("report", life.organ, rectification="报告")
    life.does("put_result")
    life.voted(5, 4)
    assert life.state() == "closed"
    with life.world.reading() as desk:
        kept = scores.latest(desk, life.number)
        assert kept is not None
        assert kept.explained["label"] == "双满意"
        answers = [part["value"] for part in kept.explained["parts"]]
        assert answers == ["b:0", "b:1"]
        fact = DistrictRecords(desk).facts("appraisal.result", since=MEETING, until=life.world.day)[0]
        assert fact.number is not None
        assert (fact.subject.name, fact.number.value) == ("局长甲", "不满意")


def test_dissatisfied_means_once_more_and_then_the_chairpersons_decide(life: Life) -> None:
    life.voting()
    life.voted(0, 9)
    assert life.state() == "rectifying"
    life.does("report", life.organ, rectification="再次报告")
    life.does("put_result")
    life.voted(0, 8)
    assert life.state() == "deadlocked"
    life.does("go_on", life.chair, grounds="再给三个月")
    life.does("report", life.organ, rectification="第三次报告")
    life.does("put_result")
    life.voted(0, 9)
    life.does("escalate", life.chair, measure="inquiry", grounds="整改不力")
    assert life.state() == "escalated"


def test_only_members_measure_where_the_district_says_so(life: Life) -> None:
    life.measuring()
    said = refusal(lambda: life.voted(5, guests=[life.world.person("镇人大主席丙").id]))
    assert "镇人大主席丙在 2021-06-24 不是常委会组成人员,不能参加" in said.message


def test_those_invited_measure_too_where_the_district_says_so_and_all_who_came_are_the_base(wider: Life) -> None:
    guests = [wider.world.person(f"镇人大主席{name}").id for name in "丙丁戊"]
    wider.measuring()
    # Six of nine members, but not more than half of the twelve who came.
    wider.voted(6, 6, guests)
    assert wider.world.matter(wider.number).payload["quality_grade"] == "不满意"
    wider.does("send", opinions=["年内见效"])
    wider.put_right()
    wider.does("report", wider.organ, rectification="报告")
    wider.does("put_result")
    # Half of them dissatisfied is enough to ask for more: the rule says 半数以上, which includes the half.
    wider.voted(6, 6, guests)
    assert wider.state() == "rectifying"
    wider.does("report", wider.organ, rectification="再次报告")
    wider.does("put_result")
    wider.voted(7, 5, guests)
    assert wider.state() == "closed"


def test_a_district_that_cannot_reach_the_grade_is_told_when_its_file_is_read() -> None:
    text = (DISTRICTS / "danjiangkou" / f"{CODE}.toml").read_text(encoding="utf-8")
    params = tomllib.loads(text, parse_float=Decimal)["version"][0]["params"]
    form: Schema = WorkAppraisal.Params()
    with pytest.raises(RendaError) as caught:
        form.read({**params, "satisfied": "很满意"})
    assert "测评规则评不出“很满意”这一等次,“双满意”无从谈起。可评的有:满意、基本满意、不满意。" in caught.value.message
