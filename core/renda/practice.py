"""A practice: one way of supervising, with one version of its parameters.

A plugin is a subclass. Its actions, forms and states give it pages, API, permissions, record, diagram and
Gherkin verbs; its answers to the questions in ``renda.hookspecs`` give it scores, deadlines and facts.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, ClassVar, Protocol

import pluggy

from renda.answers import Change
from renda.errors import RendaError, declare
from renda.kinds import Action, Kind, completed
from renda.matter import Matter, Turn
from renda.schema import Params, Schema, frozen

hookimpl = pluggy.HookimplMarker("renda")

declare(
    {
        "practice.bad_signature": "{practice}.{method} 的参数应为 matter、turn 和一个表单,实际是 {given}。",
        "practice.nonsense": "{practice} 的动作“{action}”应返回 Change 或 None,实际返回 {given}。",
        "practice.unknown_entry": "{practice} 的动作“{action}”写入了“{entry}”,事项里没有这个条目。",
        "practice.ambiguous_state": "{practice} 的动作“{action}”可到 {allowed},Change.then 应指明其中之一。",
    },
    status=500,
)
declare({"practice.no_such_kind": "“{practice}”不办理“{kind}”。可选:{allowed}。"}, status=404)


class Version(Protocol):
    """Where a practice's parameters stand: the district, its file, the day and the text they rest on."""

    @property
    def district(self) -> str:
        """The district's slug."""

    @property
    def code(self) -> str:
        """The practice's name in the district: the name of its file."""

    @property
    def effective(self) -> date:
        """The first day this version is in force."""

    @property
    def digest(self) -> str:
        """SHA-256 of the plugin's name and the parameters."""

    @property
    def source(self) -> str:
        """The resolution or rule the numbers are taken from."""


