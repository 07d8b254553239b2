"""How sheets become a result, and what is refused on the way."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.measuring import BAD, FAIR, GOOD, Measuring
from renda import RendaError
from renda.rulebook import Rulebook
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.handling_rating.tallies import of_sheets

DISTRICTS = Path(__file__).parents[3] / "districts"


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Measuring]:
    """江北's own rules, nobody in it yet."""
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    yield Measuring(world, "handling_rating")
    world.close()


def refusal(life: Measuring, action: str, number: int, who: Any = None, **entries: Any) -> str:
    with pytest.raises(RendaError) as refused:
        life.world.act(who or life.clerk, action, entries, matter=number)
    return refused.value.message


@pytest.mark.parametrize(
    ("sheets", "level"),
    [
        ([GOOD] * 3 + [FAIR] * 2, "满意"),
        ([GOOD, GOOD, FAIR, BAD], "基本满意"),
        ([GOOD, FAIR, FAIR], "基本满意"),
        ([GOOD, BAD], "不满意"),
        ([BAD], "不满意"),
    ],
)
def test_more_than_half_decides_and_half_is_not_enough(sheets: list[dict[str, str]], level: str) -> None:
    assert of_sheets(sheets).level == level


def test_a_measured_suggestion_keeps_numbers_and_never_who_said_what(life: Measuring) -> None:
    kept = life.world.matter(life.measured(GOOD, FAIR, BAD)).payload
    assert kept["overall"] == {"满意": 1, "基本满意": 1, "不满意": 1}
    assert kept["attitude"] == {"好": 2, "较好": 0, "差": 1}
    assert kept["comments"] == "没有修"


def test_a_dissatisfied_result_is_handled_again_and_measured_again(life: Measuring) -> None:
    number = life.measured(BAD, BAD, GOOD)
    assert life.state(number) == "redoing"
    life.organ_acts(number, "城管局", "redo", second_reply="再办", signed_by="局长")
    assert life.state(number) == "implemented"
    life.convened()
    life.put(number)
    life.give(GOOD, GOOD, GOOD)
    life.world.act(life.clerk, "announce", matter=life.meeting)
    assert life.state(number) == "closed"
    assert [each["level"] for each in life.world.matter(number).payload["ratings"]] == ["满意", "不满意", "满意"]


def test_a_result_that_satisfies_bears_no_reason_of_the_platforms_own(life: Measuring) -> None:
    ratings = life.world.matter(life.measured(GOOD, FAIR, FAIR)).payload["ratings"]
    assert (ratings[-1]["level"], ratings[-1].get("reason")) == ("基本满意", None)


def test_what_was_left_unrated_before_the_result_is_not_touched_by_it(life: Measuring) -> None:
    number = life.listed()
    life.give(GOOD, GOOD, GOOD)
    life.world.go_to(date(2020, 4, 20))
    life.world.act(life.clerk, "remind", matter=number)
    life.world.go_to(date(2020, 5, 20))
    life.world.act(life.clerk, "go_unrated", {"unrated_note": "没有评价"}, matter=number)
    life.world.act(life.clerk, "announce", matter=life.meeting)
    assert (life.state(number), life.world.matter(number).payload.get("measured_level")) == ("closed", None)


def test_a_body_does_not_measure_its_own_work(life: Measuring) -> None:
    life.convened()
    number = life.rate(life.replied(life.handled(lead="甲街道人大"), "甲街道人大"), answer_level="满意")
    life.reported(number, "甲街道人大")
    said = "“甲街道人大”承办了这件建议,不能参加对它的测评。"
    assert refusal(life, "put_to_meeting", number, meeting=life.meeting) == said


def test_a_secret_suggestion_is_not_measured(life: Measuring) -> None:
    life.convened()
    number = life.implemented(secret=True)
    said = "涉密建议不列入质效测评。请由主任会议另行听取情况。"
    assert refusal(life, "put_to_meeting", number, meeting=life.meeting) == said


