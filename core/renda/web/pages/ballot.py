"""One ballot: run by the office and the chair, looked at by members; its result before and after the release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.model import BallotRow, ElectorRow, MeetingRow, PersonRow
from renda.services import ballots
from renda.services.ballots.requirements import requirement
from renda.services.ballots.result_text import ResultText, public_sheet, result_text
from renda.services.ballots.wording import DECISIONS, DISPLAY, KEY_MODES, PRESS, SECRECY, blank_policy
from renda.services.desk import Desk
from renda.web.outcomes import Outcome, outcome
from renda.web.pages.archive import announced_key
from renda.web.pages.ballots import OFFICE, READERS, check_office
from renda.web.polling import hall_token, polled, told
from renda.web.tenancy import Seat, keys, page

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


@page("/ballots/<int:number>", methods=("GET", "POST"))
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
    """One deed; refused, nothing is changed. A key is destroyed with the commit, so nothing here is nested."""
    deed, number = request.form.get("deed", ""), row.id
    shares = [share for share in request.form.getlist("share") if share.strip()]
    desk, actor, shown = seat.desk, seat.actor, number
    if deed == "shares":
        return _shares(seat, row)
    if deed == "open":
        ballots.open_in_sitting(desk, actor, number, keys=keys(), shares=shares)
    elif deed in _PLAIN:
        _PLAIN[deed](desk, actor, number)
    elif deed == "close":
        ballots.close(desk, actor, number, keys=keys(), shares=shares, display=request.form.get("display", ""))
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


def _shares(seat: Seat, row: BallotRow) -> ResponseReturnValue:
    """The shares, shown this once and kept nowhere."""
    needed, total = _number("needed"), _number("total")
    made = ballots.make_shares(seat.desk, seat.actor, row.id, needed=needed, total=total)
    g.private = True
    return render_template("ballot_shares.html", seat=seat, row=row, shares=made, needed=needed)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
