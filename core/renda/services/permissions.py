"""Who may see a matter and who may do what to it."""

from __future__ import annotations

from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import ROLES, Actor, Matter
from renda.rulebook import InForce
from renda.services.questions import answer_of

INSIDERS = frozenset({"clerk", "member", "chair", "auditor", "system"})
KEEPERS = frozenset({"clerk", "auditor", "system"})
RELATIONS = {
    "proposer": "提出人",
    "co-signer": "附议人",
    "assignee": "承办单位",
    "subject": "相关人员或单位",
    "reader": "评阅人",
}


def may_act(action: Action, actor: Actor, matter: Matter) -> bool:
    """Whether one of the action's roles or relations is the actor's."""
    roles = actor.roles & set(action.by)
    return bool(roles) or not matter.relations_of(actor).isdisjoint(action.by)


def may_see(rules: InForce, matter: Matter, viewer: Actor) -> bool:
    """The owner's word; where it has none, everybody who signed in may see, the public may not."""
    answer = answer_of(rules, "may_see", matter=matter, viewer=viewer)
    if answer is None:
        return viewer.account_id is not None or "system" in viewer.roles
    return bool(answer)


def keeps_record(viewer: Actor) -> bool:
    """Whether the viewer sees entries of the record that are about no matter."""
    return not viewer.roles.isdisjoint(KEEPERS)


def who(by: tuple[str, ...], names: dict[str, str] | None = None) -> str:
    """Roles and relations as people read them."""
    known = {**ROLES, **RELATIONS, **(names or {})}
    return "、".join(gettext(known.get(each, each)) for each in by)
