"""What a year's marks come to: the mean of each lecture, and those with the best means.

Means are compared exactly; rounded they are only shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from renda import Explained, Matter, cite_matter, leaf, mean, rounded


def held(year: Matter) -> list[Matter]:
    """The lectures that were given, in the order of their numbers."""
    found = [each for each in year.children("lecture") if each.state == "held"]
    return sorted(found, key=lambda each: int(each.payload["number"]))


def means(year: Matter) -> dict[int, Explained]:
    """Number of a lecture → the mean of its marks; lectures nobody marked are left out."""
    found: dict[int, Explained] = {}
    for lecture in held(year):
        number = lecture.payload["number"]
        points = [
            leaf(each.payload["rater"], mark["points"], cite_matter(each.id, each.title))
            for each in year.children("marks")
            for mark in each.payload["marks"]
            if mark["lecture"] == number
        ]
        if points:
            found[number] = mean(f"第 {number} 期 {lecture.title}", *points)
    return found


def chosen(year: Matter, best: int) -> list[int]:
    """The numbers of the best, best first; those who tie on the last place are all in."""
    some = means(year)
    order = sorted(some, key=lambda number: (-value(some[number]), number))
    if len(order) <= best:
        return order
    bound = value(some[order[best - 1]])
    return [number for number in order if value(some[number]) >= bound]


def places(some: dict[int, Explained]) -> Sequence[tuple[int, int]]:
    """(place, number), best first; equal means share a place."""
    order = sorted(some, key=lambda number: (-value(some[number]), number))
    return [(1 + sum(value(some[other]) > value(some[number]) for other in order), number) for number in order]


def shown(found: Explained, digits: int) -> Explained:
    """A mean as people read it."""
    return rounded(found, digits, label=found.label)


def value(found: Explained) -> Fraction:
    """A mean as the number it is."""
    assert isinstance(found.value, int | Decimal | Fraction)
    return Fraction(found.value)
