"""A plugin to begin with: a package of its own, about sixty lines of rule, with a feature and tests that pass."""

from __future__ import annotations

import re
from pathlib import Path

from renda.errors import RendaError, declare

declare(
    {
        "scaffold.name": "“{name}”不能作插件的名称:只能用小写字母、数字和下划线,以字母开头,例如 visits。",
        "scaffold.exists": "{folder} 已经有了,不覆盖。请换一个名称,或先移走它。",
    }
)

TEMPLATE = Path(__file__).with_name("scaffold")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def new_plugin(name: str, into: Path) -> list[Path]:
    """Write the package ``renda-<name>`` below ``into``; the files written.

    Raises ``scaffold.name`` or ``scaffold.exists``; nothing is written then.
    """
    if not NAME.fullmatch(name):
        raise RendaError("scaffold.name", name=name)
    folder = into / f"renda-{name.replace('_', '-')}"
    if folder.exists():
        raise RendaError("scaffold.exists", folder=str(folder))
    words = {
        "NAME": name,
        "DASHED": name.replace("_", "-"),
        "CLASS": "".join(part.capitalize() for part in name.split("_")),
    }
    written = []
    for source in sorted(path for path in TEMPLATE.rglob("*.txt")):
        place = folder / _filled(source.relative_to(TEMPLATE).as_posix().removesuffix(".txt"), words)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_filled(source.read_text("utf-8"), words), "utf-8")
        written.append(place)
    return written


def _filled(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"__{word}__", value)
    return text
