"""The study of a suggestion with a low result: what is wrong, who puts it right, whether it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, papers

STUDY = MappingProxyType({"planned": "待调研", "rectifying": "整改中", "rectified": "待核实", "settled": "整改到位"})


class Studies(Practice):
    """The actions on a study (专题调研), which lies inside its suggestion."""

    abstract = True

    @action(
        "启动专题调研",
        by=("clerk", "chair"),
        when=None,
        then="planned",
        data=forms.Study,
        kind="study",
        around=("redoing", "deciding", "closed", "implemented"),
    )
    def start_study(self, matter: Matter) -> None:
        """The committee that is in touch with the organ studies the suggestion; low results begin one by themselves."""

    @action("提交调研报告", by="clerk", when="planned", then="rectifying", data=forms.StudyReport, kind="study")
    def report_study(self, matter: Matter, report: Mapping[str, Any], turn: Turn) -> Change:
        """What was found; the organ is told to put it right at once."""
        assert matter.parent is not None, "a study lies in a suggestion"
        paper = papers.study(self.params, matter.parent, report)
        return Change({"reported_on": turn.day}, papers=[paper])

    @action("报告整改", by="lead", when="rectifying", then="rectified", data=forms.Rectified, kind="study")
    def rectify(self, matter: Matter) -> None:
        """What the organ has put right."""

    @action("核实整改", by="clerk", when="rectified", then="settled", kind="study")
    def settle(self, matter: Matter) -> None:
        """It is put right."""

    @action("退回整改", by="clerk", when="rectified", then="rectifying", data=forms.SentBack, kind="study", aside=True)
    def insist(self, matter: Matter, wanting: Mapping[str, Any], turn: Turn) -> Change:
        """It is not; the time for it begins anew."""
        return Change({"reported_on": turn.day})
