"""What is told of a counted questionnaire: each number with its reasons, replayable from the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from renda.explain import Explained, leaf, percent, ratio, rounded, times, total
from renda.i18n import gettext
from renda.model import QuestionnaireRow
from renda.services.questionnaires.finding import Asked, questions_of

DIGITS = 1


@dataclass(frozen=True, slots=True)
class Told:
    """One question's result: the score or the shares of the choices, the scores of groups, the texts."""

    question: Asked
    counts: Mapping[str, int]
    score: Explained | None
    shares: Mapping[str, Explained]
    groups: Sequence[tuple[str, Explained]]
    ideas: Sequence[Mapping[str, Any]]


def told(row: QuestionnaireRow) -> Sequence[Told]:
    """The results, question by question; empty before the count and where there were too few answers."""
    result = row.result
    if result is None or result.get("withheld"):
        return ()
    return tuple(_told(each, result) for each in questions_of(row))


def score(label: str, counts: Mapping[str, int], scale: Mapping[str, Decimal]) -> Explained | None:
    """The mean of what was ticked, to one decimal; None where nobody ticked anything."""
    if not sum(counts.values()):
        return None
    papers = total("作答份数", *(leaf(answer, counts.get(answer, 0)) for answer in scale))
    shares = (
        times(ratio("所占比例", leaf(answer, counts.get(answer, 0)), papers), points)
        for answer, points in scale.items()
    )
    return rounded(total(label, *shares), DIGITS, label=label)


def _told(question: Asked, result: Mapping[str, Any]) -> Told:
    kept: Mapping[str, int] = result["counts"].get(question.code, {})
    # The database keeps names in its own order; people read them in that of the question.
    counts = {answer: kept.get(answer, 0) for answer in question.answers} if kept else {}
    whole = sum(counts.values())
    found, shares, groups = None, {}, []
    if question.sort == "score":
        found = score(question.text, counts, question.scale)
        for split in result["groups"].values():
            for option, each in split.items():
                of_group = score(gettext(option), each.get(question.code, {}), question.scale)
                if of_group is not None:
                    groups.append((gettext(option), of_group))
    elif question.sort == "choice" and whole:
        shares = {
            option: percent(ratio(option, leaf(option, count), leaf("作答份数", whole)), DIGITS, label=option)
            for option, count in counts.items()
        }
    return Told(question, counts, found, shares, groups, result["ideas"].get(question.code, ()))
