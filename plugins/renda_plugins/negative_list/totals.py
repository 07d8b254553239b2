"""What an organ loses in a year: the sum of what took effect, each item and the whole at most its cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from renda import (
    Actor,
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    capped,
    cite_fact,
    cite_matter,
    cite_rule,
    floored,
    gathered,
    leaf,
    minus,
    total,
)

from .params import COLUMNS


def of_deduction(matter: Matter) -> Explained:
    """The points one deduction takes: as drafted, or less after an appeal."""
    held = matter.payload
    cites = [cite_rule(f"负面清单 {held['item']}:{held['item_label']}"), cite_matter(matter.id, matter.title)]
    cites += [cite_fact(fact) for fact in held.get("facts", ())]
    drafted = leaf(f"{held['item']} 扣分", held["amount"], cites)
    reduced = held.get("reduced_to")
    return drafted if reduced is None else capped(drafted, reduced, f"{held['item']} 复核减轻")


def in_effect(year: Matter) -> dict[Party, list[Matter]]:
    """The deductions of a year that took effect, by organ, organs in the order of their first."""
    found: dict[Party, list[Matter]] = defaultdict(list)
    for matter in year.children("deduction"):
        organ = matter.party("subject")
        if matter.state == "effective" and organ is not None:
            found[organ].append(matter)
    return found


def of_organ(year: Matter, organ: Party, deductions: Iterable[Matter]) -> Explained:
    """Σ of an organ's deductions: each item at most its yearly cap, the whole at most the organ's."""
    by_item: dict[str, list[Matter]] = defaultdict(list)
    for matter in deductions:
        by_item[matter.payload["item"]].append(matter)
    items = [
        capped(total("各次扣分", *(of_deduction(each) for each in some)), some[0].payload["cap"], f"第 {code} 项")
        for code, some in by_item.items()
    ]
    return capped(total("各项合计", *items), year.payload["organ_cap"], organ.name)


def of_year(year: Matter) -> Explained | None:
    """All organs of a year side by side; None while none lost anything."""
    sums = [of_organ(year, organ, some) for organ, some in in_effect(year).items()]
    return gathered(f"{year.payload['year']} 年度扣分", *sums) if sums else None


def entered(year: Matter, lost: Explained) -> Explained:
    """What enters the assessment: the base less what was lost, not under the floor."""
    return floored(minus("基准分减扣分", year.payload["base"], lost), year.payload["floor"], "计入考核")


def effective_on(matter: Matter) -> date | None:
    """The day a deduction took effect."""
    days = [matter.done_on(name) for name in ("accept", "take_effect", "review")]
    return max((day for day in days if day is not None), default=None) if matter.state == "effective" else None


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``negative.deduction``: an organ lost points, on the day that took effect."""
    if subject is not None and subject.noun != "organ":
        return []
    told = []
    relation = None if subject is None else "subject"
    for matter in records.matters(code, "deduction", states=("effective",), party=subject, relation=relation):
        day, organ = effective_on(matter), matter.party("subject")
        if day is not None and organ is not None and since <= day <= until:
            number = of_deduction(matter)
            text = f"{organ.name}因“{matter.payload['item_label']}”扣 {number.value} 分"
            told.append(Fact("negative.deduction", organ, day, text, number, matter.id))
    return told


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """Deductions of an organ, or of the organ an official headed on the day each thing happened."""
    entries, numbers = [], []
    organ = subject if subject.noun == "organ" else None
    relation = None if organ is None else "subject"
    for matter in records.matters(code, "deduction", states=("effective",), party=organ, relation=relation):
        if organ is None:
            post = records.post(subject.id, matter.payload["occurred_on"])
            if post is None or post[1] != matter.party("subject"):
                continue
        numbers.append(of_deduction(matter))
        entries.append(
            Entry(matter.payload["occurred_on"], f"{matter.payload['reason']}({numbers[-1].value})", matter.id)
        )
    return Section(title, entries, [total("扣分合计", *numbers)]) if entries else None


def sheets(code: str, export: Sequence[Mapping[str, Any]], since: date, until: date, records: Records) -> list[Sheet]:
    """For each year within the time: its table with a picture, and the assessment office's import sheet."""
    found = []
    for year in records.matters(code, "year"):
        if year.payload["since"] <= until and year.payload["until"] >= since:
            found += [_table(year), _export(year, export)]
    return found


def _table(year: Matter) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for organ, some in in_effect(year).items():
        lost = of_organ(year, organ, some)
        rows.append((organ.name, lost, entered(year, lost), ";".join(str(each.payload["reason"]) for each in some)))
    number = year.payload["year"]
    columns = ("单位", "扣分合计", "计入考核", "事由")
    figures = [row[1] for row in rows]
    return Sheet(f"negative_{number}", f"{number} 年度扣分表", columns, rows, figures, chart=(0, 1))


def _export(year: Matter, export: Sequence[Mapping[str, Any]]) -> Sheet:
    """One row for each organ with its capped sum: the office that adds up rows must not pass a cap."""
    rows = []
    for organ, some in in_effect(year).items():
        cells = _cells(year, organ, some)
        rows.append(tuple(cells[column["shows"]] for column in export))
    number = year.payload["year"]
    headers = tuple(str(column["header"]) for column in export)
    return Sheet(f"negative_{number}_export", f"{number} 年度考核导入表", headers, rows)


def _cells(year: Matter, organ: Party, some: Sequence[Matter]) -> dict[str, Any]:
    held = [each.payload for each in some]
    days = [day for day in map(effective_on, some) if day is not None]
    cells = {
        "year": year.payload["year"],
        "organ": organ.name,
        "item": "、".join(dict.fromkeys(str(each["item"]) for each in held)),
        "amount": of_organ(year, organ, some).value,
        "reason": ";".join(str(each["reason"]) for each in held),
        "evidence": ";".join(proof for each in held for proof in each.get("evidence", ())),
        "decided": max(days),
        "matter": "、".join(str(each.id) for each in some),
    }
    assert cells.keys() == COLUMNS.keys()
    return cells


def insiders_only(matter: Matter, viewer: Actor) -> bool | None:
    """Until it takes effect a deduction is seen by the committee and, once it is asked, by the organ alone."""
    inside = {"clerk", "member", "chair", "auditor", "system"}
    if matter.kind != "deduction" or matter.state == "effective" or viewer.roles & inside:
        return None
    return matter.state != "drafted" and "subject" in matter.relations_of(viewer)
