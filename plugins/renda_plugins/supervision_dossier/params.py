"""What a district's file says of the dossier: what counts as supervised, what results may be used for, the plan's steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "supervision_dossier.use_twice": "结果运用方式里 {code} 出现了两次。",
        "supervision_dossier.years": "规划各步的年数应从小到大,且不小于 1。现为 {years}。",
        "supervision_dossier.unknown_use": "跟随规则把“{given}”对应到“{use}”,没有这种运用方式。可选:{allowed}。",
        "supervision_dossier.nothing": "至少要写一种计入覆盖的监督方式。",
    }
)

USES = {"circular": "情况通报", "interview": "工作约谈", "special": "专题监督", "transfer": "移送"}
NOUNS = {"person": "本人", "organ": "所在单位"}


class Way(Schema):
    """One way an official is supervised, found in another practice's matters.

    ``of``: whether those matters name the person or the organ; ``states``: those that count, all where none
    is written; ``done``: the actions that lead there, so that of a day gone by only what had been done by then
    counts. Without them a past day counts what stands today.
    """

    practice = fields.Str(required=True, label="办法")
    kind = fields.Str(required=True, label="事项")
    label = fields.Str(required=True, label="名称")
    of = fields.Choice(NOUNS, required=True, label="对象")
    relation = fields.Str(required=True, label="关系")
    states = fields.List(fields.Str(), load_default=list, label="状态")
    done = fields.List(fields.Str(), load_default=list, label="到达的动作")


class Use(Schema):
    """One use of a result: what it is, whom the paper goes to beside the organ."""

    code = fields.Choice(USES, required=True, label="方式")
    to = fields.List(fields.Str(), load_default=list, label="主送")
    copies = fields.List(fields.Str(), load_default=list, label="抄送")
    evidence = fields.Bool(load_default=False, label="须附依据材料")


class Step(Schema):
    """A step of the plan and in how many years it is reached."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    years = fields.Int(required=True, label="年数")


class Followed(Schema):
    """An action of another practice that is itself a use of a result, and what its words mean here."""

    practice = fields.Str(required=True, label="办法")
    action = fields.Str(required=True, label="动作")
    entry = fields.Str(required=True, label="条目")
    means = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True, label="对应")


class DossierParams(Schema):
    """One version of the rule."""

    term_since = fields.Date(required=True, label="本届起算日")
    ways = fields.List(fields.Nested(Way), required=True, label="计入覆盖的监督方式")
    told = fields.List(fields.Str(), load_default=list, label="记入档案的事实")
    uses = fields.List(fields.Nested(Use), required=True, label="结果运用方式")
    response = fields.Span(required=True, label="说明期限")
    steps = fields.List(fields.Nested(Step), load_default=list, label="规划步骤")
    follows = fields.List(fields.Nested(Followed), load_default=list, label="跟随的动作")
    digits = fields.Int(load_default=1, label="比率保留小数")
    report_to = fields.List(fields.Str(), required=True, label="规划总结报送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Uses stand once, steps come one after the other, what is followed means a use there is."""
        if not values["ways"]:
            return {"ways": RendaError("supervision_dossier.nothing")}
        codes = [use["code"] for use in values["uses"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"uses": RendaError("supervision_dossier.use_twice", code=twice)}
        years = [step["years"] for step in values["steps"]]
        if years != sorted(set(years)) or (years and years[0] < 1):
            said = "、".join(map(str, years))
            return {"steps": RendaError("supervision_dossier.years", years=said)}
        for followed in values["follows"]:
            for given, use in followed["means"].items():
                if use not in codes:
                    allowed = "、".join(codes)
                    wrong = RendaError("supervision_dossier.unknown_use", given=given, use=use, allowed=allowed)
                    return {"follows": wrong}
        return {}
