"""国有资产管理监督: each year a general report on all state assets and a special one on a category in turn.

Source: 《加强对国有资产管理依法监督的方式途径》 (普陀区人大工作研究会): two years running, the whole of the district's assets told; one
base for all, accounts that connect. Law: 监督法 §24 and 地方组织法 §50 (8). The order of topics, days, measures and whether
the rectification is measured are the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Explained,
    Fact,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due_on,
    hookimpl,
)

from . import accounts, forms, problems, telling, years
from .params import AssetParams


class StateAssets(years.Years, accounts.Accounts, problems.Problems):
    """The plan of a term, its years, and in each year accounts and problems."""

    title = "国有资产管理监督"
    about = "五年规划、各类资产账、年度综合报告和一个专项报告、审议意见、问题整改,全口径、逐年衔接。"
    relations: ClassVar[Mapping[str, str]] = {
        "reporter": "综合报告机关",
        "special": "专项报告机关",
        "keeper": "填报单位",
        "assignee": "整改单位",
    }
    kinds = (
        Kind("plan", "监督规划", years.PLAN, frozenset({"approved"})),
        Kind("year", "年度报告", years.STATES, frozenset({"closed"}), forms.YearPayload, within="plan"),
        Kind("account", "资产账", accounts.STATES, frozenset({"checked"}), forms.AccountPayload, within="year"),
        Kind("problem", "问题", problems.STATES, frozenset({"confirmed", "lasting"}), within="year"),
    )

    class Params(AssetParams):
        """Categories and what is stated of them, days, who is told."""

    def title_of(self, matter: Matter) -> str:
        """The plan's years, the year, the account's category, the problem's own words."""
        held = matter.payload
        if matter.kind == "plan":
            return f"{held.get('since', '')}—{held.get('until', '')} 年国有资产监督规划"
        if matter.kind == "year":
            return f"{held.get('year', '')} 年度国有资产管理情况"
        if matter.kind == "account":
            year = "" if matter.parent is None else matter.parent.payload.get("year", "")
            return f"{year} 年度{self.category(held['category'])['label']}账"
        return str(held["title"])

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """For a year the share of problems that are put right."""
        return telling.rate(matter) if matter.kind == "year" and matter.state in telling.TOLD else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "year" and matter.state in {"gathering", "general"}:
            following = "report" if matter.state == "gathering" else "report_special"
            return [Deadline("报告", due_on(self.last_day(matter), calendar), following)]
        if matter.kind == "problem" and matter.state == "open":
            return [Deadline("整改", due_on(matter.payload["due"], calendar), "rectify")]
        again = matter.payload.get("again_by") if matter.state == "rectifying" else None
        return [] if again is None else [Deadline("再次整改", due_on(again, calendar), "measure")]

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        """Passed, or put right again; a void ballot decides nothing."""
        if matter.kind != "year" or matter.state != "measuring" or not ballot.stands or ballot.line is None:
            return None
        return "measured" if ballot.line.outcome in self.params.passing else "rectifying"

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Anybody reads a year that is closed, and its accounts, where the district publishes."""
        year = matter.parent if matter.kind == "account" else matter
        closed = year is not None and year.kind == "year" and year.state == "closed"
        return True if closed and self.params.published and "public" in viewer.roles else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self, since, until, records)
