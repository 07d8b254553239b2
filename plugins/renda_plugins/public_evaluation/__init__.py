"""群众网络专项评议: citizens score the year's public projects in a questionnaire, without signing in.

Source: 《政府实事项目运行机制的专题调研报告》 (奉贤区): an online evaluation among citizens, 91.1 points in 2018 and 93.1 in
2019; kinds of projects people are little satisfied with are not taken up again. The scale, the line and the clocks
are the district's. What is asked of citizens keeps to 个人信息保护法 §§34-35: nothing beyond the answer is asked.
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
    due_on,
    hookimpl,
)

from . import evaluations, forms, telling
from .params import EvaluationParams


class PublicEvaluation(evaluations.Evaluations):
    """A year's evaluation and the kinds of projects in it."""

    title = "政府实事项目群众评议"
    about = "市民不用登录在网上作答,按档评分;结果公布,得分低的类别下一年不再征集,责任单位报送改进措施。"
    relations: ClassVar[Mapping[str, str]] = {"assignee": "责任单位"}
    kinds = (
        Kind("evaluation", "年度评议", evaluations.STATES, frozenset({"published", "dropped"}), forms.EvaluationPayload),
        Kind(
            "item", "评议类别", evaluations.ITEM, frozenset({"removed", "good", "unscored", "improved"}), forms.ItemPayload,
            within="evaluation",
        ),
    )  # fmt: skip

    class Params(EvaluationParams):
        """Scale, kinds, line, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The year, or the kind with its year."""
        if matter.kind == "evaluation":
            return f"{matter.payload['year']} 年度群众评议"
        year = "" if matter.parent is None else matter.parent.payload["year"]
        return f"{year} 年度群众评议·{matter.payload['category']}"

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        return self.follows(event, records) if event.matter.practice == self.code else []

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        scale = self.params.scale
        return telling.whole(matter, scale) if matter.kind == "evaluation" else telling.of_kind(matter, scale)

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "evaluation" and matter.state == "asking":
            return [Deadline("作答截止", due_on(matter.payload["until"], calendar), "hear")]
        if matter.kind == "item" and matter.state == "low":
            return [Deadline("报送改进措施", due_on(matter.payload["improve_by"], calendar), "improve")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        around = matter if matter.parent is None else matter.parent
        return True if around.state == "published" and "public" in viewer.roles else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, self.params, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, self.params.scale, since, until, records)
