"""The one door: what it refuses, in which words, and that a refusal leaves nothing behind."""

from collections.abc import Callable
from typing import Any

import pytest
from kernel.conftest import Town, Towns, refusal
from sqlalchemy import func, select

from renda.model import EventRow, MatterPartyRow, MatterRow, NoticeRow, ScoreRow
from renda.services import reading

TABLES = (EventRow, MatterPartyRow, MatterRow, NoticeRow, ScoreRow)


def rows(town: Town) -> list[int | None]:
    """How many rows each table of matters has in the district."""
    with town.reading() as desk:
        return [desk.session.scalar(select(func.count(table.id))) for table in TABLES]


def unknown_matter(town: Town) -> object:
    return town.act(town.clerk, "assign", {}, matter=99)


def unknown_action(town: Town) -> object:
    return town.act(town.clerk, "飞行", {}, matter=town.propose())


def opening_on_a_matter(town: Town) -> object:
    return town.act(town.clerk, "提出建议", {}, matter=town.propose())


def unknown_opening(town: Town) -> object:
    return town.act(town.clerk, "assign", {}, practice="suggestions")


def not_in_force(town: Town) -> object:
    return town.act(town.clerk, "propose", {}, practice="elections")


def somebody_else(town: Town) -> object:
    stranger = town.actor("deputy", person=town.person("代表乙二"))
    return town.act(stranger, "rate", {"grade": "A"}, matter=town.answered())


def wrong_role(town: Town) -> object:
    return town.act(town.proposer, "交办", {}, matter=town.propose())


def too_early(town: Town) -> object:
    return town.act(town.proposer, "rate", {"grade": "A"}, matter=town.propose())


def too_late(town: Town) -> object:
    return town.act(town.clerk, "withdraw", matter=town.closed())


def stale(town: Town) -> object:
    return town.act(town.clerk, "withdraw", matter=town.propose(), expected=0)


def children_open(town: Town) -> object:
    number = town.propose()
    town.assign(number)
    return town.act(town.bureau, "answer", {"result": "A", "answer": "好"}, matter=number)


def around_wrong(town: Town) -> object:
    entries = {"helper": town.organ("城管局").id, "title": "清扫"}
    return town.act(town.clerk, "share", entries, practice="suggestions", parent=town.propose())


def without_parent(town: Town) -> object:
    return town.act(town.clerk, "请求会办", {}, practice="suggestions")


def unknown_parent(town: Town) -> object:
    return town.act(town.clerk, "share", {}, practice="suggestions", parent=99)


def missing_entries(town: Town) -> object:
    return town.act(town.proposer, "propose", {"title": " "}, practice="suggestions")


def unknown_entry(town: Town) -> object:
    return town.propose(colour="红")


def unknown_grade(town: Town) -> object:
    return town.act(town.proposer, "rate", {"grade": "E"}, matter=town.answered())


def unknown_person(town: Town) -> object:
    return town.propose(proposer=999)


def no_deputy(town: Town) -> object:
    return town.propose(seconders=[town.person("群众丙").id])


def not_a_form(town: Town) -> object:
    return town.act(town.proposer, "propose", ["路灯"], practice="suggestions")  # type: ignore[arg-type]


REFUSED: list[tuple[Callable[[Town], Any], str, str]] = [
    (unknown_matter, "matter.unknown", "没有编号为 99 的事项,或者您不能查看它。"),
    (unknown_action, "matter.no_action", "“代表建议”没有“飞行”这个动作。可用的动作:交办、答复、评价、撤回。"),
    (opening_on_a_matter, "matter.no_action", "“代表建议”没有“提出建议”这个动作。可用的动作:交办、答复、评价、撤回。"),
    (unknown_opening, "matter.no_action", "“代表建议”没有“assign”这个动作。可用的动作:提出建议、请求会办。"),
    (not_in_force, "rules.not_in_force", "甲区 在 2020-03-02 没有施行“elections”。当日施行的有:suggestions。"),
    (somebody_else, "matter.not_yours", "“评价”由提出人办理,您没有这个身份。"),
    (wrong_role, "matter.not_yours", "“交办”由工作人员办理,您没有这个身份。"),
    (too_early, "matter.not_now", "现在不能“评价”:事项处于“已提出”。现在可以办理:交办、撤回。"),
    (too_late, "matter.not_now", "现在不能“撤回”:事项处于“办结”。现在可以办理:—。"),
    (stale, "matter.stale", "这份表单已过时:您打开之后,别人已办理过这个事项。请刷新后再办。"),
    (children_open, "matter.children", "还不能“答复”:“会办”尚未全部到达“会办完成”,例如:现场查看。"),
    (around_wrong, "matter.around", "还不能“请求会办”:它所在的“路灯”处于“已提出”,须处于“已交办”。"),
    (without_parent, "matter.needs_parent", "“会办”须在“建议”之内开启,请指明是哪一件。"),
    (unknown_parent, "matter.unknown", "没有编号为 99 的事项,或者您不能查看它。"),
    (missing_entries, "form.invalid", "表单有误:标题:必须填写。;正文:必须填写。;提出代表:必须填写。"),
    (unknown_entry, "form.invalid", "表单有误:colour:没有这一项。"),
    (unknown_grade, "form.invalid", "表单有误:评价:没有“E”这一项。可选:A、B。"),
    (unknown_person, "form.invalid", "表单有误:提出代表:本区县没有编号为 999 的记录。"),
    (not_a_form, "form.invalid", "表单有误:内容的形状不对:应为一组“名称:内容”。"),
]


