"""The application: pages and API over one installation."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from typing import Any

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from renda.hookspecs import installation_registry
from renda.i18n import LOCALES, SOURCE_LOCALE, current_locale, gettext, reading_in
from renda.services.ballots import KeyKeeper, KeyWork, together
from renda.services.desk import Installation
from renda.services.sessions import Lifetime
from renda.services.throttle import Throttle
from renda.web import api, errors, pages, proxies, request_input
from renda.web.assets import asset
from renda.web.auth import DistrictCookies
from renda.web.pages.front import LANGUAGE_COOKIE
from renda.web.shell import shell
from renda.web.tenancy import district

LARGEST_REQUEST = 4 * 1024 * 1024
YEAR = 365 * 24 * 3600

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(
    installation: Installation,
    *,
    secret_key: str,
    keys: KeyKeeper | None = None,
    key_work: KeyWork | None = None,
    server_sealing: bool = False,
    secure_cookies: bool = True,
    trusted_proxies: int = 0,
    lifetime: Lifetime | None = None,
    plugins: Iterable[Any] | None = None,
) -> Flask:
    """The WSGI application of an installation.

    ``secret_key`` signs sessions and forms. ``keys`` keeps those of open ballots; where it is None, no ballot
    is opened here whose key the server holds. ``key_work`` does what needs a private key; where it is None, this
    process does it itself. ``server_sealing``: papers that came open are taken and sealed here. ``secure_cookies``:
    visitors come by https and cookies go no other way. ``trusted_proxies``: how many proxies stand in front and say who
    asked. ``lifetime``: how long sessions last. ``plugins`` answer for the
    installation (single sign-on); those of the entry point group ``renda.installation`` where None.
    """
    app = Flask("renda.web", static_folder="static/dist", static_url_path="/static")
    app.secret_key = secret_key
    app.config.update(
        SESSION_COOKIE_NAME="renda_session",
        SESSION_COOKIE_SECURE=secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
    )
    request_input.install(app)
    app.session_interface = DistrictCookies()
    app.url_map.strict_slashes = True
    app.extensions["renda"] = installation
    app.extensions["renda_keys"] = keys
    app.extensions["renda_lifetime"] = lifetime or Lifetime()
    app.extensions["renda_throttle"] = Throttle()
    app.extensions["renda_key_work"] = key_work or (None if keys is None else together(installation, keys))
    app.extensions["renda_server_sealing"] = server_sealing
    app.extensions["renda_plugins"] = installation_registry(plugins)
    proxies.install(app, trusted_proxies)
    errors.install(app)
    _speak(app)
    app.before_request(request_input.check_page_address)
    CSRFProtect(app)
    _guard(app, secure_cookies)
    for blueprint in (pages.front, pages.health, pages.host, district):
        app.register_blueprint(blueprint)
    api.install(app)
    return app


def _speak(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        seat=None, _=gettext, asset=asset, csrf_token=generate_csrf, shell=shell, locales=LOCALES, locale=current_locale
    )
    app.jinja_env.filters["day"] = _day
    app.before_request(_listen)
    app.teardown_request(_hush)


def _listen() -> None:
    """Answer in the language the visitor chose; Chinese where none was chosen."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, SOURCE_LOCALE)
    g.language = ExitStack()
    g.language.enter_context(reading_in(chosen))


def _hush(_: BaseException | None) -> None:
    language: ExitStack | None = g.pop("language", None)
    if language is not None:
        language.close()


def _day(value: date | None) -> str:
    return "—" if value is None else value.isoformat()


def _guard(app: Flask, secure: bool) -> None:
    def guarded(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        if request.endpoint == "static":
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
            return response
        response.vary.update(("Cookie", "HX-Request"))
        seat = g.get("seat")
        # A file that is handed through has no bytes to make an etag of.
        whole = response.status_code == 200 and not response.direct_passthrough
        public = request.method in {"GET", "HEAD"} and whole
        if public and not (seat is not None and seat.signed_in) and "private" not in g:
            response.headers.setdefault("Cache-Control", "no-cache")
            response.add_etag()
            return response.make_conditional(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(guarded)
