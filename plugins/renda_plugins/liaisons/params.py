"""What a district's file says: how many 民情联络员 a deputy has, whom they may be, where 选民监督员 are invited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare({"liaisons.none": "每名代表的联络员人数应不小于 1,现为 {given}。"})


class LiaisonParams(Schema):
    """What a district's file says; without ``occasions`` it has no 选民监督员."""

    per_deputy = fields.Int(required=True, label="每名代表联络员人数")
    capacities = fields.List(fields.Str(), required=True, label="联络员的身份")
    supervisor_capacities = fields.List(fields.Str(), load_default=list, label="选民监督员的身份")
    occasions = fields.List(fields.Str(), load_default=list, label="邀请选民监督员的场合")
    route = fields.Span(required=True, label="转办期限")
    answer = fields.Span(required=True, label="答复期限")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Each deputy has some."""
        if values["per_deputy"] < 1:
            return {"per_deputy": RendaError("liaisons.none", given=values["per_deputy"])}
        return {}
