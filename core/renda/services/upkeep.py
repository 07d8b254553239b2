"""What keeps a matter's row true after an action: payload, parties, state, whom it waits for, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from renda.answers import Deadline, Paper
from renda.kinds import Action, Kind
from renda.matter import ROLES, Matter, Party
from renda.model import EventRow, MatterPartyRow, MatterRow, NoticeRow
from renda.rulebook import InForce
from renda.services import reading
from renda.services.desk import Desk
from renda.services.questions import answer_of


def applied(  # noqa: PLR0917
    desk: Desk,
    rules: InForce,
    row: MatterRow,
    matter: Matter,
    action: Action,
    written: Mapping[str, Any],
    then: str | None,
) -> Matter:
    """Write into the row what the form and the rule say; ``matter`` as it now is."""
    kept = {**row.payload, **rules.practice.payload(row.kind).stored(written)}
    row.payload = {entry: value for entry, value in kept.items() if value is not None}
    row.done = {**row.done, action.name: desk.day.isoformat()}
    row.state = then or (action.then[0] if action.then else row.state)
    row.version += 1
    with desk.session.no_autoflush:
        parties = _keep_parties(desk, rules.practice.kind(row.kind), row, matter, written)
    after = reading.assembled(rules, row, parties, matter.parent, reading.DistrictRecords(desk))
    row.title = name_of(rules, after)[:300]
    return replace(after, title=row.title)


def name_of(rules: InForce, matter: Matter) -> str:
    """What a matter is called in lists; one whose views are recorded by its number, since no list is a view."""
    if answer_of(rules, "watched", matter=matter):
        return f"{rules.practice.kind(matter.kind).title}第 {matter.id} 号"
    return rules.practice.title_of(matter)


def _keep_parties(
    desk: Desk, kind: Kind, row: MatterRow, matter: Matter, written: Mapping[str, Any]
) -> dict[str, tuple[Party, ...]]:
    parties = dict(matter.parties)
    for entry, (relation, noun) in kind.relations.items():
        if entry not in written:
            continue
        numbers = written[entry]
        if not isinstance(numbers, list | tuple):
            numbers = () if numbers is None else (numbers,)
        if parties.pop(relation, ()):
            desk.session.execute(
                delete(MatterPartyRow).where(MatterPartyRow.matter_id == row.id, MatterPartyRow.relation == relation)
            )
        named = tuple(reading.DistrictRecords(desk).party(noun, number) for number in numbers)
        if named:
            parties[relation] = named
        for party in named:
            own = {"district_id": row.district_id, "matter": row}
            desk.session.add(MatterPartyRow(**own, relation=relation, party=party.key, name=party.name))
    return parties


def refresh(desk: Desk, rules: InForce, row: MatterRow, matter: Matter) -> None:
    """Say in the row whom the matter waits for and until when."""
    row.waits_for = waits_for(rules, matter)
    days = (each.due.date for each in deadlines(desk, rules, matter))
    row.due_on = min((day for day in days if day is not None), default=None)


def waits_for(rules: InForce, matter: Matter) -> str | None:
    """The role, person or organ whose turn it is, such as ``role:clerk`` or ``organ:5``; None at the end."""
    kind = rules.practice.kind(matter.kind)
    awaited = None if matter.state in kind.ends else kind.awaited(matter.state)
    if awaited is None:
        return None
    for by in awaited.by:
        if by == "system":
            continue
        if by in ROLES:
            return f"role:{by}"
        party = matter.party(by)
        if party is not None:
            return party.key
    return None


def deadlines(desk: Desk, rules: InForce, matter: Matter) -> Sequence[Deadline]:
    """What is due on the matter by its own rules, earliest first; a clock that is held comes last."""
    said = answer_of(rules, "deadlines", matter=matter, calendar=desk.calendar) or ()
    return sorted(said, key=lambda each: each.due.date or date.max)


def issue(desk: Desk, row: MatterRow, entered: EventRow, papers: Sequence[Paper]) -> None:
    """Number and keep the documents an action issues; numbers run through the year for each code (甲人常函〔2026〕1号).

    The fixed sentences of the district are kept with the text: what was issued stays as it was issued.
    """
    for paper in papers:
        letterhead = desk.rulebook.letterheads.of(paper.genre)
        own = paper.issuer in {"", letterhead.organ}
        code = letterhead.code if own else ""
        year = desk.day.year
        numbered = select(func.max(NoticeRow.serial)).where(NoticeRow.code == code, NoticeRow.year == year)
        desk.session.add(
            NoticeRow(
                district_id=row.district_id,
                matter_id=row.id,
                event_number=entered.number,
                genre=paper.genre,
                issuer=letterhead.organ if own else paper.issuer,
                title=paper.title,
                paragraphs=letterhead.framed(paper.paragraphs) if own else list(paper.paragraphs),
                attachments=[asdict(each) for each in paper.attachments],
                recipients=list(paper.to),
                copies=[*dict.fromkeys((*paper.copies, *(letterhead.copies if own else ())))],
                code=code,
                year=year,
                serial=(desk.session.scalar(numbered) or 0) + 1,
                issued_on=desk.day,
                public=paper.public,
            )
        )
        desk.session.flush()
