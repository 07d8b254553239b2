"""Questionnaires that a rule asks for: prepared in the transaction of the action, under the matter's own rules."""

from __future__ import annotations

from collections.abc import Sequence

from renda.answers import Question, Questionnaire
from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import ChainHead, MatterRow, QuestionnaireRow
from renda.services.desk import Desk
from renda.services.questionnaires.finding import ADMISSIONS, note

declare(
    {
        "questionnaire.no_questions": "问卷“{title}”没有题目。请至少问一题。",
        "questionnaire.too_many": "问卷“{title}”有 {count} 题,至多 {most} 题。请分成几份。",
        "questionnaire.code_twice": "问卷“{title}”的题号“{code}”用了两次。",
        "questionnaire.sort": "问卷“{title}”第“{code}”题的题型“{sort}”不对。可用的:score、choice、idea。",
        "questionnaire.few_answers": "问卷“{title}”第“{code}”题至少要有两个可选的答案。",
        "questionnaire.points": "问卷“{title}”第“{code}”题“{answer}”的分值应为不小于 0 的数,现为“{points}”。",
        "questionnaire.splits": "问卷“{title}”第“{code}”题不是选择题,不能按它分组。",
        "questionnaire.time": "问卷“{title}”的截止日期 {until} 早于开始日期 {since}。请改正。",
        "questionnaire.admission": "问卷“{title}”的作答方式“{admission}”不对。可用的:{allowed}。",
        "questionnaire.fewest": "问卷“{title}”的最少份数应为不小于 1 的整数,现为“{fewest}”。",
    }
)

MOST_QUESTIONS = 60
SORTS = ("score", "choice", "idea")
LONGEST_IDEA = 300
_BYTES_OF_A_SIGN = 4
_PADDING = 256


def prepare_questionnaires(
    desk: Desk, head: ChainHead, actor: Actor, row: MatterRow, asked: Sequence[Questionnaire]
) -> tuple[int, ...]:
    """Keep the questionnaires an action on the matter ``row`` asks for; answers with their numbers.

    Who may take the action may have it ask; to open and to count is the office's. Raises ``questionnaire.…``.
    """
    return tuple(_prepared(desk, head, actor, row, each) for each in asked)


def _prepared(desk: Desk, head: ChainHead, actor: Actor, matter: MatterRow, asked: Questionnaire) -> int:
    since = asked.since or desk.day
    _check(asked)
    if asked.until < since:
        raise RendaError("questionnaire.time", title=asked.title, until=asked.until, since=since)
    row = QuestionnaireRow(
        matter_id=matter.id,
        practice=matter.practice,
        rules_effective=matter.rules_effective,
        rules_digest=matter.rules_digest,
        title=asked.title[:300],
        about=asked.about,
        questions=[_kept(each) for each in asked.questions],
        admission=asked.admission,
        fewest=asked.fewest,
        closing=asked.closing,
        public=asked.public,
        since_on=since,
        until_on=asked.until,
        state="prepared",
        codes_given=0,
        answer_bytes=_length(asked.questions),
    )
    desk.session.add(row)
    desk.session.flush()
    entries = {"questions": [each.text for each in asked.questions], "since": since.isoformat()}
    entries["until"] = asked.until.isoformat()
    note(desk, head, actor, row, "prepare", "准备问卷", "", entries)
    return row.id


def _kept(each: Question) -> dict[str, object]:
    return {
        "code": each.code,
        "text": each.text,
        "sort": each.sort,
        "scale": [[label, str(points)] for label, points in each.scale.items()],
        "options": list(each.options),
        "required": each.required,
        "splits": each.splits,
    }


def _length(questions: Sequence[Question]) -> int:
    """The length in bytes to which every answer is padded, so that a sealed one tells nothing by it."""
    longest = 16
    for each in questions:
        text = LONGEST_IDEA * _BYTES_OF_A_SIGN if each.sort == "idea" else 0
        longest += len(each.code.encode()) + text + 24
    return -(-longest // _PADDING) * _PADDING


def _check(asked: Questionnaire) -> None:
    title = asked.title
    if not asked.questions:
        raise RendaError("questionnaire.no_questions", title=title)
    if len(asked.questions) > MOST_QUESTIONS:
        raise RendaError("questionnaire.too_many", title=title, count=len(asked.questions), most=MOST_QUESTIONS)
    if asked.admission not in ADMISSIONS:
        allowed = "、".join(ADMISSIONS)
        raise RendaError("questionnaire.admission", title=title, admission=asked.admission, allowed=allowed)
    if asked.fewest < 1:
        raise RendaError("questionnaire.fewest", title=title, fewest=asked.fewest)
    known: set[str] = set()
    for each in asked.questions:
        if each.code in known:
            raise RendaError("questionnaire.code_twice", title=title, code=each.code)
        known.add(each.code)
        _check_question(title, each)


def _check_question(title: str, each: Question) -> None:
    if each.sort not in SORTS:
        raise RendaError("questionnaire.sort", title=title, code=each.code, sort=each.sort)
    answers = each.scale if each.sort == "score" else each.options
    if each.sort != "idea" and len(answers) < 2:
        raise RendaError("questionnaire.few_answers", title=title, code=each.code)
    for answer, points in each.scale.items():
        if points < 0:
            raise RendaError("questionnaire.points", title=title, code=each.code, answer=answer, points=points)
    if each.splits and each.sort != "choice":
        raise RendaError("questionnaire.splits", title=title, code=each.code)
