"""What a committee's year comes to: duty by duty, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda import Explained, Matter, capped, cite_matter, cite_rule, leaf, ratio, rounded, times, total


def done(year: Matter, duty: Mapping[str, Any]) -> Explained:
    """How often a duty was done in the year: the entries that were not made void."""
    found = [each for each in year.children("done") if each.state == "entered" and each.payload["duty"] == duty["code"]]
    numbers = [
        leaf(each.payload["day"].isoformat(), each.payload["quantity"], cite_matter(each.id, each.title))
        for each in found
    ]
    return total(duty["label"], *numbers)


def in_post(committee: Matter, day: date, posts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Post → how many stood in it on a day; where the post asks for full time, only those count."""
    staff = [
        each
        for each in committee.payload.get("staff", ())
        if each["since"] <= day and ("until" not in each or each["until"] > day)
    ]
    return [
        {
            "post": post["code"],
            "filled": sum(
                each["post"] == post["code"] and (each["full_time"] or not post["full_time"]) for each in staff
            ),
        }
        for post in posts
    ]


def whole(year: Matter, params: Any) -> Explained:
    """Σ over the duties, unrounded: what levels are compared with."""
    return total("年度考核", *(of_duty(year, duty, params) for duty in params.duties))


def shown(year: Matter, params: Any) -> Explained | None:
    """The score as people read it; None before the assessment."""
    if year.state not in {"assessed", "settled"}:
        return None
    return rounded(whole(year, params), params.digits, label="年度考核")


def level(year: Matter, params: Any) -> str:
    """The level whose bound the exact score reaches."""
    value = whole(year, params).value
    assert isinstance(value, int | Decimal | Fraction)
    return next(str(each["label"]) for each in params.levels if Fraction(value) >= Fraction(each["least"]))


def of_duty(year: Matter, duty: Mapping[str, Any], params: Any) -> Explained:
    """The points for one duty, of those it is worth."""
    rule = cite_rule(duty["basis"])
    if duty["measure"] == "mark":
        marks = {each["duty"]: each for each in year.payload.get("marks", ())}
        given = marks[duty["code"]]
        return times(leaf(f"打分:{given['reason']}", given["mark"]), duty["points"] / 100, duty["label"], cites=rule)
    if duty["measure"] == "staff":
        share = ratio("人员配备", *_staff(year.payload["in_post"], params.posts))
    else:
        share = ratio("完成", done(year, duty), leaf(f"年度指标({duty['unit']})", duty["least"]))
    return times(capped(share, 1), duty["points"], duty["label"], cites=rule)


def _staff(filled: Sequence[Mapping[str, Any]], posts: Sequence[Mapping[str, Any]]) -> tuple[Explained, Explained]:
    known = {each["post"]: each["filled"] for each in filled}
    have = [capped(leaf(post["label"], known.get(post["code"], 0)), post["least"]) for post in posts]
    return total("在岗", *have), total("应配", *(leaf(post["label"], post["least"]) for post in posts))


def plain(part: Explained, digits: int) -> str:
    """A number as text in a document."""
    return str(rounded(part, digits).value)
