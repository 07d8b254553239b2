"""Leads suggestions of 丹江口 to an organ that is late and is asked why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backing.suggestion_ways import Ways

DONE = {"carried_out": "done", "implementation_level": "满意"}


class Tracking(Ways):
    """The ways to an inquiry, and to suggestions that end."""

    def closed(self, **rating: Any) -> int:
        return self.rate(self.implemented(), **(rating or DONE))

    def late(self) -> int:
        part = self.part(self.received(), "城管局")
        self.world.go_to(self.world.day + timedelta(120))
        return part

    def asked(self) -> int:
        form = {"inquiry": "为何逾期"}
        outcome = self.world.act(self.clerk, "inquire", form, practice=self.practice, parent=self.late())
        return outcome.matter_id

    def explained(self) -> int:
        number = self.asked()
        self.world.act(self.as_organ("城管局"), "explain", {"explanation": "人手不足"}, matter=number)
        return number

    def explanation_accepted(self) -> int:
        number = self.explained()
        self.world.act(self.clerk, "accept_explanation", matter=number)
        return number
