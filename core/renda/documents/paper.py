"""A sheet of official paper: a Word document with the measures of the standard, written paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from renda.documents import measures as m
from renda.i18n import Verbatim
from renda.letterheads import FONTS

# What stands in for a font that a desktop lacks; none is shipped.
INSTEAD: Verbatim[Mapping[str, str]] = {
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋,FangSong,方正仿宋_GBK,华文仿宋,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,方正楷体_GBK,华文楷体,STKaiti",
    "黑体": "SimHei,方正黑体_GBK,华文黑体,STHeiti,Noto Sans CJK SC",
    "宋体": "SimSun,方正书宋_GBK,华文宋体,STSong,Noto Serif CJK SC",
}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EVERYWHERE = ("ascii", "hAnsi", "eastAsia", "cs")


class Paper:
    """One document being written. ``fonts``: see ``renda.letterheads.FONTS``."""

    def __init__(self, title: str, issuer: str, day: date, fonts: Mapping[str, str] = FONTS) -> None:
        self.fonts = fonts
        self.document: Any = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = clean(title), clean(issuer), ""
        properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
        self._place()
        _settle(self.document)
        _name_fonts(self.document, fonts)

    def _place(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(m.PAPER[0]), Mm(m.PAPER[1])
        section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
        section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
        section.gutter = 0
        # The dashes stand in the middle of a line of 14 pt, 7 mm below the text.
        section.footer_distance = Twips(m.twips(m.BOTTOM - m.PAGE_NUMBER_BELOW) - m.SMALL * 10)
        section.header_distance = Mm(15)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        # Not linesAndChars, which gives 19 characters to a line.
        section._sectPr.append(element("w:docGrid", type="lines", linePitch=m.LINE))
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            left, right = (m.CHARACTER, 0) if side == "left" else (0, m.CHARACTER)
            shape(paragraph, align=side, line=m.SMALL * 20, left=left, right=right)
            self.text(paragraph, "— ", font="page", size=m.SMALL)
            _field(self.text(paragraph, "", font="page", size=m.SMALL), "PAGE")
            self.text(paragraph, " —", font="page", size=m.SMALL)

    def line(self, *texts: str | tuple[str, str], where: Any = None, size: int = m.BODY, **shaped: Any) -> Any:
        """A paragraph of texts, each alone in the body's font or with the name of another (``FONTS``)."""
        paragraph = (self.document if where is None else where).add_paragraph()
        shape(paragraph, **shaped)
        for each in texts:
            text, font = (each, "body") if isinstance(each, str) else each
            self.text(paragraph, text, font=font, size=size)
        return paragraph

    def blank(self, count: int = 1, **shaped: Any) -> None:
        """Empty lines."""
        for _ in range(count):
            self.line("", **shaped)

    def text(
        self,
        paragraph: Any,
        text: str,
        *,
        font: str = "body",
        size: int = m.BODY,
        colour: str = "",
        scale: int = 100,
        tight: int | None = None,
    ) -> Any:
        """A run; ``scale`` is the width of the letters in per cent, ``tight`` the space between them in twips."""
        run = paragraph.add_run(clean(text))
        properties = run._r.get_or_add_rPr()
        spacing = m.TIGHT if tight is None and size == m.BODY else tight or 0
        name = self.fonts[font]
        properties.append(element("w:rFonts", hint="eastAsia", **dict.fromkeys(_EVERYWHERE, name)))
        if colour:
            properties.append(element("w:color", val=colour))
        if spacing:
            properties.append(element("w:spacing", val=spacing))
        if scale != 100:
            properties.append(element("w:w", val=scale))
        properties.append(element("w:kern", val=0))
        properties.append(element("w:sz", val=size * 2))
        properties.append(element("w:szCs", val=size * 2))
        return run

    def saved(self) -> bytes:
        """The file."""
        kept = BytesIO()
        self.document.save(kept)
        return kept.getvalue()


def clean(text: str) -> str:
    """A text without the signs that no XML can hold."""
    return _NOT_IN_XML.sub("", text)


def element(tag: str, **attributes: Any) -> Any:
    """An element of WordprocessingML with its attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def shape(
    paragraph: Any,
    *,
    align: str = "both",
    line: int = m.LINE,
    left: int = 0,
    right: int = 0,
    first: int = 0,
    before: int = 0,
    keep: bool = False,
    new_page: bool = False,
    under: Sequence[tuple[str, Any]] = (),
    tabs: Sequence[tuple[str, int]] = (),
) -> None:
    """Give a paragraph its measures, all in twips: ``first`` is the indent of the first line, negative hangs it.

    ``line``: exact height; ``keep``: on one page with the next; ``under``: the attributes of a line below it;
    ``tabs``: (left or right, place).
    """
    properties = paragraph._p.get_or_add_pPr()
    for old in list(properties):
        properties.remove(old)
    if keep:
        properties.append(element("w:keepNext"))
    if new_page:
        properties.append(element("w:pageBreakBefore"))
    properties.append(element("w:widowControl", val=0))
    if under:
        properties.append(borders := OxmlElement("w:pBdr"))
        borders.append(element("w:bottom", **dict(under)))
    if tabs:
        properties.append(stops := OxmlElement("w:tabs"))
        for kind, place in tabs:
            stops.append(element("w:tab", val=kind, pos=place))
    properties.append(element("w:autoSpaceDE", val=0))
    properties.append(element("w:autoSpaceDN", val=0))
    properties.append(element("w:snapToGrid", val=0))
    properties.append(element("w:spacing", before=before, after=0, line=line, lineRule="exact"))
    hang = {"hanging": -first} if first < 0 else {"firstLine": first}
    properties.append(element("w:ind", left=left, right=right, **hang))
    properties.append(element("w:jc", val=align))


def _settle(document: Any) -> None:
    """The text in Word's own ways: no squeezed punctuation, and the layout of a Word that is not too old."""
    settings = document.settings.element
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "doNotCompress")
    compat = settings.find(qn("w:compat"))
    for old in list(compat):
        if old.get(qn("w:name")) == "compatibilityMode":
            old.set(qn("w:val"), "15")
        else:
            compat.remove(old)


def _name_fonts(document: Any, fonts: Mapping[str, str]) -> None:
    """Say in the file which fonts may stand in for those that are named."""
    part = next(part for part in document.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    root = parse_xml(part.blob)
    for name in dict.fromkeys(fonts.values()):
        root.append(font := element("w:font", name=name))
        if name in INSTEAD:
            font.append(element("w:altName", val=INSTEAD[name]))
        font.append(element("w:charset", val="86"))
        font.append(element("w:family", val="auto"))
        font.append(element("w:pitch", val="variable"))
    part._blob = serialize_part_xml(root)


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))
