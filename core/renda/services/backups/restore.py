"""Putting a backup back where there is nothing: an empty database, no other secret, no other rules."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from renda import migrate
from renda.errors import RendaError
from renda.services.backups.create import ANCHORS, QUESTIONNAIRE_KEYS
from renda.services.backups.manifest import Manifest, files_of, read_manifest
from renda.services.backups.places import Places
from renda.services.backups.postgresql import fill_postgresql
from renda.services.backups.sqlite import SQLITE_COPY, SQLITE_ENDINGS, rows_in_sqlite
from renda.services.backups.tables import verify
from renda.store import make_engine


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; ``differing``: files of the districts' folder that stand otherwise than in the backup."""

    manifest: Manifest
    differing: Sequence[str]


def restore(folder: Path, places: Places) -> Restored:
    """Put everything of the backup in ``folder`` back and bring the schema to its newest.

    Refused before anything is written: a damaged backup, a database with something in it, another secret or signing
    key. A folder of districts that is there stays as it is. Raises ``backup.…`` and ``restore.…``.
    """
    manifest = read_manifest(folder)
    if manifest.database != places.kind:
        raise RendaError("restore.kind", made_on=manifest.database, here=places.kind)
    unknown = sorted(
        component for component, revision in manifest.revisions.items() if not migrate.knows(component, revision)
    )
    if unknown:
        raise RendaError("backup.newer", components="、".join(unknown), version=manifest.version)
    keys = {file.name: file for file in sorted((folder / "keys").iterdir())}
    for name, file in keys.items():
        place = places.key_place(name)
        if place.exists() and place.read_bytes() != file.read_bytes():
            raise RendaError("restore.other_key", file=str(place))
    if places.kind == "sqlite":
        _restore_sqlite(folder, places, manifest)
    else:
        _restore_postgresql(folder, places, manifest)
    for name, file in keys.items():
        _put(file, places.key_place(name))
    # One that is there knows more than the backup: it is to find what a restore has left out.
    if (folder / ANCHORS).is_file() and not places.anchors.exists():
        _put(folder / ANCHORS, places.anchors)
    if (folder / QUESTIONNAIRE_KEYS).is_dir():
        for file in (folder / QUESTIONNAIRE_KEYS).iterdir():
            _put(file, places.key_folder / file.name)
    return Restored(manifest, _restore_districts(folder / "districts", places.districts))


def _restore_sqlite(folder: Path, places: Places, manifest: Manifest) -> None:
    target = places.sqlite_file()
    # SQLite plays a log that lies beside a file into it, whosever log it is: the restored database would be destroyed.
    for there in (target, *(target.with_name(f"{target.name}{ending}") for ending in SQLITE_ENDINGS)):
        if there.exists():
            raise RendaError("restore.not_empty", place=str(there))
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    _put(folder / SQLITE_COPY, partial)
    try:
        verify(manifest.tables, rows_in_sqlite(partial, manifest.tables))
        migrate.upgrade(f"sqlite:///{partial}")
        partial.rename(target)
    finally:
        for left in target.parent.glob(f"{partial.name}*"):
            left.unlink()


def _restore_postgresql(folder: Path, places: Places, manifest: Manifest) -> None:
    engine = make_engine(places.owner_url)
    try:
        with engine.begin() as connection:
            if inspect(connection).get_table_names():
                raise RendaError("restore.not_empty", place=make_url(places.owner_url).render_as_string())
            migrate.build(connection, manifest.revisions)
            verify(manifest.tables, fill_postgresql(connection, folder, manifest.columns))
            # What was loaded has events of its own that wait for the end; a table is not changed before.
            connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            migrate.build(connection)
            migrate.guard(connection, places.app_role)
    finally:
        engine.dispose()


def _restore_districts(kept: Path, target: Path) -> list[str]:
    if not target.is_dir() or not any(target.iterdir()):
        shutil.copytree(kept, target, dirs_exist_ok=True)
    before, now = files_of(kept), files_of(target)
    return _different(before, now)


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written,
        source.open("rb") as file,
    ):
        shutil.copyfileobj(file, written)
        written.flush()
        os.fsync(written.fileno())
