"""The states of a kind of matter and the actions between them, as a picture's text (Mermaid)."""

from __future__ import annotations

from renda.i18n import gettext
from renda.kinds import Kind
from renda.practice import Practice
from renda.services.permissions import who


def diagram(practice: type[Practice]) -> str:
    """One state diagram for each kind of the practice."""
    return "\n\n".join(_of_kind(kind) for kind in practice.kind_of.values())


def _of_kind(kind: Kind) -> str:
    lines = ["---", f"title: {gettext(kind.title)}", "---", "stateDiagram-v2"]
    lines += [f'    state "{gettext(label)}" as {state}' for state, label in kind.states.items()]
    for action in kind.actions.values():
        told = f"{gettext(action.label)}({who(action.by)})"
        if action.when is None:
            lines += [f"    [*] --> {to}: {told}" for to in action.then]
            continue
        for state in kind.states:
            if kind.allows(action, state):
                lines += [f"    {state} --> {to}: {told}" for to in action.then or (state,)]
    lines += [f"    {state} --> [*]" for state in kind.states if state in kind.ends]
    return "\n".join(lines)
