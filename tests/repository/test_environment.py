"""Every RENDA_ name that the sources read stands in the one table, and the table stands in the documents."""

import re

from backing.repository import ROOT
from renda.environment import OF_TOOLS, VARIABLES, table

NAME = re.compile(r"RENDA_[A-Z_]*[A-Z]")


def names_in(*folders: str) -> set[str]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert files
    return {name for path in files for name in NAME.findall(path.read_text("utf-8"))}


def test_every_name_the_sources_read_stands_in_the_table() -> None:
    assert sorted(names_in("core", "plugins") - {each.name for each in VARIABLES} - OF_TOOLS) == [], (
        "add the name to VARIABLES in core/renda/environment.py and its line to docs/hosting.md"
    )


def test_the_table_names_nothing_that_nobody_reads() -> None:
    read = {
        name
        for folder in ("core", "plugins")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "environment.py"
        for name in NAME.findall(path.read_text("utf-8"))
    }
    assert sorted({each.name for each in VARIABLES} - read) == []


def test_the_documents_hold_the_table() -> None:
    text = (ROOT / "docs/hosting.md").read_text("utf-8")
    assert [line for line in table().splitlines() if line not in text] == []
