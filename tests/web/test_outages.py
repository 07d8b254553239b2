"""A database that is away or takes nothing: 503, a plain page, one line in the log; and what watches a server."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.engine import make_url

from backing.databases import Database
from backing.postgres import Server
from backing.world import Towns
from renda import logs
from renda.errors import RendaError
from renda.web.app import create_app
from renda.web.proxies import counted_address


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What a server writes into its log."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = StringIO()
    logs.configure("INFO", "text", stream)
    yield stream
    root.handlers[:], root.level = before, level


@pytest.fixture
def cut(towns: Towns, database_url: Database, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Nobody reaches the database any more."""

    def cut_off() -> None:
        towns.jia.world.store.close()
        if database_url.kind == "postgresql":
            server: Server = request.getfixturevalue("postgres")
            name = make_url(database_url.app_url).database or ""
            server.execute(sql.SQL("alter database {} with allow_connections false").format(sql.Identifier(name)))
        else:
            file = Path(make_url(database_url.app_url).database or "")
            for each in file.parent.glob(f"{file.name}*"):
                each.rename(each.with_name(f"away-{each.name}"))
            file.mkdir()

    return cut_off


def test_while_the_database_is_away_every_page_says_so_in_one_line_of_the_log(
    towns: Towns, cut: Callable[[], None], written: StringIO
) -> None:
    clerk = towns.as_("clerk")
    cut()
    written.truncate(0)
    for path in ("/", "/jia/", "/jia/matters", "/jia/sign-in", "/api/jia/matters", "/readyz"):
        response = clerk.get(path)
        assert response.status_code == 503, path
        assert response.headers["Retry-After"] == "10"
        assert "web.no_database" in response.text
        assert "OperationalError" not in response.text
    assert clerk.get("/healthz").text == "ok\n"
    lines = written.getvalue().strip("\0\n").splitlines()
    assert len(lines) == 6, lines
    assert all("database cannot be used" in line for line in lines), lines


def test_a_database_that_takes_nothing_is_read_and_refuses_writing_with_503(towns: Towns, written: StringIO) -> None:
    deputy = towns.as_("deputy")
    deputy.text("/jia/")
    engine = towns.jia.world.store.engine

    def read_only(connection: object, record: object, proxy: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        if engine.dialect.name == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            connection.commit()  # type: ignore[attr-defined]
        cursor.close()

    event.listen(engine, "checkout", read_only)
    try:
        assert deputy.get("/jia/").status_code == 200
        form = "/jia/practices/suggestions/open/propose"
        refused = deputy.send(form, title="增设路灯", text="夜里太暗。")
        assert refused.status_code == 503
        assert "web.no_database" in refused.text
        assert "Traceback" not in written.getvalue()
    finally:
        event.remove(engine, "checkout", read_only)
        engine.dispose()


def test_health_and_readiness_answer_without_a_district(local_towns: Towns) -> None:
    visitor = local_towns.visitor()
    for path, said in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        response = visitor.get(path)
        assert (response.status_code, response.text, response.headers["Cache-Control"]) == (200, said, "no-store")
        assert "Set-Cookie" not in response.headers
    with pytest.raises(RendaError), local_towns.jia.world.installation.reading("healthz"):
        pass


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_has_time_level_and_the_number_of_its_request(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    stream = StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.configure("INFO", form, stream)
    try:
        monkeypatch.setattr(local_towns.jia.world.installation.rulebooks, "mark", lambda slug: 1 / 0)
        response = local_towns.visitor().get("/jia/")
        secret = local_towns.visitor().get("/jia/ballots/7")
    finally:
        root.handlers[:], root.level = before, level
    assert (response.status_code, secret.status_code) == (500, 500)
    number = response.headers["X-Request-ID"]
    assert len(number) == 16
    assert "X-Request-ID" not in secret.headers
    said = stream.getvalue()
    if form == "json":
        first, second = (json.loads(line) for line in said.splitlines())
        assert (first["level"], first["request"], first["message"]) == ("ERROR", number, "GET /jia/ failed")
        assert first["time"].endswith("Z")
        assert "ZeroDivisionError" in first["trace"]
        assert second["request"] == "-"
    else:
        assert f" ERROR renda.web {number} GET /jia/ failed\n" in said
        assert said[:2] == "20"
    assert "/ballots/" not in said.replace("web/pages/ballots", "").replace("services/ballots", "")


def test_a_level_or_form_nobody_knows_is_refused() -> None:
    for level, form in (("LOUD", "text"), ("INFO", "xml")):
        with pytest.raises(RendaError) as caught:
            logs.check(level, form)
        assert caught.value.code == "settings.log"


def test_the_number_a_declared_proxy_gives_is_taken_and_no_strangers(local_towns: Towns) -> None:
    given = {"X-Request-ID": "of-the-proxy-1234"}
    assert local_towns.visitor().get("/jia/", headers=given).headers["X-Request-ID"] != "of-the-proxy-1234"
    app = create_app(
        local_towns.jia.world.installation, secret_key="x", secure_cookies=False, plugins=(), trusted_proxies=1
    )
    answer = app.test_client().get("/jia/", headers=given)
    assert answer.headers["X-Request-ID"] == "of-the-proxy-1234"
    assert app.test_client().get("/jia/", headers={"X-Request-ID": "a b"}).headers["X-Request-ID"] != "a b"


def test_an_undeclared_proxy_is_told_once_and_counted_by_whom_it_names_on_this_machine_alone(
    local_towns: Towns, written: StringIO
) -> None:
    app = local_towns.app
    limits = {}
    for peer, forwarded, counted in (
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "evil, 203.0.113.6", "203.0.113.6"),
        ("10.0.0.8", "203.0.113.6", "10.0.0.8"),
        ("fd00::8", "203.0.113.6", "fd00::8"),
        ("114.114.114.114", "203.0.113.7", "114.114.114.114"),
        ("127.0.0.1", "no address", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ):
        with app.test_request_context(
            "/jia/", environ_base={"REMOTE_ADDR": peer}, headers={"X-Forwarded-For": forwarded}
        ):
            app.preprocess_request()
            limits[peer, forwarded] = counted_address(), counted
    assert all(found == wanted for found, wanted in limits.values()), limits
    assert written.getvalue().count("RENDA_PROXIES is not set") == 1


def test_behind_a_declared_proxy_addresses_are_https_and_visitors_their_own(
    local_towns: Towns,
) -> None:
    app = create_app(
        local_towns.jia.world.installation, secret_key="x", secure_cookies=True, plugins=(), trusted_proxies=1
    )
    told = {"X-Forwarded-For": "203.0.113.5", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "renda.example"}
    moved = app.test_client().get("/jia/people", headers=told)
    assert moved.status_code == 308
    assert moved.headers["Location"].startswith("https://renda.example/")
