"""Signing what is published: Ed25519 (RFC 8032), one key for an installation, kept in a file of its own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


class Signer:
    """Who signs: the installation, known to everybody by its public key (32 bytes)."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """The signature (64 bytes) of a message."""
        return self._key.sign(message)


def signer_in(file: Path) -> Signer:
    """The signer whose key is in ``file``: made on first use, readable by its owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Ed25519PrivateKey.generate()
    kept = fresh.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()
    if not file.exists():
        # Several processes start at once: the file appears whole or not at all, and the first one's stays.
        with NamedTemporaryFile("w", dir=file.parent, encoding="ascii") as written:
            written.write(f"{kept}\n")
            written.flush()
            with suppress(FileExistsError):
                os.link(written.name, file)
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text("ascii").strip())))
