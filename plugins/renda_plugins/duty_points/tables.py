"""Who stands where: points of a period or a year, shared ranks, totals, averages, the change from year to year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, Records, Sheet, leaf, mean, minus, percent, ratio, rounded, total

from . import lines


@dataclass(frozen=True)
class Standing:
    """One deputy's place: the rank (shared by equals), the points with their reasons, whether still in office."""

    rank: int
    name: str
    points: Explained
    in_office: bool
    register: Matter


def of_period(year: Matter, period: int) -> list[Standing]:
    """The places of one period."""
    return _ranked((register, lines.points_in(register, period)) for register in year.children("register"))


def of_year(year: Matter) -> list[Standing]:
    """The places of the year so far."""
    return _ranked((register, lines.points(register, "年度积分")) for register in year.children("register"))


def average(rows: Sequence[Standing], year: Matter) -> Explained:
    """The mean over the deputies the district counts; without a number where there are none."""
    some = [row for row in rows if row.in_office or year.payload["average_over"] == "all"]
    if not some:
        return ratio("平均积分", 0, 0)
    return rounded(
        mean("平均积分", *(leaf(row.name, row.points.value) for row in some)), year.payload["digits"], label="平均积分"
    )


def whole(rows: Sequence[Standing]) -> Explained:
    """What all deputies together have."""
    return total("履职总积分", *(leaf(row.name, row.points.value) for row in rows))


def shown(found: Explained) -> str:
    """A number as documents write it."""
    value = found.value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def sheets(code: str, since: date, until: date, records: Records) -> list[Sheet]:
    """Of each year within the time: the year, its published periods; and the years side by side."""
    years = sorted(records.matters(code, "year"), key=lambda each: int(each.payload["year"]))
    found, sums = [], {}
    for year in years:
        number = year.payload["year"]
        if number > until.year:
            continue
        rows = of_year(year)
        sums[number] = (year, rows, whole(rows))
        if number >= since.year:
            found += [_of_year(year, rows, sums), *_of_periods(year)]
    return [*found, _side_by_side(list(sums.values()))] if sums else []


def _of_year(year: Matter, rows: Sequence[Standing], sums: Any) -> Sheet:
    number, periods = year.payload["year"], year.payload["periods"]
    names = lines.PERIOD_NAMES[periods] if periods > 1 else ()
    told = [
        (
            row.rank,
            row.name,
            *(lines.points_in(row.register, place) for place in range(1, len(names) + 1)),
            row.points,
        )
        for row in rows
    ]
    figures = [sums[number][2], average(rows, year)]
    if number - 1 in sums:
        before = sums[number - 1][2]
        figures.append(percent(ratio("增长", minus("增加", figures[0], before), before), 1, label="较上年增长"))
    columns = ("名次", "代表", *names, "年度积分")
    title = f"{number} 年度代表履职积分"
    public = year.state in {"notice", "closed"}
    return Sheet(
        f"points_{number}",
        title,
        columns,
        told,
        figures,
        (1, len(columns) - 1),
        public,
        public_reason="points of a year are published for objections",
    )


def _of_periods(year: Matter) -> list[Sheet]:
    number, periods, found = year.payload["year"], year.payload["periods"], []
    for published in year.payload.get("published", ()) if periods > 1 else ():
        rows = of_period(year, published["period"])
        name = lines.PERIOD_NAMES[periods][published["period"] - 1]
        told = [(row.rank, row.name, row.points) for row in rows]
        code, title = f"points_{number}_{published['period']}", f"{number} 年{name}代表履职积分"
        figures = [whole(rows), average(rows, year)]
        found.append(
            Sheet(
                code,
                title,
                ("名次", "代表", "积分"),
                told,
                figures,
                (1, 2),
                public=True,
                public_reason="the points of this period were published",
            )
        )
    return found


def _side_by_side(sums: Sequence[Any]) -> Sheet:
    told = [(str(year.payload["year"]), len(rows), whole_of, average(rows, year)) for year, rows, whole_of in sums]
    columns = ("年度", "建档代表", "履职总积分", "平均积分")
    return Sheet(
        "points_years",
        "历年代表履职积分",
        columns,
        told,
        (),
        (0, 3),
        public=True,
        public_reason="sums of years; no deputy is named",
    )


def _ranked(found: Any) -> list[Standing]:
    some = sorted(found, key=lambda pair: -lines.number_of(pair[1]))
    values = [lines.number_of(points) for _, points in some]
    return [
        Standing(
            values.index(lines.number_of(points)) + 1, _name(register), points, register.state != "ended", register
        )
        for register, points in some
    ]


def _name(register: Matter) -> str:
    deputy = register.party("subject")
    return "" if deputy is None else deputy.name
