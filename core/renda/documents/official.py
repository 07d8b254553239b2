"""An official document (公文) in the layout of GB/T 9704-2012: as a document, a letter, an announcement, minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.documents import heads
from renda.documents import measures as m
from renda.documents.imprint import imprint
from renda.documents.paper import Paper
from renda.documents.tables import grid
from renda.documents.wording import day_text, heading, joined, title_lines, width
from renda.letterheads import Letterhead

DATE_FROM_RIGHT = 4
"""Characters to the right of the date where a seal goes over it (§7.3.5.1)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something attached or set into the text: a title, paragraphs, a table of text."""

    title: str
    paragraphs: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """What a document says; ``letterhead`` is how its district writes this kind.

    ``number`` is empty where the issuer gives its own. ``people``: lists of who was there, with what they are
    (出席, 列席), for minutes. ``parts`` follow in the text, ``attachments`` stand on pages of their own.
    """

    letterhead: Letterhead
    title: str
    paragraphs: Sequence[str]
    issued_on: date
    number: str = ""
    issuer: str = ""
    recipients: Sequence[str] = ()
    copies: Sequence[str] = ()
    attachments: Sequence[Part] = ()
    parts: Sequence[Part] = ()
    people: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def own(self) -> bool:
        """Whether the organ of the letterhead issues it, and nobody else."""
        return self.issuer in {"", self.letterhead.organ}


def written(said: Official) -> bytes:
    """The document as a Word file (docx)."""
    letterhead = said.letterhead
    paper = Paper(said.title, said.issuer or letterhead.organ, said.issued_on, letterhead.fonts)
    heads.HEADS[letterhead.form](paper, said)
    _title(paper, said.title)
    if said.recipients and letterhead.form not in {"announcement", "minutes"}:
        paper.line(f"{joined(said.recipients)}：")
    body(paper, said.paragraphs)
    for part in said.parts:
        if part.columns:
            paper.line((part.title, "first"), align="center", keep=True, before=m.LINE // 2)
            body(paper, part.paragraphs)
            grid(paper, part.columns, part.rows)
        else:
            body(paper, [part.title, *part.paragraphs])
    for label, names in said.people:
        _people(paper, label, names)
    _list_of_attachments(paper, [part.title for part in said.attachments])
    if letterhead.form != "minutes":
        _signed(paper, said.issuer or letterhead.organ, said.issued_on)
    if letterhead.note and said.own:
        paper.line(f"（{letterhead.note.strip('（）()')}）", first=2 * m.CHARACTER)
    for at, part in enumerate(said.attachments, start=1):
        _attachment(paper, part, at if len(said.attachments) > 1 else 0)
    imprint(paper, said)
    return paper.saved()


def body(paper: Paper, paragraphs: Sequence[str]) -> None:
    """Paragraphs, each indented by two characters, headings in the fonts of their level."""
    for text in paragraphs:
        for paragraph in text.splitlines():
            if not paragraph.strip():
                continue
            level, begins, rest = heading(paragraph.strip())
            texts: list[str | tuple[str, str]] = [(begins, level)] if begins else []
            # A heading alone stays with what it heads.
            paper.line(*texts, *([rest] if rest else []), first=2 * m.CHARACTER, keep=bool(begins) and not rest)


def _title(paper: Paper, title: str) -> None:
    for line in title_lines(title):
        paper.line((line, "title"), align="center", size=m.TITLE, keep=True)
    paper.blank(keep=True)


def _people(paper: Paper, label: str, names: Sequence[str]) -> None:
    """Names in columns, a name of two characters as wide as one of three; none is broken."""
    hang = width(label) // 2 + 1
    short = all(len(name) <= 3 for name in names)
    told = [f"{name[0]}　{name[1]}" if short and len(name) == 2 else name for name in names]
    room, lines = 2 * (m.CHARACTERS - 2 - hang), [""]
    for name in told:
        wider = f"{lines[-1]}　{name}" if lines[-1] else name
        if lines[-1] and width(wider) > room:
            lines.append(name)
        else:
            lines[-1] = wider
    left = (2 + hang) * m.CHARACTER
    paper.line((f"{label}：", "first"), lines[0], align="left", left=left, first=-hang * m.CHARACTER)
    for line in lines[1:]:
        paper.line(line, align="left", left=left)


def _list_of_attachments(paper: Paper, titles: Sequence[str]) -> None:
    if not titles:
        return
    paper.blank()
    several = len(titles) > 1
    for at, title in enumerate(titles, start=1):
        mark = f"{at}. " if several else ""
        hang = 3 * m.CHARACTER + width(mark) * m.CHARACTER // 2
        left = 2 * m.CHARACTER + hang
        if at == 1:
            paper.line(f"附件：{mark}{title}", left=left, first=-hang)
        else:
            paper.line(f"{mark}{title}", left=left, first=3 * m.CHARACTER - hang)


def _signed(paper: Paper, organ: str, day: date) -> None:
    """Organ and date, the organ centred over the date, the date four characters from the right for the seal."""
    told = day_text(day)
    organ_width, day_width = width(organ), width(told)
    over = max(0, organ_width - day_width) // 2
    right = max(2 * DATE_FROM_RIGHT, over)
    shift = (organ_width - day_width) // 2
    paper.blank(2, keep=True)
    paper.line(organ, align="right", right=max(0, right - shift) * m.CHARACTER // 2, keep=True)
    paper.line(told, align="right", right=right * m.CHARACTER // 2)


def _attachment(paper: Paper, part: Part, number: int) -> None:
    paper.line((f"附件{number or ''}", "first"), new_page=True, align="left")
    paper.blank()
    _title(paper, part.title)
    body(paper, part.paragraphs)
    if part.columns:
        grid(paper, part.columns, part.rows)


def parts_of(kept: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Attachments as a notice keeps them."""
    return [Part(**each) for each in kept]
