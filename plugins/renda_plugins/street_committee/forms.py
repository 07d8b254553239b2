"""What is filled in: a street committee and its staff, a year, what was done, the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare({"street_committee.quantity": "数量应不小于 1,现为 {given}。"})


class Committee(Schema):
    """A street committee, as the organ it is."""

    organ = fields.Organ(required=True, label="街道人大工委", relation="committee")


class Staffing(Schema):
    """Who takes a post."""

    post = fields.Choice(of="posts", required=True, label="岗位")
    person = fields.Person(required=True, label="姓名")
    full_time = fields.Bool(load_default=False, label="专职")


class Leaving(Schema):
    """Who leaves, and why."""

    leaves = fields.Int(required=True, label="离任的序号")
    left_for = fields.Text(required=True, label="离任原因")


class Member(Schema):
    """Somebody in a post, as kept."""

    number = fields.Int(label="序号")
    post = fields.Str(label="岗位")
    person = fields.Person(label="姓名")
    full_time = fields.Bool(label="专职")
    since = fields.Date(label="自")
    until = fields.Date(label="至")
    left_for = fields.Text(label="离任原因")


class CommitteePayload(Schema):
    """What a committee keeps beside its forms."""

    staff = fields.List(fields.Nested(Member), label="工作人员")


class Closing(Schema):
    """Why a committee is no more."""

    closed_for = fields.Text(required=True, label="撤并原因")


class Year(Schema):
    """The year of the assessment."""

    year = fields.Year(required=True, label="年度")


class Done(Schema):
    """Something done for a duty, on a day; a plan or a file shows it."""

    duty = fields.Choice(of="duties", required=True, label="职责")
    day = fields.Date(required=True, label="日期")
    quantity = fields.Int(load_default=1, label="数量")
    note = fields.Text(required=True, label="情况和佐证")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Something is at least one."""
        if values["quantity"] < 1:
            return {"quantity": RendaError("street_committee.quantity", given=values["quantity"])}
        return {}


class Void(Schema):
    """Why an entry does not count."""

    void_for = fields.Text(required=True, label="作废原因")


class SelfReport(Schema):
    """What a committee says of its own year."""

    self_report = fields.Text(required=True, label="自评")


class Mark(Schema):
    """The assessors' mark for one duty, out of 100, and why."""

    duty = fields.Choice(of="duties", required=True, label="职责")
    mark = fields.Decimal(required=True, label="打分")
    reason = fields.Text(required=True, label="理由")


class Assessment(Schema):
    """What the assessors found."""

    marks = fields.List(fields.Nested(Mark), label="打分", hint="只给“由考核组打分”的职责")
    finding = fields.Text(required=True, label="考核意见")


class Objection(Schema):
    """What a committee holds against its score."""

    objection = fields.Text(required=True, label="复核理由")


class InPost(Schema):
    """How many of a post count, of how many."""

    post = fields.Str(label="岗位")
    filled = fields.Int(label="在岗")


class YearPayload(Schema):
    """What a year keeps beside its forms; ``in_post`` is as it stood on the last day of the year."""

    organ = fields.Organ(label="街道人大工委", relation="committee")
    in_post = fields.List(fields.Nested(InPost), label="人员配备")
    level = fields.Str(label="等次")
