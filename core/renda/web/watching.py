"""Records a view of a watched matter before anything of it is shown: what cannot be recorded is not shown."""

from __future__ import annotations

from flask import g, request

from renda.matter import Actor, Matter
from renda.rulebook import InForce
from renda.services import viewing
from renda.web.limits import asking_network
from renda.web.tenancy import installation


def watch(slug: str, rules: InForce, matter: Matter, viewer: Actor) -> None:
    """Enter the view in a transaction of its own, once in a request; what a POST does is in the record anyway.

    On PostgreSQL it waits for nobody who writes in the district.
    """
    recorded: set[int] = g.setdefault("viewed", set())
    if request.method == "POST" or matter.id in recorded or not viewing.is_watched(rules, matter):
        return
    with installation().writing(slug) as desk:
        viewing.record(desk, viewer, matter.id, address=asking_network())
    recorded.add(matter.id)
