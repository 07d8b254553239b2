"""Kinds of matters and the actions on them: from one line, ``@action``, comes everything a door needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from renda.errors import RendaError, declare
from renda.matter import ROLES
from renda.schema import Schema

declare(
    {
        "practice.no_opening": "{practice} 的“{kind}”没有开启的动作:至少要有一个 when=None 的动作。",
        "practice.unknown_state": "{practice} 的动作“{action}”提到状态“{state}”,“{kind}”没有这个状态。已有:{allowed}。",
        "practice.unreachable_state": "{practice} 的“{kind}”到不了状态“{state}”:要有动作以它为结果。",
        "practice.dead_end": "{practice} 的“{kind}”离不开状态“{state}”:要有动作从它出发,或者把它列入 ends。",
        "practice.unknown_actor": "{practice} 的动作“{action}”由“{by}”做出,但没有这个角色,"
        "“{kind}”也没有条目用 relation 写明这个关系。",
        "practice.unknown_kind": "{practice} 的动作“{action}”属于“{kind}”,没有这类事项。",
        "practice.clashing_field": "{practice} 的“{kind}”里,条目“{field}”有两种写法。",
        "practice.no_kind": "{practice} 没有说明它办理什么:写 states,或者写 kinds。",
    },
    status=500,
)

ANY_STATE = "*"
Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done to a matter of a kind; ``name`` is the method, ``label`` what people read.

    ``by``: roles or relations; ``when``: states it is possible in, None where it opens the matter;
    ``then``: states it may lead to, empty where the state stays; ``children``: for a kind of matters
    inside, the states all of them must have reached; ``around``: the states the matter around it must be
    in, empty where any will do; ``aside``: possible, but not what is waited for.
    """

    name: str
    label: str
    by: tuple[str, ...]
    when: tuple[str, ...] | None
    then: tuple[str, ...]
    kind: str = ""
    form: type[Schema] | None = None
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    aside: bool = False
    source: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of matter: what it is called, what its payload holds, its states and those that end it.

    ``within`` names the kind it lies inside; ``actions`` and ``payload`` are completed when the practice
    is defined: the payload holds the entries of every form of the kind's actions.
    """

    code: str
    title: str
    states: Mapping[str, str]
    ends: frozenset[str] = frozenset()
    payload: type[Schema] = Schema
    within: str | None = None
    actions: Mapping[str, Action] = field(default_factory=dict)

    @property
    def openings(self) -> tuple[Action, ...]:
        """The actions that open a matter of this kind."""
        return tuple(action for action in self.actions.values() if action.when is None)

    def possible(self, state: str) -> tuple[Action, ...]:
        """The actions that may be taken in a state, in the order they were written."""
        return tuple(action for action in self.actions.values() if self.allows(action, state))

    def allows(self, action: Action, state: str) -> bool:
        """Whether the action is possible in the state."""
        if action.when is None:
            return False
        return state in action.when or (ANY_STATE in action.when and state not in self.ends)

    def awaited(self, state: str) -> Action | None:
        """What a matter in this state waits for: the first action that is not written ``aside``."""
        return next((action for action in self.possible(state) if not action.aside), None)

    @cached_property
    def relations(self) -> Mapping[str, tuple[str, str]]:
        """The payload's entries that name somebody: entry → (relation, noun)."""
        found: dict[str, tuple[str, str]] = {}
        for name, entry in self.payload._declared_fields.items():
            relation = entry.metadata.get("relation")
            noun = getattr(entry, "noun", None) or getattr(getattr(entry, "inner", None), "noun", None)
            if relation and noun:
                found[name] = (str(relation), noun if noun in {"organ", "project"} else "person")
        return MappingProxyType(found)


def action(
    label: str,
    *,
    by: str | Sequence[str],
    when: str | Sequence[str] | None,
    then: str | Sequence[str] | None = None,
    data: type[Schema] | None = None,
    kind: str = "",
    children: Mapping[str, str | Sequence[str]] | None = None,
    around: str | Sequence[str] = (),
    aside: bool = False,
    source: str = "",
) -> Callable[[Method], Method]:
    """Make a method of a practice something people can do.

    The method gets ``matter``, and where it names them the form's entries and ``turn``; the entries are
    kept in the payload under their own names; it may return a ``Change``. ``when="*"`` means in every
    state that does not end the matter. See ``Action`` for the rest.
    """

    def marked(method: Method) -> Method:
        method.renda_action = Action(  # type: ignore[attr-defined]
            name=method.__name__,
            label=label,
            by=several(by),
            when=None if when is None else several(when),
            then=() if then is None else several(then),
            kind=kind,
            form=data,
            children={code: several(states) for code, states in (children or {}).items()},
            around=several(around),
            aside=aside,
            source=source,
        )
        return method

    return marked


def several(names: str | Sequence[str]) -> tuple[str, ...]:
    """One name or many, as many."""
    return (names,) if isinstance(names, str) else tuple(names)


def completed(practice: str, kind: Kind, actions: Sequence[Action], around: Sequence[Kind]) -> Kind:
    """The kind with its actions and whole payload, after its states and actors were checked.

    Raises ``RendaError("practice.…")`` where a state cannot be reached or left, or nobody could act.
    """
    whole = Kind(
        code=kind.code,
        title=kind.title,
        states=kind.states,
        ends=kind.ends,
        payload=_payload(practice, kind, actions),
        within=kind.within,
        actions={entry.name: entry for entry in actions},
    )
    if not whole.openings:
        raise RendaError("practice.no_opening", practice=practice, kind=kind.code)
    _check_states(practice, whole)
    _check_actors(practice, whole, around)
    return whole


def _payload(practice: str, kind: Kind, actions: Sequence[Action]) -> type[Schema]:
    entries: dict[str, Any] = dict(kind.payload._declared_fields)
    for form in (entry.form for entry in actions if entry.form is not None):
        for name, entry in form._declared_fields.items():
            if type(entries.setdefault(name, entry)) is not type(entry):
                raise RendaError("practice.clashing_field", practice=practice, kind=kind.code, field=name)
    return type(f"{kind.code}_payload", (Schema,), entries)


def _check_states(practice: str, kind: Kind) -> None:
    for entry in kind.actions.values():
        for state in (*(entry.when or ()), *entry.then):
            if state not in kind.states and state != ANY_STATE:
                raise RendaError(
                    "practice.unknown_state",
                    practice=practice,
                    action=entry.label,
                    state=state,
                    kind=kind.code,
                    allowed="、".join(kind.states),
                )
    reached = _reached(kind)
    for state in kind.states:
        if state not in reached:
            raise RendaError("practice.unreachable_state", practice=practice, kind=kind.code, state=state)
        if state not in kind.ends and not any(set(each.then) - {state} for each in kind.possible(state)):
            raise RendaError("practice.dead_end", practice=practice, kind=kind.code, state=state)


def _reached(kind: Kind) -> set[str]:
    reached: set[str] = set()
    fresh = {state for entry in kind.openings for state in entry.then}
    while fresh:
        reached |= fresh
        fresh = {to for state in fresh for entry in kind.possible(state) for to in entry.then} - reached
    return reached


def _check_actors(practice: str, kind: Kind, around: Sequence[Kind]) -> None:
    stands = (related for each in (kind, *around) for related in each.relations.values())
    # A project stands in relations and does nothing.
    relations = {relation for relation, noun in stands if noun != "project"}
    for entry in kind.actions.values():
        for by in entry.by:
            if by not in ROLES and by not in relations:
                raise RendaError("practice.unknown_actor", practice=practice, action=entry.label, by=by, kind=kind.code)
