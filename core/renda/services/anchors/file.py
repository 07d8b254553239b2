"""The file of anchors: JSON Lines that are only added; each line is signed and holds the digest of the one before."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from renda.errors import RendaError, declare
from renda.sealing import Signer
from renda.services.anchors.heads import Heads, collected
from renda.services.anchors.time_stamps import TimeStamper, stamped_at
from renda.services.desk import Installation
from renda.services.seals import sealed

FORMAT = "renda anchors 1"
SIGNED = ("format", "number", "at", "districts", "host", "previous", "key")

declare(
    {
        "anchors.line": "锚定文件 {file} 第 {line} 行读不出来。请用送到别处的那一份核对。",
        "anchors.broken": "锚定文件 {file} 第 {line} 行与前一行或与签名不符,有人改过这个文件。请用送到别处的那一份核对。",
    },
    status=500,
)
declare({"anchors.no_file": "没有锚定文件 {file}。请先运行 renda anchor,或写明送到别处的那一份。"}, status=404)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line: when it was made, the heads of each district and of the host then, the key it is signed with.

    ``stamped``: the moment a time stamp server confirms, None where none was asked.
    """

    number: int
    at: datetime
    districts: Mapping[str, Heads]
    host: tuple[int, str]
    key: str
    stamped: datetime | None = None


def append(
    installation: Installation,
    signer: Signer,
    file: Path,
    *,
    slugs: Sequence[str] | None = None,
    stamper: TimeStamper | None = None,
    news_of: Sequence[str] = (),
) -> Anchor | None:
    """Add a line with the heads of these districts (of all where None).

    ``news_of``: the logs of which one must have grown since the last line; None is answered where none has. An archive
    that many people fetch so adds one line, although each fetch is logged.

    Raises ``anchors.line`` and ``anchors.broken`` where the file is not as it was written, ``anchors.stamp`` where the
    time stamp server does not answer; nothing is added then.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("a+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        opened.seek(0)
        known = _checked(opened.read(), file.name)
        # Asked once nobody else adds a line: later lines never hold earlier heads.
        districts, host = collected(installation, slugs)
        if news_of and not _is_news(known, districts, news_of):
            return None
        previous = known[-1][1] if known else ""
        line: dict[str, Any] = {
            "format": FORMAT,
            "number": len(known) + 1,
            "at": installation.clock().astimezone(UTC).isoformat(timespec="seconds"),
            "districts": districts,
            "host": host,
            "previous": previous,
            "key": signer.public.hex(),
        }
        line["digest"] = digest = _digest(line)
        line["signature"] = signer.sign(bytes.fromhex(digest)).hex()
        if stamper is not None:
            line["stamp"] = stamper(bytes.fromhex(digest)).hex()
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        opened.write(text.encode())
        opened.flush()
        os.fsync(opened.fileno())
    return _anchor(json.loads(text))


def read(file: Path) -> list[Anchor]:
    """All lines, the oldest first; raises ``anchors.no_file``, ``anchors.line``, ``anchors.broken``."""
    if not file.is_file():
        raise RendaError("anchors.no_file", file=str(file))
    return [_anchor(line) for line, _ in _checked(file.read_bytes(), file.name)]


def _is_news(known: Sequence[Any], districts: Mapping[str, Heads], logs: Sequence[str]) -> bool:
    """Whether one of these logs grew in one of the districts since its last line."""
    last: dict[str, Any] = {}
    for line, _ in known:
        last |= line["districts"]
    return any(list(each[log]) != last.get(slug, {}).get(log) for slug, each in districts.items() for log in logs)


def _checked(content: bytes, name: str) -> list[tuple[dict[str, Any], str]]:
    """The lines with their digests."""
    previous, found = "", []
    for number, text in enumerate(content.splitlines(keepends=True), 1):
        try:
            line = json.loads(text)
            sound = text.endswith(b"\n") and line["format"] == FORMAT and _anchor(line) is not None
        except (ValueError, KeyError, TypeError, AttributeError):
            sound = False
        if not sound:
            raise RendaError("anchors.line", file=name, line=number)
        if line["number"] != number or line["previous"] != previous or not _is_signed(line):
            raise RendaError("anchors.broken", file=name, line=number)
        previous = _digest(line)
        found.append((line, previous))
    return found


def _is_signed(line: Mapping[str, Any]) -> bool:
    digest = bytes.fromhex(_digest(line))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(line["key"]))
        key.verify(bytes.fromhex(line["signature"]), digest)
        if "stamp" in line:
            stamped_at(bytes.fromhex(line["stamp"]), digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def _digest(line: Mapping[str, Any]) -> str:
    return sealed({name: line[name] for name in SIGNED})


def _anchor(line: Mapping[str, Any]) -> Anchor:
    districts = {
        slug: {log: (int(head[0]), str(head[1])) for log, head in each.items()}
        for slug, each in line["districts"].items()
    }
    stamped = stamped_at(bytes.fromhex(line["stamp"]), bytes.fromhex(_digest(line))) if "stamp" in line else None
    host = (int(line["host"][0]), str(line["host"][1]))
    return Anchor(int(line["number"]), datetime.fromisoformat(line["at"]), districts, host, line["key"], stamped)
