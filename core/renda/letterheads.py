"""How a district writes its documents: head, number, signature and fixed sentences, from ``documents/*.toml``.

``documents/common.toml`` holds for all kinds, ``documents/函.toml`` for letters, ``documents/催办函.toml`` for one kind
alone; the nearer file has the last word. Without any, names follow from ``district.toml`` and numbers have no code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from renda.district_files import DistrictFile, read_toml
from renda.errors import RendaError, declare
from renda.i18n import Verbatim

declare(
    {
        "letterhead.unknown_entry": "{file} 有不认识的键“{entry}”。可用的键:{allowed}。",
        "letterhead.wrong_type": "{file} 的“{entry}”应为{wanted}。",
        "letterhead.unknown_form": "{file} 的 form 写的是“{form}”。可用的:{allowed}。",
        "letterhead.unknown_font": "{file} 的 fonts 有不认识的键“{entry}”。可用的键:{allowed}。",
        "letterhead.too_long": "{file} 的“{entry}”太长:至多 {most} 个字。",
    }
)

FOLDER = "documents"
COMMON = "common"
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "document": "文件格式(下行、平行文)",
        "upward": "文件格式(上行文,有签发人)",
        "letter": "信函格式",
        "announcement": "公告",
        "minutes": "纪要格式",
    }
)
FAMILIES: Sequence[tuple[str, tuple[str, ...], str]] = (
    ("会议纪要", ("纪要",), "minutes"),
    ("会议记录", ("会议记录",), "minutes"),
    ("函", ("函", "答复", "交办", "清单", "督办", "意见书"), "letter"),
    ("公告", ("公告",), "announcement"),
    ("报告", ("报告", "请示"), "upward"),
)
"""The family of a kind, by what its name contains, and the form of the family; others are plain documents."""

FONTS: Verbatim[Mapping[str, str]] = MappingProxyType(
    {
        "head": "方正小标宋简体",
        "title": "方正小标宋简体",
        "body": "仿宋_GB2312",
        "first": "黑体",
        "second": "楷体_GB2312",
        "page": "宋体",
    }
)
"""What each font is for: the red head, the title, the body, the first and second level of headings, page numbers."""

_TEXTS = ("organ", "head", "code", "office", "signer", "note", "secrecy", "urgency", "form")
_LISTS = ("opening", "closing", "copies")
ENTRIES = (*_TEXTS, *_LISTS, "fonts")
_LONGEST = {"code": 40, "organ": 120}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """All that a district fixes for one kind of document.

    ``organ``: who signs; ``head``: the red words; ``code``: the letters before 〔年〕; ``office``: who prints it
    (印发机关); ``signer``: 签发人 of a document that goes up; ``opening`` and ``closing``: paragraphs before and
    after each text; ``copies``: who always gets a copy; ``note``: 附注; ``fonts``: see ``FONTS``.
    """

    organ: str
    head: str
    office: str
    form: str = "document"
    code: str = ""
    signer: str = ""
    note: str = ""
    secrecy: str = ""
    urgency: str = ""
    opening: Sequence[str] = ()
    closing: Sequence[str] = ()
    copies: Sequence[str] = ()
    fonts: Mapping[str, str] = field(default_factory=lambda: FONTS)

    def framed(self, paragraphs: Sequence[str]) -> list[str]:
        """A text with the fixed sentences around it; one that already ends with them is not closed twice."""
        text = [*self.opening, *paragraphs]
        return text if self.closing and text[-len(self.closing) :] == [*self.closing] else [*text, *self.closing]


class Letterheads:
    """The letterheads of one district, by kind of document."""

    def __init__(self, district: DistrictFile, files: Mapping[str, Mapping[str, Any]]) -> None:
        self.district = district
        self.files = files

    def of(self, genre: str) -> Letterhead:
        """What holds for a kind of document."""
        family, form = family_of(genre)
        said: dict[str, Any] = {"form": form, "fonts": {}}
        for name in dict.fromkeys((COMMON, family, genre)):
            entries = self.files.get(name, {})
            said |= {**entries, "fonts": {**said["fonts"], **entries.get("fonts", {})}}
        organ = said.setdefault("organ", committee_of(self.district))
        said.setdefault("office", f"{organ}办公室")
        said.setdefault("head", _head(organ, said["form"], genre))
        return Letterhead(**{**said, "fonts": {**FONTS, **said["fonts"]}})


def committee_of(district: DistrictFile) -> str:
    """The standing committee's name as documents are signed with it."""
    name = district.full_name or district.name
    return name if "人大" in name or "人民代表大会" in name else f"{name}人民代表大会常务委员会"


def family_of(genre: str) -> tuple[str, str]:
    """The family of a kind of document and the family's form."""
    for family, words, form in FAMILIES:
        if any(word in genre for word in words):
            return family, form
    return COMMON, "document"


def read_letterhead(path: Path, content: bytes) -> Mapping[str, Any]:
    """One file of ``documents/``, with that content; raises ``letterhead.…`` and ``rules.not_toml``."""
    place = f"{path.parent.parent.name}/{FOLDER}/{path.name}"
    entries = read_toml(path, content)
    for entry, value in entries.items():
        if entry not in ENTRIES:
            raise RendaError("letterhead.unknown_entry", file=place, entry=entry, allowed="、".join(ENTRIES))
        if entry in _TEXTS and not isinstance(value, str):
            raise RendaError("letterhead.wrong_type", file=place, entry=entry, wanted="文字")
        if entry in _LISTS and not _are_texts(value):
            raise RendaError("letterhead.wrong_type", file=place, entry=entry, wanted='若干段文字,例如 ["特此函告。"]')
        if entry in _LONGEST and len(value) > _LONGEST[entry]:
            raise RendaError("letterhead.too_long", file=place, entry=entry, most=_LONGEST[entry])
    if entries.get("form", "document") not in FORMS:
        raise RendaError("letterhead.unknown_form", file=place, form=entries["form"], allowed="、".join(FORMS))
    fonts = entries.get("fonts", {})
    if not isinstance(fonts, dict) or not _are_texts(list(fonts.values())):
        raise RendaError("letterhead.wrong_type", file=place, entry="fonts", wanted='对照表,例如 { body = "仿宋" }')
    for entry in fonts:
        if entry not in FONTS:
            raise RendaError("letterhead.unknown_font", file=place, entry=entry, allowed="、".join(FONTS))
    return entries


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _head(organ: str, form: str, genre: str) -> str:
    if form == "minutes":
        return f"{organ}{genre}"
    return {"letter": organ, "announcement": f"{organ}公告"}.get(form, f"{organ}文件")
