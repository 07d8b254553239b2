"""Changing the installation's keys: the secret that signs cookies, and the key that signs archives and anchors.

An archive and an anchor hold the public key that they are signed with, so old ones verify after a change. Which public
keys were this installation's, and until when, stands in a file of its own: each line is signed by the key that ends and
names the one that follows it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from renda.errors import RendaError, declare
from renda.sealing import Signer, signer_in

declare({"keys.broken": "签名密钥的记录 {file} 第 {line} 行与签名不符。请从备份恢复这个文件。"}, status=500)

KEY_FILE, RECORD_FILE = "signing.key", "signing-keys.jsonl"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signed for this installation, as hexadecimal text; ``until``: when it ended, None for the present one."""

    public: str
    until: datetime | None = None

    @property
    def id(self) -> str:
        """The short name of a key: the first sixteen digits of its SHA-256."""
        return hashlib.sha256(bytes.fromhex(self.public)).hexdigest()[:16]

    def may_sign(self, public: str, at: datetime) -> bool:
        """Whether a signature of that moment with that key is this one's."""
        return public == self.public and (self.until is None or at <= self.until)


def rotate_secret(file: Path) -> None:
    """Put a new secret in the place of the old one, whole or not at all; readable by its owner only."""
    _replace(file, secrets.token_hex(32))


def rotate_signing_key(folder: Path, now: datetime) -> tuple[PublicKey, PublicKey]:
    """Let a new key sign from now on; (the one that ended, the new one).

    The line about the old key is written first: a crash in between leaves a line that names a key nobody has, and the
    next change writes another. Raises ``keys.broken`` where the file of keys is not as it was written.
    """
    known_keys(folder)
    ended = signer_in(folder / KEY_FILE)
    fresh = folder / f"{KEY_FILE}.new"
    fresh.unlink(missing_ok=True)
    follower = signer_in(fresh)
    said = _said(ended.public.hex(), now, follower.public.hex())
    line = json.dumps({**said, "signature": ended.sign(_message(said)).hex()})
    with (folder / RECORD_FILE).open("a", encoding="utf-8") as record:
        record.write(f"{line}\n")
        record.flush()
        os.fsync(record.fileno())
    fresh.replace(folder / KEY_FILE)
    return PublicKey(said["key"], now), PublicKey(said["next"])


def known_keys(folder: Path, signer: Signer | None = None) -> Sequence[PublicKey]:
    """The keys that signed here, the first one first, with the present one of ``signer`` last; raises ``keys.broken``."""
    file, found = folder / RECORD_FILE, []
    for number, line in enumerate(file.read_text("utf-8").splitlines() if file.is_file() else (), 1):
        try:
            said = json.loads(line)
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["key"]))
            until = datetime.fromisoformat(said["until"])
            public.verify(bytes.fromhex(said["signature"]), _message(_said(said["key"], until, said["next"])))
        except (ValueError, KeyError, TypeError, InvalidSignature):
            raise RendaError("keys.broken", file=file.name, line=number) from None
        found.append(PublicKey(said["key"], until))
    return found if signer is None else [*found, PublicKey(signer.public.hex())]


def _said(key: str, until: datetime, following: str) -> dict[str, str]:
    return {"key": key, "until": until.astimezone(UTC).isoformat(timespec="seconds"), "next": following}


def _message(said: dict[str, str]) -> bytes:
    return json.dumps(said, sort_keys=True).encode()


def _replace(file: Path, content: str) -> None:
    with NamedTemporaryFile("w", dir=file.parent, encoding="ascii", delete=False) as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    Path(written.name).chmod(0o600)
    Path(written.name).replace(file)
