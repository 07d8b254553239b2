"""What a reminder says: each matter in one line, the one longest overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from renda.i18n import gettext
from renda.reminding import Message
from renda.services.lists import Line
from renda.services.viewing import is_watched


@dataclass(frozen=True, slots=True)
class Due:
    """A matter somebody is reminded of: how many days are left (less than 0: overdue), and the stage of it."""

    line: Line
    due_on: date
    left: int
    stage: int


def message_of(district: str, to: str, address: str, dues: Sequence[Due], page: str) -> Message:
    """The message about these matters; ``page``: where a matter is found, with ``{number}``, or empty.

    The title of a matter whose views are recorded does not leave the house.
    """
    overdue = len([each for each in dues if each.left < 0])
    title = gettext("{district}:{n} 件待办将到期或已逾期", district=district, n=len(dues))
    lines = [
        gettext("{name},您好:", name=to),
        gettext("待办 {n} 件,其中逾期 {late} 件。", n=len(dues), late=overdue),
        "",
    ]
    for each in dues:
        kind = each.line.rules.practice.kind(each.line.row.kind)
        called = gettext(kind.title) if is_watched(each.line.rules, each.line.matter) else each.line.row.title
        told = gettext("{title}({practice}),期限 {day},{off}", title=called, day=each.due_on,
                       practice=gettext(each.line.rules.version.title), off=_off(each.left))  # fmt: skip
        lines.append(told + (f"  {page.format(number=each.line.row.id)}" if page else ""))
    days = sorted({each.due_on for each in dues})
    summary = [lines[1], gettext("最早的期限:{day}", day=days[0])]
    return Message(district, to, address, title, lines, summary)


def _off(left: int) -> str:
    if left < 0:
        return gettext("已逾期 {n} 天", n=-left)
    return gettext("还有 {n} 天", n=left) if left else gettext("今天到期")
