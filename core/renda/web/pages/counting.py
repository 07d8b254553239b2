"""Papers of paper: the sheets to print, and the counters' own pages, each seeing their own figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import BallotRow, MeetingRow
from renda.services import ballots
from renda.services.ballots import BallotSheet
from renda.services.ballots.result_text import title_of
from renda.services.ballots.wording import SECRECY
from renda.web.pages.ballots import check_office
from renda.web.tenancy import Seat, page

MOST_SHEETS = 500


@dataclass(frozen=True)
class Box:
    """A figure to be entered: its name in the form, what it is called, the group it stands in, its place."""

    name: str
    label: str
    group: str
    path: tuple[str, ...]


@page("/ballots/<int:number>/sheets")
def ballot_sheets(seat: Seat, number: int) -> ResponseReturnValue:
    """Sheets to print, all alike: no number, no mark by which one could be known again."""
    row = ballots.find(seat.desk, number)
    check_office(seat)
    given = request.args.get("copies", "1")
    copies = min(int(given), MOST_SHEETS) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    sitting = None if row.meeting_id is None else seat.desk.session.get(MeetingRow, row.meeting_id)
    return render_template(
        "ballot_sheets.html", seat=seat, row=row, sheet=ballots.sheet_of(seat.desk, row), copies=copies,
        sitting=sitting, secrecy=SECRECY, title=title_of(row),
    )  # fmt: skip


@page("/ballots/<int:number>/count", methods=("GET", "POST"))
def count(seat: Seat, number: int) -> ResponseReturnValue:
    """What I counted; and whether the other counter's figures agree, never what they are."""
    row = ballots.find(seat.desk, number)
    check_office(seat)
    sheet = ballots.sheet_of(seat.desk, row)
    boxes = boxes_of(sheet)
    refusal: RendaError | None = None
    if request.method == "POST":
        try:
            with seat.desk.session.begin_nested():
                agree = ballots.enter_count(
                    seat.desk,
                    seat.actor,
                    number,
                    figures_of(boxes, request.form),
                    recounted="recounted" in request.form,
                )
            flash(gettext("两份计票单一致,可以计票。") if agree else gettext("您的计票单已录入。"))
            return redirect(url_for("district.count", slug=seat.slug, number=number), 303)
        except RendaError as error:
            if error.status >= 500:
                raise
            refusal = error
    mine, others = _entered(row, seat.actor.account_id)
    values = dict(request.form) if refusal else _values(boxes, mine)
    page = render_template(
        "ballot_count.html", seat=seat, row=row, boxes=boxes, values=values, refusal=refusal, mine=mine is not None,
        others=[each["by"] for each in others], differ=_differ(boxes, mine, others),
        progress=ballots.progress(seat.desk, number), states=ballots.STATES,
    )  # fmt: skip
    return page, 200 if refusal is None else refusal.status


def boxes_of(sheet: BallotSheet) -> list[Box]:
    """The figures a count of this sheet has, in the order they are counted."""
    labels = {option.mark: option.label for option in sheet.options}
    made: list[tuple[str, str, tuple[str, ...]]] = []
    whole = gettext("全部纸质票")
    if sheet.shape == "rows":
        made.append((gettext("收回张数"), whole, ("returned",)))
        for line in sheet.lines:
            made += [(label, line.label, ("rows", line.code, "marks", mark)) for mark, label in labels.items()]
            made += [(gettext("无效"), line.label, ("rows", line.code, "void"))]
            made += [(gettext("空白"), line.label, ("rows", line.code, "blank"))]
    else:
        made += [(gettext("有效票"), whole, ("good",)), (gettext("无效票"), whole, ("void",))]
        made += [(gettext("空白票"), whole, ("blank",))]
        for line in sheet.lines:
            first = gettext("赞成") if sheet.shape == "election" else gettext("得票")
            made.append((first, line.label, ("votes", line.code)))
            if sheet.shape == "election":
                made.append((gettext("反对"), line.label, ("opposed", line.code)))
                made.append((gettext("弃权"), line.label, ("abstained", line.code)))
    return [Box(f"f{place}", label, group, path) for place, (label, group, path) in enumerate(made)]


def figures_of(boxes: Sequence[Box], posted: Mapping[str, str]) -> dict[str, Any]:
    """What was entered, in the shape benches read; a blank is nothing."""
    figures: dict[str, Any] = {}
    for box in boxes:
        place = figures
        for step in box.path[:-1]:
            place = place.setdefault(step, {})
        value = posted.get(box.name, "").strip()
        if value and not value.isdecimal():
            raise RendaError("ballot.hand_number", entry=f"{box.group}·{box.label}", value=value)
        place[box.path[-1]] = value or 0
    written = {}
    for line in posted.get("written", "").splitlines():
        name, _, number = line.strip().rpartition(" ")
        if name:
            written[name.strip()] = number
    return {**figures, "written": written} if written else figures


def _entered(row: BallotRow, account: int | None) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
    own = row.hand_counts.get(str(account), {}).get("figures")
    return own, [each for key, each in row.hand_counts.items() if key != str(account)]


def _values(boxes: Sequence[Box], figures: Mapping[str, Any] | None) -> dict[str, str]:
    return {} if figures is None else {box.name: str(_at(figures, box.path)) for box in boxes}


def _differ(boxes: Sequence[Box], mine: Mapping[str, Any] | None, others: Sequence[Mapping[str, Any]]) -> list[str]:
    """The entries in which the other count differs from mine: which they are, not what they say."""
    if mine is None:
        return []
    return [
        f"{box.group}·{box.label}"
        for other in others
        if "figures" in other
        for box in boxes
        if int(_at(mine, box.path)) != int(_at(other["figures"], box.path))
    ]


def _at(figures: Mapping[str, Any], path: Sequence[str]) -> Any:
    found: Any = figures
    for step in path:
        found = found.get(step, 0) if isinstance(found, Mapping) else 0
    return found
