"""Who holds the private half of a ballot's key: scrutineers in shares, or the server in a file of its own.

It is never in the database: a database's log and backups keep what was deleted. A server's key is a file in
a folder that is not backed up, and is overwritten and removed when the close is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy import event

from renda.errors import RendaError, declare
from renda.model import BallotRow
from renda.sealing import KeyPair, UnreadableEnvelopeError, combine, digest_of_share, opened, pair_of, sealed
from renda.services.desk import Desk

declare(
    {
        "ballot.shares_none": "“{question}”的密钥由监票人分持,还没有生成。请先生成并分发密钥。",
        "ballot.shares_few": "“{question}”需要 {needed} 份密钥,现只输入 {given} 份。请再由其他监票人输入。",
        "ballot.share_foreign": "第 {place} 份密钥不属于“{question}”。请核对是哪一次表决的密钥。",
        "ballot.key_wrong": "这些密钥打不开“{question}”的测试票。请核对后重新输入。",
        "ballot.key_gone": "服务器上没有“{question}”的密钥文件,密封的票打不开。密钥不进任何备份:文件若只是被移走,请系统管理员放回;否则请宣布作废,重新表决。",
    },
    status=409,
)

TRIAL = "测试票".encode()
TRIAL_BYTES = 64


class KeyKeeper(Protocol):
    """Where a server keeps the private halves of open ballots."""

    def keep(self, name: str, private: bytes) -> None:
        """Keep a key so that it survives a crash."""

    def read(self, name: str) -> bytes | None:
        """The key of that name, or None."""

    def destroy(self, name: str) -> None:
        """Make the key unreadable; nothing happens where there is none."""


class FolderKeys:
    """Keys as files readable by the server's account only; ``folder`` must not be part of any backup."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, name: str, private: bytes) -> None:
        """See ``KeyKeeper``."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f"{name}.new"
        fresh.unlink(missing_ok=True)
        _write(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private)
        fresh.replace(self.folder / name)
        self._settle()

    def read(self, name: str) -> bytes | None:
        """See ``KeyKeeper``."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def destroy(self, name: str) -> None:
        """See ``KeyKeeper``."""
        file = self.folder / name
        if file.exists():
            _write(file, os.O_WRONLY, bytes(file.stat().st_size))
            file.unlink(missing_ok=True)
            self._settle()

    def _settle(self) -> None:
        opened_folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(opened_folder)
        finally:
            os.close(opened_folder)


def _write(file: Path, flags: int, content: bytes) -> None:
    with os.fdopen(os.open(file, flags, 0o600), "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def name_of(row: BallotRow) -> str:
    """What a ballot's key is called."""
    return f"{row.district_id}-{row.id}"


def about(row: BallotRow) -> bytes:
    """What every envelope of a ballot is bound to: an envelope of another ballot does not open."""
    return f"renda ballot {row.district_id}/{row.id}".encode()


def make(row: BallotRow, random_bytes: Callable[[int], bytes]) -> KeyPair:
    """A fresh pair for a ballot: the public half and a sealed trial paper are kept in the row."""
    pair = KeyPair.made(random_bytes)
    row.public_key = pair.public
    row.trial = sealed(TRIAL, pair.public, TRIAL_BYTES, about(row))
    return pair


def private_key(row: BallotRow, keys: KeyKeeper, shares: Sequence[str]) -> bytes:
    """The private half, from the shares put together or from the keeper; proved on the trial paper.

    Raises ``ballot.shares_none``, ``ballot.shares_few``, ``ballot.share_foreign``, ``ballot.key_gone``, ``ballot.key_wrong``.
    """
    if row.key_mode == "shares":
        private = _combined(row, shares)
    else:
        kept = keys.read(name_of(row))
        if kept is None:
            raise RendaError("ballot.key_gone", question=row.question)
        private = kept
    try:
        right = pair_of(private).public == row.public_key
        if right and opened(row.trial or b"", private, about(row)) == TRIAL:
            return private
    except UnreadableEnvelopeError:
        pass
    raise RendaError("ballot.key_wrong", question=row.question)


def _combined(row: BallotRow, shares: Sequence[str]) -> bytes:
    if row.public_key is None:
        raise RendaError("ballot.shares_none", question=row.question)
    for place, share in enumerate(shares, 1):
        if digest_of_share(share) not in row.share_digests:
            raise RendaError("ballot.share_foreign", place=place, question=row.question)
    if len(shares) < row.shares_needed:
        raise RendaError("ballot.shares_few", question=row.question, needed=row.shares_needed, given=len(shares))
    return combine(shares)


def destroy_when_kept(desk: Desk, row: BallotRow, keys: KeyKeeper) -> None:
    """Destroy the server's key as soon as the transaction is committed, and not if it is given up."""
    name = name_of(row)

    def destroy(_: object) -> None:
        keys.destroy(name)

    event.listen(desk.session, "after_commit", destroy, once=True)
