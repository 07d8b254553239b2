"""What there is beside matters: people, organs, projects, practices, sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import AppointmentRow, OrganRow, PersonRow
from renda.rulebook import InForce
from renda.services.offers import openings
from renda.services.reading import in_force
from renda.web import security, telling
from renda.web.api import told
from renda.web.api.door import Answer, Call, day_of, endpoint, limit, number_of
from renda.web.api.schemas import payload_schema

declare({"api.no_practice": "当日没有施行“{code}”这个做法。"}, status=404)


@endpoint("/")
def district(call: Call) -> Answer:
    """The district and where to go on."""
    file = call.desk.rulebook.district
    paths = (
        "matters", "due", "meetings", "ballots", "people", "organs", "projects", "practices", "sheets", "events",
        "notices", "tables", "public", "openapi.json",
    )  # fmt: skip
    return {
        "slug": call.slug,
        "name": file.name,
        "full_name": file.full_name,
        "term": file.term,
        "day": call.desk.day.isoformat(),
        "account": {
            "name": call.actor.name,
            "roles": sorted(call.actor.roles),
            "scopes": sorted(call.holder.scopes),
        },
        "links": {path: call.address(path) for path in paths},
    }


@endpoint("/people", parameters=("after", "limit"))
def list_people(call: Call) -> Answer:
    """People by number, with the posts and the mandate they hold today."""
    rows = after(call, PersonRow, selectinload(PersonRow.appointments).joinedload(AppointmentRow.organ))
    return items(call, "people", [_person(call, row) for row in rows])


@endpoint("/people/<int:number>")
def get_person(call: Call, number: int) -> Answer:
    """One person."""
    row = call.desk.session.get(PersonRow, number)
    if row is None:
        raise RendaError("party.unknown", number=number, noun=gettext("人员"))
    return _person(call, row)


@endpoint("/organs", parameters=("after", "limit"))
def list_organs(call: Call) -> Answer:
    """Organs by number."""
    return items(call, "organs", [_organ(row) for row in after(call, OrganRow)])


@endpoint("/organs/<int:number>")
def get_organ(call: Call, number: int) -> Answer:
    """One organ."""
    row = call.desk.session.get(OrganRow, number)
    if row is None:
        raise RendaError("party.unknown", number=number, noun=gettext("机构"))
    return _organ(row)


@endpoint("/practices", parameters=("on",))
def list_practices(call: Call) -> Answer:
    """The practices in force on a day (today), with what the caller may open."""
    day = day_of("on") or call.desk.day
    return {"items": [_practice(call, rules) for rules in call.desk.rulebook.on(day)], "next": None}


@endpoint("/practices/<code>", parameters=("on",))
def get_practice(call: Call, code: str) -> Answer:
    """One practice in force on a day (today)."""
    rules = call.desk.rulebook.on(day_of("on") or call.desk.day).practices.get(code)
    if rules is None:
        raise RendaError("api.no_practice", code=code)
    return _practice(call, rules)


@endpoint("/sheets", parameters=("since", "until"))
def list_sheets(call: Call) -> Answer:
    """Tables over a time (the last year), with their figures and reasons."""
    until = day_of("until") or call.desk.day
    since = day_of("since") or until - timedelta(days=365)
    security.note_export("sheets.json")
    return {"items": sheets(call, since, until), "next": None, "since": since.isoformat(), "until": until.isoformat()}


def sheets(call: Call, since: date, until: date) -> list[dict[str, Any]]:
    """The tables the caller may see; a practice that fails says so in their place."""
    found: list[dict[str, Any]] = []
    for each in telling.told(call.desk, call.slug, call.actor, since, until):
        if each.failure is not None:
            found.append({"practice": each.rules.code, "failure": each.failure.message, "code": each.failure.code})
        found += [told.sheet(each.rules.code, sheet) for sheet in each.said]
    return found


def after(call: Call, table: Any, *options: Any) -> Sequence[Any]:
    """A portion of a table's rows by number, from where the caller left off."""
    query = select(table).order_by(table.id).limit(limit()).options(*options)
    after = number_of("after")
    return call.desk.session.scalars(query if after is None else query.where(table.id > after)).all()


def items(call: Call, path: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """A portion of a list by number, of which everything may be read, and the address of the next one."""
    return portion(call, path, items, items[-1]["id"] if len(items) == limit() else None)


def portion(
    call: Call, path: str, items: list[dict[str, Any]], last: int | None, *, matter: int | None = None
) -> dict[str, Any]:
    """A portion of a list and the address of the next one, which begins after ``last``; no address where it is None.

    What is handed out is in the security log.
    """
    if items:
        security.note_export(f"{path}.json")
    narrowed = "" if matter is None else f"&matter={matter}"
    following = None if last is None else call.address(f"{path}?limit={limit()}&after={last}{narrowed}")
    return {"items": items, "next": following}


def _person(call: Call, row: PersonRow) -> dict[str, Any]:
    day = call.desk.day
    mandate = next((each for each in row.mandates if in_force(each, day)), None)
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "posts": [
            {
                "post": each.post,
                "organ": {"id": each.organ.id, "name": each.organ.name},
                "head": each.head,
                "since": each.since.isoformat(),
            }
            for each in row.appointments
            if in_force(each, day)
        ],
        "mandate": None
        if mandate is None
        else {
            "constituency": mandate.constituency,
            "delegation": mandate.delegation,
            "committee_member": mandate.committee_member,
            "since": mandate.since.isoformat(),
        },
    }


def _organ(row: OrganRow) -> dict[str, Any]:
    days = {
        name: None if day is None else day.isoformat() for name, day in (("since", row.since), ("until", row.until))
    }
    return {"id": row.id, "code": row.code, "name": row.name, "sort": row.sort, **days}


def _practice(call: Call, rules: InForce) -> dict[str, Any]:
    version = rules.version
    may_open = [each for each in openings(call.desk, call.actor) if each.rules.code == rules.code]
    return {
        "code": rules.code,
        "title": gettext(version.title),
        "plugin": version.plugin,
        "effective": version.effective.isoformat(),
        "source": version.source,
        "digest": version.digest,
        "kinds": [
            {
                "code": kind.code,
                "title": gettext(kind.title),
                "within": kind.within,
                "states": {state: gettext(label) for state, label in kind.states.items()},
                "ends": sorted(kind.ends),
                "payload": payload_schema(rules.practice, kind.code),
            }
            for kind in rules.practice.kind_of.values()
        ],
        "openings": [
            told.action(call, offer, call.address(f"practices/{rules.code}/{offer.action.name}"))
            for offer in may_open
            if call.holder.may_act(rules.code)
        ],
    }
