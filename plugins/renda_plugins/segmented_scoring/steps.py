"""Steps of feature files that take a suggestion as far as a scenario begins, each act through the one door."""

from __future__ import annotations

from typing import Any

from pytest_bdd import step

from renda import Matter
from renda.testing.factories import World
from renda.testing.sentences import Sentence


def _organ(world: World, name: str) -> Any:
    return world.actor("department", organ=world.organ(name))


def _part(world: World, title: str, organ: str) -> Matter:
    suggestion = world.matter(world.names[title])
    return next(each for each in suggestion.children("assignment") if each.parties["assignee"][0].name == organ)


@step(
    Sentence(
        '代表"{deputy}"的建议"{title}"已交"{organ}"办理',
        "一件建议已经提出、受理、交办、签收",
        '假如 代表"代表甲"的建议"路灯"已交"城管局"办理',
    )
)
def handed_over(world: World, deputy: str, title: str, organ: str) -> None:
    """A suggestion that an organ has received."""
    proposer, lead, clerk = world.deputy(deputy), world.organ(organ), world.actor("clerk")
    category = world.rulebook.practice_on("segmented_scoring", world.day).practice.params.categories[0]
    draft = {
        "title": title,
        "facts": "事由",
        "wanted": "具体建议",
        "category": category,
        "session": "intersession",
        "proposer": proposer.id,
    }
    actor = world.actor("deputy", person=proposer)
    number = world.act(actor, "submit", draft, practice="segmented_scoring").matter_id
    world.names[title] = number
    world.act(clerk, "accept", matter=number)
    world.act(clerk, "assign", {"mode": "lead", "leads": [lead.id]}, matter=number)
    world.act(_organ(world, organ), "receive", matter=_part(world, title, organ).id)


@step(Sentence('"{organ}"已答复建议"{title}"', "承办单位已与代表沟通并答复", '假如 "城管局"已答复建议"路灯"'))
def replied(world: World, organ: str, title: str) -> None:
    """A suggestion that was replied to."""
    part, actor = _part(world, title, organ).id, _organ(world, organ)
    world.act(actor, "contact", {"contact_way": "visit", "contact_note": "已听取意见"}, matter=part)
    reply = {"result_class": "A", "reply_text": "已办理", "signed_by": "负责人"}
    world.act(actor, "reply", reply, matter=part)


@step(Sentence('"{organ}"已落实建议"{title}"', "承办单位已报告落实", '假如 "城管局"已落实建议"路灯"'))
def carried_out(world: World, organ: str, title: str) -> None:
    """A suggestion whose implementation was reported."""
    part = _part(world, title, organ).id
    world.act(_organ(world, organ), "report_implementation", {"progress": "已落实"}, matter=part)
