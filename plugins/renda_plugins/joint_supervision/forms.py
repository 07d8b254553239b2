"""What people fill in about a clue, from where it came to what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "joint_supervision.whose": "来源是人大代表的,必须写明提供线索的代表;其他来源不写。",
        "joint_supervision.quantity": "数量应大于 0,现为 {given}。",
    }
)

SOURCES = {
    "deputy": "人大代表",
    "citizen": "群众",
    "audit": "审计发现",
    "supervision": "人大监督发现",
    "organ": "机关移送",
}
MEASURES = {
    "report": "听取和审议专项工作报告",
    "inquiry": "特定问题调查",
    "special": "组织专项监督",
    "suit": "建议检察机关提起公益诉讼",
    "audit": "建议纳入专项审计",
}


class Ledger(Schema):
    """A year of joint supervision, and who takes part in it beside the standing committee."""

    year = fields.Year(required=True, label="年度")
    joint = fields.List(fields.Organ(), required=True, label="联动机关", relation="joint")


class Clue(Schema):
    """A problem somebody points at; ``concerns`` names whom it is about and gives nobody any right."""

    title = fields.Str(required=True, label="线索名称")
    source = fields.Choice(SOURCES, required=True, label="来源")
    provider = fields.Deputy(label="提供线索的代表", relation="provider")
    area = fields.Choice(of="areas", required=True, label="领域")
    summary = fields.Text(required=True, label="主要内容")
    concerns = fields.List(fields.Organ(), label="所涉单位")
    origin = fields.Str(label="来源记录", hint="审计问题等由系统填写")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A deputy is named where a deputy is the source, and nowhere else."""
        wrong = (values["source"] == "deputy") != bool(values.get("provider"))
        return {"provider": RendaError("joint_supervision.whose")} if wrong else {}


class Sharing(Schema):
    """Who is told of it for a joint look."""

    informed = fields.List(fields.Organ(), required=True, label="共享给", relation="informed")


class Transfer(Schema):
    """Which organ gets it, and why that one."""

    body = fields.Organ(required=True, label="移送机关", relation="assignee")
    basis = fields.Text(required=True, label="移送理由和依据")


class Acceptance(Schema):
    """Under which number the organ takes it on."""

    case_number = fields.Str(required=True, label="受理文号")


class Refusal(Schema):
    """Why the organ does not."""

    declined_for = fields.Text(required=True, label="不予受理的理由")


class Filing(Schema):
    """Why a clue is filed without being handled."""

    filed_for = fields.Text(required=True, label="存查的理由")


class Outcome(Schema):
    """What came of a clue, in the units of the district's list, and the document that shows it."""

    sort = fields.Choice(of="outcomes", required=True, label="成果")
    quantity = fields.Decimal(required=True, label="数量")
    done_on = fields.Date(required=True, label="文书日期")
    document = fields.Str(required=True, label="法律文书")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Something came of it."""
        quantity = values["quantity"]
        return {} if quantity > 0 else {"quantity": RendaError("joint_supervision.quantity", given=quantity)}


class OutcomePayload(Schema):
    """What an outcome keeps beside its form."""

    days_late = fields.Int(label="抄送逾期天数")


class Doubt(Schema):
    """Why an outcome or a number is not taken."""

    doubt = fields.Text(required=True, label="理由")


class Pressing(Schema):
    """What is done where rectification is weak."""

    measure = fields.Choice(MEASURES, required=True, label="督促方式")
    press_for = fields.Text(required=True, label="整改不到位的情况")


class Pressed(Schema):
    """One measure as it was taken."""

    measure = fields.Choice(MEASURES, required=True, label="督促方式")
    day = fields.Date(required=True, label="日期")


class CluePayload(Schema):
    """What a clue keeps beside its forms."""

    transferred_on = fields.Date(label="移送日")
    accepted_on = fields.Date(label="受理日")
    refused_by = fields.List(fields.Organ(), label="未受理的机关")
    pressed = fields.List(fields.Nested(Pressed), label="历次督促")
    open_since = fields.Date(label="解密日")


class Conclusion(Schema):
    """How it ended."""

    conclusion = fields.Text(required=True, label="办理结果")


class Opening(Schema):
    """Why it may be seen from now on."""

    opened_for = fields.Text(required=True, label="解密依据")


class Line(Schema):
    """One number of what was not entered clue by clue."""

    line = fields.Choice(of="lines", required=True, label="项目")
    amount = fields.Decimal(required=True, label="合计数")
    provenance = fields.Text(required=True, label="数字的来历")


class LinePayload(Schema):
    """Who entered a number."""

    registrar = fields.Str(label="登记人")
