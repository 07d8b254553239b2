"""A district's spreadsheets into the district: all of them or none, as often as one likes.

See ``roster`` for people and organs, ``acts`` for what was done, ``ballots`` for votes, ``questionnaires`` for what
citizens answered and ``sittings`` for meetings of the past, ``tables`` for how files are read. Whatever is wrong anywhere is told at once, with file, line, column and reason, and nothing is kept then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import SYSTEM, Actor
from renda.model import EventRow
from renda.services import accounts, chain
from renda.services.desk import Desk
from renda.services.imports import acts, ballots, questionnaires, roster, sittings
from renda.services.imports.deeds import Deed, Replay
from renda.services.imports.tables import SUFFIXES, Mistakes

__all__ = ["Imported", "Progress", "import_folder"]

declare({"import.no_folder": "没有文件夹 {folder}。"}, status=404)

ACTION = "import"
EVERY = 25


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: what it is at, and how many rows of how many."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows of the roster read, actions newly taken; ``repeated`` where nothing was new."""

    roster: int
    acts: int
    repeated: bool = False


def import_folder(
    desk: Desk,
    folder: Path,
    *,
    report: Callable[[Progress], None] = lambda progress: None,
    kept_password: str = accounts.NO_PASSWORD,
    actor: Actor = SYSTEM,
) -> Imported:
    """Import the spreadsheets in ``folder`` in the transaction of ``desk``.

    ``kept_password``: the hashed password of accounts that have none; without it nobody can sign in to them
    yet. The import itself is entered in the record with the digest of the files; the same files again are
    passed by. Raises ``import.broken`` with every mistake.
    """
    if not folder.is_dir():
        raise RendaError("import.no_folder", folder=str(folder))
    digest = digest_of(folder)
    head = chain.hold(desk)
    if _last_digest(desk) == digest:
        return Imported(0, 0, repeated=True)
    mistakes = Mistakes()
    report(Progress("roster", 0, 1))
    people = roster.keep(desk, folder, mistakes, kept_password)
    read = [*acts.read(desk, folder, mistakes), *ballots.read(desk, folder, mistakes)]
    read += [*sittings.read(folder, mistakes), *questionnaires.read(desk, folder, mistakes)]
    deeds = sorted(read, key=_order)
    mistakes.refuse()
    report(Progress("roster", 1, 1))
    replay = Replay(desk, mistakes)
    replay.run(deeds, lambda done, total: _told(report, done, total))
    mistakes.refuse()
    entries = {"roster": people, "acts": replay.count, "digest": digest}
    chain.enter(desk, head, chain.Deed(actor, "", ACTION, "导入", None, None, "", entries))
    desk.session.flush()
    return Imported(people, replay.count)


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and contents of all spreadsheets in a folder."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.suffix in SUFFIXES):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _last_digest(desk: Desk) -> str | None:
    query = select(EventRow).where(EventRow.action == ACTION, EventRow.practice == "").order_by(EventRow.number.desc())
    last = desk.session.scalar(query.limit(1))
    return None if last is None else str(last.entries.get("digest"))


def _order(deed: Deed) -> tuple[object, ...]:
    return deed.day, deed.order, deed.practice, deed.row.file, deed.row.line


def _told(report: Callable[[Progress], None], done: int, total: int) -> None:
    if done % EVERY == 0 or done == total:
        report(Progress("acts", done, total))
