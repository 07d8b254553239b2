"""Papers of paper beside the electronic ones."""

from typing import Any

from backing.balloting import Hall, refusal
from renda.matter import SYSTEM
from renda.services import ballots


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


def test_more_papers_back_than_given_out_void_the_whole(hall: Hall) -> None:
    matter = hall.put("甲案")
    number = hall.ready("motion", [ballots.Subject("甲案", matter=matter)], practice="review")
    hand_out(hall, number, 8)
    for member in range(5):
        hall.mark(number, member, "yes")
    hall.stop(number)
    for actor in (hall.clerk, hall.other_clerk):
        count(hall, number, actor, returned=2, rows=rows(yes=2))
    closed = hall.close(number)
    assert not closed.stands
    assert [each["text"] for each in closed.result["checks"]] == ["2 > 1"]
    assert closed.lines[0].outcome == "set_void"
    assert hall.row(number).state == "void"
    assert hall.world.matter(matter).state == "put"
    with hall.world.writing() as desk:
        again = ballots.find(desk, ballots.next_round(desk, hall.clerk, number))
    assert (again.round, again.rule, again.before_id) == (2, {}, number)


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
        "计票单上“1”一行合计1张,与收回的2张不符。请重新清点。 [ballot.hand_sum]"
    )
    assert refusal(lambda: count(hall, number, hall.clerk, returned=-1)) == (
        "计票单的“returned”应为不小于0的整数,实际写的是“-1”。请重新填写。 [ballot.hand_number]"
    )
    assert refusal(lambda: count(hall, number, hall.clerk, returned=0, rows={"9": {}})) == (
        "计票单里没有“9”这一项。可用的有:1。 [ballot.hand_entry]"
    )
