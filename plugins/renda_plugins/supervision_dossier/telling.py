"""What is told of officials: one page each, in time order; who has been supervised in the term and who is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda import (
    Actor,
    Entry,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    counted,
    percent,
    ratio,
)

from .params import USES
from .plans import STEP
from .uses import MADE, stood_on
from .uses import STATES as USE_STATES

INSIDERS = frozenset({"clerk", "member", "chair", "auditor", "system"})
STEP_COLUMNS = ("规划", "目标", "期限", "实现日期", "成果", "状态")
USE_COLUMNS = ("干部", "单位", "方式", "事由", "决定日期", "运用结果", "状态")


def may_read(viewer: Actor, subject: Party | None, organ: Party | None) -> bool:
    """Insiders, the official, and those who act for the organ."""
    own = any(party is not None and viewer.stands_for(party) for party in (subject, organ))
    return own or bool(viewer.roles & INSIDERS)


@dataclass(frozen=True)
class Found:
    """The matters that count as supervision of somebody in the term, by way and by whom they name."""

    by_way: Sequence[dict[Party, list[Matter]]]

    def of(self, place: int, official: Party, organ: Party | None, records: Records) -> list[Matter]:
        """Those of one way about an official: by name, or about the organ of today while the official was there."""
        held = self.by_way[place]
        named = [each for party, some in held.items() if party.key == official.key for each in some]
        about = (
            () if organ is None else [each for party, some in held.items() if party.key == organ.key for each in some]
        )
        return named + [each for each in about if _served(records, official, organ, each.opened_on)]


def gathered_by_way(ways: Sequence[Any], since: date, until: date, records: Records) -> Found:
    """All that counts, read with one query for each way."""
    found = []
    for way in ways:
        held: dict[Party, list[Matter]] = defaultdict(list)
        states = tuple(way["states"])
        for matter in records.matters(way["practice"], way["kind"], states=states, since=since, until=until):
            for party in matter.all_parties(way["relation"]):
                if party.noun == way["of"] and _had_come(matter, way["done"], until):
                    held[party].append(matter)
        found.append(held)
    return Found(found)


def _had_come(matter: Matter, actions: Sequence[str], day: date) -> bool:
    """Whether one of the actions that make a matter count had been taken by ``day``; yes where none is named."""
    taken = [matter.done_on(name) for name in actions]
    return not actions or any(each is not None and each <= day for each in taken)


def _served(records: Records, official: Party, organ: Party | None, day: date) -> bool:
    post = records.post(official.id, day)
    return post is not None and organ is not None and post[1].id == organ.id


def section(code: str, params: Any, subject: Party, records: Records) -> Section | None:
    """An official's dossier: everything about the person and, while there, the organ, in time order."""
    since, day = params.term_since, records.today()
    found = gathered_by_way(params.ways, since, day, records)
    post = records.post(subject.id, day)
    entries: dict[int, Entry] = {}
    for place, way in enumerate(params.ways):
        for matter in found.of(place, subject, None if post is None else post[1], records):
            entries[matter.id] = Entry(matter.opened_on, f"{way['label']}:{matter.title}", matter.id)
    for matter in records.matters(party=subject, relation="subject"):
        if matter.practice != code:
            entries.setdefault(matter.id, Entry(matter.opened_on, matter.title, matter.id))
    lines = list(entries.values())
    uses = records.matters(code, "use", party=subject, relation="subject")
    lines += [Entry(use.payload.get("decided_on", use.opened_on), _said(use), use.id) for use in uses]
    for told in params.told:
        facts = records.facts(told, since=since, until=day, subject=subject)
        lines += [Entry(fact.day, fact.text, fact.matter) for fact in facts]
    if not lines:
        return None
    lines.sort(key=lambda line: (line.day, line.matter or 0))
    return Section("任后监督档案", lines, [counted("本届监督事项", [str(number) for number in entries])])


