"""How many liaisons each deputy has, what was brought and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from renda import Explained, Fact, Matter, Party, Problem, Records, Sheet, counted, leaf, percent, ratio, total

from . import items
from .people import serving


def kept(code: str, records: Records) -> dict[int, int]:
    """Deputy's number → how many liaisons serve."""
    return {team.payload["deputy"]: len(serving(team)) for team in records.matters(code, "team", states=("serving",))}


def short(code: str, per_deputy: int, records: Records, day: date) -> list[tuple[Party, int]]:
    """The deputies of a day who have fewer liaisons than the rule says, with how many they have."""
    have = kept(code, records)
    return [
        (each, have.get(each.id, 0)) for each in records.parties("deputy", day) if have.get(each.id, 0) < per_deputy
    ]


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """Liaisons by deputy, items of the time, invitations of the time."""
    brought = records.matters(code, "item", since=since, until=until)
    found = [_by_deputy(code, params, until, records), _items(brought)]
    if params.occasions:
        found.append(_invitations(records.matters(code, "invitation", since=since, until=until), records))
    return found


def _by_deputy(code: str, params: Any, until: date, records: Records) -> Sheet:
    have, deputies = kept(code, records), records.parties("deputy", until)
    rows = [
        (each.name, have.get(each.id, 0), max(params.per_deputy - have.get(each.id, 0), 0) or "配齐")
        for each in deputies
    ]
    full = [str(each.id) for each in deputies if have.get(each.id, 0) >= params.per_deputy]
    figures: list[Explained] = [
        leaf("代表", len(deputies)),
        total("民情联络员", *(leaf(each.name, have[each.id]) for each in deputies if each.id in have)),
        percent(ratio("配齐", counted("配齐的代表", full), len(deputies)), 1, label="配齐率"),
    ]
    columns = ("代表", "联络员", f"还缺(应有 {params.per_deputy} 名)")
    return Sheet(
        "liaisons",
        "民情联络员配备",
        columns,
        rows,
        figures,
        public=True,
        public_reason="numbers for each deputy; no liaison is named",
    )


def _items(brought: Sequence[Matter]) -> Sheet:
    rows = [
        (
            each.id,
            each.title,
            each.payload["brought_by"],
            _name(each, "contact"),
            _name(each, "assignee"),
            items.ITEM[each.state],
        )
        for each in brought
    ]
    figures = [
        counted("民情事项", _ids(brought)),
        counted("已答复", _ids([each for each in brought if each.state in {"answered", "closed"}])),
        counted("转为代表建议", _ids([each for each in brought if each.state == "suggested"])),
        counted("列为议题", _ids([each for each in brought if each.state == "listed"])),
    ]
    columns = ("编号", "事项", "反映人", "代表", "承办单位", "状态")
    return Sheet("liaison_items", "民情事项", columns, rows, figures)


def _invitations(found: Sequence[Matter], records: Records) -> Sheet:
    rows = [
        (
            each.payload["on"],
            each.payload["occasion"],
            each.payload["subject"],
            len(each.payload["invited"]),
            len(each.payload.get("attended", ())),
            len(each.payload.get("remarks", ())),
        )
        for each in found
    ]
    columns = ("日期", "场合", "内容", "受邀", "到场", "意见")
    return Sheet("supervisors", "选民监督员参加活动", columns, rows, [counted("活动", _ids(found))])


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> Iterator[Fact]:
    """``liaison.brought``: a deputy's liaison brought something, on that day."""
    relation = None if subject is None else "contact"
    for item in records.matters(code, "item", since=since, until=until, party=subject, relation=relation):
        deputy = item.party("contact")
        if deputy is not None:
            text = f"{item.payload['brought_by']}反映“{item.title}”"
            yield Fact("liaison.brought", deputy, item.opened_on, text, matter=item.id)


def problems(code: str, params: Any, records: Records) -> Iterator[Problem]:
    """Deputies without their liaisons, on the last day anything was done here."""
    days = [each.opened_on for each in records.matters(code)]
    if not days:
        yield Problem("还没有建立任何联络关系。请为每名代表登记民情联络员。", f"{code}.toml")
        return
    lacking = short(code, params.per_deputy, records, max(days))
    if lacking:
        named = "、".join(f"{each.name}({have} 名)" for each, have in lacking[:5])
        more = f"等 {len(lacking)} 人" if len(lacking) > 5 else ""
        text = f"{named}{more}的民情联络员不足 {params.per_deputy} 名。请用“建立联络关系”或“增补联络员”补齐。"
        yield Problem(text, f"{code}.toml")


def _name(matter: Matter, relation: str) -> str:
    party = matter.party(relation)
    return "—" if party is None else party.name


def _ids(found: Sequence[Matter]) -> list[str]:
    return [f"{each.id}号" for each in found]
