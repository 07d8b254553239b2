"""Rules as a district writes them: plain tables, each mistake said with its place and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from renda.errors import RendaError, declare

declare(
    {
        "voting.not_a_table": "{where}应写成一组“键 = 值”,实际写的是“{value}”。请改写。",
        "voting.not_a_list": "{where}的“{key}”应写成列表,实际写的是“{value}”。请用方括号列出各项。",
        "voting.empty_list": "{where}的“{key}”是空的。请至少写一项。",
        "voting.unknown_key": "{where}里没有“{key}”这一项。可用的有:{allowed}。请更正拼写或删去。",
        "voting.missing_key": "{where}缺少“{key}”。请补上。",
        "voting.not_whole": "{where}的“{key}”应为不小于{least}的整数,实际写的是“{value}”。请改写。",
        "voting.not_number": "{where}的“{key}”应为数字,实际写的是“{value}”。请改写。",
        "voting.not_flag": "{where}的“{key}”只能写 true 或 false,实际写的是“{value}”。请改写。",
        "voting.not_text": "{where}的“{key}”应为文字,实际写的是“{value}”。请加引号写明。",
        "voting.not_offered": "{where}的“{key}”不能写“{value}”。可用的有:{allowed}。请选用其一。",
    }
)

Offered = TypeVar("Offered", bound=StrEnum)


class RuleTable:
    """A table of a rule, read key by key.

    ``where`` names its place for the reader of an error (such as ``ballot.toml 第2个版本 测评``).
    Raises ``RendaError`` where ``table`` is no mapping or has a key outside ``allowed``.
    """

    def __init__(self, table: object, where: str, allowed: Iterable[str]) -> None:
        if not isinstance(table, Mapping):
            raise RendaError("voting.not_a_table", where=where, value=table)
        names = tuple(allowed)
        for key in table:
            if key not in names:
                raise RendaError("voting.unknown_key", where=where, key=key, allowed="、".join(names))
        self.where = where
        self._table: Mapping[str, object] = table

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def value(self, key: str) -> object:
        """What stands under ``key``; an error where nothing does."""
        if key not in self._table:
            raise RendaError("voting.missing_key", where=self.where, key=key)
        return self._table[key]

    def whole(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """A whole number of at least ``least``."""
        if default is not None and key not in self._table:
            return default
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise RendaError("voting.not_whole", where=self.where, key=key, least=least, value=value)
        return value

    def number(self, key: str, default: Fraction | None = None) -> Fraction:
        """An exact number: an integer, a Decimal, or a text such as ``1/5``."""
        if default is not None and key not in self._table:
            return default
        value = self.value(key)
        exact = None if isinstance(value, bool) else _exact(value)
        if exact is None:
            raise RendaError("voting.not_number", where=self.where, key=key, value=value)
        return exact

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._table.get(key, default)
        if not isinstance(value, bool):
            raise RendaError("voting.not_flag", where=self.where, key=key, value=value)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless ``default`` is."""
        if default is not None and key not in self._table:
            return default
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            raise RendaError("voting.not_text", where=self.where, key=key, value=value)
        return value

    def choice(self, key: str, offered: type[Offered], default: Offered | None = None) -> Offered:
        """One of the values of the enum ``offered``."""
        if default is not None and key not in self._table:
            return default
        value = self.value(key)
        for member in offered:
            if member.value == value:
                return member
        allowed = "、".join(member.value for member in offered)
        raise RendaError("voting.not_offered", where=self.where, key=key, value=value, allowed=allowed)

    def items(self, key: str, default: tuple[object, ...] | None = None) -> tuple[object, ...]:
        """A list, empty only where ``default`` is given."""
        if default is not None and key not in self._table:
            return default
        value = self.value(key)
        if not isinstance(value, list | tuple):
            raise RendaError("voting.not_a_list", where=self.where, key=key, value=value)
        if not value and default is None:
            raise RendaError("voting.empty_list", where=self.where, key=key)
        return tuple(value)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        found = self.items(key, default)
        for value in found:
            if not isinstance(value, str):
                raise RendaError("voting.not_text", where=self.where, key=key, value=value)
        return tuple(str(value) for value in found)

    def place(self, key: str, number: int | None = None) -> str:
        """The place of what stands under ``key``, its ``number``-th entry where it is a list."""
        return f"{self.where}.{key}" if number is None else f"{self.where}.{key}[{number}]"


def _exact(value: object) -> Fraction | None:
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            return None
    return None
