"""An address of a seat never changes who votes in somebody else's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.chamber import CLERK, Chamber, make_chamber
from backing.databases import Database
from backing.world import hidden_entries
from renda.services import meetings


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path)
    with made.world.writing() as desk:
        seats = {made.members[place].id: f"A{place + 1}" for place in range(3)}
        meetings.give_seats(desk, CLERK, made.meeting, seats)
    made.ready("第一项")
    yield made
    made.world.close()


def link(chamber: Chamber, seat: str, page: str = "seat") -> str:
    with chamber.world.reading() as desk:
        key = meetings.seat_key(desk, CLERK, chamber.meeting, seat)
    return f"/jia/{page}?meeting={chamber.meeting}&seat={seat}&key={key}"


@pytest.mark.parametrize("page", ["seat", "arrive"])
def test_where_somebody_is_signed_in_another_seat_is_refused_naming_both(chamber: Chamber, page: str) -> None:
    member = chamber.as_("m1")
    answer = member.client.get(link(chamber, "A2", page))
    assert answer.status_code == 409
    assert "已经登录的是委员甲1" in answer.text
    assert "这个座席或凭条是委员甲2的" in answer.text
    assert "/jia/sign-out" in answer.text
    assert "委员甲1" in member.text("/jia/vote")
    assert "委员甲2" not in member.text("/jia/vote")


def test_after_signing_out_the_seat_is_taken(chamber: Chamber) -> None:
    member = chamber.as_("m1")
    shown = member.client.get(link(chamber, "A2"))
    member.client.post("/jia/sign-out", data=hidden_entries(shown.text))
    assert member.client.get(link(chamber, "A2")).status_code == 303
    assert "委员甲2" in member.text("/jia/seat")


def test_ones_own_seat_is_taken_while_one_is_signed_in(chamber: Chamber) -> None:
    member = chamber.as_("m1")
    assert member.client.get(link(chamber, "A1")).status_code == 303
    assert "委员甲1" in member.text("/jia/seat")


def test_a_terminal_stays_who_it_is_until_it_is_left_on_its_own_page(chamber: Chamber) -> None:
    terminal = chamber.towns.visitor()
    assert terminal.client.get(link(chamber, "A1")).status_code == 303
    answer = terminal.client.get(link(chamber, "A2"))
    assert answer.status_code == 409
    assert "现在由委员甲1投票，这个座席是委员甲2的" in answer.text
    assert "委员甲1" in terminal.text("/jia/seat")
    left = terminal.client.post("/jia/seat", data={**hidden_entries(answer.text), "leave": "1"})
    assert left.status_code == 303
    assert terminal.client.get(link(chamber, "A2")).status_code == 303
    assert "委员甲2" in terminal.text("/jia/seat")


def test_a_slip_of_somebody_else_is_refused_where_somebody_is_signed_in(chamber: Chamber) -> None:
    with chamber.world.writing() as desk:
        slip = meetings.give_slip(desk, CLERK, chamber.meeting, chamber.members[2].id)
    member = chamber.as_("m1")
    form = hidden_entries(member.text("/jia/account"))
    answer = member.client.post("/jia/seat", data={**form, "slip": slip})
    assert answer.status_code == 409
    assert "这个座席或凭条是委员甲3的" in answer.text
    assert "委员甲3" not in member.text("/jia/vote")