def _said(use: Matter) -> str:
    words = f"{USES[use.payload['use']]}:{use.payload['grounds']}({USE_STATES[use.state]})"
    outcome = use.payload.get("outcome")
    return words if outcome is None else f"{words};{outcome}"


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """The coverage of the term up to ``until``, the uses decided in the time, the plan's steps."""
    found = [_coverage(code, params, until, records), _uses(code, since, until, records)]
    plans = records.matters(code, "plan", until=until)
    if plans:
        all_steps = [step for plan in plans for step in plan.children("step")]
        rows = [_step_row(step, until) for step in all_steps]
        reached = [str(step.id) for step in all_steps if _reached(step, until)]
        share = ratio("占比", counted("已实现", reached), counted("目标", [str(step.id) for step in all_steps]))
        progress = [percent(share, params.digits, label="目标实现率")]
        found.append(
            Sheet(
                "plan",
                "任后履职监督规划",
                STEP_COLUMNS,
                rows,
                progress,
                public=True,
                public_reason="the committee publishes its plan; no official is named",
            )
        )
    return found


def _coverage(code: str, params: Any, until: date, records: Records) -> Sheet:
    found = gathered_by_way(params.ways, params.term_since, until, records)
    used: dict[int, int] = defaultdict(int)
    for use in records.matters(code, "use", since=params.term_since, until=until):
        person = use.party("subject")
        if person is not None and stood_on(use, until) in MADE:
            used[person.id] += 1
    columns = ("干部", "单位", "职务", *(way["label"] for way in params.ways), "结果运用", "已监督")
    rows: list[tuple[Any, ...]] = []
    covered, officials = [], records.parties("official", until)
    for official in officials:
        post = records.post(official.id, until)
        organ = None if post is None else post[1]
        counts = [len(found.of(place, official, organ, records)) for place in range(len(params.ways))]
        if any(counts):
            covered.append(official.key)
        names = (official.name, "" if post is None else post[1].name, "" if post is None else post[0])
        rows.append((*names, *counts, used[official.id], "是" if any(counts) else "否"))
    share = ratio("占比", counted("已监督", covered), counted("任命干部", [each.key for each in officials]))
    return Sheet("coverage", "本届任命干部监督覆盖", columns, rows, [percent(share, params.digits, label="覆盖率")])


def _uses(code: str, since: date, until: date, records: Records) -> Sheet:
    made = [each for each in records.matters(code, "use") if stood_on(each, until) in MADE]
    uses = [each for each in made if each.payload["decided_on"] >= since]
    figures = [
        counted(label, [str(each.id) for each in uses if each.payload["use"] == name]) for name, label in USES.items()
    ]
    return Sheet("uses", "监督结果运用", USE_COLUMNS, [_use_row(each, until) for each in uses], figures)


def _use_row(use: Matter, day: date) -> tuple[Any, ...]:
    person, organ, held = use.party("subject"), use.party("assignee"), use.payload
    names = ("" if person is None else person.name, "" if organ is None else organ.name)
    state = stood_on(use, day) or use.state
    outcome = held.get("outcome") if state == "concluded" else None
    return (*names, USES[held["use"]], held["grounds"], held["decided_on"], outcome, USE_STATES[state])


def _reached(step: Matter, day: date) -> bool:
    reached: date | None = step.payload.get("reached_on")
    return reached is not None and reached <= day


def _step_row(step: Matter, day: date) -> tuple[Any, ...]:
    held, known = step.payload, _reached(step, day)
    name = "" if step.parent is None else step.parent.payload["name"]
    shown = (held["reached_on"], ";".join(held["shown_by"])) if known else (None, "")
    return (name, held["step"], held["due"], *shown, STEP["reached" if known else "pending"])


def decided(code: str, subject: Party | None, records: Records) -> Iterable[Matter]:
    """The uses that were decided and not taken back."""
    for use in records.matters(code, "use", party=subject, relation=None if subject is None else "subject"):
        if use.state in MADE:
            yield use


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``use.circular``, ``use.interview``, ``use.special``, ``use.transfer``, about the official."""
    told = []
    for use in decided(code, subject, records):
        person, day = use.party("subject"), use.payload["decided_on"]
        if person is not None and since <= day <= until:
            text = f"{USES[use.payload['use']]}:{use.payload['grounds']}"
            told.append(Fact(f"use.{use.payload['use']}", person, day, text, None, use.id))
    return told
