"""What answers come to: counts of what was ticked, texts without those who wrote them, groups large enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from renda.services.questionnaires.finding import Asked

REST = "其他"
Answers = Sequence[Mapping[str, Any]]


def tallied(questions: Sequence[Asked], answers: Answers, fewest: int) -> dict[str, Any]:
    """The counts of all answers; of fewer than ``fewest`` answers nothing but how many there were."""
    result: dict[str, Any] = {"answered": len(answers), "counts": {}, "ideas": {}, "groups": {}}
    if len(answers) < fewest:
        return {**result, "withheld": True}
    for each in questions:
        if each.sort == "idea":
            result["ideas"][each.code] = _ideas(each, answers)
        else:
            result["counts"][each.code] = _counts(each, answers)
    scores = [each for each in questions if each.sort == "score"]
    for each in questions:
        if each.splits:
            result["groups"][each.code] = _split(each, scores, answers, fewest)
    return result


def _counts(question: Asked, answers: Answers) -> dict[str, int]:
    ticked = Counter(answer[question.code] for answer in answers if question.code in answer)
    return {label: ticked.get(place, 0) for place, label in enumerate(question.answers)}


def _ideas(question: Asked, answers: Answers) -> list[dict[str, Any]]:
    """Equal texts together, in the order of the text: nothing tells who wrote what, or when."""
    said = Counter(tuple(answer[question.code]) for answer in answers if question.code in answer)
    found = [
        {"option": "" if place is None else question.options[place], "text": text, "pieces": pieces}
        for (place, text), pieces in said.items()
    ]
    return sorted(found, key=lambda each: (each["option"], each["text"]))


def _split(by: Asked, scores: Sequence[Asked], answers: Answers, fewest: int) -> dict[str, dict[str, dict[str, int]]]:
    """The counts of the scores for each option; small groups, and as many more as it takes, are put together.

    A group is as large as its question with the fewest answers; a rest that were too small could be found by
    subtracting the others from the whole. Nothing is told where not two groups are left.
    """
    parts: list[tuple[str, list[Mapping[str, Any]]]] = [
        (label, [answer for answer in answers if answer.get(by.code) == place])
        for place, label in enumerate(by.answers)
    ]
    silent = [answer for answer in answers if by.code not in answer]
    parts = sorted((each for each in parts if each[1]), key=lambda each: _size(scores, each[1]))
    rest: list[Mapping[str, Any]] = silent
    while parts and (_size(scores, parts[0][1]) < fewest or (rest and _size(scores, rest) < fewest)):
        rest = [*rest, *parts.pop(0)[1]]
    if len(parts) + bool(rest) < 2 or not scores:
        return {}
    order = {label: place for place, label in enumerate(by.answers)}
    told = {label: {each.code: _counts(each, part) for each in scores} for label, part in parts}
    told = dict(sorted(told.items(), key=lambda each: order[each[0]]))
    return {**told, REST: {each.code: _counts(each, rest) for each in scores}} if rest else told


def _size(scores: Sequence[Asked], answers: Answers) -> int:
    return min((sum(each.code in answer for answer in answers) for each in scores), default=0)
