"""Self-evaluation beside the third party's: both totals, their gap, the signs that the one is only form.

Source: 全过程预算绩效管理调研情况 (闵行区人大工作研究会): evaluation before, monitoring during, evaluation after; departments whose
performance management is form, third parties whose objectivity could be better.
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
    condition,
    counted,
    declare,
    gathered,
    leaf,
    met,
    minus,
    ratio,
    total,
)

declare(
    {
        "budget_performance.unknown_indicator": "没有“{indicator}”这个指标。申报的指标:{allowed}。",
        "budget_performance.points": "指标“{indicator}”的得分应在 0 至 {weight} 之间,现为 {points}。",
        "budget_performance.twice": "指标“{indicator}”打了两次分。",
        "budget_performance.missing": "还没有打分的指标:{missing}。没有完成的指标请打 0 分。",
    }
)


def check(given: Sequence[Mapping[str, Any]], goals: Sequence[Mapping[str, Any]]) -> None:
    """Every indicator has points, once, of its weight at most."""
    weights = {goal["indicator"]: goal["weight"] for goal in goals}
    seen: set[str] = set()
    for each in given:
        name, points = each["indicator"], each["points"]
        if name not in weights:
            raise RendaError("budget_performance.unknown_indicator", indicator=name, allowed="、".join(weights))
        if name in seen:
            raise RendaError("budget_performance.twice", indicator=name)
        seen.add(name)
        if not 0 <= points <= weights[name]:
            raise RendaError("budget_performance.points", indicator=name, weight=weights[name], points=points)
    missing = [name for name in weights if name not in seen]
    if missing:
        raise RendaError("budget_performance.missing", missing="、".join(missing))


def of(label: str, given: Sequence[Mapping[str, Any]]) -> Explained:
    """One side's total of 100."""
    return total(label, *(leaf(each["indicator"], each["points"]) for each in given))


def gap(held: Mapping[str, Any]) -> Explained:
    """How much better a department judges itself than the third party does; negative where worse."""
    return minus("自评减第三方", of("部门自评", held["own_points"]), of("第三方评价", held["other_points"]))


def only_form(held: Mapping[str, Any], params: Any) -> Explained:
    """Whether enough signs hold that a self-evaluation was only form."""
    signs, goals = params.only_form, held["goals"]
    weights = {goal["indicator"]: goal["weight"] for goal in goals}
    full = [each["indicator"] for each in held["own_points"] if each["points"] == weights[each["indicator"]]]
    share = ratio("满分指标占比", counted("自评满分的指标", full), counted("全部指标", list(weights)))
    proofs = counted("佐证件数", dict.fromkeys(held.get("evidence") or ()))
    return met(
        "自评流于形式",
        condition("自评高出第三方", gap(held), ">=", signs["gap"]),
        condition("满分指标过多", share, ">=", signs["full_share"]),
        condition("佐证过少", proofs, "<", signs["evidence"]),
        need=signs["need"],
    )


def grade(held: Mapping[str, Any], params: Any) -> Explained:
    """The grade by the third party's exact total."""
    bands = {each["grade"]: each["at_least"] for each in params.grades}
    return banded("等次", of("第三方评价", held["other_points"]), bands, top=100)


def side_by_side(item: Matter, params: Any) -> Explained | None:
    """Both evaluations, their gap, the signs and the grade; the self-evaluation alone before there is another."""
    held = item.payload
    if "own_points" not in held:
        return None
    own = of("部门自评", held["own_points"])
    if "other_points" not in held:
        return own
    other = of("第三方评价", held["other_points"])
    return gathered("自评与第三方评价", own, other, gap(held), only_form(held, params), grade(held, params))


def deviations(monitors: Mapping[str, Any]) -> tuple[Explained, Explained]:
    """How far goals and spending lag behind what was planned, in percentage points."""
    goal = minus(
        "目标偏离(百分点)", leaf("计划实现", monitors["goal_planned"]), leaf("实际实现", monitors["goal_actual"])
    )
    spent = minus(
        "执行偏离(百分点)", leaf("计划执行", monitors["spent_planned"]), leaf("实际执行", monitors["spent_actual"])
    )
    return goal, spent


def off(monitors: Mapping[str, Any], attention: Decimal) -> Explained:
    """Whether one of both monitors deviates by the district's points, or more."""
    goal, spent = deviations(monitors)
    return met(
        "双监控偏离",
        condition("绩效目标偏离", goal, ">=", attention),
        condition("预算执行偏离", spent, ">=", attention),
        need=1,
    )
