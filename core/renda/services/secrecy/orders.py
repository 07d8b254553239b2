"""Attacks on the order of rows: numbers, places on the disk, transactions, times, the record, a dump."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from renda.services.secrecy.places import Box
from renda.services.secrecy.scoring import Trace


def serial_numbers(box: Box) -> Trace:
    """The first row of the one table belongs to the first of the other."""
    own = box.number if box.has(box.voters, box.number) else box.person
    return Trace("序号", box.voters_by(own), box.papers_by(box.number))


def dump_order(box: Box) -> Trace:
    """Rows as ``COPY`` or a plain ``SELECT`` writes them into a backup."""
    voters = [(person, place) for place, (person,) in enumerate(box.rows(box.voters, box.person))]
    known = [(person, place) for place, person in enumerate(box.order)]
    return Trace("备份中的先后", known or voters, box.papers_as_they_lie())


def rowid(box: Box) -> Trace:
    """SQLite's own numbering of rows; a table WITHOUT ROWID has none."""
    if not box.embedded:
        return Trace("rowid", note="仅 SQLite")
    query = "select sql from sqlite_master where name = :table"
    made = str(box.connection.execute(text(query), {"table": box.papers}).scalar())
    if "WITHOUT ROWID" in made.upper():
        return Trace("rowid", note="表内没有 rowid")
    return Trace("rowid", box.voters_by("rowid"), box.papers_by("rowid"))


def places_on_disk(box: Box) -> Trace:
    """PostgreSQL's ``ctid``: the page and the line of each row."""
    if box.embedded:
        return Trace("ctid", note="仅 PostgreSQL")
    voters = [(person, key if box.order else _point(key)) for person, key in box.voters_by("ctid::text")]
    papers = [(number, content, _point(key)) for number, content, key in box.papers_by("ctid::text")]
    return Trace("ctid", voters, papers)


def same_transaction(box: Box) -> Trace:
    """PostgreSQL's ``xmin``: a voter and a paper written in one transaction carry its number."""
    if box.embedded:
        return Trace("xmin", note="仅 PostgreSQL")
    voters = [(person, int(key)) for person, key in box.rows(box.voters, f"{box.person}, xmin::text")]
    papers = [(number, content, int(key)) for number, content, key in box.papers_by("xmin::text")]
    return Trace("xmin", voters, papers, exact=True)


def nearest_transaction(box: Box) -> Trace:
    """As before, for a voter and a paper written in two transactions shortly after each other."""
    if box.embedded:
        return Trace("相邻的 xmin", note="仅 PostgreSQL")
    voters = [(person, int(key)) for person, key in box.voters_by("xmin::text")]
    papers = [(number, content, int(key)) for number, content, key in box.papers_by("xmin::text")]
    return Trace("相邻的 xmin", voters, papers)


def times(box: Box) -> Trace:
    """Any column that holds a time."""
    for column, kind in box.columns(box.papers).items():
        if "time" in kind.lower() or "date" in kind.lower():
            own = column if box.has(box.voters, column) else box.person
            return Trace("时间", box.voters_by(own), box.papers_by(column))
    return Trace("时间", note="票上没有时间")


def record(box: Box) -> Trace:
    """Entries of the district's record that name who voted in the ballot, against the papers as they lie."""
    query = "select number, action, entries from event order by number"
    named: list[tuple[int, Any]] = []
    for number, action, entries in box.connection.execute(text(query)):
        said = box.read(entries)
        if action == "cast" and said.get("ballot") == box.ballot:
            named.append((int(said["person"]), number))
    if not named:
        return Trace("审计记录", note="记录中没有投票的条目")
    return Trace("审计记录", named, box.papers_as_they_lie())


def _point(ctid: str) -> tuple[int, int]:
    page, line = ctid.strip("()").split(",")
    return int(page), int(line)
