"""Steps about sittings: convening, signing in, leave, leaving early, the quorum, the minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_bdd import step, then
from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.model import AttendanceRow, PersonRow
from renda.services import meetings
from renda.services.meetings.minutes import minutes, plain
from renda.testing.factories import World
from renda.testing.references import somebody
from renda.testing.sentences import Sentence
from renda.testing.steps.deeds import Refusals

declare(
    {
        "test.no_meeting": "还没有召集会议。请先写:当 工作人员 召集常委会第26次会议。",
        "test.few_on_roster": "名册上未到的只有{known}人,不能再有{wanted}人签到。",
        "test.no_body": "没有“{name}”的会议。可写:{allowed}。",
    }
)

BODIES = {"人民代表大会": "congress", "常委会": "committee", "主任会议": "chairpersons"}
_NAMES = re.compile(r"[、,,;;]")


@dataclass
class Sitting:
    """Which sitting a scenario is about: the one convened last."""

    number: int = 0

    def known(self) -> int:
        """Its number."""
        if not self.number:
            raise RendaError("test.no_meeting")
        return self.number


@pytest.fixture
def sitting() -> Sitting:
    """The sitting of this scenario."""
    return Sitting()


@step(
    Sentence(
        "{who:who}召集{body:words}第{n:int}次会议",
        "召集一次会议并列出名册:常委会、人民代表大会或主任会议",
        "当 工作人员 召集常委会第26次会议",
    )
)
def convenes(world: World, sitting: Sitting, refusals: Refusals, *, who: str, body: str, n: int) -> None:
    """Convene a sitting."""
    if body not in BODIES:
        raise RendaError("test.no_body", name=body, allowed="、".join(BODIES))

    def deed(desk: Any) -> None:
        sitting.number = meetings.convene(desk, somebody_else, BODIES[body], day=world.day, number=n)

    somebody_else = somebody(world, who)
    _tried(world, refusals, deed)


@step(Sentence("会议有{n:int}人签到", "名册上这么多未到的人由会务代签", "当 会议有16人签到"))
def so_many_sign_in(world: World, sitting: Sitting, n: int) -> None:
    """Sign in the first of those not there yet."""
    clerk = world.actor("clerk")
    with world.writing() as desk:
        missing = [
            line.person_id
            for line in meetings.lines(desk, sitting.known())
            if line.entitled and line.state == "expected"
        ]
        if n > len(missing):
            raise RendaError("test.few_on_roster", known=len(missing), wanted=n)
        for person in missing[:n]:
            meetings.sign_in(desk, clerk, sitting.known(), person)


@step(Sentence('会议上"{names}"签到', "这些人签到;多人用顿号分开", '当 会议上"委员甲、委员乙"签到'))
def people_sign_in(world: World, sitting: Sitting, refusals: Refusals, names: str) -> None:
    """Sign these people in."""
    _each(world, sitting, refusals, names, meetings.sign_in)


@step(Sentence('会议上"{names}"请假,事由"{reason}"', "这些人请假", '当 会议上"委员甲"请假,事由"出差"'))
def people_on_leave(world: World, sitting: Sitting, refusals: Refusals, *, names: str, reason: str) -> None:
    """These people have leave."""
    _each(world, sitting, refusals, names, meetings.take_leave, reason)


@step(Sentence('会议上"{names}"离会', "这些人中途离开,不再进入以后的表决", '当 会议上"委员甲"离会'))
def people_depart(world: World, sitting: Sitting, refusals: Refusals, names: str) -> None:
    """These people leave early."""
    _each(world, sitting, refusals, names, meetings.depart)


@step(Sentence('会议上"{names}"列席', "这些人列席,不计入法定人数,没有表决权", '当 会议上"专家甲"列席'))
def people_sit_in(world: World, sitting: Sitting, refusals: Refusals, names: str) -> None:
    """These people sit in and have signed in."""
    for service in (meetings.sit_in, meetings.sign_in):
        _each(world, sitting, refusals, names, service)


@step(Sentence("{who:who}宣布开会", "开会;签到人数须达到法定人数", "当 工作人员 宣布开会"))
def opens_sitting(world: World, sitting: Sitting, refusals: Refusals, who: str) -> None:
    """Open the sitting."""
    actor = somebody(world, who)
    _tried(world, refusals, lambda desk: meetings.open_sitting(desk, actor, sitting.known()))


@step(Sentence("{who:who}宣布闭会", "闭会;未到又未请假的登记为缺席", "当 工作人员 宣布闭会"))
def closes_sitting(world: World, sitting: Sitting, refusals: Refusals, who: str) -> None:
    """Close the sitting."""
    actor = somebody(world, who)
    _tried(world, refusals, lambda desk: meetings.close(desk, actor, sitting.known()))


@step(Sentence("会议核对表决人", "按此刻的签到列出可以表决的人;不足法定人数时被拒绝", "当 会议核对表决人"))
def electorate_is_asked(world: World, sitting: Sitting, refusals: Refusals) -> None:
    """Ask who may vote now."""
    _tried(world, refusals, lambda desk: meetings.electorate(desk, sitting.known()))


@then(Sentence("会议应到{n:int}人,在场{m:int}人", "名册上的应到人数和此刻在场的人数", "那么 会议应到31人,在场16人"))
def so_many_there(world: World, sitting: Sitting, *, n: int, m: int) -> None:
    """How many of how many."""
    there = _presence(world, sitting)
    assert (there.members, there.present) == (n, m), f"应到{there.members}人,在场{there.present}人。"


@then(Sentence("会议达到法定人数{n:int}人", "此刻在场的人数够法定人数,法定人数是这么多", "那么 会议达到法定人数16人"))
def quorum_met(world: World, sitting: Sitting, n: int) -> None:
    """The quorum is met."""
    there = _presence(world, sitting)
    assert (there.enough, there.needed) == (True, n), f"法定人数{there.needed}人,在场{there.present}人。"


@then(Sentence("会议不足法定人数{n:int}人", "此刻在场的人数不够法定人数", "那么 会议不足法定人数16人"))
def quorum_not_met(world: World, sitting: Sitting, n: int) -> None:
    """The quorum is not met."""
    there = _presence(world, sitting)
    assert (there.enough, there.needed) == (False, n), f"法定人数{there.needed}人,在场{there.present}人。"


@then(Sentence("会议此刻有{n:int}人可以表决", "已签到、未离会、有表决权的人数", "那么 会议此刻有16人可以表决"))
def so_many_may_vote(world: World, sitting: Sitting, n: int) -> None:
    """How many may vote now."""
    with world.reading() as desk:
        voting = len(meetings.electorate(desk, sitting.known()))
    assert voting == n, f"可以表决的有{voting}人。"


@then(
    Sentence(
        '会议上"{name}"是"{state}"', "一个人的到会情况:未到、出席、已离会、请假、缺席", '那么 会议上"委员甲"是"请假"'
    )
)
def is_at_sitting(world: World, sitting: Sitting, *, name: str, state: str) -> None:
    """Where somebody is."""
    with world.reading() as desk:
        query = select(AttendanceRow.state).where(
            AttendanceRow.meeting_id == sitting.known(), AttendanceRow.person_id == _number(desk, name)
        )
        said = meetings.PRESENCE[desk.session.scalars(query).one()]
    assert said == state, f"“{name}”是“{said}”。"


@then(Sentence('会议记录写有"{words}"', "会议记录的任何一行里有这些字", '那么 会议记录写有"请假 1 人"'))
def minutes_say(world: World, sitting: Sitting, words: str) -> None:
    """The minutes say so."""
    with world.reading() as desk:
        text = plain(minutes(desk, sitting.known()))
    assert words in text, text


def _each(
    world: World, sitting: Sitting, refusals: Refusals, names: str, service: Callable[..., object], *more: str
) -> None:
    def deed(desk: Any) -> None:
        for name in _NAMES.split(names):
            service(desk, clerk, sitting.known(), _number(desk, name.strip()), *more)

    clerk = world.actor("clerk")
    _tried(world, refusals, deed)


def _tried(world: World, refusals: Refusals, deed: Callable[[Any], object]) -> None:
    refusals.last = None
    try:
        with world.writing() as desk:
            deed(desk)
    except RendaError as refusal:
        if not refusals.expected():
            raise
        refusals.last = refusal


def _number(desk: Any, name: str) -> int:
    found = desk.session.scalar(select(PersonRow.id).where(PersonRow.name == name))
    if found is None:
        raise RendaError("people.unknown", code=name, noun="人员")
    return int(found)


def _presence(world: World, sitting: Sitting) -> meetings.Presence:
    with world.reading() as desk:
        return meetings.presence(desk, sitting.known())
