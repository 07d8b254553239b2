"""A date and how it came about, one step a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from renda.i18n import gettext

if TYPE_CHECKING:
    from .spans import Extension


class StepKind(StrEnum):
    """What a day did to the count."""

    START = "start"
    COUNTED_DAY = "counted_day"
    COUNTED_WORKING_DAY = "counted_working_day"
    COUNTED_MOVED_WORKDAY = "counted_moved_workday"
    MONTHS = "months"
    MONTHS_TO_END = "months_to_end"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    PAUSED_ADDS = "paused_adds"
    AFTER_PAUSES = "after_pauses"
    HELD = "held"
    EXTENDED = "extended"
    ENDS_ON_MOVED_WORKDAY = "ends_on_moved_workday"
    ENDS_ON_REST_DAY = "ends_on_rest_day"
    MOVED_PAST_REST_DAY = "moved_past_rest_day"
    MOVED_TO = "moved_to"
    BEFORE_REST_DAY = "before_rest_day"
    BACK_TO = "back_to"
    FIXED = "fixed"


_TEXTS = {
    StepKind.START: "起算当日不计入",
    StepKind.COUNTED_DAY: "第{number}日",
    StepKind.COUNTED_WORKING_DAY: "第{number}个工作日",
    StepKind.COUNTED_MOVED_WORKDAY: "调休上班,第{number}个工作日",
    StepKind.MONTHS: "满{number}个月的对应日",
    StepKind.MONTHS_TO_END: "满{number}个月的当月没有对应日,以月末日为准",
    StepKind.WEEKEND: "周末休息,不计",
    StepKind.HOLIDAY: "节假日休息,不计",
    StepKind.PAUSED: "暂停,不计",
    StepKind.PAUSED_ADDS: "暂停,期限顺延1日",
    StepKind.AFTER_PAUSES: "加上暂停的{number}日后的届满日",
    StepKind.HELD: "暂停尚未结束,届满日待恢复后确定",
    StepKind.EXTENDED: "延长{span}:{reason}",
    StepKind.ENDS_ON_MOVED_WORKDAY: "届满日虽为周末,但调休上班,不顺延",
    StepKind.ENDS_ON_REST_DAY: "届满日为休息日,顺延",
    StepKind.MOVED_PAST_REST_DAY: "仍为休息日或暂停日,继续顺延",
    StepKind.MOVED_TO: "顺延至休息日后的第一个工作日",
    StepKind.BEFORE_REST_DAY: "最迟日为休息日,提前",
    StepKind.BACK_TO: "提前至休息日前的最后一个工作日",
    StepKind.FIXED: "规定的固定日期",
}

_COUNTED = {
    StepKind.COUNTED_DAY,
    StepKind.COUNTED_WORKING_DAY,
    StepKind.COUNTED_MOVED_WORKDAY,
    StepKind.MONTHS,
    StepKind.MONTHS_TO_END,
}


class Step(NamedTuple):
    """One day of a count: what it was and, where it was counted, its number."""

    day: date
    kind: StepKind
    number: int = 0
    extension: Extension | None = None

    @property
    def counted(self) -> bool:
        """Whether the day moved the count on."""
        return self.kind in _COUNTED

    @property
    def text(self) -> str:
        """The reason in the reader's language."""
        if self.extension is not None:
            return gettext(_TEXTS[self.kind], span=self.extension.span.text, reason=self.extension.reason)
        return gettext(_TEXTS[self.kind], number=self.number)


@dataclass(frozen=True, slots=True)
class UnannouncedYear:
    """A year whose working days are not announced yet was counted on weekends and the days off by law."""

    year: int

    @property
    def text(self) -> str:
        """The warning in the reader's language."""
        return gettext(
            "{year}年的放假安排尚未公布,暂按周末和法定节假日休息推算,调休未定。公布后请更新工作日历,届满日可能随之变动。",
            year=self.year,
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline: the last day on which it is kept, its steps in order, and its warnings.

    ``date`` is None only while a pause without an end holds the clock; ``remaining`` then says how
    much is left, in the unit of the span that stands still (for months: calendar days).
    """

    date: date | None
    steps: tuple[Step, ...]
    warnings: tuple[UnannouncedYear, ...] = ()
    remaining: int = 0

    @property
    def held(self) -> bool:
        """Whether the clock stands still with no end yet."""
        return self.date is None
