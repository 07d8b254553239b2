"""The clocks: what is due in each state, counted from the days the record holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda.answers import Deadline
from renda.calendar import WorkingCalendar
from renda.deadlines import Dated, Extension, Pause, Span, Unit, due, due_on
from renda.i18n import gettext
from renda.matter import Matter
from renda.practice import Practice, hookimpl
from renda.suggestions.kinds import ANSWERING

AT_WORK = ("handling", "redoing", "implementing")


class Clocks(Practice):
    """What is due, and by when."""

    abstract: ClassVar[bool] = True

    def reply_dated(
        self, begun: date, payload: Mapping[str, Any], calendar: WorkingCalendar, *, months: int = 0
    ) -> Dated:
        """The last day for the reply of an assignment handed over on ``begun``.

        Three months from the hand-over, up to six where it is extended (代表法 on suggestions); days on which
        a request to give it back was pending do not count where the district says so. ``months`` are added.
        """
        extensions = (Extension(Span(months, Unit.MONTH), gettext("经批准延期")),) if months else ()
        stops = payload.get("stops") or () if self.params.return_stops_clock else ()
        pauses = [Pause(stop["since"], stop["until"]) for stop in stops]
        return due(begun, self.params.reply, calendar, pauses, extensions)

    def reply_deadline(self, matter: Matter, calendar: WorkingCalendar) -> Dated:
        """The last day for the reply of an assignment as it stands."""
        months = matter.payload["extension_months"] if matter.payload.get("extended") else 0
        return self.reply_dated(matter.opened_on, matter.payload, calendar, months=months)

    def return_deadline(self, matter: Matter, calendar: WorkingCalendar) -> Dated | None:
        """The last day to ask for an assignment to be taken back; None while it is not running yet."""
        receipt = self.params.return_from == "receipt"
        begun = matter.payload.get("received_on") if receipt else matter.opened_on
        return None if begun is None else due(begun, self.params.return_request, calendar)

    @hookimpl
    def deadlines(self, matter: Matter, calendar: WorkingCalendar) -> Sequence[Deadline]:
        """What is due in the matter's state; see ``renda.hookspecs``."""
        if matter.kind == "assignment":
            return self._of_assignment(matter, calendar)
        return self._of_suggestion(matter, calendar)

    def _of_suggestion(self, matter: Matter, calendar: WorkingCalendar) -> list[Deadline]:
        params, payload, state = self.params, matter.payload, matter.state
        filed_on = payload.get("filed_on") or matter.opened_on
        found: list[Deadline] = []
        if state == "filed":
            found.append(Deadline("审查受理", due(filed_on, params.screen, calendar), "accept"))
        if state == "accepted" and payload["session"] == "session":
            begun = payload.get("congress_closed_on") or filed_on
            found.append(Deadline("交办", due(begun, params.assign_session, calendar), "assign"))
        elif state == "accepted":
            found.append(Deadline("交办", due(filed_on, params.assign_intersession, calendar), "assign"))
        if state in {"answered", "implemented"}:
            label = "评价答复" if state == "answered" else "评价落实"
            found.append(Deadline(label, self.rating_deadline(matter, calendar)))
        if payload.get("focus") and state in AT_WORK:
            efforts = payload.get("efforts") or ()
            since = efforts[-1]["day"] if efforts else payload["focus_since"]
            found.append(Deadline("重点督办", due(since, params.supervise, calendar), "supervise"))
        return found

    def rating_deadline(self, matter: Matter, calendar: WorkingCalendar) -> Dated:
        """The last day for the proposer's rating: from the delivery, or from the reminder where one was sent."""
        reminded = matter.payload.get("reminded_on")
        if reminded is not None:
            return due(reminded, self.params.evaluate_after_reminder, calendar)
        return due(matter.payload["delivered_on"], self.params.evaluate, calendar)

    def _of_assignment(self, matter: Matter, calendar: WorkingCalendar) -> list[Deadline]:
        params, payload, state, begun = self.params, matter.payload, matter.state, matter.opened_on
        found: list[Deadline] = []
        if state == "delivered":
            found.append(Deadline("签收", due(begun, params.receive, calendar), "receive"))
        if state == "returning":
            found.append(Deadline("审批退回", due(payload["return_asked_on"], params.reassign, calendar)))
        if state in {"delivered", "received", "extending"}:
            found += self._of_handling(matter, calendar)
        if state == "redoing":
            until = payload.get("redo_until")
            dated = due_on(until, calendar) if until else due(payload["redo_from"], params.redo, calendar)
            found.append(Deadline("二次办理", dated, "redo"))
        if state == "implementing":
            year = payload.get("commitment_year")
            dated = due(payload["began_on"], params.implement, calendar)
            if year:
                dated = due_on(date(year, 12, 31), calendar)
            found.append(Deadline("报告落实", dated, "report_implementation"))
        return found

    def _of_handling(self, matter: Matter, calendar: WorkingCalendar) -> list[Deadline]:
        begun, params = matter.opened_on, self.params
        if matter.payload["part"] not in ANSWERING:
            return [Deadline("提出会办意见", due(begun, params.co_handler, calendar), "give_opinion")]
        found = [Deadline("答复代表", self.reply_deadline(matter, calendar), "reply")]
        if not matter.payload.get("contacts"):
            found.append(Deadline("首次沟通", due(begun, params.first_contact, calendar), "contact"))
        return found
