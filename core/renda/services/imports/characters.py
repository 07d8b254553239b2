"""The characters of a cell: those nobody sees are taken out, and what a conversion has damaged is refused.

Rare characters (also of a private area) and variation selectors stay as they are.
"""

from __future__ import annotations

import re

from renda.errors import RendaError, declare
from renda.i18n import Verbatim

declare(
    {
        "import.error_value": "这一格是错误值 {value}{place}。请改正公式,或直接填写内容。",
        "import.damaged": "“{value}”里有转码时损坏的字{place}。请从原来的表格另存为 xlsx 再导入。",
        "import.lost": "“{value}”里有“{sign}”,多半是生僻字在存成 CSV 时丢失了。请在原来的表格里填好这个字,存为 xlsx 再导入。",
        "import.rounded": "“{value}”是表格软件缩写的长数字,后面的数位已经丢失。请把这一列设为文本后重新填写,存为 xlsx 再导入。",
    }
)

_INVISIBLE: Verbatim[re.Pattern[str]] = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")  # fmt: skip
_HAN: Verbatim[str] = (
    "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff\U000f0000-\U0010fffd\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
# Joiners belong to scripts such as Uyghur; beside Chinese and ASCII they are leftovers.
_JOINER: Verbatim[re.Pattern[str]] = re.compile(
    f"(?<=[\u0000-\u007f{_HAN}\u00b7])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u007f{_HAN}\u00b7]|$)|^[\u200c\u200d]+"
)
_BLANKS: Verbatim[re.Pattern[str]] = re.compile(r"[\s\u3164\u115f\u1160\uffa0]+")
_BETWEEN_HAN: Verbatim[re.Pattern[str]] = re.compile(f"(?<=[{_HAN}·])[\\s\u3164]+(?=[{_HAN}·])")
_DOTS: Verbatim[re.Pattern[str]] = re.compile(
    f"(?<=[{_HAN}])[ ]*[·•‧・．･∙⋅●․﹒.\u0387\u2981\u30fb\u16eb][ ]*(?=[{_HAN}])"
)
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA|PYTHON!|EXTERNAL!)|#{3,}|Err:[0-9]{3}", re.IGNORECASE)  # fmt: skip
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}")
_FOREIGN: Verbatim[re.Pattern[str]] = re.compile("[^\u0000-\u007f]+")
_LATIN: Verbatim[re.Pattern[str]] = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_ACCENTED: Verbatim[re.Pattern[str]] = re.compile("[¡-¶¸-ÿ]")
_ANY_HAN: Verbatim[re.Pattern[str]] = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_ONLY_CHINESE: Verbatim[re.Pattern[str]] = re.compile(
    "[\u2e80-\u9fff\uff00-\uffef\u2010-\u2026\u00b7\U00020000-\U0003ffff\\s]+"
)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
LOST: Verbatim[str] = "?？□〓\ufffd"
"""What stands in a name where a conversion had no character."""


def cleaned(text: str) -> str:
    """The text without characters that nobody sees and without blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _JOINER.sub("", _INVISIBLE.sub("", text)).strip().strip("\u3164\u115f\u1160\uffa0")


def check_whole(text: str) -> None:
    """Raise where a cell shows an error, a shortened number, or characters that a conversion damaged.

    ``import.error_value``, ``import.rounded``, ``import.damaged``.
    """
    if text.isascii():
        if _ERROR.fullmatch(text):
            raise RendaError("import.error_value", value=text, place="")
        if _ROUNDED.fullmatch(text):
            raise RendaError("import.rounded", value=text)
    elif is_damaged(text):
        raise RendaError("import.damaged", value=text[:40], place="")


def is_damaged(text: str) -> bool:
    """Whether text was read in a wrong encoding once: U+FFFD, UTF-8 taken for GBK, either taken for Latin."""
    if "\ufffd" in text:
        return True
    return any(_was_utf_8(found[0]) for found in _FOREIGN.finditer(text)) or any(
        _was_chinese(found[0]) for found in _LATIN.finditer(text) if _ACCENTED.search(found[0])
    )


def person_name(text: str) -> str:
    """A person's name: no line breaks, no blanks between Chinese characters, one dot between the parts of a name."""
    plain = cleaned(_BLANKS.sub(" ", cleaned(text)))
    return _BETWEEN_HAN.sub("", _DOTS.sub("·", plain))


def title_of(text: str) -> str:
    """The name of an organ or a project: in one line, its blanks single, none between Chinese characters."""
    return _BETWEEN_HAN.sub("", _BLANKS.sub(" ", cleaned(text)))


def code_of(text: str) -> str:
    """A code: full-width letters, digits and signs as their half-width ones."""
    return _BLANKS.sub(" ", cleaned(text).translate(_HALF_WIDTH)).strip()


def check_name(text: str) -> None:
    """Raise ``import.lost`` where a name holds what is put in place of a lost character."""
    sign = next((each for each in text if each in LOST), None)
    if sign is not None:
        raise RendaError("import.lost", value=text[:40], sign=sign)


def heading_of(text: str) -> str:
    """A heading without line breaks, and without blanks beside Chinese characters."""
    return title_of(text)


def compared(heading: str) -> str:
    """What headings are compared by: no blanks, half-width signs, small letters, no mark of an obligatory column."""
    return _BLANKS.sub("", cleaned(heading).translate(_HALF_WIDTH)).strip("*:").casefold()


def _was_utf_8(text: str) -> bool:
    """Whether Chinese in UTF-8 gives this text when it is read as GBK, also where its last byte was lost."""
    if not _ANY_HAN.search(text):
        return False
    try:
        written = text.encode("gb18030")
        try:
            read = written.decode("utf-8")
        except UnicodeDecodeError as error:
            # A character that was cut at the end of the cell, after at least two whole ones.
            if error.end != len(written) or error.start < 6:
                return False
            read = written[: error.start].decode("utf-8")
    except UnicodeError:
        return False
    return "\ufffd" in read or (_ANY_HAN.search(read) is not None and _ONLY_CHINESE.fullmatch(read) is not None)


def _was_chinese(text: str) -> bool:
    """Whether Chinese in UTF-8 or GBK gives this text when it is read as Latin."""
    for latin in ("latin-1", "cp1252"):
        try:
            written = text.encode(latin)
        except UnicodeError:
            continue
        for encoding in ("utf-8", "gbk"):
            try:
                read = written.decode(encoding)
            except UnicodeError:
                continue
            if _ANY_HAN.search(read) and _ONLY_CHINESE.fullmatch(read):
                return True
    return False
