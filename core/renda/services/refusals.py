"""What can stand in the way of an action, each with its sentence."""

from __future__ import annotations

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import ROLES, Actor, Matter
from renda.rule_files import Pinned
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.permissions import may_act, who

declare({"matter.no_action": "“{practice}”没有“{action}”这个动作。可用的动作:{allowed}。"}, status=404)
declare({"matter.not_yours": "“{action}”由{who}办理,您没有这个身份。"}, status=403)
declare(
    {
        "matter.not_now": "现在不能“{action}”:事项处于“{state}”。现在可以办理:{allowed}。",
        "matter.stale": "这份表单已过时:您打开之后,别人已办理过这个事项。请刷新后再办。",
        "matter.children": "还不能“{action}”:“{kind}”尚未全部到达“{wanted}”,例如:{titles}。",
        "matter.around": "还不能“{action}”:它所在的“{title}”处于“{state}”,须处于“{wanted}”。",
        "matter.needs_parent": "“{kind}”须在“{within}”之内开启,请指明是哪一件。",
        "matter.endless": "动作“{action}”引起的后续动作没有尽头,已全部撤回。请告诉插件作者。",
    },
    status=409,
)


def check_actor(action: Action, actor: Actor, matter: Matter) -> None:
    """Refuse whom neither a role nor a relation allows the action."""
    if not may_act(action, actor, matter):
        raise RendaError("matter.not_yours", action=gettext(action.label), who=who(action.by))


def check_rules(desk: Desk, row: Pinned, actor: Actor) -> None:
    """Refuse people where the file of the rules is wrong, or the version the matter rests on is not in it any more.

    What the system does, such as ending a ballot, goes on by the rules the matter began under.
    """
    if "system" not in actor.roles:
        desk.rulebook.check_correct(row.practice)
        desk.rulebook.check_present(row.practice, row.rules_effective, row.rules_digest)


def check_role(action: Action, actor: Actor) -> None:
    """Refuse whom no role allows to open a matter, before the rule is asked; a relation is known only after."""
    if set(action.by) <= ROLES.keys() and actor.roles.isdisjoint(action.by):
        raise RendaError("matter.not_yours", action=gettext(action.label), who=who(action.by))


def check_state(rules: InForce, action: Action, state: str) -> None:
    """Refuse an action the matter's state does not allow, naming those it does."""
    kind = rules.practice.kind(action.kind)
    if not kind.allows(action, state):
        by_people = [each for each in kind.possible(state) if each.by != ("system",)]
        allowed = "、".join(gettext(each.label) for each in by_people) or "—"
        raise RendaError(
            "matter.not_now", action=gettext(action.label), state=gettext(kind.states[state]), allowed=allowed
        )


def find_action(rules: InForce, name: str, kind: str | None = None) -> Action:
    """The action of that name or label: on a matter of ``kind``, or one that opens where no kind is given."""
    every = [
        each
        for code, of_kind in rules.practice.kind_of.items()
        for each in of_kind.actions.values()
        if (code == kind and each.when is not None) or (kind is None and each.when is None)
    ]
    found = next((each for each in every if name in (each.name, each.label)), None)
    if found is None:
        allowed = "、".join(gettext(each.label) for each in every) or "—"
        raise RendaError("matter.no_action", practice=rules.version.title, action=name, allowed=allowed)
    return found


def check_around(rules: InForce, action: Action, above: Matter | None) -> None:
    """Refuse while the matter around it is not where the action needs it."""
    if action.around and above is not None and above.state not in action.around:
        states = rules.practice.kind(above.kind).states
        raise RendaError(
            "matter.around",
            action=gettext(action.label),
            title=above.title,
            state=gettext(states[above.state]),
            wanted="、".join(gettext(states[each]) for each in action.around),
        )


def check_children(rules: InForce, action: Action, matter: Matter) -> None:
    """Refuse while matters inside are not yet where the action needs all of them."""
    for code, wanted in action.children.items():
        kind = rules.practice.kind(code)
        short = [child.title for child in matter.children(code) if child.state not in wanted]
        if short:
            raise RendaError(
                "matter.children",
                action=gettext(action.label),
                kind=gettext(kind.title),
                wanted="、".join(gettext(kind.states[state]) for state in wanted),
                titles="、".join(short[:3]),
            )
