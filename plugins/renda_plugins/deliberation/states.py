"""The states of a topic, and those that end it."""

from __future__ import annotations

from types import MappingProxyType

STATES = MappingProxyType(
    {
        "raised": "待筛选",
        "adopted": "列入议题",
        "declined": "不列入",
        "assigned": "办理中",
        "reported": "待确认",
        "solved": "已解决",
        "unsolved": "暂不能解决",
        "passed": "表决通过",
        "failed": "表决未通过",
    }
)
ENDS = ("declined", "solved", "unsolved", "passed", "failed")
