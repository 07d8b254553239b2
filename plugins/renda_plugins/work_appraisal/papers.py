"""The documents of an appraisal, in the platform's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from renda import Matter, Paper


def notice(matter: Matter) -> Paper:
    """To the organ: that its work is appraised."""
    held = matter.payload
    text = f"经主任会议审定,对你单位“{held['topic']}”开展专项工作评议,拟于 {held['meeting_on']} 会议评议。请予配合。"
    return Paper("通知", f"关于开展“{held['topic']}”专项工作评议的通知", (text,), to=[_organ(matter)])


def problems(matter: Matter, texts: Sequence[str]) -> Paper:
    """To the organ: the problems in the words in which they were said."""
    lines = [f"{place}. {text}" for place, text in enumerate(texts, 1)]
    first = f"调查组就“{matter.payload['topic']}”听取的问题和建议,原话照录如下,请整改。"
    return Paper("函", "专项工作评议问题反馈函", (first, *lines), to=[_organ(matter)])


def quality(matter: Matter, grade: str, to: Sequence[str], copies: Sequence[str]) -> Paper:
    """To those who use the result: how the work was measured."""
    text = f"常委会会议对{_organ(matter)}“{matter.payload['topic']}”进行评议,定性测评为“{grade}”。"
    return Paper("报告", f"关于{_organ(matter)}专项工作评议情况的报告", (text,), to=to, copies=copies)


def opinions(matter: Matter, texts: Sequence[str], last: date) -> Paper:
    """To the organ: what the committee asks for, and until when."""
    lines = [f"{place}. {text}" for place, text in enumerate(texts, 1)]
    first = (
        f"常委会会议评议“{matter.payload['topic']}”,形成评议意见如下。请制定方案整改,于 {last} 以前报送整改情况报告。"
    )
    return Paper("函", "专项工作评议意见交办函", (first, *lines), to=[_organ(matter)])


def result(matter: Matter, grade: str, to: Sequence[str], copies: Sequence[str]) -> Paper:
    """To those who use the result: how the rectification was voted on."""
    held = matter.payload
    text = f"{_organ(matter)}“{held['topic']}”整改情况报告表决为“{grade}”,此前定性测评为“{held['quality_grade']}”。"
    return Paper("报告", f"关于{_organ(matter)}评议整改情况的报告", (text,), to=to, copies=copies)


def _organ(matter: Matter) -> str:
    organ = matter.party("assignee")
    return "" if organ is None else organ.name
