"""The order of names: by strokes as congresses list them (姓名笔画), by strokes of the surname (姓氏笔画), by pinyin.

Two schools part at names of two characters. By 姓名笔画 the second character is compared at once, so 田大利 stands
before 田富; by 姓氏笔画 a name of two characters has a blank in its middle, which comes first, so 田富 stands
before 田大利. Characters are compared by the number of strokes, then stroke by stroke: 横 竖 撇 点 折 (GF 3003,
GF 0023). The strokes come with the built files (``strokes.tsv``); a district writes those of a rare character itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import Verbatim

declare(
    {
        "names.order": "{file} 的 name_order 写的是“{order}”。可用的:{allowed}。",
        "names.strokes": "{file} 的 name_strokes 里“{sign}”的笔画写的是“{strokes}”:"
        '应为一个字和它依次的笔画,横1 竖2 撇3 点4 折5,例如 {{ "李" = "1234521" }}。',
    }
)

ORDERS: Mapping[str, str] = MappingProxyType({"strokes": "姓名笔画", "surname_strokes": "姓氏笔画", "pinyin": "拼音"})
USUAL = "strokes"
COMPUTED = "z"
"""How a key made here begins: one set by hand sorts before it, as chairpersons stand before members."""
LONGEST = 200
TABLE = Path(__file__).with_name("strokes.tsv")

_COMPOUND: Verbatim[str] = """
欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 司空 夏侯 端木 长孙 宇文 轩辕 南宫 东郭 西门 百里 呼延
闻人 申屠 太史 公羊 赫连 澹台 宗政 濮阳 淳于 单于 太叔 仲孙 钟离 鲜于 闾丘 万俟 拓跋 公冶 左丘 东门 南门 独孤
纳兰 完颜 叶赫 第五
"""
COMPOUND = frozenset(_COMPOUND.split())
# A surname read otherwise than the same character elsewhere, and a character of the right sound.
READ_AS: Verbatim[Mapping[str, str]] = {
    "单": "善", "仇": "求", "曾": "增", "解": "谢", "查": "渣", "任": "人", "区": "欧", "盖": "葛", "朴": "嫖",
    "乐": "岳", "翟": "宅", "缪": "妙", "种": "虫", "召": "绍", "尹": "引", "折": "舌", "黑": "贺", "繁": "婆",
}  # fmt: skip

Strokes = Mapping[str, str]
_NO_STROKES: Strokes = MappingProxyType({})
_BLANK, _OTHER_SIGN, _NOT_KNOWN = "00", "98", "99"


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[str, int]]:
    """Character → its strokes (digits 1 to 5) and its place by pinyin."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        character, strokes, place = line.split("\t")
        found[character] = (strokes, int(place))
    return MappingProxyType(found)


def key(name: str, order: str, own: Strokes = _NO_STROKES) -> str:
    """What a name is sorted by: digits after ``COMPUTED``, compared as text, under any collation of a database.

    ``order``: one of ``ORDERS``. ``own``: strokes the district gives itself, character → digits 1 to 5.
    """
    signs = [sign for sign in name if sign.isalnum()]
    if order == "pinyin":
        return f"{COMPUTED}{''.join(_by_pinyin(sign, first=not at) for at, sign in enumerate(signs))}"[:LONGEST]
    keys = [_by_strokes(sign, own) for sign in signs]
    if order == "surname_strokes" and len(keys) > 1:
        compound = len(signs) > 2 and "".join(signs[:2]) in COMPOUND
        given = keys[2:] if compound else keys[1:]
        surname = [keys[0], "1", keys[1]] if compound else [keys[0], "0"]
        keys = [*surname, *([_BLANK] if len(given) == 1 else []), *given]
    return f"{COMPUTED}{''.join(keys)}"[:LONGEST]


@dataclass(frozen=True, slots=True)
class NameOrder:
    """How a district orders names, and the strokes it gives itself for characters that are not known."""

    order: str = USUAL
    strokes: Strokes = field(default_factory=lambda: _NO_STROKES)

    def key(self, name: str) -> str:
        """What the name is sorted by."""
        return key(name, self.order, self.strokes)

    def unknown(self, name: str) -> list[str]:
        """The characters of the name that have no known strokes."""
        return unknown(name, self.strokes)


def name_order_from(order: Any, strokes: Any, file: str) -> NameOrder:
    """What ``district.toml`` says in ``name_order`` and ``name_strokes``; raises ``names.…``."""
    if order not in ORDERS:
        raise RendaError("names.order", file=file, order=order, allowed="、".join(ORDERS))
    for sign, said in strokes.items():
        if len(sign) != 1 or not isinstance(said, str) or not said or set(said) - set("12345"):
            raise RendaError("names.strokes", file=file, sign=sign, strokes=said)
    return NameOrder(order, MappingProxyType(dict(strokes)))


def is_computed(text: str) -> bool:
    """Whether a key was made by ``key`` (or is empty) and not set by hand."""
    return not text or (text[0] == COMPUTED and text[1:].isdigit())


def unknown(name: str, own: Strokes = _NO_STROKES) -> list[str]:
    """The Chinese characters of a name whose strokes are not known; they stand last."""
    return [sign for sign in name if _is_chinese(sign) and sign not in own and sign not in table()]


def _by_strokes(sign: str, own: Strokes) -> str:
    strokes = own.get(sign) or table().get(sign, ("",))[0]
    if strokes:
        # Characters of the same strokes, such as 士 and 土, still stand apart, so that one surname stays together.
        return f"{len(strokes):02}{strokes}{ord(sign):07}"
    return f"{_NOT_KNOWN if _is_chinese(sign) else _OTHER_SIGN}{ord(sign):07}"


def _by_pinyin(sign: str, *, first: bool) -> str:
    if first and sign in READ_AS:
        return f"{table()[READ_AS[sign]][1]:05}{ord(sign):07}"
    known = table().get(sign)
    place = f"{known[1]:05}" if known else f"{_NOT_KNOWN if _is_chinese(sign) else _OTHER_SIGN}000"
    return f"{place}{0 if known else ord(sign):07}"


def _is_chinese(sign: str) -> bool:
    return 0x3400 <= ord(sign) <= 0x9FFF or 0x20000 <= ord(sign) <= 0x3FFFF or sign == "〇"
