"""Steps of feature files: a suggestion an organ has, one it has carried out, a yearly account."""

from __future__ import annotations

from typing import Any

from pytest_bdd import step

from renda.testing.factories import World
from renda.testing.sentences import Sentence

CODE = "suggestion_tracking"
SESSIONS = {"会议期间": "session", "闭会期间": "intersession"}


@step(
    Sentence(
        '代表"{deputy}"的建议"{title}"已由"{organ}"签收',
        "一件建议已经提出、受理、交办、签收",
        '假如 代表"代表甲"的建议"路灯"已由"城管局"签收',
    )
)
def received(world: World, deputy: str, title: str, organ: str) -> None:
    """A suggestion that an organ has received."""
    _received(world, deputy, title, organ)


@step(
    Sentence(
        '代表"{deputy}"的涉密建议"{title}"已由"{organ}"签收',
        "一件涉密建议已经提出、受理、交办、签收",
        '假如 代表"代表甲"的涉密建议"密"已由"城管局"签收',
    )
)
def received_in_secret(world: World, deputy: str, title: str, organ: str) -> None:
    """A secret suggestion that an organ has received."""
    _received(world, deputy, title, organ, secret=True)


@step(
    Sentence(
        '代表"{deputy}"的建议"{title}"已由"{organ}"报告落实',
        "一件建议已经答复、评价、报告落实,等候评价落实",
        '假如 代表"代表甲"的建议"路灯"已由"城管局"报告落实',
    )
)
def reported(world: World, deputy: str, title: str, organ: str) -> None:
    """A suggestion whose implementation was reported."""
    part = _received(world, deputy, title, organ)
    office = world.actor("department", organ=world.organ(organ))
    world.act(office, "contact", {"contact_way": "visit", "contact_note": "已见面"}, matter=part)
    reply = {"result_class": "A", "reply_text": "已办理", "signed_by": "负责人"}
    world.act(office, "reply", reply, matter=part)
    actor = world.actor("deputy", person=world.deputy(deputy))
    world.act(actor, "rate_answer", {"answer_level": "满意"}, matter=world.names[title])
    world.act(office, "report_implementation", {"progress": "已落实"}, matter=part)


@step(
    Sentence(
        '已核对的台账"{n:int}年{session:words}"办理{handled:int}件,落实到位{done:int}件',
        "一本由另一个人核对过的历年台账",
        '假如 已核对的台账"2017年会议期间"办理478件,落实到位204件',
    )
)
def account_checked(world: World, n: int, session: str, handled: int, done: int) -> None:
    """A yearly account that counts."""
    counts = dict.fromkeys(("handled", "met", "replied", "finished"), handled)
    form = {"year": n, "session": SESSIONS[session], **counts, "carried_out": done, "provenance": "年度报告"}
    number = world.act(world.actor("clerk"), "register", form, practice=CODE).matter_id
    world.act(world.actor("auditor"), "check_account", matter=number)


def _received(world: World, deputy: str, title: str, organ: str, **more: Any) -> int:
    proposer, lead, clerk = world.deputy(deputy), world.organ(organ), world.actor("clerk")
    category = world.rulebook.practice_on(CODE, world.day).practice.params.categories[0]
    draft = {"title": title, "facts": "事由", "wanted": "具体建议", "category": category, "session": "intersession"}
    actor = world.actor("deputy", person=proposer)
    number = world.act(actor, "submit", {**draft, "proposer": proposer.id, **more}, practice=CODE).matter_id
    world.names[title] = number
    world.act(clerk, "accept", matter=number)
    world.act(clerk, "assign", {"mode": "lead", "leads": [lead.id]}, matter=number)
    part = world.matter(number).children("assignment")[0].id
    world.act(world.actor("department", organ=lead), "receive", matter=part)
    return part
