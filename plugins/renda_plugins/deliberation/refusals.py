"""What a deliberation cannot be or do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, RendaError, Span, Turn, declare, due

declare(
    {
        "deliberation.too_short": "开会至少要提前{span}通知:今天通知的,最早 {first} 开会,现在写的是 {given}。",
        "deliberation.no_topic": "还没有列入的议题,不能通知开会。",
        "deliberation.too_many": "列入了 {given} 个议题,一次最多 {most} 个。请移到下一次。",
        "deliberation.too_few": "参加的代表 {given} 人,至少要 {least} 人。",
        "deliberation.no_mandate": "{name} 在 {day} 不是代表。",
        "deliberation.to_come": "汇总的止日 {until} 还没有到。请到期后补录。",
    }
)
declare(
    {
        "deliberation.not_yet": "会议定在 {planned},今天是 {day},还不能记录。改期的请重新通知。",
        "deliberation.wrong_form": "{form}的议题{outcome},不能这样办。",
    },
    status=409,
)

SAID = {"handle": "交办解决,不作表决", "vote": "表决为项目,不交办"}


def notice(meets_on: date, span: Span, turn: Turn) -> None:
    """Refuse a meeting that is told too late."""
    first = due(turn.day, span, turn.calendar).date
    assert first is not None, "no pause holds this clock"
    if meets_on < first:
        raise RendaError("deliberation.too_short", span=span.text, first=first, given=meets_on)


def listed(session: Matter, most: int) -> Sequence[Matter]:
    """The topics taken up; refuse none, and too many."""
    found = [topic for topic in session.children("topic") if topic.state == "adopted"]
    if not found:
        raise RendaError("deliberation.no_topic")
    if len(found) > most:
        raise RendaError("deliberation.too_many", given=len(found), most=most)
    return found


def not_yet(session: Matter, turn: Turn) -> None:
    """Refuse minutes of a meeting that was not."""
    planned = session.payload["meets_on"]
    if turn.day < planned:
        raise RendaError("deliberation.not_yet", planned=planned, day=turn.day)


def present(participants: Sequence[int], least: int) -> None:
    """Refuse a meeting of too few deputies."""
    given = len(set(participants))
    if given < least:
        raise RendaError("deliberation.too_few", given=given, least=least)


def in_office(number: int, turn: Turn) -> None:
    """Refuse a leader or follower who is no deputy that day."""
    if not turn.records.holds("deputy", number, turn.day):
        name = turn.records.party("deputy", number).name
        raise RendaError("deliberation.no_mandate", name=name, day=turn.day)


def told(number: int, turn: Turn) -> Matter:
    """What was told elsewhere; refuse what is not there or is nothing of the one who asks."""
    found = turn.records.matter(number)
    if found is None or not ("clerk" in turn.actor.roles or found.relations_of(turn.actor)):
        raise RendaError("matter.unknown", number=number)
    return found


def outcome(topic: Matter, known: Sequence[Mapping[str, Any]], wanted: str) -> None:
    """Refuse to vote where topics are handled, and to hand over where they are voted on."""
    assert topic.parent is not None
    form = next(each for each in known if each["code"] == topic.parent.payload["form"])
    if form["outcome"] != wanted:
        raise RendaError("deliberation.wrong_form", form=form["label"], outcome=SAID[form["outcome"]])


def past(until: date, turn: Turn) -> None:
    """Refuse to sum up what has not been."""
    if until > turn.day:
        raise RendaError("deliberation.to_come", until=until)
