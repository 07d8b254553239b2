"""What a viewer reads around matters: dossiers and reports, and the records from which practices make them.

What a viewer may not open must not be readable around it. So a practice that says something to a viewer is given
records in which there is only what that viewer may see: it cannot cite the rest. Rules that compute (scores, actions,
what follows from them, a district's check) are given all.

A report is the one exception, and by declaration alone: a table that is ``public`` with a ``public_reason`` is made
from everything. See ADR 0125, which has the decision for each practice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from renda.answers import Fact
from renda.matter import Actor, Matter, Party
from renda.model import MatterRow
from renda.services import reading
from renda.services.desk import Desk
from renda.services.permissions import INSIDERS, may_see
from renda.services.questions import Answer, ask


class VisibleRecords(reading.DistrictRecords):
    """The district's matters and facts as far as one viewer may see them; people, organs and projects are for all."""

    def __init__(self, desk: Desk, viewer: Actor) -> None:
        super().__init__(desk)
        self.viewer = viewer
        self.has_hidden = False
        """Whether anything was left out so far."""

    def readable(self, rows: Sequence[MatterRow], *, parent: Matter | None = None) -> Sequence[Matter]:
        """Those of the rows that the viewer may see, which themselves look no further."""
        visible = []
        for row, matter in zip(rows, reading.views(self.desk, rows, parent=parent), strict=True):
            if may_see(reading.rules_of(self.desk, row), self._complete(matter), self.viewer):
                visible.append(self._narrowed(matter))
            else:
                self.has_hidden = True
        return visible

    def facts(self, code: str, *, since: date, until: date, subject: Party | None = None) -> Sequence[Fact]:
        """See ``renda.matter.Records.facts``; a fact that comes from no matter is of the district's own people."""
        everything = reading.DistrictRecords(self.desk).facts(code, since=since, until=until, subject=subject)
        return [fact for fact in everything if self._may_know(fact)]

    def _may_know(self, fact: Fact) -> bool:
        if fact.matter is not None:
            return self.matter(fact.matter) is not None
        known = not self.viewer.roles.isdisjoint(INSIDERS) or self.viewer.stands_for(fact.subject)
        self.has_hidden = self.has_hidden or not known
        return known

    def _complete(self, matter: Matter) -> Matter:
        # Who may see a matter can rest on those inside it, all of them.
        around = None if matter.parent is None else self._complete(matter.parent)
        return replace(matter, parent=around, records=reading.DistrictRecords(self.desk))

    def _narrowed(self, matter: Matter) -> Matter:
        around = None if matter.parent is None else self._narrowed(matter.parent)
        return replace(matter, parent=around, records=self)


def dossier(desk: Desk, viewer: Actor, subject: Party) -> list[Answer]:
    """What each practice has to say of a person or an organ to the viewer; one that fails answers with its failure."""
    records = VisibleRecords(desk, viewer)
    answers = ask(desk, "dossier", desk.day, subject=subject, viewer=viewer, records=records)
    return [
        replace(
            answer,
            said=tuple(
                replace(section, entries=[entry for entry in section.entries if _may_read(records, entry.matter)])
                for section in answer.said
            ),
        )
        for answer in answers
    ]


def _may_read(records: VisibleRecords, matter: int | None) -> bool:
    return matter is None or records.matter(matter) is not None


def reports(desk: Desk, viewer: Actor, since: date, until: date) -> list[Answer]:
    """The tables of each practice that the viewer may read, over a time; one that fails answers with its failure.

    A published table is the same for everybody. The others are for those who do the committee's work or audit it, and
    are made from what their reader may see.
    """
    inside = not viewer.roles.isdisjoint(INSIDERS)
    records = VisibleRecords(desk, viewer)
    own = _reports(desk, since, until, records) if inside else []
    if inside and not records.has_hidden:
        return own
    published = _reports(desk, since, until, reading.DistrictRecords(desk))
    if not inside:
        return [replace(answer, said=tuple(sheet for sheet in answer.said if sheet.public)) for answer in published]
    return [_either(answer, narrowed) for answer, narrowed in zip(published, own, strict=True)]


def _reports(desk: Desk, since: date, until: date, records: reading.DistrictRecords) -> list[Answer]:
    return ask(desk, "sheets", until, since=since, until=until, records=records)


def _either(published: Answer, narrowed: Answer) -> Answer:
    """In the order in which the practice tells them from everything: published as they are, the others narrowed."""
    if published.failure is not None or narrowed.failure is not None:
        return published if published.failure is not None else narrowed
    own = {sheet.code: sheet for sheet in narrowed.said if not sheet.public}
    said = [sheet if sheet.public else own.get(sheet.code) for sheet in published.said]
    return replace(published, said=tuple(sheet for sheet in said if sheet is not None))
