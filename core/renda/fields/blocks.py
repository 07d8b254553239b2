"""An entry that holds a whole table, as it is pasted from a spreadsheet or read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.fields.entries import Text


class Table(Text):
    """A table as text: its headings in the first line, its rows below, cells apart by tabs or commas.

    ``of`` names the district's parameter that says what the columns are called. An action with such an entry is
    offered on the page 导入 and by ``renda import``, which fill it from a CSV or XLSX file.
    """

    def __init__(self, *, of: str, **options: Any) -> None:
        super().__init__(**options)
        self.of = of

    def headings(self, params: Any) -> list[str]:
        """What the columns are called under ``params``."""
        named = getattr(params, self.of)
        return [str(heading) for heading in (named.values() if isinstance(named, Mapping) else named)]
