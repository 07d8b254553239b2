"""What the rule refuses, in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Party, RendaError, Turn, declare, latest_before

declare(
    {
        "work_appraisal.plan_late": "评议方案最迟应在 {last} 确定({meeting} 会议以前),今天是 {day}。请改到下次会议。",
        "work_appraisal.yearly": "{year} 年度已确定评议 {given} 个单位,最多 {most} 个。",
        "work_appraisal.again": "{organ}正在评议(事项 {number}),办结以后才能再次评议。",
        "work_appraisal.not_head": "{name}今天不在{organ}任职。请写现任负责人。",
        "work_appraisal.own_organ": "{name}在{organ}任职,不能参加对本单位的调查。",
        "work_appraisal.leader_twice": "{name}已是组长,不必再列为成员。",
        "work_appraisal.held_on": "调查日期 {given} 应在审定方案({since})以后、今天({day})以前。",
        "work_appraisal.inquiries": "调查至少 {least} 次才能反馈问题,现有 {given} 次。",
        "work_appraisal.nothing": "{what}至少要有一条。",
        "work_appraisal.same": "第 {first} 条与第 {second} 条文字相同。原话照录,重复的只列一次。",
        "work_appraisal.before_meeting": "{meeting} 的会议还没有召开,不能测评。",
        "work_appraisal.items_left": "还有 {problems} 条问题、{opinions} 条评议意见没有整改,不能报送整改情况报告。",
    }
)

OVER = ("closed", "escalated", "cancelled")


def plan(matter: Matter, said: Mapping[str, Any], params: Any, turn: Turn) -> None:
    """Refuse a plan too close to the sitting, one organ too many, one under appraisal, and the wrong people."""
    last = latest_before(said["meeting_on"], params.plan_before, turn.calendar).date
    if last is not None and turn.day > last:
        raise RendaError("work_appraisal.plan_late", last=last, meeting=said["meeting_on"], day=turn.day)
    others = [each for each in turn.records.matters(matter.practice, "appraisal") if each.id != matter.id]
    year = said["meeting_on"].year
    same = [each for each in others if each.payload["meeting_on"].year == year and each.state != "cancelled"]
    if len(same) >= params.yearly_most:
        raise RendaError("work_appraisal.yearly", year=year, given=len(same), most=params.yearly_most)
    organ = turn.records.party("organ", said["organ"])
    running = next((each for each in others if each.payload["organ"] == organ.id and each.state not in OVER), None)
    if running is not None:
        raise RendaError("work_appraisal.again", organ=organ.name, number=running.id)
    if organ not in _served(said["official"], turn):
        name = turn.records.party("person", said["official"]).name
        raise RendaError("work_appraisal.not_head", name=name, organ=organ.name)
    _group(said, organ, turn)


def _served(number: int, turn: Turn) -> list[Party]:
    return [where for _, where in turn.records.posts(number, turn.day)]


def _group(said: Mapping[str, Any], organ: Party, turn: Turn) -> None:
    leader = turn.records.party("person", said["leader"])
    if leader.id in said["members"]:
        raise RendaError("work_appraisal.leader_twice", name=leader.name)
    for number in (leader.id, *said["members"]):
        if organ in _served(number, turn):
            name = turn.records.party("person", number).name
            raise RendaError("work_appraisal.own_organ", name=name, organ=organ.name)


def inquiry(matter: Matter, given: date, day: date) -> None:
    """Refuse an inquiry before the plan was approved or after today."""
    since = matter.done_on("approve")
    assert since is not None, "the plan is approved first"
    if not since <= given <= day:
        raise RendaError("work_appraisal.held_on", given=given, since=since, day=day)


def enough(matter: Matter, least: int) -> None:
    """Refuse to feed problems back after too few inquiries."""
    given = len(matter.payload.get("inquiries", ()))
    if given < least:
        raise RendaError("work_appraisal.inquiries", least=least, given=given)


def listed(texts: Sequence[str], what: str) -> None:
    """Refuse an empty list, and the same words twice."""
    if not texts:
        raise RendaError("work_appraisal.nothing", what=what)
    for second, text in enumerate(texts, 1):
        first = texts.index(text) + 1
        if first < second:
            raise RendaError("work_appraisal.same", first=first, second=second)


def meeting(matter: Matter, day: date) -> None:
    """Refuse to measure before the day of the sitting."""
    if day < matter.payload["meeting_on"]:
        raise RendaError("work_appraisal.before_meeting", meeting=matter.payload["meeting_on"])


def items(matter: Matter) -> None:
    """Refuse the report while something is not put right."""
    problems, opinions = (
        sum(each.state != "rectified" for each in matter.children(kind)) for kind in ("problem", "opinion")
    )
    if problems or opinions:
        raise RendaError("work_appraisal.items_left", problems=problems, opinions=opinions)
