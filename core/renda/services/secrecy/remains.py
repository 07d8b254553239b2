"""Attacks on what a database keeps of what it no longer shows: dead rows, its log, its file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text

from renda.services.secrecy.places import Box
from renda.services.secrecy.scoring import Trace

_EXTENSION = text("select 1 from pg_extension where extname = 'pageinspect'")
_PAGES = text("select pg_relation_size(to_regclass(:table)) / current_setting('block_size')::int")
_ROWS = text("select t_attrs from heap_page_item_attrs(get_raw_page(:table, :page), to_regclass(:table)) order by lp")
_SUPERUSER = text("select usesuper from pg_user where usename = current_user")
_SEGMENTS = text("select name from pg_ls_waldir() order by name")
_SEGMENT = text("select pg_read_binary_file('pg_wal/' || :name)")

_LOG_PAGE, _FIRST_HEAD, _PAGE_HEAD = 8192, 40, 24


def dead_rows(box: Box) -> Trace:
    """Rows that were changed or deleted and still lie in PostgreSQL's pages: voters from whichever table.

    A dead row that holds a voter and a content beside each other gives both away; otherwise the order of
    dead rows is that of voting, and papers are taken as they lie.
    """
    name = "已删除的行"
    if box.embedded:
        return Trace(name, note="仅 PostgreSQL")
    if box.connection.execute(_EXTENSION).first() is None or not box.connection.execute(_SUPERUSER).scalar():
        return Trace(name, note="需要超级用户与 pageinspect 扩展")
    contents = {content: paper for paper, content, _ in box.papers_as_they_lie()}
    found: list[tuple[int, str]] = []
    for row in _lying(box, box.papers):
        people = [number for number in map(_number, row[box.person]) if number] if box.person in row else []
        said = [content for content in contents if _holds(row[box.content], content)]
        if people and said:
            found.append((people[0], said[0]))
    if found:
        papers = [(contents[content], content, content) for _, content in found]
        return Trace(name, found, papers, exact=True)
    voters = [number for row in _lying(box, box.sealed) for number in map(_number, row[box.person])]
    known = [(person, place) for place, person in enumerate(dict.fromkeys(voters))]
    return Trace(name, known, box.papers_as_they_lie())


def log_of_the_database(box: Box) -> Trace:
    """The write-ahead log: where the words of each paper first stand in it, against the order of voting."""
    name = "预写日志"
    if box.embedded:
        if box.file is None:
            return Trace(name, note="没有数据库文件")
        beside = box.file.with_name(box.file.name + "-wal")
        return _by_words(name, box, [beside.read_bytes()] if beside.exists() else [])
    if not box.connection.execute(_SUPERUSER).scalar():
        return Trace(name, note="需要超级用户")
    segments = [each for (each,) in box.connection.execute(_SEGMENTS)]
    read = (bytes(box.connection.execute(_SEGMENT, {"name": each}).scalar() or b"") for each in segments)
    return _by_words(name, box, map(_without_page_heads, read))


def _without_page_heads(segment: bytes) -> bytes:
    """A segment of PostgreSQL's log without what stands at the head of each page, which may cut a word in two."""
    pages = (segment[at : at + _LOG_PAGE] for at in range(0, len(segment), _LOG_PAGE))
    return b"".join(page[_FIRST_HEAD if number == 0 else _PAGE_HEAD :] for number, page in enumerate(pages))


def file_of_the_database(box: Box) -> Trace:
    """SQLite's file, pages no longer used included: a copy of it is a backup."""
    if box.file is None:
        return Trace("数据库文件", note="仅 SQLite")
    size = int(box.connection.execute(text("pragma page_size")).scalar() or 1)
    whole = box.file.read_bytes()
    # A page is filled from its end: read backwards, each page gives its rows in the order they came.
    pages = (whole[at : at + size] for at in range(0, len(whole), size))
    return _by_words("数据库文件", box, pages, last_first=True)


def _by_words(name: str, box: Box, log: Iterable[bytes], *, last_first: bool = False) -> Trace:
    """Papers by the place at which their words first stand in ``log``, voters in the order of voting."""
    voters = [(person, place) for place, person in enumerate(box.order)] or box.voters_by(box.person)
    missing = {paper: content for paper, content, _ in box.papers_as_they_lie()}
    papers: list[tuple[str, str, tuple[int, int]]] = []
    for number, part in enumerate(log):
        for paper, content in list(missing.items()):
            word = max(_words(json.loads(content)), key=len, default="")
            place = part.find(word.encode()) if word else -1
            if place >= 0:
                papers.append((paper, missing.pop(paper), (number, -place if last_first else place)))
    if not papers:
        return Trace(name, note="其中没有票面文字")
    return Trace(name, voters, papers, by_words=True)


def _words(content: Any) -> Sequence[str]:
    if isinstance(content, str):
        return [content]
    inner = list(content.values()) if isinstance(content, dict) else content if isinstance(content, list) else []
    return [word for each in inner for word in _words(each)]


def _lying(box: Box, table: str) -> list[dict[str, list[bytes]]]:
    """Every row in a table's pages, dead or alive: column → the bytes that lie there."""
    columns = list(box.columns(table))
    found = []
    for page in range(int(box.connection.execute(_PAGES, {"table": table}).scalar() or 0)):
        for (values,) in box.connection.execute(_ROWS, {"table": table, "page": page}):
            if values:
                given = [[bytes(value)] if value is not None else [] for value in values]
                found.append(dict(zip(columns, given, strict=False)))
    return found


def _number(value: bytes) -> int:
    return int.from_bytes(value, "little")


def _holds(values: list[bytes], content: str) -> bool:
    word = max(_words(json.loads(content)), key=len, default="")
    return bool(word) and any(word.encode() in value for value in values)
