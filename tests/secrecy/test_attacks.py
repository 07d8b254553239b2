"""Every attack finds the votes of a naive box, and none finds those of ours."""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from backing.balloting import Hall, make_hall
from backing.databases import Database
from backing.naive_box import NaiveBox, contents
from backing.postgres import OWNER
from renda.services import ballots
from renda.services.secrecy import (
    ATTACKS,
    LEAKS,
    SAFE,
    UNTRIED,
    Box,
    audit,
    orders,
    pairings,
    plain,
    remains,
    scored,
    watching,
)
from renda.store import make_engine

VOTERS = 40
SEED = 20200302


@contextmanager
def everything(database: Database) -> Iterator[tuple[Connection, Path | None]]:
    """A connection of somebody who may read all there is, and the file of the database where it is one."""
    engine = make_engine(database.owner_url.replace(f"{OWNER}@", "postgres@"))
    try:
        with engine.connect() as connection:
            if database.kind == "postgresql":
                connection.execute(text("create extension if not exists pageinspect"))
                # A host's server writes its log at each commit; that of the tests takes its time.
                connection.execute(text("set synchronous_commit = on"))
                connection.commit()
            file = database.owner_url.removeprefix("sqlite:///")
            yield connection, Path(file) if database.kind == "sqlite" else None
    finally:
        engine.dispose()


def made_in(database: Database) -> str:
    """A word of the database's own: a server's log still holds what the tests before wrote."""
    return hashlib.sha256(database.owner_url.encode()).hexdigest()[:8]


def shuffled(people: list[int]) -> list[int]:
    order = list(people)
    random.Random(SEED).shuffle(order)
    return order


@pytest.fixture
def naive(database_url: Database, request: pytest.FixtureRequest) -> Iterator[tuple[Box, dict[int, str], NaiveBox]]:
    with everything(database_url) as (connection, file):
        made = NaiveBox(connection, request.param)
        truth = contents(range(101, 101 + VOTERS), f"朴素{made_in(database_url)}")
        order = shuffled(list(truth))
        for second, person in enumerate(order):
            made.cast(person, truth[person], second)
        names = {"voters": "naive_voter", "papers": "naive_paper", "sealed": "naive_voter"}
        if request.param == "nulled":
            made.close()
        yield Box(connection, 1, file=file, order=order, **names), {p: plain(c) for p, c in truth.items()}, made


def score(trace: Any, truth: dict[int, str]) -> Any:
    assert trace.note == ""
    return scored(pairings(trace, random.Random(SEED)), truth)


@pytest.mark.parametrize("naive", ["together"], indirect=True)
def test_of_a_naive_box_every_way_leads_to_all_votes(naive: Any, database_url: Database) -> None:
    box, truth, made = naive
    tried = [orders.serial_numbers, orders.dump_order, orders.times]
    if database_url.kind == "postgresql":
        tried += [orders.places_on_disk, orders.same_transaction, orders.nearest_transaction]
    else:
        tried += [orders.rowid]
    tried.append(remains.log_of_the_database)
    for attack in tried:
        found = score(attack(box), truth)
        assert (attack.__name__, found.right, found.beats_chance) == (attack.__name__, VOTERS, True)
    found = scored([(person, content) for person, content in watching.polled_counters(made.polls)], truth)
    assert (found.right, found.beats_chance) == (VOTERS, True)
    without = Box(box.connection, 1, voters="naive_voter", papers="naive_paper", sealed="naive_voter", file=box.file)
    leaking = {each.attack for each in audit(without, random.Random(SEED)) if each.verdict == LEAKS}
    assert {"序号", "备份中的先后", "时间", "未删除的密封票"} <= leaking
    assert leaking & {"xmin", "rowid"}


@pytest.mark.parametrize("naive", ["apart"], indirect=True)
def test_two_transactions_are_no_better(naive: Any, database_url: Database) -> None:
    box, truth, _ = naive
    attack = orders.nearest_transaction if database_url.kind == "postgresql" else orders.rowid
    assert score(attack(box), truth).right == VOTERS


@pytest.mark.parametrize("naive", ["nulled"], indirect=True)
def test_a_voter_cleared_at_the_close_lies_in_the_dead_rows_and_in_the_file(naive: Any, database_url: Database) -> None:
    box, truth, _ = naive
    if database_url.kind == "postgresql":
        assert score(remains.dead_rows(box), truth).right == VOTERS
    else:
        box.connection.execute(text("pragma wal_checkpoint(truncate)"))
        assert score(remains.file_of_the_database(box), truth).right == VOTERS


