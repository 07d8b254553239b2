"""The yearly tables: how many suggestions got which grade, and how each organ did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from renda import Explained, Matter, Party, Sheet, counted, mean, rounded

FULL = Decimal(100)


def graded(label: str, suggestions: Sequence[Matter], stage: str, grades: Sequence[str]) -> Explained:
    """How many suggestions hold one of ``grades`` at a stage (``answer`` or ``implementation``)."""
    found = [each for each in suggestions if held(each, stage) in grades]
    return counted(label, [f"{each.id}号" for each in found])


def held(matter: Matter, stage: str) -> str | None:
    """The grade that holds at a stage: the last one given."""
    given = [each["grade"] for each in matter.payload.get("ratings") or () if each["stage"] == stage]
    return given[-1] if given else None


def grades_sheet(
    suggestions: Sequence[Matter],
    points: Mapping[str, Decimal],
    levels: Mapping[str, Sequence[str]],
    satisfaction: Explained,
) -> Sheet:
    """One line for each grade; how many have full marks at each stage, and the satisfaction of the whole."""
    rows = [
        [
            level,
            grade,
            points[grade],
            graded("答复", suggestions, "answer", [grade]).value,
            graded("办理落实", suggestions, "implementation", [grade]).value,
        ]
        for level, grades in levels.items()
        for grade in grades
    ]
    full = [grade for grade, value in points.items() if value == FULL]
    figures = (
        graded("答复评价100分件数", suggestions, "answer", full),
        graded("办理落实评价100分件数", suggestions, "implementation", full),
        satisfaction,
    )
    columns = ("等级", "档次", "分值", "答复件数", "办理落实件数")
    return Sheet(
        "grades",
        "代表建议分段评价汇总",
        columns,
        rows,
        figures,
        chart=(1, 4),
        public=True,
        public_reason="numbers of suggestions; none is named",
    )


def organs_sheet(suggestions: Sequence[Matter], score: Callable[[Matter], Explained | None]) -> Sheet:
    """One line for each organ that leads: how many of its suggestions are scored, and their average."""
    scored: defaultdict[Party, list[Explained]] = defaultdict(list)
    for matter in suggestions:
        found = score(matter)
        if found is not None:
            for organ in matter.parties.get("lead", ()):
                scored[organ].append(found)
    means = {organ: rounded(mean("平均最终得分", *scores), 2) for organ, scores in scored.items()}
    order = sorted(means, key=lambda organ: (-(_points(means[organ])), organ.id))
    rows = [[organ.name, len(scored[organ]), means[organ]] for organ in order]
    return Sheet(
        "organs",
        "承办单位平均得分",
        ("承办单位", "已评件数", "平均最终得分"),
        rows,
        chart=(0, 2),
        public=True,
        public_reason="averages of organs; no suggestion is named",
    )


def _points(score: Explained) -> Decimal:
    return score.value if isinstance(score.value, Decimal) else Decimal(0)
