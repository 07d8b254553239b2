"""What a year of lectures, a lecture and its marks cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, RendaError, Turn, declare

declare(
    {
        "study_sessions.other_year": "{day} 不在 {year} 年度内。",
        "study_sessions.past": "{day} 已经过去,不能排讲。",
        "study_sessions.part_twice": "“{part}”由同一人讲了两次。",
        "study_sessions.present": "{group}应到 {expected} 人,实到 {present} 人:实到应在 0 至应到之间,应到至少 1 人。",
        "study_sessions.group_twice": "{group}写了两次。",
        "study_sessions.named_twice": "到场的代表{name}写了两次。",
        "study_sessions.no_mandate": "{name}在 {day} 不是代表,不能写在到场的代表里。",
        "study_sessions.more_named": "写了 {given} 名到场的代表,{group}实到 {present} 人。请核对人数或名单。",
        "study_sessions.marks": "应当给这几期打分:{wanted}。现在打分的是:{given}。本人主讲的不打分。",
        "study_sessions.mark": "第 {number} 期的得分应在 0 至 100 之间,现为 {given}。",
        "study_sessions.nothing_to_mark": "这一年的讲都是本人主讲的,没有要打分的。",
    }
)
declare(
    {
        "study_sessions.second_year": "{year} 年度已经建立(事项 {number})。",
        "study_sessions.not_yet": "这一讲定在 {on},今天是 {day},还不能记录。",
        "study_sessions.no_lecture": "{year} 年度没有开讲,不能评比。",
        "study_sessions.rated_before": "{rater}已经评过分(事项 {number})。",
        "study_sessions.few": "评分的有 {given} 人,至少要 {least} 人。",
    },
    status=409,
)


def second_year(code: str, fresh: Matter, year: int, turn: Turn) -> None:
    """Refuse the same year twice."""
    for other in turn.records.matters(code, "year"):
        if other.id != fresh.id and other.payload.get("year") == year:
            raise RendaError("study_sessions.second_year", year=year, number=other.id)


def day(lecture: Matter, on: date, turn: Turn) -> None:
    """Refuse a day outside the year, and one that is over."""
    assert lecture.parent is not None
    year = lecture.parent.payload["year"]
    if on.year != year:
        raise RendaError("study_sessions.other_year", day=on, year=year)
    if on < turn.day:
        raise RendaError("study_sessions.past", day=on)


def parts(given: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> None:
    """Refuse the same part by the same speaker twice."""
    labels = {each["code"]: each["label"] for each in known}
    seen = [(each["part"], each["speaker"]) for each in given]
    for pair in seen:
        if seen.count(pair) > 1:
            raise RendaError("study_sessions.part_twice", part=labels[pair[0]])


def not_yet(lecture: Matter, turn: Turn) -> None:
    """Refuse to enter what was not."""
    if turn.day < lecture.payload["on"]:
        raise RendaError("study_sessions.not_yet", on=lecture.payload["on"], day=turn.day)


def attendance(given: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> None:
    """Refuse more present than were to come, and a group twice."""
    labels = {each["code"]: each["label"] for each in known}
    named = [each["group"] for each in given]
    for each in given:
        group, expected, present = labels[each["group"]], each["expected"], each["present"]
        if named.count(each["group"]) > 1:
            raise RendaError("study_sessions.group_twice", group=group)
        if expected < 1 or not 0 <= present <= expected:
            raise RendaError("study_sessions.present", group=group, expected=expected, present=present)


def deputies(lecture: Matter, held: Mapping[str, Any], known: Sequence[Mapping[str, Any]], turn: Turn) -> None:
    """Refuse names that are no deputies' on that day, stand twice, or are more than came of their group."""
    given, day = held.get("deputies", ()), lecture.payload["on"]
    for number in given:
        name = turn.records.party("deputy", number).name
        if given.count(number) > 1:
            raise RendaError("study_sessions.named_twice", name=name)
        if not turn.records.holds("deputy", number, day):
            raise RendaError("study_sessions.no_mandate", name=name, day=day)
    own = {each["code"]: each["label"] for each in known if each["deputies"]}
    present = sum(each["present"] for each in held["attendance"] if each["group"] in own)
    if own and len(given) > present:
        group = "、".join(own.values())
        raise RendaError("study_sessions.more_named", given=len(given), group=group, present=present)


def marks(matter: Matter, given: Sequence[Mapping[str, Any]], held: Sequence[Matter], turn: Turn) -> None:
    """Refuse a second set of one rater, a lecture too many or too few, points out of bounds."""
    assert matter.parent is not None
    for other in matter.parent.children("marks"):
        if other.id != matter.id and other.payload.get("rater") == turn.actor.name:
            raise RendaError("study_sessions.rated_before", rater=turn.actor.name, number=other.id)
    own = -1 if turn.actor.person is None else turn.actor.person.id
    wanted = sorted(each.payload["number"] for each in held if own not in each.payload["speakers"])
    if not wanted:
        raise RendaError("study_sessions.nothing_to_mark")
    named = sorted(each["lecture"] for each in given)
    if named != wanted:
        raise RendaError("study_sessions.marks", wanted=_numbers(wanted), given=_numbers(named))
    for each in given:
        if not 0 <= each["points"] <= 100:
            raise RendaError("study_sessions.mark", number=each["lecture"], given=each["points"])


def few(given: int, least: int) -> None:
    """Refuse a rating by too few."""
    if given < least:
        raise RendaError("study_sessions.few", given=given, least=least)


def _numbers(some: Sequence[int]) -> str:
    return "、".join(map(str, some)) or "—"
