"""Who asks: the address behind the proxies, the number of a request, and a warning where a proxy is not declared."""

from __future__ import annotations

import logging
import re
import secrets
from ipaddress import ip_address

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from renda import logs
from renda.web.unlogged import is_unlogged

log = logging.getLogger("renda.web")

NUMBER = "X-Request-ID"
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")
FORWARDED = "X-Forwarded-For"


def install(app: Flask, trusted: int) -> None:
    """Believe ``trusted`` proxies, number the requests, warn once of a proxy that nobody declared."""
    if trusted:
        app.wsgi_app = ProxyFix(app.wsgi_app, trusted, trusted, trusted)  # type: ignore[method-assign]
    app.extensions["renda_proxies"] = trusted
    app.extensions["renda_proxy_warned"] = False
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def counted_address() -> str:
    """The address a limit counts by.

    It is the peer's, as far as declared proxies say so. Where this machine passes a request on and no proxy was
    declared, it is the one that this proxy added: otherwise one limit would close for everybody behind it. Of another
    machine nothing is believed, however private its address: in an office's network every visitor has such an address,
    and could name another one with each guess.
    """
    peer = request.remote_addr or ""
    said = _undeclared(peer)
    return said if said and ip_address(peer).is_loopback else peer


def _begin() -> None:
    if is_unlogged(request.path):
        logs.request_number.set(logs.NO_REQUEST)
    else:
        given = request.headers.get(NUMBER, "") if current_app.extensions["renda_proxies"] else ""
        logs.request_number.set(given if _NUMBER.fullmatch(given) else secrets.token_hex(8))
    if _undeclared(request.remote_addr or "") and not current_app.extensions["renda_proxy_warned"]:
        current_app.extensions["renda_proxy_warned"] = True
        log.warning(
            "a proxy at a private address sends %s and RENDA_PROXIES is not set: visitors' addresses and https are not "
            "known. Set RENDA_PROXIES to the number of proxies (see docs/hosting.md).",
            FORWARDED,
        )


def _tell(response: Response) -> Response:
    if logs.request_number.get() != logs.NO_REQUEST:
        response.headers[NUMBER] = logs.request_number.get()
    return response


def _end(_: BaseException | None) -> None:
    logs.request_number.set(logs.NO_REQUEST)


def _undeclared(peer: str) -> str:
    """What an undeclared proxy says it was asked by, or nothing."""
    if current_app.extensions["renda_proxies"]:
        return ""
    said = request.headers.get(FORWARDED, "").rpartition(",")[2].strip()
    try:
        ip_address(said)
        return said if ip_address(peer).is_private else ""
    except ValueError:
        return ""
