"""A key in ``n`` shares of which any ``k`` restore it and fewer tell nothing (Shamir 1979).

Forty lines of our own: the kept libraries split sixteen bytes only, or bring a second set of ciphers along.
Arithmetic is in the prime field just above 2²⁵⁶; a share is text people can type: number, value, check digits.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from hashlib import sha256

from renda.errors import RendaError, declare

declare(
    {
        "sealing.share_numbers": "密钥应分为 {most} 份以内,且合用份数不少于2、不多于总份数;现为 {total} 份中的 {needed} 份。",
        "sealing.share_unreadable": "第 {place} 份密钥抄录有误(校验不符)。请对照原件重新输入。",
        "sealing.share_twice": "第 {place} 份密钥与前面的重复。请由不同的监票人各输入一份。",
    }
)

MOST_SHARES = 15
PRIME = 2**256 + 297
_VALUE_BYTES = 33
_CHECK_SIGNS = 6


def split(secret: bytes, needed: int, total: int, random_below: Callable[[int], int]) -> tuple[str, ...]:
    """``total`` shares of a secret of at most 32 bytes, any ``needed`` of which restore it.

    ``random_below(n)`` answers a number from 0 to n-1: ``secrets.randbelow``. Raises ``sealing.share_numbers``.
    """
    if not 2 <= needed <= total <= MOST_SHARES:
        raise RendaError("sealing.share_numbers", most=MOST_SHARES, total=total, needed=needed)
    terms = [int.from_bytes(secret), *(random_below(PRIME) for _ in range(needed - 1))]
    return tuple(_written(place, _at(terms, place)) for place in range(1, total + 1))


def combine(shares: Sequence[str], length: int = 32) -> bytes:
    """The secret of ``length`` bytes; from too few or foreign shares something else, or nothing, comes out.

    Raises ``sealing.share_unreadable`` or ``sealing.share_twice`` with the share's place in the list.
    """
    points: dict[int, int] = {}
    for place, share in enumerate(shares, 1):
        number, value = _read(share, place)
        if number in points:
            raise RendaError("sealing.share_twice", place=place)
        points[number] = value
    secret = 0
    for number, value in points.items():
        above = below = 1
        for other in points.keys() - {number}:
            above = above * other % PRIME
            below = below * (other - number) % PRIME
        secret = (secret + value * above * pow(below, -1, PRIME)) % PRIME
    return secret.to_bytes(_VALUE_BYTES)[-length:]


def digest_of_share(share: str) -> str:
    """What may be kept of a share to know it again; a share is too random to be guessed from it."""
    return sha256(_plain(share).encode()).hexdigest()


def _at(terms: Sequence[int], place: int) -> int:
    value = 0
    for term in reversed(terms):
        value = (value * place + term) % PRIME
    return value


def _written(number: int, value: int) -> str:
    text = f"{number:02d}" + base64.b32encode(value.to_bytes(_VALUE_BYTES)).decode().rstrip("=")
    text += _check(text)
    return "-".join(text[at : at + 6] for at in range(0, len(text), 6))


def _read(share: str, place: int) -> tuple[int, int]:
    text = _plain(share)
    body, check = text[:-_CHECK_SIGNS], text[-_CHECK_SIGNS:]
    try:
        number, value = int(body[:2]), int.from_bytes(base64.b32decode(body[2:] + "=" * (-len(body[2:]) % 8)))
    except (ValueError, binascii.Error):
        number = value = 0
    if check != _check(body) or not number:
        raise RendaError("sealing.share_unreadable", place=place)
    return number, value


def _check(text: str) -> str:
    return base64.b32encode(sha256(text.encode()).digest()).decode()[:_CHECK_SIGNS]


def _plain(share: str) -> str:
    return "".join(share.split()).replace("-", "").upper()
