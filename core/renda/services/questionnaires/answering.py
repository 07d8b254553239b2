"""One answer to a questionnaire: read, sealed and kept, with nothing beside it that says whose it is.

Nothing of it goes into the record or the log. The rows written are the answer and, where codes were given out, one
removed; no row of anything else is written, and no time is kept.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import QuestionnaireAnswerRow, QuestionnaireCodeRow, QuestionnaireRow
from renda.sealing import sealed
from renda.services.desk import Desk
from renda.services.locking import lock_row
from renda.services.questionnaires.asking import LONGEST_IDEA
from renda.services.questionnaires.finding import Asked, find, questions_of
from renda.services.questionnaires.opening import about, digest_of

declare(
    {
        "questionnaire.not_open": "问卷“{title}”还没有开放。",
        "questionnaire.not_yet": "问卷“{title}”自 {since} 起作答,请届时再来。",
        "questionnaire.over": "问卷“{title}”已于 {until} 截止,这份答卷没有计入。",
    },
    status=409,
)
declare({"questionnaire.code": "作答码不对,或者已经用过。请核对;一个码只能用一次。"}, status=403)
declare(
    {
        "questionnaire.incomplete": "答卷没有交:{mistakes}",
        "questionnaire.empty": "答卷没有交:一题也没有答。",
    },
    status=422,
)
declare({"questionnaire.token": "这份答卷没有带上表单的标记。请刷新页面后重新作答。"}, status=422)

REQUIRED = "请选择一项。"
WRITE = "请填写。"
UNKNOWN_ANSWER = "没有“{answer}”这个答案。"
TOO_LONG = "至多 {most} 个字,现有 {count} 个字。"
CHOOSE_KIND = "请选择类别。"
_LEAST_TOKEN = 16


def answer(desk: Desk, number: int, given: Mapping[str, Any], *, token: str, code: str = "") -> bool:
    """Keep an answer; False where the same form came before, which changes nothing.

    ``given``: by the question's code what was ticked, as people read it; of an idea a text or ``{"option", "text"}``.
    ``token``: a random text of the form. ``code``: what was given out, where answers are taken by code.
    Raises ``questionnaire.…``; nothing is kept then, and a code is not used up.
    """
    row = find(desk, number)
    check_open(desk, row)
    if len(token) < _LEAST_TOKEN:
        raise RendaError("questionnaire.token")
    mark = hashlib.sha256(f"{row.district_id}/{row.id}/{token}".encode()).digest()
    known = select(QuestionnaireAnswerRow.token).where(
        QuestionnaireAnswerRow.questionnaire_id == row.id, QuestionnaireAnswerRow.token == mark
    )
    if desk.session.execute(known).first() is not None:
        return False
    said = read(row, given)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    envelope = sealed(text, row.public_key or b"", row.answer_bytes, about(row))
    own = {"district_id": row.district_id, "questionnaire_id": row.id}
    try:
        with desk.session.begin_nested():
            if row.admission == "codes":
                _use(desk, row, code)
            desk.session.add(QuestionnaireAnswerRow(**own, token=mark, sealed=envelope))
    except IntegrityError:
        return False
    except RendaError:
        # The same form sent twice at once: the code is used up by the other one, which was kept meanwhile.
        if desk.session.execute(known).first() is not None:
            return False
        raise
    return True


def check_open(desk: Desk, row: QuestionnaireRow) -> None:
    """Refuse what cannot be answered today; on PostgreSQL a count waits until the answer is kept.

    Raises ``questionnaire.not_open``, ``questionnaire.not_yet``, ``questionnaire.over``.
    """
    lock_row(desk.session, QuestionnaireRow, row.id, shared=True)
    if row.state == "prepared":
        raise RendaError("questionnaire.not_open", title=row.title)
    if row.state == "counted" or desk.day > row.until_on:
        raise RendaError("questionnaire.over", title=row.title, until=row.until_on)
    if desk.day < row.since_on:
        raise RendaError("questionnaire.not_yet", title=row.title, since=row.since_on)


def _use(desk: Desk, row: QuestionnaireRow, code: str) -> None:
    used: Any = desk.session.execute(
        delete(QuestionnaireCodeRow).where(
            QuestionnaireCodeRow.district_id == row.district_id,
            QuestionnaireCodeRow.questionnaire_id == row.id,
            QuestionnaireCodeRow.digest == digest_of(row, code),
        )
    )
    if used.rowcount != 1:
        raise RendaError("questionnaire.code")


def read(row: QuestionnaireRow, given: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as it is kept: places instead of words, so that it is short.

    Raises ``questionnaire.incomplete`` with a sentence for each question, ``questionnaire.empty``.
    """
    mistakes: dict[str, str] = {}
    said: dict[str, Any] = {}
    for question in questions_of(row):
        value, mistake = _idea(question, given) if question.sort == "idea" else _ticked(question, given)
        if mistake:
            mistakes[question.code] = mistake
        elif value is not None:
            said[question.code] = value
    if mistakes:
        places = {each.code: place for place, each in enumerate(questions_of(row), 1)}
        told = "".join(
            gettext("第 {place} 题{mistake}", place=places[code], mistake=text) for code, text in mistakes.items()
        )
        raise RendaError("questionnaire.incomplete", fields=mistakes, mistakes=told)
    if not said:
        raise RendaError("questionnaire.empty")
    return said


def _ticked(question: Asked, given: Mapping[str, Any]) -> tuple[int | None, str]:
    said = str(given.get(question.code) or "").strip()
    if not said:
        return None, gettext(REQUIRED) if question.required else ""
    if said not in question.answers:
        return None, gettext(UNKNOWN_ANSWER, answer=said[:40])
    return question.answers.index(said), ""


def _idea(question: Asked, given: Mapping[str, Any]) -> tuple[list[Any] | None, str]:
    said = given.get(question.code)
    wish = said if isinstance(said, Mapping) else {"text": said}
    text, option = plain(str(wish.get("text") or "")), str(wish.get("option") or "").strip()
    if not text:
        return None, gettext(WRITE) if question.required or option else ""
    if len(text) > LONGEST_IDEA:
        return None, gettext(TOO_LONG, most=LONGEST_IDEA, count=len(text))
    if not question.options:
        return [None, text], ""
    if option not in question.options:
        return None, gettext(CHOOSE_KIND) if not option else gettext(UNKNOWN_ANSWER, answer=option[:40])
    return [list(question.options).index(option), text], ""


def plain(text: str) -> str:
    """A text in one line without signs that are none: no quotes or bars that JSON would write with more signs."""
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(kept.replace("\\", "/").split())
