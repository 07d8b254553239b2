"""What the host installs and what its operators see."""

from pathlib import Path
from typing import Any

import pytest

from backing.databases import Database
from backing.world import PASSWORD, Towns, Visitor, make_towns
from renda import hookimpl
from renda.model import HostAccountRow
from renda.services import accounts


class Elsewhere:
    """Another system that has signed the visitor in."""

    @hookimpl
    def actor(self, request: Any) -> str | None:
        if request.headers.get("X-Login") == "crash":
            raise ZeroDivisionError
        login: str | None = request.headers.get("X-Login")
        return login


def test_another_systems_word_counts_where_the_host_installed_it(sqlite_database: Database, tmp_path: Path) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path, plugins=[Elsewhere()])
    visitor = towns.visitor()
    assert "工作人员丙" in visitor.get("/jia/", headers={"X-Login": "clerk"}).text
    for login in ("nobody", "crash"):
        assert visitor.get("/jia/matters", headers={"X-Login": login}).status_code == 303
    with towns.jia.world.writing() as desk:
        accounts.disable(desk, "clerk")
    assert visitor.get("/jia/matters", headers={"X-Login": "clerk"}).status_code == 303


def test_a_misspelt_answer_of_the_installation_stops_the_start(sqlite_database: Database, tmp_path: Path) -> None:
    class Misspelt:
        @hookimpl
        def actr(self, request: Any) -> None: ...

    with pytest.raises(Exception, match="unknown hook 'actr'"):
        make_towns(sqlite_database.app_url, tmp_path, plugins=[Misspelt()])


def operator(towns: Towns) -> Visitor:
    with towns.jia.world.store.hosting() as session:
        session.add(HostAccountRow(login="ops", name="管理员戊", password=accounts.hashed(PASSWORD)))
    visitor = towns.visitor()
    assert visitor.send("/host/sign-in", login="ops", password=PASSWORD).status_code == 303
    return visitor


def test_the_operator_sees_districts_and_whether_their_rules_load_and_no_matter(towns: Towns) -> None:
    towns.jia.propose("秘密的标题")
    ops = operator(towns)
    page = ops.text("/host/")
    assert all(name in page for name in ("甲区", "乙区", "丙区"))
    assert "秘密的标题" not in page
    assert "规则正常" in ops.text("/host/districts/jia")
    part = ops.get("/host/districts/bing", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "rules.not_toml" in part.text
    assert ops.get("/jia/matters").status_code == 303
    assert ops.get("/host/districts/none").status_code == 404


def test_the_hosts_pages_are_for_operators_alone_and_slow_guesses_as_well(towns: Towns) -> None:
    visitor = towns.as_("clerk")
    assert visitor.get("/host/").status_code == 303
    assert visitor.get("/host/districts/jia").status_code == 401
    ops = operator(towns)
    assert ops.send("/host/sign-out", "/host/").status_code == 303
    assert ops.get("/host/").status_code == 303
    for _ in range(5):
        assert towns.visitor().send("/host/sign-in", login="ops", password="Falsch-2020").status_code == 401
    assert towns.visitor().send("/host/sign-in", login="ops", password=PASSWORD).status_code == 429
    assert ops.send("/host/sign-in", login="ops", password=PASSWORD).status_code == 303
