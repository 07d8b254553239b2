"""What pytest loads wherever Renda is installed: almost nothing, until a project asks for it.

A project asks with ``renda_districts = ["districts"]`` in its pytest options: the folders that hold its
districts. Then every ``*.feature`` written in Chinese is collected, and the steps are there.
"""

from __future__ import annotations

import pytest

OPTION = "renda_districts"
_LOADED_ON_DEMAND = (
    "renda.testing.collecting",
    "renda.testing.steps.people",
    "renda.testing.steps.deeds",
    "renda.testing.steps.outcomes",
    "renda.testing.steps.figures",
    "renda.testing.steps.ballots",
    "renda.testing.steps.tallies",
    "renda.testing.steps.questionnaires",
    "renda.testing.steps.meetings",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option: where the districts are."""
    parser.addini(OPTION, "区县文件所在的文件夹;写明后收集 *.feature", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Load the rest where the option is set."""
    if config.getini(OPTION):
        for module in _LOADED_ON_DEMAND:
            config.pluginmanager.import_plugin(module)
