"""The documents of a measurement, in the platform's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from renda import Matter, Paper, Records

from .forms import ASPECTS
from .tallies import SheetTally


def organs_of(records: Records, numbers: Iterable[int]) -> list[str]:
    """The organs that lead the suggestions, each once."""
    found = [records.matter(number) for number in numbers]
    parties = [each.parties.get("lead", ()) for each in found if each is not None]
    return list(dict.fromkeys(party.name for some in parties for party in some))


def counted(counts: Mapping[str, int]) -> str:
    """Such as 满意 3、基本满意 1、不满意 0."""
    return "、".join(f"{name} {count}" for name, count in counts.items())


def result(params: Any, title: str, lines: Sequence[tuple[str, SheetTally]], organs: Sequence[str]) -> Paper:
    """The result as it was announced: to the organs, with a copy to the leaders."""
    paragraphs = [f"{title}当场公布测评结果如下(票数)。"]
    for name, tally in lines:
        aspects = ";".join(f"{label}:{counted(tally.aspects[aspect])}" for aspect, label in ASPECTS.items())
        said = f"{name}:收回 {tally.given} 张;{aspects};综合测评:{counted(tally.overall)}。结果:{tally.level}。"
        paragraphs.append(said)
    paragraphs.append(f"{params.office}")
    return Paper("通报", f"关于{title}结果的通报", paragraphs, to=list(organs), copies=params.copies_to, public=True)


def study(params: Any, suggestion: Matter, report: Mapping[str, Any]) -> Paper:
    """To the organs that lead: what the study found and what they have to put right."""
    return Paper(
        "函",
        f"关于代表建议“{suggestion.title}”专题调研情况的函",
        [
            f"第{suggestion.id}号代表建议“{suggestion.title}”质效测评满意度不高,已作专题调研。",
            f"参加人员:{report['took_part']}",
            f"问题所在:{report['found']}",
            f"请立即整改并报告结果:{report['demanded']}",
            f"{params.office}",
        ],
        to=[each.name for each in suggestion.parties.get("lead", ())],
        copies=params.study_copies_to,
    )
