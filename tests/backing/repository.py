"""The files of this repository, as git would see them, without needing git."""

import importlib.util
import os
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    ".git", ".venv", ".cache", "node_modules", "dist", "build", "var", "htmlcov", "__pycache__", ".hypothesis",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
}  # fmt: skip
TEXT = {
    "", ".py", ".pyi", ".toml", ".md", ".txt", ".json", ".js", ".css", ".svg", ".html", ".feature", ".csv", ".po",
    ".pot", ".yml", ".yaml", ".cfg", ".ini", ".sh", ".mako",
}  # fmt: skip


@cache
def files() -> tuple[Path, ...]:
    """Every text file that is ours, relative to the root."""
    found = []
    for folder, inside, names in os.walk(ROOT):
        inside[:] = sorted(name for name in inside if name not in NOT_OURS and not name.endswith(".egg-info"))
        found += [
            Path(folder, name).relative_to(ROOT)
            for name in names
            if Path(name).suffix in TEXT and name not in NOT_OURS and not name.startswith(".coverage")
        ]
    return tuple(sorted(found))


def read(path: Path) -> str:
    """The text of a file named from the root."""
    return (ROOT / path).read_text("utf-8")


@cache
def build_hook() -> ModuleType:
    """The module hatch_build, which stands at the root and in no package."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
