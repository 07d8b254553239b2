"""People, organs and projects: who holds what, since when, and what the practices have to say of them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from renda.documents import lists as tables
from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import Party
from renda.model import AppointmentRow, MandateRow, OrganRow, PersonRow
from renda.services import directory, lists, projects
from renda.services.questions import Answer
from renda.services.visible_records import dossier
from renda.web.downloads import form_asked, spreadsheet
from renda.web.lines import line_of
from renda.web.reasons import Reasons, reasons
from renda.web.tenancy import Seat, page

NOUNS = tables.NOUNS


@page("/people/")
def people(seat: Seat) -> ResponseReturnValue:
    """Deputies, officials and organs of today, and projects, by name or code."""
    text = request.args.get("q", "").strip()[:80]
    noun = request.args.get("of", "deputy")
    noun = noun if noun in NOUNS else "deputy"
    if form_asked():
        return spreadsheet(tables.people(seat.desk, noun, text), form_asked(), seat.slug)
    found = directory.listed(seat.desk, noun, text=text)
    return render_template(
        "people.html", seat=seat, found=found, noun=noun, nouns=NOUNS, text=text, most=directory.MOST
    )


@page("/people/<int:number>")
def person(seat: Seat, number: int) -> ResponseReturnValue:
    """The page of a person: mandates, appointments, and a section for each practice that knows them."""
    row = seat.desk.session.get(PersonRow, number)
    if row is None:
        raise RendaError("party.unknown", number=number, noun=gettext("人员"))
    appointments = seat.desk.session.scalars(
        select(AppointmentRow)
        .where(AppointmentRow.person_id == number)
        .options(joinedload(AppointmentRow.organ))
        .order_by(AppointmentRow.since.desc())
    ).all()
    mandates = seat.desk.session.scalars(
        select(MandateRow).where(MandateRow.person_id == number).order_by(MandateRow.since.desc())
    ).all()
    sections = _sections(seat, Party("person", row.id, row.name))
    return render_template(
        "person.html", seat=seat, row=row, appointments=appointments, mandates=mandates, sections=sections
    )


@page("/organs/<int:number>")
def organ(seat: Seat, number: int) -> ResponseReturnValue:
    """The page of an organ: who leads it, and a section for each practice that knows it."""
    row = seat.desk.session.get(OrganRow, number)
    if row is None:
        raise RendaError("party.unknown", number=number, noun=gettext("机构"))
    posts = seat.desk.session.scalars(
        select(AppointmentRow)
        .where(AppointmentRow.organ_id == number)
        .options(joinedload(AppointmentRow.person))
        .order_by(AppointmentRow.head.desc(), AppointmentRow.since.desc())
    ).all()
    sections = _sections(seat, Party("organ", row.id, row.name))
    return render_template("organ.html", seat=seat, row=row, posts=posts, sections=sections)


@page("/projects/<int:number>")
def project(seat: Seat, number: int) -> ResponseReturnValue:
    """The page of a project: who carries it out, its budget and stage, the matters about it."""
    found = projects.view(projects.find(seat.desk, number))
    lines = [line_of(seat, line) for line in lists.about(seat.desk, seat.actor, found.party)]
    return render_template("project.html", seat=seat, project=found, lines_of=lines, most=lists.PAGE)


def _sections(seat: Seat, subject: Party) -> list[tuple[Answer, list[tuple[Any, list[Reasons]]]]]:
    """What each practice says; one that fails says so in its own section."""
    answers = dossier(seat.desk, seat.actor, subject)
    return [
        (answer, [(section, [reasons(figure) for figure in section.figures]) for section in answer.said])
        for answer in answers
        if answer.said or answer.failure
    ]
