"""The documents of an opinion, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from renda import Matter, Paper


def _organs(opinion: Matter) -> list[str]:
    parties = (*opinion.parties.get("assignee", ()), *opinion.parties.get("owner", ()))
    return list(dict.fromkeys(party.name for party in parties))


def sent(params: Any, opinion: Matter, last: date | None) -> Paper:
    """To the organs: the opinions, and until when to report."""
    lines = [f"{place}. {text}" for place, text in enumerate(opinion.payload["opinions"], start=1)]
    first = f"{opinion.payload['sitting']}就“{opinion.title}”形成审议意见如下。请研究处理,于 {last} 以前书面报告。"
    title = f"关于“{opinion.title}”的审议意见"
    return Paper("审议意见函", title, [first, *lines, f"{params.office}"], _organs(opinion), params.copies_to)


def extended(params: Any, opinion: Matter, until: date) -> Paper:
    """To the organs: more time."""
    said = f"“{opinion.title}”审议意见的办理期限延长至 {until}。"
    return Paper("通知", "审议意见办理延期通知", [said, f"{params.office}"], _organs(opinion))


def reported(params: Any, opinion: Matter, report: Mapping[str, Any]) -> Paper:
    """From the leading organ: what was done."""
    organ = opinion.parties["assignee"][0].name
    lines = [f"{place}. {text}" for place, text in enumerate(report["results"], start=1)]
    return Paper("报告", f"{organ}关于“{opinion.title}”审议意见处理情况的报告", lines, [params.office])


def sent_back(params: Any, opinion: Matter, back: Mapping[str, Any], last: date | None) -> Paper:
    """To the organs: points to handle again."""
    numbers = "、".join(str(number) for number in back["numbers"])
    said = f"“{opinion.title}”审议意见第 {numbers} 条办理不到位:{back['wanting']}。请于 {last} 以前重新办理并报告。"
    return Paper("督办通知", "审议意见督办通知", [said, f"{params.office}"], _organs(opinion))


def graded(params: Any, opinion: Matter, outcome: str, last: date | None = None) -> Paper:
    """To the organs and the public: what the measurement found, and what follows."""
    follows = "予以销号。" if last is None else f"请于 {last} 以前再次办理并报告。"
    said = f"“{opinion.title}”审议意见办理情况经会议审议、测评表决,结果为{outcome},{follows}"
    return Paper("通报", "审议意见办理测评结果通报", [said, f"{params.office}"], _organs(opinion), public=True)
