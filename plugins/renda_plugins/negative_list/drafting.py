"""Deductions drafted from the facts of other practices; one for each organ, item and fact, however often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda import Fact, Matter, Opening, Party, Records

Group = tuple[Fact, ...]


def drafts(
    year: Matter, items: Iterable[Mapping[str, Any]], records: Records, since: date, until: date
) -> list[Opening]:
    """What to open inside ``year``: facts from its first day are read, those completed in the days given draft.

    A fact that a deduction of the year already rests on, whatever became of that, drafts nothing.
    """
    first: date = year.payload["since"]
    used = {
        (each.payload["organ"], each.payload["item"], key)
        for each in year.children("deduction")
        for key in each.payload.get("facts", ())
    }
    opened: list[Opening] = []
    for item in items:
        trigger = item.get("trigger")
        if trigger is None:
            continue
        facts = records.facts(trigger["fact"], since=first, until=until)
        for organ, of_organ in _by_organ(facts, records).items():
            for group in _matching(trigger, of_organ):
                keys = [key_of(fact) for fact in group]
                taken = any((organ.id, item["code"], key) in used for key in keys)
                if since <= group[-1].day <= until and not taken:
                    used |= {(organ.id, item["code"], key) for key in keys}
                    opened.append(_opening(organ, item, group, keys))
    return opened


def key_of(fact: Fact) -> str:
    """What a fact is known by: its code and matter; one about no single matter counts once in a year."""
    return f"{fact.code}@{'' if fact.matter is None else fact.matter}"


def holds(trigger: Mapping[str, Any], fact: Fact) -> bool:
    """Whether the fact meets the trigger's condition; a share of nothing (no denominator) meets none."""
    value = None if fact.number is None else fact.number.value
    if "is_" in trigger:
        return bool(value == trigger["is_"])
    bounds = [(name, trigger[name]) for name in ("below", "at_least") if name in trigger]
    if not bounds:
        return True
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return False
    name, bound = bounds[0]
    return Fraction(value) < Fraction(bound) if name == "below" else Fraction(value) >= Fraction(bound)


def _by_organ(facts: Iterable[Fact], records: Records) -> dict[Party, list[Fact]]:
    """Facts by the organ they are about; one about an official goes to the organ of the post held that day."""
    found: dict[Party, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda each: (each.day, each.matter or 0)):
        organ: Party | None = fact.subject
        if fact.subject.noun == "person":
            post = records.post(fact.subject.id, fact.day)
            organ = None if post is None else post[1]
        if organ is not None:
            found[organ].append(fact)
    return found


def _matching(trigger: Mapping[str, Any], facts: Sequence[Fact]) -> Iterator[Group]:
    """Runs of ``times`` facts in a row that meet the condition; each fact stands in one run.

    Facts about different projects of one organ are no run: each project has its own.
    """
    runs: dict[Party | None, list[Fact]] = {}
    for fact in facts:
        run = [*runs.get(fact.about, ()), fact] if holds(trigger, fact) else []
        runs[fact.about] = run
        if len(run) == trigger["times"]:
            yield tuple(run)
            runs[fact.about] = []


def _opening(organ: Party, item: Mapping[str, Any], group: Group, keys: Sequence[str]) -> Opening:
    said = [fact.text for fact in group]
    proofs = [f"{fact.day.isoformat()} {fact.text}" for fact in group]
    entries = {
        "organ": organ.id,
        "item": item["code"],
        "occurred_on": group[-1].day,
        "reason": ";".join(said),
        "evidence": proofs,
        "facts": list(keys),
    }
    return Opening("deduction", entries)
