"""The browser's files, as the build named them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import url_for

BUILT = Path(__file__).parent / "static" / "dist"


@cache
def names() -> dict[str, str]:
    """Plain name → the name with the digest of its content, which may be kept for ever."""
    files: dict[str, str] = json.loads((BUILT / "manifest.json").read_text("utf-8"))["files"]
    return files


def asset(name: str) -> str:
    """The address of a built file, such as ``style.css``."""
    return url_for("static", filename=names()[name])
