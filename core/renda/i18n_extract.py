"""Finding what has to be translated: every Chinese sentence in Python source that is not documentation.

Chinese sentences are message ids wherever they stand (a state's name, a field's label, an error), so an author marks
none of them. A text that stands alone is documentation, of what is above it; a name annotated ``Verbatim[...]`` holds
what is no sentence, such as a pattern, names of fonts or single characters. Neither is taken. Babel calls this
through the entry point ``babel.extractors``: renda.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def extract(
    source: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extraction interface: (line, function, message, comments) for every Chinese literal.

    ``keywords``, ``comment_tags`` and ``options`` are Babel's and not needed here.
    """
    del keywords, comment_tags, options
    tree = ast.parse(source.read())
    silent = {id(node) for node in (*_documentation(tree), *_formatted(tree), *_verbatim(tree))}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
        if isinstance(text, str) and _CHINESE.search(text):
            yield getattr(node, "lineno", 0), "gettext", text, []


def _documentation(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value


def _formatted(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values


def _verbatim(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=ast.Subscript(value=ast.Name(id="Verbatim")), value=ast.expr() as value):
                yield from ast.walk(value)
