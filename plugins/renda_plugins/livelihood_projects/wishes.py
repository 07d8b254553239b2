"""What citizens wish for on the public page: the questionnaire, and each wish as a matter of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Opening, Question, Questionnaire

LONGEST = 100


def asked(around: Matter, categories: Sequence[str], until: date) -> Questionnaire:
    """One question, answered with a kind of project and a text; kinds that are not solicited cannot be chosen."""
    gone = {each["category"] for each in around.payload.get("dropped") or ()}
    left = tuple(each for each in categories if each not in gone)
    year = around.payload["year"]
    return Questionnaire(
        f"{year} 年度民生实事项目征集",
        [Question("wish", "您希望明年办哪件实事?", "idea", options=left)],
        until,
        about="请选择类别,写明希望办的事和地点。征集截止以后由工作人员整理,拟定候选项目时采用。",
        fewest=1,
        closing="take_wishes",
        public=False,
    )


def openings(wished: Sequence[Mapping[str, Any]]) -> list[Opening]:
    """Each wish with how many wrote it in the same words."""
    return [
        Opening(
            "idea",
            {
                "title": each["text"][:LONGEST],
                "category": each["option"],
                "source": "public",
                "pieces": each["pieces"],
            },
        )
        for each in wished
    ]
