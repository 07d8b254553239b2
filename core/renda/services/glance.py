"""What a matter's page reads, by statements made once: the page is opened more often than anything else.

They name columns and not classes, which is four times as quick, so the session's filter does not see them:
each carries the district itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, bindparam, select, union_all

from renda.errors import RendaError
from renda.matter import Actor, Matter, Party
from renda.model import (
    AccountRow,
    Base,
    EventRow,
    MatterRow,
    NoticeRow,
    OrganRow,
    PersonRow,
    ScoreRow,
    SecurityEntryRow,
    SessionRow,
)
from renda.services import reading
from renda.services.desk import Desk

MOST_EVENTS = 200
MOST_CHILDREN = 300


def _of(row: type[Base], **wanted: str) -> Select[Any]:
    """All columns of what belongs to the district and has these values, whose names are bound later."""
    table = row.__table__
    conditions = [table.c[column] == bindparam(value) for column, value in wanted.items()]
    return select(*table.c).where(table.c.district_id == bindparam("district"), *conditions)


_ONE = _of(MatterRow, id="number")
_INSIDE = _of(MatterRow, parent_id="number").order_by(MatterRow.__table__.c.id).limit(MOST_CHILDREN + 1)
_FAMILY = union_all(_ONE, select(_INSIDE.subquery()))
_SCORE = _of(ScoreRow, matter_id="number").order_by(ScoreRow.__table__.c.id.desc()).limit(1)
_NOTICES = _of(NoticeRow, matter_id="number").order_by(NoticeRow.__table__.c.id)
_EVENTS = _of(EventRow, matter_id="number").order_by(EventRow.__table__.c.number.desc()).limit(MOST_EVENTS)
_logged = SecurityEntryRow.__table__.c
_VIEWS = _of(SecurityEntryRow, kind="kind", subject="subject").order_by(_logged.number.desc()).limit(MOST_EVENTS)
_account, _person, _organ = AccountRow.__table__, PersonRow.__table__, OrganRow.__table__
_session = SessionRow.__table__
_ACCOUNT = (
    select(
        _account.c.name,
        _account.c.roles,
        _account.c.disabled,
        _account.c.person_id,
        _account.c.organ_id,
        _person.c.name.label("person_name"),
        _organ.c.name.label("organ_name"),
    )
    .select_from(
        _account.outerjoin(
            _person, (_person.c.id == _account.c.person_id) & (_person.c.district_id == _account.c.district_id)
        ).outerjoin(_organ, (_organ.c.id == _account.c.organ_id) & (_organ.c.district_id == _account.c.district_id))
    )
    .join(_session, (_session.c.account_id == _account.c.id) & (_session.c.district_id == _account.c.district_id))
    .where(
        _account.c.district_id == bindparam("district"),
        _account.c.id == bindparam("number"),
        _session.c.digest == bindparam("digest"),
    )
)


@dataclass(frozen=True)
class Family(reading.DistrictRecords):
    """Records that have already read the matters inside one matter."""

    desk: Desk
    within: int
    inside: Sequence[Matter]

    def children(self, matter: Matter, kind: str | None = None) -> Sequence[Matter]:
        """See ``renda.matter.Records.children``."""
        if matter.id != self.within:
            return super().children(matter, kind)
        return [child for child in self.inside if kind is None or child.kind == kind]


@dataclass(frozen=True)
class Glance:
    """A matter with those around it and inside it, each beside its row, innermost of those around it first."""

    row: Any
    matter: Matter
    around: Sequence[tuple[Any, Matter]]
    inside: Sequence[tuple[Any, Matter]]


def glance(desk: Desk, number: int) -> Glance:
    """A matter and its family, at most ``MOST_CHILDREN`` inside it; raises ``matter.unknown``."""
    rows = _read(desk, _FAMILY, number=number)
    if not rows or rows[0].id != number:
        raise RendaError("matter.unknown", number=number)
    own, *children = rows
    outer: list[Any] = []
    while (outer[-1] if outer else own).parent_id is not None:
        outer += _read(desk, _ONE, number=(outer[-1] if outer else own).parent_id)
    parties = reading.parties_of(desk, [row.id for row in (*rows, *outer)])
    records = reading.DistrictRecords(desk)
    above: Matter | None = None
    around: list[tuple[Any, Matter]] = []
    for row in reversed(outer):
        above = reading.assembled(reading.rules_of(desk, row), row, parties[row.id], above, records)
        around.insert(0, (row, above))
    matter = reading.assembled(reading.rules_of(desk, own), own, parties[own.id], above, records)
    shown = children[:MOST_CHILDREN]
    views = [reading.assembled(reading.rules_of(desk, row), row, parties[row.id], matter, records) for row in shown]
    if len(children) <= MOST_CHILDREN:
        matter = replace(matter, records=Family(desk, number, views))
    return Glance(own, matter, around, list(zip(shown, views, strict=True)))


def events(desk: Desk, number: int) -> Sequence[Any]:
    """The newest entries of the record about a matter, the oldest of them first."""
    return _read(desk, _EVENTS, number=number)[::-1]


def views(desk: Desk, kind: str, subject: str) -> Sequence[Any]:
    """The newest entries of the security log of one kind about one subject, the oldest of them first."""
    return _read(desk, _VIEWS, kind=kind, subject=subject)[::-1]


def notices(desk: Desk, number: int) -> Sequence[Any]:
    """The documents issued about a matter."""
    return _read(desk, _NOTICES, number=number)


def score(desk: Desk, number: int) -> Any | None:
    """The row of the score that holds now, or None."""
    return next(iter(_read(desk, _SCORE, number=number)), None)


def actor(desk: Desk, account_id: int, digest: str) -> Actor | None:
    """Whose session it is, as rules see them; None where the account is disabled or the session was ended."""
    row = next(iter(_read(desk, _ACCOUNT, number=account_id, digest=digest)), None)
    if row is None or row.disabled:
        return None
    person = None if row.person_name is None else Party("person", row.person_id, row.person_name)
    organ = None if row.organ_name is None else Party("organ", row.organ_id, row.organ_name)
    return Actor(account_id, row.name, frozenset(row.roles), person, organ)


def _read(desk: Desk, statement: Any, **values: Any) -> Sequence[Any]:
    return desk.session.connection().execute(statement, {"district": desk.session.district_id, **values}).all()
