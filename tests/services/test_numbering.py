"""Numbers of matters: given before the rows are written, none twice, also where something is given up."""

from sqlalchemy import func, select

from backing.world import Town, Towns
from renda.model import MatterRow
from renda.services import chain
from renda.services.matters import act
from renda.services.numbering import PORTION, next_number


def opened(town: Town, count: int) -> list[int]:
    entries = {"title": "增设路灯", "text": "夜里太暗。", "proposer": town.parties["deputy"].id}
    actor = town.actors["deputy"]
    with town.world.writing() as desk:
        return [act(desk, actor, "propose", entries, practice="suggestions").matter_id for _ in range(count)]


def test_matters_opened_in_one_transaction_or_in_several_have_numbers_that_grow(towns: Towns) -> None:
    numbers = [*opened(towns.jia, 3), *opened(towns.jia, 2)]
    assert sorted(set(numbers)) == numbers


def test_two_districts_number_from_the_same_row(towns: Towns) -> None:
    assert not {*opened(towns.jia, 2)} & {*opened(towns.yi, 2)}


def test_what_is_given_up_is_numbered_anew(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        chain.hold(desk)
        given_up = desk.session.begin_nested()
        first = [next_number(desk) for _ in range(PORTION)]
        given_up.rollback()
        second = [next_number(desk) for _ in range(PORTION)]
        assert sorted({*first, *second}) == [*first, *second]
        assert desk.session.scalar(select(func.count()).select_from(MatterRow)) == 0
