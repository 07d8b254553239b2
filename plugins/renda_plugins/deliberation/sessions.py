"""A session: topics collected and screened, departments invited, the meeting, the follow-up until all is settled."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, papers, refusals, states

STATES = MappingProxyType({"collecting": "征集议题", "notified": "已通知", "held": "跟踪办理", "closed": "已办结"})


class Sessions(Practice):
    """The actions on a session, and on what was done before there were sessions here."""

    abstract = True

    @action("征集议题", by=("clerk", "host"), when=None, then="collecting", data=forms.Session, kind="session")
    def begin(self, matter: Matter) -> None: ...

    @action(
        "通知开会",
        by="clerk",
        when=("collecting", "notified"),
        then="notified",
        data=forms.Invitation,
        kind="session",
        children={"topic": ("adopted", "declined")},
    )
    def notify(self, matter: Matter, invitation: Mapping[str, Any], turn: Turn) -> Change:
        refusals.notice(invitation["meets_on"], self.params.notice, turn)
        listed = refusals.listed(matter, self.params.topics_most)
        organs = [turn.records.party("organ", number).name for number in invitation["departments"]]
        return Change(papers=[papers.invitation(matter, invitation["meets_on"], listed, organs)])

    @action("记录会议", by=("clerk", "host"), when="notified", then="held", data=forms.Minutes, kind="session")
    def hold(self, matter: Matter, minutes: Mapping[str, Any], turn: Turn) -> None:
        refusals.not_yet(matter, turn)
        refusals.present(minutes["participants"], self.params.deputies_least)

    @action("办结并公布", by="clerk", when="held", then="closed", kind="session", children={"topic": states.ENDS})
    def close(self, matter: Matter) -> Change:
        return Change(papers=[papers.outcome(matter)])

    @action("补录汇总", by="clerk", when=None, then="entered", data=forms.Summary, kind="summary")
    def enter_before(self, matter: Matter, summary: Mapping[str, Any], turn: Turn) -> None:
        refusals.past(summary["until"], turn)
