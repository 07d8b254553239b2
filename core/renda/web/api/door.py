"""One request of a program: its language, its token, its desk, its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from flask import Blueprint, g, json, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import SOURCE_LOCALE, current_locale, gettext, reading_in
from renda.matter import ANYBODY, Actor
from renda.services import tokens
from renda.services.desk import Desk
from renda.services.searching import MOST
from renda.services.throttle import Place
from renda.services.tokens import Holder
from renda.web import security
from renda.web.api import problems
from renda.web.limits import LONG_KEYS, asking_network, throttle
from renda.web.request_input import check_address, day_in
from renda.web.tenancy import installation

declare({"api.no_token": "请在 Authorization 头里写:Bearer 令牌。"}, status=401)
declare({"api.scope": "这个令牌没有“{scope}”权限。"}, status=403)
declare({"api.parameter": "参数 {name} 的值“{value}”不对:应为{wanted}。"}, status=400)
declare({"api.unknown_parameter": "没有参数 {name}。可用的参数:{allowed}。"}, status=400)

api = Blueprint("api", __name__, url_prefix="/api")
problems.install(api)
LANGUAGES = {"zh-CN": "zh_CN", "zh": "zh_CN", "en": "en"}
USUAL = 50
Answer = Response | Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """What a view works with: the district, the desk open for it, who calls with which scopes."""

    slug: str
    desk: Desk
    holder: Holder

    @property
    def actor(self) -> Actor:
        """The account the token stands for."""
        return self.holder.actor

    def address(self, path: str) -> str:
        """An address of this district's API."""
        return f"/api/{self.slug}/{path}"


def endpoint(
    rule: str,
    *,
    method: str = "GET",
    open_to_all: bool = False,
    parameters: tuple[str, ...] = (),
    later: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a function ``view(call, **values)`` the answer at ``/api/<district><rule>``.

    A token is asked for, unless it is ``open_to_all``. For POST the desk is one for writing. ``parameters``
    are those of the query that may be there. ``later``: the desk is one for reading, and the view returns what is
    to be called for the answer when that desk is closed.
    """

    def registered(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answered(slug: str, **values: Any) -> Response:
            g.private = True
            with reading_in(language()):
                try:
                    check_address()
                    _check_parameters(parameters)
                    opened = installation().writing if method == "POST" and not later else installation().reading
                    with opened(slug) as desk:
                        holder = Holder(ANYBODY, frozenset()) if open_to_all else _holder(desk)
                        g.caller = (slug, holder.actor)
                        said = view(Call(slug, desk, holder), **values)
                        if not later:
                            return _response(said)
                    return _response(said())
                except RendaError as error:
                    if error.code == "token.refused":
                        _note_refused(slug)
                    # Here and not in a handler of the blueprint, which would answer in another language.
                    return problems.problem(error, _status(error))
                except HTTPException as error:
                    return problems.protocol(error)

        api.add_url_rule(f"/<slug>{rule}", view.__name__, answered, methods=[method])
        return answered

    return registered


def answer(said: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer as JSON; Chinese is written as it is."""
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", status, content_type="application/json")
    response.headers.update(headers or {})
    return response


def _response(said: Answer) -> Response:
    response = said if isinstance(said, Response) else answer(said)
    response.headers["Content-Language"] = current_locale().replace("_", "-")
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept-Language", "Authorization"))
    return response


def language() -> str:
    """The language the caller asks for; Chinese where it asks for none of ours."""
    best = request.accept_languages.best_match(list(LANGUAGES))
    return LANGUAGES[best] if best else SOURCE_LOCALE


def _status(error: RendaError) -> int | None:
    # RFC 9110: a precondition the caller made with If-Match failed.
    return 412 if error.code == "matter.stale" and "If-Match" in request.headers else None


def _holder(desk: Desk) -> Holder:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise RendaError("api.no_token")
    place = Place(("token", asking_network()), LONG_KEYS)
    try:
        return tokens.authenticated(desk, given.token)
    except RendaError as refusal:
        # A right token is never slowed down: others at its address may have a wrong one.
        throttle().check(desk.now, [place])
        throttle().count(desk.now, [place])
        raise refusal from None


def _note_refused(slug: str) -> None:
    """Enter a refused token as far as strangers' failures are written down: they must not fill the database."""
    if throttle().may_write(installation().clock()):
        details = {"unwritten": throttle().unwritten()}
        security.note(slug, "token.refused", actor="—", subject=request.path, details=details)


def _check_parameters(allowed: tuple[str, ...]) -> None:
    for name in request.args:
        if name not in allowed:
            raise RendaError("api.unknown_parameter", name=name, allowed="、".join(allowed) or "—")


def text_of(name: str, pattern: str = ".+", wanted: str = "文字") -> str | None:
    """A parameter of the query, or None where it is not given; raises ``api.parameter``."""
    value = request.args.get(name)
    if value is not None and not re.fullmatch(pattern, value):
        raise RendaError("api.parameter", name=name, value=value, wanted=wanted)
    return value


def number_of(name: str) -> int | None:
    """A parameter that is a whole number from 0."""
    value = text_of(name, r"[0-9]{1,18}", "整数")
    return None if value is None else int(value)


def day_of(name: str) -> date | None:
    """A parameter that is a day."""
    value = text_of(name)
    day = day_in(value)
    if value is not None and day is None:
        raise RendaError(
            "api.parameter", name=name, value=value, wanted=gettext("1900 至 2199 年的日期,例如 2020-03-01")
        )
    return day


def limit() -> int:
    """How many are asked for."""
    given = number_of("limit")
    if given is None:
        return USUAL
    if not 1 <= given <= MOST:
        raise RendaError("api.parameter", name="limit", value=given, wanted=f"1 至 {MOST} 的整数")
    return given
