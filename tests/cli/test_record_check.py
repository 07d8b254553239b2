"""``renda check`` names what the owner of the database changed."""

from pathlib import Path

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


def test_an_anchor_finds_an_end_that_was_cut_off(
    either_terminal: Terminal, database_url: Database, tmp_path: Path
) -> None:
    either_terminal.said("demo", "--prepare-only")
    assert "已锚定 2 个区县," in either_terminal.said("anchor")
    file = tmp_path / "anchors.jsonl"
    kept = tmp_path / "elsewhere.jsonl"
    kept.write_bytes(file.read_bytes())
    assert "没有发现错误。" in either_terminal.said("check", "jia", "--anchors", str(kept))
    own = "district_id = (SELECT id FROM district WHERE slug = 'jia')"
    last = f"(SELECT digest FROM event WHERE number = 1 AND {own})"
    changed(database_url, f"DELETE FROM event WHERE number > 1 AND {own}")
    changed(database_url, f"UPDATE chain_head SET number = 1, digest = {last} WHERE {own}")
    for arguments in (("--anchors", str(kept)), ()):
        result = either_terminal.run("check", "jia", *arguments)
        assert result.exit_code == 1
        assert "末尾被截掉了" in result.output
    assert "没有锚定文件" in either_terminal.refused("check", "--anchors", str(tmp_path / "none"))
