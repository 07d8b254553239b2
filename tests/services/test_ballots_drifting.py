"""A version that only a ballot rests on drifts as one does that matters rest on, with both ways out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from backing.balloting import FILE, Hall, find_review, make_hall
from backing.databases import Database
from renda.matter import SYSTEM
from renda.model import BallotRow, EventRow
from renda.rulebook import Rulebooks
from renda.services import chain, checking
from renda.services.desk import Installation
from renda.services.repinning import Moved, repin

LATER = '[[version]]\neffective = 2020-02-01\nsource = "修订"\n'


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    """A town where nothing but ballots rests on the practice."""
    hall = make_hall(database_url.app_url, tmp_path)
    yield hall
    hall.world.close()


def edited(hall: Hall, text: str) -> Installation:
    file = hall.world.installation.rulebooks.root / "jia" / "review.toml"
    file.write_text(text, "utf-8")
    books = Rulebooks(file.parents[1], find_review)
    return Installation(hall.world.store, books, lambda: hall.world.now)


def moved(installation: Installation, to: date | None = None) -> list[Moved]:
    with installation.writing("jia") as desk:
        return repin(desk, SYSTEM, "review", "主任会议决定", to)


def test_a_version_a_ballot_rests_on_is_not_edited_unnoticed(hall: Hall) -> None:
    hall.prepare(practice="review")
    hall.prepare()
    changed = edited(hall, FILE + '[version.params.motion]\nthreshold = "two_thirds"\n')
    with changed.reading("jia") as desk:
        (caught,) = desk.rulebook.drifted
    assert caught.message == (
        "jia/review.toml 自 2018-01-01 起生效的版本已被改动或删除,而有事项正依据它办理。"
        "出路有二:一是恢复原来的内容,把改动写成新的一版(新的 effective);"
        "二是用 renda repin --reason 说明理由,把这些事项改到现在的版本。"
    )
    assert [each.code for each in checking.check(changed, "jia") if each.grave == checking.MISTAKE] == ["rules.drift"]
    with edited(hall, FILE).reading("jia") as desk:
        assert len(desk.session.scalars(select(BallotRow)).all()) == 2


def test_repin_moves_the_ballot_and_leaves_the_rule_it_was_announced_with(hall: Hall) -> None:
    number, beside = hall.ready("motion", practice="review"), hall.prepare()
    changed = edited(hall, FILE + '[version.params.motion]\nthreshold = "two_thirds"\n')
    (told,) = moved(changed)
    assert (told.matter, told.ballot, told.title, told.was, told.now) == (
        None, number, "表决甲", date(2018, 1, 1), date(2018, 1, 1),
    )  # fmt: skip
    with changed.reading("jia") as desk:
        row, other = (desk.session.get_one(BallotRow, each) for each in (number, beside))
        assert row.rules_digest == desk.rulebook.practice_on("review", desk.day).version.digest
        assert (row.rule, other.rules_digest) == ({}, "")
        entry = desk.session.scalars(select(EventRow).where(EventRow.number == told.event)).one()
        assert (entry.action, entry.entries["reason"], entry.entries["digest"]) == (
            "ballot_repin", "主任会议决定", row.rules_digest,
        )  # fmt: skip
        assert chain.first_broken(desk) is None
    assert moved(changed) == []


def test_repin_to_a_day_takes_prepared_ballots_along_and_no_others(hall: Hall) -> None:
    running, prepared = hall.ready("motion", practice="review"), hall.prepare(practice="review")
    changed = edited(hall, FILE + LATER)
    assert [each.ballot for each in moved(changed, to=date(2020, 3, 1))] == [prepared]
    with changed.reading("jia") as desk:
        begun = {row.id: row.rules_effective for row in desk.session.scalars(select(BallotRow))}
    assert begun == {running: date(2018, 1, 1), prepared: date(2020, 2, 1)}
