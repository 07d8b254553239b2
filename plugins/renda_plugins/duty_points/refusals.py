"""What cannot be entered, published or closed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Records, RendaError, Turn, declare, due

from . import lines

declare(
    {
        "duty_points.future": "{day} 还没有到,不能登记。",
        "duty_points.other_year": "{day} 不在 {year} 年度内。请在相应年度登记。",
        "duty_points.no_mandate": "{name} 在 {day} 不是代表,不能登记这一天的活动。",
        "duty_points.after_end": "{name} 的代表资格已于 {ended} 终止,不能登记 {day} 的活动。",
        "duty_points.no_evidence": "“{item}”须附佐证。请至少写明一件。",
        "duty_points.no_such_line": "档案里没有第 {line} 条可以更正的登记。",
        "duty_points.not_pending": "第 {line} 条没有在等待核实。等待核实的有:{allowed}。",
        "duty_points.already_right": "第 {line} 条的数量本来就是 {quantity},不用更正。",
        "duty_points.no_period": "一年公布 {count} 次,没有第 {period} 期。",
        "duty_points.lines_after_end": "第 {line} 条登记在 {day},晚于资格终止日期 {ended}。请先更正这一条。",
    }
)
declare({"duty_points.may_not_enter": "“{item}”由{who}登记,您不能登记这一项。"}, status=403)
declare(
    {
        "duty_points.entered_before": "{day} 的“{item}”已登记为第 {line} 条。确是另一次的,请勾选“确是另一次”并写明说明。",
        "duty_points.second_year": "{year} 年度的积分已经开始登记(事项 {number})。请在那里继续。",
        "duty_points.second_register": "{name} 在本年度已有积分档案(事项 {number})。",
        "duty_points.order": "应先公布第 {wanted} 期,现在要公布的是第 {given} 期。",
        "duty_points.not_over": "第 {period} 期到 {last} 才结束,今天是 {day},还不能公布。",
        "duty_points.pending": "{names}还有登记等待核实,第 {period} 期不能公布。",
        "duty_points.still_public": "公示到 {last} 才届满,今天是 {day},还不能定案。",
    },
    status=409,
)


def second_year(code: str, year: int, records: Records) -> None:
    """Refuse to begin a year twice."""
    for other in records.matters(code, "year"):
        if other.payload.get("year") == year:
            raise RendaError("duty_points.second_year", year=year, number=other.id)


def second_register(year: Matter, fresh: Matter, number: int, turn: Turn) -> None:
    """Refuse a second register, and one for somebody who is no deputy within the year up to today."""
    deputy = turn.records.party("deputy", number)
    for other in turn.records.matters(fresh.practice, "register", party=deputy, relation="subject"):
        if other.id != fresh.id and other.parent is not None and other.parent.id == year.id:
            raise RendaError("duty_points.second_register", name=deputy.name, number=other.id)
    first, last = date(year.payload["year"], 1, 1), date(year.payload["year"], 12, 31)
    day = min(max(turn.day, first), last)
    if not turn.records.holds("deputy", number, day):
        raise RendaError("duty_points.no_mandate", name=deputy.name, day=day)


def activity(register: Matter, entries: Mapping[str, Any], item: Mapping[str, Any], turn: Turn) -> None:
    """Refuse an activity of another day than the year's, the mandate's or the past's, or entered before."""
    assert register.parent is not None
    day, year, name = entries["day"], register.parent.payload["year"], _name(register)
    if day > turn.day:
        raise RendaError("duty_points.future", day=day)
    if day.year != year:
        raise RendaError("duty_points.other_year", day=day, year=year)
    ended = register.payload.get("ended_on")
    if ended is not None and day > ended:
        raise RendaError("duty_points.after_end", name=name, ended=ended, day=day)
    if not turn.records.holds("deputy", register.payload["deputy"], day):
        raise RendaError("duty_points.no_mandate", name=name, day=day)
    if item["evidence"] and not entries.get("evidence"):
        raise RendaError("duty_points.no_evidence", item=item["label"])
    before = same(register, item["code"], day)
    if before and not (entries["another"] and entries.get("note")):
        raise RendaError("duty_points.entered_before", day=day, item=item["label"], line=before[0]["number"])


def same(register: Matter, item: str, day: date) -> list[Mapping[str, Any]]:
    """The lines of that item and day that still come to something."""
    return [
        line
        for line in lines.of(register)
        if (line["item"], line["day"]) == (item, day)
        and "corrects" not in line
        and lines.quantity(register, line["number"]) > 0
    ]


def may_enter(item: Mapping[str, Any], who: str, names: Mapping[str, str]) -> None:
    """Refuse an item to whom the table does not give it."""
    if who not in item["recorded_by"]:
        said = "、".join(names[each] for each in item["recorded_by"])
        raise RendaError("duty_points.may_not_enter", item=item["label"], who=said)


def correction(register: Matter, line: int, right: int) -> Mapping[str, Any]:
    """The line to correct; refuse one that is not there, does not count or is right."""
    for each in lines.of(register):
        if each["number"] == line and "corrects" not in each and each["status"] == "counted":
            now = lines.quantity(register, line)
            if now == right:
                raise RendaError("duty_points.already_right", line=line, quantity=now)
            return each
    raise RendaError("duty_points.no_such_line", line=line)


def waiting(register: Matter, refused: Sequence[int]) -> None:
    """Refuse to refuse a line that does not wait."""
    allowed = [line["number"] for line in lines.of(register) if line["status"] == "pending"]
    for line in refused:
        if line not in allowed:
            raise RendaError("duty_points.not_pending", line=line, allowed="、".join(map(str, allowed)) or "—")


def period(year: Matter, number: int, periods: int, turn: Turn) -> None:
    """Refuse a period out of turn, not over, or with lines that nobody has looked at."""
    if not 1 <= number <= periods:
        raise RendaError("duty_points.no_period", count=periods, period=number)
    wanted = len(year.payload.get("published", ())) + 1
    if number != wanted:
        raise RendaError("duty_points.order", wanted=wanted, given=number)
    last = lines.last_day(year.payload["year"], number, periods)
    if turn.day <= last:
        raise RendaError("duty_points.not_over", period=number, last=last, day=turn.day)
    late = [
        _name(register)
        for register in year.children("register")
        if any(line["status"] == "pending" and line["booked"] <= last for line in lines.of(register))
    ]
    if late:
        raise RendaError("duty_points.pending", names="、".join(late), period=number)


def still_public(year: Matter, span: Any, turn: Turn) -> None:
    """Refuse to close a year before the public had its days."""
    begun = year.payload["published"][-1]["on"]
    last = due(begun, span, turn.calendar).date
    assert last is not None, "no pause holds this clock"
    if turn.day <= last:
        raise RendaError("duty_points.still_public", last=last, day=turn.day)


def ending(register: Matter, ended: date) -> None:
    """Refuse an end before something that counts was done."""
    for line in lines.of(register):
        if line["day"] > ended and "corrects" not in line and lines.quantity(register, line["number"]) > 0:
            raise RendaError("duty_points.lines_after_end", line=line["number"], day=line["day"], ended=ended)


def _name(register: Matter) -> str:
    deputy = register.party("subject")
    return "" if deputy is None else deputy.name
