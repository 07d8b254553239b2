"""Where an entrance stood on a day gone by, as far as the last days of its actions tell."""

from collections.abc import Mapping
from datetime import date

import pytest

from renda import Matter
from renda_plugins.lift_installation.past import state_on

WAY = {"apply": 1, "record": 2, "put_up": 3, "submit": 5, "approve": 7, "begin_works": 9, "accept": 11, "register": 13}


def entrance(state: str, done: Mapping[str, int]) -> Matter:
    days = {action: date(2026, 3, day) for action, day in done.items()}
    return Matter(1, "lift_installation", "entrance", state, "1号", date(2026, 3, 1), {}, days)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (2, "consulting"),
        (3, "noticed"),
        (6, "reviewing"),
        (7, "approved"),
        (10, "building"),
        (12, "accepted"),
        (13, "in_use"),
    ],
)
def test_the_last_milestone_reached_by_then_is_the_stage(day: int, state: str) -> None:
    assert state_on(entrance("in_use", {**WAY, "keep_up": 20}), date(2026, 3, day)) == state


@pytest.mark.parametrize(
    ("state", "done", "day", "then"),
    [
        ("rejected", {"apply": 1, "put_up": 3, "submit": 5, "approve": 7, "record": 8}, 7, "rejected"),
        ("reviewing", {"apply": 1, "put_up": 3, "submit": 5, "approve": 7, "answer": 8}, 7, "reviewing"),
        ("withdrawn", {"apply": 1, "withdraw": 4}, 3, "consulting"),
        ("withdrawn", {"apply": 1, "withdraw": 4, "record": 9}, 4, "withdrawn"),
        ("retired", {**WAY, "retire": 20, "keep_up": 21}, 20, "retired"),
        ("consulting", {"apply": 1, "put_up": 3, "withdraw_consent": 4, "record": 6}, 3, "noticed"),
        ("consulting", {"apply": 1, "put_up": 3, "withdraw_consent": 4, "record": 6}, 4, "consulting"),
        ("stopped", {**WAY, "fail": 20}, 20, "stopped"),
    ],
)
def test_refusals_and_what_was_taken_back_stand_from_their_own_day(
    state: str, done: Mapping[str, int], day: int, then: str
) -> None:
    assert state_on(entrance(state, done), date(2026, 3, day)) == then
