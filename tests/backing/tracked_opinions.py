"""Leads opinions of 丹江口 from a sitting to the measurement that strikes them off."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from renda.matter import Actor
from renda.model import BallotRow
from renda.services import ballots
from renda.services.imports.ballots import MemoryKeys
from renda.testing.factories import World

CODE = "opinion_tracking"
MEMBERS = 5


class Tracked:
    """An opinion with three points; methods answer the number of the matter they acted on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        names = [f"委员甲{place}" for place in range(MEMBERS)]
        self.members = [world.deputy(name, committee_member=True) for name in names]
        self.lead, self.other = world.organ("城管局"), world.organ("财政局")
        self.batch = 0

    def clerk_does(self, action: str, number: int, **entries: Any) -> int:
        self.world.act(self.clerk, action, entries, matter=number)
        return number

    def organ_does(self, action: str, number: int, organ: Any = None, **entries: Any) -> int:
        self.world.act(self.world.actor("department", organ=organ or self.lead), action, entries, matter=number)
        return number

    def items(self, opinion: int) -> list[int]:
        return [each.id for each in self.world.matter(opinion).children("item")]

    def form(self, **entries: Any) -> dict[str, Any]:
        points = ["压实责任", "加快进度", "完善机制"]
        base = {"title": "道路", "sort": "report", "sitting": "第二次会议", "held_on": self.world.day}
        return {**base, "organ": self.lead.id, "opinions": points, **entries}

    def drafted(self, **entries: Any) -> int:
        return self.world.act(self.clerk, "compile", self.form(**entries), practice=CODE).matter_id

    def approved(self, **entries: Any) -> int:
        number = self.drafted(**entries)
        self.world.act(self.chair, "approve", matter=number)
        return number

    def handling(self, **entries: Any) -> int:
        return self.clerk_does("hand_over", self.approved(**entries))

    def reported(self, **entries: Any) -> int:
        return self.organ_does("report", self.handling(**entries), results=["已办"] * 3, document="报告")

    def checked(self, weak: tuple[int, ...] = (), **entries: Any) -> int:
        form: dict[str, Any] = {"checked": "逐条核对"} | ({"weak": list(weak)} if weak else {})
        return self.clerk_does("check", self.reported(**entries), **form)

    def put(self, *opinions: int) -> int:
        form = {"title": "第三次会议", "held_on": self.world.day, "listed": list(opinions)}
        self.batch = self.world.act(self.clerk, "convene", form, practice=CODE).matter_id
        return self.batch

    def voting(self, **entries: Any) -> int:
        number = self.checked(**entries)
        self.put(number)
        return number

    def vote(self, *marks: str) -> None:
        """One mark for each member, the same on every line of the sheet."""
        keys = MemoryKeys()
        present = [member.id for member in self.members]
        with self.world.writing() as desk:
            row = desk.session.scalars(select(BallotRow).where(BallotRow.state == "prepared")).one()
            number, subjects = row.id, len(self.world.matter(self.batch).payload["listed"])
            ballots.open_ballot(desk, self.clerk, number, keys=keys, present=present)
        with self.world.writing() as desk:
            for member, mark in zip(self.members, marks, strict=True):
                elector = Actor(None, "", frozenset(), member)
                paper = {"marks": {str(line): [mark] for line in range(1, subjects + 1)}}
                ballots.cast(desk, elector, number, ballots.seal(desk, number, paper))
            ballots.stop(desk, self.clerk, number)
            ballots.close(desk, self.clerk, number, keys=keys)

    def closed(self, **entries: Any) -> int:
        number = self.voting(**entries)
        self.vote(*["满意"] * MEMBERS)
        return number

    def fallen(self, weak: tuple[int, ...] = ()) -> int:
        number = self.voting(weak=weak)
        self.vote(*["不满意"] * MEMBERS)
        return number

    def item(self, place: int = 0) -> int:
        return self.items(self.handling())[place]

    def item_reported(self) -> int:
        return self.organ_does("report_item", self.item(), result="已办")

    def item_carried(self) -> int:
        number = self.item()
        form = {"carried_for": "列入明年", "carried_until": date(2031, 6, 30)}
        self.world.act(self.chair, "carry", form, matter=number)
        return number

    def item_linked(self) -> int:
        form = {"elsewhere": self.drafted(title="同一件事"), "linked_for": "前一次会议已经提出"}
        return self.clerk_does("link", self.item(), **form)

    def item_closed(self) -> int:
        return self.items(self.closed())[0]

    def batch_put(self) -> int:
        self.voting()
        return self.batch
