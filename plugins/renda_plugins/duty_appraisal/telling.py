"""What is told of the appraisals: the rate of each, who was appraised in the term and who is left."""

from __future__ import annotations

from collections.abc import Sequence
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
    counted,
    outcomes,
    percent,
    ratio,
    total,
)

from .forms import SORTS
from .refusals import listed_post

MEASURED = ("measured", "rectifying", "rectified", "closed")


def satisfied_rate(appraisal: Matter) -> Explained | None:
    """满意 and 基本满意 of the meeting's ballot, in per cent of its base; None before it and where only its grade is told."""
    return outcomes.satisfied_rate(appraisal.payload.get("figures"), appraisal)


def unit_rate(appraisal: Matter) -> Explained | None:
    """The same of the unit's own poll, which is another ballot of other people; None where only its grade is told."""
    return outcomes.satisfied_rate(appraisal.payload.get("unit_figures"), appraisal)


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``appraisal.result``: how the committee measured an official, about the person."""
    found = []
    for each in records.matters(code, "appraisal", states=MEASURED, party=subject):
        official, day, rate = each.party("subject"), each.done_on("record_measurement"), satisfied_rate(each)
        if official is None or day is None or not since <= day <= until:
            continue
        if subject is None or subject == official:
            share = "" if rate is None else f",满意和基本满意率 {rate.value}%"
            text = f"履职评议测评:{each.payload['outcome']}{share}"
            found.append(Fact("appraisal.result", official, day, text, rate, each.id))
    return found


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An official's appraisals on the official's page."""
    found = facts(code, subject, date.min, date.max, records) if subject.noun == "person" else []
    if not found:
        return None
    entries = [Entry(each.day, each.text, each.matter) for each in found]
    return Section(title, entries, [each.number for each in found if each.number is not None])


def insiders_only(matter: Matter, viewer: Actor) -> bool | None:
    """A hearing is for the office, the chair and the group; an appraisal is not for other departments."""
    known = matter.relations_of(viewer)
    if matter.kind == "batch" or not viewer.roles.isdisjoint({"clerk", "chair", "auditor", "system"}):
        return None
    if known & {"group-leader", "group-deputy", "group-member"}:
        return True
    if matter.kind == "activity":
        return False
    return None if viewer.roles & {"member", "deputy"} else bool(known & {"subject", "assignee"})


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """The coverage of the term, the results, the hearings, and the units' own polls, which nobody publishes."""
    appraisals = [
        each
        for each in records.matters(code, "appraisal", since=params.term_from)
        if each.opened_on <= until and each.state != "dropped"
    ]
    measured = [each for each in appraisals if each.state in MEASURED and _by(each, until)]
    if not appraisals:
        return []
    return [
        _coverage(measured, params, until, records),
        _results(measured, outcomes.levels_of(params.measurement)),
        _hearings(appraisals),
        _polls(appraisals, outcomes.levels_of(params.unit_measurement)),
    ]


def _by(appraisal: Matter, day: date) -> bool:
    measured = appraisal.done_on("record_measurement")
    return measured is not None and measured <= day


def _coverage(measured: Sequence[Matter], params: Any, until: date, records: Records) -> Sheet:
    by_person = {official.id: each for each in measured for official in each.parties.get("subject", ())}
    heads = []
    for person in records.parties("official", until):
        held = listed_post(person.id, until, params.posts, records)
        if held is not None:
            heads.append((person, held))
    rows = []
    for person, (post, organ) in heads:
        done = by_person.get(person.id)
        batch = "" if done is None or done.parent is None else f"第 {done.parent.payload['number']} 批"
        rows.append([person.name, organ.name, post, batch or "未评议"])
    all_heads = counted("应评议", [person.key for person, _ in heads])
    done_heads = counted("已评议", [person.key for person, _ in heads if person.id in by_person])
    figures = (all_heads, done_heads, percent(ratio("已评议占应评议", done_heads, all_heads), 1, label="覆盖率"))
    columns = ("姓名", "单位", "职务", "评议批次")
    return Sheet("appraisal_coverage", "本届履职评议覆盖情况", columns, rows, figures)


def _results(measured: Sequence[Matter], levels: Sequence[str]) -> Sheet:
    rows = []
    for each in measured:
        batch, organ, rate = each.parent, each.party("assignee"), satisfied_rate(each)
        number = "" if batch is None else f"第 {batch.payload['number']} 批"
        votes: Sequence[Any] = outcomes.counts_of(each.payload["figures"], levels) or [None] * len(levels)
        rows.append([number, each.title, organ.name if organ else "", *votes, rate])
    columns = ("批次", "被评议人员", "单位", *levels, "满意和基本满意率")
    return Sheet(
        "appraisal_results",
        "履职评议测评结果",
        columns,
        rows,
        chart=(1, len(columns) - 1),
        public=True,
        public_reason="the committee announces how officials were measured",
    )


def _hearings(appraisals: Sequence[Matter]) -> Sheet:
    batches: dict[int, list[Matter]] = {}
    for each in appraisals:
        if each.parent is not None:
            batches.setdefault(each.parent.payload["number"], []).extend(each.children("activity"))
    rows = [[f"第 {number} 批", *(_held(sort, batches[number]) for sort in SORTS)] for number in sorted(batches)]
    every = [activity for some in batches.values() for activity in some]
    figures = [_held(sort, every) for sort in SORTS]
    return Sheet("appraisal_hearings", "履职评议调研情况", ("批次", *SORTS.values()), rows, figures)


def _held(sort: str, activities: Sequence[Matter]) -> Explained:
    return total(SORTS[sort], *(each.payload["sessions"] for each in activities if each.payload["sort"] == sort))


def _polls(appraisals: Sequence[Matter], levels: Sequence[str]) -> Sheet:
    rows = []
    for each in appraisals:
        rate = unit_rate(each)
        if rate is not None:
            rows.append([each.title, *(outcomes.counts_of(each.payload["unit_figures"], levels) or ()), rate])
    columns = ("被评议人员", *levels, "满意和基本满意率")
    return Sheet("appraisal_polls", "单位民主测评(背对背,不公开)", columns, rows)
