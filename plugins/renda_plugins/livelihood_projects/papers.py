"""The documents of a year, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Paper

from .forms import DECISIONS


def solicitation(year: int, until: date, categories: Sequence[str], dropped: Sequence[Mapping[str, Any]]) -> Paper:
    """To everybody: what may be wished for, and until when."""
    left = [each for each in categories if each not in {drop["category"] for drop in dropped}]
    said = [f"现征集 {year} 年度民生实事项目,截止 {until}。征集类别:{'、'.join(left)}。"]
    said += [f"“{each['category']}”类今年不再征集:{each['because']}" for each in dropped]
    return Paper("公告", f"关于征集 {year} 年度民生实事项目的公告", said, public=True)


def candidates(around: Matter, proposed: Sequence[Matter], seats: int) -> Paper:
    """To the congress: the list and how many are to be chosen."""
    lines = [_line(place, each) for place, each in enumerate(proposed, 1)]
    head = f"候选项目 {len(proposed)} 项,差额票决 {seats} 项。"
    title = f"{around.payload['year']} 年度民生实事项目候选项目表"
    return Paper("候选项目表", title, [head, *lines], to=["区人民代表大会"])


def announcement(around: Matter, chosen: Sequence[Matter]) -> Paper:
    """To everybody: what the congress chose, with how many votes."""
    lines = [f"{_line(place, each)}({votes(each)} 票)" for place, each in enumerate(by_votes(chosen), 1)]
    head = f"经代表票决,确定 {around.payload['year']} 年度民生实事项目 {len(chosen)} 项:"
    title = f"关于 {around.payload['year']} 年度民生实事项目票决结果的公告"
    return Paper("公告", title, [head, *lines], public=True)


def entrusted(around: Matter, chosen: Sequence[Matter]) -> Paper:
    """To the government: who carries out what until when."""
    lines = [f"{_line(place, each)},{each.payload['finish_on']} 前完成。" for place, each in enumerate(chosen, 1)]
    title = f"关于交办 {around.payload['year']} 年度民生实事项目的函"
    organs = dict.fromkeys(party.name for each in chosen for party in each.parties.get("assignee", ()))
    return Paper("函", title, lines or ["没有确定的项目。"], to=["区人民政府"], copies=list(organs))


def decision(project: Matter, decided: Mapping[str, Any]) -> Paper:
    """To the government: what was decided about a change."""
    said = (
        f"关于“{project.title}”的调整申请({project.payload['wanted']}),决定:{DECISIONS[decided['decision']]}。",
        f"理由:{decided['decision_because']}。调整情况向下一次代表大会报告。",
    )
    return Paper("函", f"关于“{project.title}”调整申请的决定", said, to=["区人民政府"])


def again(project: Matter, grade: str) -> Paper:
    """To the responsible organ: what was measured is to be put right."""
    organ = project.party("assignee")
    said = f"“{project.title}”的满意度测评等次为“{grade}”。请整改,完成后再次报送办结,重新测评。"
    return Paper("函", f"关于整改“{project.title}”的函", [said], to=[organ.name] if organ else [])


def final_report(around: Matter, report: Mapping[str, Any], to: Sequence[str], crossed: Sequence[Matter] = ()) -> Paper:
    """To the next congress: what became of each project, what was changed, and of those ``crossed`` from years before."""
    projects = around.children("project")
    groups = {
        "办结": ("done", "measured"), "跨年实施": ("crossing",), "未完成": ("unfinished",), "终止": ("stopped",),
    }  # fmt: skip
    lines = []
    for label, states in groups.items():
        found = [each for each in projects if each.state in states]
        if found:
            lines.append(f"{label} {len(found)} 项:{'、'.join(each.title for each in found)}。")
    changed = [each for each in projects if each.payload.get("decision")]
    if changed:
        told = (f"“{each.title}”{DECISIONS[each.payload['decision']]}" for each in changed)
        lines.append(f"实施中申请调整 {len(changed)} 项:{'、'.join(told)}。")
    if crossed:
        landed = [each for each in crossed if each.state in groups["办结"]]
        told = (f"“{each.title}”({each.parent.payload['year'] if each.parent else ''} 年度)" for each in landed)
        lines.append(
            f"以前年度跨年实施 {len(crossed)} 项,已办结 {len(landed)} 项{':' if landed else ''}{'、'.join(told)}。"
        )
    if report.get("film"):
        lines.append(f"专题片:《{report['film']}》。")
    title = f"关于 {around.payload['year']} 年度民生实事项目实施情况的报告"
    return Paper("报告", title, lines, to=[report["congress"]], copies=to, public=True)


def votes(project: Matter) -> int:
    """How many votes a candidate had."""
    return int(project.payload.get("votes") or 0)


def by_votes(projects: Sequence[Matter]) -> list[Matter]:
    """Most votes first; candidates with as many in the order of their numbers."""
    return sorted(projects, key=lambda each: (-votes(each), each.payload.get("number", 0)))


def _line(place: int, project: Matter) -> str:
    organ = project.party("assignee")
    return f"{place}. {project.title},{organ.name if organ else ''},{project.payload['budget']} 万元"
