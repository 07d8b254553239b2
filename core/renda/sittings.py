"""What a district lays down for its sittings: who must be there, and how long a code on the screen is good for.

The table ``[meetings]`` of ``district.toml``; what it leaves out is the law's: two thirds of all deputies
for the congress (地方组织法 §14), more than half of all members for the standing committee (§51). The law says
nothing of the chairpersons' meeting; more than half is taken there and every district may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from renda.i18n import gettext
from renda.voting import MORE_THAN_HALF, TWO_THIRDS, Threshold, threshold_from
from renda.voting.reading import RuleTable

BODIES: Mapping[str, str] = MappingProxyType(
    {"congress": "人民代表大会会议", "committee": "常委会会议", "chairpersons": "主任会议"}
)
SHORTEST_CODE = 30


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of all members must be present, and the article that says so."""

    share: Threshold
    source: str


_BY_LAW: Mapping[str, Quorum] = MappingProxyType(
    {
        "congress": Quorum(TWO_THIRDS, "地方组织法第十四条"),
        "committee": Quorum(MORE_THAN_HALF, "地方组织法第五十一条"),
        "chairpersons": Quorum(MORE_THAN_HALF, "法律未规定,按全体成员过半数,待确认"),
    }
)


@dataclass(frozen=True, slots=True)
class PaperSurplus:
    """What follows where more papers of paper come back than were given out, though the whole is in order.

    选举法 §44 compares the whole: returned at most issued is valid. A district may lay down that the paper box alone
    voids the vote (``voids``), with ``source`` saying where.
    """

    voids: bool = False
    source: str = "选举法第四十四条"


@dataclass(frozen=True, slots=True)
class SittingRules:
    """A district's rules for sittings.

    ``quorums``: for each of ``BODIES``; ``code_lasts``: for how many seconds a code shown in the hall is
    taken; ``least_group``: in groups smaller than it, or all of one mind, a secret ballot is not announced with figures
    (1: always in full); ``paper_surplus``: whether the paper box alone may void a vote; ``chair_posts`` and ``chair_organs``: posts in organs of that sort make somebody a member of the
    chairpersons' meeting.
    """

    quorums: Mapping[str, Quorum] = field(default_factory=lambda: _BY_LAW)
    code_lasts: int = 180
    least_group: int = 1
    chair_posts: tuple[str, ...] = ("主任", "副主任")
    chair_organs: str = "congress"
    paper_surplus: PaperSurplus = PaperSurplus()


def sitting_rules_from(table: object, where: str) -> SittingRules:
    """Read the table; ``where`` names its place for errors. Raises ``voting.…`` for what is wrong in it."""
    read = RuleTable(
        table, where, ("code_lasts", "least_group", "chair_posts", "chair_organs", "paper_surplus", *BODIES)
    )
    usual = SittingRules()
    quorums = dict(_BY_LAW)
    for body in BODIES:
        if body in read:
            quorums[body] = _quorum(read.value(body), f"{where} {body}")
    return SittingRules(
        quorums=MappingProxyType(quorums),
        code_lasts=read.whole("code_lasts", usual.code_lasts, least=SHORTEST_CODE),
        least_group=read.whole("least_group", usual.least_group, least=1),
        chair_posts=read.texts("chair_posts", usual.chair_posts),
        chair_organs=read.text("chair_organs", usual.chair_organs),
        paper_surplus=_surplus(read.value("paper_surplus"), f"{where} paper_surplus")
        if "paper_surplus" in read
        else usual.paper_surplus,
    )


def _surplus(table: object, where: str) -> PaperSurplus:
    read = RuleTable(table, where, ("voids", "source"))
    return PaperSurplus(read.flag("voids", False), read.text("source"))


def _quorum(table: object, where: str) -> Quorum:
    read = RuleTable(table, where, ("quorum", "source"))
    share = threshold_from(read.value("quorum"), gettext("{where}的法定人数", where=where))
    return Quorum(share, read.text("source"))


def kept(quorum: Quorum) -> dict[str, Any]:
    """A quorum as a sitting keeps it."""
    share = quorum.share
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "strict": share.strict,
        "source": quorum.source,
    }


def revived(stored: Mapping[str, Any]) -> Quorum:
    """What ``kept`` kept."""
    return Quorum(Threshold(stored["numerator"], stored["denominator"], stored["strict"]), stored["source"])
