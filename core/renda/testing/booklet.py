"""The list of steps for those who write feature files, made from the steps themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from renda.testing.sentences import BOOK, Written
from renda.testing.steps import ballots, deeds, figures, meetings, outcomes, people, tallies

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        people.__name__: "区县、日期、人员和机构",
        deeds.__name__: "办理:每个动作都是一个步骤",
        outcomes.__name__: "结果:状态、条目、期限、公文、记录",
        figures.__name__: "数:得分及理由、事实、表、参数",
        ballots.__name__: "表决:到会、投票、计票",
        tallies.__name__: "表决结果",
        meetings.__name__: "会议:签到、法定人数、请假",
    }
)
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "who": "谁", "m": "事项", "day": "日期", "n": "数", "x": "数", "words": "文字", "name": "名称", "names": "名称",
        "organ": "机构", "post": "职务", "action": "动作", "alias": "名称", "code": "代码", "entry": "条目", "state": "状态",
        "said": "内容", "label": "名称", "kind": "类别", "genre": "文种", "labels": "动作", "title": "名称", "row": "行", "question": "题目", "subject": "票上的一项", "mark": "所投", "outcome": "结论",
        "column": "列", "reason": "事由", "body": "会议",
    }
)  # fmt: skip
HEAD = Path(__file__).with_name("steps.md")


def steps_in_words() -> str:
    """All steps with what they are for and an example, as Markdown."""
    parts = [HEAD.read_text("utf-8")]
    for module, title in CHAPTERS.items():
        parts.append(f"\n## {title}\n\n| 步骤 | 用处 | 例子 |\n|---|---|---|\n")
        parts.extend(_line(written) for written in BOOK if written.module == module)
    return "".join(parts)


def _line(written: Written) -> str:
    return f"| `{_plain(written.text)}` | {written.about} | `{written.example}` |\n"


def _plain(text: str) -> str:
    shown = re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: f"〈{PLACES.get(place[1], place[1])}〉", text)
    return shown.replace("|", "\\|")
