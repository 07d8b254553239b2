"""The districts of an installation: the folders that say what they follow, and the rows that own their data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from renda.errors import RendaError, declare
from renda.model import District
from renda.services import people, roster_entries
from renda.services.desk import Installation
from renda.services.kept_rules import raise_generation

declare({"district.bad_slug": "“{slug}”不能作区县的代码:只能用小写字母、数字和下划线,以字母开头,最长 40 个字符。"})
declare({"district.taken": "区县“{slug}”已经有了。"}, status=409)

RESERVED = frozenset({"api", "static", "host", "language", "healthz", "readyz"})
"""Addresses that are no district's."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A district as it is known: by its folder, by its row, or by both."""

    slug: str
    name: str
    folder: bool
    row: bool


def everyone(installation: Installation) -> list[Listed]:
    """All districts by slug, those without a folder or without a row included."""
    with installation.store.hosting() as session:
        rows = {row.slug: row.name for row in session.scalars(select(District))}
    folders = set(installation.rulebooks.slugs())
    return [Listed(slug, rows.get(slug, slug), slug in folders, slug in rows) for slug in sorted(folders | rows.keys())]


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: the districts that are new, and those whose files are wrong and were left as they were."""

    new: Sequence[str]
    mistakes: Mapping[str, RendaError]


def sync(installation: Installation) -> Synced:
    """Give every folder its row, and every row and its people the name and order its folder says.

    A district whose files are wrong stays as it is and stops no other. Every process reads the rules again.
    """
    names, mistakes = {}, {}
    for slug in installation.rulebooks.slugs():
        try:
            check_slug(slug)
            names[slug] = installation.rulebooks.of(slug).district.name
        except RendaError as mistake:
            mistakes[slug] = mistake
    new: list[str] = []
    with installation.store.hosting() as session:
        rows = {row.slug: row for row in session.scalars(select(District))}
        for slug, name in names.items():
            if slug in rows:
                rows[slug].name = name
            else:
                make: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
                # Two processes may start at once; the one that comes second finds the row.
                adding = make(District).values(slug=slug, name=name).on_conflict_do_nothing().returning(District.slug)
                new.extend(session.scalars(adding))
    for slug in names:
        with installation.writing(slug) as desk:
            people.put_in_order(desk)
            roster_entries.enter_rules(desk)
            raise_generation(desk.session, desk.session.district_id)
    return Synced(new, mistakes)


def add(installation: Installation, slug: str, name: str, term: str, begins: date | None = None) -> Path:
    """Make the folder of a new district with its ``district.toml``, and its row; the folder.

    Raises ``district.bad_slug`` or ``district.taken``.
    """
    check_slug(slug)
    folder = installation.rulebooks.root / slug
    folder.mkdir(exist_ok=True)
    # A JSON string is a TOML basic string.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in (("name", name), ("term", term))]
    if begins is not None:
        lines.append(f"term_from = {begins.isoformat()}")
    try:
        # Of two who add it at once one makes the file.
        with (folder / "district.toml").open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise RendaError("district.taken", slug=slug) from None
    sync(installation)
    return folder


def check_slug(slug: str) -> None:
    """Raise ``district.bad_slug`` for what cannot stand in an address and name a folder."""
    plain = slug.isascii() and slug.isidentifier() and slug == slug.lower() and not slug.startswith("_")
    if not plain or len(slug) > 40 or slug in RESERVED:
        raise RendaError("district.bad_slug", slug=slug)


def chosen(installation: Installation, slug: str | None) -> Sequence[str]:
    """That district, or all that have a folder; raises ``district.unknown``."""
    if slug is None:
        return installation.rulebooks.slugs()
    installation.rulebooks.of(slug)
    return [slug]
