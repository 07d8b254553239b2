"""The worked example in every plugin's README is run."""

import doctest
from pathlib import Path

import pytest

import renda_plugins

READMES = sorted(Path(next(iter(renda_plugins.__path__))).glob("*/README.md"))


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_the_worked_example_of_a_readme_comes_out_as_it_says(readme: Path) -> None:
    failed, tried = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 0


def test_there_are_readmes_to_run() -> None:
    assert READMES
