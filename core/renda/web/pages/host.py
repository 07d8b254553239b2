"""The host's own pages: the districts and whether their rules load; nothing of the districts' matters."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError, declare
from renda.model import HostAccountRow
from renda.services import hosts, signing_in
from renda.web import auth
from renda.web.tenancy import installation

host = Blueprint("host", __name__, url_prefix="/host")
REALM = "host"

declare({"host.sign_in": "这一页只给本机的管理人员看。请先登录。"}, status=401)


@host.before_request
def _private() -> None:
    g.private = True


@host.get("/")
def districts() -> ResponseReturnValue:
    """All districts, fifty at a time; the rules of one are read when asked for."""
    operator = _operator()
    if operator is None:
        return redirect(url_for("host.sign_in"), 303)
    text = request.args.get("q", "").strip()[:80]
    found, more = hosts.districts(installation().store, text=text, after=request.args.get("after", "")[:80])
    return render_template("host.html", operator=operator, found=found, more=more, text=text, loaded={})


@host.get("/districts/<slug>")
def loading(slug: str) -> ResponseReturnValue:
    """Whether a district's rules load, as a part of the list or as a page of its own."""
    operator = _operator()
    if operator is None:
        raise RendaError("host.sign_in")
    installation().district_id(slug)
    outcome = hosts.loaded(installation(), slug)
    if request.headers.get("HX-Request"):
        return render_template("host_loaded.html", outcome=outcome)
    found, _ = hosts.districts(installation().store, text=slug)
    own = [each for each in found if each.slug == slug]
    return render_template("host.html", operator=operator, found=own, more="", text=slug, loaded={slug: outcome})


@host.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The operators' own form."""
    here = installation()
    if request.method == "GET":
        ended = session.pop("ended", False)
        return render_template("host_sign_in.html", error=None, login="", ended=ended)
    login = request.form.get("login", "").strip()[:80]
    now = here.clock()
    with here.store.hosting() as desk:
        row = signing_in.sign_in_host(desk, login, request.form.get("password", "")[:200], now)
        number = None if row is None else row.id
    if number is None:
        return render_template("host_sign_in.html", error=signing_in.refused(), login=login, ended=False), 401
    auth.begin(REALM, number, 0, now)
    return redirect(url_for("host.districts"), 303)


@host.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    auth.end()
    return redirect(url_for("host.sign_in"), 303)


def _operator() -> str | None:
    here = installation()
    kept = auth.held(REALM, here.clock())
    if kept is None:
        return None
    with here.store.reading(hosts.NOBODYS) as session_of_host:
        row = session_of_host.get(HostAccountRow, kept["id"])
        return None if row is None else row.name
