"""One request, one desk: every page of a district is opened, answered and closed here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from renda.district_files import DistrictFile
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.services.ballots import KeyKeeper, KeyWork
from renda.services.desk import Desk, Installation
from renda.web.auth import actor_at

declare({"web.roles": "这一页只给{roles}看，您没有这个身份。"}, status=403)
declare(
    {
        "web.district_closed": "“{slug}”暂时打不开，请稍后再试；仍不行请告诉系统管理员（renda check 会指出哪个文件有误）。"
    },
    status=503,
)

declare({"web.no_keys": "本机没有保管表决密钥的文件夹,不能开始或计票。请系统管理员写明 RENDA_KEY_FOLDER。"}, status=503)

district = Blueprint("district", __name__, url_prefix="/<slug>")


@dataclass(frozen=True)
class Seat:
    """Where a request is answered: the district, the desk open for it, who asks."""

    slug: str
    desk: Desk
    actor: Actor

    @property
    def file(self) -> DistrictFile:
        """What the district says of itself."""
        return self.desk.rulebook.district

    @property
    def signed_in(self) -> bool:
        """Whether somebody asks and not just anybody."""
        return self.actor.account_id is not None


View = Callable[..., ResponseReturnValue]


def installation() -> Installation:
    """The installation this application serves."""
    found: Installation = current_app.extensions["renda"]
    return found


def keys() -> KeyKeeper:
    """Who keeps the keys of open questionnaires here; raises ``web.no_keys``."""
    found: KeyKeeper | None = current_app.extensions["renda_keys"]
    if found is None:
        raise RendaError("web.no_keys")
    return found


def key_work() -> KeyWork:
    """Who does here what needs a ballot's private key; raises ``web.no_keys``."""
    found: KeyWork | None = current_app.extensions["renda_key_work"]
    if found is None:
        raise RendaError("web.no_keys")
    return found


def seals_on_server() -> bool:
    """Whether the host takes papers that were not sealed in the browser."""
    return bool(current_app.extensions["renda_server_sealing"])


def page(
    rule: str,
    *,
    methods: Sequence[str] = ("GET",),
    public: bool = False,
    roles: Sequence[str] = (),
    reads: bool = False,
    first: Callable[..., Response | None] = lambda slug, **values: None,
) -> Callable[[View], View]:
    """Make a function ``view(seat, **values)`` the page at ``/<district><rule>``.

    Who has not signed in is sent to do so, unless the page is ``public``; ``roles`` are those that may see it.
    ``first`` is asked before a desk is opened, and may answer in its stead.
    The desk is one for reading, for POST one for writing: kept where the view returns, given up where it raises.
    ``reads``: it is one for reading for POST as well, where the view writes in short transactions of its own.
    """

    def registered(view: View) -> View:
        @wraps(view)
        def seated(slug: str, **values: Any) -> Response:
            g.realm = slug
            here = installation()
            try:
                here.rulebook(slug)
            except RendaError as error:
                if error.code == "district.unknown":
                    raise
                raise RendaError("web.district_closed", slug=slug) from error
            answered = first(slug, **values)
            if answered is not None:
                return answered
            opened = here.writing if request.method == "POST" and not reads else here.reading
            with opened(slug) as desk:
                seat = Seat(slug, desk, actor_at(desk, slug))
                g.seat = seat
                if not public and not seat.signed_in:
                    return to_sign_in(slug)
                if roles and seat.actor.roles.isdisjoint(roles):
                    raise RendaError("web.roles", roles="、".join(gettext(ROLES[role]) for role in roles))
                return make_response(view(seat, **values))

        district.add_url_rule(rule, view.__name__, seated, methods=list(methods))
        return view

    return registered


def to_sign_in(slug: str) -> Response:
    """To the sign-in page and, afterwards, back to the page asked for."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("district.sign_in", slug=slug, back=back), 303)


def local(path: str | None, slug: str) -> str:
    """``path`` where it is a page of this district, else the district's home: never another host's page."""
    home = url_for("district.home", slug=slug)
    if not path or "\\" in path or any(ord(sign) < 32 for sign in path):
        return home
    return path if path == home or path.startswith(f"{home.rstrip('/')}/") else home
