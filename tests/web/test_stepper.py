"""The way of a matter, past and to come."""

from dataclasses import dataclass
from datetime import date

from backing.sample import Sample
from renda.web.stepper import stepper

KIND = Sample.kind_of["suggestion"]


@dataclass
class Went:
    day: date
    went_to: str


def shown(state: str, *went: str) -> list[tuple[str, str]]:
    events = [Went(date(2020, 3, at), to) for at, to in enumerate(went, 1)]
    return [(stop.label, stop.place) for stop in stepper(KIND, state, events)]


def test_what_was_what_is_and_what_is_awaited() -> None:
    assert shown("assigned", "filed", "assigned") == [
        ("已提出", "past"), ("已交办", "now"), ("已答复", "ahead"), ("办结", "ahead"),
    ]  # fmt: skip


def test_an_end_has_nothing_ahead() -> None:
    assert shown("withdrawn", "filed", "withdrawn") == [("已提出", "past"), ("已撤回", "now")]


def test_what_leaves_the_state_as_it_is_adds_no_stop() -> None:
    assert shown("filed", "filed", "filed", "filed")[0] == ("已提出", "now")


def test_a_matter_that_went_back_shows_both_visits() -> None:
    assert [label for label, _ in shown("assigned", "filed", "assigned", "filed", "assigned")][:4] == [
        "已提出", "已交办", "已提出", "已交办",
    ]  # fmt: skip


def test_a_long_past_shows_its_last_part() -> None:
    went = ["filed", "assigned"] * 8
    assert sum(place == "past" for _, place in shown("assigned", *went)) == 6


def test_a_record_that_says_nothing_still_shows_where_it_is() -> None:
    assert shown("filed")[0] == ("已提出", "now")
