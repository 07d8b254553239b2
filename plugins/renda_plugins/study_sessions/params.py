"""What a district's file says: the parts of a lecture, who listens, what it may be about, how a year is rated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "study_sessions.twice": "{entry} {code} 写了两次。编号不能重复。",
        "study_sessions.least": "{entry}应不小于 1,现为 {given}。",
    }
)


class Coded(Schema):
    """A part of a lecture."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")


class Group(Coded):
    """A group of those who listen; of deputies who come the names may be entered."""

    deputies = fields.Bool(load_default=False, label="由人大代表组成")


class StudyParams(Schema):
    """What a district's file says."""

    parts = fields.List(fields.Nested(Coded), required=True, label="讲的环节")
    groups = fields.List(fields.Nested(Group), required=True, label="听讲的人")
    themes = fields.List(fields.Str(), required=True, label="内容类别")
    raters_least = fields.Int(required=True, label="至少几人评分")
    best = fields.Int(required=True, label="评出几讲")
    digits = fields.Int(load_default=1, label="平均分保留小数")
    rating = fields.Span(required=True, label="年末评比期限")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, somebody rates, something is chosen."""
        for entry, said in (("parts", "环节"), ("groups", "听讲的人")):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                return {entry: RendaError("study_sessions.twice", entry=said, code=twice)}
        for entry, said in (("raters_least", "评分人数"), ("best", "评出的讲数")):
            if values[entry] < 1:
                return {entry: RendaError("study_sessions.least", entry=said, given=values[entry])}
        return {}
