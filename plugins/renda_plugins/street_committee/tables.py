"""The checklist, the staff in post, and each year's indicators and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from renda import Explained, Matter, Problem, Records, Sheet, counted, leaf, mean, percent, ratio, rounded, total

from . import scoring
from .params import MEASURES


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> Iterator[Sheet]:
    """The checklist, the staff as it stands on the last day, the years within the time."""
    committees = [each for each in records.matters(code, "committee", until=until) if each.state == "open"]
    yield _duties(params)
    yield _staff(committees, params, until)
    years = [year for each in committees for year in each.children("year")]
    for wanted in range(since.year, until.year + 1):
        of_year = [year for year in years if year.payload["year"] == wanted]
        if of_year:
            yield _indicators(wanted, of_year, params)
            yield _scores(wanted, of_year, params)


def _duties(params: Any) -> Sheet:
    rows = [
        (
            each["label"],
            each["basis"],
            MEASURES[each["measure"]],
            f"{each['least']} {each['unit']}" if each["measure"] == "count" else "—",
            each["points"],
        )
        for each in params.duties
    ]
    columns = ("职责", "依据", "计分方式", "年度指标", "分值")
    figures = [total("满分", *(leaf(each["label"], each["points"]) for each in params.duties))]
    return Sheet("street_duties", "街道人大工委职责清单", columns, rows, figures)


def _staff(committees: Sequence[Matter], params: Any, day: date) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    filled: list[Explained] = []
    needed = sum(post["least"] for post in params.posts)
    for each in committees:
        have = {entry["post"]: entry["filled"] for entry in scoring.in_post(each, day, params.posts)}
        of_it = [min(have[post["code"]], post["least"]) for post in params.posts]
        rows.append((each.title, *(have[post["code"]] for post in params.posts), needed - sum(of_it) or "配齐"))
        filled.append(leaf(each.title, sum(of_it)))
    columns = ("街道人大工委", *(f"{post['label']}(应 {post['least']})" for post in params.posts), "还缺")
    in_post = total("在岗", *filled)
    share = percent(ratio("配备率", in_post, needed * len(committees)), 1, label="配备率")
    return Sheet("street_staff", "街道人大工委人员配备", columns, rows, [in_post, share])


def _indicators(wanted: int, years: Sequence[Matter], params: Any) -> Sheet:
    duties = [each for each in params.duties if each["measure"] == "count"]
    rows: list[tuple[Any, ...]] = [(_name(year), *(scoring.done(year, duty) for duty in duties)) for year in years]
    columns = ("街道人大工委", *(f"{duty['label']}({duty['least']} {duty['unit']})" for duty in duties))
    return Sheet(f"street_indicators_{wanted}", f"{wanted} 年度指标完成", columns, rows)


def _scores(wanted: int, years: Sequence[Matter], params: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    exact: list[Explained] = []
    for year in years:
        points = scoring.shown(year, params)
        parts: list[object] = ["—"] * len(params.duties)
        if points is not None:
            parts = [rounded(scoring.of_duty(year, duty, params), params.digits) for duty in params.duties]
            exact.append(scoring.whole(year, params))
        level = year.payload["level"] if points is not None else "—"
        rows.append((_name(year), *parts, "—" if points is None else points, level))
    columns = ("街道人大工委", *(f"{duty['label']}({duty['points']})" for duty in params.duties), "得分", "等次")
    figures: list[Explained] = [counted("已评分", [f"{each.id}号" for each in years if scoring.shown(each, params)])]
    if exact:
        figures.append(rounded(mean("平均分", *exact), params.digits, label="平均分"))
    chart = (0, len(columns) - 2) if len(exact) == len(years) else None
    return Sheet(f"street_scores_{wanted}", f"{wanted} 年度考核", columns, rows, figures, chart)


def problems(code: str, params: Any, records: Records) -> Iterator[Problem]:
    """Posts that are not filled today, committee by committee."""
    for each in records.matters(code, "committee", states=("open",)):
        have = {entry["post"]: entry["filled"] for entry in scoring.in_post(each, records.today(), params.posts)}
        lacking = [
            f"{post['label']}{'(专职)' if post['full_time'] else ''}缺 {post['least'] - have[post['code']]} 人"
            for post in params.posts
            if have[post["code"]] < post["least"]
        ]
        if lacking:
            yield Problem(f"{each.title}:{'、'.join(lacking)}。请配备后用“配备人员”登记。", f"{code}.toml")


def _name(year: Matter) -> str:
    return "" if year.parent is None else year.parent.title
