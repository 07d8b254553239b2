"""A project's total and grade: each side's points of four aspects, weighted; a grade by bands on the exact total.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): decision, use of funds, systems, benefits; an institution with finance
and audit, experts and deputies; grades 优, 中, 差; a deduction where the grade is 差 or the project slow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from renda import (
    Explained,
    Matter,
    RendaError,
    banded,
    cite_matter,
    condition,
    declare,
    leaf,
    mean,
    minus,
    ratio,
    rounded,
    times,
    total,
)

from .params import SIDES

declare(
    {
        "project_performance.aspect_twice": "“{aspect}”打了两次分。每个方面只打一次。",
        "project_performance.points": "“{aspect}”满分 {full},应在 0 至 {full} 之间,现为 {points}。",
        "project_performance.nothing": "一个方面也没有打分。",
    }
)


def check(points: Sequence[Mapping[str, Any]], aspects: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a sheet that gives an aspect points twice or more than it has."""
    if not points:
        raise RendaError("project_performance.nothing")
    known = {each["code"]: each for each in aspects}
    seen: set[str] = set()
    for each in points:
        aspect = known[each["aspect"]]
        if each["aspect"] in seen:
            raise RendaError("project_performance.aspect_twice", aspect=aspect["label"])
        seen.add(each["aspect"])
        if not 0 <= each["points"] <= aspect["full"]:
            said = {"aspect": aspect["label"], "full": aspect["full"], "points": each["points"]}
            raise RendaError("project_performance.points", **said)


def of_sheet(label: str, points: Sequence[Mapping[str, Any]], params: Any, cites: Any = None) -> Explained:
    """One sheet's total of 100; an aspect without points is 0 or left out, as the district says."""
    given = {each["aspect"]: each["points"] for each in points}
    parts = [
        leaf(aspect["label"], given.get(aspect["code"], Decimal(0)), cites)
        for aspect in params.aspects
        if aspect["code"] in given or params.missing == "zero"
    ]
    whole = total(label, *parts)
    if params.missing == "zero" or len(parts) == len(params.aspects):
        return whole
    full = sum(aspect["full"] for aspect in params.aspects if aspect["code"] in given)
    return times(ratio("占已评方面满分", whole, leaf("已评方面满分", full)), 100, label)


def of_project(evaluation: Matter, params: Any) -> Explained | None:
    """The weighted total of all sides that judged; None before the institution has.

    A side nobody of which handed in a sheet has no weight, and the others' weights grow in proportion. The reasons are
    read by whoever sees the project: they tell what each sheet says and not whose it is.
    """
    if "points" not in evaluation.payload:
        return None
    cites = [cite_matter(evaluation.id, evaluation.title)]
    sides = {"third_party": of_sheet(SIDES["third_party"], evaluation.payload["points"], params, cites)}
    for side in ("expert", "deputy"):
        sheets = [
            of_sheet("评分表", each.payload["given"], params, [cite_matter(each.id, f"{SIDES[side]}评分表")])
            for each in evaluation.children("rating")
            if each.state == "given" and each.payload["side"] == side
        ]
        if sheets:
            sides[side] = mean(SIDES[side], *sheets)
    weights = {side: params.weights.get(side, Decimal(0)) for side in sides}
    parts = [times(found, weights[side], f"{SIDES[side]}加权") for side, found in sides.items()]
    whole = total("综合得分", *parts)
    present = sum(weights.values())
    return whole if present == 1 else times(ratio("折算", whole, leaf("已评各方权重", present)), 1, "综合得分")


def grade(found: Explained, params: Any) -> Explained:
    """The grade of a total: on the exact number, unless the district rounds first."""
    digits = getattr(params, "round_before", None)
    number = found if digits is None else rounded(found, digits, label="综合得分(取整)")
    return banded("等次", number, {each["grade"]: each["at_least"] for each in params.grades}, top=100)


def slow(entries: Mapping[str, Any], params: Any) -> Explained:
    """Whether a project lags behind its plan by the district's points, or more."""
    lag = minus("落后(百分点)", leaf("计划进度", entries["planned"]), leaf("实际进度", entries["actual"]))
    return condition("推进较差", lag, ">=", leaf("区县规定的差额", params.slow_at))
