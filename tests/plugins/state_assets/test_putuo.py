"""普陀's demonstration: two years running a general and a special report; and what an audit finds becomes a clue."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from plugins.state_assets.conftest import Assets

from backing.demo import DISTRICTS, figures, matters, page_text, played, sheets
from renda.services import chain, rescoring
from renda.testing.factories import World, fresh_sqlite

CODE = "state_assets"
TIME = (date(2019, 1, 1), date(2020, 12, 31))


@pytest.fixture(scope="module")
def putuo() -> Iterator[World]:
    world = played("putuo", CODE)
    yield world
    world.close()


def test_two_years_running_both_reports_were_given_on_different_categories(putuo: World) -> None:
    table = sheets(putuo, CODE, *TIME)["reports"]
    assert figures(table) == {"报告年度": 2}
    assert [row[2] for row in table.rows] == ["企业国有资产(不含金融企业)", "行政事业性国有资产"]
    assert all(isinstance(row[1], date) and isinstance(row[3], date) for row in table.rows)
    text = page_text(putuo, f"/sheets/{CODE}/reports?since=2019-01-01&until=2020-12-31")
    assert "2018 年度" in text
    assert "66.7" in text


def test_every_account_follows_on_from_the_year_before_or_says_why(putuo: World) -> None:
    accounts = matters(putuo, CODE, "account")
    told = {(each.parent and each.parent.payload["year"], each.payload["category"]): each for each in accounts}
    changed = [
        category
        for year, category in told
        if (2019, category) == (year, category)
        and [each["opening"] for each in told[year, category].payload["amounts"]]
        != [each["closing"] for each in told[2018, category].payload["amounts"]]
    ]
    assert changed == ["natural"]
    assert told[2019, "natural"].payload["because"]


def test_anybody_reads_the_accounts_of_closed_years_and_their_sum_is_the_sum_of_the_categories(putuo: World) -> None:
    table = sheets(putuo, CODE, *TIME)["accounts"]
    closing = sum(row[4].value for row in table.rows if row[0] == 2019 and row[2] == "资产总额")
    assert figures(table)["2019 年末国有资产总额(万元)"] == closing == 11345600
    text = page_text(putuo, f"/sheets/{CODE}/accounts?since=2019-01-01&until=2020-12-31")
    assert "国有自然资源资产" in text
    assert "公顷" in text


def test_a_problem_that_lasted_was_put_right_the_year_after(putuo: World) -> None:
    problems = matters(putuo, CODE, "problem")
    carried = [each for each in problems if each.payload.get("carried_from")]
    assert [(each.title, each.state) for each in carried] == [("长期闲置用房未盘活", "confirmed")]
    money = figures(sheets(putuo, CODE, *TIME)["problems"])
    assert money == {"问题": 6, "整改到位": 5, "挽回金额(万元)": Decimal("129.1"), "建立制度(项)": 4}


def test_the_record_is_whole_and_every_score_comes_out_again(putuo: World) -> None:
    with putuo.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_what_an_audit_of_state_assets_finds_becomes_a_clue_of_joint_supervision(tmp_path: Path) -> None:
    rules = tmp_path / "districts" / "sample"
    rules.mkdir(parents=True)
    (rules / "district.toml").write_text('name = "样例"\nterm = "第一届"\n', encoding="utf-8")
    shutil.copyfile(DISTRICTS / "putuo" / "state_assets.toml", rules / "state_assets.toml")
    shutil.copyfile(DISTRICTS / "pingshan" / "joint_supervision.toml", rules / "joint_supervision.toml")
    world = World(fresh_sqlite(tmp_path), rules.parent, "sample", day=date(2019, 7, 1))
    assets = Assets(world).begun().found().found("deputy", title="代表反映的问题")
    body = world.organ("区审计局").id
    ledger = world.act(
        assets.clerk, "建立年度台账", {"year": 2019, "joint": [body]}, practice="joint_supervision"
    ).matter_id
    world.act(assets.clerk, "汇集审计问题", matter=ledger)
    (clue,) = world.matter(ledger).children("clue")
    assert (clue.payload["title"], clue.payload["source"], clue.payload["concerns"]) == (
        "闲置房产", "audit", (assets.organ("assignee"),),
    )  # fmt: skip
    with pytest.raises(Exception, match="没有新的审计问题可以汇集"):
        world.act(assets.clerk, "汇集审计问题", matter=ledger)
    world.close()