class Practice:
    """Base of every practice. Class attributes tell what it is, methods marked ``@action`` what can be done.

    ``title`` and ``about`` are for people; ``Params`` is the schema of the district's numbers. A practice
    with one kind of matter gives ``states`` (code → what people read), ``ends`` and ``Payload``; one with
    several gives ``kinds``, the first being the one that is meant where none is named. ``relations`` says what
    people call the relations the payload names beside the usual ones. A base class for
    several practices sets ``abstract = True`` and is checked when it is made concrete.
    """

    abstract: ClassVar[bool] = True
    title: ClassVar[str] = ""
    about: ClassVar[str] = ""
    plugin: ClassVar[str] = ""
    matter_title: ClassVar[str] = ""
    states: ClassVar[Mapping[str, str]] = {}
    ends: ClassVar[Sequence[str]] = ()
    kinds: ClassVar[Sequence[Kind]] = ()
    relations: ClassVar[Mapping[str, str]] = {}
    kind_of: ClassVar[Mapping[str, Kind]] = {}

    class Params(Schema):
        """What a district says in its file."""

    class Payload(Schema):
        """What a matter holds beside what its forms hold."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.abstract = bool(cls.__dict__.get("abstract", False))
        if cls.abstract:
            return
        name = f"{cls.__module__}.{cls.__name__}"
        cls.plugin = cls.__module__.rpartition(".")[2] if not cls.__dict__.get("plugin") else cls.plugin
        kinds = cls.kinds or cls._only_kind(name)
        actions = cls._actions(name, kinds)
        cls.kind_of = {}
        for kind in kinds:
            around = list(cls._kinds_around(kind))
            own = [entry for entry in actions if entry.kind == kind.code]
            cls.kind_of = {**cls.kind_of, kind.code: completed(name, kind, own, around)}

    @classmethod
    def _kinds_around(cls, kind: Kind) -> Iterator[Kind]:
        """The kinds a kind lies inside, nearest first: who stands in a relation to any of them may act."""
        while kind.within is not None:
            kind = cls.kind_of[kind.within]
            yield kind

    @classmethod
    def _only_kind(cls, name: str) -> Sequence[Kind]:
        if not cls.states:
            raise RendaError("practice.no_kind", practice=name)
        title = cls.matter_title or cls.title
        return (Kind(cls.plugin, title, cls.states, frozenset(cls.ends), cls.Payload),)

    @classmethod
    def _actions(cls, name: str, kinds: Sequence[Kind]) -> list[Action]:
        codes = [kind.code for kind in kinds]
        found: dict[str, Action] = {}
        for base in reversed(cls.__mro__):
            for method_name, method in vars(base).items():
                marked = getattr(method, "renda_action", None)
                if marked is None:
                    continue
                kind = marked.kind or codes[0]
                if kind not in codes:
                    raise RendaError("practice.unknown_kind", practice=name, action=marked.label, kind=kind)
                _check_signature(name, method, marked)
                fields = {slot: getattr(marked, slot) for slot in Action.__slots__}
                found[method_name] = Action(**{**fields, "kind": kind})
        return list(found.values())

    def __init__(self, version: Version, params: Mapping[str, Any]) -> None:
        self.version = version
        self._payloads: dict[str, Schema] = {}
        self.params: Any = Params(**{key: frozen(value) for key, value in params.items()})

    @property
    def code(self) -> str:
        """The practice's name in its district."""
        return self.version.code

    def title_of(self, matter: Matter) -> str:
        """What a matter is called in lists: its entry ``title``, else its kind with who it is about."""
        title = matter.payload.get("title")
        if title:
            return str(title)
        about = next((parties[0].name for parties in matter.parties.values() if parties), "")
        return f"{self.kind(matter.kind).title} {about}".strip()

    def kind(self, code: str) -> Kind:
        """The kind of that code; raises ``RendaError("practice.no_such_kind")``."""
        try:
            return self.kind_of[code]
        except KeyError:
            raise RendaError(
                "practice.no_such_kind", practice=self.title, kind=code, allowed="、".join(self.kind_of)
            ) from None

    def action(self, name: str) -> Action | None:
        """The action of that name or of that Chinese label, whichever kind it belongs to."""
        every = [entry for kind in self.kind_of.values() for entry in kind.actions.values()]
        return next((each for each in every if name in (each.name, each.label)), None)

    def schema(self, form: type[Schema], exists: Any = None) -> Schema:
        """A schema that knows the district's parameters and what the district keeps."""
        schema = form()
        schema.params = self.params
        schema.exists = exists
        return schema

    def payload(self, kind: str) -> Schema:
        """The schema of a kind's whole payload, made once: what is kept is dumped and revived with it."""
        if kind not in self._payloads:
            self._payloads[kind] = self.schema(self.kind(kind).payload)
        return self._payloads[kind]

    def perform(
        self, action: Action, matter: Matter, entries: Mapping[str, Any], turn: Turn, then: str | None = None
    ) -> Change:
        """What the action's method makes of it, checked: a ``Change`` with a state the action may lead to.

        ``then`` is the state where the method names none.

        Raises what the rule raises, and ``practice.…`` where the plugin answers nonsense.
        """
        method = getattr(self, action.name)
        wanted = {"matter": matter, "turn": turn}
        arguments = {name: wanted.get(name, entries) for name in _asks_for(method.__func__)}
        answer = method(**arguments)
        change = Change() if answer is None else answer
        if not isinstance(change, Change):
            raise RendaError("practice.nonsense", practice=self.code, action=action.label, given=type(answer).__name__)
        if then is not None and change.then is None:
            change = replace(change, then=then)
        known = self.kind_of[action.kind].payload._declared_fields
        for entry in change.payload:
            if entry not in known:
                raise RendaError("practice.unknown_entry", practice=self.code, action=action.label, entry=entry)
        self._check_state(action, change)
        return change

    def _check_state(self, action: Action, change: Change) -> None:
        allowed = action.then
        if (change.then is None and len(allowed) > 1) or (change.then is not None and change.then not in allowed):
            raise RendaError(
                "practice.ambiguous_state",
                practice=self.code,
                action=action.label,
                allowed="、".join(allowed) or "—",
            )


@cache
def _asks_for(method: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a method's arguments, without the practice itself."""
    return tuple(inspect.signature(method).parameters)[1:]


def _check_signature(name: str, method: Any, marked: Action) -> None:
    given = _asks_for(method)
    entries = [each for each in given if each not in ("matter", "turn")]
    if len(entries) > 1 or (entries and marked.form is None):
        raise RendaError("practice.bad_signature", practice=name, method=method.__name__, given="、".join(given) or "—")