@pytest.mark.parametrize("naive", ["together"], indirect=True)
def test_entries_of_the_record_that_name_voters_give_them_away(naive: Any, database_url: Database) -> None:
    box, truth, _ = naive
    box.connection.execute(text("alter table event rename to event_before"))
    box.connection.execute(text("create table event (number int, action text, entries text)"))
    for number, person in enumerate(box.order):
        entry = f'{{"ballot": 1, "person": {person}}}'
        given = {"number": number, "entries": entry}
        box.connection.execute(text("insert into event values (:number, 'cast', :entries)"), given)
    assert score(orders.record(box), truth).right == VOTERS


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    hall = make_hall(database_url.app_url, tmp_path, VOTERS)
    yield hall
    hall.world.close()


def voted(hall: Hall, **options: Any) -> tuple[int, list[int], dict[int, str], list[Any]]:
    """A ballot everybody voted in with a paper of their own; the order, the truth, and what a poller saw."""
    rule = {"seats": 1, "write_in": "always"}
    number = hall.ready("election", ["候选人甲"], rule, **options)
    people, polls = hall.people(), []
    truth = contents(people, "密封")
    order = shuffled(people)
    for person in order:
        hall.cast(number, people.index(person), truth[person])
        with hall.world.reading() as desk:
            seen = ballots.progress(desk, number)
        polls.append((person, {"voted": seen.voted, "issued": seen.issued, "by_paper": seen.by_paper}))
    hall.close(number, chance=random.Random(SEED))
    return number, order, {person: plain(content) for person, content in truth.items()}, polls


def test_of_our_box_no_attack_gets_more_than_guessing(hall: Hall, database_url: Database) -> None:
    number, order, truth, polls = voted(hall)
    with everything(database_url) as (connection, file):
        if file is not None:
            connection.execute(text("pragma wal_checkpoint(passive)"))
        for known in ((), tuple(order)):
            found = audit(Box(connection, number, file=file, order=known), random.Random(SEED), truth)
            assert {each.attack: each.score for each in found if each.verdict == LEAKS} == {}
            tried = [each for each in found if each.verdict == SAFE and each.score is not None]
            assert all(each.score is not None and each.score.right < 5 for each in tried)
            assert len(tried) == (7 if database_url.kind == "postgresql" else 4)
            assert {each.verdict for each in audit(Box(connection, number, file=file), random.Random(SEED))} == {
                SAFE, UNTRIED,
            }  # fmt: skip
        box = Box(connection, number, file=file, order=order)
        sizes = [(person, 337) for person in order]
        assert watching.lengths_of_requests(box, sizes).papers == []
    guessed = scored(watching.polled_counters(polls), truth)
    assert guessed.right == 0


def test_votes_known_before_the_close_are_still_sealed_in_log_and_file(hall: Hall, database_url: Database) -> None:
    number = hall.ready("election", ["候选人甲"], {"seats": 1, "write_in": "always"})
    hall.cast(number, 0, {"marks": {}, "written": ["从未写下的姓名"]})
    word = "从未写下的姓名".encode()
    with everything(database_url) as (connection, file):
        if file is not None:
            kept = file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()
            assert word not in kept
        else:
            query = text(
                "select sum(position(cast(:word as bytea) in pg_read_binary_file('pg_wal/' || name))) from pg_ls_waldir()"
            )
            assert connection.execute(query, {"word": word}).scalar() == 0


def test_longer_requests_belong_to_longer_papers_where_lengths_differ(hall: Hall, database_url: Database) -> None:
    number, order, truth, _ = voted(hall)
    with everything(database_url) as (connection, file):
        sizes = [(person, len(truth[person])) for person in order[:3]] + [(order[3], 999)]
        assert len(watching.lengths_of_requests(Box(connection, number, file=file), sizes).papers) == VOTERS


def test_two_published_tables_that_differ_by_one_person_give_that_vote() -> None:
    people = frozenset({1, 2, 3})
    tables = [
        (people, {"yes": 2, "no": 1}),
        (people - {3}, {"yes": 2, "no": 0}),
        (people - {1, 3}, {"yes": 1, "no": 0}),
    ]
    assert sorted(watching.subtracted_tables(tables)) == [(1, "yes"), (3, "no")]


def test_every_attack_is_part_of_the_audit() -> None:
    named = {
        function
        for module in (orders, remains)
        for name, function in vars(module).items()
        if callable(function) and not name.startswith("_") and getattr(function, "__module__", "") == module.__name__
    }
    assert named == set(ATTACKS)
