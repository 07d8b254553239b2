"""What a backup says of itself: rows of each table, digest of each file, what was open when it was made."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from renda.errors import RendaError

FILE = "manifest.json"
FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class OpenSealed:
    """A ballot or a questionnaire that was open: its sealed papers are in the backup, its key may not be.

    ``noun``: ``ballot`` or ``questionnaire``. ``key``: ``shares`` (scrutineers hold it), ``included`` or ``left out``.
    """

    noun: str
    district: str
    number: int
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a backup says of itself.

    ``tables``: name → rows. ``columns``: name → columns in the order of its file (PostgreSQL). ``files``: path below
    the backup → SHA-256. ``revisions``: component → revision of its schema.
    """

    made_at: str
    version: str
    database: str
    revisions: Mapping[str, str]
    tables: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    files: Mapping[str, str]
    open: Sequence[OpenSealed]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it, last of all."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        with os.fdopen(
            os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all as they were; raises ``backup.not_one`` or ``backup.damaged``."""
    try:
        said: dict[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
        manifest = Manifest(**{**said, "open": [OpenSealed(**each) for each in said["open"]]})
    except (OSError, ValueError, TypeError, KeyError):
        raise RendaError("backup.not_one", folder=str(folder)) from None
    if manifest.format != FORMAT:
        raise RendaError("backup.not_one", folder=str(folder))
    kept = files_of(folder)
    wrong = sorted(name for name in manifest.files.keys() | kept.keys() if manifest.files.get(name) != kept.get(name))
    if wrong:
        raise RendaError("backup.damaged", folder=str(folder), files="、".join(wrong[:5]))
    return manifest


def files_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder`` but the manifest, by its path."""
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / FILE
    }


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
        os.fsync(file.fileno())
    return digest.hexdigest()
