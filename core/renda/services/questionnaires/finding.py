"""A questionnaire's row and its questions, who may do what with it, and how it stands in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.model import ChainHead, QuestionnaireAnswerRow, QuestionnaireRow
from renda.services import chain
from renda.services.desk import Desk
from renda.services.locking import lock_row

declare({"questionnaire.unknown": "没有第 {number} 号问卷,或者还没有开放。"}, status=404)
declare({"questionnaire.office": "问卷由{who}组织,您没有这个身份。"}, status=403)
declare({"questionnaire.not_now": "现在不能“{deed}”:问卷“{title}”处于“{state}”。"}, status=409)

STATES: Mapping[str, str] = MappingProxyType({"prepared": "待开放", "open": "开放作答", "counted": "已统计"})
ADMISSIONS: Mapping[str, str] = MappingProxyType({"open": "公开作答", "codes": "凭码作答"})
OFFICE = ("clerk", "system")
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is kept: points by what people read for a score, options for the others."""

    code: str
    text: str
    sort: str
    scale: Mapping[str, Decimal]
    options: Sequence[str]
    required: bool
    splits: bool

    @property
    def answers(self) -> Sequence[str]:
        """What may be ticked, in order."""
        return tuple(self.scale) if self.sort == "score" else tuple(self.options)


def questions_of(row: QuestionnaireRow) -> Sequence[Asked]:
    """The questions, in order."""
    return tuple(
        Asked(
            each["code"],
            each["text"],
            each["sort"],
            MappingProxyType({label: Decimal(points) for label, points in each["scale"]}),
            tuple(each["options"]),
            each["required"],
            each["splits"],
        )
        for each in row.questions
    )


def find(desk: Desk, number: int, *, to_change: bool = False) -> QuestionnaireRow:
    """The row of a questionnaire; raises ``questionnaire.unknown``, also for one of another district."""
    row = (
        lock_row(desk.session, QuestionnaireRow, number)
        if to_change
        else desk.session.scalar(select(QuestionnaireRow).where(QuestionnaireRow.id == number))
    )
    if row is None:
        raise RendaError("questionnaire.unknown", number=number)
    return row


def may_see(row: QuestionnaireRow, viewer: Actor) -> bool:
    """Whether the viewer may open its page: everybody while it is open and where its result is public, else the office."""
    return row.state == "open" or (row.state == "counted" and row.public) or is_office(viewer)


def is_office(actor: Actor) -> bool:
    """Whether the actor organises questionnaires."""
    return not actor.roles.isdisjoint(OFFICE)


def check_office(actor: Actor) -> None:
    """Raises ``questionnaire.office``."""
    if not is_office(actor):
        raise RendaError("questionnaire.office", who=gettext(ROLES[OFFICE[0]]))


def check_state(row: QuestionnaireRow, deed: str, allowed: str) -> None:
    """Refuse a deed (a Chinese verb) that the state does not allow; raises ``questionnaire.not_now``."""
    if row.state != allowed:
        state = gettext(STATES[row.state])
        raise RendaError("questionnaire.not_now", deed=gettext(deed), title=row.title, state=state)


def answered(desk: Desk, row: QuestionnaireRow) -> int:
    """How many have answered: all that may be known before the count."""
    if row.result is not None:
        return int(row.result["answered"])
    query = select(func.count()).where(QuestionnaireAnswerRow.questionnaire_id == row.id)
    return desk.session.scalar(query) or 0


def listed(desk: Desk, viewer: Actor) -> Sequence[QuestionnaireRow]:
    """Those the viewer may open, the newest first; for the public those open today or counted."""
    rows = desk.session.scalars(select(QuestionnaireRow).order_by(QuestionnaireRow.id.desc()).limit(MOST_LISTED)).all()
    return [row for row in rows if may_see(row, viewer) and (is_office(viewer) or shown(desk, row))]


def shown(desk: Desk, row: QuestionnaireRow) -> bool:
    """Whether a visitor finds it listed: not before its first day."""
    return row.state == "counted" or row.since_on <= desk.day


def takes_answers(desk: Desk, row: QuestionnaireRow) -> bool:
    """Whether it can be answered today."""
    return row.state == "open" and row.since_on <= desk.day <= row.until_on


def waits(desk: Desk, row: QuestionnaireRow) -> bool:
    """Whether the office has something to do with it today: open it, or count it."""
    return row.state == "prepared" or (row.state == "open" and row.until_on < desk.day)


def note(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    row: QuestionnaireRow,
    action: str,
    label: str,
    came_from: str,
    entries: Mapping[str, Any],
    submission: str | None = None,
) -> int:
    """Enter in the record what was done with a questionnaire; never an answer or a code. Answers the entry's number."""
    deed = chain.Deed(
        actor=actor,
        practice=row.practice,
        action=f"questionnaire_{action}",
        label=label,
        matter_id=None,
        came_from=came_from or None,
        went_to=row.state,
        entries={"questionnaire": row.id, "title": row.title, "matter": row.matter_id, **entries},
        rules_effective=row.rules_effective,
        rules_digest=row.rules_digest,
        submission=submission,
    )
    return chain.enter(desk, head, deed).number
