"""What the rule refuses or blocks, word for word."""

from datetime import date

from kernel.conftest import refusal
from plugins.appointment.conftest import CODE, Life
from sqlalchemy import select

from renda.model import BallotRow, NoticeRow
from renda.services.reading import DistrictRecords


def paper(life: Life, genre: str) -> NoticeRow:
    with life.world.reading() as desk:
        rows = desk.session.scalars(select(NoticeRow).where(NoticeRow.genre == genre).order_by(NoticeRow.id)).all()
        desk.session.expunge_all()
    return rows[-1]


def test_a_motion_comes_seven_days_before_the_sitting(life: Life) -> None:
    life.world.go_to(date(2021, 3, 19))
    said = refusal(life.nominated)
    assert said.message == (
        "任免案最迟应在 2021-03-18 提出(2021-03-25 会议以前 7 日),今天是 2021-03-19。请改提下次会议。"
    )
    life.world.go_to(date(2021, 3, 18))
    life.nominated()


def test_an_exam_failed_is_sat_once_more_on_another_paper_and_then_blocks(life: Life) -> None:
    life.qualified()
    life.scored("59.5")
    assert life.state() == "resit"
    assert refusal(lambda: life.scored("70")).message == "补考应换试卷,A 卷已经用过。"
    life.scored("59.9", "B")
    assert life.state() == "barred"
    told = paper(life, "函")
    assert told.recipients == ["区长"]
    assert told.paragraphs == [
        "拟任甲法律知识考试 59.9 分,补考后仍低于合格线 60 分,拟任甲为区甲局副局长的任免案不提请表决。"
    ]


def test_the_pass_mark_itself_is_enough_and_more_than_full_marks_cannot_be(life: Life) -> None:
    life.qualified()
    assert refusal(lambda: life.scored("100.5")).message == "成绩应在 0 至 100 分之间,现为 100.5。"
    life.scored("60")
    assert life.state() == "examined"


def test_more_than_half_of_all_members_and_not_of_those_present(life: Life) -> None:
    life.ready()
    life.put()
    life.voted(4, 1, present=5)
    assert life.state() == "failed"
    told = paper(life, "函")
    assert told.paragraphs[0] == (
        "拟任甲为区甲局副局长的任免案得赞成票 4 票,未达到通过所需的 5 票(全体组成人员的过半数),未获通过。"
    )


def test_who_passed_holds_the_post_from_that_day_and_everybody_is_told(life: Life) -> None:
    life.passed()
    told = paper(life, "公告")
    assert told.public
    assert told.paragraphs == ["2021-03-25 常委会会议表决通过:任命拟任甲为区甲局副局长。"]
    with life.world.reading() as desk:
        records = DistrictRecords(desk)
        person = records.matters(CODE)[0].party("subject")
        assert person is not None
        assert records.post(person.id, life.world.day) == ("副局长", records.matters(CODE)[0].party("assignee"))
        assert [
            fact.code for fact in records.facts("appointment.*", since=date(2021, 1, 1), until=records.today())
        ] == ["appointment.passed"]
    said = refusal(lambda: life.nominated(meeting_on="2021-05-27"))
    assert said.message == "拟任甲已任区甲局“副局长”,不必再提请任命。"


def test_failed_twice_running_is_not_nominated_again_in_the_term(life: Life) -> None:
    life.failed()
    life.failed(meeting_on="2021-05-27")
    said = refusal(lambda: life.nominated(meeting_on="2021-07-29"))
    assert said.message == "拟任甲连续 2 次提请任区甲局“副局长”未获通过,本届内不再提名同一职务。"
    life.nominated(post="科长", meeting_on="2021-07-29")


def test_where_the_district_says_so_six_months_pass_between_two_tries(waiting: Life) -> None:
    waiting.failed()
    said = refusal(lambda: waiting.nominated(meeting_on="2021-07-29"))
    assert said.message == "拟任甲上次提请未获通过,2021-09-26 以前不得再次提名同一职务,今天是 2021-03-25。"
    waiting.world.go_to(date(2021, 9, 27))
    waiting.nominated(meeting_on="2021-11-25")


