"""The count: answers are opened, added up and destroyed, and the matter that asked is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, event, select

from renda.errors import RendaError, declare
from renda.matter import SYSTEM, Actor
from renda.model import ChainHead, QuestionnaireAnswerRow, QuestionnaireCodeRow, QuestionnaireRow
from renda.sealing import UnreadableEnvelopeError, opened, pair_of
from renda.services import chain, matters, reading
from renda.services.ballots import KeyKeeper
from renda.services.desk import Desk
from renda.services.questionnaires.finding import check_office, check_state, find, note, questions_of
from renda.services.questionnaires.opening import about, key_name
from renda.services.questionnaires.tallying import tallied

declare(
    {
        "questionnaire.still_open": "问卷“{title}”到 {until} 才截止,截止以后才能统计。在此之前谁也看不到答案。",
        "questionnaire.key_gone": "服务器上没有问卷“{title}”的密钥文件,答卷打不开。请系统管理员放回:它被移到的地方,或用 --questionnaire-keys 做的备份(questionnaire-keys/);都没有,就读不出答卷了。",
        "questionnaire.no_question": "问卷“{title}”没有第“{code}”题。题号:{allowed}。",
        "questionnaire.no_answer": "问卷“{title}”第“{code}”题没有“{answer}”这个答案。可选:{allowed}。",
        "questionnaire.too_many_ticks": "问卷“{title}”第“{code}”题共 {ticks} 份,多于收到的 {answered} 份。",
    },
    status=409,
)


def count(desk: Desk, actor: Actor, number: int, *, keys: KeyKeeper) -> QuestionnaireRow:
    """Count what was answered; the answers, the codes that were not used and the key are destroyed.

    Raises ``questionnaire.office``, ``questionnaire.not_now``, ``questionnaire.still_open``, ``questionnaire.key_gone``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number, to_change=True)
    check_state(row, "统计", "open")
    if desk.day <= row.until_on:
        raise RendaError("questionnaire.still_open", title=row.title, until=row.until_on)
    answers, spoilt = _opened(desk, row, _private_key(row, keys))
    _settle(desk, head, actor, row, tallied(questions_of(row), answers, row.fewest), {"spoilt": spoilt})
    name = key_name(row)
    event.listen(desk.session, "after_commit", lambda _: keys.destroy(name), once=True)
    return row


def enter_counts(  # noqa: PLR0917
    desk: Desk,
    actor: Actor,
    number: int,
    answered: int,
    counts: Mapping[str, Mapping[str, int]],
    submission: str | None = None,
) -> QuestionnaireRow:
    """Enter what a questionnaire held elsewhere came to (补录), in the place of answers.

    ``counts``: by question, how many ticked what. Raises ``questionnaire.…`` where they do not fit the questions.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number, to_change=True)
    check_state(row, "补录", "prepared")
    known = {each.code: each for each in questions_of(row) if each.sort != "idea"}
    told: dict[str, dict[str, int]] = {}
    for code, ticks in counts.items():
        if code not in known:
            allowed = "、".join(known)
            raise RendaError("questionnaire.no_question", title=row.title, code=code, allowed=allowed)
        for answer in ticks:
            if answer not in known[code].answers:
                allowed = "、".join(known[code].answers)
                raise RendaError("questionnaire.no_answer", title=row.title, code=code, answer=answer, allowed=allowed)
        if sum(ticks.values()) > answered:
            ticked = sum(ticks.values())
            raise RendaError(
                "questionnaire.too_many_ticks", title=row.title, code=code, ticks=ticked, answered=answered
            )
        told[code] = {label: ticks.get(label, 0) for label in known[code].answers}
    few = answered < row.fewest
    result: dict[str, Any] = {"answered": answered, "counts": {} if few else told, "ideas": {}, "groups": {}}
    result |= {"entered": True, **({"withheld": True} if few else {})}
    _settle(desk, head, actor, row, result, {"entered": True}, submission)
    return row


def _settle(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    row: QuestionnaireRow,
    result: dict[str, Any],
    more: Mapping[str, Any],
    submission: str | None = None,
) -> None:
    before = row.state
    own = (QuestionnaireAnswerRow, QuestionnaireCodeRow)
    for table in own:
        desk.session.execute(
            delete(table).where(table.district_id == row.district_id, table.questionnaire_id == row.id)
        )
    row.result, row.state, row.counted_on = result, "counted", desk.day
    label = "补录问卷" if result.get("entered") else "统计问卷"
    entries = {"answered": result["answered"], "counts": result["counts"], **more}
    note(desk, head, actor, row, "count", label, before, entries, submission)
    desk.session.flush()
    if row.closing:
        _tell(desk, row, result)


def _tell(desk: Desk, row: QuestionnaireRow, result: Mapping[str, Any]) -> None:
    """Take the system's action the questionnaire names, where the matter is still in a state it can be taken in."""
    kept = reading.find(desk, row.matter_id, to_change=True)
    rules = reading.rules_of(desk, kept)
    kind = rules.practice.kind(kept.kind)
    step = next((each for each in kind.possible(kept.state) if each.name == row.closing), None)
    if step is None:
        return
    ideas = [{"question": code, **each} for code, said in result["ideas"].items() for each in said]
    offered = {
        "questionnaire": row.id,
        "answered": result["answered"],
        "figures": result["counts"],
        "ideas": ideas,
    }
    asked = () if step.form is None else rules.practice.schema(step.form).fields
    entries = {entry: value for entry, value in offered.items() if entry in asked}
    matters.act(desk, SYSTEM, step.name, entries, matter=kept.id)


def _private_key(row: QuestionnaireRow, keys: KeyKeeper) -> bytes:
    private = keys.read(key_name(row))
    if private is None or pair_of(private).public != row.public_key:
        raise RendaError("questionnaire.key_gone", title=row.title)
    return private


def _opened(desk: Desk, row: QuestionnaireRow, private: bytes) -> tuple[Sequence[Mapping[str, Any]], int]:
    query = select(QuestionnaireAnswerRow.sealed).where(QuestionnaireAnswerRow.questionnaire_id == row.id)
    found, spoilt = [], 0
    for sealed in desk.session.scalars(query):
        try:
            found.append(json.loads(opened(sealed, private, about(row))))
        except (UnreadableEnvelopeError, ValueError):
            spoilt += 1
    return found, spoilt
