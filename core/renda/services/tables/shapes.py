"""What a table to be imported is: its columns, what takes its rows in, what gives them out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.services.desk import Desk
from renda.services.imports.characters import check_name, code_of, person_name, title_of
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.imports.values import CLEARS

declare(
    {
        "tables.unknown_column": "没有“{column}”这一列。可用的列:{allowed}。",
        "tables.missing_column": "缺少“{column}”这一列。请下载模板,不要删改表头。",
        "tables.long": "至多 {most} 个字,现有 {count} 个字。请改短。",
        "tables.choice": "没有“{value}”这一项。可选:{allowed}。",
        "tables.not_cleared": "这一列必须填写,不能清空。",
        "tables.same_row": "与第 {line} 行是同一条({what})。请只留一行。",
    }
)

SORTS: Mapping[str, str] = {
    "text": "文字",
    "date": "日期,例如 2020-03-01",
    "whole": "整数",
    "number": "数字,例如 1200.50",
    "yes_no": "是或否",
    "choice": "从下拉列表中选",
    "person": "人员的代码,不重名的也可写姓名",
    "organ": "机构的代码,不重名的也可写名称",
    "project": "项目的代码,不重名的也可写名称",
    "matter": "事项编号",
    "several": "可填多项,用分号、顿号、逗号或换行隔开",
    "json": "JSON",
}
MOST_CHANGES = 1000
"""So many changes are told one by one."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its heading, what its cells are (``SORTS``), and what is allowed in them.

    ``allowed`` maps what may be written to what is kept; empty where it is not a closed set. ``most``: so many signs.
    ``names``: what a text is the name of (``person``, ``title``) or that it is a ``code``; it is then written one way.
    """

    code: str
    label: str
    required: bool = False
    sort: str = "text"
    note: str = ""
    allowed: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    names: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row changes: in which line, of whom, in which column, what was there and what comes."""

    line: int
    what: str
    column: str
    before: str
    after: str


class Taking(Protocol):
    """What one import works with: it counts the rows that are new, that change something, and that do not."""

    @property
    def added(self) -> int:
        """How many rows were new."""

    @property
    def changed(self) -> int:
        """How many changed something."""

    @property
    def same(self) -> int:
        """How many said nothing new."""

    @property
    def differences(self) -> Sequence[Difference]:
        """What the rows change, the first ``MOST_CHANGES``."""

    def expect(self, rows: Sequence[Row]) -> None:
        """These rows come next: what they need is looked up at once."""

    def take(self, row: Row) -> None:
        """Read one row; raises what is wrong in it."""

    def forget(self, line: int) -> None:
        """What was taken from this line on was given up, and is taken again."""

    def finish(self, mistakes: Mistakes) -> None:
        """Note what is wrong between rows."""

    def keep(self) -> None:
        """Write what is to be written; asked only where nothing is wrong and it is no trial."""

    def rows(self) -> Iterator[Sequence[Any]]:
        """What there is now, in the order of the columns."""


@dataclass(frozen=True)
class Table:
    """A table by its name; ``closed``: no column but its own may stand in a file.

    ``acts``: its rows are actions, which are in the record each for itself. ``matter``: on which matter.
    ``practice``: the code of the practice it belongs to, empty for the roster.
    """

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    taking: Callable[[Desk, Actor], Taking]
    rows: Callable[[Desk, Actor], Iterator[Sequence[Any]]]
    closed: bool = True
    acts: bool = False
    matter: int | None = None
    practice: str = ""

    def headings(self) -> list[str]:
        """The headings in the reader's language."""
        return [gettext(column.label) for column in self.columns]

    def codes(self, headings: Sequence[str]) -> dict[str, str]:
        """The code for each heading of a file, written as code or label; raises ``tables.unknown_column``."""
        if not self.closed:
            return {heading: heading for heading in headings}
        known = self._called()
        for heading in headings:
            if heading not in known:
                allowed = "、".join(self.headings())
                raise RendaError("tables.unknown_column", column=heading, allowed=allowed)
        found = {heading: known[heading] for heading in headings}
        for column in self.columns:
            if column.required and column.code not in found.values():
                raise RendaError("tables.missing_column", column=gettext(column.label))
        return found

    def names(self) -> list[str]:
        """Everything its columns may be called in a file: label, label in the reader's language, code."""
        return list(self._called())

    def label_for(self, heading: str) -> str:
        """What mistakes call the column of a heading of a file."""
        return self.label_of(self._called().get(heading, heading) if self.closed else heading)

    def _called(self) -> dict[str, str]:
        return {called: each.code for each in self.columns for called in (each.label, gettext(each.label), each.code)}

    def label_of(self, code: str) -> str:
        """The heading of a column by its code; a place inside an entry is told by the entry."""
        head = code.partition(".")[0]
        return next((gettext(each.label) for each in self.columns if each.code == head), head)


_NAMED: Mapping[str, Callable[[str], str]] = {"person": person_name, "title": title_of, "code": code_of}


def check_cell(column: Column, row: Row) -> str:
    """A cell's text where it may stand there, empty where it is to be cleared.

    Raises ``import.blank``, ``import.lost``, ``tables.not_cleared``, ``tables.long`` or ``tables.choice``.
    """
    text = row.text(column.code, required=column.required)
    if text in CLEARS:
        if column.required:
            raise wrong(column.code, "tables.not_cleared")
        return ""
    if column.names:
        text = _NAMED[column.names](text)
        try:
            check_name(text)
        except RendaError as error:
            raise wrong(column.code, error.code, **error.values) from None
    if column.most is not None and len(text) > column.most:
        raise wrong(column.code, "tables.long", most=column.most, count=len(text))
    if not text or not column.allowed or column.sort == "several":
        return text
    if text in column.allowed:
        return column.allowed[text]
    if text in column.allowed.values():
        return text
    raise wrong(column.code, "tables.choice", value=text, allowed="、".join(column.allowed))
