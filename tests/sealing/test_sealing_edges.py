"""What stands at the edge of a key, a share and a padded paper, and keys that must still be read in ten years."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from renda.errors import RendaError
from renda.sealing import KeyPair, UnreadableEnvelopeError, combine, opened, pair_of, sealed, split

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SECRET = bytes(range(32))
# 01, then the secret plus one in 33 bytes as base32 without padding, then six check digits.
FIRST = "01AAAA-CAQDAQ-CQMBYI-BEFAWD-ANBYHR-AEISCM-KBKFQX-DAMRUG-Y4DUPC-A6HZKC-B"


def constant(value: int) -> Callable[[int], int]:
    return lambda below: value % below


@pytest.mark.parametrize("number", [1, ORDER - 1])
def test_the_first_and_the_last_number_of_the_curve_are_keys(number: int) -> None:
    pair = pair_of(number.to_bytes(32))
    assert opened(sealed(b"paper", pair.public, 40, b"ballot"), pair.private, b"ballot") == b"paper"
    assert KeyPair.made(number.to_bytes) == pair


@pytest.mark.parametrize("number", [0, ORDER, ORDER + 1])
def test_a_number_outside_the_curve_is_no_key(number: int) -> None:
    with pytest.raises(UnreadableEnvelopeError):
        pair_of(number.to_bytes(32))
    given = iter([number.to_bytes(32), (7).to_bytes(32)])
    assert KeyPair.made(lambda length: next(given)).private == (7).to_bytes(32)


def test_a_key_is_made_of_thirty_two_random_bytes() -> None:
    asked: list[int] = []

    def random_bytes(length: int) -> bytes:
        asked.append(length)
        return bytes([3]) * length

    assert KeyPair.made(random_bytes).private == bytes([3]) * 32
    assert asked == [32]


def test_a_paper_too_long_for_its_padding_is_refused_and_one_that_fills_it_is_not() -> None:
    pair = pair_of((5).to_bytes(32))
    assert opened(sealed(b"12345678", pair.public, 10, b"b"), pair.private, b"b") == b"12345678"
    with pytest.raises(ValueError, match=r"^the paper is longer than its padding$"):
        sealed(b"123456789", pair.public, 10, b"b")


@pytest.mark.parametrize("plain", [b"", b"\x00", b"\x00\x05abc"], ids=["nothing", "half", "short"])
def test_what_says_a_length_it_does_not_have_is_unreadable(plain: bytes) -> None:
    pair = pair_of((5).to_bytes(32))
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), pair.public)
    with pytest.raises(UnreadableEnvelopeError):
        opened(suite.encrypt(plain, public, info=b"b"), pair.private, b"b")


def test_a_key_may_be_split_into_fifteen_shares_and_not_into_sixteen() -> None:
    shares = split(SECRET, 3, 15, constant(12345))
    assert len(shares) == 15
    assert combine(shares[12:]) == SECRET
    with pytest.raises(RendaError) as caught:
        split(SECRET, 3, 16, constant(12345))
    assert caught.value.code == "sealing.share_numbers"


def test_exactly_as_many_shares_are_made_as_were_asked_for() -> None:
    assert len(split(SECRET, 2, 3, constant(9))) == 3


def test_a_share_is_written_as_it_was_when_it_was_printed() -> None:
    # Shares lie in sealed paper envelopes: the form must not change between releases.
    first, second = split(SECRET, 2, 2, constant(1))
    assert first == FIRST
    assert combine([FIRST, second]) == SECRET
    assert "=" not in first


@pytest.mark.parametrize("place", [1, 2])
def test_a_share_that_is_no_number_at_all_is_named_by_its_place(place: int) -> None:
    shares = list(split(SECRET, 2, 2, constant(1)))
    shares[place - 1] = "XX" + shares[place - 1][2:]
    with pytest.raises(RendaError) as caught:
        combine(shares)
    assert (caught.value.code, caught.value.values["place"]) == ("sealing.share_unreadable", place)
