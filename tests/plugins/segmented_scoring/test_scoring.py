"""Seven grades, two stages, two weights; and what a district's file may not say."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.databases import Database
from backing.suggestions import Walk
from renda import RendaError
from renda.explain import sentence
from renda.rulebook import Rulebook
from renda.services import rescoring, scores
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.segmented_scoring import SegmentedScoring

DISTRICTS = Path(__file__).parents[3] / "districts"
SAME_LEVEL = {"满意": ["A+", "A", "A-"], "基本满意": ["B+", "B", "B-"], "不满意": ["C"]}


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    """坪山's own rules, nobody in it yet."""
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    yield Walk(world, "segmented_scoring")
    world.close()


def rated(walk: Walk, answer: str, implementation: str, **entries: Any) -> int:
    number = walk.rate(walk.answered(**entries), answer_grade=answer, answer_reason="理由")
    return walk.rate(walk.reported(number), implementation_grade=implementation, implementation_reason="理由")


def shown(walk: Walk, number: int) -> str | None:
    with walk.world.reading() as desk:
        row = scores.latest(desk, number)
        return None if row is None else row.shown


@pytest.mark.parametrize(
    ("answer", "implementation", "score"),
    [("A+", "A+", "100"), ("A", "B+", "78"), ("A+", "C", "70"), ("B-", "B-", "60"), ("B+", "A-", "76")],
)
def test_the_final_score_is_two_fifths_of_the_reply_and_three_fifths_of_the_rest(
    walk: Walk, answer: str, implementation: str, score: str
) -> None:
    assert shown(walk, rated(walk, answer, implementation)) == score


def test_a_bad_answer_whose_explanation_is_accepted_still_counts_two_fifths(walk: Walk) -> None:
    number = walk.rate(walk.answered(), answer_grade="C", answer_reason="没有修")
    walk.organ_acts(number, "城管局", "redo", second_reply="再办", signed_by="局长")
    walk.rate(number, answer_grade="C", answer_reason="还是没有修")
    decision = {"decision": "accept", "decision_note": "条件不具备"}
    walk.world.act(walk.chair, "decide", decision, matter=number)
    assert shown(walk, walk.rate(walk.reported(number), implementation_grade="A+")) == "80"


def test_there_is_no_score_before_both_stages_are_rated(walk: Walk) -> None:
    number = walk.rate(walk.answered(), answer_grade="A+")
    assert shown(walk, number) is None
    assert shown(walk, walk.reported(number)) is None


def test_after_handling_again_the_last_grade_counts_and_the_first_score_stays_in_the_record(walk: Walk) -> None:
    number = rated(walk, "A+", "C")
    assert (walk.state(number), shown(walk, number)) == ("redoing", "70")
    walk.organ_acts(number, "城管局", "redo", second_reply="再办", signed_by="局长")
    walk.rate(number, implementation_grade="A")
    assert (walk.state(number), shown(walk, number)) == ("closed", "94")
    assert [each["grade"] for each in walk.world.matter(number).payload["ratings"]] == ["A+", "C", "A"]


def test_scores_come_out_the_same_when_they_are_computed_again(database_url: Database) -> None:
    world = World(database_url.app_url, DISTRICTS, "pingshan", day=date(2020, 3, 2))
    walk = Walk(world, "segmented_scoring")
    rated(walk, "A", "B+")
    with world.reading() as desk:
        assert list(rescoring.differences(desk)) == []
    world.close()


def test_a_score_tells_its_reasons_in_one_line(walk: Walk) -> None:
    practice = walk.world.rulebook.practice_on("segmented_scoring", walk.world.day).practice
    assert isinstance(practice, SegmentedScoring)
    found = practice.score(walk.world.matter(rated(walk, "A", "B+")))
    assert found is not None
    assert sentence(found) == "最终得分 78 = 答复 A 90×0.4 + 办理落实 B+ 70×0.6"


@pytest.mark.parametrize("action", ["rate_answer", "rate_implementation"])
def test_a_grade_that_does_not_exist_is_refused_with_those_that_do(walk: Walk, action: str) -> None:
    number = walk.answered()
    stage = action.removeprefix("rate_")
    if stage == "implementation":
        number = walk.reported(walk.rate(number, answer_grade="A"))
    with pytest.raises(RendaError) as refusal:
        walk.rate(number, **{f"{stage}_grade": "S"})
    label = "答复档次" if stage == "answer" else "办理落实档次"
    assert refusal.value.message == f"表单有误:{label}:没有“S”这一项。可选:A+、A、A-、B+、B、B-、C。"


