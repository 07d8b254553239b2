"""The finance bureau's table, as it is copied out of a spreadsheet: rows with exact numbers, or every mistake.

A block copied from a spreadsheet arrives as lines with tabs; commas are taken as well. The first line holds the
headings, in any order; columns nobody asks for are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from renda import Project, RendaError, TableError, declare

declare(
    {
        "budget_pace.table": "进度表有 {count} 处错误,一行也没有录入:{mistakes}",
        "budget_pace.heading": "表头缺少“{missing}”。表头应有:{wanted};计划进度一列可以没有。",
        "budget_pace.empty": "进度表里一行也没有。请连同表头一起复制。",
        "budget_pace.row": "第 {line} 行“{column}”:{mistake}",
        "budget_pace.row_unknown": "名册里没有编码为“{code}”的项目",
        "budget_pace.row_no_unit": "项目“{project}”没有写明承担单位,请先补名册",
        "budget_pace.row_twice": "“{code}”在前面已经有了",
        "budget_pace.row_number": "应为数字,现为“{value}”",
        "budget_pace.row_fraction": "现为 {value},分不清是百分之几还是小数。请写成 75 或 75%",
        "budget_pace.row_negative": "不能小于 0,现为 {value}",
        "budget_pace.row_over_cut": "调减 {cut} 元超过年初预算 {budget} 元",
        "budget_pace.row_no_budget": "调整后没有预算,却支出了 {paid} 元",
        "budget_pace.row_plan": "应在 0 至 100 之间,现为 {planned}",
    }
)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOST_TOLD = 20
OPTIONAL = ("planned", "adjustment", "carried")
FIGURES = ("budget", "adjustment", "carried", "planned", "paid")
LABELS = {
    "budget": "年初预算",
    "adjustment": "预算调整",
    "carried": "上年结转",
    "planned": "计划进度",
    "paid": "累计支出",
}


def read(text: str, columns: Mapping[str, str], projects: Sequence[Project], planned: Decimal) -> list[dict[str, Any]]:
    """The rows as entries of a pace; ``planned`` is the district's own plan for the quarter, in per cent.

    Amounts are in yuan. Raises ``budget_pace.table`` with every mistake, its line and its column;
    ``budget_pace.heading``, ``budget_pace.empty``.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    cells = list(csv.reader(lines, delimiter="\t" if "\t" in "".join(lines[:1]) else ","))
    if not cells:
        raise RendaError("budget_pace.empty")
    places = _places(cells[0], columns)
    if len(cells) == 1:
        raise RendaError("budget_pace.empty")
    known = {project.code: project for project in projects}
    entries: list[dict[str, Any]] = []
    mistakes: list[tuple[int, str, str]] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(cells[1:], start=2):
        held = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        found = list(_wrong(held, columns, known, seen))
        seen.setdefault(held["code"], line)
        mistakes += [(line, column, said) for column, said in found]
        if not found:
            entries.append(_entries(held, known[held["code"]], planned))
    if mistakes:
        sentences = [
            RendaError("budget_pace.row", line=line, column=column, mistake=said).message
            for line, column, said in mistakes[:MOST_TOLD]
        ]
        told = ";".join(sentences) + ("……" if len(mistakes) > MOST_TOLD else "。")
        refused = [(line, column, f"{said}。") for line, column, said in mistakes]
        raise TableError("budget_pace.table", rows=refused, count=len(mistakes), mistakes=told)
    return entries


def number(text: str, *, share: bool = False) -> Decimal | None:
    """A number as spreadsheets write it, with thousands separated; a ``share`` may have a per cent sign.

    None where it is none.
    """
    plain = text.replace(",", "").replace("\uff0c", "").strip()
    if share:
        plain = plain.removesuffix("%").removesuffix("\uff05").strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def _places(heading: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    own = [cell.strip().removeprefix("\ufeff") for cell in heading]
    missing = [name for name in columns if columns[name] not in own and name not in OPTIONAL]
    if missing:
        wanted = "、".join(columns.values())
        raise RendaError("budget_pace.heading", missing="、".join(columns[name] for name in missing), wanted=wanted)
    return {name: own.index(heading) for name, heading in columns.items() if heading in own}


def _wrong(
    held: Mapping[str, str], columns: Mapping[str, str], known: Mapping[str, Project], seen: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """What is wrong in a row: the heading of the column and the sentence."""
    code = held["code"]
    project = known.get(code)
    if project is None:
        yield _said("unknown", columns["code"], code=code)
    elif project.organ is None:
        yield _said("no_unit", columns["code"], project=project.name)
    elif code in seen:
        yield _said("twice", columns["code"], code=code)
    numbers = {
        name: number(held.get(name, "") or ("0" if name in OPTIONAL else ""), share=name == "planned")
        for name in columns
        if name != "code"
    }
    bad = [name for name, value in numbers.items() if value is None]
    for name in bad:
        yield _said("number", columns[name], value=held.get(name, ""))
    planned = numbers.get("planned")
    if planned is not None and 0 < planned < 1 and held["planned"][-1:].isdecimal():
        yield _said("fraction", columns["planned"], value=held["planned"])
    if bad:
        return
    yield from unfit({name: value for name, value in numbers.items() if value is not None}, columns)


def unfit(figures: Mapping[str, Decimal], called: Mapping[str, str] = LABELS) -> Iterator[tuple[str, str]]:
    """What figures cannot be together, the column and a sentence for each; ``called`` are the names of the columns."""
    budget, adjustment, paid = figures["budget"], figures["adjustment"], figures["paid"]
    planned, carried = figures.get("planned", Decimal(0)), figures.get("carried", Decimal(0))
    if budget < 0:
        yield _said("negative", called["budget"], value=budget)
    if carried < 0:
        yield _said("negative", called["carried"], value=carried)
    if budget + adjustment + carried < 0:
        yield _said("over_cut", called["adjustment"], cut=-adjustment, budget=budget)
    if paid < 0:
        yield _said("negative", called["paid"], value=paid)
    if budget + adjustment + carried == 0 and paid > 0:
        yield _said("no_budget", called["paid"], paid=paid)
    if not 0 <= planned <= 100:
        yield _said("plan", called["planned"], planned=planned)


def _said(mistake: str, column: str, **values: Any) -> tuple[str, str]:
    return column, RendaError(f"budget_pace.row_{mistake}", **values).message


def _entries(held: Mapping[str, str], project: Project, planned: Decimal) -> dict[str, Any]:
    own = number(held.get("planned", ""), share=True) if held.get("planned") else planned
    return {
        "project": project.id,
        "budget": number(held["budget"]),
        "adjustment": number(held.get("adjustment", "")) or Decimal(0),
        "carried": number(held.get("carried", "")) or Decimal(0),
        "planned": own,
        "paid": number(held["paid"]),
    }
