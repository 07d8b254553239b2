"""The host's own pages: the districts and whether their rules load; nothing of the districts' matters."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError, declare
from renda.services import hosts, signing_in
from renda.services.sessions import digest_of
from renda.services.signing_in import Realm
from renda.web import auth
from renda.web.errors import with_retry
from renda.web.limits import asking_network, throttle
from renda.web.pages.sign_in import attempt_of, ended_because, tell_failures
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
    operator = operator_here()
    if operator is None:
        return redirect(url_for("host.sign_in"), 303)
    text = request.args.get("q", "").strip()[:80]
    found, more = hosts.districts(installation().store, text=text, after=request.args.get("after", "")[:80])
    return render_template("host.html", operator=operator, found=found, more=more, text=text, loaded={})


@host.get("/districts/<slug>")
def loading(slug: str) -> ResponseReturnValue:
    """Whether a district's rules load, as a part of the list or as a page of its own."""
    operator = operator_here()
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
        return render_template("host_sign_in.html", error=None, login="", ended=ended_because())
    attempt = attempt_of(REALM)
    try:
        done = signing_in.sign_in(Realm(here), attempt, throttle(), auth.lifetime())
    except RendaError as refusal:
        shown = render_template("host_sign_in.html", error=refusal, login=attempt.login, ended="")
        return with_retry(shown, refusal)
    auth.begin(REALM, done.account_id, done.token, here.clock())
    tell_failures(done)
    response = redirect(url_for("host.districts"), 303)
    auth.remember_device(response, REALM, done.account_id)
    return response


@host.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, in this browser and on the server."""
    token = auth.end()
    if token:
        signing_in.sign_out(Realm(installation()), token, asking_network())
    return redirect(url_for("host.sign_in"), 303)


def operator_here() -> str | None:
    """The name of the operator who asks, or None; a session that was ended is forgotten."""
    here = installation()
    kept = auth.held(REALM, here.clock())
    if kept is None:
        return None
    name = hosts.operator(here.store, kept["id"], digest_of(kept["token"]))
    if name is None:
        auth.forget(auth.ENDED)
    return name
