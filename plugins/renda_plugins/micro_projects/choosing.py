"""Which projects of a shortlist are carried out: more than the share of those present, and within the fund."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from renda import Matter, RendaError, declare

declare(
    {
        "micro_projects.not_listed": "编号 {number} 不是本年度入围的项目。请核对票选单。",
        "micro_projects.voted_twice": "“{title}”写了两次得票。",
        "micro_projects.not_voted": "还没有得票的入围项目:{missing}。没有人赞成的请写 0 票。",
        "micro_projects.tie": "{titles}得票相同(各 {votes} 票),{community}余下的资金 {left} 万元只够其中一部分。"
        "请就这几项再次票选,把这一轮的得票填入。",
    }
)

Choice = dict[int, tuple[str, str]]


def votes_of(listed: Sequence[Matter], lines: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Votes by project; each of the shortlist stands once."""
    titles, votes = {each.id: each.title for each in listed}, dict[int, int]()
    for line in lines:
        if line["item"] not in titles:
            raise RendaError("micro_projects.not_listed", number=line["item"])
        if line["item"] in votes:
            raise RendaError("micro_projects.voted_twice", title=titles[line["item"]])
        votes[line["item"]] = line["yes"]
    missing = [title for number, title in titles.items() if number not in votes]
    if missing:
        raise RendaError("micro_projects.not_voted", missing="、".join(missing))
    return votes


def chosen(
    listed: Sequence[Matter], votes: Mapping[int, int], present: int, params: Any, taken: Mapping[str, Decimal]
) -> Choice:
    """For each project the action that follows and why.

    A project needs more than ``pass_share`` of those present. Then, community by community, money goes to the
    most votes first; what no longer fits is left out and the next may still fit. Where projects with as many
    votes do not all fit, the people vote again on them. ``taken``: what a community's fund has given already.
    """
    needed = Fraction(params.pass_share) * present
    found: Choice = {}
    communities: dict[str, list[Matter]] = {}
    for each in listed:
        if votes[each.id] > needed:
            communities.setdefault(each.payload["community"], []).append(each)
        else:
            found[each.id] = ("leave", f"赞成 {votes[each.id]} 票,没有超过到会 {present} 人的规定比例。")
    for community, passed in communities.items():
        left = params.fund - taken.get(community, Decimal(0))
        ranked = sorted(passed, key=lambda each: -votes[each.id])
        for number, group in groupby(ranked, key=lambda each: votes[each.id]):
            left = _fund(list(group), number, community, left, found)
    return found


def _fund(group: Sequence[Matter], votes: int, community: str, left: Decimal, found: Choice) -> Decimal:
    """Gives money to projects with as many votes; what is left."""
    costs = [each.payload["budget"] for each in group]
    if sum(costs) > left and len(group) > 1 and min(costs) <= left:
        titles = "、".join(f"“{each.title}”" for each in group)
        raise RendaError("micro_projects.tie", titles=titles, votes=votes, community=community, left=left)
    for each, cost in zip(group, costs, strict=True):
        if cost <= left:
            left -= cost
            found[each.id] = ("choose", f"赞成 {votes} 票,列入{community}本年度项目。")
        else:
            found[each.id] = ("leave", f"赞成 {votes} 票,{community}余下的资金 {left} 万元不够预算 {cost} 万元。")
    return left


def taken_of(items: Sequence[Matter]) -> dict[str, Decimal]:
    """What each community's fund has given to projects that are chosen already."""
    found: dict[str, Decimal] = {}
    for each in items:
        if each.state in {"chosen", "carrying", "done", "evaluated"}:
            community = each.payload["community"]
            found[community] = found.get(community, Decimal(0)) + each.payload["budget"]
    return found
