"""An organ at work: talking with the deputy, opinions of co-handlers, extension, reply, carrying out, redoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda.answers import Change
from renda.deadlines import Extension, Span, Unit, due
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import action
from renda.matter import Matter, Turn
from renda.suggestions import forms, papers
from renda.suggestions.clocks import Clocks
from renda.suggestions.kinds import ANSWER, ANSWERING, STAGES

declare(
    {
        "suggestion.not_your_part": "“{action}”由{wanted}单位办理,本单位是{part}单位。",
        "suggestion.opinions_missing": "会办意见尚未到齐,还不能答复。尚缺:{names}。",
        "suggestion.no_contact": "答复前须与代表沟通。请先办理“见面沟通”并记录情况。",
        "suggestion.commitment_needed": "{result_class}类({label})的答复须写明承诺事项和承诺年份。",
        "suggestion.commitment_past": "承诺年份 {year} 早于今年。请写今年或以后的年份。",
        "suggestion.extension_too_long": "延长 {months} 个月后的到期日 {day} 超过最长期限 {last}。请缩短延期。",
        "suggestion.extended_before": "这件建议已经批准延期,不能再次申请。",
    }
)
AFTER_REDO = ("answered", "implemented")


def main_parts(suggestion: Matter) -> list[Matter]:
    """The assignments that answer the deputy: the lead's, or each of those that handle separately."""
    return [
        each
        for each in suggestion.children("assignment")
        if each.payload["part"] in ANSWERING and each.state not in {"transferred", "cancelled"}
    ]