@pytest.mark.parametrize(("deed", "code", "words"), REFUSED, ids=[deed.__name__ for deed, _, _ in REFUSED])
def test_a_refusal_says_what_is_wrong_and_leaves_nothing(
    jia: Town, deed: Callable[[Town], Any], code: str, words: str
) -> None:
    found = refusal(lambda: deed(jia))
    assert (found.code, found.message) == (code, words)
    before = rows(jia)
    again = refusal(lambda: jia.act(jia.proposer, "propose", {"title": "x"}, practice="suggestions"))
    assert again.code == "form.invalid"
    assert rows(jia) == before


def test_a_person_without_a_mandate_is_no_deputy(jia: Town) -> None:
    number = jia.person("群众丙").id
    found = refusal(lambda: no_deputy(jia))
    assert found.fields == {"seconders.0": f"本区县没有编号为 {number} 的记录。"}


def test_who_may_not_propose_for_another_leaves_nothing(jia: Town) -> None:
    stranger = jia.actor("deputy", person=jia.person("代表乙二"))
    said = {"title": "路灯", "text": "暗", "proposer": jia.deputy("代表甲一").id}
    before = rows(jia)
    assert refusal(lambda: jia.act(stranger, "propose", said, practice="suggestions")).code == "matter.not_yours"
    assert rows(jia) == before


def test_an_action_is_taken_by_its_name_or_its_label(jia: Town) -> None:
    one, other = jia.propose(), jia.propose()
    jia.act(jia.clerk, "withdraw", matter=one)
    jia.act(jia.clerk, "撤回", matter=other)
    assert [jia.matter(number).state for number in (one, other)] == ["withdrawn", "withdrawn"]


def test_an_action_keeps_its_form_its_day_its_parties_and_its_paper(jia: Town) -> None:
    number = jia.propose(households="12", seconders=[], shares={"市级": "0.5"}, wish={"n": 3, "unit": "month"})
    jia.assign(number)
    matter = jia.matter(number)
    assert matter.payload["households"] == 12
    assert str(matter.payload["shares"]["市级"]) == "0.5"
    assert matter.payload["wish"].text == "3个月"
    assert matter.done_on("assign") == jia.day
    assert matter.done_on("rate") is None
    assert [party.name for party in matter.all_parties("assignee")] == ["住建局"]
    with jia.reading() as desk:
        paper = desk.session.scalars(select(NoticeRow)).one()
        row = reading.find(desk, number)
    assert (paper.genre, paper.year, paper.serial, paper.recipients) == ("交办单", 2020, 1, ["住建局"])
    assert (row.waits_for, str(row.due_on), row.version) == (jia.organ("住建局").key, "2020-03-30", 2)


def test_a_form_sent_twice_is_done_once(jia: Town) -> None:
    said = {"title": "路灯", "text": "暗", "proposer": jia.deputy("代表甲一").id}
    first = jia.act(jia.proposer, "propose", said, practice="suggestions", submission="form-1")
    before = rows(jia)
    second = jia.act(jia.proposer, "propose", said, practice="suggestions", submission="form-1")
    assert (first.repeated, second.repeated) == (False, True)
    assert (second.matter_id, second.event_number) == (first.matter_id, first.event_number)
    assert rows(jia) == before


def test_two_districts_may_use_the_same_token(towns: Towns) -> None:
    for town in (towns.jia, towns.yi):
        said = {"title": "路灯", "text": "暗", "proposer": town.deputy("代表甲一").id}
        outcome = town.act(town.proposer, "propose", said, practice="suggestions", submission="form-1")
        assert not outcome.repeated


def test_what_nobody_may_see_is_unknown(jia: Town) -> None:
    number = jia.propose(secret=True)
    stranger = jia.actor("auditor")
    assert refusal(lambda: jia.act(stranger, "withdraw", matter=number)).code == "matter.unknown"
    share = jia.assign(number)
    assert refusal(lambda: jia.act(stranger, "finish", matter=share)).code == "matter.unknown"
    opening = {"practice": "suggestions", "parent": number}
    assert refusal(lambda: jia.act(stranger, "share", {}, **opening)).code in {"matter.unknown", "matter.not_yours"}
