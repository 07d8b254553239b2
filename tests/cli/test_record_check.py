"""``renda check`` names what the owner of the database changed."""

from sqlalchemy import text

from backing.databases import Database
from backing.owner import by_the_owner
from backing.terminal import Terminal


def changed(database: Database, statement: str) -> None:
    with by_the_owner(database) as connection:
        assert connection.execute(text(statement)).rowcount > 0, statement


def test_a_change_is_named_with_the_row_and_both_values(either_terminal: Terminal, database_url: Database) -> None:
    either_terminal.said("demo", "--prepare-only")
    assert "没有发现错误。" in either_terminal.said("check", "jia")
    number = "(SELECT min(id) FROM matter)"
    changed(database_url, f"UPDATE matter SET due_on = '2031-01-01', state = 'x' WHERE id = {number}")
    result = either_terminal.run("check", "jia")
    assert result.exit_code == 1
    assert "的“期限”与记录不符:记录是 " in result.output
    assert "数据库里是 “2031-01-01”。" in result.output
    assert "的“状态”与记录不符" in result.output
    assert "共 2 处错误。" in result.output


def test_english_words(either_terminal: Terminal, database_url: Database) -> None:
    either_terminal.said("demo", "--prepare-only")
    changed(database_url, "UPDATE person SET name = 'x' WHERE id = (SELECT min(id) FROM person)")
    assert "is not as the record says" in either_terminal.run("--lang", "en", "check", "jia").output
