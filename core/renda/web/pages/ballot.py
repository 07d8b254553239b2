"""One ballot: run by the office and the chair, looked at by members; its result before and after the release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.model import BallotRow, ElectorRow, MeetingRow, PersonRow
from renda.services import ballots
from renda.services.ballots import KeyTask
from renda.services.ballots.requirements import requirement
from renda.services.ballots.result_text import ResultText, public_sheet, result_text
from renda.services.ballots.wording import DECISIONS, DISPLAY, KEY_MODES, PRESS, SECRECY, blank_policy
from renda.services.desk import Desk
from renda.web.auth import actor_at
from renda.web.outcomes import Outcome, outcome
from renda.web.pages.archive import announced_key
from renda.web.pages.ballots import OFFICE, READERS, check_office
from renda.web.polling import hall_token, polled, told
from renda.web.tenancy import Seat, installation, key_work, page, to_sign_in

KEY_DEEDS = frozenset({"open", "close", "shares"})
TOLD = {
    "open": "表决已开始。",
    "stop": "表决已截止,不再收票。",
    "close": "已计票。",
    "withhold": "已登记不公布。",
    "publish": "结果已宣布,会场屏幕和各人的页面都能看到。",
    "paper": "已发纸质票;此人只能用纸质票投票。",
    "list": "已列入会议。",
    "next": "下一轮表决已准备好。",
    "announce": "结果文书已发布。",
}


def _publish(desk: Desk, actor: Actor, number: int) -> None:
    ballots.publish(desk, actor, number, request.form.get("form", ""))


_PLAIN: Mapping[str, Callable[[Desk, Actor, int], object]] = {"stop": ballots.stop, "publish": _publish}


@dataclass(frozen=True)
class WhoMayPaper:
    """An elector who may still be given a paper."""

    number: int
    name: str


def with_key(slug: str, number: int) -> Response | None:
    """What needs the ballot's key, done before a desk is opened: it has a transaction, and mostly a process, of its own."""
    deed = request.form.get("deed", "")
    if request.method != "POST" or deed not in KEY_DEEDS:
        return None
    with installation().reading(slug) as desk:
        seat = Seat(slug, desk, actor_at(desk, slug))
        if not seat.signed_in:
            return to_sign_in(slug)
        check_office(seat)
        row = ballots.find(desk, number)
        shares = [share for share in request.form.getlist("share") if share.strip()]
        task = KeyTask(
            deed,
            slug,
            seat.actor,
            [row.id],
            shares,
            request.form.get("display", ""),
            _number("needed"),
            _number("total"),
        )
    made = key_work()(task)
    polled().forget(slug)
    if deed == "shares":
        return _shares(slug, number, made, task.needed)
    flash(gettext(TOLD[deed]))
    return redirect(url_for("district.ballot", slug=slug, number=number), 303)


def _shares(slug: str, number: int, made: Sequence[str], needed: int) -> Response:
    """The shares, shown this once and kept nowhere."""
    g.private = True
    with installation().reading(slug) as desk:
        seat = Seat(slug, desk, actor_at(desk, slug))
        row = ballots.find(desk, number)
        return make_response(render_template("ballot_shares.html", seat=seat, row=row, shares=made, needed=needed))


