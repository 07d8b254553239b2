"""What a ballot's codes are called: marks, outcomes, states, so that pages, notices and printed sheets agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.i18n import gettext

OUTCOMES: Mapping[str, str] = {
    "carried": "通过",
    "not_carried": "未通过",
    "set_void": "整次表决无效",
    "too_few_took_part": "参加表决人数不足",
    "chosen": "入选",
    "tied": "票数相同,须再次投票",
    "not_chosen": "未入选",
    "undecided": "未能产生",
}
MARKS: Mapping[str, str] = {
    "yes": "赞成",
    "no": "反对",
    "abstain": "弃权",
    " void": "无效票",
    " blank": "空白票",
}
SECRECY: Mapping[str, str] = {"secret": "无记名", "named": "记名"}
PRESS: Mapping[str, str] = {"first": "以第一次按键为准", "last": "以最后一次按键为准"}
DISPLAY: Mapping[str, str] = {"direct": "计票后立即显示", "delayed": "由主持人宣布后显示"}
KEY_MODES: Mapping[str, str] = {"server": "由服务器保管", "shares": "由监票人分持"}
BASES: Mapping[str, str] = {
    "all_members": "全体组成人员",
    "present": "实到人数",
    "issued": "发出票数",
    "returned": "收回票数",
    "valid": "有效票",
}


def outcome_of(bench: str, outcome: str) -> str:
    """The outcome of a line in words; of an election 当选, of a measurement the grade itself."""
    if bench == "election" and outcome == "chosen":
        return gettext("当选")
    if bench == "election" and outcome == "not_chosen":
        return gettext("未当选")
    if outcome in OUTCOMES:
        return gettext(OUTCOMES[outcome])
    return gettext(outcome or "未达到任何等次")


def mark_of(bench: str, rule: Mapping[str, Any], mark: str) -> str:
    """A mark or a sort of paper in words; the label of a level where the rule gives one."""
    if bench in {"measurement", "questionnaire"} and not mark.startswith(" "):
        for level in rule.get("scale", ()):
            if isinstance(level, Mapping) and level.get("code") == mark:
                return gettext(str(level.get("label") or mark))
        return gettext(mark)
    if bench == "selection" and mark in {"yes", "no"}:
        return gettext("选") if mark == "yes" else gettext("未选")
    return gettext(MARKS.get(mark, mark))


def in_order(bench: str, rule: Mapping[str, Any], cells: Mapping[str, int]) -> list[tuple[str, int]]:
    """The figures of a line as a sheet lists its marks: kept results have no order of their own."""
    if bench in {"measurement", "questionnaire"} and "scale" in rule:
        marks = [str(level["code"]) if isinstance(level, Mapping) else str(level) for level in rule["scale"]]
    else:
        marks = [mark for mark in MARKS if not mark.startswith(" ")]
    known = {mark: place for place, mark in enumerate([*marks, " void", " blank"])}
    unknown = sorted((mark for mark in cells if mark not in known), key=lambda mark: (len(mark), mark))
    ordered = [*unknown, *sorted((mark for mark in cells if mark in known), key=known.__getitem__)]
    return [(mark, cells[mark]) for mark in ordered]
