"""A kept cookie after its owner has signed out."""

from collections.abc import Iterator, Sequence
from http.cookies import SimpleCookie

from renda.services.demonstration import PASSWORD
from renda.web.app import create_app
from tools.attack.target import Result, Target

LOGINS = ("clerk", "chair")


def attack(target: Target) -> Iterator[Result]:
    """Signs in, keeps the cookie, signs out, and sends the old cookie again."""
    attempted = succeeded = 0
    with target.installation() as installation:
        app = create_app(installation, secret_key="of an attack", secure_cookies=False)
        app.config["WTF_CSRF_ENABLED"] = False
        for slug in installation.rulebooks.slugs():
            for login in LOGINS:
                owner, thief = app.test_client(), app.test_client()
                answer = owner.post(f"/{slug}/sign-in", data={"login": login, "password": PASSWORD})
                stolen = list(_cookies(answer.headers.getlist("Set-Cookie")))
                owner.post(f"/{slug}/sign-out")
                for key, value, path in stolen:
                    thief.set_cookie(key, value, path=path)
                attempted += bool(stolen)
                succeeded += thief.get(f"/{slug}/account").status_code == 200
    yield Result("sign-out", "a kept cookie opens /account after sign-out", attempted, succeeded)


def _cookies(headers: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for header in headers:
        for morsel in SimpleCookie(header).values():
            yield morsel.key, morsel.value, morsel["path"] or "/"
