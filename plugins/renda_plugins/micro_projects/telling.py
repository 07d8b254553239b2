"""What is told of micro projects: facts, an organ's and a deputy's page, the table of the streets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from renda import (
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    cite_matter,
    condition,
    counted,
    leaf,
    percent,
    ratio,
    times,
    total,
)

from .items import STATES

FIRST = date(1954, 9, 15)
CHOSEN = ("chosen", "carrying", "done", "evaluated", "stopped")
SHORTLISTED = (*CHOSEN, "shortlisted", "not_chosen")
UNSCREENED = ("proposed", "passed")
COLUMNS = ("征集件数", "代表提出已筛选件数", "代表提出入围件数", "票选确定件数", "完成件数")
ENTRIES = ("proposed", "by_deputies", "deputies_shortlisted", "chosen", "finished")


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``micro.shortlisted`` (the deputy who proposed), ``micro.finished`` and ``micro.unfinished`` (who carries out)."""
    found = (fact for item in records.matters(code, "item") for fact in _of(item, until))
    return [each for each in found if since <= each.day <= until and (subject is None or each.subject == subject)]


def _of(item: Matter, until: date) -> Iterator[Fact]:
    deputy, organ = next(iter(item.parties.get("proposer", ())), None), item.party("assignee")
    day, finished, last = item.done_on("shortlist"), item.done_on("finish"), item.payload.get("finish_on")
    if deputy is not None and day is not None:
        yield Fact("micro.shortlisted", deputy, day, f"提出的民生微实事“{item.title}”入围", None, item.id)
    if organ is not None and finished is not None and item.state in {"done", "evaluated"}:
        yield Fact("micro.finished", organ, finished, f"民生微实事“{item.title}”完成", None, item.id)
    if organ is not None and item.state == "carrying" and last is not None and last < until:
        text = f"民生微实事“{item.title}”到期没有完成"
        yield Fact("micro.unfinished", organ, last + timedelta(days=1), text, None, item.id)


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """The projects of an organ or a deputy, as the page tells them."""
    relation = "assignee" if subject.noun == "organ" else "proposer"
    found = records.matters(code, "item", party=subject, relation=relation)
    entries = [Entry(each.opened_on, f"{each.title}:{STATES[each.state]}", each.id) for each in found]
    return Section(title, entries) if entries else None


@dataclass
class Tally:
    """A street: its projects entered here, and what was entered as a sum."""

    items: list[Matter] = field(default_factory=list)
    before: list[Matter] = field(default_factory=list)

    def numbers(self) -> list[Explained]:
        """One number for each of the columns, with its reasons."""
        own = [each for each in self.items if each.parties.get("proposer") and each.state not in UNSCREENED]
        lists = (
            self.items,
            own,
            [each for each in own if each.state in SHORTLISTED],
            [each for each in self.items if each.state in CHOSEN],
            [each for each in self.items if each.state in {"done", "evaluated"}],
        )
        return [
            total(label, counted("逐项登记", [f"{each.id}号" for each in some]), *self._sums(entry))
            for label, entry, some in zip(COLUMNS, ENTRIES, lists, strict=True)
        ]

    def _sums(self, entry: str) -> list[Explained]:
        return [leaf(each.title, each.payload[entry], cite_matter(each.id, each.title)) for each in self.before]


def sheets(code: str, target: Decimal | None, since: date, until: date, records: Records) -> list[Sheet]:
    """The time asked for, everything up to its end, and the projects one by one; all are published."""
    within = _tallies(code, since, until, records)
    rows = [
        (each.id, each.title, each.payload.get("community", ""), _name(each, "proposer"), _name(each, "assignee"),
         each.payload.get("budget", ""), STATES[each.state])
        for tally in within.values() for each in tally.items
    ]  # fmt: skip
    columns = ("编号", "项目", "社区", "提出的代表", "实施单位", "预算(万元)", "状态")
    return [
        _table("micro", "民生微实事情况", within, target),
        _table("micro_all", "民生微实事累计情况", _tallies(code, FIRST, until, records), target),
        Sheet(
            "micro_items",
            "民生微实事项目",
            columns,
            rows,
            public=True,
            public_reason="residents follow the projects of their community",
        ),
    ]


def rates(proposed: Sequence[Explained], target: Decimal | None) -> list[Explained]:
    """完成率, the share of deputies' proposals that were shortlisted and whether it is enough; none without a base."""
    _, deputies, shortlisted, chosen, finished = proposed
    found = []
    if chosen.value:
        found.append(percent(ratio("占比", finished, chosen), 1, label="完成率"))
    if deputies.value:
        share = percent(ratio("占比", shortlisted, deputies), 1, label="代表项目入围率")
        found.append(share)
        if target is not None:
            # Compared before it is rounded: 94.96% is not 95%.
            exact = times(ratio("占比", shortlisted, deputies), 100)
            found.append(condition("代表项目入围率达到目标", exact, ">=", leaf("目标(%)", target)))
    return found


def _tallies(code: str, since: date, until: date, records: Records) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for around in records.matters(code, "round"):
        inside = [each for each in around.children("item") if since <= each.opened_on <= until]
        if inside:
            found.setdefault(_name(around, "street"), Tally()).items += inside
    for summary in records.matters(code, "summary"):
        if since <= summary.payload["since"] and summary.payload["until"] <= until:
            found.setdefault(_name(summary, "street"), Tally()).before.append(summary)
    return found


def _table(code: str, title: str, found: dict[str, Tally], target: Decimal | None) -> Sheet:
    rows = [(street, *tally.numbers()) for street, tally in sorted(found.items())]
    items = [each for tally in found.values() for each in tally.items]
    sums = Tally(items, [each for tally in found.values() for each in tally.before]).numbers()
    return Sheet(
        code,
        title,
        ("街道", *COLUMNS),
        rows,
        [*sums, *rates(sums, target)],
        (0, 4),
        public=True,
        public_reason="numbers of projects for each street",
    )


def _name(matter: Matter, relation: str) -> str:
    party = matter.party(relation)
    return "" if party is None else party.name
