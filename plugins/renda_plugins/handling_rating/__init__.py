"""建议办理质效测评: how suggestions were handled, measured back to back, three aspects and the whole.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (重庆市江北区): the three grades of each aspect, the three levels, who
measures, announced on the spot with a copy to the leaders, a study where satisfaction is low; 1,952 suggestions in
the thirteenth five-year plan, a hundred led by leaders. The life of a suggestion is ``renda.SuggestionAccounts``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Change,
    Deadline,
    Event,
    Explained,
    Follow,
    Kind,
    Matter,
    Opening,
    Records,
    Sheet,
    SuggestionAccounts,
    Turn,
    action,
    due,
    due_on,
    fields,
    hookimpl,
)

from . import figures, forms, meetings, studies, tallies

COUNTING = frozenset({"clerk", "system"})


class HandlingRating(SuggestionAccounts, meetings.Meetings, studies.Studies):
    """The reply is rated by the proposer, the handling by a measurement."""

    title = "建议办理质效测评"
    about = "代表和区、街镇人大“背靠背”测评办理态度、方式、效果和综合满意度,当场公布;满意度不高的专题调研。"
    relations: ClassVar[Mapping[str, str]] = {
        **SuggestionAccounts.relations,
        "body": "参加测评的人大",
        "rater": "测评代表",
        "rating-body": "测评单位",
    }
    kinds = (
        *SuggestionAccounts.kinds,
        Kind("meeting", "质效测评会", meetings.MEETING, frozenset({"announced", "cancelled"}), forms.MeetingPayload),
        Kind("sheet", "测评票", meetings.SHEET, frozenset({"given", "absent"}), within="meeting"),
        Kind("study", "专题调研", studies.STUDY, frozenset({"settled"}), forms.StudyPayload, within="suggestion"),
    )

    class Params(SuggestionAccounts.Params):
        """The life of a suggestion, and what the district decides about measurements."""

        sheets_least = fields.Int(required=True, label="每件建议至少收回几张测评票")
        low_below = fields.Decimal(required=True, label="满意票占比低于多少的专题调研", hint="0 至 1 之间")
        study = fields.Span(required=True, label="专题调研的期限", hint="自公布结果之日起")
        study_rectify = fields.Span(required=True, label="调研后整改的期限", hint="自提交调研报告之日起")
        copies_to = fields.List(fields.Str(), required=True, label="测评结果抄送")
        study_copies_to = fields.List(fields.Str(), required=True, label="专题调研函抄送")

    def title_of(self, matter: Matter) -> str:
        """A sheet by its rater, a study by its suggestion."""
        if matter.kind == "sheet":
            whose = matter.party("rater") or matter.party("rating-body")
            return f"测评票 {matter.payload.get('about', '')}号·{whose.name if whose else ''}"
        if matter.kind == "study" and matter.parent is not None:
            return f"{matter.parent.title}·专题调研"
        return super().title_of(matter)

    @action("评价答复", by="proposer", when="answered", then=SuggestionAccounts.after_answer, data=forms.AnswerLevel)
    def rate_answer(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        """Rate the reply in three levels."""
        level, reason = rating["answer_level"], rating.get("answer_reason")
        return self.rated(matter, turn, stage="answer", level=level, reason=reason)

    @action("提请质效测评", by="clerk", when="implemented", data=forms.Listing)
    def put_to_meeting(self, matter: Matter, listing: Mapping[str, Any], turn: Turn) -> None:
        """Put a suggestion that was carried out to a measurement."""
        self.check_listing(matter, listing["meeting"], turn)

    @action(
        "记入测评结果",
        by="system",
        when="implemented",
        then=SuggestionAccounts.after_implementation,
        data=forms.Measured,
    )
    def measure(self, matter: Matter, measured: Mapping[str, Any], turn: Turn) -> Change:
        """What follows from a measurement: closed, or handled again; studied where satisfaction is low."""
        level = measured["measured_level"]
        reason = measured.get("comments") or ("质效测评结果为不满意" if level == "不满意" else None)
        change = self.rated(matter, turn, stage="implementation", level=level, reason=reason)
        if not tallies.is_low(measured, self.params.low_below):
            return change
        said = f"质效测评收回 {measured['sheets']} 张,满意 {measured['overall']['满意']} 张,结果为{level}。"
        return replace(change, opens=[Opening("study", {"study_of": said})])

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        """A listed suggestion joins the measurement; an announced one tells its suggestions."""
        matter = event.matter
        if matter.practice == self.code and matter.kind in {"account", "sheet", "study"}:
            return []
        if matter.practice != self.code:
            return super().acted(event, records)
        if event.action == "put_to_meeting":
            return [Follow("join", {"suggestion": matter.id}, event.entries["meeting"])]
        if event.action == "announce":
            found = {number: records.matter(number) for number in matter.payload["listed"]}
            told = tallies.of_meeting(matter)
            waiting = [number for number, each in found.items() if each is not None and each.state == "implemented"]
            return [Follow("measure", told[number].entries, number) for number in waiting]
        return super().acted(event, records)

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Back to back: a sheet is for its rater and for those who count; the rest as for every suggestion."""
        if matter.kind == "sheet":
            own = matter.relations_of(viewer) & {"rater", "rating-body"}
            return bool(own) or bool(viewer.roles & COUNTING)
        return super().may_see(matter, viewer)

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        """The share of 满意 among the sheets of a suggestion's last measurement."""
        return tallies.satisfaction(matter.payload) if matter.kind == "suggestion" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        """The day of a measurement, a study's two times; a suggestion's as ever."""
        payload = matter.payload
        if matter.kind == "meeting" and matter.state == "rating":
            return [Deadline("公布结果", due_on(payload["held_on"], calendar), "announce")]
        if matter.kind == "study" and matter.state == "planned":
            return [Deadline("提交调研报告", due(matter.opened_on, self.params.study, calendar), "report_study")]
        if matter.kind == "study" and matter.state == "rectifying":
            return [Deadline("报告整改", due(payload["reported_on"], self.params.study_rectify, calendar), "rectify")]
        return super().deadlines(matter, calendar) if matter.kind in {"suggestion", "assignment"} else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """The measurements and the handling of the time; every plan or term it touches, year by year."""
        found = [figures.measured_sheet(self.suggestions(records, until), since, until)]
        found += self.common_sheets(records, since, until)
        for number, period in enumerate(self.params.periods, start=1):
            if period["since"] <= until and since <= period["until"]:
                found.append(self._period(f"period_{number}", period, records, until))
        return found

    def _period(self, code: str, period: Mapping[str, Any], records: Records, until: date) -> Sheet:
        years = self.tallies(records, period["since"], min(until, period["until"]))
        rows = [[each.label, *figures.whole(each.number, self._measured)] for each in years]
        every = figures.whole(self.together(period["label"], years).number, self._measured)
        told = (*every[:2], figures.share(*every[2:]))
        return Sheet(
            code,
            f"{period['label']}建议办理情况",
            figures.YEARS,
            rows,
            told,
            chart=(0, 1),
            public=True,
            public_reason="numbers of suggestions; none is named",
        )

    def _measured(self, matter: Matter) -> str | None:
        rating = self.rating(matter, "implementation")
        return None if rating is None else str(rating["level"])
