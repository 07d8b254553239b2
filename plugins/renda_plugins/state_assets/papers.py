"""The documents of a year of state assets, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Attachment, Matter, Paper

COMMITTEE = "区人大常委会"


def plan(matter: Matter, categories: Sequence[Mapping[str, Any]]) -> Paper:
    """To the government: what is reported in which year."""
    labels = {each["code"]: each["label"] for each in categories}
    lines = [
        f"{each['year']} 年度:{labels.get(each['topic'], '综合报告(书面和口头)')}。"
        for each in sorted(matter.payload["topics"], key=lambda one: one["year"])
    ]
    return Paper("通知", f"关于{matter.title}的通知", lines, to=["区人民政府"])


def general(year: Matter, categories: Sequence[Mapping[str, Any]], said: str) -> Paper:
    """To the standing committee: every category, with the accounts attached."""
    labels = {each["code"]: each for each in categories}
    rows = []
    for account in year.children("account"):
        category = labels[account.payload["category"]]
        measures = {each["code"]: each for each in category["measures"]}
        rows += [
            (category["label"], measures[each["measure"]]["label"], str(each["opening"]), str(each["closing"]),
             measures[each["measure"]]["unit"])
            for each in account.payload["amounts"]
        ]  # fmt: skip
    table = Attachment("国有资产账", columns=("类别", "指标", "年初数", "年末数", "单位"), rows=rows)
    return _report(year, "reporter", f"{year.payload['year']} 年度国有资产管理情况的综合报告", said, [table])


def special(year: Matter, topic: str, said: str) -> Paper:
    """To the standing committee: one category."""
    return _report(year, "special", f"{year.payload['year']} 年度{topic}管理情况的专项报告", said, [])


def opinion(year: Matter, review: Mapping[str, Any], copies: Sequence[str]) -> Paper:
    """To the government: what the standing committee made of it, and the problems to be put right."""
    problems = [f"{place}. {each.title}" for place, each in enumerate(year.children("problem"), 1)]
    lines = [f"{review['sitting']}审议了{year.title}的报告。", review["opinion"], *problems]
    return Paper("审议意见", f"对{year.title}报告的审议意见", lines, to=["区人民政府"], copies=copies)


def assignment(problem: Mapping[str, Any], organ: str, last: date) -> Paper:
    """To the one who has to put it right."""
    said = (f"{problem['detail']}", f"请于 {last} 前整改并报告。")
    return Paper("整改通知", f"关于整改“{problem['title']}”的通知", said, to=[organ])


def outcome(year: Matter, to: Sequence[str], *, public: bool) -> Paper:
    """To those the district names, and to everybody where it publishes: what became of the problems."""
    problems = year.children("problem")
    done = [each for each in problems if each.state == "confirmed"]
    lasting = [each.title for each in problems if each.state == "lasting"]
    lines = [f"问题 {len(problems)} 个,整改到位 {len(done)} 个。"]
    if year.payload.get("grade"):
        lines.append(f"整改满意度测评等次为“{year.payload['grade']}”。")
    if lasting:
        lines.append(f"持续整改、转入下一年度 {len(lasting)} 个:{'、'.join(lasting)}。")
    return Paper("报告", f"{year.title}审议意见办理和问题整改结果", lines, to=to, public=public)


def measured(year: Matter, grade: str, last: date | None, copies: Sequence[str]) -> Paper:
    """To the government: how satisfied the standing committee is, and until when to put it right again."""
    held, following = year.payload, "予以办结。" if last is None else f"请于 {last} 前再次整改,整改以后再次测评。"
    lines = (f"{held['measured_at']}对{year.title}的整改作了满意度测评,等次为“{grade}”。", following)
    return Paper("函", f"关于{year.title}整改测评结果的函", lines, to=["区人民政府"], copies=copies)


def _report(year: Matter, relation: str, title: str, said: str, tables: Sequence[Attachment]) -> Paper:
    organ = year.party(relation)
    return Paper("报告", title, [said], to=[COMMITTEE], attachments=tables, issuer="" if organ is None else organ.name)
