"""Killed at any moment of casting and closing: no vote lost, none twice, every answer true.

``RENDA_KILLS=300`` asks for more kills of each kind on each database than the few of an ordinary run.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from backing import mortal
from backing.balloting import Hall, make_hall
from backing.databases import Database
from renda.model import EnvelopeRow, PaperRow, RollRow
from renda.services import chain

KILLS = int(os.environ.get("RENDA_KILLS", "10"))
VOTERS = 40


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    hall = make_hall(database_url.app_url, tmp_path, VOTERS)
    yield hall
    hall.world.close()


def test_killed_while_casting_no_vote_is_lost_and_none_counts_twice(
    hall: Hall, database_url: Database, tmp_path: Path
) -> None:
    chance, kills = Random(11), 0
    while kills < KILLS:
        number = hall.ready()
        wanted = {person: chance.choice(["yes", "no", "abstain"]) for person in hall.people()}
        missing, asked, told = dict(wanted), set[int](), dict[int, str]()
        where = (database_url.app_url, str(tmp_path / "districts"), number)
        while missing and kills < KILLS:
            said, killed = mortal.run(mortal.casting, (*where, list(missing.items())), chance, 0.25)
            kills += killed
            for word, person, answer in said:
                if word == "asked":
                    asked.add(person)
                if word == "told":
                    told[person] = answer
                    del missing[person]
        # A form sent again is known by its token: nobody hears that another paper of theirs counts.
        assert set(told.values()) <= {"counted"}
        closed = hall.close(number)
        with hall.world.reading() as desk:
            roll = set(desk.session.scalars(select(RollRow.person_id).where(RollRow.ballot_id == number)))
        assert told.keys() <= roll <= asked
        figures = closed.lines[0].figures
        counted = Counter({level: figures[level] for level in ("yes", "no", "abstain")})
        assert counted == Counter(wanted[person] for person in roll)
        assert closed.turnout["returned"] == len(roll)
    assert kills >= KILLS


def test_killed_while_closing_a_ballot_is_either_open_with_all_votes_or_closed_with_all(
    hall: Hall, database_url: Database, tmp_path: Path
) -> None:
    chance, kills, found = Random(12), 0, Counter[str]()
    while kills < KILLS:
        number = hall.ready()
        voters = chance.sample(range(VOTERS), 20)
        for member in voters:
            hall.mark(number, member, "yes" if member % 2 else "no")
        where = (database_url.app_url, str(tmp_path / "districts"), number, str(tmp_path / "keys"))
        while hall.row(number).state == "open" and kills < KILLS:
            said, killed = mortal.run(mortal.closing, where, chance, 0.04)
            kills += killed
            row = hall.row(number)
            found[row.state] += 1
            with hall.world.reading() as desk:
                sealed = desk.session.scalars(select(EnvelopeRow.person_id)).all()
                papers = desk.session.scalars(select(PaperRow.id).where(PaperRow.ballot_id == number)).all()
                roll = desk.session.scalars(select(RollRow.person_id).where(RollRow.ballot_id == number)).all()
            assert (len(sealed), len(papers), len(roll)) == ((20, 0, 0) if row.state == "open" else (0, 20, 20))
            assert ("told", 0, "closed") not in said or row.state == "closed"
        figures = hall.close(number).lines[0].figures
        assert (figures["yes"], figures["no"]) == (
            sum(member % 2 for member in voters), sum(not member % 2 for member in voters),
        )  # fmt: skip
        # A key that was left behind by a kill between the commit and its destruction goes with the next close.
        assert list(hall.keys.folder.iterdir()) == []
    assert found.total() >= KILLS
    with hall.world.reading() as desk:
        assert chain.first_broken(desk) is None
