"""The whole way of a suggestion, and what each step asks for, with a practice that brings only its ratings."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from backing.suggestions import Walk
from renda import RendaError
from renda.model import MatterRow, NoticeRow


def refused(code: str, call: Callable[..., Any], *arguments: Any, **entries: Any) -> str:
    with pytest.raises(RendaError) as refusal:
        call(*arguments, **entries)
    assert refusal.value.code == code
    return refusal.value.message


def genres(walk: Walk) -> list[str]:
    with walk.world.reading() as desk:
        return [row.genre for row in desk.session.scalars(select(NoticeRow).order_by(NoticeRow.id))]


def waits_for(walk: Walk, number: int) -> str | None:
    with walk.world.reading() as desk:
        return desk.session.get_one(MatterRow, number).waits_for


def test_a_suggestion_goes_all_the_way_from_its_proposal_to_its_close(walk_anywhere: Walk) -> None:
    walk = walk_anywhere
    number = walk.file()
    assert walk.state(number) == "filed"
    walk.world.act(walk.clerk, "受理", matter=number)
    walk.assign(number, "城管局", co=("财政局",))
    walk.organ_acts(number, "财政局", "receive")
    walk.organ_acts(number, "财政局", "give_opinion", opinion="经费可以安排")
    walk.replied(number)
    assert walk.state(number) == "answered"
    walk.rate(number, answer_level="满意")
    assert (walk.state(number), walk.state(walk.part(number, "城管局"))) == ("implementing", "implementing")
    walk.reported(number)
    walk.rate(number, implementation_level="基本满意")
    matter = walk.world.matter(number)
    assert matter.state == "closed"
    assert [(each["stage"], each["level"]) for each in matter.payload["ratings"]] == [
        ("answer", "满意"),
        ("implementation", "基本满意"),
    ]
    assert genres(walk) == ["交办单", "交办单", "答复函"]


def test_at_each_step_the_suggestion_waits_for_the_one_whose_turn_it_is(walk: Walk) -> None:
    number = walk.file()
    proposer, organ = walk.world.deputy("代表甲").key, walk.world.organ("城管局").key
    assert waits_for(walk, number) == "role:clerk"
    walk.world.act(walk.clerk, "accept", matter=number)
    walk.assign(number, "城管局")
    assert (waits_for(walk, number), waits_for(walk, walk.part(number, "城管局"))) == (None, organ)
    walk.replied(number)
    assert (waits_for(walk, number), waits_for(walk, walk.part(number, "城管局"))) == (proposer, None)
    walk.rate(number, answer_level="满意")
    assert waits_for(walk, walk.part(number, "城管局")) == organ


def test_a_reply_waits_for_the_opinions_of_all_co_handlers(walk: Walk) -> None:
    number = walk.handled(co=("财政局", "交通局"))
    walk.organ_acts(number, "财政局", "receive")
    walk.organ_acts(number, "财政局", "give_opinion", opinion="同意")
    message = refused("suggestion.opinions_missing", walk.replied, number)
    assert message == "会办意见尚未到齐,还不能答复。尚缺:交通局。"
    walk.organ_acts(number, "交通局", "receive")
    walk.organ_acts(number, "交通局", "give_opinion", opinion="同意")
    walk.organ_acts(number, "城管局", "reply", result_class="A", reply_text="已办", signed_by="局长乙")
    assert walk.state(number) == "answered"


def test_a_co_handler_gives_an_opinion_and_no_reply_and_the_lead_the_other_way_round(walk: Walk) -> None:
    number = walk.handled(co=("财政局",))
    walk.organ_acts(number, "财政局", "receive")
    walk.organ_acts(number, "城管局", "receive")
    reply = {"result_class": "A", "reply_text": "已办", "signed_by": "局长"}
    message = refused("suggestion.not_your_part", walk.organ_acts, number, "财政局", "reply", **reply)
    assert message == "“答复代表”由主办或分别办理单位办理,本单位是会办单位。"
    message = refused("suggestion.not_your_part", walk.organ_acts, number, "城管局", "give_opinion", opinion="无")
    assert message == "“提出会办意见”由会办单位办理,本单位是主办单位。"


def test_a_reply_asks_for_a_talk_with_the_deputy_first(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    reply = {"result_class": "A", "reply_text": "已办", "signed_by": "局长"}
    message = refused("suggestion.no_contact", walk.organ_acts, number, "城管局", "reply", **reply)
    assert message == "答复前须与代表沟通。请先办理“见面沟通”并记录情况。"


def test_organs_that_handle_separately_all_reply_before_the_deputy_rates(walk: Walk) -> None:
    number = walk.assign(walk.accepted(), "城管局", "交通局", mode="separate")
    walk.replied(number, "城管局")
    assert walk.state(number) == "handling"
    walk.replied(number, "交通局", result_class="B", commitment="明年建成", commitment_year=2021)
    assert walk.state(number) == "answered"
    assert walk.world.matter(number).payload["result_class"] == "B"
    walk.rate(number, answer_level="满意")
    walk.reported(number, "城管局")
    assert walk.state(number) == "implementing"
    walk.reported(number, "交通局")
    assert walk.state(number) == "implemented"


@pytest.mark.parametrize(
    ("leads", "co", "mode", "code"),
    [
        (("城管局", "交通局"), (), "lead", "suggestion.one_lead"),
        (("城管局",), (), "separate", "suggestion.several_separate"),
        (("城管局", "交通局"), ("财政局",), "separate", "suggestion.several_separate"),
        (("城管局",), ("城管局",), "lead", "suggestion.organ_twice"),
    ],
)
def test_organs_that_do_not_fit_together_are_not_handed_anything(
    walk: Walk, leads: tuple[str, ...], co: tuple[str, ...], mode: str, code: str
) -> None:
    number = walk.accepted()
    with pytest.raises(RendaError) as refusal:
        walk.assign(number, *leads, co=co, mode=mode)
    assert refusal.value.code == code
    assert walk.state(number) == "accepted"
    assert walk.world.matter(number).children() == []
    assert genres(walk) == []


def test_a_class_that_promises_asks_what_and_for_which_year(walk: Walk) -> None:
    number = walk.handled()
    message = refused("suggestion.commitment_needed", walk.replied, number, result_class="B")
    assert message == "B类(计划解决)的答复须写明承诺事项和承诺年份。"
    reply = {"result_class": "B", "reply_text": "计划", "signed_by": "局长", "commitment": "建成"}
    message = refused("form.invalid", walk.organ_acts, number, "城管局", "reply", **reply)
    assert message == "表单有误:承诺年份:承诺事项和承诺年份须一并填写。"
    message = refused(
        "suggestion.commitment_past", walk.organ_acts, number, "城管局", "reply", **reply, commitment_year=2019
    )
    assert message == "承诺年份 2019 早于今年。请写今年或以后的年份。"
    walk.organ_acts(number, "城管局", "reply", **reply, commitment_year=2021)
    walk.rate(number, answer_level="满意")
    assert walk.due(walk.part(number, "城管局"), "报告落实") == date(2021, 12, 31)


def test_dissatisfaction_needs_a_reason_and_leads_to_handling_again(walk: Walk) -> None:
    number = walk.answered()
    message = refused("suggestion.reason_missing", walk.rate, number, answer_level="不满意")
    assert message == "评价为不满意的,必须写明理由,以便二次办理。"
    walk.rate(number, answer_level="不满意", answer_reason="没有修")
    assert walk.state(number) == "redoing"
    part = walk.world.matter(walk.part(number, "城管局"))
    assert (part.state, part.payload["redo_reason"]) == ("redoing", "没有修")
    assert genres(walk)[-1] == "二次办理通知"
    walk.organ_acts(number, "城管局", "redo", second_reply="这次修好了", signed_by="局长乙")
    assert walk.state(number) == "answered"
    walk.rate(number, answer_level="满意")
    assert walk.state(number) == "implementing"


def test_after_the_last_round_the_chairpersons_meeting_decides(walk: Walk) -> None:
    number = walk.rate(walk.answered(), answer_level="满意")
    walk.rate(walk.reported(number), implementation_level="不满意", implementation_reason="又坏了")
    walk.organ_acts(number, "城管局", "redo", second_reply="再修", signed_by="局长乙")
    assert walk.state(number) == "implemented"
    walk.rate(number, implementation_level="不满意", implementation_reason="还是坏的")
    assert walk.state(number) == "deciding"
    decision = {"decision": "carry_over", "decision_note": "明年改造"}
    message = refused("suggestion.carry_until", walk.world.act, walk.chair, "decide", decision, matter=number)
    assert message == "跨年督办须写明督办至哪一天,且晚于今天。"
    walk.world.act(walk.chair, "decide", {**decision, "carry_until": date(2021, 6, 30)}, matter=number)
    part = walk.part(number, "城管局")
    assert walk.due(part, "二次办理") == date(2021, 6, 30)
    walk.organ_acts(number, "城管局", "redo", second_reply="改造完成", signed_by="局长乙")
    walk.rate(number, implementation_level="满意")
    assert walk.state(number) == "closed"


@pytest.mark.parametrize(("decision", "state"), [("focus", "redoing"), ("accept", "implementing")])
def test_the_meeting_may_choose_priority_or_accept_the_explanation(walk: Walk, decision: str, state: str) -> None:
    number = walk.rate(walk.answered(), answer_level="不满意", answer_reason="没有修")
    walk.organ_acts(number, "城管局", "redo", second_reply="修了", signed_by="局长乙")
    walk.rate(number, answer_level="不满意", answer_reason="还是没有修")
    walk.world.act(walk.chair, "decide", {"decision": decision, "decision_note": "理由"}, matter=number)
    assert walk.state(number) == state
    assert bool(walk.world.matter(number).payload.get("focus")) is (decision == "focus")
    walk.reported(number) if state == "implementing" else walk.organ_acts(
        number, "城管局", "redo", second_reply="修好了", signed_by="局长乙"
    )


def test_priority_is_supervised_again_and_again_within_its_span(walk: Walk) -> None:
    number = walk.handled()
    leader = walk.world.deputy("副主任丙", committee_member=True)
    walk.world.act(walk.chair, "choose_focus", {"focus_leader": leader.id}, matter=number)
    assert walk.due(number, "重点督办") == date(2020, 6, 2)
    walk.world.go_to(date(2020, 4, 1))
    actor = walk.world.actor("member", person=leader)
    walk.world.act(actor, "supervise", {"supervision": "现场察看"}, matter=number)
    assert walk.due(number, "重点督办") == date(2020, 7, 1)


def test_nobody_but_the_proposer_may_rate_and_no_stage_may_be_skipped(walk: Walk) -> None:
    number = walk.answered()
    message = refused("matter.not_yours", walk.rate, number, "代表乙", answer_level="满意")
    assert message == "“评价答复”由提出人办理,您没有这个身份。"
    actor = walk.as_deputy("代表甲")
    form = {"implementation_level": "满意"}
    message = refused("matter.not_now", walk.world.act, actor, "rate_implementation", form, matter=number)
    assert message == (
        "现在不能“评价落实”:事项处于“待评价答复”。现在可以办理:变更领衔代表、催请评价、不计评价、记录督办、评价答复。"
    )


def test_an_organ_cannot_act_on_the_part_of_another(walk: Walk) -> None:
    number = walk.handled(co=("财政局",))
    part = walk.part(number, "城管局")
    message = refused("matter.not_yours", walk.world.act, walk.as_organ("财政局"), "receive", matter=part)
    assert message == "“签收”由承办单位办理,您没有这个身份。"


def test_nobody_takes_a_step_that_only_follows_from_others(walk: Walk) -> None:
    number = walk.handled()
    refused("matter.not_yours", walk.world.act, walk.clerk, "replied", {"result_class": "A"}, matter=number)
    form = {"organ": walk.world.organ("交通局").id, "part": "lead"}
    refused(
        "matter.not_yours",
        walk.world.act,
        walk.clerk,
        "open_assignment",
        form,
        practice="suggestions",
        parent=number,
    )
