"""The platform's kit for practices, on the review as 丹江口 has it, with one report looked into instead of three."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from renda.model import AppointmentRow
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.report_review import ReportReview

FILE = Path(__file__).parents[3] / "districts" / "danjiangkou" / "report_review.toml"
RULES = FILE.read_text(encoding="utf-8").replace("extended_least = 3", "extended_least = 1")
CODE = "report_review"
POINTS = {"duty": "36", "law": "18", "congress": "17", "conduct": "9", "writing": "8"}
OPINION = {"given": [{"mark": mark, "points": points} for mark, points in POINTS.items()], "opinion": "好"}
DONE = {"result": "已改", "evidence": ["台账"]}


def plan(world: World) -> dict[str, Any]:
    readers = [world.deputy(name).id for name in ("委员一", "委员二", "委员三")]
    official = world.official("局长甲", "市甲局").id
    return {"year": 2020, "leader": readers[0], "members": readers[1:], "officials": [official]}


def successor(world: World) -> dict[str, Any]:
    return {"official": world.official("局长乙", "市甲局").id, "handed_over_for": "调任"}


def filing(world: World) -> dict[str, Any]:
    court = world.organ("市人民法院", sort="court").id
    return {"organ": court, "reviewed": 21, "outcome": "合格", "document": "情况"}


SAMPLES: Mapping[str, Any] = {
    "begin": plan,
    "name_report": lambda world: {"official": world.official("局长丙", "市丙局").id},
    "hand_over": successor,
    "assign": lambda world: {"reader": world.deputy("委员三").id},
    "hand_in": OPINION,
    "file": filing,
}


class Life:
    """One review with one report, led along by those who may; ``number`` is what was last opened."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.review: int = world.act(self.clerk, "begin", plan(world), practice=CODE).matter_id
        self.report = world.matter(self.review).children("report")[0].id
        self.organ = world.actor("department", organ=world.organ("市甲局"))
        self.readings: list[int] = []
        self.problem = 0

    def clerk_does(self, action: str, number: int, **entries: Any) -> None:
        self.world.act(self.clerk, action, entries, matter=number)

    def organ_does(self, action: str, number: int, **entries: Any) -> None:
        self.world.act(self.organ, action, entries, matter=number)

    def opened(self, action: str, parent: int, **entries: Any) -> int:
        number: int = self.world.act(self.clerk, action, entries, practice=CODE, parent=parent).matter_id
        return number

    def by_readers(self, action: str, **entries: Any) -> None:
        for name, number in zip(("委员一", "委员二"), self.readings, strict=True):
            reader = self.world.actor("member", person=self.world.deputy(name))
            self.world.act(reader, action, entries, matter=number)

    def assigned(self) -> int:
        self.readings = [
            self.opened("assign", self.report, reader=self.world.deputy(name).id) for name in ("委员一", "委员二")
        ]
        return self.readings[0]

    def excused(self) -> int:
        self.clerk_does("excuse", self.assigned(), excuse="住院")
        return self.readings[0]

    def submitted(self) -> int:
        self.organ_does("submit", self.report, document="报告")
        return self.report

    def returned(self) -> int:
        self.clerk_does("return_report", self.submitted(), returned_for="格式")
        return self.report

    def missing(self) -> int:
        self.world.go_to(date(2021, 4, 1))
        self.clerk_does("remind", self.report)
        self.clerk_does("report_missing", self.report)
        return self.report

    def ended(self) -> int:
        with self.world.writing() as desk:
            for row in desk.session.scalars(select(AppointmentRow)):
                if row.person.name == "局长甲":
                    row.until = date(2021, 2, 28)
        self.clerk_does("end", self.report, departure="调任")
        return self.report

    def reading(self) -> int:
        self.assigned()
        self.submitted()
        self.clerk_does("distribute", self.review)
        return self.review

    def handed(self) -> int:
        self.reading()
        self.by_readers("hand_in", **OPINION)
        return self.readings[0]

    def joint(self) -> int:
        self.handed()
        self.clerk_does("meet", self.review)
        return self.review

    def listed(self) -> int:
        self.joint()
        self.problem = self.opened("raise_problem", self.report, text="笼统")
        return self.problem

    def judged(self) -> int:
        self.listed()
        self.clerk_does("judge", self.report, quality="qualified")
        return self.report

    def fed_back(self) -> int:
        self.judged()
        self.clerk_does("feed_back", self.report)
        return self.report

    def open(self) -> int:
        self.fed_back()
        return self.problem

    def rectifying(self) -> int:
        self.organ_does("take_on", self.open(), measure="核对")
        return self.problem

    def rectified(self) -> int:
        self.organ_does("rectify", self.open(), **DONE)
        return self.problem

    def disputed(self) -> int:
        self.organ_does("dispute", self.open(), objection="不认可")
        return self.problem

    def confirmed(self) -> int:
        self.clerk_does("confirm", self.rectified())
        return self.problem

    def unresolved(self) -> int:
        self.open()
        self.world.go_to(date(2021, 9, 1))
        self.clerk_does("give_up", self.problem, grounds="没有结果")
        return self.problem

    def merged(self) -> int:
        self.listed()
        other = self.opened("raise_problem", self.report, text="另一条")
        self.clerk_does("merge", other, grounds="重复", into=self.problem)
        return other

    def withdrawn(self) -> int:
        self.clerk_does("withdraw", self.open(), grounds="不成立")
        return self.problem

    def extended(self) -> int:
        self.confirmed()
        self.clerk_does("extend", self.review)
        return self.review

    def rated(self) -> int:
        self.extended()
        self.by_readers("rate", verdict="satisfied")
        return self.readings[0]

    def settled(self) -> int:
        self.rated()
        self.clerk_does("check_further", self.report, check="visit", check_found="相符")
        self.clerk_does("measure", self.report, asked=25, satisfied=25)
        self.clerk_does("settle", self.report)
        return self.report

    def drafting(self) -> int:
        self.settled()
        self.clerk_does("draft_report", self.review)
        return self.review

    def using(self) -> int:
        self.drafting()
        self.world.act(self.chair, "approve", {}, matter=self.review)
        return self.review

    def closed(self) -> int:
        self.using()
        self.clerk_does("close", self.review)
        return self.review

    def filed(self) -> int:
        return self.opened("file", self.review, **filing(self.world))

    def filing_returned(self) -> int:
        number = self.filed()
        self.clerk_does("return_filing", number, grounds="缺附件")
        return number

    def recorded(self) -> int:
        number = self.filed()
        self.clerk_does("record", number)
        return number

    # Where the review around it, and all inside it, let everything be done that the state allows.

    def ready(self) -> int:
        self.assigned()
        self.submitted()
        return self.review

    def to_be_read(self) -> int:
        self.reading()
        return self.readings[0]

    def to_be_judged(self) -> int:
        self.joint()
        return self.report

    def all_fed_back(self) -> int:
        self.fed_back()
        return self.review

    def to_be_rated(self) -> int:
        self.fed_back()
        return self.readings[0]

    def to_be_settled(self) -> int:
        self.rated()
        return self.report

    def all_settled(self) -> int:
        self.settled()
        return self.review

    def to_be_used(self) -> int:
        self.using()
        return self.report


