"""What the host installs and what its operators see."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from backing.databases import Database
from backing.world import PASSWORD, Towns, Visitor, hidden_entries, make_towns
from renda import hookimpl
from renda.model import EventRow, HostAccountRow, MatterRow
from renda.services import accounts, security_log
from renda.services import calendar_changes as changes


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


def test_the_host_changes_its_calendar_on_a_page_and_the_notice_makes_its_year_announced(towns: Towns) -> None:
    number = towns.jia.propose("秘密的标题")
    towns.jia.assign(number)
    ops = operator(towns)
    page = ops.text("/host/calendar?year=2027")
    assert "放假安排尚未公布" in page
    assert page.count("《全国年节及纪念日放假办法》") > 3
    table = ("2027.csv", "日期,上班,依据\n2027-01-01,否,\n2027-02-20,是,补班通知\n")
    done = bring(ops, *table, source="国办发明电〔2026〕1号")
    assert done.status_code == 303
    page = ops.text("/host/calendar?year=2027")
    assert "已登记 2 天" in page
    assert "放假安排已公布" in page
    assert all(said in page for said in ("国办发明电〔2026〕1号", "补班通知"))
    with towns.jia.world.reading() as desk:
        due = desk.session.get_one(MatterRow, number).due_on
    assert due is not None
    ops.send(f"/host/calendar?year={due.year}", day=due.isoformat(), working="no", source="停工通告", set="1")
    page = ops.text(f"/host/calendar?year={due.year}")
    assert "已登记 1 天,1 件事项的期限随之改动。" in page
    assert "1 个区县的规则读不出来" in page
    assert "停工通告" in page
    assert "秘密的标题" not in page
    with towns.jia.world.reading() as desk:
        moved = desk.session.get_one(MatterRow, number).due_on
        assert moved is not None
        assert moved > due
        assert desk.session.scalars(select(EventRow).where(EventRow.action == "calendar")).one().actor == "管理员戊"
    with towns.jia.world.store.hosting() as session:
        entered = [each for each in security_log.newest(session, 9) if each.kind == "calendar"]
    assert [(each.actor, each.details["source"]) for each in entered] == [
        ("管理员戊", "停工通告"),
        ("管理员戊", "补班通知、国办发明电〔2026〕1号"),
    ]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"day": "x", "working": "no", "source": "甲"}, "calendar.day"),
        ({"day": "2027-01-04", "working": "x", "source": "甲"}, "calendar.working"),
        ({"day": "2027-01-04", "working": "no", "source": " "}, "calendar.no_source"),
        ({"import": "1"}, "calendar.no_file"),
    ],
)
def test_what_is_wrong_with_a_day_is_told_beside_the_form(towns: Towns, entries: dict[str, str], code: str) -> None:
    ops = operator(towns)
    answer = ops.send("/host/calendar", **entries)
    assert (answer.status_code, code in answer.text) == (422, True)
    assert changes.listed(towns.jia.world.installation, 2027) == []


def test_every_wrong_row_of_a_notice_is_told_on_the_page_and_none_is_kept(towns: Towns) -> None:
    ops = operator(towns)
    answer = bring(ops, "2027.csv", "日期,上班,依据\n2027-01-01,否,甲\n2027-13-01,否,甲\n2027-01-03,也许,甲\n")
    assert answer.status_code == 422
    assert all(said in answer.text for said in ("共有 2 处错误", "第 3 行", "第 4 行"))
    assert changes.listed(towns.jia.world.installation, 2027) == []


def test_nobody_but_an_operator_sees_or_changes_the_hosts_calendar(towns: Towns) -> None:
    visitor = towns.as_("clerk")
    assert visitor.get("/host/calendar").status_code == 303
    token = hidden_entries(visitor.text("/host/sign-in"))["csrf_token"]
    data = {"csrf_token": token, "day": "2027-01-04", "working": "no", "source": "甲"}
    assert visitor.client.post("/host/calendar", data=data).status_code == 401
    assert changes.listed(towns.jia.world.installation, 2027) == []


def bring(ops: Visitor, name: str, text: str, source: str = "") -> TestResponse:
    """Send a file to the calendar's page."""
    token = hidden_entries(ops.text("/host/calendar"))["csrf_token"]
    data = {"csrf_token": token, "source": source, "import": "1", "file": (BytesIO(text.encode()), name)}
    return ops.client.post("/host/calendar", data=data)
