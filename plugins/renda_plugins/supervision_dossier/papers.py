"""The documents of a use and of a plan, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Paper

from .params import USES

GENRES = {"circular": "通报", "interview": "通知", "special": "通知", "transfer": "函"}


def served(use: Matter, last: date, rule: Mapping[str, Any]) -> Paper:
    """To the organ, or to whom the matter is transferred: what is done for what, and until when to answer."""
    code, person = use.payload["use"], use.party("subject")
    name = "" if person is None else person.name
    paragraphs = (
        f"经主任会议研究,决定对{name}作{USES[code]}。事由:{use.payload['grounds']}。",
        *(f"依据材料:{each}。" for each in use.payload.get("evidence", ())),
        f"请于 {last} 以前书面报告说明和整改情况。",
    )
    return Paper(
        GENRES[code], f"关于{name}的{USES[code]}", paragraphs, to=rule["to"] or _organ(use), copies=rule["copies"]
    )


def revoked(use: Matter, why: str) -> Paper:
    """To the organ: that the use is taken back."""
    person = use.party("subject")
    name = "" if person is None else person.name
    text = f"对{name}所作的{USES[use.payload['use']]}予以撤销。理由:{why}。"
    return Paper("通知", f"关于撤销{USES[use.payload['use']]}的通知", (text,), to=_organ(use))


def plan_done(plan: Matter, to: Sequence[str]) -> Paper:
    """To those the plan was reported to: when each step was reached."""
    lines = [
        f"{step.payload['step']}:{step.payload['reached_on']} 实现(期限 {step.payload['due']})。"
        for step in plan.children("step")
    ]
    return Paper("报告", f"关于{plan.payload['name']}完成情况的报告", ("各步目标全部实现。", *lines), to=to)


def _organ(use: Matter) -> list[str]:
    organ = use.party("assignee")
    return [] if organ is None else [organ.name]
