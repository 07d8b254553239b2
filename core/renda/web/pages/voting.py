"""An elector's page, on a phone or at a seat: all ballots open to them, marked, handed in, truly answered.

A request says nothing by its length: marks are numbers of one width, envelopes have one length, a script pads what
it sends, and without a script every elector goes through the same two pages, both filled up to one length.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Party
from renda.model import BallotRow
from renda.services import ballots
from renda.services.ballots import Answer, BallotSheet
from renda.services.ballots.keys import about
from renda.services.ballots.result_text import ResultText, public_sheet, result_text, title_of
from renda.services.ballots.wording import PRESS, SECRECY
from renda.web import casting, voters
from renda.web.pages.ballots import READERS
from renda.web.polling import hall_token, told
from renda.web.tenancy import Seat, page, to_sign_in

declare({"vote.signed_out": "登录已经结束,这张票没有收下。请重新登录后再投。"}, status=401)

WHOLE_PAGE = 64 * 1024
SETTLED = frozenset({"published", "withheld", "void"})


@dataclass(frozen=True)
class Booth:
    """One open ballot before one elector."""

    row: BallotRow
    sheet: BallotSheet
    cast: bool
    submission: str

    @property
    def title(self) -> str:
        """The question with its round."""
        return title_of(self.row)

    @property
    def key(self) -> str:
        """The public half of the ballot's key, for the browser to seal with."""
        return base64.b64encode(self.row.public_key or b"").decode()

    @property
    def about(self) -> str:
        """What an envelope of this ballot is bound to."""
        return about(self.row).decode()

    @property
    def in_browser(self) -> bool:
        """Whether the paper has to be sealed in the browser."""
        return casting.must_be_sealed(self.row)

    @property
    def open(self) -> bool:
        """Whether a paper is taken from this elector."""
        return not self.cast or self.row.press == "last"


@dataclass(frozen=True)
class Released:
    """A result that is out, as electors read it below their ballots; ``link`` where they may open its page."""

    number: int
    state: str
    text: ResultText
    link: bool


@page("/vote", public=True)
def vote(seat: Seat) -> ResponseReturnValue:
    """All ballots that are open to whoever signed in."""
    return _booths(seat, "vote.html") if seat.signed_in else to_sign_in(seat.slug)


@page("/seat", methods=("GET", "POST"), public=True)
def seat(seat: Seat) -> ResponseReturnValue:
    """The same on a terminal at a seat: nothing but the ballots, in large buttons.

    Its address (``meeting``, ``seat``, ``key``) says whose seat it is; elsewhere a slip says who votes, until the
    next one comes. Neither opens any other page.
    """
    g.private = True
    error: RendaError | None = None
    try:
        if request.method == "POST":
            if "leave" in request.form:
                voters.leave()
            else:
                voters.take_slip(seat, request.form.get("slip", ""))
            return redirect(url_for("district.seat", slug=seat.slug), 303)
        if "key" in request.args:
            voters.take_seat(seat, request.args)
            return redirect(url_for("district.seat", slug=seat.slug), 303)
    except RendaError as refusal:
        error = refusal
    if error is not None or voters.voter(seat) is None:
        page = render_template("seat_slip.html", seat=seat, error=error)
        return page, 200 if error is None else error.status
    return _booths(seat, "seat.html")


@page("/ballots/<int:number>/cast", methods=("GET", "POST"), public=True, first=casting.at_once)
def cast(seat: Seat, number: int) -> ResponseReturnValue:
    """Take a paper: an envelope sealed in the browser, or marks to be sealed here."""
    g.private = True
    if request.method == "GET":
        ballots.find(seat.desk, number)
        return redirect(url_for("district.seat" if voters.at_seat() else "district.vote", slug=seat.slug), 303)
    if request.is_json:
        return _by_script(seat, number)
    return _by_form(seat, number)


def _booths(seat: Seat, template: str) -> ResponseReturnValue:
    voter = voters.voter(seat)
    person = voter.person if voter is not None else None
    rows: Sequence[BallotRow] = ()
    done: frozenset[int] = frozenset()
    if person is not None:
        rows, done = ballots.for_elector(seat.desk, person.id), ballots.has_cast(seat.desk, person.id)
    meeting = _sitting(seat, rows, person)
    booths = [Booth(row, ballots.sheet_of(seat.desk, row), row.id in done, secrets.token_urlsafe(18)) for row in rows]
    return render_template(
        template, seat=seat, booths=booths, person=person, secrecy=SECRECY, press=PRESS,
        told="" if meeting is None else told(seat.desk, meeting), polled="" if meeting is None else _polled(seat, meeting),
        words=json.dumps(_words(), ensure_ascii=False), by_slip=voters.by_slip(),
        may_arrive=voters.may_arrive(seat.desk), released=_released(seat, meeting),
    )  # fmt: skip


