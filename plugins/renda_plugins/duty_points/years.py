"""A year of points: registers, facts, the periods made public, the result made use of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, Records, RendaError, Turn, action, declare

from . import forms, lines, papers, refusals, tables

STATES = MappingProxyType({"open": "登记中", "notice": "公示中", "closed": "已定案"})

declare({"duty_points.no_register": "{name} 在 {year} 年度没有积分档案。"})


KEPT = ("periods", "average_over", "digits", "floor", "low")


class Years(Practice):
    """The actions on a year."""

    abstract = True

    @action("开始年度积分", by="clerk", when=None, then="open", data=forms.Year, kind="year")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_year(self.code, year["year"], turn.records)
        named = year.get("deputies") or [each.id for each in turn.records.parties("deputy", turn.day)]
        kept = {name: getattr(self.params, name, None) for name in KEPT}
        return Change(kept, opens=[Opening("register", {"deputy": number}) for number in dict.fromkeys(named)])

    @action("按事实登记", by="clerk", when="open", data=forms.FactDays, kind="year", aside=True)
    def gather(self, matter: Matter, days: Mapping[str, Any], turn: Turn) -> Change:
        """The lines follow in the registers alone: what is found of a deputy is not for everybody who sees the year."""
        del matter, days, turn
        return Change()

    @action("公布积分", by="clerk", when="open", then=("open", "notice"), data=forms.Period, kind="year")
    def publish(self, matter: Matter, period: Mapping[str, Any], turn: Turn) -> Change:
        number, periods = period["period"], self.params.periods
        refusals.period(matter, number, periods, turn)
        published = [*map(dict, matter.payload.get("published", ())), {"period": number, "on": turn.day}]
        rows = tables.of_period(matter, number)
        then = "notice" if number == periods else "open"
        name = lines.PERIOD_NAMES[periods][number - 1]
        notice = papers.publication(matter.payload["year"], name, rows, self.params.objection)
        return Change({"published": published}, then=then, papers=[notice])

    @action(
        "积分定案",
        by="clerk",
        when="notice",
        then="closed",
        kind="year",
        children={"register": ("open", "pending", "ended")},
    )
    def close(self, matter: Matter, turn: Turn) -> Change:
        refusals.still_public(matter, self.params.objection, turn)
        found = tables.of_year(matter)
        average = tables.average(found, matter)
        return Change(papers=[papers.report(matter.payload["year"], found, average, self.params.report_to)])

    @action("运用积分", by="chair", when="closed", data=forms.Use, kind="year", aside=True)
    def use(self, matter: Matter, use: Mapping[str, Any], turn: Turn) -> Change:
        name = turn.records.party("deputy", use["deputy"]).name
        if all(each.payload["deputy"] != use["deputy"] for each in matter.children("register")):
            raise RendaError("duty_points.no_register", name=name, year=matter.payload["year"])
        fresh = {"used_for": use["use"], "deputy": use["deputy"], "on": turn.day, "grounds": use["use_grounds"]}
        used = [*map(dict, matter.payload.get("used", ())), fresh]
        return Change({"used": used}, papers=[papers.use(matter.payload["year"], name, use)])


def lines_of_facts(
    year: Matter, days: Mapping[str, Any], items: Sequence[Mapping[str, Any]], records: Records, day: date
) -> Iterator[dict[str, Any]]:
    """What ``gather`` on ``day`` adds to each register, of the days of its form that lie in the year."""
    first, last = date(year.payload["year"], 1, 1), date(year.payload["year"], 12, 31)
    since = max(days.get("facts_since", first), first)
    until = min(days.get("facts_until", day), day, last)
    return found_lines(year, items, records, since, until)


def found_lines(
    year: Matter, items: Sequence[Mapping[str, Any]], records: Records, since: date, until: date
) -> Iterator[dict[str, Any]]:
    """For each register what facts of other practices add to it, each fact once; nothing entered by hand twice."""
    wanted = {item["fact"]: item["code"] for item in items if "fact" in item}
    told = [(fact, wanted[code]) for code in wanted for fact in records.facts(code, since=since, until=until)]
    for register in year.children("register"):
        own = [(fact, item) for fact, item in told if fact.subject.id == register.payload["deputy"]]
        ended = register.payload.get("ended_on", until)
        known = {line["fact"] for line in lines.of(register) if "fact" in line}
        fresh = [
            {"item": item, "day": fact.day, "fact": f"{fact.code}@{fact.matter}", "note": fact.text}
            for fact, item in own
            if fact.subject.noun != "organ"
            and fact.day <= ended
            and f"{fact.code}@{fact.matter}" not in known
            and all("fact" in line for line in refusals.same(register, item, fact.day))
        ]
        if fresh:
            yield {"register": register.id, "lines": fresh}
