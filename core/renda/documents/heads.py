"""The upper part of the first page: red head, number, red line; each form has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from renda.documents import measures as m
from renda.documents.paper import Paper, shape
from renda.documents.wording import day_text, width
from renda.letterheads import Letterhead

LARGEST_HEAD = 48
"""In points. The standard leaves the size to the issuer; a head has to be clear and to stay in one line."""
SCALES = (100, 90, 80, 70, 60)
_RED_LINE = (("val", "single"), ("sz", 16), ("space", 5), ("color", m.RED))
_FULL = m.twips(m.TEXT_WIDTH)
_TO_THE_RIGHT = (("right", _FULL - m.CHARACTER),)
# A line of the head is a quarter higher than its letters: of each point, so many quarters of a twip lie above the
# letters and below them.
_ABOVE_LETTERS, _BELOW_LETTERS = 13, 14


class Said(Protocol):
    """What a head tells of a document."""

    @property
    def letterhead(self) -> Letterhead:
        """How the district writes this kind."""

    @property
    def number(self) -> str:
        """发文字号."""

    @property
    def issuer(self) -> str:
        """Who issues it."""

    @property
    def issued_on(self) -> date:
        """The date it bears."""

    @property
    def own(self) -> bool:
        """Whether the organ of the letterhead issues it."""


def document(paper: Paper, said: Said) -> None:
    """文件格式: the number in the middle."""
    _head(paper, said)
    paper.blank(2)
    paper.line(said.number, align="center", under=_RED_LINE)
    paper.blank(2)


def upward(paper: Paper, said: Said) -> None:
    """上行文: the number left, 签发人 right, each one character from the edge."""
    _head(paper, said)
    paper.blank(2)
    line = paper.line(f"{said.number}\t签发人：", align="left", left=m.CHARACTER, tabs=_TO_THE_RIGHT)
    paper.text(line, said.letterhead.signer or "　　　", font="second")
    _rule(paper)
    paper.blank(2)


def announcement(paper: Paper, said: Said) -> None:
    """公告: no red line; the number stands under the head."""
    _head(paper, said)
    paper.blank(2)
    paper.line(said.number, align="center")
    paper.blank(2)


def minutes(paper: Paper, said: Said) -> None:
    """纪要格式: the number under the head, then who prints it and the date, then the red line."""
    _head(paper, said)
    paper.blank(1)
    if said.number:
        paper.line(said.number, align="center")
        paper.blank(1)
    office, day = said.letterhead.office, day_text(said.issued_on)
    if width(office) + width(day) > 2 * m.CHARACTERS - 6:
        paper.line(office, align="left", left=m.CHARACTER)
        office = ""
    paper.line(f"{office}\t{day}", align="left", left=m.CHARACTER, tabs=_TO_THE_RIGHT)
    _rule(paper)
    paper.blank(2)


def letter(paper: Paper, said: Said) -> None:
    """信函格式: the head 30 mm below the edge, double lines above and below, no page number on the first page."""
    section = paper.document.sections[0]
    section.different_first_page_header_footer = True
    head = said.letterhead.head if said.own else said.issuer
    size, scale = _size(head)
    section.header_distance = Twips(m.twips(m.LETTER_HEAD) - size * _ABOVE_LETTERS // 4)
    top = section.first_page_header
    top.is_linked_to_previous = False
    _red_words(paper, top.paragraphs[0], head, size, scale)
    double_line(paper, top, thick_first=True, before=m.twips(m.LINE_BELOW_NUMBER) - size * _BELOW_LETTERS // 4)
    bottom = section.first_page_footer
    bottom.is_linked_to_previous = False
    shape(bottom.paragraphs[0], line=20)
    double_line(paper, bottom, thick_first=False, before=0)
    # The lines stand lower than page numbers, whose place is kept by what is below them.
    lower = section.footer_distance - Mm(m.LETTER_FOOT)
    section.footer_distance = Mm(m.LETTER_FOOT)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0]._p.pPr.find(qn("w:spacing")).set(qn("w:after"), str(lower // m.EMU))
    marks = "　".join(each for each in (said.letterhead.secrecy, said.letterhead.urgency) if each)
    # The number stands seven eighths of a character below the line.
    below = m.BODY * 20 * 7 // 8 - (m.LINE - m.BODY * 20) // 2
    paper.line((marks, "first"), f"\t{said.number}", align="left", before=below, tabs=[("right", _FULL)])
    paper.blank(2)


def double_line(paper: Paper, where: Any, *, thick_first: bool, before: int) -> None:
    """Two red lines of 170 mm, one thick and one thin, in the middle of the paper."""
    beyond = (m.LETTER_LINE - m.TEXT_WIDTH, m.PAPER[0] - m.LETTER_LINE)
    left = m.twips(beyond[1] // 2 - m.LEFT)
    right = m.twips(beyond[0]) + left
    for at, size in enumerate((18, 6) if thick_first else (6, 18)):
        line = paper.line(where=where)
        under = (("val", "single"), ("sz", size), ("space", 0), ("color", m.RED))
        shape(line, line=20 if not at else 50, before=before if not at else 0, left=left, right=-right, under=under)


def _head(paper: Paper, said: Said) -> None:
    """密级 and 紧急程度 top left, then the red words with their upper edge 35 mm below that of the text."""
    letterhead = said.letterhead
    marks = [mark for mark in (letterhead.secrecy, letterhead.urgency) if mark]
    for mark in marks:
        paper.line((mark, "first"), align="left")
    head = letterhead.head if said.own else said.issuer
    size, scale = _size(head)
    paper.line(line=m.twips(m.HEAD_BELOW_TOP) - len(marks) * m.LINE - size * _ABOVE_LETTERS // 4)
    _red_words(paper, paper.line(), head, size, scale)


def _red_words(paper: Paper, paragraph: Any, head: str, size: int, scale: int) -> None:
    shape(paragraph, align="center", line=size * 25)
    paper.text(paragraph, head, font="head", size=size, colour=m.RED, scale=scale)


def _size(head: str) -> tuple[int, int]:
    """The size in points and the width in per cent at which a head fits one line; letters are narrowed at last."""
    characters = max(1, -(-width(head) // 2))
    room = _FULL // 20 - 4
    sizes = [(min(LARGEST_HEAD, room * 100 // (characters * scale)), scale) for scale in SCALES]
    return next((each for each in sizes if each[0] >= LARGEST_HEAD * 3 // 4), sizes[-1])


def _rule(paper: Paper) -> None:
    # A paragraph of its own: a line under one with indents would be as short as that.
    paper.line(line=20, under=_RED_LINE)


HEADS: Mapping[str, Callable[[Paper, Said], None]] = MappingProxyType(
    {"document": document, "upward": upward, "letter": letter, "announcement": announcement, "minutes": minutes}
)