def _sitting(seat: Seat, rows: Sequence[BallotRow], person: Party | None) -> int | None:
    """Which sitting the page follows: that of its ballots, else the one the elector is at."""
    meeting = next((row.meeting_id for row in rows if row.meeting_id is not None), None)
    if meeting is None and person is not None:
        meeting = ballots.sitting_of(seat.desk, person.id)
    return meeting


def _released(seat: Seat, meeting: int | None) -> list[Released]:
    """The results of the sitting that are out, the newest first."""
    if meeting is None:
        return []
    link = seat.signed_in and not seat.actor.roles.isdisjoint(READERS)
    return [
        Released(row.id, row.state, result_text(row, public_sheet(seat.desk, row)), link)
        for row in reversed(ballots.of_meeting(seat.desk, meeting))
        if row.state in SETTLED
    ]


def _polled(seat: Seat, meeting: int) -> str:
    return url_for("district.turnout", slug=seat.slug, token=hall_token(seat.slug, meeting))


def _by_script(seat: Seat, number: int) -> Response:
    """The script's way: answered in JSON, refusals too."""
    try:
        said = casting.request_of(lambda marks, names: _sealed(seat, number, marks, names))
        return casting.told_answer(_cast(seat, number, said.envelope, said.token))
    except RendaError as refusal:
        return casting.told_refusal(refusal)


def _by_form(seat: Seat, number: int) -> Response:
    """Without a script: first what was marked, to look at; then the answer."""
    posted = request.form
    row = ballots.find(seat.desk, number)
    sheet = ballots.sheet_of(seat.desk, row)
    marks = {line.code: posted.get(f"m.{line.code}", "") for line in sheet.lines}
    names = posted.getlist("name")[: sheet.written]
    token = posted.get("_submission", "")[: casting.LONGEST_TOKEN] or secrets.token_urlsafe(18)
    answer: Answer | None = None
    error: RendaError | None = None
    try:
        envelope = _sealed(seat, number, marks, names)
        if "cast" in posted:
            answer = _cast(seat, number, envelope, token)
    except RendaError as refusal:
        if refusal.status in {404, 401} or refusal.status >= 500:
            raise
        error = refusal
    shown = {option.value: option.label for option in sheet.options}
    page = render_template(
        "vote_review.html", seat=seat, row=row, sheet=sheet, marks=marks, names=names, shown=shown, token=token,
        at_seat=voters.at_seat(),        missing=ballots.unmarked(sheet, marks), answer=answer, error=error, said=casting.SAID,
        title=title_of(row),
    )  # fmt: skip
    content = page.encode()
    whole = -(-len(content) // WHOLE_PAGE) * WHOLE_PAGE
    return Response(content.ljust(whole), content_type="text/html; charset=utf-8")


def _sealed(seat: Seat, number: int, marks: Any, names: Any) -> bytes:
    given = {str(code): str(mark) for code, mark in marks.items()} if isinstance(marks, Mapping) else None
    if given is None:
        raise RendaError("vote.request")
    written = [str(name) for name in names] if isinstance(names, list) else []
    row = ballots.find(seat.desk, number)
    if casting.must_be_sealed(row):
        raise RendaError("vote.sealing", question=row.question)
    sheet = ballots.sheet_of(seat.desk, row)
    return ballots.seal(seat.desk, number, ballots.paper_of(sheet, given, written))


def _cast(seat: Seat, number: int, envelope: bytes, token: str) -> Answer:
    voter = voters.voter(seat)
    if voter is None:
        raise RendaError("vote.signed_out")
    return ballots.cast(seat.desk, voter, number, envelope, submission=token)


def _words() -> dict[str, str]:
    """What the script says, in the reader's language."""
    return {
        "unmarked": gettext("还有 {n} 项没有选。要改请接着选;确定这样投,请再按一次。"),
        "sending": gettext("正在提交,请稍候……"),
        "retrying": gettext("网络中断,第 {n} 次重试。这张票是否收到还不清楚,请不要关闭页面。"),
        "lost": gettext("网络一直不通,不知道这张票是否收到。恢复后请再按一次“投票”:同一张票不会计两次。"),
        "unsealed": gettext(
            "本页不能在本机密封选票,所以不能投票。请用 https 开头的地址打开,或向会务工作人员领取纸质票。"
        ),
        "long": gettext("票面内容过长,没有送出。请缩短另选的姓名。"),
        "browser": gettext("这张票在本机密封后送出,服务器收到时已看不到内容。"),
        "server": gettext("本页不是经 https 打开的,这张票由服务器密封;投票时,管理服务器的人有可能看到票面。"),
        "again": gettext("以最后一次按键为准,截止前可以改投。"),
        "chosen": gettext("已选 {n} 项,最多选 {seats} 项。"),
        "over": gettext("最多选 {seats} 项,现在选了 {n} 项,这样是无效票。请改正。"),
        "twice": gettext("同一位次选了两项,这样是无效票。请改正。"),
        "missed": gettext("表决已经截止,这里没有投出票。"),
        "failed": gettext("没有投成:{said}"),
    }
