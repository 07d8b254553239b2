"""The yearly table of measurements, and the years added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from renda import Explained, Matter, Sheet, percent, ratio, total

from .forms import ASPECTS, GRADES, LEVELS
from .papers import counted
from .tallies import satisfaction

YEARS = ("年份", "办理件数", "领导牵头督办", *LEVELS)
MEASURED = ("编号", "标题", "主办单位", "收回票数", *ASPECTS.values(), "综合测评", "结果", "综合测评满意率")


def measured_sheet(suggestions: Sequence[Matter], since: date, until: date) -> Sheet:
    """One line for each suggestion measured in the time that may be published."""
    rows = []
    for each in suggestions:
        day, payload = each.done_on("measure"), each.payload
        if day is None or not since <= day <= until or not payload.get("public"):
            continue
        grades = [counted({grade: payload[aspect][grade] for grade in GRADES}) for aspect in ASPECTS]
        said = counted({level: payload["overall"][level] for level in LEVELS})
        leads = "、".join(party.name for party in each.parties.get("lead", ()))
        share = satisfaction(payload)
        rows.append([each.id, each.title, leads, payload["sheets"], *grades, said, payload["measured_level"], share])
    return Sheet(
        "measured",
        "建议办理质效测评结果",
        MEASURED,
        rows,
        chart=(1, 9),
        public=True,
        public_reason="only suggestions whose proposer lets them be published",
    )


Number = Callable[[str, str, Callable[[Matter], bool]], Explained]


def whole(number: Number, level_of: Callable[[Matter], str | None]) -> tuple[Explained, ...]:
    """Handled, led by leaders, 满意, 基本满意, 不满意; ``number`` adds accounts and single suggestions up."""
    levels = zip(("satisfied", "mostly", "dissatisfied"), LEVELS, strict=True)
    return (
        number("办理件数", "handled", lambda _: True),
        number("领导牵头督办件数", "led", lambda each: bool(each.payload.get("focus"))),
        *(
            number(f"{level}件数", entry, lambda each, level=level: level_of(each) == level)  # type: ignore[misc]
            for entry, level in levels
        ),
    )


def share(satisfied: Explained, mostly: Explained, dissatisfied: Explained) -> Explained:
    """满意 and 基本满意 of all that were rated."""
    good = total("满意和基本满意件数", satisfied, mostly)
    rated = total("评价件数", satisfied, mostly, dissatisfied)
    return percent(ratio("满意和基本满意占比", good, rated), 1, label="满意率和基本满意率")
