"""民生微实事: small projects of streets and communities, solicited, screened, voted on, carried out, evaluated.

Source: 《坪山:“六新”注入新动能》 (坪山区) and 《关于委托街道人大工委办理有关事项的决定》 it names: 1,055 projects voted by streets and
communities, all of them finished, more than 95% of deputies' proposals shortlisted. What a 民生议政会 passed is gathered
from the fact ``deliberation.project``. Ceilings, fund, shares and days were not found; they are the district's.
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
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    counted,
    due,
    due_on,
    hookimpl,
    percent,
    ratio,
)

from . import forms, items, rounds, telling
from .params import MicroParams


class MicroProjects(rounds.Rounds, items.Items):
    """A street's year and its projects; beside them what was done before, by number."""

    title = "民生微实事"
    about = "街道、社区征集筛选、票选、实施、评议;民生议政会表决通过的直接转入,结果公布。"
    relations: ClassVar[Mapping[str, str]] = {
        "street": "街道人大工委",
        "proposer": "提出的代表",
        "assignee": "实施单位",
        "watcher": "监督代表",
    }
    kinds = (
        Kind("round", "年度征集", rounds.STATES, frozenset({"closed"})),
        Kind("item", "微实事项目", items.STATES, frozenset(items.ENDS), forms.ItemPayload, within="round"),
        Kind("summary", "补录汇总", {"entered": "已补录"}, frozenset({"entered"})),
    )

    class Params(MicroParams):
        """Categories, fund, shares, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The project's own words; for a year its street."""
        if matter.kind == "item":
            return str(matter.payload["title"])
        street = matter.party("street")
        name = "" if street is None else street.name
        if matter.kind == "summary":
            return f"{name}民生微实事汇总({matter.payload['since']} 至 {matter.payload['until']})"
        return f"{name} {matter.payload.get('year', '')} 年度民生微实事"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """For a year the share of its projects that are finished."""
        if matter.kind == "round":
            inside = matter.children("item")
            chosen = counted("票选确定", [f"{each.id}号" for each in inside if each.state in telling.CHOSEN])
            done = counted("完成", [f"{each.id}号" for each in inside if each.state in {"done", "evaluated"}])
            return percent(ratio("占比", done, chosen), 1, label="完成率") if chosen.value else None
        return None

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        return self.follows(event, records) if event.matter.practice == self.code else []

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        held = matter.payload
        if matter.state == "soliciting":
            return [Deadline("截止征集", due_on(held["until"], calendar), "close_solicitation")]
        if matter.state in {"proposed", "passed"}:
            return [Deadline("筛选", due(matter.opened_on, self.params.screen, calendar), "shortlist")]
        if matter.kind == "item" and matter.state == "carrying":
            return [Deadline("完成", due_on(held["finish_on"], calendar), "finish")]
        finished = matter.done_on("finish") if matter.state == "done" else None
        return [] if finished is None else [Deadline("评议", due(finished, self.params.evaluate, calendar), "evaluate")]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """What was chosen anybody may read, and a year while its projects are taken."""
        open_to_all = matter.kind == "round" or (matter.kind == "item" and matter.state in telling.CHOSEN)
        return True if open_to_all and "public" in viewer.roles else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, self.params.shortlist_target, since, until, records)
