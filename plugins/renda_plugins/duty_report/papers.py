"""The documents of a year, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Attachment, Matter, Paper, outcomes

from .telling import satisfied_rate


def call(year: int, organs: Sequence[str], due: str) -> Paper:
    """To the organs of all who report: what is wanted, by when."""
    last = f"{year + 1} 年 3 月 31 日前" if due == "first_quarter" else "述职会议前,日期另行通知"
    said = (
        f"请列入述职范围的人员提交 {year} 年度履职情况报告,期限为{last}。",
        f"年度内职务有变动的,由 {year} 年 12 月 31 日任该职务的人员报告。",
    )
    return Paper("通知", f"关于提交 {year} 年度履职情况报告的通知", said, to=list(dict.fromkeys(organs)))


def plan(around: Matter, said: Mapping[str, Any], oral: Sequence[int], measured: Sequence[int]) -> Paper:
    """To the organs: when the meeting is, who speaks, whose report is measured."""
    reports = around.children("report")
    lines = [
        f"述职会议:{said['meeting']},{said['meeting_on'].isoformat()}。",
        f"口头述职 {len(oral)} 人:{_titles(reports, oral)}。",
        f"测评 {len(measured)} 人:{_titles(reports, measured)}。",
    ]
    organs = list(dict.fromkeys(party.name for each in reports for party in each.parties.get("assignee", ())))
    return Paper("通知", f"关于 {around.payload['year']} 年度述职安排的通知", lines, to=organs)


def _titles(reports: Sequence[Matter], people: Sequence[int]) -> str:
    return "、".join(each.title for each in reports if each.payload["official"] in people) or "无"


def draw_title(around: Matter) -> str:
    """What a year's draw is called."""
    return f"{around.payload['year']} 年度口头述职人员抽签"


def frozen(around: Matter, kept: Mapping[str, Any]) -> Paper:
    """To everybody: the list as it stands from now on, and its digest."""
    lines = [f"应抽 {kept['wanted']} 人,名单 {len(kept['entrants'])} 人。名单摘要(SHA-256):{kept['list_digest']}。"]
    if kept["widened"]:
        lines.append("本届尚未抽过的不足应抽人数,已抽过的也列入名单。")
    grouped = any("sector" in each for each in kept["entrants"])
    if grouped:
        lines.append("名单分组,每组至少抽取一人:次序里各组的第一人先抽定,其余按次序补足。")
    rows = [[each["code"], each["name"], each.get("sector", "")][: 2 + grouped] for each in kept["entrants"]]
    listed = Attachment("抽签名单", columns=("代码", "姓名", "组别")[: 2 + grouped], rows=rows)
    return Paper("公告", f"{draw_title(around)}名单", lines, public=True, attachments=[listed])


def drawn(around: Matter, record: Mapping[str, Any]) -> Paper:
    """To everybody: seeds, order, who is drawn, who was replaced and why, and how to check it."""
    names = {line[0]: line[1] for line in record["entrants"]}
    lines = [f"抽中:{'、'.join(f'{names[code]}({code})' for code in record['drawn'])}。"]
    lines += [f"替换:{names[code]}({code}),理由:{why}。" for code, why in record["replaced"].items()]
    lines += [f"{each['party']}:承诺 {each['commitment']},种子“{each['seed']}”。" for each in record["parties"]]
    lines.append(f"名单摘要:{record['list_digest']}。下载抽签记录,用 renda draw verify 即可核对。")
    rows = [[str(place), code, names[code]] for place, code in enumerate(record["order"], 1)]
    order = Attachment("抽签次序", columns=("次序", "代码", "姓名"), rows=rows)
    return Paper("公告", f"{draw_title(around)}结果", lines, public=True, attachments=[order])


def reminder(report: Matter, due: date) -> Paper:
    """To the organ: the report is late."""
    organs = [party.name for party in report.parties.get("assignee", ())]
    said = (f"{report.title}的履职情况报告应于 {due.isoformat()} 前提交,至今未收到。请尽快提交。",)
    return Paper("催办函", f"关于催交{report.title}履职情况报告的函", said, to=organs)


def results(around: Matter, opinions: str, params: Any) -> Paper:
    """To the Party committee, with copies: who reported how, and how each was measured."""
    reports = [each for each in around.children("report") if each.state not in {"missing", "excused"}]
    oral = [each for each in reports if each.payload.get("oral")]
    measured = [each for each in reports if each.state == "measured"]
    year, spoke = around.payload["year"], f"其中口头述职 {len(oral)} 人"
    lines = [
        f"{year} 年度书面述职 {len(reports)} 人,{spoke};测评 {len(measured)} 人,结果已当场公布。",
        f"审议意见:{opinions}",
    ]
    levels = outcomes.levels_of(params.measurement)
    rows = [[each.title, *_counts(each, levels), _rate(each)] for each in measured]
    table = Attachment("述职测评结果", columns=("述职人员", *levels, "满意和基本满意率"), rows=rows)
    title = f"关于 {year} 年度述职和测评情况的报告"
    return Paper("报告", title, lines, to=params.report_to, copies=params.copies_to, attachments=[table])


def feedback(report: Matter, opinions: str, params: Any) -> Paper:
    """To the unit and the person: the measurement and what the committee said."""
    figures = report.payload["figures"]
    levels = outcomes.levels_of(params.measurement)
    told = "、".join(f"{level} {count} 票" for level, count in zip(levels, _counts(report, levels), strict=True))
    shown = "票数不公布" if satisfied_rate(report) is None else f"{told};满意和基本满意率 {_rate(report)}"
    lines = [f"测评结果:{shown},等次为{report.payload['outcome']}。", f"审议意见:{opinions}"]
    lines += [f"测评不合格的:{each}。" for each in figures.get("consequences") or () if report.payload.get("failed")]
    to = [party.name for relation in ("assignee", "subject") for party in report.parties.get(relation, ())]
    return Paper("函", f"关于反馈{report.title}述职测评结果的函", lines, to=to)


def _counts(report: Matter, levels: Sequence[str]) -> list[str]:
    counts = outcomes.counts_of(report.payload["figures"], levels)
    return ["—"] * len(levels) if counts is None else [str(count) for count in counts]


def _rate(report: Matter) -> str:
    rate = satisfied_rate(report)
    return "—" if rate is None else f"{rate.value}%"
