"""What the office does with a sitting and its roster: one address for each deed, a form where something is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.schema import Schema
from renda.services import meetings as sittings
from renda.services.meetings import publication
from renda.services.meetings.finding import check_office, name_of
from renda.web.codes import code_of
from renda.web.entries import entries_of
from renda.web.errors import NOT_FOUND
from renda.web.forms import Drawing
from renda.web.meeting_forms import Agenda, Away, Bare, Gone, Somebody, items_of, read, text_of
from renda.web.pages.meetings import lines_of
from renda.web.tenancy import Seat, page, to_sign_in

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the office does: its label, what it asks, what does it, whether it is asked for on a page first."""

    label: str
    form: type[Schema]
    do: Callable[[Seat, int, Values], object]
    about: str = ""


def _on_person(service: Callable[..., object]) -> Callable[[Seat, int, Values], object]:
    def do(seat: Seat, number: int, values: Values) -> object:
        return service(seat.desk, seat.actor, number, **values)

    return do


def _on_sitting(service: Callable[..., object]) -> Callable[[Seat, int, Values], object]:
    def do(seat: Seat, number: int, _: Values) -> object:
        return service(seat.desk, seat.actor, number)

    return do


def _agenda(seat: Seat, number: int, values: Values) -> None:
    sittings.set_agenda(seat.desk, seat.actor, number, items_of(values.get("agenda", "")))


DEEDS: Mapping[str, Deed] = {
    "open": Deed("开会", Bare, _on_sitting(sittings.open_sitting), "签到人数达到法定人数后才能开会。"),
    "adjourn": Deed("休会", Bare, _on_sitting(sittings.adjourn), "签到保留，继续开会时重新核对法定人数。"),
    "close": Deed("闭会", Bare, _on_sitting(sittings.close), "未到又未请假的登记为缺席；签到码、座席和凭条随即失效。"),
    "publish": Deed(
        "向社会公布",
        Bare,
        _on_sitting(publication.publish),
        "任何人从此可以下载这次会议的存档。在会场宣布结果不等于向社会公布；公布以后不能收回。",
    ),
    "sign-in": Deed("签到", Somebody, _on_person(sittings.sign_in)),
    "leave": Deed("请假", Away, _on_person(sittings.take_leave)),
    "absent": Deed("缺席", Gone, _on_person(sittings.stay_absent)),
    "depart": Deed("离会", Gone, _on_person(sittings.depart), "离会后不再进入以后开始的表决。"),
    "sit-in": Deed("列席", Somebody, _on_person(sittings.sit_in), "列席人员不计入法定人数，没有表决权。"),
    "agenda": Deed("修改议程", Agenda, _agenda),
}
SEATS, SLIP = "seats", "slip"


@page("/meetings/<int:number>/<name>", methods=("GET", "POST"), public=True)
def meeting_deed(seat: Seat, number: int, name: str) -> ResponseReturnValue:
    """A deed on a sitting: asked for, then done."""
    if not seat.signed_in:
        return to_sign_in(seat.slug)
    row = sittings.find(seat.desk, number)
    if name not in {*DEEDS, SEATS, SLIP}:
        raise RendaError(NOT_FOUND)
    check_office(seat.actor)
    if name == SEATS:
        return _seats(seat, number)
    if name == SLIP:
        return _slip(seat, number)
    deed = DEEDS[name]
    if request.method == "GET":
        known: dict[str, Any] = {"agenda": text_of(row.agenda)} if name == "agenda" else {}
        asked = request.args.get("person", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            known["person"] = int(asked)
        return _asked(seat, number, deed, known)
    entries = entries_of(seat.desk, deed.form, _posted())
    try:
        with seat.desk.session.begin_nested():
            values = read(deed.form, entries, seat.desk.exists)
            deed.do(seat, number, values)
    except RendaError as refusal:
        if refusal.status >= 500 or refusal.code == "meeting.unknown":
            raise
        return _asked(seat, number, deed, entries, refusal), refusal.status
    told = name_of(seat.desk, values["person"]) if "person" in values else row.title
    flash(gettext("已办理“{action}”：{who}", action=gettext(deed.label), who=told))
    back = url_for("district.meeting", slug=seat.slug, number=number, show=request.form.get("show") or None)
    return redirect(f"{back}#p{values['person']}" if "person" in values else back, 303)


def _posted() -> Any:
    """The form; a button of the roster names the person by number."""
    posted = request.form.copy()
    if posted.get("row"):
        posted["person"] = f"#{posted['row']}"
    return posted


def _asked(seat: Seat, number: int, deed: Deed, known: Values, refusal: RendaError | None = None) -> str:
    drawing = Drawing(seat.desk, None, refusal.fields if refusal else {})
    return render_template(
        "meeting_form.html",
        seat=seat,
        row=sittings.find(seat.desk, number),
        title=gettext(deed.label),
        source=gettext(deed.about) if deed.about else "",
        refusal=refusal,
        widgets=drawing.form(deed.form, known),
        back=url_for("district.meeting", slug=seat.slug, number=number),
    )


def _seats(seat: Seat, number: int) -> ResponseReturnValue:
    """The seats of all on the roster, one line each."""
    refusal = None
    if request.method == "POST":
        given = {int(name[5:]): text for name, text in request.form.items() if _names_seat(name)}
        try:
            with seat.desk.session.begin_nested():
                sittings.give_seats(seat.desk, seat.actor, number, given)
        except RendaError as refused:
            refusal = refused
        else:
            flash(gettext("座席已排好。"))
            return redirect(url_for("district.meeting", slug=seat.slug, number=number), 303)
    roster = lines_of(seat, number)
    row = sittings.find(seat.desk, number)
    page_ = render_template(
        "meeting_seats.html", seat=seat, row=row, roster=roster, refusal=refusal, given=request.form
    )
    return page_, 200 if refusal is None else refusal.status


def _names_seat(name: str) -> bool:
    number = name.removeprefix("seat-")
    return name != number and number.isascii() and number.isdigit() and len(number) < 19


def _slip(seat: Seat, number: int) -> ResponseReturnValue:
    """A slip for one person, shown this once to be printed or copied down."""
    deed = Deed(
        "发凭条",
        Somebody,
        _on_person(sittings.give_slip),
        "给没有手机的人员。凭条只显示这一次；重发一张，原来的即失效。",
    )
    if request.method == "GET":
        asked = request.args.get("person", "")
        known = {"person": int(asked)} if asked.isascii() and asked.isdigit() and len(asked) < 19 else {}
        return _asked(seat, number, deed, known)
    entries = entries_of(seat.desk, Somebody, _posted())
    try:
        with seat.desk.session.begin_nested():
            person = read(Somebody, entries, seat.desk.exists)["person"]
            slip = sittings.give_slip(seat.desk, seat.actor, number, person)
    except RendaError as refusal:
        return _asked(seat, number, deed, entries, refusal), refusal.status
    g.private = True
    address = url_for("district.arrive", slug=seat.slug, _external=True)
    return render_template(
        "slip.html",
        seat=seat,
        row=sittings.find(seat.desk, number),
        name=name_of(seat.desk, person),
        slip=slip,
        address=address,
        picture=code_of(address, gettext("签到页面的二维码")),
    )
