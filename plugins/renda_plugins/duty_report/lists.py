"""The list of a draw and its record: who may be drawn, what binds the two parties, what is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Change, Matter, RendaError, Turn, drawing, latest_before

from . import papers, refusals

CHAIR = "主任会议"
DIGEST = re.compile(r"[0-9a-f]{64}")


def pool(code: str, params: Any, around: Matter, excused: Sequence[int], turn: Turn) -> tuple[list[Matter], bool]:
    """Who may be drawn, in the order of the names, and whether those drawn earlier had to be let in again.

    In post for the time the rule asks, not appraised elsewhere this year, not drawn earlier this term unless
    fewer are left than are to be drawn.
    """
    barred = {*excused, *_appraised(code, turn)}
    reports = [each for each in around.children("report") if each.payload["official"] not in barred]
    able = [each for each in reports if _able(params, each, turn)]
    earlier = {
        each.payload["official"]
        for each in turn.records.matters(code, "report", since=params.term_from)
        if each.payload.get("oral") and each.state not in refusals.GONE
    }
    fresh = [each for each in able if each.payload["official"] not in earlier]
    widened = len(fresh) < params.oral_n
    chosen = {each.payload["official"]: each for each in (able if widened else fresh)}
    listed = turn.records.parties("official", turn.day)
    return [chosen[person.id] for person in listed if person.id in chosen], widened


def _able(params: Any, report: Matter, turn: Turn) -> bool:
    groups = {group["code"]: group for group in params.scope}
    if not groups[report.payload["group"]]["oral"] or report.state in refusals.GONE:
        return False
    person, start = report.payload["official"], latest_before(turn.day, params.in_post, turn.calendar).date
    assert start is not None, "no pause holds this clock"
    held = (report.payload["post"], report.payload["organ"])
    return all(
        held in [(post, organ.id) for post, organ in turn.records.posts(person, day)] for day in (turn.day, start)
    )


def _appraised(code: str, turn: Turn) -> set[int]:
    """Those whom another practice has appraised this year."""
    told = turn.records.facts("appraisal.result", since=date(turn.day.year, 1, 1), until=turn.day)
    matters = [(each.subject, turn.records.matter(each.matter)) for each in told if each.matter is not None]
    other = [subject for subject, matter in matters if matter is not None and matter.practice != code]
    return {subject.id for subject in other if subject.noun == "person"}


def entrants(listed: Sequence[Mapping[str, Any]]) -> list[drawing.Entrant]:
    """The frozen list as it is drawn from."""
    return [drawing.Entrant(each["code"], each["name"], each.get("sector", "")) for each in listed]


def entered(report: Matter, params: Any) -> dict[str, Any]:
    """The line of the frozen list for a report: code, name, and the sector its organ belongs to, if any."""
    organ = name(report, "assignee")
    sector = next((str(each["label"]) for each in params.sectors if organ in each["organs"]), "")
    line = {"code": f"{organ}{report.payload['post']}", "name": name(report, "subject"), "report": report.id}
    return {**line, "sector": sector} if sector else line


def name(matter: Matter, relation: str) -> str:
    """Who stands in a relation, by name."""
    party = matter.party(relation)
    return "" if party is None else party.name


def is_of(report: Matter | None, person: int) -> bool:
    """Whether the report is that person's."""
    return report is not None and report.payload["official"] == person


def is_gone(report: Matter | None) -> bool:
    """Whether nobody reports any more."""
    return report is None or report.state in refusals.GONE


def witness_of(draw: Matter) -> str:
    """The second party, by name."""
    return f"监督员{name(draw, 'witness')}"


def two_people(draw: Matter, turn: Turn) -> None:
    """The chairpersons' part is not taken by the witness."""
    if "witness" in draw.relations_of(turn.actor):
        raise RendaError("duty_report.same_person", name=name(draw, "witness"))


def check_digest(given: str) -> None:
    """A commitment is a SHA-256 digest in hexadecimal."""
    if not DIGEST.fullmatch(given):
        raise RendaError("duty_report.commitment", given=given)


def check_seed(party: str, seed: str, committed: str) -> None:
    """A seed is the one its party was bound to."""
    if drawing.commitment(party, seed) != committed:
        raise RendaError("drawing.seed_changed", party=party)


def recorded(draw: Matter, known: Mapping[str, Any], replaced: Mapping[str, str]) -> Change:
    """The record of the draw as it stands now, and the paper that tells it."""
    around = draw.parent
    assert around is not None, "a draw lies inside a year"
    seedings = (
        drawing.Seeding(CHAIR, known["chair_commitment"], known["chair_seed"].strip()),
        drawing.Seeding(witness_of(draw), known["witness_commitment"], known["witness_seed"].strip()),
    )
    title = papers.draw_title(around)
    record = drawing.transcript(title, entrants(known["entrants"]), seedings, known["wanted"], replaced)
    kept = {"drawn": record["drawn"], "replaced": dict(replaced) or None, "transcript": drawing.as_text(record)}
    return Change(kept, papers=[papers.drawn(around, record)])


def record_of(draw: Matter) -> Mapping[str, Any] | None:
    """The record of a draw that took place, None before."""
    text = draw.payload.get("transcript")
    return None if text is None else dict(json.loads(text))
