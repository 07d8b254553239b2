"""The platform's kit for practices, on the appraisal as 杨浦 has it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.duty_appraisal import DutyAppraisal

FILE = Path(__file__).parents[3] / "districts" / "yangpu" / "duty_appraisal.toml"
CODE = "duty_appraisal"
HEADINGS = [
    "依法履职", "执行人大决议决定", "接受人大监督", "办理代表建议和审议意见", "完成重点工作", "依法行政", "服务群众",
    "队伍建设", "廉洁自律", "存在问题和改进措施",
]  # fmt: skip
COUNTED = {
    "ballot": 1, "outcome": "满意", "figures": {"counts": {"满意": 9}, "satisfied_count": 9, "base_count": 10, "failed": True},
}  # fmt: skip
HEARD = {"sort": "forum", "audience": "leaders", "found": "属实"}


def batch(world: World) -> dict[str, Any]:
    head = world.official("样例", "单位-assignee").id
    group = [world.person(name).id for name in ("组长丙", "组员丁")]
    return {
        "number": 1, "officials": [head], "leader": group[0], "members": group[1:], "meeting": "会议",
        "meeting_on": "2021-06-30",
    }  # fmt: skip


def named(world: World) -> dict[str, Any]:
    organ = world.organ("单位-assignee").id
    return {"official": world.official("样例", "单位-assignee").id, "post": "局长", "organ": organ}


SAMPLES: Mapping[str, Any] = {
    "begin": batch,
    "name_official": named,
    "record_activity": HEARD,
    "submit_report": {"document": "报告", "covered": HEADINGS},
    "record_poll": COUNTED,
    "record_later_poll": COUNTED,
    "record_measurement": COUNTED,
    "record_again": COUNTED,
    "confirm": {},
}


class Life:
    """A batch of one, led along by those who may."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.deputy("委员样例", committee_member=True)
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.batch = world.act(self.clerk, "begin", batch(world), practice=CODE).matter_id
        (head,) = world.matter(self.batch).children("appraisal")
        self.head = head.id

    def on(self, number: int, actor: Any, action: str, **entries: Any) -> "Life":
        self.world.act(actor, action, entries, matter=number)
        return self

    def investigating(self) -> "Life":
        return self.on(self.batch, self.chair, "approve_plan")

    def drafted(self) -> "Life":
        self.investigating()
        for audience in ("leaders", "staff", "deputies", "users"):
            self.world.act(self.clerk, "record_activity", {**HEARD, "audience": audience}, parent=self.head)
        self.on(self.head, self.world.actor("system"), "record_poll", **COUNTED)
        subject = self.world.actor("department", person=self.world.official("样例"))
        return self.on(self.head, subject, "submit_report", document="报告", covered=HEADINGS)

    def sitting(self) -> "Life":
        return self.drafted().on(self.batch, self.clerk, "open_sitting")

    def reported(self) -> "Life":
        return self.sitting().on(self.head, self.clerk, "speak", spoken="self")

    def voting(self) -> "Life":
        self.reported().on(self.batch, self.clerk, "put_to_the_vote")
        return self.on(self.head, self.world.actor("system"), "record_measurement", **COUNTED)

    def reporting(self) -> "Life":
        return self.voting().on(self.batch, self.clerk, "hand_in_report", findings="好", suggestion="用")

    def following(self) -> "Life":
        return self.reporting().on(self.batch, self.chair, "approve_report")

    def rectified(self) -> "Life":
        organ = self.world.actor("department", organ=self.world.organ("单位-assignee"))
        return self.following().on(self.head, organ, "rectify", measures="已改")

    def settled(self) -> "Life":
        self.rectified()
        passed = {**COUNTED, "figures": {**COUNTED["figures"], "failed": False}}  # type: ignore[dict-item]
        self.on(self.head, self.world.actor("system"), "record_again", **passed)
        return self.on(self.head, self.clerk, "confirm")

    def closed(self) -> "Life":
        return self.settled().on(self.batch, self.clerk, "close")

    def dropped(self) -> "Life":
        return self.on(self.head, self.clerk, "drop", reason="调离")

    def cancelled(self) -> "Life":
        return self.dropped().on(self.batch, self.chair, "cancel", reason="撤销")


OF_BATCH = {
    "investigating": Life.drafted, "sitting": Life.reported, "voting": Life.voting, "reporting": Life.reporting,
    "following": Life.settled, "closed": Life.closed, "cancelled": Life.cancelled, "preparing": Life.dropped,
}  # fmt: skip
OF_HEAD = {
    "begun": Life.investigating, "drafted": Life.drafted, "reported": Life.reported, "measured": Life.voting,
    "rectifying": Life.following, "rectified": Life.rectified, "closed": Life.settled, "dropped": Life.dropped,
}  # fmt: skip


def begun(way: Any, whole: bool) -> Any:
    def lead(world: World) -> int:
        led = Life(world)
        way(led)
        return led.batch if whole else led.head

    return lead


BEGUN = {
    **{("batch", state): begun(way, True) for state, way in OF_BATCH.items()},
    **{("appraisal", state): begun(way, False) for state, way in OF_HEAD.items()},
}


@pytest.mark.parametrize(
    "check", conformance.checks(DutyAppraisal, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_appraisal_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
