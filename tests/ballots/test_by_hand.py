"""Papers of paper beside the electronic ones."""

from dataclasses import replace
from functools import partial
from typing import Any

from backing.balloting import Hall, refusal
from renda.matter import SYSTEM
from renda.services import ballots
from renda.services.ballots.standing import void_reason
from renda.sittings import SittingRules, sitting_rules_from


def hand_out(hall: Hall, number: int, *members: int) -> None:
    for member in members:
        with hall.world.writing() as desk:
            ballots.hand_paper(desk, hall.clerk, number, hall.people()[member])


def count(hall: Hall, number: int, actor: Any, **figures: Any) -> bool:
    with hall.world.writing() as desk:
        return ballots.enter_count(desk, actor, number, figures)


def rows(yes: int = 0, no: int = 0, **more: int) -> dict[str, Any]:
    return {"1": {"marks": {"yes": yes, "no": no}, **more}}


def test_both_counts_are_merged_and_of_a_named_ballot_both_subtotals_kept(hall: Hall) -> None:
    number = hall.ready(secrecy="named")
    hand_out(hall, number, 7, 8)
    for member in range(5):
        hall.mark(number, member, "yes")
    hall.stop(number)
    assert not count(hall, number, hall.clerk, returned="2", rows=rows(yes=1, no=1))
    assert count(hall, number, hall.other_clerk, returned=2, rows=rows(yes=1, no=1))
    closed = hall.close(number)
    assert (closed.lines[0].figures["yes"], closed.lines[0].figures["no"]) == (6, 1)
    assert closed.turnout["electronic"] == 5
    assert (closed.turnout["paper"], closed.turnout["paper_issued"], closed.turnout["not_pressed"]) == (2, 2, 2)
    subtotals = closed.result["subtotals"]
    assert subtotals["paper"][0]["marks"] == {"yes": 1, "no": 1, "abstain": 0}
    assert subtotals["electronic"][0]["marks"] == {"yes": 5, "no": 0, "abstain": 0}


def surplus(hall: Hall, number: int, pressing: int, rules: SittingRules | None = None) -> Any:
    """So many press, one was given a paper, two papers came back and both counters stay with it after a recount."""
    hand_out(hall, number, 8)
    for member in range(pressing):
        hall.mark(number, member, "yes")
    hall.stop(number)
    for actor in (hall.clerk, hall.other_clerk):
        assert refusal(partial(count, hall, number, actor, returned=2, rows=rows(yes=2))) == (
            "“表决甲”发出纸质票 1 张,计票单写收回 2 张,收回多于发出。请重新清点;重新清点后仍是 2 张的,"
            "勾选“已重新清点”再录入。 [ballot.hand_recount]"
        )
        with hall.world.writing() as desk:
            ballots.enter_count(desk, actor, number, {"returned": 2, "rows": rows(yes=2)}, recounted=True)
    with hall.world.writing() as desk:
        district = desk.rulebook.district
        desk.rulebook.district = replace(district, meetings=rules or district.meetings)
        return ballots.close(desk, hall.clerk, number, keys=hall.keys)


def test_more_papers_back_than_given_out_are_valid_where_the_whole_is_in_order(hall: Hall) -> None:
    closed = surplus(hall, hall.ready(), 5)
    assert closed.stands
    assert [(each["about"], each["text"]) for each in closed.result["checks"]] == [("whole", "7 ≤ 9")]
    named = surplus(hall, hall.ready(secrecy="named"), 7)
    assert named.stands
    assert (named.turnout["returned"], named.turnout["issued"], named.turnout["not_pressed"]) == (9, 9, 1)


def test_more_papers_back_than_were_issued_at_all_void_the_whole_and_say_so(hall: Hall) -> None:
    matter = hall.put("甲案")
    number = hall.ready("motion", [ballots.Subject("甲案", matter=matter)], practice="review")
    closed = surplus(hall, number, 8)
    assert not closed.stands
    assert closed.lines[0].outcome == "set_void"
    row = hall.row(number)
    assert row.state == "void"
    assert void_reason(row) == (
        "收回的票 10 张,多于发出的票 9 张(10 > 9;选举法第四十四条)。本次表决无效,没有形成结果,须重新表决。"
    )
    assert hall.world.matter(matter).state == "put"
    with hall.world.writing() as desk:
        again = ballots.find(desk, ballots.next_round(desk, hall.clerk, number))
    assert (again.round, again.rule, again.before_id) == (2, {}, number)


