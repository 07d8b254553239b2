"""The documents of a quarter and of a review, in the platform's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from renda import Explained, Matter, Paper

from .forms import CONCLUSIONS

QUARTERS = ("一", "二", "三", "四")


def called(quarter: Matter) -> str:
    """A quarter as people call it, such as ``2019 年第三季度``."""
    return f"{quarter.payload['year']} 年{within_year(quarter)}"


def within_year(quarter: Matter) -> str:
    """A quarter where the year is known, such as ``第三季度``."""
    return f"第{QUARTERS[quarter.payload['quarter'] - 1]}季度"


def circular(quarter: Matter, lines: Sequence[tuple[Matter, str]], copies: Iterable[str], *, public: bool) -> Paper:
    """To all units: how many projects stand in each band, and each that is warned; ``lines`` are paces with gaps."""
    counts = Counter(str(pace.payload["band"]) for pace, _ in lines)
    said = "、".join(f"{band} {number} 个" for band, number in counts.items())
    warned = [
        f"{_organ(pace)}“{named(pace)}”:差额 {gap},{pace.payload['band']}。"
        for pace, gap in lines
        if pace.state == "warned"
    ]
    first = f"截至 {quarter.payload['as_of']},共 {len(lines)} 个项目:{said}。被预警的单位请说明原因和整改措施。"
    to = list(dict.fromkeys(_organ(pace) for pace, _ in lines))
    title = f"关于{called(quarter)}预算执行进度的通报"
    return Paper("通报", title, (first, *warned), to=to, copies=list(copies), public=public)


def revised(pace: Matter, gap: str, band: str, copies: Iterable[str]) -> Paper:
    """To the unit and those who had the circular: other figures than were told, and where the project stands by them."""
    quarter = pace.parent
    assert quarter is not None, "a pace lies in a quarter"
    before = pace.payload["band"]
    moved = f"档次由“{before}”改为“{band}”" if band != before else f"档次仍为“{band}”"
    said = f"{called(quarter)}通报中{_organ(pace)}“{named(pace)}”的数据有误,现予更正:差额 {gap},{moved}。"
    return Paper(
        "更正", f"关于更正{called(quarter)}预算执行进度通报的函", [said], to=[_organ(pace)], copies=list(copies)
    )


def summons(quarter: Matter, organ: str, projects: Sequence[str], last: date) -> Paper:
    """To the unit: its execution is reviewed, and by when it reports."""
    first = f"你单位的{'、'.join(projects)}至{called(quarter)}连续预警。经研究,进行专项评审,请于 {last} 以前(含当日)向评审组汇报。"
    return Paper(
        "通知", "关于预算执行专项评审的通知", (first, "评审按听取汇报、现场询问、合议的程序进行。"), to=[organ]
    )


def conclusion(review: Matter, findings: Sequence[Matter], cut: Explained) -> list[Paper]:
    """To the unit: what was found of each project; to the finance bureau, where there is something to cut."""
    lines = [
        f"“{named(each)}”:情况说明{CONCLUSIONS[each.payload['conclusion']]}。{each.payload['finding_grounds']}"
        for each in findings
    ]
    organ = _organ(review)
    made = [Paper("函", "预算执行专项评审意见", lines, to=[organ])]
    finance = review.party("finance")
    if cut.value and finance is not None:
        asked = [
            f"{organ}“{named(each)}”:核减 {plain(each.payload['amount'])} 万元。"
            for each in findings
            if each.payload.get("amount") is not None
        ]
        whole = f"请在编制下一年度预算时核减上列支出,共 {plain(cut.value)} 万元,并报告结果。"
        made.append(Paper("函", "关于核减项目支出预算的函", (*asked, whole), to=[finance.name], copies=[organ]))
    return made


def plain(value: object) -> str:
    """An amount without trailing zeros."""
    return f"{Decimal(str(value)).normalize():f}"


def _organ(matter: Matter) -> str:
    organ = matter.party("subject")
    return "" if organ is None else organ.name


def named(matter: Matter) -> str:
    """The project a pace or a finding is about."""
    project = matter.party("project")
    return "" if project is None else project.name
