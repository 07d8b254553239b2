"""Tables of places and ledgers, what deputies did there, and what does not agree with the district's own numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from renda import (
    Explained,
    Fact,
    Matter,
    Party,
    Problem,
    Records,
    Sheet,
    cite_matter,
    counted,
    leaf,
    percent,
    ratio,
    total,
)

from . import ledgers
from .params import LEDGERS


def places(code: str, records: Records, until: date | None = None) -> list[Matter]:
    """The places in use, begun up to ``until``."""
    return list(records.matters(code, "place", states=("open",), until=until))


def number(label: str, some: Sequence[Matter]) -> Explained:
    """How many places these are, those entered together counted as many as they are."""
    return total(label, *(leaf(each.title, each.payload["count"], cite_matter(each.id, each.title)) for each in some))


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """Places by street and one by one, and the ledgers of each year within the time."""
    some = places(code, records, until)
    found = [_by_street(some, params), _one_by_one(some, params)]
    years = [year for place in some for year in place.children("year")]
    for wanted in range(since.year, until.year + 1):
        of_year = [year for year in years if year.payload["year"] == wanted]
        if of_year:
            found.append(_ledgers(wanted, of_year, params))
            if params.visits_least:
                found.append(_visits(wanted, of_year, params.visits_least, min(until, date(wanted, 12, 31)), records))
    return found


def _by_street(some: Sequence[Matter], params: Any) -> Sheet:
    streets = list(dict.fromkeys(_keeper(place) for place in some))
    rows = []
    for street in streets:
        own = [place for place in some if _keeper(place) == street]
        rows.append((street, *(number(sort["label"], _of(own, sort)) for sort in params.sorts)))
    figures = [number(sort["label"], _of(some, sort)) for sort in params.sorts]
    keeping = {sort["code"] for sort in params.sorts if sort["ledgers"]}
    figures.append(leaf("街镇", len({_keeper(place) for place in some if place.payload["sort"] in keeping})))
    columns = ("街镇", *(sort["label"] for sort in params.sorts))
    chart = (0, max(range(len(params.sorts)), key=lambda place: _value(figures[place])) + 1)
    return Sheet(
        "places",
        "代表家站点分布",
        columns,
        rows,
        figures,
        chart,
        public=True,
        public_reason="residents have to find the places",
    )


def _one_by_one(some: Sequence[Matter], params: Any) -> Sheet:
    labels = {sort["code"]: sort["label"] for sort in params.sorts}
    rows = [
        (
            place.title,
            labels[place.payload["sort"]],
            _keeper(place),
            place.payload["count"],
            place.payload.get("area", "—"),
            "、".join(each.name for each in place.parties.get("attached", ())) or "—",
        )
        for place in some
    ]
    columns = ("名称", "种类", "街镇", "数量", "面积(平方米)", "驻站代表")
    return Sheet(
        "places_list", "代表家站点名录", columns, rows, public=True, public_reason="residents have to find the places"
    )


def _ledgers(wanted: int, years: Sequence[Matter], params: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for year in years:
        missing = ledgers.kept(year, params)
        score = ledgers.score(year, params.aspects)
        marks = (missing[ledger] or "齐全" for ledger in LEDGERS)
        name = "" if year.parent is None else year.parent.title
        rows.append((name, *marks, "—" if score is None else score, year.payload.get("level", "—")))
    columns = ("站点", *LEDGERS.values(), "考核得分", "等次")
    figures = [leaf("建账站点", len(years)), percent(ledgers.whole_rate(years, params), 1, label="台账齐全率")]
    return Sheet(f"ledgers_{wanted}", f"{wanted} 年度站点台账", columns, rows, figures)


def _visits(wanted: int, years: Sequence[Matter], least: int, until: date, records: Records) -> Sheet:
    """How often each deputy in office took part, and who has yet to come."""
    came: defaultdict[int, list[str]] = defaultdict(list)
    for activity in (each for year in years for each in year.children("activity") if each.payload["day"] <= until):
        for deputy in activity.parties.get("participant", ()):
            came[deputy.id].append(f"{activity.id}号")
    deputies = records.parties("deputy", until)
    rows = [
        (each.name, counted(each.name, came[each.id]), max(least - len(came[each.id]), 0) or "已达到")
        for each in deputies
    ]
    enough = counted("达到的代表", [str(each.id) for each in deputies if len(came[each.id]) >= least])
    figures = [leaf("在任代表", len(deputies)), percent(ratio("达标率", enough, len(deputies)), 1, label="达标率")]
    columns = ("代表", "参加活动次数", f"还缺(应有 {least} 次)")
    return Sheet(f"visits_{wanted}", f"{wanted} 年度代表进站情况", columns, rows, figures)


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> Iterator[Fact]:
    """``station.activity``: a deputy took part in an activity of a place, on its day."""
    relation = None if subject is None else "participant"
    for activity in records.matters(code, "activity", party=subject, relation=relation):
        day = activity.payload["day"]
        if since <= day <= until:
            for deputy in activity.parties.get("participant", ()):
                if subject is None or deputy.key == subject.key:
                    yield Fact("station.activity", deputy, day, activity.title, matter=activity.id)


def problems(code: str, params: Any, records: Records) -> Iterator[Problem]:
    """Where places are other than the district says, or have fewer deputies than their sort asks for."""
    some = places(code, records)
    for sort in params.sorts:
        own = _of(some, sort)
        found = sum(place.payload["count"] for place in own)
        expected = sort.get("expected")
        if expected is not None and found != expected:
            yield Problem(
                f"{sort['label']}登记了 {found} {sort['unit']},区县文件写的是 {expected} {sort['unit']}。请补登记或改文件。",
                f"{code}.toml",
            )
        bare = [place.title for place in own if len(place.parties.get("attached", ())) < sort["deputies_least"]]
        if bare:
            shown = "、".join(bare[:5]) + (f"等 {len(bare)} {sort['unit']}" if len(bare) > 5 else "")
            yield Problem(
                f"{shown}的驻站代表不足 {sort['deputies_least']} 名。请用“调整驻站代表”补上。", f"{code}.toml"
            )


def _of(some: Sequence[Matter], sort: Any) -> list[Matter]:
    return [place for place in some if place.payload["sort"] == sort["code"]]


def _keeper(place: Matter) -> str:
    keeper = place.party("keeper")
    return "" if keeper is None else keeper.name


def _value(found: Explained) -> int:
    return found.value if isinstance(found.value, int) else 0
