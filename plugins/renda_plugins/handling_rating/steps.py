"""Steps of feature files: a suggestion that was carried out, and the sheets of a measurement."""

from __future__ import annotations

from typing import Any

from pytest_bdd import step

from renda.testing.factories import World
from renda.testing.sentences import Sentence

CODE = "handling_rating"
BAD = {"attitude": "差", "way": "差", "effect": "差", "comment": "没有修好"}


@step(
    Sentence(
        '代表"{deputy}"的建议"{title}"已落实,由"{organ}"承办',
        "一件建议已经答复、评价、落实,等候质效测评",
        '假如 代表"代表甲"的建议"路灯"已落实,由"城管局"承办',
    )
)
def carried_out(world: World, deputy: str, title: str, organ: str) -> None:
    """A suggestion that waits for its measurement."""
    proposer, lead, clerk = world.deputy(deputy), world.organ(organ), world.actor("clerk")
    params = world.rulebook.practice_on(CODE, world.day).practice.params
    draft = {"title": title, "facts": "事由", "wanted": "具体建议", "session": "intersession", "proposer": proposer.id}
    actor, office = world.actor("deputy", person=proposer), world.actor("department", organ=lead)
    number = world.act(actor, "submit", {**draft, "category": params.categories[0]}, practice=CODE).matter_id
    world.names[title] = number
    world.act(clerk, "accept", matter=number)
    world.act(clerk, "assign", {"mode": "lead", "leads": [lead.id]}, matter=number)
    part = world.matter(number).children("assignment")[0].id
    reply = {"result_class": "A", "reply_text": "已办理", "signed_by": "负责人"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("receive", {}),
        ("contact", {"contact_way": "visit", "contact_note": "已听取意见"}),
        ("reply", reply),
    ]
    for action, entries in steps:
        world.act(office, action, entries, matter=part)
    world.act(actor, "rate_answer", {"answer_level": "满意"}, matter=number)
    world.act(office, "report_implementation", {"progress": "已落实"}, matter=part)


@step(
    Sentence(
        '"{meeting}"上"{title}"的测评票是"{levels}"',
        "按发票的次序填写一件建议的测评票:综合测评的等级,用“、”隔开",
        '假如 "测评会"上"路灯"的测评票是"满意、满意、基本满意"',
    )
)
def sheets_given(world: World, meeting: str, title: str, levels: str) -> None:
    """Sheets of paper, entered by a clerk in their order."""
    clerk, about = world.actor("clerk"), world.names[title]
    sheets = [each for each in world.matter(world.names[meeting]).children("sheet") if each.payload["about"] == about]
    for sheet, level in zip(sheets, levels.split("、"), strict=False):
        good = {"attitude": "好", "way": "好", "effect": "好" if level == "满意" else "较好"}
        world.act(clerk, "give", {**(BAD if level == "不满意" else good), "level": level}, matter=sheet.id)
