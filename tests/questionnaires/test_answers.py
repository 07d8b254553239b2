"""What may be asked and what may be answered, refused word for word; groups that are too small."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backing.asking import LAST, QUESTIONS, SCALE, Town, refusal
from renda import Question, Questionnaire
from renda.matter import SYSTEM
from renda.services import chain, reading
from renda.services.questionnaires import answering, asking, counting, finding, tallying


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"questions": ()}, "问卷“卷”没有题目。请至少问一题。"),
        ({"questions": QUESTIONS[:1] * 61}, "问卷“卷”有 61 题,至多 60 题。请分成几份。"),
        ({"questions": QUESTIONS[:1] * 2}, "问卷“卷”的题号“whole”用了两次。"),
        ({"questions": (Question("a", "问", "stars", SCALE),)},
         "问卷“卷”第“a”题的题型“stars”不对。可用的:score、choice、idea。"),
        ({"questions": (Question("a", "问", "choice", options=("甲",)),)}, "问卷“卷”第“a”题至少要有两个可选的答案。"),
        ({"questions": (Question("a", "问", scale={"好": 1, "坏": Decimal(-1)}),)},
         "问卷“卷”第“a”题“坏”的分值应为不小于 0 的数,现为“-1”。"),
        ({"questions": (Question("a", "问", scale=SCALE, splits=True),)}, "问卷“卷”第“a”题不是选择题,不能按它分组。"),
        ({"until": date(2020, 3, 1)}, "问卷“卷”的截止日期 2020-03-01 早于开始日期 2020-03-02。请改正。"),
        ({"admission": "names"}, "问卷“卷”的作答方式“names”不对。可用的:open、codes。"),
        ({"fewest": 0}, "问卷“卷”的最少份数应为不小于 1 的整数,现为“0”。"),
    ],
)  # fmt: skip
def test_a_questionnaire_that_cannot_be_asked_is_refused(
    local_town: Town, asked: dict[str, Any], sentence: str
) -> None:
    local_town.ask(opened=False)
    with local_town.world.writing() as desk:
        row = reading.find(desk, 1)
        wanted = Questionnaire(**{"title": "卷", "questions": QUESTIONS, "until": LAST, **asked})
        head = chain.lock(desk)
        found = refusal(lambda: asking.prepare_questionnaires(desk, head, SYSTEM, row, [wanted]))
    assert found.message == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "答卷没有交:第 1 题请选择一项。"),
        ({"whole": "好得很"}, "答卷没有交:第 1 题没有“好得很”这个答案。"),
        ({"whole": "满意", "street": "丁镇"}, "答卷没有交:第 2 题没有“丁镇”这个答案。"),
        ({"whole": "满意", "wish": "路灯"}, "答卷没有交:第 3 题请选择类别。"),
        ({"whole": "满意", "wish": {"option": "交通", "text": " "}}, "答卷没有交:第 3 题请填写。"),
        ({"whole": "满意", "wish": {"option": "水", "text": "河"}}, "答卷没有交:第 3 题没有“水”这个答案。"),
        ({"whole": "满意", "wish": {"option": "交通", "text": "路" * 301}},
         "答卷没有交:第 3 题至多 300 个字,现有 301 个字。"),
        ({"street": "丁", "wish": "路"},
         "答卷没有交:第 1 题请选择一项。第 2 题没有“丁”这个答案。第 3 题请选择类别。"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_the_questions_is_refused_whole(
    local_town: Town, given: dict[str, Any], sentence: str
) -> None:
    number = local_town.ask()
    found = refusal(lambda: local_town.answer(number, "x", **given))
    assert (found.code, found.message) == ("questionnaire.incomplete", sentence)
    with local_town.world.reading() as desk:
        assert finding.answered(desk, finding.find(desk, number)) == 0


def test_a_form_without_its_mark_and_an_answer_without_a_word_are_refused(local_town: Town) -> None:
    number = local_town.ask()
    with local_town.world.writing() as desk:
        found = refusal(lambda: answering.answer(desk, number, {"whole": "满意"}, token="short"))
        assert found.message == "这份答卷没有带上表单的标记。请刷新页面后重新作答。"
        row = finding.find(desk, number)
        row.questions = [{**each, "required": False} for each in row.questions]
        assert refusal(lambda: answering.read(row, {})).message == "答卷没有交:一题也没有答。"


def test_the_longest_answer_fits_its_envelope(local_town: Town) -> None:
    number = local_town.ask()
    longest = {"option": "交通", "text": "\U0001f6b2" * 300}
    assert local_town.answer(number, "long", whole="不满意", street="丙镇", wish=longest)
    assert local_town.answer(number, "quotes", whole="不满意", wish={"option": "交通", "text": '"\\' * 150})


def questions(town: Town) -> Any:
    return finding.questions_of(town.row(town.ask(opened=False)))


def test_groups_are_put_together_until_no_small_one_can_be_found_by_subtraction(local_town: Town) -> None:
    asked = questions(local_town)
    answers = [{"whole": 0, "street": 0}] * 9 + [{"whole": 1, "street": 1}] * 4 + [{"whole": 2, "street": 2}]
    groups = tallying.tallied(asked, answers, 3)["groups"]["street"]
    assert groups == {
        "甲镇": {"whole": {"满意": 9, "一般": 0, "不满意": 0}},
        "其他": {"whole": {"满意": 0, "一般": 4, "不满意": 1}},
    }
    alone = [{"whole": 0, "street": 0}] * 9 + [{"whole": 2, "street": 2}]
    assert tallying.tallied(asked, alone, 3)["groups"]["street"] == {}
    silent = [{"whole": 0, "street": 0}] * 9 + [{"whole": 1, "street": 1}] * 4 + [{"whole": 2}]
    assert list(tallying.tallied(asked, silent, 3)["groups"]["street"]) == ["甲镇", "其他"]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"wish": {"交通": 1}}, "问卷“意见征求”没有第“wish”题。题号:whole、street。"),
        ({"whole": {"好": 1}}, "问卷“意见征求”第“whole”题没有“好”这个答案。可选:满意、一般、不满意。"),
        ({"whole": {"满意": 6, "一般": 5}}, "问卷“意见征求”第“whole”题共 11 份,多于收到的 10 份。"),
    ],
)
def test_counts_entered_afterwards_have_to_fit_the_questions(
    local_town: Town, counts: dict[str, dict[str, int]], sentence: str
) -> None:
    number = local_town.ask(opened=False)
    with local_town.world.writing() as desk:
        found = refusal(lambda: counting.enter_counts(desk, local_town.clerk, number, 10, counts))
    assert found.message == sentence
