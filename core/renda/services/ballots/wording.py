"""What a ballot's codes are called: marks, outcomes, states.

The one place for phone, hall, pages, API, notices, minutes, archive and printed sheets; each type of ballot has words
of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.i18n import gettext

VOID, BLANK = " void", " blank"
"""Papers (or rows of papers) that say nothing that counts, among the marks of a result's cells."""

DECISIONS = frozenset({"motion", "selection", "election"})
"""Benches that decide: 决议, 任免, 撤职, 票决, 选举. A decision is announced, whatever its figures."""

_AGAIN: Mapping[str, str] = {
    "set_void": "表决无效",
    "too_few_took_part": "参加表决人数不足,未形成结果",
    "tied": "票数相同,须再次投票",
    "undecided": "参加投票人数不足,未形成结果",
}
OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "motion": {"carried": "通过", "not_carried": "未通过", **_AGAIN},
    "selection": {"chosen": "入选", "not_chosen": "未入选", **_AGAIN},
    "election": {"chosen": "当选", "not_chosen": "未当选", **_AGAIN},
    "measurement": {"": "未达到任何等次", **_AGAIN},
    "questionnaire": {"": "未达到任何等次", **_AGAIN},
    "scores": {"": "没有有效评分", **_AGAIN},
}
"""What may become of a line, for each type of ballot; a measurement's other outcomes are its grades."""

_DECIDED: Mapping[str, str] = {"yes": "赞成", "no": "反对", "abstain": "弃权"}
MARKS: Mapping[str, Mapping[str, str]] = {
    "motion": _DECIDED,
    "election": _DECIDED,
    "selection": {"yes": "选", "no": "未选"},
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


def vocabulary_of(bench: str, rule: Mapping[str, Any]) -> str:
    """Whose words a ballot uses: its bench, and ``scores`` where marks are numbers."""
    return "scores" if bench in {"measurement", "questionnaire"} and "highest" in rule else bench


def outcome_of(bench: str, outcome: str, rule: Mapping[str, Any] | None = None) -> str:
    """The outcome of a line in the words of its bench; of a measurement the grade itself."""
    words = OUTCOMES.get(vocabulary_of(bench, rule or {}), _AGAIN)
    return gettext(words.get(outcome, outcome))


def marks_of(bench: str, rule: Mapping[str, Any]) -> Mapping[str, str]:
    """The marks a line may bear and what each is called, in the order of the sheet; none for scores."""
    if bench in MARKS:
        return MARKS[bench]
    levels = rule.get("scale", ())
    coded = [each if isinstance(each, Mapping) else {"code": each} for each in levels]
    return {str(each["code"]): str(each.get("label") or each["code"]) for each in coded}


def mark_of(bench: str, rule: Mapping[str, Any], mark: str) -> str:
    """A mark, or void and blank papers, in words; the label of a level where the rule gives one."""
    if mark == VOID:
        return gettext("无效票")
    if mark == BLANK:
        return gettext("弃权(未填)") if blank_policy(bench, rule) == "abstain" else gettext("空白票")
    return gettext(marks_of(bench, rule).get(mark, mark))


def blank_policy(bench: str, rule: Mapping[str, Any]) -> str:
    """What the rule takes blank papers for: ``abstain``, ``invalid`` or ``ignored``."""
    if vocabulary_of(bench, rule) == "scores":
        return "ignored"
    return str(rule.get("blank", "abstain" if bench in DECISIONS else "invalid"))


def unmarked_as(bench: str, rule: Mapping[str, Any]) -> str:
    """The mark that blank papers are counted under; they stand for themselves where they are none of the others."""
    policy = blank_policy(bench, rule)
    if policy == "invalid":
        return VOID
    return "abstain" if policy == "abstain" and "abstain" in marks_of(bench, rule) else BLANK


def in_order(bench: str, rule: Mapping[str, Any], cells: Mapping[str, int]) -> list[tuple[str, int]]:
    """The figures of a line as a sheet lists its marks: kept results have no order of their own."""
    known = {mark: place for place, mark in enumerate([*marks_of(bench, rule), VOID, BLANK])}
    unknown = sorted((mark for mark in cells if mark not in known), key=lambda mark: (len(mark), mark))
    ordered = [*unknown, *sorted((mark for mark in cells if mark in known), key=known.__getitem__)]
    return [(mark, cells[mark]) for mark in ordered]
