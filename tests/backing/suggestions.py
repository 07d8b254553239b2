"""Walks a suggestion through its life in a test's world, step by step or as far as one wants."""

from __future__ import annotations

from datetime import date
from typing import Any

from renda import Matter, Party
from renda.services import upkeep
from renda.services.reading import find, rules_of
from renda.testing.factories import World


class Walk:
    """Acts by people's names; every method answers the number of the matter it acted on."""

    def __init__(self, world: World, practice: str) -> None:
        self.world = world
        self.practice = practice
        self.clerk = world.actor("clerk")
        self.chair = world.actor("chair")

    def as_deputy(self, name: str) -> Any:
        return self.world.actor("deputy", person=self.world.deputy(name))

    def as_organ(self, name: str) -> Any:
        return self.world.actor("department", organ=self.world.organ(name))

    def draft(self, proposer: str = "代表甲", **entries: Any) -> dict[str, Any]:
        return {
            "title": "路灯不亮",
            "facts": "东街二十盏路灯不亮",
            "wanted": "尽快修复",
            "category": "城市建设",
            "session": "intersession",
            "proposer": self.world.deputy(proposer).id,
            **entries,
        }

    def file(self, proposer: str = "代表甲", *, invited: tuple[str, ...] = (), **entries: Any) -> int:
        if invited:
            entries["invited"] = [self.world.deputy(name).id for name in invited]
        actor = self.as_deputy(proposer)
        form = self.draft(proposer, **entries)
        return self.world.act(actor, "submit", form, practice=self.practice).matter_id

    def accepted(self, proposer: str = "代表甲", **entries: Any) -> int:
        number = self.file(proposer, **entries)
        self.world.act(self.clerk, "accept", matter=number)
        return number

    def assign(self, number: int, *leads: str, co: tuple[str, ...] = (), mode: str = "lead") -> int:
        form: dict[str, Any] = {"mode": mode, "leads": [self.world.organ(name).id for name in leads]}
        if co:
            form["co_handlers"] = [self.world.organ(name).id for name in co]
        self.world.act(self.clerk, "assign", form, matter=number)
        return number

    def handled(self, *, lead: str = "城管局", co: tuple[str, ...] = (), **entries: Any) -> int:
        """Filed, accepted, handed over."""
        return self.assign(self.accepted(**entries), lead, co=co)

    def part(self, number: int, organ: str) -> int:
        """The assignment of an organ that is still its own."""
        found = [
            each
            for each in self.world.matter(number).children("assignment")
            if each.parties["assignee"][0].name == organ and each.state != "transferred"
        ]
        return found[-1].id

    def organ_acts(self, number: int, organ: str, action: str, **entries: Any) -> int:
        part = self.part(number, organ)
        self.world.act(self.as_organ(organ), action, entries, matter=part)
        return part

    def replied(self, number: int, organ: str = "城管局", **entries: Any) -> int:
        """Received, talked about, replied to."""
        part = self.part(number, organ)
        if self.world.matter(part).state == "delivered":
            self.organ_acts(number, organ, "receive")
        self.organ_acts(number, organ, "contact", contact_way="phone", contact_note="已听取意见")
        reply = {"result_class": "A", "reply_text": "已修复", "signed_by": "局长乙", **entries}
        self.organ_acts(number, organ, "reply", **reply)
        return number

    def answered(self, **entries: Any) -> int:
        """Everything up to the reply."""
        return self.replied(self.handled(**entries))

    def reported(self, number: int, organ: str = "城管局") -> int:
        self.organ_acts(number, organ, "report_implementation", progress="已全部修复")
        return number

    def rate(self, number: int, proposer: str = "代表甲", **entries: Any) -> int:
        stage = "rate_answer" if self.world.matter(number).state == "answered" else "rate_implementation"
        self.world.act(self.as_deputy(proposer), stage, entries, matter=number)
        return number

    def state(self, number: int) -> str:
        return self.world.matter(number).state

    def due(self, number: int, label: str) -> date | None:
        with self.world.reading() as desk:
            row = find(desk, number)
            matter: Matter = self.world.matter(number)
            said = upkeep.deadlines(desk, rules_of(desk, row), matter)
        return next((each.due.date for each in said if each.label == label), None)

    def names(self, number: int, relation: str) -> list[str]:
        parties: tuple[Party, ...] = self.world.matter(number).parties.get(relation, ())
        return [party.name for party in parties]
