"""What the READMEs promise is there."""

import re
from pathlib import Path

import pytest

from backing.repository import ROOT, files, read

READMES = [Path("README.md"), Path("README.zh-CN.md")]
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
CODE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)


def targets() -> set[str]:
    return set(TARGET.findall(read(Path("Makefile"))))


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_the_first_thing_a_reader_sees_are_the_two_commands(readme: Path) -> None:
    first = CODE.findall(read(readme))[0]
    assert [line.partition("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_a_reader_finds_the_way_to_every_kind_of_reader(readme: Path) -> None:
    linked = set(LINK.findall(read(readme)))
    wanted = {"for-clerks.md", "for-districts.md", "for-integrators.md", "hosting.md", "glossary.md"}
    assert {f"docs/{name}" for name in wanted} <= linked


def test_every_make_command_in_a_document_is_a_target() -> None:
    documents = [path for path in files() if path.suffix == ".md"]
    named = {(str(path), name) for path in documents for name in re.findall(r"`make ([a-z-]+)", read(path))}
    named |= {
        (str(path), name)
        for path in documents
        for block in CODE.findall(read(path))
        for name in re.findall(r"^make ([a-z-]+)", block, re.MULTILINE)
    }
    assert named
    assert {(path, name) for path, name in named if name not in targets()} == set()


def test_every_target_of_the_makefile_explains_itself() -> None:
    explained = set(re.findall(r"^([a-z-]+):.*## \S", read(Path("Makefile")), re.MULTILINE))
    assert targets() == explained


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        (str(path), link)
        for path in files()
        if path.suffix == ".md"
        for link in LINK.findall(re.sub(r"```.*?```", "", read(path), flags=re.DOTALL))
        if not (ROOT / path.parent / link).exists()
    ]
    assert broken == []
