"""Entries of a district's file that say how papers are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields as _fields

from renda import voting
from renda.errors import RendaError
from renda.fields.entries import _REQUIRED, _Labelled


def _questionnaire(value: object, where: str) -> object:
    scored = isinstance(value, Mapping) and "highest" in value
    return voting.score_rule_from(value, where) if scored else voting.measurement_rule_from(value, where)


_READERS: Mapping[str, Callable[[object, str], object]] = MappingProxyType(
    {
        "measurement": voting.measurement_rule_from,
        "motion": voting.motion_rule_from,
        "selection": voting.selection_rule_from,
        "election": voting.election_rule_from,
        "questionnaire": _questionnaire,
    }
)


class CountingRule(_Labelled, _fields.Field):  # type: ignore[type-arg]
    """The table by which a ballot of ``bench`` is counted, as ``Ballot.rule`` takes it.

    It is read once when the file is, so that a wrong base or an impossible condition is told by ``renda
    check`` and not in the sitting; what is kept is the table as it was written.
    """

    default_error_messages = {**_REQUIRED}

    def __init__(self, bench: str, **options: Any) -> None:
        super().__init__(**options)
        self.bench = bench
        self._reader = _READERS[bench]

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        try:
            self._reader(value, str(self.metadata.get("label", attr)))
        except RendaError as error:
            raise ValidationError(error.message) from error
        return value
