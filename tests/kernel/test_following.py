"""What follows from an event happens in the same transaction, or the whole of it does not happen."""

import logging
from datetime import date
from typing import Any

import pytest
from kernel.conftest import Making, Town, refusal
from kernel.test_acting import rows
from sqlalchemy import select

from renda.model import EventRow
from renda.services import chain
from renda.services.questions import ask
from renda.services.reading import DistrictRecords


def note(town: Town, title: str, practice: str = "breaking", action: str = "记下") -> object:
    return town.act(town.clerk, action, {"title": title}, practice=practice)


def test_an_event_of_one_practice_opens_a_matter_of_another_by_the_system(making: Making) -> None:
    jia = making("notes").jia
    jia.act(jia.clerk, "withdraw", matter=jia.propose())
    with jia.reading() as desk:
        events = desk.session.scalars(select(EventRow).order_by(EventRow.number)).all()
        found = DistrictRecords(desk).matters("notes")
        assert chain.first_broken(desk) is None
    assert [(each.actor, each.practice, each.action) for each in events] == [
        ("代表甲一", "suggestions", "propose"),
        ("工作人员", "suggestions", "withdraw"),
        ("系统", "notes", "note"),
    ]
    assert [(each.title, each.state) for each in found] == [("路灯已撤回", "open")]


def test_an_event_moves_the_matters_of_another_practice(making: Making) -> None:
    jia = making("notes").jia
    jia.act(jia.clerk, "withdraw", matter=jia.propose())
    jia.closed("井盖")
    with jia.reading() as desk:
        assert [each.state for each in DistrictRecords(desk).matters("notes")] == ["filed"]


def test_only_the_system_takes_the_systems_actions(making: Making) -> None:
    jia = making("notes").jia
    number = jia.act(jia.clerk, "记下", {"title": "甲"}, practice="notes").matter_id
    found = refusal(lambda: jia.act(jia.clerk, "归档", matter=number))
    assert (found.code, found.message) == ("matter.not_yours", "“归档”由系统办理,您没有这个身份。")


def test_a_follow_without_end_is_given_up_whole(making: Making) -> None:
    jia = making("loop").jia
    before = rows(jia)
    found = refusal(lambda: note(jia, "甲", "loop"))
    assert found.code == "matter.endless"
    assert found.message == "动作“记下”引起的后续动作没有尽头,已全部撤回。请告诉插件作者。"
    assert rows(jia) == before


FAILURES = [
    ("追随时出错", "记下", "plugin.failed", "“破坏”出错,没有完成“acted”。请告诉系统管理员;日志里有详情。"),
    ("追随时乱答", "记下", "plugin.nonsense", "“破坏”对“acted”的回答不对:应为 Follow 的列表。请告诉插件作者。"),
    ("得分乱答", "记下", "score.nonsense", "“破坏”的得分不是由解释组合而成,而是 int。请告诉插件作者。"),
    ("甲", "乱答", "practice.nonsense", "breaking 的动作“乱答”应返回 Change 或 None,实际返回 str。"),
    ("甲", "乱写", "practice.unknown_entry", "breaking 的动作“乱写”写入了“elsewhere”,事项里没有这个条目。"),
    ("甲", "两可", "practice.ambiguous_state", "breaking 的动作“两可”可到 open、filed,Change.then 应指明其中之一。"),
]


@pytest.mark.parametrize(("title", "action", "code", "words"), FAILURES)
def test_a_practice_that_fails_in_an_action_leaves_nothing(
    making: Making, title: str, action: str, code: str, words: str
) -> None:
    jia = making("breaking").jia
    before = rows(jia)
    found = refusal(lambda: note(jia, title, action=action))
    assert (found.code, found.message) == (code, words)
    assert rows(jia) == before


def test_a_score_that_lies_is_refused(making: Making) -> None:
    jia = making("breaking").jia
    before = rows(jia)
    assert refusal(lambda: note(jia, "得分说谎")).code.startswith("explain.")
    assert rows(jia) == before


def test_a_rule_that_raises_is_told_in_words_and_leaves_nothing(making: Making) -> None:
    jia = making("faulty").jia
    number = jia.act(jia.clerk, "登记", {"title": "甲"}, practice="faulty").matter_id
    before = rows(jia)
    found = refusal(lambda: jia.act(jia.clerk, "弄坏", matter=number))
    assert (found.code, found.status) == ("plugin.failed", 500)
    assert found.message == "“出错的制度”出错,没有完成“弄坏”。请告诉系统管理员;日志里有详情。"
    assert rows(jia) == before


def test_a_practice_that_cannot_say_who_may_see_shows_nothing(making: Making) -> None:
    jia = making("breaking").jia
    number = jia.act(jia.clerk, "记下", {"title": "查看时出错"}, practice="breaking").matter_id
    assert refusal(lambda: jia.act(jia.clerk, "归档", matter=number)).code == "plugin.failed"


def test_one_that_fails_to_answer_fails_alone(making: Making, caplog: pytest.LogCaptureFixture) -> None:
    jia = making("breaking", "notes").jia
    note(jia, "甲", "notes")
    jia.organ("住建局")
    year: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
    with jia.reading() as desk:
        records = DistrictRecords(desk)
        answers = ask(desk, "facts", desk.day, subject=None, records=records, **year)
        assert [(each.rules.code, len(each.said)) for each in answers] == [
            ("breaking", 0),
            ("notes", 1),
            ("suggestions", 0),
        ]
        assert answers[0].failure is not None
        assert answers[0].failure.code == "plugin.failed"
        assert [fact.text for fact in records.facts("note.open", **year)] == ["甲"]
        assert [fact.text for fact in records.facts("note.*", **year)] == ["甲"]
        assert records.facts("note", **year) == []
        for question, wanted in (("sheets", "Sheet"), ("problems", "Problem")):
            said = ask(desk, question, desk.day, records=records, **(year if question == "sheets" else {}))
            assert said[0].said == ()
            assert said[0].failure is not None
            assert said[0].failure.message == f"“破坏”对“{question}”的回答不对:应为 {wanted} 的列表。请告诉插件作者。"
            assert [each.failure for each in said[1:]] == [None, None]
    assert "facts of breaking failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_slow_answer_is_named_in_the_log(
    making: Making, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    jia = making("notes").jia
    monkeypatch.setattr("renda.services.questions.SLOW_SECONDS", -1)
    with jia.reading() as desk, caplog.at_level(logging.WARNING, "renda.plugins"):
        ask(desk, "menu", desk.day, viewer=jia.clerk)
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == ["notes", "suggestions"]
