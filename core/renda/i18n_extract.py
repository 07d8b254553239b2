"""Finding what has to be translated: every Chinese sentence in Python source that is not a docstring.

Chinese sentences are message ids wherever they stand (a state's name, a field's label, an error), so an
author marks nothing. Babel calls this through the entry point ``babel.extractors``: renda.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def extract(
    source: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extraction interface: (line, function, message, comments) for every Chinese literal.

    ``keywords``, ``comment_tags`` and ``options`` are Babel's and not needed here.
    """
    del keywords, comment_tags, options
    tree = ast.parse(source.read())
    silent = {id(node) for node in _docstrings(tree)} | {id(part) for part in _formatted(tree)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
        if isinstance(text, str) and _CHINESE.search(text):
            yield getattr(node, "lineno", 0), "gettext", text, []


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value


def _formatted(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
