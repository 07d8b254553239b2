"""What a district's file says of deliberation opinions: clocks, the measurement, what is added up."""

from __future__ import annotations

from renda import Schema, fields


class Sort(Schema):
    """One way of supervising that ends in opinions."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="名称")


class Period(Schema):
    """A time over which years are added up."""

    label = fields.Str(required=True, label="名称")
    since = fields.Date(required=True, label="起始日")
    until = fields.Date(required=True, label="截止日")


class OpinionParams(Schema):
    """One version of the rule; 监督法 names no number of months, so every clock is the district's."""

    office = fields.Str(required=True, label="督办机构")
    sorts = fields.List(fields.Nested(Sort), required=True, label="监督方式")
    compile = fields.Span(required=True, label="主任会议审定的期限", hint="自会议之日起")
    send = fields.Span(required=True, label="会后交办的期限", hint="自审定之日起")
    handle = fields.Span(required=True, label="办理期限", hint="自交办之日起")
    check = fields.Span(required=True, label="专班问效的期限", hint="自报告之日起")
    redo = fields.Span(required=True, label="再次办理的期限", hint="自退回或测评之日起")
    measurement = fields.CountingRule("measurement", required=True, label="满意度测评规则")
    passing = fields.List(fields.Str(), required=True, label="可以销号的测评等次")
    copies_to = fields.List(fields.Str(), load_default=list, label="审议意见函抄送")
    periods = fields.List(fields.Nested(Period), load_default=list, label="合计的时段")
