"""What 监委, 法院 and 检察院 file: they review their own people; the committee records it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Matter, Practice, Turn, action

from . import forms, refusals

FILING = MappingProxyType({"filed": "待审查", "returned": "退回补正", "recorded": "已备案"})


class Filings(Practice):
    """The actions on a filing."""

    abstract = True

    @action("报送备案", by=("assignee", "clerk"), when=None, then="filed", data=forms.Filing, kind="filing")
    def file(self, matter: Matter, filing: Mapping[str, Any], turn: Turn) -> None:
        assert matter.parent is not None
        refusals.filing(matter.parent, filing, turn, self.params.filing_organs)

    @action("准予备案", by="clerk", when="filed", then="recorded", kind="filing")
    def record(self, matter: Matter) -> None: ...

    @action("退回补正", by="clerk", when="filed", then="returned", data=forms.Grounds, kind="filing", aside=True)
    def return_filing(self, matter: Matter) -> None: ...

    @action("补正", by=("assignee", "clerk"), when="returned", then="filed", data=forms.Corrected, kind="filing")
    def correct(self, matter: Matter) -> None: ...
