"""``renda audit secrecy`` on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from backing.balloting import Hall, make_hall
from backing.databases import Database
from backing.terminal import Terminal
from renda.store import make_engine


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    hall = make_hall(database_url.app_url, tmp_path)
    yield hall
    hall.world.close()


@pytest.fixture
def terminal(hall: Hall, database_url: Database, tmp_path: Path) -> Terminal:
    (tmp_path / "districts/jia/review.toml").unlink()
    environment = {
        "RENDA_DATABASE_URL": database_url.app_url,
        "RENDA_OWNER_URL": database_url.owner_url,
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_SECRET_FILE": str(tmp_path / "secret"),
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "",
    }
    return Terminal(environment, tmp_path / "districts")


def voted(hall: Hall, **options: Any) -> str:
    number = hall.ready(**options)
    for member in range(9):
        hall.mark(number, member, "yes" if member % 2 else "no")
    hall.close(number)
    return str(number)


def test_a_closed_ballot_stands_every_attack(hall: Hall, terminal: Terminal, tmp_path: Path) -> None:
    number = voted(hall)
    told = terminal.said("audit", "secrecy", "jia", number)
    assert "未优于猜测" in told
    assert "泄露" not in told
    known = tmp_path / "known.csv"
    rows = [
        f'm{place},"{{""subject"": ""1"", ""marks"": [""{"yes" if place % 2 == 0 else "no"}""]}}"'
        for place in range(1, 10)
    ]
    known.write_text("\n".join(rows), "utf-8")
    result = terminal.run("audit", "secrecy", "jia", number, "--known", str(known), "--json")
    found = {each["attack"]: each for each in json.loads(result.output)}
    assert found["备份中的先后"]["right"].endswith("/9")
    assert {each["verdict"] for each in found.values()} <= {"safe", "untried", "leaks"}


def test_an_envelope_that_was_left_fails_the_audit(hall: Hall, terminal: Terminal, database_url: Database) -> None:
    number = voted(hall)
    row = hall.row(int(number))
    engine = make_engine(database_url.owner_url)
    with engine.begin() as connection:
        if database_url.kind == "postgresql":
            connection.execute(text("select set_config('app.district', :own, true)"), {"own": str(row.district_id)})
        given = {"own": row.district_id, "ballot": row.id, "sealed": b""}
        connection.execute(text("insert into envelope values (:own, :ballot, 1, :sealed, :sealed)"), given)
    engine.dispose()
    result = terminal.run("audit", "secrecy", "jia", number)
    assert result.exit_code == 1
    assert "未删除的密封票  泄露" in result.output


def test_what_cannot_be_audited_is_refused_in_these_words(hall: Hall, terminal: Terminal, tmp_path: Path) -> None:
    named, opened = voted(hall, secrecy="named"), str(hall.ready())
    assert terminal.refused("audit", "secrecy", "jia", named) == (
        f"错误:第 {named} 号表决是记名的,没有秘密可查。 [audit.not_secret]"
    )
    assert terminal.refused("audit", "secrecy", "jia", opened) == (
        f"错误:第 {opened} 号表决还没有计票。请在计票之后再查。 [audit.not_closed]"
    )
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("m1,{}\nnobody,{}\n", "utf-8")
    assert terminal.refused("audit", "secrecy", "jia", voted(hall), "--known", str(wrong)) == (
        "错误:wrong.csv 第 2 行应为“人员代码,票面JSON”,且人员代码须存在。请更正。 [audit.known_row]"
    )
