"""Lock first, read after: whoever waited for a lock decides by what is true once it has it."""

import ast
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from backing.racing import at_once
from backing.world import Town, Towns, hidden_entries
from renda.errors import RendaError
from renda.matter import Actor
from renda.model import AccountRow, ChainHead, EventRow, MatterRow
from renda.services import chain, reading
from renda.services.locking import lock_row
from renda.services.matters import Outcome, act

ROOT = Path(__file__).parents[2]
LOCKING = ROOT / "core" / "renda" / "services" / "locking.py"
RACERS = 6


def assign_after_looking(town: Town, number: int) -> Outcome:
    """Assign a suggestion as a page does: the matter was read before."""
    with town.world.writing() as desk:
        row = reading.find(desk, number)
        assert row.id == number
        return act(desk, town.actors["clerk"], "assign", {"organ": town.parties["bureau"].id}, matter=number)


def test_one_action_sent_by_six_at_once_is_taken_once(jia: Town) -> None:
    number = jia.propose()

    answers = at_once(jia.world.store.engine, [lambda: assign_after_looking(jia, number)] * RACERS)

    taken = [each for each in answers if isinstance(each, Outcome)]
    refused = [getattr(each, "code", each) for each in answers if not isinstance(each, Outcome)]
    assert (len(taken), refused) == (1, ["matter.not_now"] * (RACERS - 1))
    with jia.world.reading() as desk:
        entries = desk.session.query(EventRow).filter(EventRow.matter_id == number).count()
        assert (entries, desk.session.get_one(MatterRow, number).version) == (2, 2)
        assert chain.first_broken(desk) is None


def test_one_page_sent_by_six_sessions_at_once_is_taken_once(towns: Towns) -> None:
    number = towns.jia.propose()
    path = f"/jia/matters/{number}/assign"
    visitors = [towns.as_("clerk") for _ in range(RACERS)]
    forms = [hidden_entries(each.text(path)) for each in visitors]
    assert len({form["_submission"] for form in forms}) == RACERS

    def sent(place: int) -> int:
        organ = str(towns.jia.parties["bureau"].id)
        return visitors[place].client.post(path, data={**forms[place], "organ": organ}).status_code

    answers = at_once(towns.jia.world.store.engine, [partial(sent, place) for place in range(RACERS)])

    assert sorted(answers) == [303, *[409] * (RACERS - 1)]


def test_what_was_read_before_the_record_was_locked_is_read_again(jia: Town) -> None:
    number = jia.propose()
    clerk: Actor = jia.actors["clerk"]
    with jia.world.reading() as before:
        row = reading.find(before, number)
        assert row.version == 1
        if before.session.get_bind().dialect.name == "sqlite":
            # A reading transaction of SQLite sees one moment; it is ended, the rows stay at the session.
            before.session.connection().exec_driver_sql("commit")
            before.session.connection().exec_driver_sql("begin")
        jia.world.act(clerk, "assign", {"organ": jia.parties["bureau"].id}, matter=number)
        assert row.version == 1

        chain.lock(before)

        assert (row.version, row.state) == (2, "assigned")


def test_a_row_that_is_locked_is_read_anew(jia: Town) -> None:
    with jia.world.writing() as desk:
        row = desk.session.query(AccountRow).filter(AccountRow.login == "clerk").one()
        table: Any = AccountRow.__table__
        desk.session.connection().execute(update(table).where(table.c.id == row.id).values(failures=3))
        assert row.failures == 0

        locked = lock_row(desk.session, AccountRow, "clerk", by=AccountRow.login)

        assert locked is row
        assert row.failures == 3


def test_what_was_changed_before_a_lock_is_not_lost(jia: Town) -> None:
    with jia.world.writing() as desk:
        row = desk.session.query(AccountRow).filter(AccountRow.login == "clerk").one()
        row.failures = 2
        lock_row(desk.session, AccountRow, row.id)
        chain.lock(desk)

        assert row.failures == 2


def test_a_savepoint_that_is_given_up_gives_the_lock_up(jia: Town) -> None:
    number = jia.propose()
    with jia.world.writing() as desk:
        with pytest.raises(RendaError), desk.session.begin_nested():
            act(desk, jia.actors["clerk"], "assign", {}, matter=number)
        head = chain.lock(desk)

        assert head in desk.session
        assert head.number == 1


def test_the_first_two_entries_of_a_district_may_be_made_at_once(towns: Towns) -> None:
    town = towns.jia

    answers = at_once(town.world.store.engine, [town.propose] * RACERS)

    assert len({each for each in answers if isinstance(each, int)}) == RACERS
    with town.world.reading() as desk:
        assert desk.session.get_one(ChainHead, desk.session.district_id).number == RACERS
        assert chain.first_broken(desk) is None


def test_rows_are_locked_in_one_place_only() -> None:
    """``session.get(…, with_for_update=True)`` locks a row that was read before and keeps its old attributes."""
    found = []
    for path in sorted([*(ROOT / "core").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]):
        if path == LOCKING:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            said = getattr(node, "attr", None) if isinstance(node, ast.Attribute) else getattr(node, "arg", None)
            raw = isinstance(node, ast.Constant) and isinstance(node.value, str) and "for update" in node.value
            if said == "with_for_update" or raw:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]

    assert found == [], f"lock rows by renda.services.locking: {found}"
