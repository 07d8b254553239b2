"""The platform's kit for practices, on the reports as 坪山 has them, with one head to be drawn and measured."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.drawing import commitment
from renda.services.reading import DistrictRecords
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.duty_report import DutyReport

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "duty_report.toml"
CODE = "duty_report"
SEEDS = {"chair": "主任会议的种子一", "witness": "监督员的一个种子二"}
COUNTED = {
    "ballot": 1, "outcome": "满意", "figures": {"counts": {"满意": 9}, "satisfied_count": 9, "base_count": 10},
}  # fmt: skip


def params() -> str:
    text = FILE.read_text(encoding="utf-8")
    text = re.sub(r"oral_n = \d+", "oral_n = 1", re.sub(r"measured_n = \d+", "measured_n = 1", text))
    return text.replace("2018-01-01", "2017-01-01")


def heads(world: World) -> list[int]:
    return [world.official(name, f"单位-{name}").id for name in ("样例", "样例乙")]


def named(world: World) -> dict[str, Any]:
    organ = world.organ("单位-样例").id
    return {"official": heads(world)[0], "post": "局长", "organ": organ, "group": "head"}


def begun_year(world: World) -> dict[str, Any]:
    heads(world)
    return {"year": world.day.year - 1}


def witness(world: World) -> int:
    return world.person("样例丙").id


class Life:
    """A year with two heads, one of them drawn and measured, led along by those who may."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.deputy("委员样例", committee_member=True)
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.system = world.actor("system")
        self.around = world.act(self.clerk, "begin", begun_year(world), practice=CODE).matter_id
        self.draw = self.drawn_report = self.other = 0

    def on(self, number: int, actor: Any, action: str, **entries: Any) -> "Life":
        self.world.act(actor, action, entries, matter=number)
        return self

    def reports(self) -> list[Any]:
        return list(self.world.matter(self.around).children("report"))

    def frozen(self) -> "Life":
        said = {"witness": witness(self.world)}
        self.draw = self.world.act(self.clerk, "freeze", said, parent=self.around).matter_id
        return self

    def bound(self) -> "Life":
        return self.frozen().on(self.draw, self.chair, "commit_chair", chair_commitment=SHOWN["chair_commitment"])

    def committed(self) -> "Life":
        self.watcher = self.world.actor("reader", person=self.world.person("样例丙"))
        said = SHOWN["witness_commitment"]
        return self.bound().on(self.draw, self.watcher, "commit_witness", witness_commitment=said)

    def shown(self) -> "Life":
        return self.committed().on(self.draw, self.chair, "reveal_chair", chair_seed=SEEDS["chair"])

    def drawn(self) -> "Life":
        self.shown().on(self.draw, self.watcher, "reveal_witness", witness_seed=SEEDS["witness"])
        self.drawn_report = next(each.id for each in self.reports() if each.payload.get("oral"))
        self.other = next(each.id for each in self.reports() if each.id != self.drawn_report)
        return self

    def void(self) -> "Life":
        return self.drawn().on(self.draw, self.chair, "annul", reason="名单有误")

    def written(self) -> "Life":
        self.drawn()
        for each in self.reports():
            subject = self.world.actor("department", person=each.party("subject"))
            self.on(each.id, subject, "submit", document="报告")
        return self

    def planned(self) -> "Life":
        self.written()
        person = self.world.matter(self.drawn_report).payload["official"]
        return self.on(
            self.around, self.chair, "approve_plan", meeting="会议", meeting_on="2020-04-28", measured=[person]
        )

    def sitting(self) -> "Life":
        return self.planned().on(self.around, self.clerk, "open_sitting")

    def spoken(self) -> "Life":
        return self.sitting().on(self.drawn_report, self.clerk, "speak", spoken="self")

    def voting(self) -> "Life":
        return self.spoken().on(self.around, self.clerk, "put_to_the_vote")

    def measured(self) -> "Life":
        return self.voting().on(self.drawn_report, self.system, "record_measurement", **COUNTED)

    def closed(self) -> "Life":
        return self.measured().on(self.around, self.clerk, "report_results", opinions="好")

    def late(self) -> "Life":
        self.drawn()
        self.world.go_to(self.world.day.replace(month=4, day=2))
        return self.on(self.other, self.clerk, "remind")

    def missing(self) -> "Life":
        return self.late().on(self.other, self.clerk, "report_missing")

    def excused(self) -> "Life":
        return self.drawn().on(self.other, self.clerk, "excuse", reason="调离")

    def cancelled(self) -> "Life":
        return self.drawn().on(self.around, self.chair, "cancel", reason="撤销")


SHOWN = {f"{party}_commitment": commitment(party, seed) for party, seed in SEEDS.items()} | {
    f"{party}_seed": seed for party, seed in SEEDS.items()
}
SAMPLES: Mapping[str, Any] = {
    "begin": begun_year,
    "name_report": named,
    "freeze": lambda world: {"witness": witness(world)},
    "commit_chair": {"chair_commitment": SHOWN["chair_commitment"]},
    "commit_witness": {"witness_commitment": SHOWN["witness_commitment"]},
    "reveal_chair": {"chair_seed": SEEDS["chair"]},
    "reveal_witness": {"witness_seed": SEEDS["witness"]},
    "replace": lambda world: {"official": chosen(world), "reason": "因病"},
    "approve_plan": lambda world: {"meeting": "会议", "meeting_on": "2020-04-28", "measured": [chosen(world)]},
    "record_measurement": COUNTED,
}


def chosen(world: World) -> int:
    """The official who was drawn, or one who may be."""
    with world.reading() as desk:
        reports = DistrictRecords(desk).matters(CODE, "report")
        drawn = [each.payload["official"] for each in reports if each.payload.get("oral")]
    return int(drawn[0]) if drawn else heads(world)[0]


OF_ROUND = {
    "reporting": Life.written, "planned": Life.planned, "sitting": Life.spoken, "voting": Life.measured,
    "closed": Life.closed, "cancelled": Life.cancelled,
}  # fmt: skip
OF_REPORT = {
    "due": Life.late, "spoken": Life.spoken, "measured": Life.measured,
    "closed": Life.closed, "missing": Life.missing, "excused": Life.excused,
}  # fmt: skip
OF_DRAW = {
    "frozen": Life.frozen, "bound": Life.bound, "committed": Life.committed, "shown": Life.shown,
    "drawn": Life.drawn, "settled": Life.voting, "void": Life.void,
}  # fmt: skip


def begun(way: Any, kind: str, state: str) -> Any:
    def lead(world: World) -> int:
        led = Life(world)
        way(led)
        if kind == "round":
            return led.around
        if kind == "draw":
            return led.draw
        return led.other if state in {"due", "missing", "excused"} else led.drawn_report

    return lead


BEGUN = {
    (kind, state): begun(way, kind, state)
    for kind, ways in {"round": OF_ROUND, "report": OF_REPORT, "draw": OF_DRAW}.items()
    for state, way in ways.items()
}


@pytest.mark.parametrize("check", conformance.checks(DutyReport, params(), SAMPLES, BEGUN), ids=str)
def test_the_reports_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