WAYS: Mapping[tuple[str, str], Callable[[Life], int]] = {
    ("review", "forming"): Life.ready,
    ("review", "reading"): Life.reading,
    ("review", "joint"): Life.all_fed_back,
    ("review", "extended"): Life.all_settled,
    ("review", "drafting"): Life.drafting,
    ("review", "using"): Life.using,
    ("review", "closed"): Life.closed,
    ("report", "due"): lambda life: life.report,
    ("report", "submitted"): Life.to_be_judged,
    ("report", "returned"): Life.returned,
    ("report", "judged"): Life.judged,
    ("report", "rectifying"): Life.to_be_settled,
    ("report", "settled"): Life.to_be_used,
    ("report", "missing"): Life.missing,
    ("report", "ended"): Life.ended,
    ("reading", "assigned"): Life.to_be_read,
    ("reading", "handed"): Life.to_be_rated,
    ("reading", "rated"): Life.rated,
    ("reading", "excused"): Life.excused,
    ("problem", "open"): Life.open,
    ("problem", "rectifying"): Life.rectifying,
    ("problem", "rectified"): Life.rectified,
    ("problem", "disputed"): Life.disputed,
    ("problem", "confirmed"): Life.confirmed,
    ("problem", "unresolved"): Life.unresolved,
    ("problem", "merged"): Life.merged,
    ("problem", "withdrawn"): Life.withdrawn,
    ("filing", "filed"): Life.filed,
    ("filing", "returned"): Life.filing_returned,
    ("filing", "recorded"): Life.recorded,
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


BEGUN = {place: begun(way) for place, way in WAYS.items()}


@pytest.mark.parametrize("check", conformance.checks(ReportReview, RULES, SAMPLES, BEGUN), ids=str)
def test_the_review_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
