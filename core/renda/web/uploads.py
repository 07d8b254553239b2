"""The one file a person or a program brings: how large it may be, and where it lies while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from werkzeug.datastructures import FileStorage

from renda.services.tables import SUFFIXES

LARGEST_FILE = 16 * 1024 * 1024
LONGEST_NAME = 120
FIELD = "file"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: what the sender calls it, where it lies."""

    name: str
    path: Path


def name_of(uploaded: FileStorage) -> str:
    """What the sender calls the file, without folders and signs that are not to be seen."""
    name = PurePath(uploaded.filename or "").name
    return "".join(sign for sign in name if sign.isprintable())[-LONGEST_NAME:]


def put(uploaded: FileStorage, folder: Path) -> Upload:
    """Write the file into a folder, under no name of the sender's."""
    name = name_of(uploaded)
    suffix = PurePath(name).suffix.lower()
    path = folder / f"brought{suffix if suffix in SUFFIXES else ''}"
    uploaded.save(path)
    return Upload(name, path)


@contextmanager
def kept(uploaded: FileStorage) -> Iterator[Upload]:
    """The file in a folder of its own, for as long as the block runs."""
    with TemporaryDirectory(prefix="renda-import-") as folder:
        yield put(uploaded, Path(folder))
