"""What a district's practices say when they are asked, and with which sentence they refuse."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from renda import RendaError
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


def sheets(world: World, *, since: date, until: date) -> dict[str, Any]:
    """All sheets of these days by their codes."""
    with world.reading() as desk:
        answers = ask(desk, "sheets", desk.day, records=DistrictRecords(desk), since=since, until=until)
        return {sheet.code: sheet for each in answers for sheet in each.said}


def problems(world: World, practice: str) -> list[str]:
    """What the check of a practice finds, in words."""
    with world.reading() as desk:
        answers = ask(desk, "problems", desk.day, records=DistrictRecords(desk))
        return [each.text for answer in answers if answer.rules.code == practice for each in answer.said]


def refused(deed: Callable[[], object]) -> str:
    """The sentence something is refused with."""
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value.message
