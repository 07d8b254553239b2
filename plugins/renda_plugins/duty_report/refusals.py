"""What the rule refuses, each in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Party, Records, RendaError, Turn, declare

GONE = ("missing", "excused")

declare(
    {
        "duty_report.second_year": "{year} 年度的述职已经启动。请在原来的年度里办理。",
        "duty_report.year": "{year} 年度的述职要到 {next} 年 1 月 1 日以后才能启动。",
        "duty_report.all_report": "办法规定范围内全部人员述职,不用指定“述职人员”。",
        "duty_report.nobody": "没有述职人员:请填写“述职人员”,或核对任命名册和办法里的职务。",
        "duty_report.not_in_scope": "{name} 在 {day} 没有担任列入述职的职务({posts})。",
        "duty_report.twice": "{name} 在名单上写了两次。请删去一个。",
        "duty_report.no_draw": "办法规定口头述职人员由主任会议确定,不抽签。",
        "duty_report.drawn_already": "{year} 年度已有一次抽签。要重抽,先写明理由把它作废。",
        "duty_report.witness": "监督员 {name} 自己在抽签名单上。请换人。",
        "duty_report.same_person": "{name} 是监督员,不能同时代表主任会议。两方须是两个人。",
        "duty_report.commitment": "承诺应为 64 位十六进制的 SHA-256 摘要,现为“{given}”。",
        "duty_report.same_commitment": "监督员的承诺与主任会议的相同。两方各用自己的种子。",
        "duty_report.not_drawn": "{name} 没有被抽中,不用替换。",
        "duty_report.spoken_already": "{name} 已经口头述职,不能再替换。",
        "duty_report.undrawn": "口头述职人员还没有抽出。先完成抽签。",
        "duty_report.by_draw": "办法规定口头述职人员抽签产生,不能指定。请把“口头述职人员”留空。",
        "duty_report.by_rule": "办法已经写明测评对象({whom}),不能指定。请把“测评对象”留空。",
        "duty_report.count": "“{entry}”应为 {wanted} 人,现为 {given} 人。",
        "duty_report.not_reporting": "{name} 不在这一年度的述职人员里,或者已经不再述职。",
        "duty_report.not_oral": "{title} 只作书面述职,没有列入口头述职。",
        "duty_report.not_called": "{title} 属于“{group}”,按办法不口头述职、不测评。",
        "duty_report.unspoken": "列入口头述职的还没有述职:{missing}。",
        "duty_report.unmeasured": "还没有测评结果:{missing}。先把测评计票,再报告。",
        "duty_report.nobody_measured": "没有可以测评的人员。",
        "duty_report.not_late": "还没有到期({due}),不用催报。",
        "duty_report.not_reminded": "还没有催报过。先催报,再登记未提交。",
        "duty_report.replace_first": "{title} 已被抽中口头述职。先在抽签里写明理由替换,再登记不再述职。",
    },
    status=409,
)


def second_year(matter: Matter, code: str, year: int, params: Any, turn: Turn) -> None:
    """One round a year, begun when the year is over, or in it where reports go to a meeting of the year."""
    first = year + 1 if params.due == "first_quarter" else year
    if turn.day.year < first:
        raise RendaError("duty_report.year", year=year, next=first)
    others = (each for each in turn.records.matters(code, "round") if each.id != matter.id)
    if any(each.payload.get("year") == year and each.state != "cancelled" for each in others):
        raise RendaError("duty_report.second_year", year=year)


def scoped(person: int, day: date, params: Any, records: Records) -> tuple[str, Party, Any] | None:
    """Post, organ and group of somebody on a day, of several posts the one whose group stands first; None outside."""
    held = records.posts(person, day)
    found = ((post, organ, group) for group in params.scope for post, organ in held if post in group["posts"])
    return next(found, None)


def in_scope(person: int, day: date, params: Any, records: Records) -> tuple[str, Party, Any]:
    """Post, organ and group of somebody on a day; others are refused."""
    found = scoped(person, day, params, records)
    if found is None:
        posts = "、".join(post for each in params.scope for post in each["posts"])
        name = records.party("person", person).name
        raise RendaError("duty_report.not_in_scope", name=name, day=day.isoformat(), posts=posts)
    return found


def twice(people: Sequence[int], records: Records) -> None:
    """Nobody stands on a list twice."""
    for person in people:
        if people.count(person) > 1:
            raise RendaError("duty_report.twice", name=records.party("person", person).name)


def designated(around: Matter, people: Sequence[int], entry: str, wanted: int | None, turn: Turn) -> None:
    """As many as the rule says, all reporting this year, all of a group that may be called."""
    twice(people, turn.records)
    if wanted is not None and len(people) != wanted:
        raise RendaError("duty_report.count", entry=entry, wanted=wanted, given=len(people))
    reporting = {each.payload["official"]: each for each in around.children("report") if each.state not in GONE}
    for person in people:
        if person not in reporting:
            raise RendaError("duty_report.not_reporting", name=turn.records.party("person", person).name)


def callable_groups(around: Matter, people: Sequence[int], params: Any) -> None:
    """Only groups marked so are called to the meeting."""
    groups = {group["code"]: group for group in params.scope}
    for each in around.children("report"):
        group = groups[each.payload["group"]]
        if each.payload["official"] in people and not group["oral"]:
            raise RendaError("duty_report.not_called", title=each.title, group=group["label"])


def replaceable(draw: Matter, by_code: Mapping[str, Matter | None], person: int, records: Records) -> None:
    """Somebody who was drawn and has not spoken yet."""
    found = [each for code, each in by_code.items() if code in draw.payload["drawn"] and each is not None]
    report = next((each for each in found if each.payload["official"] == person), None)
    if report is None:
        raise RendaError("duty_report.not_drawn", name=records.party("person", person).name)
    if report.state not in {"due", "submitted"}:
        raise RendaError("duty_report.spoken_already", name=records.party("person", person).name)
