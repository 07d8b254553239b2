"""Rules of counting a clerk may choose for a ballot: the law's own, and those of the district's practices.

The law's are written as a district would write them, with their article; a ballot keeps the table it was
prepared with, so that a later change here changes nothing that has begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from renda import fields
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.benches.preparing import IN_FULL
from renda.services.desk import Desk

declare({"ballot.no_rule": "没有“{rule}”这种计票办法。请从列表中选择。"})


@dataclass(frozen=True, slots=True)
class CountingTable:
    """A rule on offer: ``code`` names it in a form, ``k`` is the smallest group whose figures may be published.

    ``practice`` is whose rule it is, empty for the law's; ``secret`` where the law asks for a secret ballot.
    """

    code: str
    title: str
    bench: str
    rule: Mapping[str, Any]
    source: str
    k: int = IN_FULL
    practice: str = ""
    secret: bool = False


# The law wants a vote announced in full and at once, so these let every figure through (k = 1).
_BY_LAW = (
    CountingTable(
        "law-majority",
        "全体组成人员过半数通过",
        "motion",
        {"base": "all_members", "threshold": "more_than_half", "blank": "abstain"},
        "地方组织法第二十五条、第五十一条",
        k=1,
    ),
    CountingTable(
        "law-removal",
        "撤职案:无记名,全体组成人员过半数通过",
        "motion",
        {"base": "all_members", "threshold": "more_than_half", "blank": "abstain"},
        "监督法第六十二条",
        k=1,
        secret=True,
    ),
    CountingTable(
        "usual-measurement",
        "满意、基本满意、不满意(常用,法律未规定)",
        "measurement",
        {
            "scale": [
                {"code": "满意", "label": "满意", "satisfied": True},
                {"code": "基本满意", "label": "基本满意", "satisfied": True},
                {"code": "不满意", "label": "不满意"},
            ],
            "base": "all_members",
            "grades": [
                {"when": "2*满意 > N", "grade": "满意"},
                {"when": "2*(满意 + 基本满意) > N", "grade": "基本满意"},
                {"when": "otherwise", "grade": "不满意"},
            ],
        },
        "各地办法不一,以本区县办法为准",
    ),
)


def on_offer(desk: Desk) -> Sequence[CountingTable]:
    """The rules a ballot may be counted by today: those of the district's practices first."""
    found, least = [], desk.rulebook.district.meetings.least_group
    for rules in desk.rulebook.on(desk.day):
        version = rules.version
        for name, field in type(rules.practice).Params().fields.items():
            value = version.params.get(name)
            if isinstance(field, fields.CountingRule) and isinstance(value, Mapping):
                label = gettext(str(field.metadata.get("label", name)))
                title = f"{gettext(version.title)}:{label}"
                found.append(
                    CountingTable(f"{rules.code}.{name}", title, field.bench, value, version.source, least, rules.code)
                )
    return [*found, *(table if table.code.startswith("law-") else replace(table, k=least) for table in _BY_LAW)]


def chosen(desk: Desk, code: str) -> CountingTable:
    """The rule of that code; raises ``ballot.no_rule``."""
    for table in on_offer(desk):
        if table.code == code:
            return table
    raise RendaError("ballot.no_rule", rule=code)
