"""What a district's file says of joint supervision: who takes part, which fields, what is counted, four times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "joint_supervision.code_twice": "“{code}”写了两次。每一项只写一次。",
        "joint_supervision.no_line": "合计的项目里没有“{code}”。线索数(clues、clues_deputy)和每一种成果都要有一项。",
    }
)


class Count(Schema):
    """One thing that is counted, with its unit."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="名称")
    unit = fields.Str(required=True, label="单位")


class JointParams(Schema):
    """One version of the rule."""

    office = fields.Str(required=True, label="牵头机构")
    bodies = fields.List(fields.Str(), required=True, label="可以移送的机关")
    areas = fields.List(fields.Str(), required=True, label="线索领域")
    outcomes = fields.List(fields.Nested(Count), required=True, label="成果")
    lines = fields.List(fields.Nested(Count), required=True, label="合计的项目")
    transfer = fields.Span(required=True, label="移送的期限", hint="自登记之日起")
    accept = fields.Span(required=True, label="决定是否受理的期限", hint="自移送之日起")
    feedback = fields.Span(required=True, label="反馈办理结果的期限", hint="自受理之日起")
    copy = fields.Span(required=True, label="抄送法律文书的期限", hint="自文书日期起")
    press_copies_to = fields.List(fields.Str(), load_default=list, label="督促函抄送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once; the lines are the clues and every outcome."""
        wrong = {}
        for table in ("outcomes", "lines"):
            codes = [each["code"] for each in values[table]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                wrong[table] = RendaError("joint_supervision.code_twice", code=twice)
        lines = {each["code"] for each in values["lines"]}
        wanted = ["clues", "clues_deputy", *(each["code"] for each in values["outcomes"])]
        missing = next((code for code in wanted if code not in lines), None)
        if missing is not None:
            wrong["lines"] = RendaError("joint_supervision.no_line", code=missing)
        return wrong
