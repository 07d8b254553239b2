"""既有多层住宅加装电梯: one window, one application for an entrance; consent by heads and area; a lift for life.

Source: 《进一步做好既有多层住宅加装电梯工作》 (宝山区人大工作研究会): about 23,000 entrances without a lift, 176 estates and 5,500 of
them in three streets, 422 and 17,800 in nine towns; one window, two measures, three platforms; upkeep over the whole life. The
shares are the law's (民法典 §278, before 2021 物权法 §76); days, approvals and subsidies are the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import Actor, Deadline, Explained, Fact, Kind, Matter, Party, Records, Section, Sheet, due, due_on, hookimpl

from . import applications, consent, forms, telling, works
from .params import LiftParams

KNOWING = frozenset({"clerk", "chair", "auditor", "system"})


class LiftInstallation(applications.Applications, works.Works):
    """The entrances that apply, and beside them how many there are."""

    title = "既有多层住宅加装电梯"
    about = "一门受理、征询意见、公示、联合审查、施工和资金监管、竣工、使用登记、终身维护保养,进度按街镇公布。"
    relations: ClassVar[Mapping[str, str]] = {"street": "街镇受理窗口"}
    kinds = (
        Kind(
            "entrance",
            "门洞",
            telling.STATES,
            frozenset({"withdrawn", "rejected", "retired"}),
            forms.EntrancePayload,
        ),
        Kind("base", "底数", {"entered": "现行", "replaced": "已注销"}, frozenset({"replaced"})),
    )

    class Params(LiftParams):
        """Shares, approvals, funds, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The estate and the entrance; the street or town of a number."""
        if matter.kind == "base":
            street = matter.party("street")
            return f"{'' if street is None else street.name}无电梯门洞底数"
        return f"{matter.payload.get('estate', '')}{matter.payload.get('entrance', '')}"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """Whether enough owners agree, with every comparison."""
        return consent.standing(matter.payload, self.params) if matter.kind == "entrance" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        held, params = matter.payload, self.params
        submitted = matter.done_on("submit")
        if matter.state == "noticed":
            return [Deadline("公示期满", due_on(held["notice_until"], calendar), "submit")]
        if matter.state == "reviewing" and submitted is not None:
            return [Deadline("联合审查", due(submitted, params.review, calendar), "approve")]
        if matter.state == "building":
            return [Deadline("竣工", due_on(held["finish_on"], calendar), "accept")]
        if matter.state == "in_use":
            return [
                Deadline("维护保养", due(held["upkeep_from"], params.upkeep, calendar), "keep_up"),
                Deadline("定期检验", due(held["inspection_from"], params.inspection, calendar), "inspect"),
            ]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Who lives there and what they said is known to the window and the committee's office; numbers to anybody."""
        if matter.kind == "base":
            return True if "public" in viewer.roles else None
        return None if viewer.roles & KNOWING or "street" in matter.relations_of(viewer) else False

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, until, records)
