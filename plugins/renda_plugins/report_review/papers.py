"""The documents of a review, in the platform's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, Paper

from .params import USES


def plan(year: int, due: date, names: Iterable[str], organs: Sequence[str]) -> Paper:
    """To the organs: whose reports are read, and by when they are due."""
    paragraphs = (
        f"经研究,成立专班评阅 {year} 年度履职报告。报告人:{'、'.join(names)}。",
        f"请于 {due} 以前(含当日)报送。评阅按分散审阅、集中评阅、延伸评阅、拟定报告的步骤进行。",
    )
    return Paper("通知", f"{year} 年度履职报告评阅方案", paragraphs, to=organs)


def reminder(report: Matter, due: date) -> Paper:
    """To the organ: the report is overdue."""
    paragraphs = (f"{report.title}应于 {due} 以前报送,至今没有收到。请尽快报送;仍不报送的,将予通报。",)
    return Paper("函", "关于催报履职报告的函", paragraphs, to=_organ(report))


def not_received(report: Matter) -> Paper:
    """To the organ: that no report came is made known."""
    return Paper("通报", "关于未报送履职报告的通报", (f"{report.title}经催报仍未报送,现予通报。",), to=_organ(report))


def problem_list(report: Matter, last: date) -> Paper:
    """To the organ: the problems found, and until when they are to be put right."""
    lines = [
        f"{each.payload['number']}. {each.payload['text']}"
        for each in report.children("problem")
        if each.state not in {"merged", "withdrawn"}
    ]
    first = f"经集中评阅,{report.title}的问题清单如下。请于 {last} 以前整改并报告结果;有异议的,请说明理由。"
    return Paper("函", "履职报告评阅问题清单反馈函", (first, *(lines or ["没有问题。"])), to=_organ(report))


def findings(
    review: Matter, rates: Sequence[Explained], to: Sequence[str], copies: Sequence[str]
) -> tuple[Paper, Paper]:
    """The report on the review, and the circular to the organs: the same four rates."""
    year = review.payload["year"]
    said = "、".join(f"{rate.label} {_in_words(rate)}" for rate in rates)
    first = f"{year} 年度履职报告评阅已经结束:{said}。"
    organs = _organs(review)
    return (
        Paper("报告", f"关于 {year} 年度履职报告评阅情况的报告", (first,), to=to, copies=copies),
        Paper("通报", f"关于 {year} 年度履职报告评阅情况的通报", (first,), to=organs),
    )


def use(report: Matter, entries: Mapping[str, Any]) -> Paper:
    """To the organ: it is spoken to, supervised on the subject, or named in a circular."""
    how = USES[entries["use"]]
    genre = "通报" if entries["use"] == "circular" else "通知"
    paragraphs = (f"根据{report.title}的评阅结果,决定作{how}。", f"理由:{entries['use_grounds']}。")
    return Paper(genre, f"{how}通知" if genre == "通知" else how, paragraphs, to=_organ(report))


def _in_words(rate: Explained) -> str:
    return f"{rate.value.normalize():f}%" if isinstance(rate.value, Decimal) else "没有分母"


def _organ(report: Matter) -> list[str]:
    organ = report.party("assignee")
    return [] if organ is None else [organ.name]


def _organs(review: Matter) -> list[str]:
    return list(dict.fromkeys(name for report in review.children("report") for name in _organ(report)))
