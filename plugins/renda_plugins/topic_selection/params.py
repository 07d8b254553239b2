"""What a district's file says of choosing topics: criteria, limits, clocks, and how supervision itself is scored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "topic_selection.least": "{what}应不小于 {least},现为 {value}。",
        "topic_selection.twice": "{what}里 {code} 出现了两次。编号不能重复。",
        "topic_selection.pass_mark": "入选线 {value} 应在 0 至满分 {most} 之间。",
        "topic_selection.weights": "四项评估权重之和应为 100,现为 {sum}。",
        "topic_selection.bands": "评估等次应从高到低,最低一等从 0 起。",
    }
)

DIMENSIONS = ("topic", "research", "review", "follow")
FULL = Decimal(100)


class Criterion(Schema):
    """One line of the sheet a proposed topic is marked on."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    most = fields.Decimal(required=True, label="满分")


class Named(Schema):
    """A source of topics, a form of supervision or a way of looking into things."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")


class Weights(Schema):
    """How much choosing, looking into, deliberating and following up count when supervision is scored."""

    topic = fields.Decimal(required=True, label="选题")
    research = fields.Decimal(required=True, label="调研")
    review = fields.Decimal(required=True, label="审议")
    follow = fields.Decimal(required=True, label="跟踪")


class Band(Schema):
    """A grade and the points it begins at."""

    grade = fields.Str(required=True, label="等次")
    lower = fields.Decimal(required=True, label="下限")


class TopicParams(Schema):
    """One version of the rule."""

    sources = fields.List(fields.Nested(Named), required=True, label="议题来源")
    forms = fields.List(fields.Nested(Named), required=True, label="监督方式")
    ways = fields.List(fields.Nested(Named), required=True, label="调研方式")
    criteria = fields.List(fields.Nested(Criterion), required=True, label="议题评分表")
    scorers_least = fields.Int(required=True, label="每个议题至少几人评分")
    pass_mark = fields.Decimal(required=True, label="入选线")
    topics_most = fields.Int(required=True, label="年度议题上限")
    organ_most = fields.Int(required=True, label="同一单位年度议题上限")
    activities_least = fields.Int(required=True, label="调研活动至少几次")
    ways_least = fields.Int(required=True, label="调研方式至少几种")
    draft_before = fields.Span(required=True, label="报告初稿在会前送达")
    final_before = fields.Span(required=True, label="报告定稿在会前送达")
    send = fields.Span(required=True, label="审议意见交办期限")
    follow = fields.Span(required=True, label="审议意见办理期限")
    weights = fields.Nested(Weights, required=True, label="评估权重")
    bands = fields.List(fields.Nested(Band), required=True, label="评估等次")
    law_since = fields.Date(required=True, label="累计起算日")
    report_to = fields.List(fields.Str(), required=True, label="计划和总结报送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, numbers are not below what makes sense, weights make a hundred, bands go down to 0."""
        for entry, least in _LEAST.items():
            if values[entry] < least:
                what = self.fields[entry].metadata["label"]
                return {entry: RendaError("topic_selection.least", what=what, least=least, value=values[entry])}
        for entry in ("sources", "forms", "ways", "criteria"):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                what = self.fields[entry].metadata["label"]
                return {entry: RendaError("topic_selection.twice", what=what, code=twice)}
        most = sum(each["most"] for each in values["criteria"])
        if not 0 <= values["pass_mark"] <= most:
            return {"pass_mark": RendaError("topic_selection.pass_mark", value=values["pass_mark"], most=most)}
        weighed = sum(values["weights"][each] for each in DIMENSIONS)
        if weighed != FULL:
            return {"weights": RendaError("topic_selection.weights", sum=weighed)}
        lower = [band["lower"] for band in values["bands"]]
        if lower != sorted(set(lower), reverse=True) or lower[-1:] != [0]:
            return {"bands": RendaError("topic_selection.bands")}
        return {}


_LEAST = {
    "scorers_least": 1,
    "topics_most": 1,
    "organ_most": 1,
    "activities_least": 1,
    "ways_least": 1,
}