def test_a_district_may_lay_down_that_the_paper_box_alone_voids_the_whole(hall: Hall) -> None:
    rules = sitting_rules_from({"paper_surplus": {"voids": True, "source": "甲区表决办法第九条"}}, "[meetings]")
    number = hall.ready()
    assert not surplus(hall, number, 5, rules).stands
    assert void_reason(hall.row(number)) == (
        "收回的纸质票 2 张,多于发出的纸质票 1 张(2 > 1;甲区表决办法第九条)。本次表决无效,没有形成结果,须重新表决。"
    )


def test_a_line_is_named_in_words_where_its_count_does_not_add_up(hall: Hall) -> None:
    number = hall.ready(subjects=("任命张某",))
    hand_out(hall, number, 8)
    hall.stop(number)
    assert refusal(lambda: count(hall, number, hall.clerk, returned=1, rows=rows(yes=4))) == (
        "计票单上“任命张某”一行合计4张,与收回的1张不符。请重新清点。 [ballot.hand_sum]"
    )


def test_papers_are_refused_in_these_words(hall: Hall) -> None:
    number = hall.ready()
    hall.mark(number, 0, "yes")
    assert refusal(lambda: hand_out(hall, number, 0)) == ("委员甲1已用电子方式投票,不能再发纸质票。 [ballot.has_cast]")
    with hall.world.writing() as desk:
        assert refusal(lambda: ballots.hand_paper(desk, hall.clerk, number, 999)) == (
            "第 999 号人员不在“表决甲”的签到名单上,不能发票。 [ballot.hand_elector]"
        )
    hand_out(hall, number, 1)
    assert refusal(lambda: hall.mark(number, 1, "yes")) == (
        "您已领取“表决甲”的纸质票,请用纸质票投票。 [ballot.on_paper]"
    )
    assert refusal(lambda: count(hall, number, hall.clerk)) == (
        "现在不能“录入计票单”:“表决甲”处于“表决中”。 [ballot.not_now]"
    )
    hall.stop(number)
    assert refusal(lambda: count(hall, number, SYSTEM)) == (
        "录入计票单须用本人账号,以便两人分别计票。请先登录。 [ballot.hand_person]"
    )
    assert refusal(lambda: count(hall, number, hall.members[0])) == (
        "表决由工作人员、主任会议组织,您没有这个身份。 [ballot.not_yours]"
    )
    count(hall, number, hall.clerk, returned=1, rows=rows(yes=1))
    assert refusal(lambda: hall.close(number)) == (
        "“表决甲”发出了纸质票,须由两人分别计票;现有 1 份计票单。请补齐后再计票。 [ballot.hand_missing]"
    )
    assert not count(hall, number, hall.other_clerk, returned=1, rows=rows(no=1))
    assert refusal(lambda: hall.close(number)) == (
        "工作人员丙与工作人员丁对“表决甲”的计票不一致。请各自重新清点后再录入。 [ballot.hand_differ]"
    )
    assert count(hall, number, hall.clerk, returned=1, rows=rows(no=1))
    assert hall.close(number).lines[0].figures["no"] == 1


def test_a_sheet_nobody_needs_or_that_does_not_add_up_is_refused(hall: Hall) -> None:
    number = hall.ready()
    hall.stop(number)
    assert refusal(lambda: count(hall, number, hall.clerk)) == (
        "“表决甲”没有发出纸质票,不需要计票单。 [ballot.hand_none]"
    )
    number = hall.ready()
    hand_out(hall, number, 1)
    hall.stop(number)
    assert refusal(lambda: count(hall, number, hall.clerk, returned=2, rows=rows(yes=1))) == (
        "计票单上“议题”一行合计1张,与收回的2张不符。请重新清点。 [ballot.hand_sum]"
    )
    assert refusal(lambda: count(hall, number, hall.clerk, returned=-1)) == (
        "计票单的“returned”应为不小于0的整数,实际写的是“-1”。请重新填写。 [ballot.hand_number]"
    )
    assert refusal(lambda: count(hall, number, hall.clerk, returned=0, rows={"9": {}})) == (
        "计票单里没有“9”这一项。可用的有:1。 [ballot.hand_entry]"
    )
