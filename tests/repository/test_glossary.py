"""The glossary knows every noun that has a table and every practice that is installed."""

import re
from importlib.metadata import entry_points
from pathlib import Path

from backing.repository import ROOT, read

ROW = re.compile(r"^\| (?P<zh>[^|]+) \| (?P<en>[^|]+) \| (?P<code>[^|]+) \|", re.MULTILINE)
TABLE = re.compile(r"^class (\w+)\((?:District(?:Owned|Bound), )?Base\):", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    return [(row["zh"], row["en"], row["code"]) for row in ROW.finditer(read(Path("docs/glossary.md")))]


def names() -> set[str]:
    return {name for _, _, code in rows() for name in re.findall(r"`([^`]+)`", code)}


def test_every_noun_with_a_table_is_in_the_glossary() -> None:
    tables = [
        name for path in (ROOT / "core/renda/model").glob("*.py") for name in TABLE.findall(path.read_text("utf-8"))
    ]
    assert tables
    assert sorted({name.removesuffix("Row") for name in tables} - names()) == []


def test_every_installed_practice_of_ours_is_in_the_glossary() -> None:
    ours = {entry.name for entry in entry_points(group="renda.practices") if entry.value.startswith("renda_plugins.")}
    assert ours
    assert ours <= names()


def test_no_chinese_word_is_explained_twice() -> None:
    words = [zh for zh, _, code in rows() if code.startswith("`")]
    assert len(words) > 100
    assert sorted({word for word in words if words.count(word) > 1}) == []
