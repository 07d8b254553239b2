"""Entries hold what databases and the calendar can keep, whichever form they stand in."""

from importlib.metadata import entry_points
from typing import Any

import marshmallow
import pytest

from renda import Practice, fields
from renda.errors import RendaError
from renda.schema import Schema


class Everything(Schema):
    """One entry of each kind."""

    number = fields.Int()
    amount = fields.Decimal()
    day = fields.Date()
    year = fields.Year()
    text = fields.Str()
    person = fields.Person()


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("number", 2**63), ("number", -(2**63)), ("number", "9" * 5000), ("person", 10**30), ("amount", "1e999999999"),
        ("amount", "1e-999999999"), ("amount", "9" * 19), ("day", "0001-01-01"), ("day", "9999-12-31"), ("year", 0),
        ("year", -307989), ("year", 1899), ("year", "2200"), ("text", "a\0b"), ("text", "\ud800"),
    ],
    ids=lambda value: ascii(value)[:24],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_beside_its_entry(entry: str, value: Any) -> None:
    with pytest.raises(RendaError) as refusal:
        Everything().read({entry: value})
    assert list(refusal.value.fields) == [entry]


@pytest.mark.parametrize(
    ("entry", "value"),
    [("number", 10**18 - 1), ("amount", "0." + "3" * 30), ("amount", "9" * 18), ("day", "1900-01-01"), ("year", 2199)],
)
def test_what_can_be_kept_is_taken(entry: str, value: Any) -> None:
    assert Everything().read({entry: value})


def test_every_year_of_every_practice_is_a_year() -> None:
    wrong = []
    for point in entry_points(group="renda.practices"):
        practice: type[Practice] = point.load()
        for kind in practice.kind_of.values():
            forms = [kind.payload, *(action.form for action in kind.actions.values() if action.form is not None)]
            for form in forms:
                made: marshmallow.Schema = form()
                wrong += [
                    f"{point.name}.{kind.code}.{name}"
                    for name, field in made.fields.items()
                    if (name == "year" or name.endswith("_year")) and not isinstance(field, fields.Year | fields.Dict)
                ]
    assert wrong == []
