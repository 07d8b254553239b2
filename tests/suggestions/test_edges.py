"""What makes a suggestion's way crooked: co-signers, screening, giving back, merging, withdrawal, secrecy, people who leave."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from backing.suggestions import Walk
from renda import Actor, RendaError
from renda.matter import ANYBODY
from renda.model import MandateRow, NoticeRow, OrganRow
from renda.services.permissions import may_see
from renda.services.reading import find, rules_of, view


def refused(code: str, call: Callable[..., Any], *arguments: Any, **entries: Any) -> str:
    with pytest.raises(RendaError) as refusal:
        call(*arguments, **entries)
    assert refusal.value.code == code
    return refusal.value.message


def last_notice(walk: Walk) -> tuple[str, list[str], str, bool]:
    with walk.world.reading() as desk:
        row = desk.session.scalars(select(NoticeRow).order_by(NoticeRow.id.desc()).limit(1)).one()
        return row.genre, list(row.recipients), "\n".join(row.paragraphs), row.public


def sees(walk: Walk, actor: Actor, number: int) -> bool:
    with walk.world.reading() as desk:
        row = find(desk, number)
        return may_see(rules_of(desk, row), view(desk, row), actor)


def resigns(walk: Walk, name: str, until: date) -> None:
    person = walk.world.deputy(name)
    with walk.world.writing() as desk:
        desk.session.scalars(select(MandateRow).where(MandateRow.person_id == person.id)).one().until = until


def test_invited_deputies_sign_one_by_one_before_a_suggestion_is_filed(walk: Walk) -> None:
    number = walk.file(invited=("代表乙", "代表丙"))
    assert walk.state(number) == "signing"
    refused("matter.unknown", walk.world.act, walk.as_deputy("代表丁"), "confirm", matter=number)
    walk.world.act(walk.as_deputy("代表丙"), "confirm", matter=number)
    assert (walk.state(number), walk.names(number, "invited")) == ("signing", ["代表乙"])
    walk.world.go_to(date(2020, 3, 5))
    walk.world.act(walk.as_deputy("代表乙"), "decline", matter=number)
    assert (walk.state(number), walk.names(number, "co-signer")) == ("filed", ["代表丙"])
    assert walk.world.matter(number).payload["filed_on"] == date(2020, 3, 5)


def test_the_proposer_need_not_wait_for_those_who_do_not_answer(walk: Walk) -> None:
    number = walk.file(invited=("代表乙",))
    walk.world.act(walk.as_deputy("代表甲"), "file_now", matter=number)
    assert (walk.state(number), walk.names(number, "co-signer")) == ("filed", [])


def test_the_proposer_cannot_be_a_co_signer_too(walk: Walk) -> None:
    message = refused("suggestion.signs_twice", walk.file, invited=("代表甲",))
    assert message == "领衔代表不能同时附议。请从附议代表中去掉代表甲。"


def test_only_a_deputy_in_office_proposes(walk: Walk) -> None:
    resigns(walk, "代表甲", date(2020, 2, 1))
    message = refused("suggestion.mandate_ended", walk.file)
    assert message == ("代表甲在 2020-03-02 没有有效的代表资格,不能提出建议。联名建议请由工作人员办理“变更领衔代表”。")


def test_refusing_needs_a_ground_of_the_rule_and_names_its_provision(walk: Walk) -> None:
    number = walk.file()
    form = {"ground": "dislike", "refusal_note": "不喜欢"}
    message = refused("form.invalid", walk.world.act, walk.clerk, "refuse", form, matter=number)
    assert message == "表单有误:不予受理的情形:没有“dislike”这一项。可选:具体案件。"
    walk.world.act(walk.clerk, "refuse", {"ground": "case", "refusal_note": "已立案"}, matter=number)
    genre, to, text, _ = last_notice(walk)
    assert (walk.state(number), genre, to) == ("inadmissible", "不予受理通知", ["代表甲代表"])
    assert "依据:某规定第九条。" in text


def test_a_text_sent_back_is_filed_anew_with_a_new_clock(walk: Walk) -> None:
    number = walk.file()
    assert walk.due(number, "审查受理") == date(2020, 3, 9)
    walk.world.act(walk.clerk, "send_back", {"wanting": "请写明路段"}, matter=number)
    walk.world.go_to(date(2020, 3, 10))
    form = {"title": "东街路灯", "facts": "东街", "wanted": "修复"}
    walk.world.act(walk.as_deputy("代表甲"), "revise", form, matter=number)
    assert (walk.world.matter(number).title, walk.due(number, "审查受理")) == ("东街路灯", date(2020, 3, 17))


def test_a_motion_becomes_a_suggestion_with_all_who_signed_it(walk: Walk) -> None:
    signers = [walk.world.deputy(name).id for name in ("代表乙", "代表丙")]
    form = {**walk.draft(), "co_signers": signers, "motion": "第3号议案"}
    number = walk.world.act(walk.clerk, "convert", form, practice="suggestions").matter_id
    assert (walk.state(number), walk.names(number, "co-signer")) == ("accepted", ["代表乙", "代表丙"])
    walk.replied(walk.assign(number, "城管局"))
    assert last_notice(walk)[1] == ["代表甲代表", "代表乙代表", "代表丙代表"]


@pytest.mark.parametrize("walk", [{"JOINT": "lead_only"}], indirect=True)
def test_where_only_the_lead_is_answered_co_signers_get_no_letter(walk: Walk) -> None:
    number = walk.file(invited=("代表乙",))
    walk.world.act(walk.as_deputy("代表乙"), "confirm", matter=number)
    walk.world.act(walk.clerk, "accept", matter=number)
    walk.replied(walk.assign(number, "城管局"))
    assert last_notice(walk)[1] == ["代表甲代表"]


def test_the_wrong_organ_gives_it_back_and_another_starts_with_its_own_clock(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    walk.organ_acts(number, "城管局", "ask_return", return_reason="属交通局职责")
    old = walk.part(number, "城管局")
    assert walk.due(old, "审批退回") == date(2020, 3, 16)
    message = refused("suggestion.needs_organ", walk.world.act, walk.clerk, "approve_return", matter=old)
    assert message == "主办(分别办理)单位退回后,必须写明改交哪个单位。"
    walk.world.go_to(date(2020, 3, 12))
    form = {"to_organ": walk.world.organ("交通局").id}
    walk.world.act(walk.clerk, "approve_return", form, matter=old)
    new = walk.part(number, "交通局")
    assert (walk.state(old), walk.state(new), walk.names(number, "lead")) == ("transferred", "delivered", ["交通局"])
    assert walk.due(new, "答复代表") == date(2020, 6, 12)
    walk.replied(number, "交通局")
    assert walk.state(number) == "answered"


def test_a_co_handler_may_be_let_go_without_another(walk: Walk) -> None:
    number = walk.handled(co=("财政局",))
    walk.organ_acts(number, "财政局", "receive")
    part = walk.organ_acts(number, "财政局", "ask_return", return_reason="不涉及经费")
    walk.world.act(walk.clerk, "approve_return", matter=part)
    assert walk.names(number, "co-handler") == []
    walk.replied(number)
    assert walk.state(number) == "answered"


@pytest.mark.parametrize(
    ("walk", "due"),
    [({"STOPS": "true"}, date(2020, 6, 9)), ({"STOPS": "false"}, date(2020, 6, 2))],
    indirect=["walk"],
)
def test_days_lost_by_a_request_that_was_refused_count_as_the_district_says(walk: Walk, due: date) -> None:
    number = walk.handled()
    part = walk.organ_acts(number, "城管局", "receive")
    walk.organ_acts(number, "城管局", "ask_return", return_reason="不属职责")
    assert walk.due(part, "答复代表") is None
    walk.world.go_to(date(2020, 3, 9))
    walk.world.act(walk.clerk, "reject_return", {"return_refusal": "三定方案写明"}, matter=part)
    assert (walk.due(part, "答复代表"), walk.world.matter(part).payload["reply_due"]) == (due, due)


def test_a_request_to_give_back_comes_too_late_after_its_span(walk: Walk) -> None:
    number = walk.handled()
    refused("suggestion.return_before_receipt", walk.organ_acts, number, "城管局", "ask_return", return_reason="x")
    walk.organ_acts(number, "城管局", "receive")
    walk.world.go_to(date(2020, 3, 12))
    message = refused("suggestion.return_late", walk.organ_acts, number, "城管局", "ask_return", return_reason="x")
    assert message == "申请退回的期限是 2020-03-11,已经超过,不再受理退回。请继续办理。"


@pytest.mark.parametrize("walk", [{"RETURN_FROM": "assignment"}], indirect=True)
def test_where_the_span_runs_from_the_hand_over_no_receipt_is_needed(walk: Walk) -> None:
    number = walk.handled()
    part = walk.organ_acts(number, "城管局", "ask_return", return_reason="不属职责")
    walk.world.act(walk.clerk, "reject_return", {"return_refusal": "属于"}, matter=part)
    assert (walk.state(part), walk.world.matter(part).payload["received_on"]) == ("received", date(2020, 3, 2))


def test_an_organ_that_was_dissolved_gets_nothing_and_its_successor_goes_on_where_it_stood(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    with walk.world.writing() as desk:
        desk.session.scalars(select(OrganRow).where(OrganRow.name == "城管局")).one().until = date(2020, 4, 1)
    walk.world.go_to(date(2020, 4, 20))
    other = walk.accepted(title="公厕")
    message = refused("suggestion.organ_ended", walk.assign, other, "城管局")
    assert message == "“城管局”在 2020-04-20 不存在或已撤销,不能承办。请改交承接其职责的单位。"
    part = walk.part(number, "城管局")
    form = {"new_organ": walk.world.organ("城管执法局").id, "change_note": "机构改革"}
    walk.world.act(walk.clerk, "change_organ", form, matter=part)
    assert walk.names(number, "lead") == ["城管执法局"]
    assert walk.due(part, "答复代表") == date(2020, 6, 2)
    assert walk.world.matter(part).title == "路灯不亮·城管执法局"
    walk.replied(number, "城管执法局")
    assert walk.state(number) == "answered"


def test_a_reply_falls_due_after_three_months_and_the_calendar_decides_about_the_last_day(walk: Walk) -> None:
    walk.world.go_to(date(2025, 11, 30))
    number = walk.handled()
    part = walk.part(number, "城管局")
    assert walk.due(part, "答复代表") == date(2026, 2, 28)
    assert walk.due(part, "签收") == date(2025, 12, 5)


def test_more_time_is_asked_once_allowed_by_the_clerk_and_told_to_the_deputies(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    asked = {"extension_months": 4, "extension_reason": "涉及面广"}
    message = refused("suggestion.extension_too_long", walk.organ_acts, number, "城管局", "ask_extension", **asked)
    assert message == "延长 4 个月后的到期日 2020-10-09 超过最长期限 2020-09-02。请缩短延期。"
    asked = {**asked, "extension_months": 3}
    part = walk.organ_acts(number, "城管局", "ask_extension", **asked)
    walk.world.act(walk.clerk, "grant_extension", matter=part)
    assert walk.due(part, "答复代表") == date(2020, 9, 2)
    genre, to, text, _ = last_notice(walk)
    assert (genre, to) == ("延期办理告知", ["代表甲代表"])
    assert "延至2020年9月2日" in text
    message = refused("suggestion.extended_before", walk.organ_acts, number, "城管局", "ask_extension", **asked)
    assert message == "这件建议已经批准延期,不能再次申请。"


def test_an_extension_that_is_not_allowed_leaves_the_clock_as_it_was(walk: Walk) -> None:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    part = walk.organ_acts(number, "城管局", "ask_extension", extension_months=1, extension_reason="忙")
    walk.world.act(walk.clerk, "refuse_extension", matter=part)
    assert walk.due(part, "答复代表") == date(2020, 6, 2)


def test_a_merged_suggestion_is_answered_once_and_each_proposer_gets_the_answer(walk: Walk) -> None:
    first, second = walk.accepted(), walk.accepted("代表乙", title="西街路灯")
    walk.assign(first, "城管局")
    walk.world.act(walk.clerk, "merge", {"into": first}, matter=second)
    assert (walk.state(second), walk.world.matter(first).payload["merged"]) == ("merged", (second,))
    walk.replied(first)
    assert last_notice(walk)[1] == ["代表甲代表", "代表乙代表"]


@pytest.mark.parametrize("target", ["self", "inadmissible", "secret", "assignment"])
def test_a_suggestion_is_not_merged_into_what_cannot_answer_it(walk: Walk, target: str) -> None:
    number = walk.accepted()
    other = walk.accepted("代表乙", title="另一件", **({"secret": True} if target == "secret" else {}))
    if target == "inadmissible":
        other = walk.file("代表乙")
    if target == "assignment":
        other = walk.part(walk.assign(other, "城管局"), "城管局")
    into = number if target == "self" else other
    why = {
        "self": "不能并入它自己",
        "inadmissible": "它不在待交办或办理中",
        "secret": "涉密与不涉密的建议不能并案",
        "assignment": "它不是本项工作的代表建议",
    }[target]
    message = refused("suggestion.merge_target", walk.world.act, walk.clerk, "merge", {"into": into}, matter=number)
    assert message == f"不能并入第 {into} 号:{why}。"


def test_withdrawing_in_writing_ends_the_work_of_all_organs(walk: Walk) -> None:
    number = walk.handled(co=("财政局",))
    walk.world.act(walk.as_deputy("代表甲"), "withdraw", {"withdrawal_letter": "问题已解决"}, matter=number)
    assert walk.state(number) == "withdrawn"
    assert {each.state for each in walk.world.matter(number).children("assignment")} == {"cancelled"}


def test_a_joint_suggestion_is_withdrawn_only_with_the_consent_of_all_who_signed(walk: Walk) -> None:
    number = walk.file(invited=("代表乙", "代表丙"))
    for name in ("代表乙", "代表丙"):
        walk.world.act(walk.as_deputy(name), "confirm", matter=number)
    letter = {"withdrawal_letter": "撤回"}
    walk.world.act(walk.as_deputy("代表乙"), "consent_to_withdraw", matter=number)
    proposer = walk.as_deputy("代表甲")
    message = refused("suggestion.consent_missing", walk.world.act, proposer, "withdraw", letter, matter=number)
    assert message == "联名提出的建议,须经全体提出人书面同意才能撤回。尚未同意:代表丙。"
    walk.world.act(walk.as_deputy("代表丙"), "consent_to_withdraw", matter=number)
    walk.world.act(proposer, "withdraw", letter, matter=number)
    assert walk.state(number) == "withdrawn"


def test_what_was_merged_into_a_suggestion_is_not_withdrawn_with_it(walk: Walk) -> None:
    first, second = walk.accepted(), walk.accepted("代表乙")
    walk.world.act(walk.clerk, "merge", {"into": first}, matter=second)
    letter = {"withdrawal_letter": "撤回"}
    refused("suggestion.consent_missing", walk.world.act, walk.as_deputy("代表甲"), "withdraw", letter, matter=first)


def test_after_the_reply_there_is_nothing_to_withdraw(walk: Walk) -> None:
    number = walk.answered()
    letter = {"withdrawal_letter": "撤回"}
    refused("matter.not_now", walk.world.act, walk.as_deputy("代表甲"), "withdraw", letter, matter=number)


def test_a_secret_suggestion_is_hidden_from_all_but_those_who_handle_it(walk: Walk) -> None:
    number = walk.handled(secret=True, co=("财政局",))
    part = walk.part(number, "城管局")
    may = [walk.clerk, walk.chair, walk.as_deputy("代表甲"), walk.as_organ("城管局"), walk.as_organ("财政局")]
    may_not = [
        walk.as_deputy("代表乙"),
        walk.as_organ("交通局"),
        walk.world.actor("member"),
        walk.world.actor("auditor"),
    ]
    for seen in (number, part):
        assert all(sees(walk, actor, seen) for actor in may)
        assert not any(sees(walk, actor, seen) for actor in (*may_not, ANYBODY))
    message = refused("matter.unknown", walk.world.act, walk.as_organ("交通局"), "receive", matter=part)
    assert message == f"没有编号为 {part} 的事项,或者您不能查看它。"
    walk.organ_acts(number, "财政局", "receive")
    walk.organ_acts(number, "财政局", "give_opinion", opinion="同意")
    walk.replied(number)
    assert last_notice(walk)[3] is False


def test_the_public_sees_what_is_closed_and_may_be_published(walk: Walk) -> None:
    number = walk.answered()
    assert not sees(walk, ANYBODY, number)
    walk.rate(number, answer_level="满意")
    walk.rate(walk.reported(number), implementation_level="满意")
    assert sees(walk, ANYBODY, number)
    kept = walk.answered(public=False, title="不公开的")
    walk.rate(walk.reported(walk.rate(kept, answer_level="满意")), implementation_level="满意")
    assert not sees(walk, ANYBODY, kept)


def test_a_draft_is_for_those_who_are_asked_to_sign(walk: Walk) -> None:
    number = walk.file(invited=("代表乙",))
    assert sees(walk, walk.as_deputy("代表乙"), number)
    assert not sees(walk, walk.as_deputy("代表丙"), number)


def test_who_resigned_does_not_rate_and_a_co_signer_takes_over(walk: Walk) -> None:
    number = walk.file(invited=("代表乙",))
    walk.world.act(walk.as_deputy("代表乙"), "confirm", matter=number)
    walk.world.act(walk.clerk, "accept", matter=number)
    walk.replied(walk.assign(number, "城管局"))
    resigns(walk, "代表甲", date(2020, 3, 10))
    walk.world.go_to(date(2020, 3, 11))
    message = refused("suggestion.mandate_ended", walk.rate, number, answer_level="满意")
    assert message.startswith("代表甲在 2020-03-11 没有有效的代表资格,不能评价。")
    stranger = {"successor": walk.world.deputy("代表丙").id}
    message = refused("suggestion.not_a_signer", walk.world.act, walk.clerk, "change_lead", stranger, matter=number)
    assert message == "只有附议代表才能接任领衔。可选:代表乙。"
    successor = {"successor": walk.world.deputy("代表乙").id}
    walk.world.act(walk.clerk, "change_lead", successor, matter=number)
    walk.rate(number, "代表乙", answer_level="满意")
    assert walk.state(number) == "implementing"


def test_after_a_new_election_who_is_elected_again_goes_on_and_who_is_not_rates_no_more(walk: Walk) -> None:
    again, gone = walk.answered(), walk.answered(proposer="代表乙")
    for name in ("代表甲", "代表乙"):
        resigns(walk, name, date(2020, 3, 10))
    elected = walk.world.deputy("代表甲").id
    with walk.world.writing() as desk:
        desk.session.add(MandateRow(person_id=elected, since=date(2020, 3, 12)))
    walk.world.go_to(date(2020, 3, 11))
    refused("suggestion.mandate_ended", walk.rate, again, answer_level="满意")
    walk.world.go_to(date(2020, 3, 12))
    walk.rate(again, answer_level="满意")
    assert walk.state(again) == "implementing"
    refused("suggestion.mandate_ended", walk.rate, gone, "代表乙", answer_level="满意")


def test_without_a_co_signer_the_reply_to_one_who_resigned_stays_unrated(walk: Walk) -> None:
    number = walk.answered()
    resigns(walk, "代表甲", date(2020, 3, 10))
    walk.world.go_to(date(2020, 3, 11))
    walk.world.act(walk.clerk, "go_unrated", {"unrated_note": "代表已辞职"}, matter=number)
    assert (walk.state(number), walk.world.matter(number).payload["answer_unrated"]) == ("implementing", True)


def test_silence_is_left_out_only_after_a_reminder_and_its_span(walk: Walk) -> None:
    number = walk.answered()
    message = refused("suggestion.reminder_early", walk.world.act, walk.clerk, "remind", matter=number)
    assert message == "评价期限是 2020-03-30,尚未超过,不必催请。"
    note = {"unrated_note": "未评价"}
    walk.world.go_to(date(2020, 4, 1))
    refused("suggestion.unrated_early", walk.world.act, walk.clerk, "go_unrated", note, matter=number)
    walk.world.act(walk.clerk, "remind", matter=number)
    assert walk.due(number, "评价答复") == date(2020, 4, 16)
    walk.world.go_to(date(2020, 4, 16))
    message = refused("suggestion.unrated_early", walk.world.act, walk.clerk, "go_unrated", note, matter=number)
    assert message == "还不能不计评价:须先催请,并等催请后的期限(2020-04-16)届满;或者代表资格已终止。"
    walk.world.go_to(date(2020, 4, 17))
    walk.world.act(walk.clerk, "go_unrated", note, matter=number)
    assert walk.state(number) == "implementing"


@pytest.mark.parametrize("walk", [{"NONRESPONSE": "waits"}], indirect=True)
def test_a_district_may_wait_for_the_rating_without_end(walk: Walk) -> None:
    number = walk.answered()
    note = {"unrated_note": "未评价"}
    message = refused("suggestion.must_wait", walk.world.act, walk.clerk, "go_unrated", note, matter=number)
    assert message == "本区县的规定是等候代表评价,不能不计评价。"
