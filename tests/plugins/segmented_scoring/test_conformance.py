"""The platform's kit for practices: every state reached, every action refused where and to whom it should be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backing.suggestions import Walk
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.segmented_scoring import SegmentedScoring

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "segmented_scoring.toml"
CODE = "segmented_scoring"
REASON = {"answer_reason": "没有修"}


def signing(walk: Walk) -> int:
    number = walk.file(invited=("代表乙", "代表丙"))
    walk.world.act(walk.as_deputy("代表乙"), "confirm", matter=number)
    return number


def revising(walk: Walk) -> int:
    number = walk.file()
    walk.world.act(walk.clerk, "send_back", {"wanting": "请写明路段"}, matter=number)
    return number


def inadmissible(walk: Walk) -> int:
    number = walk.file()
    walk.world.act(walk.clerk, "refuse", {"ground": "case", "refusal_note": "已立案"}, matter=number)
    return number


def merged(walk: Walk) -> int:
    first, second = walk.accepted(), walk.accepted("代表乙")
    walk.world.act(walk.clerk, "merge", {"into": first}, matter=second)
    return second


def withdrawn(walk: Walk) -> int:
    number = walk.handled()
    walk.world.act(walk.as_deputy("代表甲"), "withdraw", {"withdrawal_letter": "已解决"}, matter=number)
    return number


def received(walk: Walk) -> int:
    number = walk.handled()
    walk.organ_acts(number, "城管局", "receive")
    return number


def returning(walk: Walk) -> int:
    number = received(walk)
    walk.organ_acts(number, "城管局", "ask_return", return_reason="不属职责")
    return number


def transferred(walk: Walk) -> int:
    number = returning(walk)
    form = {"to_organ": walk.world.organ("交通局").id}
    part = walk.part(number, "城管局")
    walk.world.act(walk.clerk, "approve_return", form, matter=part)
    return part


def extending(walk: Walk) -> int:
    number = received(walk)
    walk.organ_acts(number, "城管局", "ask_extension", extension_months=1, extension_reason="面广")
    return number


def opined(walk: Walk) -> int:
    number = walk.handled(co=("财政局",))
    walk.organ_acts(number, "财政局", "receive")
    return walk.organ_acts(number, "财政局", "give_opinion", opinion="同意")


def redoing(walk: Walk) -> int:
    return walk.rate(walk.answered(), answer_grade="C", **REASON)


def deciding(walk: Walk) -> int:
    number = redoing(walk)
    while walk.state(number) == "redoing":
        walk.organ_acts(number, "城管局", "redo", second_reply="再办", signed_by="局长")
        walk.rate(number, answer_grade="C", **REASON)
    return number


def implementing(walk: Walk) -> int:
    return walk.rate(walk.answered(), answer_grade="A")


def implemented(walk: Walk) -> int:
    return walk.reported(implementing(walk))


def closed(walk: Walk) -> int:
    return walk.rate(implemented(walk), implementation_grade="A")


def part_of(lead: Callable[[Walk], int]) -> Callable[[Walk], int]:
    return lambda walk: walk.part(lead(walk), "城管局")


WAYS: dict[tuple[str, str], Callable[[Walk], int]] = {
    ("suggestion", "signing"): signing,
    ("suggestion", "filed"): Walk.file,
    ("suggestion", "revising"): revising,
    ("suggestion", "accepted"): Walk.accepted,
    ("suggestion", "handling"): Walk.handled,
    ("suggestion", "answered"): Walk.answered,
    ("suggestion", "redoing"): redoing,
    ("suggestion", "implementing"): implementing,
    ("suggestion", "implemented"): implemented,
    ("suggestion", "deciding"): deciding,
    ("suggestion", "inadmissible"): inadmissible,
    ("suggestion", "merged"): merged,
    ("suggestion", "withdrawn"): withdrawn,
    ("suggestion", "closed"): closed,
    ("assignment", "delivered"): part_of(Walk.handled),
    ("assignment", "received"): part_of(received),
    ("assignment", "returning"): part_of(returning),
    ("assignment", "extending"): part_of(extending),
    ("assignment", "answered"): part_of(Walk.answered),
    ("assignment", "redoing"): part_of(redoing),
    ("assignment", "implementing"): part_of(implementing),
    ("assignment", "implemented"): part_of(implemented),
    ("assignment", "opined"): opined,
    ("assignment", "transferred"): transferred,
    ("assignment", "cancelled"): part_of(withdrawn),
}


def begun(way: Callable[[Walk], int]) -> Callable[[World], int]:
    return lambda world: way(Walk(world, CODE))


CHECKS = conformance.checks(
    SegmentedScoring, FILE.read_text("utf-8"), begun={state: begun(way) for state, way in WAYS.items()}
)


def test_every_state_of_both_kinds_is_led_to() -> None:
    assert set(WAYS) == {(kind.code, state) for kind in SegmentedScoring.kind_of.values() for state in kind.states}


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_segmented_scoring_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
