"""Deputies' suggestions rated in two stages out of a hundred (代表建议办理百分制分段评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import (
    Change,
    Explained,
    Matter,
    Records,
    RendaError,
    Schema,
    Sheet,
    SuggestionLife,
    Turn,
    action,
    declare,
    fields,
    hookimpl,
    looked_up,
    percent,
    times,
    total,
)
from renda_plugins.segmented_scoring.sheets import grades_sheet, organs_sheet

declare(
    {
        "segmented_scoring.weights": "答复权重与办理落实权重之和应为 1,现在是 {sum}。请改其中一项。",
        "segmented_scoring.levels": "档次“{grade}”须恰好归入一个等级(满意、基本满意、不满意),现在归入了 {count} 个。",
        "segmented_scoring.unknown_grade": "等级“{level}”里有分值表中没有的档次“{grade}”。请在 grades 中写明它的分值。",
    }
)


class AnswerGrade(Schema):
    """The proposer's grade for the reply."""

    answer_grade = fields.Choice(of="grades", required=True, label="答复档次")
    answer_reason = fields.Text(label="答复评价的理由", hint="评为不满意的必须写明")


class Grade(Schema):
    """The proposer's grade for what was carried out."""

    implementation_grade = fields.Choice(of="grades", required=True, label="办理落实档次")
    implementation_reason = fields.Text(label="落实评价的理由", hint="评为不满意的必须写明")


class SegmentedScoring(SuggestionLife):
    """《坪山:“六新”注入新动能》:three levels in seven grades, the reply weighs 40%, the implementation 60%."""

    title = "代表建议百分制分段评价"
    about = "代表对建议的答复和办理落实分两段评档,按权重合成百分制得分。"

    class Params(SuggestionLife.Params):
        """The life of a suggestion, and how grades become points."""

        answer_weight = fields.Decimal(required=True, label="答复权重")
        implementation_weight = fields.Decimal(required=True, label="办理落实权重")
        grades = fields.Dict(keys=fields.Str(), values=fields.Decimal(), required=True, label="档次分值")
        levels = fields.Dict(keys=fields.Str(), values=fields.List(fields.Str()), required=True, label="等级划分")

        def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
            """Weights that do not make 1; grades in no level, in two, or without points."""
            wrong = dict(super().mistakes(values))
            weights = values["answer_weight"] + values["implementation_weight"]
            if weights != 1:
                wrong["implementation_weight"] = RendaError("segmented_scoring.weights", sum=weights)
            placed = Counter(grade for grades in values["levels"].values() for grade in grades)
            for grade in values["grades"]:
                if placed[grade] != 1:
                    wrong["levels"] = RendaError("segmented_scoring.levels", grade=grade, count=placed[grade])
            for level, grades in values["levels"].items():
                if level not in SuggestionLife.levels:
                    allowed = "、".join(SuggestionLife.levels)
                    wrong["levels"] = RendaError("suggestion.unknown_level", level=level, allowed=allowed)
                for grade in set(grades) - set(values["grades"]):
                    wrong["grades"] = RendaError("segmented_scoring.unknown_grade", level=level, grade=grade)
            return wrong

    def _graded(self, matter: Matter, turn: Turn, rating: Mapping[str, Any], stage: str) -> Change:
        grade, reason = rating[f"{stage}_grade"], rating.get(f"{stage}_reason")
        level = next(str(level) for level, grades in self.params.levels.items() if grade in grades)
        return self.rated(matter, turn, stage=stage, level=level, reason=reason, grade=grade)

    @action("评价答复", by="proposer", when="answered", then=SuggestionLife.after_answer, data=AnswerGrade)
    def rate_answer(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        """Rate the reply: the first stage."""
        return self._graded(matter, turn, rating, "answer")

    @action("评价落实", by="proposer", when="implemented", then=SuggestionLife.after_implementation, data=Grade)
    def rate_implementation(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        """Rate what was carried out: the second stage."""
        return self._graded(matter, turn, rating, "implementation")

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """40% of the reply's points and 60% of the implementation's, once both are rated."""
        answer, implementation = self.rating(matter, "answer"), self.rating(matter, "implementation")
        if answer is None or implementation is None:
            return None
        p = self.params
        return total(
            "最终得分",
            times(looked_up("答复", answer["grade"], p.grades), p.answer_weight),
            times(looked_up("办理落实", implementation["grade"], p.grades), p.implementation_weight),
        )

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """The report of every practice on suggestions, the grades of the time, the averages of the organs."""
        known = self.reported(records, since, until)
        grades = grades_sheet(known, self.params.grades, self.params.levels, percent(self.overall(known), 1))
        return [grades, organs_sheet(known, self.score), *self.common_sheets(records, since, until)]
