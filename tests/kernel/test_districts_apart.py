"""One district never reads or writes what is another's, by the mapper or past it."""

import contextlib
from collections.abc import Callable

import pytest
from kernel.conftest import Town, Towns, refusal
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from backing.databases import Database
from renda.matter import SYSTEM
from renda.model import EventRow, MatterRow, OrganRow, PersonRow, ScoreRow
from renda.services.reading import DistrictRecords, find
from renda.store import BoundSession


def test_a_session_without_a_district_reads_nothing_of_a_district(towns: Towns) -> None:
    with towns.jia.store.hosting() as session:
        found = refusal(lambda: session.scalars(select(MatterRow)).all())
        assert found.code == "store.unbound"
        assert found.message == "这个会话没有指明区县,不能读写区县的数据。请用 Store.reading 或 Store.writing 打开。"
        assert refusal(lambda: session.get(MatterRow, 1)).code == "store.unbound"


def test_a_session_without_a_district_writes_nothing_of_a_district(towns: Towns) -> None:
    def deed() -> None:
        with towns.jia.store.hosting() as session:
            session.add(PersonRow(code="甲", name="甲"))

    assert refusal(deed).code == "store.unbound"


def test_every_way_of_asking_answers_with_ones_own(towns: Towns) -> None:
    mine, other = towns.jia.propose("甲的路灯"), towns.yi.propose("乙的路灯")
    twin = aliased(MatterRow)
    ways: list[Callable[[BoundSession], list[str]]] = [
        lambda session: list(session.scalars(select(MatterRow.title))),
        lambda session: list(session.scalars(select(twin.title))),
        lambda session: [row.title for row in session.scalars(select(MatterRow))],
        lambda session: [row.title for row in session.query(MatterRow)],
        lambda session: list(session.scalars(select(MatterRow.title).where(MatterRow.id.in_(select(MatterRow.id))))),
    ]
    with towns.jia.reading() as desk:
        for way in ways:
            assert way(desk.session) == ["甲的路灯"]
        assert desk.session.get(MatterRow, other) is None
        assert find(desk, mine).title == "甲的路灯"
        assert refusal(lambda: find(desk, other)).code == "matter.unknown"
        assert DistrictRecords(desk).matter(other) is None


def test_not_even_the_system_acts_on_the_matter_of_another_district(towns: Towns) -> None:
    other = towns.yi.propose()
    found = refusal(lambda: towns.jia.act(SYSTEM, "withdraw", matter=other))
    assert (found.code, found.message) == ("matter.unknown", f"没有编号为 {other} 的事项,或者您不能查看它。")
    inside = {"practice": "suggestions", "parent": other}
    assert refusal(lambda: towns.jia.act(towns.jia.clerk, "share", {}, **inside)).code == "matter.unknown"


def test_a_form_cannot_name_what_is_another_districts(towns: Towns) -> None:
    other = towns.yi.propose()
    found = refusal(lambda: towns.jia.propose(related=other))
    assert found.message == f"表单有误:相关事项:本区县没有编号为 {other} 的记录。"
    for name in ("代表乙一", "代表乙二", "代表乙三"):
        foreign = towns.yi.deputy(name).id
    assert refusal(lambda: towns.jia.propose(proposer=foreign)).code == "form.invalid"


def test_a_row_of_another_district_is_refused_before_it_is_written(towns: Towns) -> None:
    def deed(town: Town, row: PersonRow) -> None:
        with town.writing() as desk:
            desk.session.add(row)

    with towns.yi.reading() as desk:
        other = desk.session.district_id
    found = refusal(lambda: deed(towns.jia, PersonRow(code="甲", name="甲", district_id=other)))
    assert found.code == "store.other_district"
    assert found.message == f"不能写入别的区县的数据:会话属于 {other - 1},数据属于 {other}。"


PAST_THE_MAPPER = [
    "UPDATE organ SET name = '改' WHERE district_id = :other",
    "DELETE FROM organ WHERE district_id = :other",
    "INSERT INTO organ (district_id, code, name, sort) VALUES (:other, 'x', 'x', 'department')",
    "UPDATE organ SET district_id = :other WHERE district_id = :own",
]


@pytest.mark.parametrize("statement", PAST_THE_MAPPER)
def test_statements_past_the_mapper_change_nothing_of_another_district(towns: Towns, statement: str) -> None:
    towns.jia.organ("甲局")
    towns.yi.organ("乙局")
    with towns.yi.reading() as desk:
        other = desk.session.district_id

    def deed() -> int:
        with towns.jia.writing() as desk:
            done = desk.session.execute(text(statement), {"other": other, "own": desk.session.district_id})
            return int(done.rowcount)  # type: ignore[attr-defined]

    with contextlib.suppress(DBAPIError):
        assert deed() == 0
    for town, names in ((towns.jia, ["甲局"]), (towns.yi, ["乙局"])):
        with town.reading() as desk:
            assert list(desk.session.scalars(select(OrganRow.name))) == names


def test_a_bulk_insert_for_another_district_is_refused(towns: Towns) -> None:
    with towns.yi.reading() as desk:
        other = desk.session.district_id

    def deed() -> None:
        with towns.jia.writing() as desk:
            row = {"district_id": other, "code": "x", "name": "x", "sort": "department"}
            desk.session.execute(insert(OrganRow.__table__), [row])  # type: ignore[arg-type]

    with pytest.raises(DBAPIError, match=r"another district|row-level security"):
        deed()


def test_postgresql_shows_raw_statements_nothing_of_another_district(towns: Towns, database_url: Database) -> None:
    towns.yi.organ("乙局")
    with towns.jia.reading() as desk:
        seen = desk.session.execute(text("SELECT name FROM organ")).scalars().all()
    # SQLite has no policies on reading; there the mapper's filter stands alone, which this pins.
    assert seen == ([] if database_url.kind == "postgresql" else ["乙局"])


def test_a_connection_taken_back_from_the_pool_forgets_whose_it_was(towns: Towns) -> None:
    towns.yi.organ("乙局")
    for town, names in ((towns.yi, ["乙局"]), (towns.jia, []), (towns.yi, ["乙局"])):
        with town.store.reading(1 if town is towns.jia else 2) as session:
            assert list(session.scalars(select(OrganRow.name))) == names


@pytest.mark.parametrize("table", ["event", "score"])
@pytest.mark.parametrize("verb", ["UPDATE {table} SET practice = 'x'", "DELETE FROM {table}"])
def test_record_and_scores_only_grow(towns: Towns, table: str, verb: str) -> None:
    towns.jia.closed()

    def deed() -> None:
        with towns.jia.writing() as desk:
            desk.session.execute(text(verb.format(table=table)))

    with pytest.raises(DBAPIError, match=r"append only|permission denied"):
        deed()
    rows: list[type[EventRow | ScoreRow]] = [EventRow, ScoreRow]
    with towns.jia.reading() as desk:
        assert all(desk.session.scalars(select(row)).first() is not None for row in rows)


def test_a_plain_session_of_sqlalchemy_is_not_what_the_store_gives(towns: Towns) -> None:
    with towns.jia.reading() as desk:
        assert isinstance(desk.session, BoundSession)
        assert isinstance(desk.session, Session)
        assert desk.session.district_id == towns.jia.installation.district_id("jia")
