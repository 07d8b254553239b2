"""What counts as met and as carried out, and what a district's file may not say."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from backing.demo import figures, sheets
from backing.tracking import Tracking
from renda import RendaError
from renda.rulebook import Rulebook
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "suggestion_tracking"


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Tracking]:
    """丹江口's own rules, nobody in it yet."""
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "danjiangkou", day=date(2020, 3, 2))
    yield Tracking(world, CODE)
    world.close()


def told(life: Tracking) -> dict[str, object]:
    return figures(sheets(life.world, CODE, date(2020, 1, 1), date(2020, 12, 31))["period_1"])


def test_what_is_not_finished_is_not_carried_out(life: Tracking) -> None:
    life.implemented()
    found = told(life)
    assert (found["见面沟通率"], found["答复率"], found["办结率"], found["落实率"]) == (100, 100, 0, 0)


def test_every_organ_that_answers_has_to_have_met_the_deputy(life: Tracking) -> None:
    number = life.assign(life.accepted(), "城管局", "交通局", mode="separate")
    life.replied(number, "城管局")
    assert told(life)["见面沟通率"] == 0
    life.replied(number, "交通局")
    assert told(life)["见面沟通率"] == 100


def test_merged_refused_and_secret_suggestions_are_in_no_figure(life: Tracking) -> None:
    life.closed()
    life.inadmissible()
    life.withdrawn()
    life.handled(secret=True)
    assert told(life)["办理件数"] == 1


def test_a_year_at_the_goal_is_not_above_it(life: Tracking) -> None:
    auditor = life.world.actor("auditor")
    for year, done in ((2017, 41), (2018, 40)):
        number = life.registered(year=year, handled=100, carried_out=done)
        life.world.act(auditor, "check_account", matter=number)
        assert told(life)["各年落实率均高于目标"] is (done > 40)


def test_nothing_handled_has_no_rate_and_nothing_to_compare(life: Tracking) -> None:
    found = told(life)
    assert (found["落实率"], found["办理件数"]) == (None, 0)
    assert "比上届提高(百分点)" not in found


def test_an_inquiry_about_a_part_without_a_clock_is_refused(life: Tracking) -> None:
    part = life.part(life.answered(), "城管局")
    with pytest.raises(RendaError) as refused:
        life.world.act(life.clerk, "inquire", {"inquiry": "为何"}, practice=CODE, parent=part)
    assert refused.value.message == "“城管局”现在没有要办的期限,不必问效。"


WRONG = [
    (('carried_out = ["done"]', 'carried_out = ["all"]'), "“all”不是落实程度。可选:done、part、planned、none。"),
    (("floor = 40", "floor = 140"), "落实率的目标(%)应在 0 至 100 之间,现为 140。"),
    (("previous = 34.3", "previous = -1"), "上届年均落实率(%)应在 0 至 100 之间,现为 -1。"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=["extent", "floor", "previous"])
def test_a_district_that_writes_nonsense_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    folder = tmp_path / "danjiangkou"
    folder.mkdir()
    for name in ("district.toml", "suggestion_tracking.toml"):
        text = (DISTRICTS / "danjiangkou" / name).read_text("utf-8")
        (folder / name).write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(RendaError) as refused:
        Rulebook(folder)
    assert refused.value.message.endswith(said)