def test_a_second_nomination_beside_an_open_one_is_refused(life: Life) -> None:
    first = life.nominated()
    said = refusal(life.nominated)
    assert said.message == f"拟任甲任区甲局“副局长”已经提请(事项 {first}),尚未办结。"
    life.number = first
    life.does("withdraw", grounds="另有安排")
    life.nominated()


def test_only_who_passed_in_the_same_branch_is_exempt_from_the_exam(life: Life) -> None:
    life.qualified()
    said = refusal(lambda: life.does("exempt", exempt_for="考过"))
    assert said.message == "拟任甲本届内没有考试合格的记录,应当参加法律知识考试。"
    life.scored("75")
    life.does("withdraw", grounds="另有安排")
    life.qualified(branch="court", nominator="court", post="副院长")
    said = refusal(lambda: life.does("exempt", exempt_for="考过"))
    assert said.message == "拟任甲本届考试合格时属行政机关,现拟任审判机关,跨机关任职应当重新考试。"
    life.qualified(post="科长")
    life.does("exempt", exempt_for="考过")
    assert life.state() == "examined"


def test_nothing_is_put_to_the_vote_before_the_sitting_or_while_it_is_held(life: Life) -> None:
    life.ready()
    said = refusal(lambda: life.does("put"))
    assert said.message == "2021-03-25 的会议还没有召开,不能提请表决。"
    life.does("hold", life.chair, grounds="有反映")
    life.world.go_to(date(2021, 3, 25))
    assert refusal(lambda: life.does("put")).code == "matter.not_now"
    life.does("resume", life.chair, grounds="查无此事")
    life.does("put")
    with life.world.reading() as desk:
        assert desk.session.scalars(select(BallotRow.question)).all() == ["是否任命拟任甲为区甲局副局长"]


def test_the_letter_comes_before_the_oath_and_its_number_stands_once(life: Life) -> None:
    life.certified()
    said = refusal(lambda: life.does("swear", sworn_on="2021-03-24", place="会议厅"))
    assert said.message == "宣誓日期 2021-03-24 应在颁发任命书(2021-03-25)以后、今天(2021-03-25)以前。"
    said = refusal(lambda: life.does("swear", sworn_on="2021-03-25", place="厅", leader=life.world.person("拟任甲").id))
    assert said.message == "领誓人不能是宣誓人自己。"
    life.does("swear", sworn_on="2021-03-25", place="会议厅")
    life.ready(candidate=life.world.person("拟任乙").id, meeting_on="2021-05-27")
    life.put()
    life.voted(9)
    said = refusal(lambda: life.does("certify", life.chair, certificate="1号"))
    assert said.message == "任命书编号 1号 已经用于拟任甲。"


def test_the_oath_is_due_in_fifteen_working_days(life: Life) -> None:
    life.certified()
    with life.world.reading() as desk:
        rules = desk.rulebook.practice_on(CODE, life.world.day)
        told = rules.hook.deadlines(matter=life.world.matter(life.number), calendar=desk.calendar)
    # Qingming falls between: 3 to 5 April are days off.
    assert [(each.label, each.due.date) for each in told] == [("宪法宣誓", date(2021, 4, 16))]


def test_a_nomination_with_its_scores_is_seen_by_insiders_also_after_it_passed(life: Life) -> None:
    life.passed()
    deputy = life.world.actor("deputy", person=life.world.deputy("代表乙"))
    with life.world.reading() as desk:
        rules = desk.rulebook.practice_on(CODE, life.world.day)
        assert rules.hook.may_see(matter=life.world.matter(life.number), viewer=deputy) is False
        own = life.world.actor("department", organ=life.world.organ("区甲局"))
        assert rules.hook.may_see(matter=life.world.matter(life.number), viewer=own) is True
