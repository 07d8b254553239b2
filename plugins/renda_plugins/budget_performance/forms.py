"""What people fill in along the chain: goals, the assessment before, both monitors, both evaluations, the use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "budget_performance.weights": "指标权重合计应为 100,现为 {total}。",
        "budget_performance.weight": "指标“{indicator}”的权重应大于 0,现为 {weight}。",
        "budget_performance.indicator_twice": "指标“{indicator}”写了两次。",
        "budget_performance.amount_missing": "支持或调整后支持的,要写明安排多少。",
        "budget_performance.amount_idle": "不予支持的不安排;请把金额留空。",
        "budget_performance.cut_missing": "调减或取消的,要写明下一年度减少多少。",
        "budget_performance.cut_idle": "保留安排或改进管理的,不写减少的金额。",
        "budget_performance.share": "比例应在 0 至 100 之间,现为 {value}。",
    }
)

VERDICTS = {"support": "支持", "adjust": "调整后支持", "refuse": "不予支持"}
USES = {"keep": "保留安排", "improve": "改进管理", "cut": "调减", "cancel": "取消"}


class Goal(Schema):
    """One indicator of the goals: its two upper levels, what is aimed at, its weight."""

    area = fields.Str(required=True, label="一级指标")
    topic = fields.Str(label="二级指标")
    indicator = fields.Str(required=True, label="三级指标")
    target = fields.Str(required=True, label="目标值")
    weight = fields.Decimal(required=True, label="权重")


class Application(Schema):
    """A project a department wants money for, with its goals."""

    year = fields.Year(required=True, label="预算年度")
    project = fields.Project(required=True, label="项目", relation="project")
    organ = fields.Organ(required=True, label="预算部门", relation="subject")
    finance = fields.Organ(required=True, label="财政部门", relation="finance")
    requested = fields.Decimal(required=True, label="申请金额(万元)")
    goals = fields.List(fields.Nested(Goal), required=True, label="绩效目标")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Indicators stand once and weigh 100 together."""
        names = [goal["indicator"] for goal in values["goals"]]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            return {"goals": RendaError("budget_performance.indicator_twice", indicator=twice)}
        light = next((goal for goal in values["goals"] if goal["weight"] <= 0), None)
        if light is not None:
            said = {"indicator": light["indicator"], "weight": light["weight"]}
            return {"goals": RendaError("budget_performance.weight", **said)}
        total = sum(goal["weight"] for goal in values["goals"])
        return {} if total == 100 else {"goals": RendaError("budget_performance.weights", total=total)}


class Assessment(Schema):
    """What the joint assessment and review before the budget found."""

    verdict = fields.Choice(VERDICTS, required=True, label="评估评审结论")
    approved = fields.Decimal(label="安排金额(万元)")
    assessed = fields.Text(required=True, label="评估评审意见")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Money stands where, and only where, the project is supported."""
        refused = values["verdict"] == "refuse"
        if refused and "approved" in values:
            return {"approved": RendaError("budget_performance.amount_idle")}
        if not refused and "approved" not in values:
            return {"approved": RendaError("budget_performance.amount_missing")}
        return {}


class Monitors(Schema):
    """Both monitors on a day, in per cent: goals reached and budget spent, each beside what was planned."""

    as_of = fields.Date(required=True, label="监控日期")
    goal_planned = fields.Decimal(required=True, label="目标计划实现(%)")
    goal_actual = fields.Decimal(required=True, label="目标实际实现(%)")
    spent_planned = fields.Decimal(required=True, label="预算计划执行(%)")
    spent_actual = fields.Decimal(required=True, label="预算实际执行(%)")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Shares are from 0 to 100."""
        shares = {name: value for name, value in values.items() if name != "as_of"}
        wrong = {name: value for name, value in shares.items() if not 0 <= value <= 100}
        return {name: RendaError("budget_performance.share", value=value) for name, value in wrong.items()}


class Correction(Schema):
    """What a department does about a deviation."""

    correction = fields.Text(required=True, label="纠偏措施")


class Given(Schema):
    """The points for one indicator, of its weight."""

    indicator = fields.Str(required=True, label="三级指标")
    points = fields.Decimal(required=True, label="得分")


class SelfEvaluation(Schema):
    """A department's word on its own project."""

    own_points = fields.List(fields.Nested(Given), required=True, label="自评得分")
    own_words = fields.Text(required=True, label="自评说明")
    evidence = fields.List(fields.Text(), label="佐证")


class ThirdParty(Schema):
    """The institution's word on it."""

    institution = fields.Str(required=True, label="第三方机构")
    other_points = fields.List(fields.Nested(Given), required=True, label="第三方得分")
    document = fields.Str(required=True, label="评价报告")


class Explanation(Schema):
    """Why a department judged itself so differently."""

    explained = fields.Text(required=True, label="差距说明")


class Conclusion(Schema):
    """What the finance bureau makes of both."""

    concluded = fields.Text(required=True, label="评价结论")


class Use(Schema):
    """What follows for next year's budget."""

    use = fields.Choice(USES, required=True, label="结果应用")
    less = fields.Decimal(label="下一年度减少(万元)")
    use_grounds = fields.Text(required=True, label="理由")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """An amount stands where, and only where, there is less."""
        fewer = values["use"] in {"cut", "cancel"}
        if fewer and "less" not in values:
            return {"less": RendaError("budget_performance.cut_missing")}
        if not fewer and "less" in values:
            return {"less": RendaError("budget_performance.cut_idle")}
        return {}


class ItemPayload(Schema):
    """What a project keeps beside its forms."""

    only_form = fields.Bool(label="自评流于形式")
    grade = fields.Str(label="等次")
