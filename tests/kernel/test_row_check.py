"""The rows of a district are as its record says, or every difference is named."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from kernel.conftest import Town, Towns, refusal
from sqlalchemy import delete, select, text, update

from backing.databases import Database
from backing.owner import by_the_owner
from renda.model import Base, DistrictBound, MandateRow, MatterPartyRow, MatterRow, OrganRow, PersonRow
from renda.services import people, record_check, replaying, row_values
from renda.services.row_check import FORGED, MISSING, RowCheck, RowDifference, differences


def found(town: Town) -> tuple[list[RowDifference], RowCheck]:
    outcome = RowCheck()
    with town.installation.store.reading(town.installation.district_id(town.slug)) as session:
        return list(differences(session, outcome)), outcome


def named(town: Town) -> list[tuple[str, str]]:
    return sorted((each.table, each.column) for each in found(town)[0])


def change(database: Database, *statements: str) -> None:
    with by_the_owner(database) as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0, statement


@pytest.fixture
def lived(towns: Towns) -> Town:
    """甲区 with two suggestions that were closed and scored, beside one that is open."""
    towns.jia.closed()
    towns.jia.closed("桥")
    towns.jia.propose("路")
    assert found(towns.jia)[0] == []
    return towns.jia


CHANGES = {
    "the state of a matter": ("UPDATE matter SET state = 'x' WHERE title = '路灯'", "matter", "state"),
    "its version": ("UPDATE matter SET version = version + 1 WHERE title = '路灯'", "matter", "version"),
    "its title": ("UPDATE matter SET title = '别的' WHERE title = '路灯'", "matter", "title"),
    "its deadline": ("UPDATE matter SET due_on = '2031-01-01' WHERE title = '路灯'", "matter", "due_on"),
    "whom it waits for": ("UPDATE matter SET waits_for = 'role:chair' WHERE title = '路'", "matter", "waits_for"),
    "its day": ("UPDATE matter SET opened_on = '2001-01-01' WHERE title = '路灯'", "matter", "opened_on"),
    "its rules": ("UPDATE matter SET rules_digest = 'x' WHERE title = '路灯'", "matter", "rules_digest"),
    "its payload": (
        "UPDATE matter SET payload = '{\"title\": \"别的\"}' WHERE title = '路'", "matter", "payload.title",
    ),
    "what was done": ("UPDATE matter SET done = '{}' WHERE title = '路'", "matter", "done.propose"),
    "who stands in a relation to it": ("UPDATE matter_party SET party = 'person:77'", "matter_party", "party"),
    "a score as it is shown": ("UPDATE score SET shown = '100'", "score", "shown"),
    "the value of a score": ("UPDATE score SET value = '1.5'", "score", "value"),
    "the reasons of a score": ("UPDATE score SET explained = '{}'", "score", "explained"),
    "a post": ("UPDATE appointment SET post = '主任'", "appointment", "post"),
    "a mandate": ("UPDATE mandate SET until = '2020-01-01'", "mandate", "until"),
    "the name of a person": ("UPDATE person SET name = '别人'", "person", "name"),
    "the name of an organ": ("UPDATE organ SET name = '别局'", "organ", "name"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_by_the_owner_is_found(lived: Town, database_url: Database, what: str) -> None:
    statement, table, column = CHANGES[what]
    if table == "appointment":
        with lived.writing() as desk:
            who, where = desk.session.scalars(select(PersonRow)).first(), desk.session.scalars(select(OrganRow)).first()
            assert who is not None
            assert where is not None
            people.appoint(desk, who, where, "局长", date(2020, 1, 1))
        assert found(lived)[0] == []
    change(database_url, statement)
    assert (table, column) in named(lived)
    assert {each for each, _ in named(lived)} == {table}


def test_a_difference_says_what_is_stored_and_what_the_record_says(lived: Town, database_url: Database) -> None:
    change(database_url, "UPDATE matter SET state = '改' WHERE title = '路'")
    (one,), outcome = found(lived)
    assert (one.table, one.column, one.stored) == ("matter", "state", "改")
    with lived.reading() as desk:
        row = desk.session.get(MatterRow, int(one.key))
        assert row is not None
        assert row.title == "路"
    assert one.expected not in {"", "改", None}
    assert (outcome.broken, outcome.unproven) == (None, 0)
    assert outcome.proven > 0


def test_scores_of_two_matters_that_were_exchanged_are_found(lived: Town, database_url: Database) -> None:
    with lived.reading() as desk:
        numbers = desk.session.scalars(text("SELECT matter_id FROM score ORDER BY id")).all()
    first, second = sorted(set(numbers))[:2]
    change(
        database_url,
        f"UPDATE score SET matter_id = CASE matter_id WHEN {first} THEN {second} ELSE {first} END "
        f"WHERE matter_id IN ({first}, {second})",
    )
    assert {("score", "matter_id")} == set(named(lived))


@pytest.mark.parametrize("table", ["score", "matter_party", "mandate"])
def test_a_deleted_row_is_found(lived: Town, database_url: Database, table: str) -> None:
    change(database_url, f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})")
    ((one,), _) = found(lived)
    assert (one.table, one.column, one.stored) == (table, "", MISSING)


def test_a_deleted_matter_is_found(lived: Town, database_url: Database) -> None:
    with lived.reading() as desk:
        number = desk.session.scalars(select(MatterRow.id).where(MatterRow.title == "路")).one()
    change(
        database_url, f"DELETE FROM matter_party WHERE matter_id = {number}", f"DELETE FROM matter WHERE id = {number}"
    )
    assert RowDifference("matter", str(number), "", MISSING) in found(lived)[0]


def test_a_row_that_stands_in_no_entry_is_found(lived: Town, database_url: Database) -> None:
    change(
        database_url,
        "INSERT INTO score (district_id, matter_id, practice, value, shown, explained, day, rules_digest, id) "
        "SELECT district_id, matter_id, practice, value, shown, explained, day, rules_digest, 9999 FROM score LIMIT 1",
    )
    assert found(lived)[0] == [RowDifference("score", "9999", "", FORGED)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE row_change SET rows = '{}' WHERE number = 2",
        "UPDATE row_change SET event_number = 99 WHERE number = 2",
        "DELETE FROM row_change WHERE number = 2",
    ],
)
def test_a_change_of_the_entries_themselves_is_found(lived: Town, database_url: Database, statement: str) -> None:
    change(database_url, statement)
    listed, outcome = found(lived)
    assert (listed, outcome.broken) == ([], 2)


def test_an_end_that_was_cut_off_is_found(lived: Town, database_url: Database) -> None:
    change(database_url, "DELETE FROM row_change WHERE number > 3")
    assert found(lived)[1].broken == 4


def test_another_district_has_no_part_in_it(towns: Towns, database_url: Database) -> None:
    towns.jia.closed()
    towns.yi.closed()
    change(database_url, "UPDATE matter SET state = 'x' WHERE district_id = (SELECT min(id) FROM district)")
    assert [bool(found(town)[0]) for town in (towns.jia, towns.yi)] == [True, False]


def test_every_table_of_a_district_is_covered_or_has_a_reason() -> None:
    owned = {each.__tablename__ for each in classes()}
    assert owned == set(row_values.covered()) | set(row_values.UNCOVERED)
    assert not set(row_values.covered()) & set(row_values.UNCOVERED)


def test_every_column_that_is_left_out_or_put_otherwise_is_there() -> None:
    told = [row_values.LEFT_OUT, row_values.BY_KEY, row_values.ALWAYS_DIGESTED]
    for table, columns in ((table, columns) for each in told for table, columns in each.items()):
        assert columns <= {column.name for column in Base.metadata.tables[table].columns} | {"way"}, table


def classes() -> Sequence[Any]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, DistrictBound)]


def test_no_password_stands_in_an_entry(towns: Towns) -> None:
    secret = {"password", "second_factor", "hall_key", "slip", "hand_counts", "trial"}
    for table in row_values.covered().values():
        assert not secret & set(table.columns), table.name


def test_what_a_savepoint_gave_up_stands_in_no_entry(towns: Towns) -> None:
    town = towns.jia
    with town.writing() as desk:
        kept = people.keep_organ(desk, "a", "甲局")
        nested = desk.session.begin_nested()
        people.keep_organ(desk, "a", "改名的局")
        people.keep_organ(desk, "b", "乙局")
        nested.rollback()
        desk.session.refresh(kept)
        people.keep_organ(desk, "c", "丙局")
    assert found(town)[0] == []


def test_rows_written_and_deleted_by_a_statement_are_known(towns: Towns) -> None:
    town = towns.jia
    number = town.propose()
    with town.writing() as desk:
        desk.session.execute(update(MatterRow).where(MatterRow.id == number).values(title="改"))
        desk.session.execute(delete(MatterPartyRow).where(MatterPartyRow.matter_id == number))
    assert found(town)[0] == []


def test_a_statement_that_does_not_say_which_rows_is_refused(towns: Towns) -> None:
    with towns.jia.writing() as desk:
        table = MandateRow.__table__
        refused = refusal(lambda: desk.session.execute(table.update().values(delegation="x")))  # type: ignore[attr-defined]
    assert refused.code == "row_log.unnamed"


def test_a_district_that_was_there_before_is_not_called_forged(towns: Towns, database_url: Database) -> None:
    town = towns.jia
    town.closed()
    change(
        database_url,
        "DELETE FROM row_change",
        "UPDATE row_change_head SET number = 0, digest = 'incomplete'",
    )
    listed, outcome = found(town)
    assert (listed, outcome.broken, outcome.proven) == ([], None, 0)
    assert outcome.unproven > 0
    before = outcome.unproven
    town.propose("新的")
    listed, outcome = found(town)
    assert (listed, outcome.broken, outcome.unproven) == ([], None, before)
    assert outcome.proven > 0
    change(database_url, "UPDATE matter SET state = 'x' WHERE title = '新的'")
    assert named(town) == [("matter", "state")]


def test_a_row_that_was_expired_and_then_written_is_known(towns: Towns) -> None:
    town = towns.jia
    number = town.propose()
    with town.writing() as desk:
        row = desk.session.get_one(MatterRow, number)
        desk.session.expire_all()
        row.title = "改"
    assert found(town)[0] == []


@pytest.mark.parametrize("column", ["shown", "value"])
def test_a_replay_tells_a_score_that_its_reasons_do_not_give(lived: Town, database_url: Database, column: str) -> None:
    with lived.reading() as desk:
        assert {stood.mistake for stood in replaying.as_of(desk, desk.day)} == {""}
    change(database_url, f"UPDATE score SET {column} = '1234' WHERE id = (SELECT max(id) FROM score)")
    with lived.reading() as desk:
        mistakes = [stood.mistake for stood in replaying.as_of(desk, desk.day) if stood.mistake]
        codes = [each.code for each in record_check.mistakes(desk, RowCheck())]
    assert len(mistakes) == 1
    assert "1234" in mistakes[0]
    assert codes == ["check.row", "check.score"]
