"""Rows that know where they stand, and the mistakes found in them, all of them; ``rows`` reads them from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from renda.errors import RendaError, declare
from renda.fields.bounds import MAX_DIGITS, is_ordinary_day, is_storable_decimal
from renda.i18n import gettext
from renda.services.imports.values import YES, day_of, number_of, whole_of

declare(
    {
        "import.broken": "没有导入,一行也没有写入。共有 {count} 处错误:\n{mistakes}",
        "import.unknown_column": "没有“{column}”这一列。可用的列:{allowed}。",
        "import.missing_column": "缺少“{column}”这一列。",
        "import.blank": "必须填写。",
        "import.date": "应为日期,例如 2020-03-01,现为“{value}”。",
        "import.whole": "应为整数,现为“{value}”。",
        "import.number": "应为数字,例如 1200.50,现为“{value}”。",
        "import.yes_no": "应为“是”或“否”,现为“{value}”。",
    }
)

SUFFIXES = (".csv", ".xlsx")
MOST_TOLD = 50


def wrong(column: str, code: str, /, **values: Any) -> RendaError:
    """The error ``code`` about the cell in ``column``."""
    error = RendaError(code, **values)
    error.fields = {column: error.message}
    return error


@dataclass(frozen=True)
class Row:
    """One row: its file (from the data folder), its line (from 1, comments counted), its cells as text.

    ``damaged``: columns whose cell cannot be taken, which is noted as a mistake already.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    damaged: frozenset[str] = frozenset()

    def text(self, column: str, *, required: bool = False) -> str:
        """A cell; raises ``import.blank`` where it must not be."""
        value = self.cells.get(column, "")
        if required and not value:
            raise wrong(column, "import.blank")
        return value

    def day(self, column: str) -> date:
        """A cell that must hold a day."""
        value = self.text(column, required=True)
        day = day_of(value)
        if day is None or not is_ordinary_day(day):
            raise wrong(column, "import.date", value=value)
        return day

    def day_or_none(self, column: str) -> date | None:
        """A cell that may hold a day."""
        return self.day(column) if self.text(column) else None

    def whole(self, column: str) -> int:
        """A cell that must hold a whole number."""
        value = self.text(column, required=True)
        plain = whole_of(value)
        if plain is None or len(plain) > MAX_DIGITS:
            raise wrong(column, "import.whole", value=value)
        return int(plain)

    def number_or_none(self, column: str) -> Decimal | None:
        """A cell that may hold a number, exact as it is written."""
        value = self.text(column)
        plain = number_of(value) if value else None
        if value and (plain is None or not is_storable_decimal(Decimal(plain))):
            raise wrong(column, "import.number", value=value)
        return Decimal(plain) if plain is not None else None

    def yes(self, column: str) -> bool:
        """A cell of 是 or 否; blank is 否."""
        value = self.text(column)
        if value.lower() not in YES:
            raise wrong(column, "import.yes_no", value=value)
        return YES[value.lower()]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where; ``line`` 0 is the file as a whole, ``column`` may be empty."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return gettext("{file}:{reason}", file=self.file, reason=self.reason)
        if not self.column:
            return gettext("{file} 第 {line} 行:{reason}", file=self.file, line=self.line, reason=self.reason)
        return gettext(
            "{file} 第 {line} 行“{column}”列:{reason}",
            file=self.file,
            line=self.line,
            column=self.column,
            reason=self.reason,
        )


class ImportBrokenError(RendaError):
    """``import.broken``, with all that was found wrong."""

    def __init__(self, mistakes: Mistakes, code: str, /, **told: Any) -> None:
        super().__init__(code, **told)
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class _At:
    mistakes: Mistakes
    file: str
    line: int

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, RendaError):
            return False
        about: Mapping[str, str] = error.fields or {"": error.message}
        self.mistakes.found += [Mistake(self.file, self.line, column, reason) for column, reason in about.items()]
        return True


@dataclass
class Mistakes:
    """Everything found wrong so far; ``untried`` counts rows not tried because of an earlier one."""

    found: list[Mistake] = field(default_factory=list)
    untried: int = 0

    def at(self, file: str, line: int = 0) -> _At:
        """Keep what is raised inside as mistakes of that line, one for each column it is about."""
        return _At(self, file, line)

    def refuse(self) -> None:
        """Raise ``import.broken`` with all mistakes, if there are any."""
        if not self.found:
            return
        told = [str(mistake) for mistake in self.found[:MOST_TOLD]]
        if len(self.found) > MOST_TOLD:
            told.append(gettext("……另有 {count} 处没有列出。", count=len(self.found) - MOST_TOLD))
        if self.untried:
            told.append(gettext("另有 {count} 行因上述错误没有试。", count=self.untried))
        raise ImportBrokenError(
            self,
            "import.broken",
            fields={f"{each.file}:{each.line}:{each.column}": each.reason for each in self.found},
            count=len(self.found),
            mistakes="\n".join(told),
        )


def check_columns(
    rows: Sequence[Row], file: str, mistakes: Mistakes, required: Sequence[str], optional: Sequence[str]
) -> None:
    """Note the columns a closed table lacks or does not know."""
    if not rows:
        return
    allowed = [*required, *optional]
    for column in rows[0].cells:
        if column not in allowed:
            with mistakes.at(file):
                raise RendaError("import.unknown_column", column=column, allowed="、".join(allowed))
    for column in required:
        if column not in rows[0].cells:
            with mistakes.at(file):
                raise RendaError("import.missing_column", column=column)
