"""Sittings: the list, one sitting as the office and as a member sees it, convening one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import AttendanceRow, MeetingRow, PersonRow
from renda.services import archives, ballots
from renda.services import meetings as sittings
from renda.services.ballots.result_text import title_of
from renda.services.meetings import PRESENCE, STATES, WAYS, Presence
from renda.services.meetings.minutes_parts import hour
from renda.sittings import BODIES
from renda.web.entries import entries_of
from renda.web.forms import Drawing
from renda.web.meeting_forms import Convening, items_of, moment_of, read
from renda.web.pages.archive import announced_key
from renda.web.pages.ballots import READERS
from renda.web.polling import hall_token
from renda.web.tenancy import Seat, page, to_sign_in

OFFICE = ("clerk", "chair")
MOST = 100
FILTERS = {"all": "全部", "expected": "未到", "present": "出席", "away": "请假和缺席", "left": "已离会"}
_STATES_OF = {"expected": {"expected"}, "present": {"present"}, "away": {"leave", "absent"}, "left": {"left"}}


@dataclass(frozen=True)
class Line:
    """One line of the roster with the person's name."""

    row: AttendanceRow
    name: str

    @property
    def state(self) -> str:
        """Where the person is, in words."""
        return gettext(PRESENCE[self.row.state])

    @property
    def level(self) -> str:
        """How it is marked."""
        return {"present": "good", "absent": "danger"}.get(self.row.state, "muted")

    @property
    def told(self) -> str:
        """When and how, and why not."""
        row = self.row
        said = [
            gettext("{hour} {way}", hour=hour(row.arrived_at), way=gettext(WAYS[row.way])) if row.way else "",
            gettext("迟到") if row.late else "",
            gettext("{hour} 离会", hour=hour(row.left_at)) if row.left_at else "",
            row.reason,
        ]
        return " · ".join(each for each in said if each)


@page("/meetings/")
def meetings(seat: Seat) -> ResponseReturnValue:
    """The sittings, the newest first."""
    rows = seat.desk.session.scalars(
        select(MeetingRow).order_by(MeetingRow.day.desc(), MeetingRow.id.desc()).limit(MOST)
    ).all()
    return render_template(
        "meetings.html", seat=seat, rows=rows, bodies=BODIES, states=STATES, office=is_office(seat), most=MOST
    )


@page("/meetings/convene", methods=("GET", "POST"), roles=OFFICE)
def convening(seat: Seat) -> ResponseReturnValue:
    """Convene a sitting."""
    if request.method == "GET":
        return _asked(seat, None)
    try:
        # Given up alone where it is refused, so that the form can be shown again at the same desk.
        with seat.desk.session.begin_nested():
            given = read(Convening, entries_of(seat.desk, Convening, request.form), seat.desk.exists)
            agenda = items_of(given.pop("agenda", ""))
            given["starts_at"] = moment_of(given["day"], given.pop("starts", ""))
            number = sittings.convene(seat.desk, seat.actor, given.pop("body"), agenda=agenda, **given)
    except RendaError as refusal:
        if refusal.status >= 500 or refusal.status == 403:
            raise
        return _asked(seat, refusal), refusal.status
    flash(gettext("会议已召集，名册共 {n} 人。", n=sittings.find(seat.desk, number).members))
    return redirect(url_for("district.meeting", slug=seat.slug, number=number), 303)


@page("/meetings/<int:number>", public=True)
def meeting(seat: Seat, number: int) -> ResponseReturnValue:
    """One sitting: for the office with the roster and all that can be done, for others what is theirs."""
    if not seat.signed_in:
        return to_sign_in(seat.slug)
    row = sittings.find(seat.desk, number)
    chosen = request.args.get("show", "all")
    chosen = chosen if chosen in FILTERS else "all"
    roster = lines_of(seat, number) if sees_roster(seat) else []
    own = seat.actor.person
    mine = lines_of(seat, number, own.id) if own is not None else []
    return render_template(
        "meeting.html",
        seat=seat,
        row=row,
        there=sittings.presence(seat.desk, number),
        states=STATES,
        bodies=BODIES,
        office=is_office(seat),
        roster=[line for line in roster if line.row.state in _STATES_OF.get(chosen, PRESENCE)],
        counts=_counts(roster),
        filters=FILTERS,
        chosen=chosen,
        sees_roster=sees_roster(seat),
        mine=mine[0] if mine else None,
        token=hall_token(seat.slug, number),
        running=row.state != "closed",
        may_publish=is_office(seat) and row.published_at is None and archives.is_settled(seat.desk, row),
        # What is asked names matters: for those who may read the ballots themselves.
        ballots=() if seat.actor.roles.isdisjoint(archives.READERS) else ballots.of_meeting(seat.desk, number),
        ballot_states=ballots.STATES,
        reads_ballots=not seat.actor.roles.isdisjoint(READERS),
        title_of=title_of,
        starts=hour(row.starts_at),
        archive_key=announced_key(seat, number),
    )


@page("/meetings/<int:number>/live")
def meeting_live(seat: Seat, number: int) -> ResponseReturnValue:
    """The counts, asked for every few seconds; nothing is sent where nothing has changed."""
    there = sittings.presence(seat.desk, number)
    g.private = True
    if request.args.get("seen") == seen(there):
        return Response(status=204)
    row = sittings.find(seat.desk, number)
    return render_template("meeting_live.html", seat=seat, row=row, there=there, running=row.state != "closed")


def seen(there: Presence) -> str:
    """What the counts are known by: as long as it is the same, so are they."""
    counts = (there.members, there.present, there.left, there.leave, there.absent, there.late, there.sitting_in)
    return "-".join(map(str, counts))


def is_office(seat: Seat) -> bool:
    """Whether who asks runs sittings."""
    return not seat.actor.roles.isdisjoint(OFFICE)


def sees_roster(seat: Seat) -> bool:
    """Whether who asks may see who was there and why somebody was not."""
    return is_office(seat) or "auditor" in seat.actor.roles


def lines_of(seat: Seat, number: int, person: int | None = None) -> list[Line]:
    """The roster of a sitting, or one person's line of it."""
    rows = [each for each in sittings.lines(seat.desk, number) if person in {None, each.person_id}]
    wanted = [each.person_id for each in rows]
    people = seat.desk.session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(wanted)))
    names = {each.id: each.name for each in people}
    return [Line(each, names[each.person_id]) for each in rows]


def _counts(roster: Sequence[Line]) -> dict[str, int]:
    states = Counter(line.row.state for line in roster)
    return {code: sum(states[state] for state in _STATES_OF.get(code, PRESENCE)) for code in FILTERS}


def _asked(seat: Seat, refusal: RendaError | None) -> str:
    known = {"day": seat.desk.day} if request.method == "GET" else entries_of(seat.desk, Convening, request.form)
    drawing = Drawing(seat.desk, None, refusal.fields if refusal else {})
    return render_template(
        "meeting_form.html",
        seat=seat,
        row=None,
        title=gettext("召集会议"),
        source="",
        refusal=refusal,
        widgets=drawing.form(Convening, known),
        back=url_for("district.meetings", slug=seat.slug),
    )
