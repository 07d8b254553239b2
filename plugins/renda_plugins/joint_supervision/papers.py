"""The documents of a clue, in the platform's own words; none of them is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import Matter, Paper

from .forms import MEASURES


def transfer(params: Any, clue: Matter, organ: str, basis: str) -> Paper:
    """To the organ that gets the clue."""
    paragraphs = [
        f"现将第{clue.id}号线索移送你单位依法处理。",
        f"主要内容:{clue.payload['summary']}",
        f"移送理由和依据:{basis}",
        "请按期决定是否受理并反馈,法律文书按期抄送。",
        f"{params.office}",
    ]
    return Paper("移送函", f"关于移送第{clue.id}号线索的函", paragraphs, [organ])


def refusal(params: Any, clue: Matter, organ: str, entries: Mapping[str, Any]) -> Paper:
    """From the organ: it does not take the clue on."""
    paragraphs = [f"第{clue.id}号线索经审查,不予受理。", f"理由:{entries['declined_for']}"]
    return Paper("不予受理函", f"{organ}关于第{clue.id}号线索不予受理的函", paragraphs, [params.office])


def feedback(params: Any, clue: Matter, outcomes: Sequence[Matter], entries: Mapping[str, Any]) -> Paper:
    """From the organ: what came of the clue."""
    units = {each["code"]: each for each in params.outcomes}
    lines = [
        f"{units[each.payload['sort']]['label']} {each.payload['quantity']} {units[each.payload['sort']]['unit']}"
        f"({each.payload['document']})"
        for each in outcomes
    ]
    organ = clue.parties["assignee"][0].name
    paragraphs = [f"第{clue.id}号线索办理结果:{entries['conclusion']}", *lines]
    return Paper("反馈函", f"{organ}关于第{clue.id}号线索办理结果的函", paragraphs, [params.office])


def press(params: Any, clue: Matter, entries: Mapping[str, Any]) -> Paper:
    """To the organ that handles it: rectification is weak, and what is done about that."""
    paragraphs = [
        f"第{clue.id}号线索整改落实不到位:{entries['press_for']}",
        f"决定:{MEASURES[entries['measure']]}。",
        f"{params.office}",
    ]
    to = [each.name for each in clue.parties.get("assignee", ())]
    return Paper("督促函", f"关于督促第{clue.id}号线索整改的函", paragraphs, to, params.press_copies_to)