def test_a_stale_form_rates_nothing(walk: Walk) -> None:
    number = walk.answered()
    with pytest.raises(RendaError) as refusal:
        walk.world.act(walk.as_deputy("代表甲"), "rate_answer", {"answer_grade": "A"}, matter=number, expected=1)
    assert refusal.value.code == "matter.stale"
    assert walk.state(number) == "answered"


def test_a_form_sent_twice_rates_once(walk: Walk) -> None:
    number = walk.answered()
    for repeated in (False, True):
        outcome = walk.world.act(
            walk.as_deputy("代表甲"), "rate_answer", {"answer_grade": "A"}, matter=number, submission="one"
        )
        assert outcome.repeated is repeated
    assert len(walk.world.matter(number).payload["ratings"]) == 1


WRONG = [
    (
        ("implementation_weight = 0.6", "implementation_weight = 0.5"),
        "办理落实权重(implementation_weight):答复权重与办理落实权重之和应为 1,现在是 0.9。请改其中一项。",
    ),
    (
        ('"不满意" = ["C"]', '"不满意" = []'),
        "等级划分(levels):档次“C”须恰好归入一个等级(满意、基本满意、不满意),现在归入了 0 个。",
    ),
    (
        ('"不满意" = ["C"]', '"不满意" = ["C", "B"]'),
        "等级划分(levels):档次“B”须恰好归入一个等级(满意、基本满意、不满意),现在归入了 2 个。",
    ),
    (
        ('"不满意" = ["C"]', '"不满意" = ["C", "D"]'),
        "档次分值(grades):等级“不满意”里有分值表中没有的档次“D”。请在 grades 中写明它的分值。",
    ),
    (
        ('"不满意" = ["C"]', '"很不满意" = ["C"]'),
        "等级划分(levels):没有“很不满意”这个等级。可选:满意、基本满意、不满意。",
    ),
    (
        ("reply_longest = { n = 6", "reply_longest = { n = 2"),
        "延期后的最长答复期限(reply_longest):最长答复期限应长于通常的答复期限 3个月,现在是 2个月。",
    ),
    (
        ('satisfied_levels = ["满意", "基本满意"]', 'satisfied_levels = ["满意", "很好"]'),
        "计入满意率的等级(satisfied_levels):没有“很好”这个等级。可选:满意、基本满意、不满意。",
    ),
    (
        ('{ code = "B", label', '{ code = "A", label'),
        "答复类别(result_classes):“A”写了两次。每一类只写一次。",
    ),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[each[0][1][:24] for each in WRONG])
def test_a_district_that_contradicts_itself_is_told_in_which_entry(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    folder = tmp_path / "pingshan"
    folder.mkdir()
    for name in ("district.toml", "segmented_scoring.toml"):
        text = (DISTRICTS / "pingshan" / name).read_text("utf-8")
        (folder / name).write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(RendaError) as refusal:
        Rulebook(folder)
    assert refusal.value.message == f"pingshan/segmented_scoring.toml 自 2018-06-01 起生效的版本:{said}"


def test_the_weights_are_exact_decimals(walk: Walk) -> None:
    params = walk.world.rulebook.practice_on("segmented_scoring", walk.world.day).practice.params
    assert (params.answer_weight, params.implementation_weight) == (Decimal("0.4"), Decimal("0.6"))


def test_a_suggestion_keeps_the_rules_it_began_under(walk: Walk) -> None:
    walk.world.go_to(date(2025, 12, 29))
    number = walk.handled()
    walk.world.go_to(date(2026, 1, 12))
    walk.rate(walk.replied(number), answer_grade="C", answer_reason="没有修")
    assert walk.due(walk.part(number, "城管局"), "二次办理") == date(2026, 2, 12)
    later = walk.rate(walk.replied(walk.handled(title="后来的")), answer_grade="C", answer_reason="没有修")
    assert walk.due(walk.part(later, "城管局"), "二次办理") == date(2026, 3, 12)
