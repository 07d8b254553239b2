"""The documents of a deliberation, in the platform's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from renda import Matter, Paper

from .states import STATES


def invitation(session: Matter, day: date, topics: Sequence[Matter], organs: Sequence[str]) -> Paper:
    """To the departments: when, and about what."""
    first = f"{session.title}定于 {day} 召开,请派负责人到会,就下列议题听取意见、回答询问。"
    lines = [f"{place}. {topic.payload['title']}" for place, topic in enumerate(topics, 1)]
    return Paper("通知", f"关于召开{session.title}的通知", (first, *lines), to=organs)


def assignment(topic: Matter, task: str, last: date | None, organ: str) -> Paper:
    """To the owner: what is to be done until when."""
    lines = (
        f"代表议事会议题“{topic.payload['title']}”交你单位办理。",
        f"要求:{task}。",
        f"请于 {last} 以前报告办理情况。",
    )
    return Paper("交办单", f"关于办理“{topic.payload['title']}”的交办单", lines, to=[organ])


def outcome(session: Matter) -> Paper:
    """To the public: what became of each topic."""
    lines = [
        f"{place}. {topic.payload['title']}:{STATES[topic.state]}。"
        for place, topic in enumerate(session.children("topic"), 1)
    ]
    return Paper(
        "公告", f"{session.title}议题办理结果", (f"{session.title}的议题已经办结,结果如下。", *lines), public=True
    )
