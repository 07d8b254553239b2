"""A matter's page beside a bare route with the same template; a list of 50 out of many beside one out of few."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient

from benchmarks import worlds
from benchmarks.handled import PASSWORD, PRACTICE, handled
from benchmarks.measuring import Figure, milliseconds, side_by_side
from renda.services.desk import Installation
from renda.web.app import create_app

MANY, FEW = 200_000, 500


def figures(place: worlds.Place, folder: Path) -> list[Figure]:
    """The page first, while the district is small; then the lists of two districts side by side."""
    many, few = worlds.copies("pingshan", folder, 2)
    installation = worlds.installation(place, folder, [many, few])
    numbers = {slug: handled(installation, slug)[1] for slug in (many, few)}
    found = [_page(place, installation, few, numbers[few])]
    for slug, count in ((many, MANY), (few, FEW)):
        worlds.clone(place, slug, numbers[slug], count - 1)
    found.append(_lists(place, installation, many, few))
    installation.store.close()
    return found


def signed_in(installation: Installation, slug: str) -> FlaskClient:
    """A visitor who has signed in as the district's clerk."""
    app = create_app(installation, secret_key="benchmark", secure_cookies=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answer = client.post(f"/{slug}/sign-in", data={"login": "clerk", "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def _page(place: worlds.Place, installation: Installation, slug: str, number: int) -> Figure:
    client = signed_in(installation, slug)
    path = f"/{slug}/matters/{number}"
    caught: list[tuple[str, dict[str, Any]]] = []

    def catch(sender: Flask, template: Any, context: dict[str, Any], **_: Any) -> None:
        caught.append((template.name, context))

    with template_rendered.connected_to(catch, client.application):
        page = client.get(path)
    assert page.status_code == 200
    name, context = caught[-1]
    bare = _bare(client.application, name, context)
    assert bare.get("/bare").text.count("<") > 0.9 * page.text.count("<")
    ours, theirs = side_by_side(lambda: client.get(path), lambda: bare.get("/bare"), times=30)
    measured = f"{milliseconds(ours)} : {milliseconds(theirs)}"
    return Figure("a matter's page : bare route, same template", place.kind, measured, ours / theirs, 2)


def _bare(app: Flask, name: str, context: dict[str, Any]) -> FlaskClient:
    """A Flask application of one route, which renders the template from the values the page had gathered."""
    bare = Flask("renda.web", static_folder=None)
    bare.secret_key = "benchmark"
    for rule in app.url_map.iter_rules():
        bare.add_url_rule(rule.rule, rule.endpoint, view_func=app.view_functions[rule.endpoint], methods=["GET"])
    bare.jinja_env = app.jinja_env
    ready = {key: value for key, value in context.items() if key not in {"g", "request", "session"}}
    bare.add_url_rule("/bare", "bare", lambda: render_template(name, **ready))
    return bare.test_client()


def _lists(place: worlds.Place, installation: Installation, many: str, few: str) -> Figure:
    clients = {slug: signed_in(installation, slug) for slug in (many, few)}

    def listed(slug: str) -> None:
        answer = clients[slug].get(f"/{slug}/matters?kind={PRACTICE}:suggestion")
        assert answer.status_code == 200
        assert answer.text.count(f"/{slug}/matters/") >= 50

    ours, theirs = side_by_side(lambda: listed(many), lambda: listed(few), times=10)
    measured = f"{milliseconds(ours)} : {milliseconds(theirs)}"
    return Figure(f"50 of {MANY:,} matters : 50 of {FEW}", place.kind, measured, ours / theirs, 1.3)
