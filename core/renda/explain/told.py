"""An explanation in words: one line, or rows for a page to draw as a tree.

Labels, grades and the phrases here are message ids; ``translate`` gives them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from renda.explain.explained import Cite, Explained
from renda.explain.formulas import formula
from renda.explain.values import shown
from renda.explain.words import Translate, headed, heading, is_share, shown_value, text

if TYPE_CHECKING:
    from collections.abc import Mapping

OP_NAMES: Final[Mapping[str, str]] = {
    "leaf": "依据",
    "looked_up": "查表",
    "counted": "计数",
    "times": "乘以",
    "total": "合计",
    "minus": "相减",
    "ratio": "占比",
    "rounded": "舍入",
    "percent": "百分比",
    "mean": "平均",
    "capped": "不超过",
    "floored": "不低于",
    "gathered": "并列",
    "banded": "分档",
    "condition": "条件",
    "met": "全部条件",
    "chosen": "按情形",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tree: ``depth`` from 0, texts for the reader, and the table a grade was looked up in.

    ``table`` holds (key, value) pairs, or (grade, lower bound) for bands; ``taken`` is the key that applied.
    """

    depth: int
    op: str
    label: str
    shown: str
    formula: str
    cites: tuple[Cite, ...]
    table: tuple[tuple[str, str], ...]
    taken: str


def sentence(explained: Explained, translate: Translate = str) -> str:
    """One line, such as ``最终得分 78 = 答复 A 90×0.4 + 办理落实 B+ 70×0.6``."""
    return " = ".join(words for words in (headed(explained, translate), formula(explained, translate)) if words)


def outline(explained: Explained, translate: Translate = str) -> list[Row]:
    """The whole tree as rows, parents before their parts."""
    rows: list[Row] = []
    _outlined(explained, translate, 0, rows)
    return rows


def _outlined(node: Explained, translate: Translate, depth: int, rows: list[Row]) -> None:
    table: tuple[tuple[str, str], ...] = ()
    taken = ""
    if node.op == "looked_up":
        table = tuple((translate(key), text(value, translate)) for key, value in node.detail[1])
        taken = translate(node.detail[0])
    elif node.op == "banded":
        share = is_share(node.parts[0])
        table = tuple((translate(grade), shown(bound, percent=share)) for grade, bound in node.detail[0])
        taken = shown_value(node, translate)
    label = heading(node)
    rows.append(
        Row(
            depth=depth,
            op=translate(OP_NAMES[node.op]),
            label=translate(label) if label else "",
            shown=shown_value(node, translate),
            formula=formula(node, translate),
            cites=node.cites,
            table=table,
            taken=taken,
        )
    )
    for part in node.parts:
        _outlined(part, translate, depth + 1, rows)
