"""What a plugin is and does, told from its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from renda.errors import RendaError, declare
from renda.hookspecs import EVERYONE, OWNER
from renda.i18n import gettext
from renda.rulebook import installed, practice_class

declare({"plugin.unknown": "本机没有插件“{plugin}”。已安装:{allowed}。"}, status=404)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or table a district decides."""

    name: str
    label: str
    sort: str
    required: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One action, with its kind and states as people read them."""

    kind: str
    name: str
    label: str
    by: Sequence[str]
    when: Sequence[str]
    then: Sequence[str]
    form: Sequence[Parameter]
    source: str


@dataclass(frozen=True, slots=True)
class Described:
    """A plugin; ``mistake`` says why it cannot be used, where it cannot."""

    name: str
    title: str
    package: str
    about: str = ""
    mistake: str = ""
    params: Sequence[Parameter] = ()
    actions: Sequence[Deed] = ()
    hooks: Sequence[str] = ()


def described(name: str, *, strict: bool = False) -> Described:
    """The plugin of that name; raises ``plugin.unknown``, and with ``strict`` also ``plugin.broken``."""
    if name not in installed():
        raise RendaError("plugin.unknown", plugin=name, allowed="、".join(sorted(installed())) or "—")
    distribution = installed()[name].dist
    package = "" if distribution is None else f"{distribution.name} {distribution.version}"
    try:
        practice = practice_class(name)
    except RendaError as error:
        if strict:
            raise
        return Described(name, "", package, mistake=error.message)
    answered = {hook for hook in (*OWNER, *EVERYONE) if hasattr(practice, hook)}
    return Described(
        name=name,
        title=gettext(practice.title),
        package=package,
        about=gettext(practice.about),
        params=_entries(practice.Params),
        actions=[
            Deed(
                kind=gettext(kind.title),
                name=action.name,
                label=gettext(action.label),
                by=action.by,
                when=() if action.when is None else action.when,
                then=action.then,
                form=() if action.form is None else _entries(action.form),
                source=action.source,
            )
            for kind in practice.kind_of.values()
            for action in kind.actions.values()
        ],
        hooks=[hook for hook in (*OWNER, *EVERYONE) if hook in answered],
    )


def _entries(schema: Any) -> list[Parameter]:
    return [
        Parameter(name, gettext(str(field.metadata.get("label", name))), type(field).__name__, field.required)
        for name, field in schema().fields.items()
    ]
