"""Lectures of a time, who spoke in which part, how the years were rated, months without a lecture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from renda import Fact, Matter, Party, Problem, Records, Sheet, cite_matter, counted, leaf, percent, ratio, total

from . import rating


def held(code: str, records: Records, since: date | None, until: date) -> list[Matter]:
    """The lectures given in a time, by their numbers."""
    some = records.matters(code, "lecture", states=("held",))
    found = [each for each in some if (since is None or since <= each.payload["on"]) and each.payload["on"] <= until]
    return sorted(found, key=lambda each: int(each.payload["number"]))


def silent(year: Matter, until: date) -> list[int]:
    """The months of a year without a lecture, from the one it was opened in to the last that is over by ``until``."""
    wanted = year.payload["year"]
    first = year.opened_on.month if year.opened_on.year == wanted else 1
    last = 12 if until.year > wanted else until.month - 1 if until.year == wanted else 0
    given = {each.payload["on"].month for each in rating.held(year)}
    return [month for month in range(first, last + 1) if month not in given]


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """Lectures one by one, the parts, and the rating of each year within the time."""
    found = held(code, records, since, until)
    return [
        _one_by_one(found, held(code, records, None, until), records),
        _parts(found, params, records),
        *_ratings(code, params, since, until, records),
    ]


def _one_by_one(found: Sequence[Matter], ever: Sequence[Matter], records: Records) -> Sheet:
    rows = [
        (
            each.payload["number"],
            each.payload["on"],
            each.title,
            each.payload["theme"],
            "、".join(records.party("person", speaker).name for speaker in each.payload["speakers"]),
            _came(each, "present"),
            _came(each, "expected"),
        )
        for each in found
    ]
    present = total("实到人次", *(_leaf(each, "present") for each in found))
    expected = total("应到人次", *(_leaf(each, "expected") for each in found))
    figures = [
        counted("开讲", [f"{each.id}号" for each in found]),
        counted("累计期数", [f"{each.id}号" for each in ever]),
        present,
        percent(ratio("出席率", present, expected), 1, label="出席率"),
    ]
    columns = ("期", "日期", "题目", "类别", "主讲人", "实到", "应到")
    return Sheet("lectures", "干部轮流主讲学堂", columns, rows, figures)


def _parts(found: Sequence[Matter], params: Any, records: Records) -> Sheet:
    rows = []
    for part in params.parts:
        speakers = [
            each["speaker"] for lecture in found for each in lecture.payload["parts"] if each["part"] == part["code"]
        ]
        names = "、".join(records.party("person", speaker).name for speaker in dict.fromkeys(speakers))
        rows.append((part["label"], len(speakers), len(set(speakers)), names or "—"))
    columns = ("环节", "讲的次数", "主讲人数", "主讲人")
    return Sheet("lecture_parts", "各环节主讲", columns, rows, chart=(0, 1))


def _ratings(code: str, params: Any, since: date, until: date, records: Records) -> Iterator[Sheet]:
    for year in records.matters(code, "year", states=("rated",)):
        wanted = year.payload["year"]
        if not since.year <= wanted <= until.year:
            continue
        some, titles = (
            rating.means(year),
            {each.payload["number"]: each.title for each in rating.held(year)},
        )
        rows = [
            (
                place,
                number,
                titles[number],
                rating.shown(some[number], params.digits),
                "评出" if number in year.payload["chosen"] else "—",
            )
            for place, number in rating.places(some)
        ]
        figures = [counted("评分人数", [each.payload["rater"] for each in year.children("marks")])]
        columns = ("名次", "期", "题目", "平均分", "结果")
        yield Sheet(f"lecture_rating_{wanted}", f"{wanted} 年度学堂评比", columns, rows, figures)


def facts(found: Sequence[Matter], subject: Party | None) -> Iterator[Fact]:
    """What speakers and deputies who came have done; each once for a lecture."""
    said = {"speaker": ("study.lectured", "主讲"), "listener": ("study.attended", "参加")}
    for each in found:
        for relation, (code, what) in said.items():
            for party in each.parties.get(relation, ()):
                if subject is None or party.key == subject.key:
                    text = f"{what}学堂第 {each.payload['number']} 期“{each.title}”"
                    yield Fact(code, party, each.payload["on"], text, matter=each.id)


def problems(code: str, records: Records) -> Iterator[Problem]:
    """Months of the running years that passed without a lecture."""
    for year in records.matters(code, "year", states=("running",)):
        months = silent(year, records.today())
        if months:
            said = "、".join(str(month) for month in months)
            yield Problem(f"{year.payload['year']} 年 {said} 月没有开讲。每月一讲,请补讲。", f"{code}.toml")


def _came(lecture: Matter, which: str) -> int:
    return sum(int(each[which]) for each in lecture.payload["attendance"])


def _leaf(lecture: Matter, which: str) -> Any:
    return leaf(lecture.title, _came(lecture, which), cite_matter(lecture.id, lecture.title))
