"""Tables to fill in and bring: a template, a trial that tells every bad row, the import, the export.

An import is told while it runs: the page comes in pieces, and whoever goes away gives it up, so that nothing is kept.
No piece is longer than a few lines: together they fit into what the system buffers, and a reader on a slow line does
not keep the database waiting.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import g, render_template, request, stream_with_context
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from renda.documents import marked, templates
from renda.documents.lists import Table as Written
from renda.documents.spreadsheets import MEDIA_TYPES
from renda.errors import RendaError, declare
from renda.i18n import current_locale, reading_in
from renda.matter import Actor
from renda.services import tables
from renda.services.imports.tables import ImportBrokenError, Mistakes
from renda.web.auth import actor_at
from renda.web.downloads import sent, spreadsheet
from renda.web.errors import FAILED
from renda.web.tenancy import Seat, district, installation, page, to_sign_in
from renda.web.uploads import FIELD, LARGEST_FILE, put

log = logging.getLogger("renda.web")

declare({"tables.no_file": "还没有选择文件。请选择填好的 xlsx 或 csv 文件。"})

MOST_SHOWN = 1000
# Browsers keep no longer address as a file: two million signs, four for every three bytes.
LARGEST_MARKED = 1_400_000
HERE = "<!-- the result -->"
ENDPOINT = "table"


@page("/tables/")
def importing(seat: Seat) -> ResponseReturnValue:
    """The tables one may bring."""
    found = tables.listed(seat.desk, seat.actor)
    return render_template("tables.html", seat=seat, found=found)


def _brought(slug: str, name: str) -> Response | None:
    """The answer to a file that was sent: a page that tells how far it is."""
    if request.method != "POST":
        return None
    here = installation()
    with here.reading(slug) as desk:
        g.seat = seat = Seat(slug, desk, actor_at(desk, slug))
        if not seat.signed_in:
            return to_sign_in(slug)
        matter = _number(request.form.get("matter", ""))
        found = tables.find(desk, seat.actor, name)
        uploaded = request.files.get(FIELD)
        if uploaded is None or not uploaded.filename:
            raise RendaError("tables.no_file")
        trial = "trial" in request.form
        around = render_template("table.html", seat=seat, **_shown(seat, found), result=HERE, trial=trial)
    head, _, tail = around.partition(HERE)
    # What was sent is closed with the request, and the request ends before the answer.
    folder = TemporaryDirectory(prefix="renda-import-")
    upload = put(uploaded, Path(folder.name))
    told = _told(slug, seat.actor, found, upload.path, file=upload.name, matter=matter, trial=trial)
    pieces = _pieces(folder, head, told, tail, current_locale())
    # A proxy that gathers the answer before it passes it on would show no progress.
    headers = {"X-Accel-Buffering": "no"}
    response = Response(stream_with_context(pieces), content_type="text/html; charset=utf-8", headers=headers)
    response.call_on_close(folder.cleanup)
    return response


@page("/tables/<name>", methods=("GET", "POST"), first=_brought)
def table(seat: Seat, name: str) -> ResponseReturnValue:
    """One table: its columns, its template, the form to bring it with."""
    found = tables.find(seat.desk, seat.actor, name)
    return render_template("table.html", seat=seat, **_shown(seat, found), result="", trial=False)


@page("/tables/<name>/<any(template, rows):what>.<form>")
def table_file(seat: Seat, name: str, what: str, form: str) -> ResponseReturnValue:
    """The template, or what there is in the shape of the template."""
    found = tables.find(seat.desk, seat.actor, name, matter=_number(request.args.get("matter", "")))
    if form not in MEDIA_TYPES:
        raise RendaError("sheet.form", form=form, allowed="、".join(MEDIA_TYPES))
    if what == "template":
        return sent(templates.template(found, form), MEDIA_TYPES[form], f"{seat.slug}-{found.title}.{form}")
    rows = found.rows(seat.desk, seat.actor)
    return spreadsheet(Written(found.title, found.headings(), rows), form, seat.slug)


def _shown(seat: Seat, found: tables.Table) -> dict[str, object]:
    choices = tables.waiting(seat.desk, seat.actor, found.name)
    return {"table": found, "sorts": tables.SORTS, "most": tables.MOST_ROWS, "choices": choices}


def _pieces(folder: TemporaryDirectory[str], head: str, told: Iterator[str], tail: str, locale: str) -> Iterator[str]:
    with folder:
        yield head
        # The language of the request ends with it, before the last piece is made.
        with reading_in(locale):
            yield from told
        yield tail


def _told(
    slug: str, actor: Actor, table: tables.Table, path: Path, *, file: str, matter: int | None, trial: bool
) -> Iterator[str]:
    try:
        for each in tables.bring(installation(), slug, actor, table.name, path, file=file, matter=matter, trial=trial):
            yield render_template("table_part.html", step=each, done=isinstance(each, tables.Brought), error=None)
    except ImportBrokenError as error:
        back = marked.marked(table, path, file, error.mistakes.found)
        yield _refused(error, error.mistakes, back)
    except RendaError as error:
        yield _refused(error)
    except Exception:
        # The page has begun and cannot become another; what nobody foresaw is told in the log.
        log.exception("import of %s failed", table.name)
        yield _refused(RendaError(FAILED))


def _refused(error: RendaError, mistakes: Mistakes | None = None, back: marked.Marked | None = None) -> str:
    """What was wrong, with the marked file in the page itself: nothing of it stays on the server."""
    address = ""
    if back is not None and len(back.content) <= LARGEST_MARKED:
        address = f"data:{MEDIA_TYPES[back.form]};base64,{b64encode(back.content).decode('ascii')}"
    told = {"mistakes": mistakes, "back": back, "address": address, "shown": MOST_SHOWN}
    return render_template("table_part.html", error=error, **told, step=None, done=False)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _room() -> None:
    if request.endpoint == f"{district.name}.{ENDPOINT}":
        request.max_content_length = LARGEST_FILE


def _first_of_all(state: BlueprintSetupState) -> None:
    # Before the form is read to look for its token: a file is larger than any form.
    state.app.before_request_funcs.setdefault(None, []).insert(0, _room)


district.record_once(_first_of_all)
