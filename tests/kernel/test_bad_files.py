"""Wrong district files, one mistake each: the sentence says what is wrong, where, and what to do.

Each ``tests/bad/x.toml`` has the exact sentence beside it in ``x.txt``. ``district-*`` are read as a
``district.toml``, the others as the file of a practice.
"""

from pathlib import Path

import pytest
from kernel.conftest import refusal

from backing.sample import Sample
from renda.errors import RendaError
from renda.practice import Practice
from renda.rulebook import Rulebook, practice_class

FOLDER = Path(__file__).parents[1] / "bad"
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))
INSTALLED = ("negative_list", "report_review", "sample", "segmented_scoring")
GOOD = 'name = "样例"\nterm = "第一届"\n'


def find_practice(plugin: str, file: str) -> type[Practice]:
    """The practices a file of these tests may use."""
    if plugin not in INSTALLED:
        raise RendaError("rules.unknown_plugin", file=file, plugin=plugin, allowed="、".join(INSTALLED))
    return Sample if plugin == "sample" else practice_class(plugin)


def read(case: str, tmp_path: Path) -> Rulebook:
    """The rulebook of a district with this file."""
    folder = tmp_path / "yangli"
    folder.mkdir()
    about_district = case.startswith("district-")
    (folder / "district.toml").write_text(GOOD, "utf-8")
    target = "district.toml" if about_district else "rule.toml"
    (folder / target).write_bytes((FOLDER / f"{case}.toml").read_bytes())
    return Rulebook(folder, find_practice)


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_file_is_refused_in_these_words(case: str, tmp_path: Path) -> None:
    found = refusal(lambda: read(case, tmp_path))
    assert f"{found.message} [{found.code}]\n" == (FOLDER / f"{case}.txt").read_text("utf-8")


def test_every_wrong_file_has_its_sentence_and_tells_its_mistake_in_its_first_line() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == CASES
    assert all((FOLDER / f"{case}.toml").read_text("utf-8").startswith("# 错处:") for case in CASES)


def test_the_files_are_right_but_for_their_one_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "yangli"
    folder.mkdir()
    (folder / "district.toml").write_text(GOOD, "utf-8")
    mended = {
        "unknown-key": ("tittle =", "title ="),
        "weights-are-nine-tenths": ("answer_weight = 0.3", "answer_weight = 0.4"),
        "choice-does-not-exist": ('"receit"', '"receipt"'),
        "category-does-not-exist": ('category = "99"', 'category = "1"'),
    }
    for case, (wrong, right) in mended.items():
        text = (FOLDER / f"{case}.toml").read_text("utf-8")
        assert text.count(wrong) == 1
        (folder / "rule.toml").write_text(text.replace(wrong, right), "utf-8")
        assert Rulebook(folder, find_practice).versions["rule"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "yangli"
    folder.mkdir()
    (folder / "district.toml").write_text(GOOD, "utf-8")
    (folder / "rule.toml").write_bytes(b'plugin = "\xff\xfe"')
    found = refusal(lambda: Rulebook(folder, find_practice))
    assert found.message == "yangli/rule.toml 不是合法的 TOML:不是 UTF-8 编码。请改正。"