@page("/ballots/<int:number>", methods=("GET", "POST"), first=with_key)
def ballot(seat: Seat, number: int) -> ResponseReturnValue:
    """The ballot. Its result is the office's and the chair's until it is released, and everybody's here after."""
    row = ballots.find(seat.desk, number)
    if request.method == "POST":
        check_office(seat)
        return _dealt_with(seat, row)
    if seat.actor.roles.isdisjoint(READERS):
        raise RendaError("web.roles", roles="、".join(gettext(ROLES[role]) for role in READERS))
    office = not seat.actor.roles.isdisjoint(OFFICE)
    progress, sheet = ballots.progress(seat.desk, number), ballots.sheet_of(seat.desk, row)
    token = "" if row.meeting_id is None else hall_token(seat.slug, row.meeting_id)
    return render_template(
        "ballot.html", seat=seat, row=row, office=office, progress=progress, outcome=_outcome(seat, row, office),
        sitting=None if row.meeting_id is None else seat.desk.session.get(MeetingRow, row.meeting_id),
        sheet=sheet, names=ballots.by_name(seat.desk, row, sheet), states=ballots.STATES, benches=ballots.BENCHES, secrecy=SECRECY,
        press=PRESS, display=DISPLAY, key_modes=KEY_MODES, notice=ballots.notice_of(seat.desk, row),
        forms=ballots.forms(seat.desk, row) if office and row.state == "closed" else (), form_names=ballots.FORMS,
        may_paper=_may_paper(seat, row) if office and row.state == "open" else [],
        following=(row.result or {}).get("following"),
        told="" if row.meeting_id is None else told(seat.desk, row.meeting_id),
        polled=url_for("district.turnout", slug=seat.slug, token=token) if token else "",
        archive_key=announced_key(seat, row.meeting_id), text=_text(seat, row, office),
        required=requirement(row, {"members": row.members}), blanks=_blanks(row), source=_source(seat, row),
        may_withhold="chair" in seat.actor.roles and row.bench not in DECISIONS,
    )  # fmt: skip


def _outcome(seat: Seat, row: BallotRow, office: bool) -> Outcome | None:
    seen = public_sheet(seat.desk, row)
    if office and seen is None and row.result is not None and row.state != "void":
        seen = ballots.unguarded(seat.desk, row)
    return None if seen is None else outcome(row, seen)


def _text(seat: Seat, row: BallotRow, office: bool) -> ResultText:
    seen = public_sheet(seat.desk, row)
    if seen is None and office and row.result is not None:
        seen = ballots.unguarded(seat.desk, row)
    sitting = None if row.meeting_id is None else seat.desk.session.get(MeetingRow, row.meeting_id)
    return result_text(row, seen, sitting_closed=sitting is not None and sitting.state == "closed")


def _blanks(row: BallotRow) -> str:
    """What a blank is counted as, before anybody votes."""
    said = {"abstain": "没有填的算弃权。", "invalid": "没有填的算无效票。", "ignored": "没有填的不计。"}
    return gettext(said[blank_policy(row.bench, row.rule)])


def _source(seat: Seat, row: BallotRow) -> str:
    """Whose rule it is; for a rule of the law the articles."""
    if not row.practice:
        return next(
            (
                gettext(each.source)
                for each in ballots.on_offer(seat.desk)
                if not each.practice and each.rule == row.rule
            ),
            "",
        )
    rules = seat.desk.rulebook.on(row.rules_effective or seat.desk.day).practices.get(row.practice)
    return "" if rules is None else f"{gettext(rules.version.title)}({rules.version.source})"


def _may_paper(seat: Seat, row: BallotRow) -> list[WhoMayPaper]:
    # Those who have voted are among them: a list that shrank with every vote would tell who votes when.
    query = (
        select(PersonRow.id, PersonRow.name)
        .join(ElectorRow, ElectorRow.person_id == PersonRow.id)
        .where(ElectorRow.ballot_id == row.id, ElectorRow.way == "electronic")
        .order_by(PersonRow.sort_key, PersonRow.id)
    )
    return [WhoMayPaper(number, name) for number, name in seat.desk.session.execute(query)]


def _dealt_with(seat: Seat, row: BallotRow) -> ResponseReturnValue:
    """One deed that needs no key; refused, nothing is changed."""
    deed, number = request.form.get("deed", ""), row.id
    desk, actor, shown = seat.desk, seat.actor, number
    if deed in _PLAIN:
        _PLAIN[deed](desk, actor, number)
    elif deed == "withhold":
        ballots.withhold(desk, actor, number, request.form.get("reason", ""))
    elif deed == "paper":
        ballots.hand_paper(desk, actor, number, _number("person"))
    elif deed == "list":
        ballots.list_in(desk, actor, number, _number("meeting"))
    elif deed == "next":
        shown = ballots.next_round(desk, actor, number)
    elif deed == "announce":
        ballots.announce(desk, actor, number, public="public" in request.form)
    else:
        raise RendaError("web.bad_request")
    polled().forget(seat.slug)
    flash(gettext(TOLD[deed]))
    return redirect(url_for("district.ballot", slug=seat.slug, number=shown), 303)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