def test_only_a_measurement_that_goes_on_takes_suggestions(life: Measuring) -> None:
    number = life.implemented()
    assert refusal(life, "put_to_meeting", number, meeting=number) == f"第 {number} 号事项不是正在进行的质效测评会。"
    life.cancelled()
    said = f"第 {life.meeting} 号事项不是正在进行的质效测评会。"
    assert refusal(life, "put_to_meeting", number, meeting=life.meeting) == said


def test_nothing_listed_gives_no_result(life: Measuring) -> None:
    assert refusal(life, "announce", life.convened()) == "还没有列入任何建议,不能公布结果。"


def test_a_sheet_is_given_once_and_by_its_rater_alone(life: Measuring) -> None:
    number = life.sheet()
    with pytest.raises(RendaError) as refused:
        life.world.act(life.as_deputy("代表乙"), "give", GOOD, matter=number)
    assert refused.value.code == "matter.unknown"
    life.world.act(life.as_deputy("代表甲"), "give", GOOD, matter=number)
    with pytest.raises(RendaError) as refused:
        life.world.act(life.as_deputy("代表甲"), "give", FAIR, matter=number)
    assert refused.value.code == "matter.not_now"


WRONG_ACCOUNTS = [
    ({"led": 11}, "表单有误:领导牵头督办件数:“领导牵头督办件数”应在 0 至办理件数 10 之间,现为 11。"),
    ({"handled": -1}, "表单有误:办理件数:“办理件数”应在 0 至办理件数 -1 之间,现为 -1。"),
    (
        {"satisfied": 9, "mostly": 2},
        "表单有误:满意件数:满意、基本满意、不满意合计 11 件,超过办理件数 10。",
    ),
    ({"year": 2021}, "台账年份 2021 晚于今年。台账只登记已经过去或正在进行的年份。"),
]


@pytest.mark.parametrize(("entries", "said"), WRONG_ACCOUNTS, ids=["led", "negative", "levels", "future"])
def test_an_account_that_contradicts_itself_is_refused(life: Measuring, entries: dict[str, Any], said: str) -> None:
    with pytest.raises(RendaError) as refused:
        life.registered(**entries)
    assert refused.value.message == said


def test_a_year_has_one_account_until_that_is_dropped(life: Measuring) -> None:
    first = life.registered()
    with pytest.raises(RendaError) as refused:
        life.registered()
    assert refused.value.message == f"2019 年(不分)的台账已经登记(事项 {first})。请在那里更正。"
    life.world.act(life.clerk, "drop", {"doubt": "重复"}, matter=first)
    assert life.world.matter(life.registered()).title == "2019年台账"
    assert life.world.matter(life.registered(session="session")).title == "2019年会议期间台账"


def test_an_account_is_checked_by_somebody_else_and_can_be_opened_again(life: Measuring) -> None:
    number = life.registered()
    assert refusal(life, "check_account", number) == "登记人不能核对自己登记的台账。请由另一个人核对。"
    auditor = life.world.actor("auditor")
    life.world.act(auditor, "check_account", matter=number)
    life.world.act(auditor, "reopen", {"doubt": "与报告不符"}, matter=number)
    life.world.act(life.clerk, "amend", {"year": 2019, "handled": 12, "provenance": "报告"}, matter=number)
    assert life.world.matter(number).payload["handled"] == 12


def test_a_period_that_ends_before_it_begins_is_refused_in_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "jiangbei"
    folder.mkdir()
    for name in ("district.toml", "handling_rating.toml"):
        text = (DISTRICTS / "jiangbei" / name).read_text("utf-8")
        (folder / name).write_text(text.replace("until = 2020-12-31", "until = 2015-12-31"), "utf-8")
    with pytest.raises(RendaError) as refused:
        Rulebook(folder)
    assert "“十三五”的起始日 2016-01-01 晚于截止日 2015-12-31。" in refused.value.message
