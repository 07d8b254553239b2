"""Spreadsheets as rows that know where they stand, and the mistakes found in them, all of them.

The first line names the columns, lines before it that begin with ``#`` say where the figures come from. CSV and the
first sheet of an XLSX file are read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from renda.errors import RendaError, declare
from renda.fields.bounds import MAX_DIGITS, is_ordinary_day, is_storable_decimal
from renda.i18n import gettext
from renda.services.imports.files import lines_of

declare(
    {
        "import.broken": "没有导入,一行也没有写入。共有 {count} 处错误:\n{mistakes}",
        "import.no_heading": "没有表头:第一行(# 开头的说明除外)应写列名。",
        "import.unknown_column": "没有“{column}”这一列。可用的列:{allowed}。",
        "import.missing_column": "缺少“{column}”这一列。",
        "import.twice_column": "“{column}”这一列写了两次。",
        "import.too_long": "这一行比表头多出 {count} 格。",
        "import.blank": "必须填写。",
        "import.date": "应为日期,例如 2020-03-01,现为“{value}”。",
        "import.whole": "应为整数,现为“{value}”。",
        "import.number": "应为数字,例如 1200.50,现为“{value}”。",
        "import.yes_no": "应为“是”或“否”,现为“{value}”。",
    }
)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SUFFIXES = (".csv", ".xlsx")
MOST_TOLD = 50
YES = {"是": True, "1": True, "true": True, "否": False, "0": False, "false": False, "": False}


def wrong(column: str, code: str, /, **values: Any) -> RendaError:
    """The error ``code`` about the cell in ``column``."""
    error = RendaError(code, **values)
    error.fields = {column: error.message}
    return error


@dataclass(frozen=True)
class Row:
    """One row: its file (from the data folder), its line (from 1, comments counted), its cells as text."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str, *, required: bool = False) -> str:
        """A cell; raises ``import.blank`` where it must not be."""
        value = self.cells.get(column, "")
        if required and not value:
            raise wrong(column, "import.blank")
        return value

    def day(self, column: str) -> date:
        """A cell that must hold a day."""
        value = self.text(column, required=True)
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise wrong(column, "import.date", value=value) from None
        if not is_ordinary_day(day):
            raise wrong(column, "import.date", value=value)
        return day

    def day_or_none(self, column: str) -> date | None:
        """A cell that may hold a day."""
        return self.day(column) if self.text(column) else None

    def whole(self, column: str) -> int:
        """A cell that must hold a whole number."""
        value = self.text(column, required=True)
        if not (value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS):
            raise wrong(column, "import.whole", value=value)
        return int(value)

    def number_or_none(self, column: str) -> Decimal | None:
        """A cell that may hold a number, exact as it is written."""
        value = self.text(column)
        if value and not (_NUMBER.fullmatch(value) and is_storable_decimal(Decimal(value))):
            raise wrong(column, "import.number", value=value)
        return Decimal(value) if value else None

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


def table(path: Path, file: str, mistakes: Mistakes) -> list[Row]:
    """All rows of a spreadsheet that are not blank; what cannot be read becomes a mistake."""
    return list(rows_of(path, file, mistakes))


def rows_of(path: Path, file: str, mistakes: Mistakes) -> Iterator[Row]:
    """The same, one row after the other."""
    heading: list[str] | None = None
    with mistakes.at(file):
        for number, cells in lines_of(path):
            if not any(cells) or (heading is None and cells[0].startswith("#")):
                continue
            if heading is None:
                heading = _without_blanks(cells)
                with mistakes.at(file, number):
                    _check_heading(heading)
                continue
            with mistakes.at(file, number):
                extra = len([cell for cell in cells[len(heading) :] if cell])
                if extra:
                    raise RendaError("import.too_long", count=extra)
                yield Row(file, number, dict(zip(heading, cells, strict=False)))
        if heading is None:
            raise RendaError("import.no_heading")


def _without_blanks(cells: list[str]) -> list[str]:
    """The cells up to the last that is not blank."""
    return cells[: max(place for place, cell in enumerate(cells, 1) if cell)]


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


def _check_heading(heading: Sequence[str]) -> None:
    for column in heading:
        if heading.count(column) > 1:
            raise RendaError("import.twice_column", column=column)
