"""A PostgreSQL server that writes down all it can (logical decoding, auto_explain, pg_stat_statements) tells no vote."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from backing.balloting import Hall, make_hall
from backing.postgres import Server, running
from renda.migrate import upgrade
from renda.services.secrecy import Trace, pairings, scored

VOTERS = 30
SEED = 20200302
SETTINGS = {
    "wal_level": "logical", "shared_preload_libraries": "pg_stat_statements, auto_explain", "log_statement": "all",
    "auto_explain.log_min_duration": "0", "auto_explain.log_analyze": "on", "auto_explain.log_nested_statements": "on",
    "log_parameter_max_length": "-1", "logging_collector": "on", "log_directory": "watched", "log_filename": "all.log",
}  # fmt: skip


@pytest.fixture(scope="module")
def watched() -> Iterator[Server]:
    with running(durable=True) as server:
        # The names of an extension are known once its library is there.
        for is_extension in (False, True):
            for name, value in SETTINGS.items():
                if ("." in name) is is_extension:
                    given = [sql.Literal(each.strip()) for each in value.split(",")]
                    parts = (sql.SQL(".").join(map(sql.Identifier, name.split("."))), sql.SQL(", ").join(given))
                    server.execute(sql.SQL("alter system set {} = {}").format(*parts))
            server.stop()
            server.start()
        yield server


def told(server: Server, database: str, statement: str) -> list[Any]:
    with psycopg.connect(host=str(server.folder), user="postgres", dbname=database, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def order_of(words: dict[int, str], text: str) -> list[tuple[str, str, int]]:
    """The votes found in a text, by the place at which each first stands."""
    return [(word, word, text.find(word)) for word in words.values() if word in text]


@pytest.mark.postgresql
def test_no_log_statement_or_decoded_change_leads_from_a_voter_to_a_vote(watched: Server, tmp_path: Path) -> None:
    name = watched.create()
    upgrade(watched.url(name))
    hall: Hall = make_hall(watched.url(name, "renda_app"), tmp_path, VOTERS)
    watched.execute(sql.SQL("create extension pg_stat_statements").format(), name)
    told(watched, name, "select pg_create_logical_replication_slot('listening', 'test_decoding')")
    number = hall.ready("election", ["候选人甲"], {"seats": 1, "write_in": "always"})
    people = hall.people()
    order = random.Random(SEED).sample(people, len(people))
    words = {person: f"Other{place:02d}x" for place, person in enumerate(order)}
    for person in order:
        hall.cast(number, people.index(person), {"marks": {"1": "no"}, "written": [words[person]]})
    decoded = "\n".join(
        row[2] for row in told(watched, name, "select * from pg_logical_slot_peek_changes('listening', null, null)")
    )
    assert "envelope: INSERT" in decoded
    assert not any(word in decoded for word in words.values())
    # Ids by a seed: guessing is beaten by chance once in some hundred runs.
    hall.close(number, chance=random.Random(SEED))
    hall.world.close()
    decoded = "\n".join(
        row[2] for row in told(watched, name, "select * from pg_logical_slot_get_changes('listening', null, null)")
    )
    statements = "\n".join(str(row[0]) for row in told(watched, name, "select query from pg_stat_statements"))
    (log,) = told(watched, name, "select pg_read_file('watched/all.log')")[0]
    told(watched, name, "select pg_drop_replication_slot('listening')")
    assert "insert into envelope" in statements.lower()
    assert not any(word in statements for word in words.values())
    assert "Query Text" in log
    for source in (decoded, log):
        found = order_of(words, source)
        assert len(found) == VOTERS
        voters = [(person, place) for place, person in enumerate(order)]
        score = scored(pairings(Trace("", voters, found), random.Random(SEED)), words)
        assert not score.beats_chance, (score.right, score.expected)
        # No line that holds a vote names a voter.
        lines = [line for line in source.splitlines() if any(word in line for word in words.values())]
        assert not any(f"person_id[bigint]:{person}" in line for line in lines for person in order)
