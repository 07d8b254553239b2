"""How the API tells what there is: matters, scores with their reasons, deadlines day by day, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda.answers import Deadline, Sheet
from renda.explain import Explained, from_json, outline, sentence, shown_value, to_json
from renda.explain import shown as number_shown
from renda.i18n import gettext
from renda.matter import Party
from renda.model import EventRow, NoticeRow, ScoreRow, SendingRow
from renda.services import offers
from renda.services.lists import Line
from renda.services.offers import Offer
from renda.services.permissions import who
from renda.web.api.door import Call
from renda.web.api.schemas import form_schema


def summary(call: Call, line: Line) -> dict[str, Any]:
    """A matter as a list tells it."""
    row, kind = line.row, line.rules.practice.kind(line.row.kind)
    return {
        "id": row.id,
        "href": call.address(f"matters/{row.id}"),
        "practice": row.practice,
        "kind": row.kind,
        "kind_title": gettext(kind.title),
        "state": row.state,
        "state_label": gettext(kind.states[row.state]),
        "ended": row.state in kind.ends,
        "title": row.title,
        "opened_on": row.opened_on.isoformat(),
        "parent": row.parent_id,
        "waits_for": row.waits_for,
        "due_on": None if row.due_on is None else row.due_on.isoformat(),
        "version": row.version,
    }


def matter(call: Call, line: Line, score: ScoreRow | None, deadlines: Sequence[Deadline]) -> dict[str, Any]:
    """A matter whole."""
    rules = line.rules
    refusal = offers.rules_refusal(call.desk, line.row, call.actor)
    return {
        **summary(call, line),
        "payload": dict(line.row.payload),
        "done": dict(line.row.done),
        "parties": {relation: [party(each) for each in parties] for relation, parties in line.matter.parties.items()},
        "rules": {
            "effective": rules.version.effective.isoformat(),
            "source": rules.version.source,
            "digest": rules.version.digest,
        },
        "score": None if score is None else kept_score(score),
        "deadlines": [deadline(each) for each in deadlines],
        "actions": [
            action(call, offer, call.address(f"matters/{line.row.id}/{offer.action.name}"))
            for offer in offers.on_matter(rules, line.matter, call.actor, refusal=refusal)
            if call.holder.may_act(rules.code)
        ],
        "openings": [
            action(call, offer, call.address(f"practices/{rules.code}/{offer.action.name}"))
            for offer in offers.inside(rules, line.matter, call.actor)
            if call.holder.may_act(rules.code)
        ],
        "inside": call.address(f"matters?parent={line.row.id}"),
        "events": call.address(f"events?matter={line.row.id}"),
    }


def action(call: Call, offer: Offer, href: str) -> dict[str, Any]:
    """Something that can be done, where, and with which form; ``refusal`` says what it still waits for."""
    del call
    return {
        "name": offer.action.name,
        "label": gettext(offer.action.label),
        "kind": offer.kind.code,
        "by": who(offer.action.by),
        "awaited": offer.awaited,
        "source": offer.action.source,
        "refusal": None if offer.refusal is None else offer.refusal.message,
        "method": "POST",
        "href": href,
        "form": form_schema(offer.rules.practice, offer.action),
    }


def party(each: Party) -> dict[str, Any]:
    """A person, an organ or a project."""
    return {"noun": each.noun, "id": each.id, "name": each.name}


def kept_score(row: ScoreRow) -> dict[str, Any]:
    """A score as it is kept, proved again from its own reasons before it is told."""
    return {**explained(from_json(row.explained)), "day": row.day.isoformat(), "event": row.event_number}


def explained(found: Explained) -> dict[str, Any]:
    """A number with its reasons: as it is kept (with its seal), in one sentence, and as an outline."""
    return {
        "shown": shown_value(found),
        "sentence": sentence(found, gettext),
        "outline": [
            {
                "depth": row.depth,
                "op": row.op,
                "label": row.label,
                "shown": row.shown,
                "formula": row.formula,
                "cites": [dict(zip(each._fields, each, strict=True)) for each in row.cites],
                "taken": row.taken,
            }
            for row in outline(found, gettext)
        ],
        "explained": to_json(found),
    }


def deadline(each: Deadline) -> dict[str, Any]:
    """A deadline with the reason for each day; ``date`` is null while its clock stands still."""
    return {
        "label": gettext(each.label),
        "action": each.action,
        "date": None if each.due.date is None else each.due.date.isoformat(),
        "reasons": [{"day": step.day.isoformat(), "text": step.text} for step in each.due.steps],
        "warnings": [warning.text for warning in each.due.warnings],
    }


def sheet(practice: str, each: Sheet) -> dict[str, Any]:
    """A table, its numbers with their reasons."""
    return {
        "practice": practice,
        "code": each.code,
        "title": gettext(each.title),
        "public": each.public,
        "columns": [gettext(column) for column in each.columns],
        "rows": [[cell(value) for value in row] for row in each.rows],
        "figures": [explained(figure) for figure in each.figures],
    }


def cell(value: Any) -> Any:  # noqa: PLR0911  (one for each kind of value)
    """A value of a table: exact numbers as text."""
    if isinstance(value, Explained):
        return explained(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Party):
        return party(value)
    if isinstance(value, Decimal | Fraction):
        return number_shown(value)
    if isinstance(value, Mapping):
        return {str(key): cell(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cell(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def event(row: EventRow) -> dict[str, Any]:
    """One entry of the record, with the seals that bind it to the one before."""
    return {
        "number": row.number,
        "at": row.at.isoformat(),
        "day": row.day.isoformat(),
        "actor": row.actor,
        "matter": row.matter_id,
        "practice": row.practice,
        "action": row.action,
        "label": gettext(row.label),
        "came_from": row.came_from,
        "went_to": row.went_to,
        "entries": dict(row.entries),
        "rules_effective": None if row.rules_effective is None else row.rules_effective.isoformat(),
        "previous": row.previous,
        "digest": row.digest,
    }


def notice(row: NoticeRow) -> dict[str, Any]:
    """A document that was issued."""
    return {
        "id": row.id,
        "number": row.number,
        "genre": gettext(row.genre),
        "issuer": row.issuer,
        "title": row.title,
        "paragraphs": list(row.paragraphs),
        "to": list(row.recipients),
        "copies": list(row.copies),
        "attachments": list(row.attachments),
        "issued_on": row.issued_on.isoformat(),
        "matter": row.matter_id,
        "public": row.public,
    }


def sending(row: SendingRow) -> dict[str, Any]:
    """That a document went to somebody."""
    return {
        "recipient": row.recipient,
        "part": row.part,
        "channel": row.channel,
        "sent_on": row.sent_on.isoformat(),
        "sent_by": row.sent_by,
        "event": row.event_number,
    }
