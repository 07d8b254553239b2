"""One key pair for each ballot; a paper padded, sealed to its public half and opened with its private half."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PRIVATE_BYTES = 32
_LENGTH_BYTES = 2
_POINT_BYTES = 65
_TAG_BYTES = 16
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


class UnreadableEnvelopeError(ValueError):
    """A sealed paper that this key does not open, or that holds no padded paper."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The two halves of a ballot's key: ``private`` 32 bytes, ``public`` an uncompressed point of 65 bytes."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def made(cls, random_bytes: Callable[[int], bytes]) -> KeyPair:
        """A fresh pair; ``random_bytes`` is ``secrets.token_bytes`` wherever papers are secret."""
        while True:
            private = random_bytes(PRIVATE_BYTES)
            if 0 < int.from_bytes(private) < _ORDER:
                return pair_of(private)


def pair_of(private: bytes) -> KeyPair:
    """The pair whose private half this is; raises ``UnreadableEnvelopeError`` where it is no key at all."""
    number = int.from_bytes(private)
    if len(private) != PRIVATE_BYTES or not 0 < number < _ORDER:
        raise UnreadableEnvelopeError
    key = ec.derive_private_key(number, _CURVE)
    return KeyPair(private, key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def sealed_length(padded: int) -> int:
    """The length in bytes of every sealed paper that was padded to ``padded`` bytes."""
    return padded + _POINT_BYTES + _TAG_BYTES


def sealed(text: bytes, public: bytes, padded: int, about: bytes) -> bytes:
    """``text`` padded to ``padded`` bytes and sealed; ``about`` names the ballot and is not in the envelope.

    Raises ``ValueError`` where the text is too long to be padded.
    """
    room = padded - _LENGTH_BYTES - len(text)
    if room < 0:
        raise ValueError("the paper is longer than its padding")
    whole = len(text).to_bytes(_LENGTH_BYTES) + text + bytes(room)
    return _SUITE.encrypt(whole, ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public), info=about)


def opened(envelope: bytes, private: bytes, about: bytes) -> bytes:
    """The text of a sealed paper; raises ``UnreadableEnvelopeError``."""
    key = ec.derive_private_key(int.from_bytes(private), _CURVE)
    try:
        whole = _SUITE.decrypt(envelope, key, info=about)
    except (InvalidTag, ValueError) as error:
        raise UnreadableEnvelopeError from error
    length = int.from_bytes(whole[:_LENGTH_BYTES])
    text = whole[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(text) != length or len(whole) < _LENGTH_BYTES:
        raise UnreadableEnvelopeError
    return text
