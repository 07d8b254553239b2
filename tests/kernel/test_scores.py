"""Scores: kept with reasons that were replayed, added and never changed, found again by scoring anew."""

from decimal import Decimal
from fractions import Fraction

import pytest
from kernel.conftest import Making, Town, Towns
from sqlalchemy import text

from backing.databases import Database
from renda.explain import leaf, percent, ratio, replay, sentence
from renda.migrate import APP_ROLE, guard
from renda.model import ScoreRow
from renda.services import rescoring, scores
from renda.store import make_engine


def kept(town: Town, number: int) -> ScoreRow | None:
    with town.reading() as desk:
        return scores.latest(desk, number)


def test_a_score_is_kept_with_reasons_that_can_be_replayed(towns: Towns) -> None:
    jia = towns.jia
    assert kept(jia, jia.propose()) is None
    row = kept(jia, jia.closed())
    assert row is not None
    assert (row.value, row.shown, row.day) == (Decimal(53), "53", jia.day)
    again = replay(row.explained)
    assert again.value == Decimal(53)
    assert sentence(again) == "得分 53 = 评价 B 80×0.6 + 加分 5"


def test_scoring_again_finds_no_difference_and_adds_no_row(towns: Towns) -> None:
    for title in ("路灯", "井盖"):
        towns.jia.closed(title)
    with towns.jia.reading() as desk:
        assert list(rescoring.differences(desk)) == []
        assert list(rescoring.differences(desk, "suggestions")) == []
        assert list(rescoring.differences(desk, "elections")) == []


CHANGES = ["shown = '54'", "explained = {json}"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_score_changed_by_force_is_found_by_scoring_again(towns: Towns, database_url: Database, change: str) -> None:
    number = towns.jia.closed()
    row = kept(towns.jia, number)
    assert row is not None
    engine = make_engine(database_url.owner_url)
    with engine.begin() as connection:
        if database_url.kind == "sqlite":
            connection.execute(text("DROP TRIGGER append_only_score_update"))
        else:
            connection.execute(text("ALTER TABLE score DISABLE ROW LEVEL SECURITY"))
        swapped = "replace(cast(explained as text), 'i:5\"', 'i:6\"')"
        json = swapped if database_url.kind == "sqlite" else f"cast({swapped} as jsonb)"
        done = connection.execute(text(f"UPDATE score SET {change.format(json=json)}"))
        assert done.rowcount == 1
        guard(connection, APP_ROLE)
    engine.dispose()
    with towns.jia.reading() as desk:
        found = list(rescoring.differences(desk))
    assert [(each.matter_id, each.title, each.kept) for each in found] == [
        (number, "路灯", "54" if "shown" in change else "53")
    ]
    assert found[0].found is not None
    assert found[0].found.value == 53


@pytest.mark.parametrize(
    ("explained", "value"),
    [
        (leaf("分", 5), Decimal(5)),
        (leaf("分", Decimal("0.5")), Decimal("0.5")),
        (ratio("率", 1, 8), Decimal("0.125")),
        (ratio("率", 1, 3), None),
        (percent(ratio("率", 1, 4), 1), Decimal("25.0")),
        (leaf("档", "A"), None),
    ],
)
def test_only_an_exact_value_is_kept_as_a_number(explained: object, value: Decimal | None) -> None:
    found = scores.exact(explained)  # type: ignore[arg-type]
    assert found == value
    assert not isinstance(found, Fraction | float)


def test_an_action_that_leaves_the_score_as_it_was_adds_no_row(making: Making) -> None:
    jia = making("notes").jia
    jia.closed()
    with jia.reading() as desk:
        assert len(desk.session.query(ScoreRow).all()) == 1
