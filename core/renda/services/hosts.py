"""What the host sees: the districts by name, and whether their rules load; nothing of their matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from renda.errors import RendaError
from renda.model import District, HostAccountRow, HostSessionRow
from renda.services.desk import Installation
from renda.store import Store

PAGE = 50
NOBODYS = 0
"""A session for reading that belongs to no district: it sees their names and nothing that is theirs."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Whether a district's rules load, with its practices (title, versions) or what is wrong."""

    practices: Sequence[tuple[str, int]] = ()
    mistake: RendaError | None = None


def districts(store: Store, *, text: str = "", after: str = "", size: int = PAGE) -> tuple[list[District], str]:
    """A page of districts by slug whose slug or name contains ``text``, and where the next page begins."""
    query = select(District).order_by(District.slug).limit(size + 1)
    if after:
        query = query.where(District.slug > after)
    if text:
        query = query.where(
            or_(District.slug.contains(text, autoescape=True), District.name.contains(text, autoescape=True))
        )
    with store.reading(NOBODYS) as session:
        found = list(session.scalars(query))
    return found[:size], found[size - 1].slug if len(found) > size else ""


def loaded(installation: Installation, slug: str) -> Loaded:
    """Read a district's rules now and say how that went; another district's mistakes are not its own."""
    try:
        book = installation.rulebooks.of(slug)
    except RendaError as mistake:
        return Loaded(mistake=mistake)
    return Loaded([(versions[-1].title, len(versions)) for versions in book.versions.values()])


def operator(store: Store, account_id: int, digest: str) -> str | None:
    """The name of the operator whose session it is, or None where it was ended."""
    query = (
        select(HostAccountRow.name)
        .join(HostSessionRow, HostSessionRow.account_id == HostAccountRow.id)
        .where(HostAccountRow.id == account_id, HostSessionRow.digest == digest)
    )
    with store.reading(NOBODYS) as session:
        return session.scalar(query)
