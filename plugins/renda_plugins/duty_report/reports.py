"""One official's report: due, handed in, spoken of, measured, told to the unit and the person."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, due_on, latest_before, outcomes

from . import forms, papers, refusals

STATES = MappingProxyType(
    {
        "due": "待提交",
        "submitted": "已提交",
        "spoken": "已口头述职",
        "measured": "已测评",
        "closed": "办结",
        "missing": "未提交",
        "excused": "不再述职",
    }
)
ENDS = ("closed", *refusals.GONE)
WRITING = ("reporting", "planned")


class Reports(Practice):
    """The actions on a report."""

    abstract = True

    @action("列入述职", by="system", when=None, then="due", data=forms.Reporter, kind="report")
    def name_report(self, matter: Matter) -> None: ...

    @action(
        "提交履职情况报告",
        by=("subject", "assignee"),
        when="due",
        then="submitted",
        data=forms.Document,
        kind="report",
        around=WRITING,
    )
    def submit(self, matter: Matter, turn: Turn) -> Change:
        last = self.due_of(matter, turn.calendar)
        first = matter.payload.get("submitted_on") or turn.day
        return Change({"submitted_on": first, "due": None if last is None else last.date})

    @action("退回补充", by="clerk", when="submitted", then="due", data=forms.Reason, kind="report", around=WRITING,
            aside=True)  # fmt: skip
    def send_back(self, matter: Matter) -> None: ...

    @action("催报", by="clerk", when="due", kind="report", aside=True)
    def remind(self, matter: Matter, turn: Turn) -> Change:
        last = self.due_of(matter, turn.calendar)
        if last is None or last.date is None or turn.day <= last.date:
            said = "会议日期未定" if last is None or last.date is None else last.date.isoformat()
            raise RendaError("duty_report.not_late", due=said)
        count = matter.payload.get("reminders", 0) + 1
        return Change({"reminders": count, "due": last.date}, papers=[papers.reminder(matter, last.date)])

    @action("登记未提交", by="clerk", when="due", then="missing", kind="report", aside=True)
    def report_missing(self, matter: Matter) -> None:
        if matter.done_on("remind") is None:
            raise RendaError("duty_report.not_reminded")
        self._not_drawn(matter)

    @action("登记不再述职", by="clerk", when=("due", "submitted"), then="excused", data=forms.Reason, kind="report",
            around=(*WRITING, "sitting"), aside=True)  # fmt: skip
    def excuse(self, matter: Matter) -> None:
        self._not_drawn(matter)

    @action("随年度撤销", by="system", when=("due", "submitted"), then="excused", kind="report", aside=True)
    def drop(self, matter: Matter) -> None: ...

    @action("列入口头述职", by="system", when=("due", "submitted"), kind="report", aside=True)
    def name_oral(self, matter: Matter) -> Change:
        return Change({"oral": True})

    @action("改为书面述职", by="system", when=("due", "submitted"), kind="report", aside=True)
    def unname_oral(self, matter: Matter) -> Change:
        return Change({"oral": None})

    @action("列入测评", by="system", when=("due", "submitted"), kind="report", aside=True)
    def name_measured(self, matter: Matter) -> Change:
        return Change({"measure": True})

    @action("记录口头述职", by="clerk", when="submitted", then="spoken", data=forms.Spoken, kind="report",
            around="sitting", aside=True)  # fmt: skip
    def speak(self, matter: Matter) -> None:
        if not matter.payload.get("oral"):
            raise RendaError("duty_report.not_oral", title=matter.title)

    @action(
        "记录测评",
        by="system",
        when=("submitted", "spoken"),
        then="measured",
        data=outcomes.BallotOutcome,
        kind="report",
    )
    def record_measurement(self, matter: Matter, counted: Any) -> Change:
        return Change({"failed": outcomes.is_failed(counted)})

    @action("述职办结", by="system", when=("submitted", "spoken", "measured"), then="closed", kind="report")
    def close_report(self, matter: Matter) -> None: ...

    def due_of(self, report: Matter, calendar: Any) -> Any:
        """By when the report is due, day by day; None while the meeting it goes to has no day yet."""
        around = report.parent
        assert around is not None, "a report lies inside a year"
        if self.params.due == "first_quarter":
            return due_on(date(around.payload["year"] + 1, 3, 31), calendar)
        day = around.payload.get("meeting_on")
        return None if day is None else latest_before(day, self.params.before_meeting, calendar)

    def _not_drawn(self, report: Matter) -> None:
        """Who was drawn leaves by a replacement in the draw, with a reason, and not otherwise."""
        around = report.parent
        draws = () if around is None else around.children("draw")
        if report.payload.get("oral") and any(each.state == "drawn" for each in draws):
            raise RendaError("duty_report.replace_first", title=report.title)
