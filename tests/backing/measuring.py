"""Leads suggestions through a measurement of 江北."""

from __future__ import annotations

from typing import Any

from backing.suggestion_ways import Ways

GOOD = {"attitude": "好", "way": "好", "effect": "好", "level": "满意"}
FAIR = {"attitude": "好", "way": "较好", "effect": "较好", "level": "基本满意"}
BAD = {"attitude": "差", "way": "差", "effect": "差", "level": "不满意", "comment": "没有修"}


class Measuring(Ways):
    """A measurement with two bodies; ``meeting`` is the last one convened."""

    meeting = 0

    def convened(self) -> int:
        bodies = [self.world.organ(name, sort="congress").id for name in ("甲街道人大", "乙街道人大")]
        form = {"title": "2020年质效测评会", "held_on": self.world.day, "bodies": bodies}
        self.meeting = self.world.act(self.clerk, "convene", form, practice=self.practice).matter_id
        return self.meeting

    def put(self, number: int) -> int:
        self.world.act(self.clerk, "put_to_meeting", {"meeting": self.meeting}, matter=number)
        return number

    def listed(self) -> int:
        self.convened()
        return self.put(self.implemented())

    def sheets(self) -> list[int]:
        return [each.id for each in self.world.matter(self.meeting).children("sheet") if each.state == "open"]

    def give(self, *marks: dict[str, Any]) -> None:
        for number, said in zip(self.sheets(), marks, strict=False):
            self.world.act(self.clerk, "give", said, matter=number)

    def measured(self, *marks: dict[str, Any]) -> int:
        number = self.listed()
        self.give(*marks)
        self.world.act(self.clerk, "announce", matter=self.meeting)
        return number

    def closed(self) -> int:
        return self.measured(GOOD, GOOD, FAIR)

    def all_in(self) -> int:
        self.listed()
        self.give(GOOD, GOOD, GOOD)
        return self.meeting

    def announced(self) -> int:
        self.closed()
        return self.meeting

    def cancelled(self) -> int:
        self.world.act(self.clerk, "cancel_meeting", {"cancelled_for": "改期"}, matter=self.convened())
        return self.meeting

    def sheet(self) -> int:
        self.listed()
        return self.sheets()[0]

    def sheet_given(self) -> int:
        number = self.sheet()
        self.give(GOOD)
        return number

    def sheet_absent(self) -> int:
        number = self.sheet()
        self.world.act(self.clerk, "leave_out", {"absent_for": "请假"}, matter=number)
        return number

    def study(self) -> int:
        number = self.measured(FAIR, FAIR, BAD)
        return self.world.matter(number).children("study")[0].id

    def studied(self) -> int:
        number = self.study()
        form = {"took_part": "代表甲、城管局", "found": "灯杆老化", "demanded": "更换"}
        self.world.act(self.clerk, "report_study", form, matter=number)
        return number

    def rectified(self) -> int:
        number = self.studied()
        self.world.act(self.as_organ("城管局"), "rectify", {"rectified": "已更换"}, matter=number)
        return number

    def settled(self) -> int:
        number = self.rectified()
        self.world.act(self.clerk, "settle", matter=number)
        return number
