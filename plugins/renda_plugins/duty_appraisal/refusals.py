"""What the rule refuses, each in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Party, Records, RendaError, Turn, declare, latest_before

declare(
    {
        "duty_appraisal.second_batch": "第 {number} 批已经启动。请改批次。",
        "duty_appraisal.not_head": "{name} 在 {day} 没有担任列入评议的职务({posts}),不能列入。",
        "duty_appraisal.newly": "{name} 任“{post}”自 {start} 算起不满规定时间,这一批不列入。请放到以后的批次。",
        "duty_appraisal.already": "{name} 本届已经评议过(第 {number} 批),一届评议一次。",
        "duty_appraisal.in_group": "{name} 是这一批的被评议人员,不能参加工作小组。请换人。",
        "duty_appraisal.own_unit": "{name} 在{organ}任职,不能参加对本单位负责人的评议。请换人。",
        "duty_appraisal.left": "{title}今天已不担任“{post}”,不能在会上评议。请先办理“不再评议”,写明理由。",
        "duty_appraisal.twice": "{name} 在名单上写了两次。请删去一个。",
        "duty_appraisal.headings": "履职报告还没有写到:{missing}。十个方面都要报告。",
        "duty_appraisal.unheard": "“{title}”还没有听取:{missing}。四类对象都听取了才能开会评议。",
        "duty_appraisal.no_unit_poll": "“{title}”还没有作单位民主测评。背对背的测评作过了才能开会评议。",
        "duty_appraisal.nobody_left": "这一批没有可以测评的人员。请办理“撤销批次”。",
        "duty_appraisal.sessions": "场次应不少于 1,现为 {sessions}。",
        "duty_appraisal.failed": "{title}的测评不合格,整改后要再次报告、再次测评,才能办结。",
        "duty_appraisal.not_failed": "{title}的测评没有不合格,不需要再次测评。",
    },
    status=409,
)


def second_batch(matter: Matter, code: str, number: int, records: Records) -> None:
    """Each batch has its own number."""
    others = (each for each in records.matters(code, "batch") if each.id != matter.id)
    if any(each.payload.get("number") == number for each in others):
        raise RendaError("duty_appraisal.second_batch", number=number)


def in_scope(person: int, params: Any, turn: Turn) -> tuple[str, Any]:
    """The post and organ of somebody whose turn it may be; others are refused."""
    name = turn.records.party("person", person).name
    held = listed_post(person, turn.day, params.posts, turn.records)
    if held is None:
        raise RendaError("duty_appraisal.not_head", name=name, day=turn.day.isoformat(), posts="、".join(params.posts))
    start = latest_before(turn.day, params.newly_appointed, turn.calendar).date
    assert start is not None, "no pause holds this clock"
    if held not in turn.records.posts(person, start):
        raise RendaError("duty_appraisal.newly", name=name, post=held[0], start=start.isoformat())
    return held


def listed_post(person: int, day: date, posts: Sequence[str], records: Records) -> tuple[str, Party] | None:
    """The post on the list somebody holds on a day, whatever else the person holds; None without one."""
    return next((held for held in records.posts(person, day) if held[0] in posts), None)


def already(code: str, person: int, params: Any, records: Records) -> None:
    """Once in a term."""
    party = records.party("person", person)
    for appraisal in records.matters(code, "appraisal", since=params.term_from, party=party, relation="subject"):
        if appraisal.state != "dropped" and appraisal.parent is not None:
            raise RendaError("duty_appraisal.already", name=party.name, number=appraisal.parent.payload["number"])


def group(batch: Mapping[str, Any], organs: Sequence[Party], turn: Turn) -> None:
    """Nobody appraises themselves or the head of the own unit, nobody is appraised twice."""
    officials, records = batch["officials"], turn.records
    for person in officials:
        if officials.count(person) > 1:
            raise RendaError("duty_appraisal.twice", name=records.party("person", person).name)
    for person in (batch["leader"], *(batch.get("deputies") or ()), *batch["members"]):
        name = records.party("person", person).name
        if person in officials:
            raise RendaError("duty_appraisal.in_group", name=name)
        own = next((organ for _, organ in records.posts(person, turn.day) if organ in organs), None)
        if own is not None:
            raise RendaError("duty_appraisal.own_unit", name=name, organ=own.name)


def in_post(appraisal: Matter, turn: Turn) -> None:
    """Who left the post before the meeting is not appraised in it; what was done stays on record."""
    person = appraisal.payload["official"]
    held = [(post, organ.id) for post, organ in turn.records.posts(person, turn.day)]
    if (appraisal.payload["post"], appraisal.payload["organ"]) not in held:
        raise RendaError("duty_appraisal.left", title=appraisal.title, post=appraisal.payload["post"])


def headings(covered: Sequence[str], wanted: Sequence[str]) -> None:
    """A report speaks to every heading."""
    missing = [each for each in wanted if each not in covered]
    if missing:
        raise RendaError("duty_appraisal.headings", missing="、".join(missing))


def unheard(appraisal: Matter, audiences: Sequence[Any]) -> None:
    """All kinds of people were heard, and the unit was asked behind closed doors."""
    heard = {each.payload["audience"] for each in appraisal.children("activity")}
    missing = [each["label"] for each in audiences if each["code"] not in heard]
    if missing:
        raise RendaError("duty_appraisal.unheard", title=appraisal.title, missing="、".join(missing))
    if "unit_ballot" not in appraisal.payload:
        raise RendaError("duty_appraisal.no_unit_poll", title=appraisal.title)


def sessions(count: int) -> None:
    """Something took place."""
    if count < 1:
        raise RendaError("duty_appraisal.sessions", sessions=count)
