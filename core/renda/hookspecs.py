"""Every question the core asks a practice. An answer is frozen; a question's arguments are never changed.

Questions to the **owner** are put to the one practice that handles the matter, with the parameters of the
day the matter began. Questions to **everyone** are put to all practices a district has in force on a day,
in the order of its files. Questions to the **installation** are put to what the host has installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import entry_points
from typing import Any

import pluggy

from renda.answers import Deadline, Fact, Follow, Link, Problem, Section, Sheet
from renda.calendar import WorkingCalendar
from renda.explain import Explained
from renda.matter import Actor, Event, Matter, Party, Records
from renda.reminding import Channel

hookspec = pluggy.HookspecMarker("renda")


class OwnerQuestions:
    """Asked of the practice that handles the matter."""

    @hookspec(firstresult=True)
    def score(self, matter: Matter) -> Explained | None:
        """The matter's score with its reasons, or None while there is none.

        Asked after every action on the matter or on one inside it, and by ``renda rescore``.
        """

    @hookspec(firstresult=True)
    def deadlines(self, matter: Matter, calendar: WorkingCalendar) -> Sequence[Deadline] | None:
        """What is due, and by when, in the state the matter is in; the earliest is shown first."""

    @hookspec(firstresult=True)
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        """The state the matter goes to when a ballot about it was closed, or None to stay.

        ``ballot.line`` is the subject that is this matter: ``outcome``, ``figures``. An action asks for a ballot
        with ``Change(ballots=[Ballot(…)])``; the state is reached by an action ``by="system"``.
        """

    @hookspec(firstresult=True)
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Whether the viewer may see the matter; None leaves it to the core (all who sign in may)."""

    @hookspec(firstresult=True)
    def watched(self, matter: Matter) -> bool | None:
        """Whether every view of the matter, by page or API, is entered in the record; None means it is not.

        For what is told to few: a clue, a secret suggestion. The view is recorded before anything is shown. Lists,
        which are no views, name it by its number.
        """


class EveryoneQuestions:
    """Asked of all practices in force."""

    @hookspec
    def facts(  # type: ignore[empty-body]
        self, subject: Party | None, since: date, until: date, records: Records
    ) -> Sequence[Fact]:
        """What happened from ``since`` to ``until`` (both included), about ``subject`` or about anybody."""

    @hookspec
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:  # type: ignore[empty-body]
        """What follows from an event, in the same transaction."""

    @hookspec
    def dossier(  # type: ignore[empty-body]
        self, subject: Party, viewer: Actor, records: Records
    ) -> Sequence[Section]:
        """What the practice has to say on the page of an official, a deputy or an organ.

        In ``records`` there is only what ``viewer`` may see.
        """

    @hookspec
    def menu(self, viewer: Actor) -> Sequence[Link]:  # type: ignore[empty-body]
        """Entries of the menu beside the one every practice has."""

    @hookspec
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:  # type: ignore[empty-body]
        """Tables over a time, with their figures and the reasons for them; some may be published.

        Asked for the published ones with all there is in ``records``, for the others with what their reader may see.
        """

    @hookspec
    def problems(self, records: Records) -> Sequence[Problem]:  # type: ignore[empty-body]
        """What is wrong in this district that no form could refuse; told by ``renda check``."""


class InstallationQuestions:
    """Asked of what the host has installed."""

    @hookspec(firstresult=True)
    def actor(self, request: Any) -> str | None:
        """The login of who sends a request, where another system has signed them in; None if it has not."""

    @hookspec
    def channels(self) -> Sequence[Channel]:  # type: ignore[empty-body]
        """The ways reminders go out beside the log and e-mail; districts name them in ``[reminders]`` by code.

        Asked by ``renda remind``. A channel whose address the host has not set is left out.
        """

    @hookspec
    def variables(self) -> Sequence[str]:  # type: ignore[empty-body]
        """The names beginning with RENDA_ that the plugin reads from the environment.

        ``renda serve`` refuses a name that nobody knows, for it is most often one that was mistyped.
        """


OWNER = ("score", "deadlines", "ballot_closed", "may_see", "watched")
EVERYONE = ("facts", "acted", "dossier", "menu", "sheets", "problems")
INSTALLATION = ("actor", "channels", "variables")
INSTALLATION_PLUGINS = "renda.installation"


def registry() -> pluggy.PluginManager:
    """An empty registry of plugins that knows all the questions."""
    plugins = pluggy.PluginManager("renda")
    for questions in (OwnerQuestions, EveryoneQuestions, InstallationQuestions):
        plugins.add_hookspecs(questions)
    return plugins


def installation_registry(given: Iterable[Any] | None = None) -> pluggy.PluginManager:
    """What answers for the installation: ``given``, or where None all of the entry point group ``renda.installation``."""
    found = [point.load() for point in entry_points(group=INSTALLATION_PLUGINS)] if given is None else given
    plugins = registry()
    for plugin in found:
        plugins.register(plugin() if isinstance(plugin, type) else plugin)
    plugins.check_pending()
    return plugins
