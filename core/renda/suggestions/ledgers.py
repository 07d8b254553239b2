"""What organs promised in their replies, and how the replies fall into the district's classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from renda.answers import Sheet
from renda.explain import Explained, counted, percent, ratio
from renda.matter import Matter

PROMISES = ("编号", "承办单位", "承诺事项", "承诺年份", "落实情况", "状态")
CLASSES = ("类别", "含义", "件数", "占比(%)")


def promises_sheet(assignments: Iterable[Matter], since: date, until: date) -> Sheet:
    """承诺事项台账: what falls due from the year of ``since`` to that of ``until``, and what is still owed from before.

    A promise is overdue after the last day of its year. Suggestions are named by number, as not every title is public.
    """
    rows: list[Sequence[Any]] = []
    kept: dict[str, list[str]] = {"已落实": [], "落实中": [], "逾期未落实": []}
    for each in assignments:
        year = each.payload.get("commitment_year")
        if year is None or year > until.year:
            continue
        state = _state(each, year, until)
        if state == "已落实" and year < since.year:
            continue
        number = each.id if each.parent is None else each.parent.id
        kept[state].append(f"{each.id}号")
        organ = "、".join(party.name for party in each.parties.get("assignee", ()))
        rows.append((number, organ, each.payload["commitment"], year, each.payload.get("progress") or "—", state))
    figures = [counted(label, numbers) for label, numbers in kept.items()]
    every = [number for numbers in kept.values() for number in numbers]
    return Sheet("promises", "代表建议承诺事项台账", PROMISES, rows, (counted("承诺事项", every), *figures))


def _state(assignment: Matter, year: int, until: date) -> str:
    reported = assignment.done_on("report_implementation")
    if reported is not None and reported <= until:
        return "已落实"
    return "逾期未落实" if until > date(year, 12, 31) else "落实中"


def classes_sheet(replied: Sequence[Matter], classes: Sequence[Mapping[str, Any]]) -> Sheet:
    """How many replies fall into each class, of all suggestions that were answered."""
    every = counted("已答复件数", [f"{each.id}号" for each in replied])
    rows: list[Sequence[Any]] = []
    for known in classes:
        own = counted(
            known["label"], [f"{each.id}号" for each in replied if each.payload["result_class"] == known["code"]]
        )
        rows.append((known["code"], known["label"], own, _share(known["code"], own, every)))
    return Sheet(
        "classes",
        "代表建议答复类别",
        CLASSES,
        rows,
        (every,),
        chart=(0, 2),
        public=True,
        public_reason="numbers of replies; no suggestion is named",
    )


def _share(label: str, part: Explained, whole: Explained) -> Explained:
    return percent(ratio("占比", part, whole), 1, label=label)
