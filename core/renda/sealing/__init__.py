"""Sealing papers so that nobody reads them before the close: HPKE (RFC 9180) and shares of the key.

Papers of a ballot are padded to one length before they are sealed, so that a sealed paper tells nothing but
that there is one. The suite is DHKEM(P-256), HKDF-SHA256, AES-128-GCM: every browser's WebCrypto has its parts.
"""

from renda.sealing.envelopes import KeyPair, UnreadableEnvelopeError, opened, pair_of, sealed, sealed_length
from renda.sealing.shares import MOST_SHARES, combine, digest_of_share, split
from renda.sealing.signatures import Signer, signer_in

__all__ = [
    "MOST_SHARES",
    "KeyPair",
    "Signer",
    "UnreadableEnvelopeError",
    "combine",
    "digest_of_share",
    "opened",
    "pair_of",
    "sealed",
    "sealed_length",
    "signer_in",
    "split",
]
