"""Making a backup: all of it under another name first, so that nothing unfinished looks like one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from renda.services.backups.manifest import Manifest, OpenSealed, files_of
from renda.services.backups.places import Places
from renda.services.backups.postgresql import copy_postgresql
from renda.services.backups.sqlite import copy_sqlite
from renda.services.backups.tables import Copied, OpenThere
from renda.services.questionnaires.opening import key_file

ANCHORS = "anchors.jsonl"
QUESTIONNAIRE_KEYS = "questionnaire-keys"
_COPIES: Mapping[str, Callable[[str, Path], Copied]] = {"sqlite": copy_sqlite, "postgresql": copy_postgresql}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its folder and what it says of itself."""

    folder: Path
    manifest: Manifest


def create(places: Places, target: Path, *, now: datetime, version: str, questionnaire_keys: bool = False) -> Backup:
    """Back up an installation into a fresh folder below ``target``, while it runs.

    ``questionnaire_keys`` takes the keys of open questionnaires along: whoever holds the backup can then read the
    answers given until its hour. Keys of ballots are never taken. Raises ``backup.…``; nothing is left then.
    """
    if places.kind == "sqlite":
        places.existing_sqlite_file()
    name = f"renda-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    partial = target / f".{name}.partial"
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    try:
        copied = _COPIES[places.kind](places.database_url, partial)
        _copy_keys(places, partial)
        shutil.copytree(places.districts, partial / "districts")
        opened = [_open_sealed(places, partial, each, taken=questionnaire_keys) for each in copied.open]
        manifest = Manifest(
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            version=version,
            database=places.kind,
            revisions=copied.revisions,
            tables=copied.tables,
            columns=copied.columns,
            files=files_of(partial),
            open=opened,
        )
        manifest.write(partial)
        folder = partial.rename(target / name)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return Backup(folder, manifest)


def _copy_keys(places: Places, folder: Path) -> None:
    (folder / "keys").mkdir(mode=0o700)
    for name, file in places.keys.items():
        _copy(file, folder / "keys" / name)
    if places.anchors.is_file():
        _copy(places.anchors, folder / ANCHORS)


def _open_sealed(places: Places, folder: Path, there: OpenThere, *, taken: bool) -> OpenSealed:
    key = "shares" if there.key_mode == "shares" else "left out"
    file = places.key_folder / key_file(there.district_id, there.number)
    if there.noun == "questionnaire" and taken and file.is_file():
        (folder / QUESTIONNAIRE_KEYS).mkdir(mode=0o700, exist_ok=True)
        _copy(file, folder / QUESTIONNAIRE_KEYS / file.name)
        key = "included"
    return OpenSealed(there.noun, there.slug, there.number, there.title, key)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
