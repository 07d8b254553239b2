"""The kit of the platform, run against a practice it has never seen."""

from pathlib import Path

import pytest
from renda_audience import Audience

from renda.testing import conformance

FILE = Path(__file__).parents[1] / "districts/lantian/audience.toml"


@pytest.mark.parametrize("check", conformance.checks(Audience, FILE.read_text("utf-8")), ids=str)
def test_audience_holds_what_every_practice_has_to(check):
    check()
