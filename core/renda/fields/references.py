"""Entries that name somebody or something the district keeps: a person, an organ, another matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from renda.fields.entries import Int


class Reference(Int):
    """The number of something the district keeps; ``noun`` says what."""

    noun: ClassVar[str] = ""
    default_error_messages = {"missing": "本区县没有编号为 {value} 的记录。"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        number = int(super()._deserialize(value, attr, data, **options))
        exists: Callable[[str, int], bool] | None = getattr(self.root, "exists", None)
        if exists is not None and not exists(self.noun, number):
            raise self.make_error("missing", value=number)
        return number


class Person(Reference):
    """Anybody the district knows."""

    noun = "person"


class Deputy(Reference):
    """A person with a deputy's mandate."""

    noun = "deputy"


class Official(Reference):
    """A person in an appointed post."""

    noun = "official"


class Organ(Reference):
    """A department, court, street committee or another organ."""

    noun = "organ"


class Project(Reference):
    """A funded undertaking."""

    noun = "project"


class MatterNumber(Reference):
    """Another matter of the same district."""

    noun = "matter"
