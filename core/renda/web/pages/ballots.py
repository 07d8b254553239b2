"""The ballots of a sitting, for the office and the chair: prepared, opened and closed one by one or together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import ROLES
from renda.model import BallotRow, MeetingRow
from renda.services import ballots, meetings
from renda.services.ballots import KeyTask, Progress, Question, Subject
from renda.services.ballots.result_text import title_of
from renda.services.ballots.wording import DISPLAY, KEY_MODES, PRESS, SECRECY
from renda.services.desk import Desk
from renda.web.auth import actor_at
from renda.web.polling import hall_token, polled, told
from renda.web.tenancy import Seat, installation, key_work, page, to_sign_in

declare({"web.none_chosen": "没有选中任何表决。请先在左边打勾。"})

OFFICE = ("clerk", "chair")
READERS = ("clerk", "chair", "member", "deputy", "auditor")
KEY_DEEDS = frozenset({"open", "close"})
DEEDS = {"open": "开始", "stop": "截止", "close": "截止并计票", "publish": "宣布结果", "list": "列入本次会议"}
ELECTORATES = {"committee": "member", "congress": "deputy"}
_ABOUT = re.compile(r"\s*#(\d{1,18})$")


@dataclass(frozen=True)
class Running:
    """A ballot on the list with how many have voted."""

    row: BallotRow
    progress: Progress

    @property
    def title(self) -> str:
        """The question with its round."""
        return title_of(self.row)

    @property
    def width(self) -> int:
        """How much of the bar is full, in percent."""
        return 100 * (self.progress.voted + self.progress.by_paper) // max(1, self.progress.issued)


def check_office(seat: Seat) -> None:
    """Refuse whoever is neither the office nor the chair; raises ``web.roles``."""
    if seat.actor.roles.isdisjoint(OFFICE):
        raise RendaError("web.roles", roles="、".join(gettext(ROLES[role]) for role in OFFICE))


def with_keys(slug: str, number: int) -> Response | None:
    """Opening or closing several, all or none: what needs their keys is done before a desk is opened."""
    deed = request.form.get("deed", "")
    if request.method != "POST" or deed not in KEY_DEEDS:
        return None
    with installation().reading(slug) as desk:
        seat = Seat(slug, desk, actor_at(desk, slug))
        if not seat.signed_in:
            return to_sign_in(slug)
        meetings.find(desk, number)
        check_office(seat)
        chosen = _chosen(request.form.getlist("ballot"))
        for each in chosen:
            _check_listed(desk, each, number)
    key_work()(KeyTask(deed, slug, seat.actor, chosen))
    flash(_told(slug, chosen, deed))
    return redirect(url_for("district.sitting_ballots", slug=slug, number=number), 303)


@page("/meetings/<int:number>/ballots", methods=("GET", "POST"), first=with_keys)
def sitting_ballots(seat: Seat, number: int) -> ResponseReturnValue:
    """The ballots of a sitting as the chair runs them: those chosen are dealt with together, all or none."""
    sitting = meetings.find(seat.desk, number)
    check_office(seat)
    if request.method == "POST":
        flash(_together(seat, sitting, request.form.getlist("ballot"), request.form.get("deed", "")))
        return redirect(url_for("district.sitting_ballots", slug=seat.slug, number=number), 303)
    token = hall_token(seat.slug, number)
    return render_template(
        "sitting_ballots.html", seat=seat, sitting=sitting, there=meetings.presence(seat.desk, number),
        running=_running(seat, ballots.of_meeting(seat.desk, number)), waiting=ballots.waiting(seat.desk),
        states=ballots.STATES, benches=ballots.BENCHES, secrecy=SECRECY, display=DISPLAY, deeds=DEEDS,
        hall=url_for("district.hall", slug=seat.slug, token=token),
        told=told(seat.desk, number),
        polled=url_for("district.turnout", slug=seat.slug, token=token),
    )  # fmt: skip


def _running(seat: Seat, rows: Sequence[BallotRow]) -> list[Running]:
    return [Running(row, ballots.progress(seat.desk, row.id)) for row in rows]


def _together(seat: Seat, sitting: MeetingRow, chosen: Sequence[str], deed: str) -> str:
    numbers = _chosen(chosen)
    if deed not in DEEDS:
        raise RendaError("web.none_chosen")
    for number in numbers:
        if deed == "list":
            ballots.list_in(seat.desk, seat.actor, number, sitting.id)
            continue
        _check_listed(seat.desk, number, sitting.id)
        if deed == "stop":
            ballots.stop(seat.desk, seat.actor, number)
        else:
            ballots.publish(seat.desk, seat.actor, number)
    return _told(seat.slug, numbers, deed)


def _chosen(given: Sequence[str]) -> list[int]:
    numbers = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 19]
    if not numbers:
        raise RendaError("web.none_chosen")
    return numbers


def _check_listed(desk: Desk, number: int, sitting: int) -> None:
    if ballots.find(desk, number).meeting_id != sitting:
        raise RendaError("ballot.unknown", number=number)


def _told(slug: str, numbers: Sequence[int], deed: str) -> str:
    polled().forget(slug)
    return gettext("已对 {n} 项表决办理“{deed}”。", n=len(numbers), deed=gettext(DEEDS[deed]))


@page("/meetings/<int:number>/ballots/new", methods=("GET", "POST"))
def new_ballot(seat: Seat, number: int) -> ResponseReturnValue:
    """A ballot prepared by hand: the question, what it is about, the rule it is counted by."""
    sitting = meetings.find(seat.desk, number)
    check_office(seat)
    refusal: RendaError | None = None
    if request.method == "POST":
        try:
            # Given up alone where it is refused, so that the form can be shown again at the same desk.
            with seat.desk.session.begin_nested():
                made = ballots.prepare(seat.desk, seat.actor, _question(seat, sitting))
            flash(gettext("已准备“{question}”。", question=request.form["question"].strip()))
            return redirect(url_for("district.ballot", slug=seat.slug, number=made), 303)
        except RendaError as error:
            if error.status >= 500:
                raise
            refusal = error
    offered = ballots.on_offer(seat.desk)
    page = render_template(
        "new_ballot.html", seat=seat, sitting=sitting, refusal=refusal, given=request.form, offered=offered,
        benches=ballots.BENCHES, secrecy=SECRECY, display=DISPLAY, press=PRESS, key_modes=KEY_MODES,
    )  # fmt: skip
    return page, 200 if refusal is None else refusal.status


declare(
    {
        "web.ballot_blank": "没有写表决的题目。请写明。",
        "web.ballot_long": "“{entry}”过长:最多 {most} 个字。请缩短。",
        "web.ballot_secret": "“{rule}”依法须无记名投票。请选“无记名”。",
        "web.ballot_group": "公布保护的人数下限应为不小于 1 的整数,现为“{value}”。",
    }
)
_LONGEST = 300


def _question(seat: Seat, sitting: MeetingRow) -> Question:
    given = request.form
    table = ballots.chosen(seat.desk, given.get("rule", ""))
    question = " ".join(given.get("question", "").split())
    subjects = [" ".join(line.split()) for line in given.get("subjects", "").splitlines() if line.strip()]
    if not question:
        raise RendaError("web.ballot_blank")
    for text in (question, *subjects):
        if len(text) > _LONGEST:
            raise RendaError("web.ballot_long", entry=text[:12], most=_LONGEST)
    if table.secret and given.get("secrecy") != "secret":
        raise RendaError("web.ballot_secret", rule=table.title)
    group = given.get("k", "").strip()
    if group and not (group.isascii() and group.isdigit() and len(group) < 6):
        raise RendaError("web.ballot_group", value=group)
    return Question(
        question=question,
        bench=table.bench,
        rule=table.rule,
        subjects=[_subject(line) for line in subjects or [question]],
        members=max(1, sitting.members),
        practice=table.practice,
        secrecy=given.get("secrecy", "secret"),
        press=given.get("press", "first"),
        display=given.get("display", "delayed"),
        k=int(group) if group else table.k,
        action=given.get("action", "coarsen"),
        meeting=sitting.id,
        electorate=ELECTORATES.get(sitting.body, ""),
        key_mode=given.get("key_mode", "server"),
    )


def _subject(line: str) -> Subject:
    about = _ABOUT.search(line)
    return Subject(line) if about is None else Subject(_ABOUT.sub("", line), matter=int(about[1]))
