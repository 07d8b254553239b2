"""What people fill in, from the solicitation to the evaluation, and what was done before, by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "micro_projects.votes": "到会 {present} 人,赞成 {yes} 票:到会至少 1 人,赞成票在 0 至到会人数之间。",
        "micro_projects.whose": "来源是人大代表的,必须写明提出的代表;其他来源不写。",
        "micro_projects.nobody_rated": "评议人数为 0 或者小于 0。请填写参加评议的人数。",
        "micro_projects.days": "起日 {since} 晚于止日 {until}。请对调或改正。",
        "micro_projects.more": "“{part}”{given} 件超过“{whole}”{most} 件,或者小于 0。请核对登记簿。",
    }
)

SOURCES = {"deputy": "人大代表", "resident": "居民", "community": "社区", "council": "民生议政会"}
CHOICES = {code: label for code, label in SOURCES.items() if code != "council"}


class Round(Schema):
    """A street's year: until when projects are taken."""

    street = fields.Organ(required=True, label="街道人大工委", relation="street")
    year = fields.Year(required=True, label="年度")
    until = fields.Date(label="征集截止", hint="不填则按区县的征集期")


class Passed(Schema):
    """A project a council has voted on: the fact it comes from, its votes, the deputy who led it."""

    title = fields.Str(required=True, label="项目")
    source = fields.Choice(SOURCES, required=True, label="来源")
    origin = fields.Str(required=True, label="来源记录")
    detail = fields.Text(required=True, label="内容")
    council_votes = fields.Int(label="议政会赞成票")
    proposer = fields.Deputy(label="提出的代表", relation="proposer")


class Proposal(Schema):
    """A project somebody proposes."""

    title = fields.Str(required=True, label="项目")
    source = fields.Choice(CHOICES, required=True, label="来源")
    detail = fields.Text(required=True, label="内容")
    proposer = fields.Deputy(label="提出的代表", relation="proposer")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A deputy is named where a deputy is the source, and nowhere else."""
        wrong = (values["source"] == "deputy") != bool(values.get("proposer"))
        return {"proposer": RendaError("micro_projects.whose")} if wrong else {}


class Screening(Schema):
    """What makes a proposal a project: where, of which kind, for how much."""

    community = fields.Str(required=True, label="社区")
    category = fields.Choice(of="categories", required=True, label="类别")
    budget = fields.Decimal(required=True, label="预算(万元)")


class Left(Schema):
    """Why a proposal is not shortlisted, and what those who proposed it are told."""

    ground = fields.Choice(of="grounds", required=True, label="不入围的情形")
    told = fields.Text(required=True, label="说明")


class Line(Schema):
    """The votes for one project."""

    item = fields.MatterNumber(required=True, label="项目编号")
    yes = fields.Int(required=True, label="赞成票")


class Vote(Schema):
    """How those present voted on the shortlist."""

    voted_on = fields.Date(required=True, label="票选日期")
    present = fields.Int(required=True, label="到会人数")
    lines = fields.List(fields.Nested(Line), required=True, label="各项赞成票")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody is present, and no more vote for a project than are."""
        for line in values["lines"]:
            if values["present"] < 1 or not 0 <= line["yes"] <= values["present"]:
                said = {"present": values["present"], "yes": line["yes"]}
                return {"lines": RendaError("micro_projects.votes", **said)}
        return {}


class Counted(Schema):
    """What the vote left with one project."""

    votes = fields.Int(required=True, label="得票")
    present = fields.Int(required=True, label="到会人数")
    because = fields.Text(required=True, label="结果的理由")


class Owner(Schema):
    """Who carries the project out, until when, watched by which deputies."""

    owner = fields.Organ(required=True, label="实施单位", relation="assignee")
    watchers = fields.List(fields.Deputy(), label="监督代表", relation="watcher")
    finish_on = fields.Date(label="完成期限", hint="不填则按规定期限")


class Finished(Schema):
    """That it is done, and for how much."""

    finished_with = fields.Text(required=True, label="完成情况")
    spent = fields.Decimal(required=True, label="决算(万元)")


class Rating(Schema):
    """How many of those who evaluated the result were how satisfied."""

    satisfied = fields.Int(required=True, label="满意")
    basically = fields.Int(required=True, label="基本满意")
    dissatisfied = fields.Int(required=True, label="不满意")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody evaluated."""
        given = [values[name] for name in ("satisfied", "basically", "dissatisfied")]
        wrong = min(given) < 0 or not sum(given)
        return {"satisfied": RendaError("micro_projects.nobody_rated")} if wrong else {}


class Stop(Schema):
    """Why a project is given up."""

    stopped_for = fields.Text(required=True, label="终止的理由")


class ItemPayload(Schema):
    """What a project keeps beside its forms."""

    evaluated_again = fields.Int(label="退回整改次数")


class Summary(Schema):
    """What a street did before the system was used, by number only."""

    street = fields.Organ(required=True, label="街道", relation="street")
    since = fields.Date(required=True, label="自")
    until = fields.Date(required=True, label="至")
    proposed = fields.Int(required=True, label="征集件数")
    by_deputies = fields.Int(required=True, label="代表提出件数")
    deputies_shortlisted = fields.Int(required=True, label="代表提出入围件数")
    chosen = fields.Int(required=True, label="票选确定件数")
    finished = fields.Int(required=True, label="完成件数")
    record = fields.Text(required=True, label="依据的登记")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Days in their order; a part is no more than its whole."""
        if values["since"] > values["until"]:
            return {"until": RendaError("micro_projects.days", since=values["since"], until=values["until"])}
        wholes = {"by_deputies": "proposed", "deputies_shortlisted": "by_deputies", "chosen": "proposed",
                  "finished": "chosen"}  # fmt: skip
        for part, whole in wholes.items():
            if not 0 <= values[part] <= values[whole]:
                said: dict[str, Any] = {"part": self.label_of(part), "whole": self.label_of(whole)}
                error = RendaError("micro_projects.more", given=values[part], most=values[whole], **said)
                return {part: error}
        return {}
