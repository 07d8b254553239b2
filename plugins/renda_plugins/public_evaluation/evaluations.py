"""The actions: a year, the kinds in it, the questionnaire, what it leaves, what is published and improved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Change, Follow, Matter, Practice, Question, Questionnaire, Records, Turn, action, due

from . import forms, papers, refusals, scoring

STATES = MappingProxyType(
    {
        "drafting": "拟定评议内容",
        "asking": "群众评议中",
        "short": "答卷不足",
        "scored": "已得分",
        "published": "已公布",
        "dropped": "终止",
    }
)
ITEM = MappingProxyType(
    {
        "listed": "列入评议",
        "removed": "撤出",
        "good": "已得分",
        "low": "得分较低",
        "unscored": "未得分",
        "improved": "已报改进措施",
    }
)


class Evaluations(Practice):
    """A year's evaluation and the kinds of projects in it."""

    abstract = True

    @action("启动评议", by="clerk", when=None, then="drafting", data=forms.Year, kind="evaluation")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> None:
        refusals.second_year(self.code, year["year"], turn.records)

    @action(
        "列入类别", by="clerk", when=None, then="listed", data=forms.Item, kind="item", around=("drafting", "short")
    )
    def enlist(self, matter: Matter, item: Mapping[str, Any]) -> None:
        assert matter.parent is not None
        refusals.twice(matter.parent, matter.id, item["category"])

    @action(
        "撤出", by="clerk", when="listed", then="removed", data=forms.Reason, kind="item", around="drafting", aside=True
    )
    def remove(self, matter: Matter) -> None: ...

    @action("发出问卷", by="clerk", when=("drafting", "short"), then="asking", data=forms.Opened, kind="evaluation")
    def ask(self, matter: Matter, opened: Mapping[str, Any], turn: Turn) -> Change:
        items = listed(matter)
        refusals.nothing(items)
        until = opened.get("until") or due(turn.day, self.params.period, turn.calendar).date
        assert until is not None, "no pause holds this clock"
        refusals.past(until, turn.day)
        asked = Questionnaire(
            f"{matter.payload['year']} 年度政府实事项目群众评议",
            [*self._questions(items)],
            until,
            about=matter.payload.get("subject") or "",
            admission=opened.get("admission") or self.params.admission,
            fewest=self.params.fewest,
            closing="hear",
        )
        return Change({"until": until}, questionnaires=[asked], papers=[papers.invitation(matter, items, until)])

    @action(
        "计分", by="system", when="asking", then=("scored", "short"), data=forms.Heard, kind="evaluation",
    )  # fmt: skip
    def hear(self, matter: Matter, heard: Mapping[str, Any]) -> Change:
        whole = heard["figures"].get(forms.WHOLE) or {}
        if heard["answered"] < self.params.fewest or scoring.score("", whole, self.params.scale) is None:
            return Change(then="short")
        return Change({"whole": whole}, then="scored")

    @action(
        "得分",
        by="system",
        when=("listed", "unscored"),
        then=("good", "low", "unscored"),
        data=forms.Counts,
        kind="item",
    )
    def be_scored(self, matter: Matter, heard: Mapping[str, Any], turn: Turn) -> Change:
        score = scoring.exact("得分", heard["counts"], self.params.scale)
        if score is None or sum(heard["counts"].values()) < self.params.fewest:
            return Change({"counts": None}, then="unscored")
        if not scoring.low(score, self.params.low):
            return Change(then="good")
        until = due(turn.day, self.params.improvement, turn.calendar).date
        assert until is not None, "no pause holds this clock"
        return Change({"improve_by": until}, then="low")

    @action("公布结果", by="clerk", when="scored", then="published", data=forms.Published, kind="evaluation")
    def publish(self, matter: Matter, published: Mapping[str, Any]) -> Change:
        scale, items = self.params.scale, asked_about(matter)
        low = [each for each in items if each.state in {"low", "improved"}]
        said = [papers.result(matter, items, scale, published.get("opinion") or "")]
        said.append(papers.report(matter, low, self.params))
        said += [papers.letter(each, self.params) for each in low]
        return Change(papers=said)

    @action("报送改进措施", by="assignee", when="low", then="improved", data=forms.Measures, kind="item")
    def improve(self, matter: Matter) -> None: ...

    @action(
        "终止评议", by="chair", when=("drafting", "short"), then="dropped", data=forms.Reason, kind="evaluation",
        aside=True,
    )  # fmt: skip
    def drop(self, matter: Matter) -> None: ...

    def _questions(self, items: Sequence[Matter]) -> Sequence[Question]:
        scale = self.params.scale
        found = [Question(forms.WHOLE, "您对今年的政府实事项目总体满意吗?", scale=scale)]
        for each in items:
            done = each.payload.get("carried_out")
            text = f"{each.payload['category']}:{done}" if done else each.payload["category"]
            found.append(Question(each.payload["category"], text, scale=scale, required=False))
        if self.params.streets:
            streets = tuple(self.params.streets)
            text = "您住在哪个街镇?"
            found.append(Question(forms.STREET, text, "choice", options=streets, required=False, splits=True))
        return found

    def follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """What each kind hears of the answers, in the same transaction."""
        if event.action != "hear" or event.went_to != "scored":
            return []
        figures = event.entries["figures"]
        items = listed(event.matter, records)
        return [Follow("be_scored", {"counts": figures.get(each.payload["category"]) or {}}, each.id) for each in items]


def listed(around: Matter, records: Records | None = None) -> list[Matter]:
    """The kinds that are asked about."""
    children = around.children("item") if records is None else records.children(around, "item")
    return [each for each in children if each.state in {"listed", "unscored"}]


def asked_about(around: Matter) -> list[Matter]:
    """The kinds that were asked about."""
    return [each for each in around.children("item") if each.state != "removed"]