class Replying(Clocks):
    """What the organs that handle a suggestion do, and what follows for it when all are through."""

    abstract: ClassVar[bool] = True

    def _check_part(self, matter: Matter, label: str, wanted: Sequence[str], words: str) -> None:
        part = matter.payload["part"]
        if part not in wanted:
            named = {"lead": "主办", "co": "会办", "separate": "分别办理"}[part]
            raise RendaError(
                "suggestion.not_your_part", action=gettext(label), wanted=gettext(words), part=gettext(named)
            )

    @action(
        "见面沟通",
        by="assignee",
        when=("received", "extending", "answered", "redoing", "implementing"),
        kind="assignment",
        data=forms.Contact,
        aside=True,
    )
    def contact(self, matter: Matter, talk: Mapping[str, Any], turn: Turn) -> Change:
        """Record a talk with the proposer (代表法: organs keep contact with deputies while handling)."""
        entry = {"way": talk["contact_way"], "note": talk["contact_note"], "day": turn.day}
        return Change({"contacts": [*(matter.payload.get("contacts") or ()), entry]})

    @action(
        "答复代表",
        by="assignee",
        when="received",
        then="answered",
        kind="assignment",
        data=forms.Reply,
        around="handling",
    )
    def reply(self, matter: Matter, reply: Mapping[str, Any], turn: Turn) -> Change:
        """The reply, with the class of its result; only when all opinions of co-handlers are in."""
        self._check_part(matter, "答复代表", ANSWERING, "主办或分别办理")
        if self.params.contact_before_reply and not matter.payload.get("contacts"):
            raise RendaError("suggestion.no_contact")
        suggestion = self._around(matter)
        missing = [
            each.all_parties("assignee")[0].name
            for each in suggestion.children("assignment")
            if each.payload["part"] == "co" and each.state not in {"opined", "transferred", "cancelled"}
        ]
        if missing:
            raise RendaError("suggestion.opinions_missing", names="、".join(missing))
        chosen = next(each for each in self.params.result_classes if each["code"] == reply["result_class"])
        self._check_commitment(chosen, reply, turn.day)
        last = self.reply_deadline(matter, turn.calendar).date
        late = 0 if last is None else max(0, (turn.day - last).days)
        organ = matter.all_parties("assignee")[0].name
        return Change(
            {"replied_on": turn.day, "days_late": late},
            papers=[papers.reply(self.params, suggestion, organ, reply, chosen["label"])],
        )

    def _check_commitment(self, chosen: Mapping[str, Any], reply: Mapping[str, Any], day: date) -> None:
        year = reply.get("commitment_year")
        if chosen["needs_commitment"] and year is None:
            raise RendaError("suggestion.commitment_needed", result_class=chosen["code"], label=chosen["label"])
        if year is not None and year < day.year:
            raise RendaError("suggestion.commitment_past", year=year)

    @staticmethod
    def _around(matter: Matter) -> Matter:
        if matter.parent is None:
            raise TypeError("an assignment lies inside a suggestion")
        return matter.parent

    @action("提出会办意见", by="assignee", when="received", then="opined", kind="assignment", data=forms.Opinion)
    def give_opinion(self, matter: Matter, opinion: Mapping[str, Any]) -> None:
        """A co-handler's opinion to the lead."""
        self._check_part(matter, "提出会办意见", ("co",), "会办")

    @action(
        "申请延期",
        by="assignee",
        when="received",
        then="extending",
        kind="assignment",
        data=forms.Extending,
        aside=True,
    )
    def ask_extension(self, matter: Matter, extending: Mapping[str, Any], turn: Turn) -> None:
        """Ask for more time, once, and never beyond the longest time for a reply."""
        self._check_part(matter, "申请延期", ANSWERING, "主办或分别办理")
        if matter.payload.get("extended"):
            raise RendaError("suggestion.extended_before")
        months = extending["extension_months"]
        added = Extension(Span(months, Unit.MONTH), extending["extension_reason"])
        asked = due(matter.opened_on, self.params.reply, turn.calendar, (), (added,)).date
        last = due(matter.opened_on, self.params.reply_longest, turn.calendar).date
        if asked is not None and last is not None and asked > last:
            raise RendaError("suggestion.extension_too_long", months=months, day=asked, last=last)

    @action("批准延期", by="clerk", when="extending", then="received", kind="assignment")
    def grant_extension(self, matter: Matter, turn: Turn) -> Change:
        """Allow it; the deputies are told."""
        months = matter.payload["extension_months"]
        last = self.reply_dated(matter.opened_on, matter.payload, turn.calendar, months=months).date
        suggestion = self._around(matter)
        organ = matter.all_parties("assignee")[0].name
        paper = papers.told(
            "延期办理告知",
            self.params,
            suggestion,
            papers.deputies(suggestion, self.params.joint_reply),
            f"经批准,{organ}对该件的答复期限延至{papers.day_text(last)}。理由:{matter.payload['extension_reason']}",
        )
        return Change({"extended": True, "reply_due": last}, papers=[paper])

    @action("不批准延期", by="clerk", when="extending", then="received", kind="assignment")
    def refuse_extension(self, matter: Matter) -> None:
        """Keep the time as it is."""

    @action("进入落实", by="system", when="answered", then="implementing", kind="assignment")
    def begin(self, matter: Matter, turn: Turn) -> Change:
        """What follows when the reply has been rated: the organ carries out what it has promised."""
        return Change({"began_on": turn.day})

    @action(
        "报告落实",
        by="assignee",
        when="implementing",
        then="implemented",
        kind="assignment",
        data=forms.Progress,
        around="implementing",
    )
    def report_implementation(self, matter: Matter, progress: Mapping[str, Any]) -> None:
        """Report what has been carried out."""

    @action(
        "交回二次办理",
        by="system",
        when=("answered", "implemented", "implementing"),
        then="redoing",
        kind="assignment",
        data=forms.RedoOrder,
    )
    def order_redo(self, matter: Matter, order: Mapping[str, Any], turn: Turn) -> Change:
        """What follows from 不满意: the organ handles it again, with a clock of its own."""
        suggestion = self._around(matter)
        stage, organ = STAGES[order["redo_stage"]], matter.all_parties("assignee")[0].name
        paper = papers.told(
            "二次办理通知",
            self.params,
            suggestion,
            [organ],
            f"代表对该件{stage}的评价为不满意。请查明原因,再次办理并答复代表。代表的意见:{order['redo_reason']}",
        )
        return Change({"redo_from": turn.day, "redo_until": order.get("redo_until")}, papers=[paper])

    @action(
        "二次答复",
        by="assignee",
        when="redoing",
        then=AFTER_REDO,
        kind="assignment",
        data=forms.SecondReply,
        around="redoing",
    )
    def redo(self, matter: Matter, second: Mapping[str, Any]) -> Change:
        """The result of handling again, back to the deputies."""
        organ = matter.all_parties("assignee")[0].name
        answered = matter.payload["redo_stage"] == ANSWER
        paper = papers.second_reply(self.params, self._around(matter), organ, second)
        return Change(then="answered" if answered else "implemented", papers=[paper])

    @action("终止承办", by="system", when="*", then="cancelled", kind="assignment", aside=True)
    def cancel(self, matter: Matter) -> None:
        """What follows when the suggestion is withdrawn."""

    @action("答复齐备", by="system", when="handling", then="answered", data=forms.Completion)
    def replied(self, matter: Matter, completion: Mapping[str, Any], turn: Turn) -> Change:
        """What follows when every organ that answers has replied: the proposer's turn."""
        return Change({"delivered_on": turn.day, "reminded_on": None})

    @action("落实齐备", by="system", when="implementing", then="implemented")
    def implemented(self, matter: Matter, turn: Turn) -> Change:
        """What follows when every organ that answers has reported: the proposer's turn again."""
        return Change({"delivered_on": turn.day, "reminded_on": None})

    @action("二次办理齐备", by="system", when="redoing", then=AFTER_REDO)
    def redone(self, matter: Matter, turn: Turn) -> Change:
        """What follows when every organ has handled it again: the same stage is rated once more."""
        then = "answered" if matter.payload["redo_of"] == ANSWER else "implemented"
        return Change({"delivered_on": turn.day, "reminded_on": None}, then)
