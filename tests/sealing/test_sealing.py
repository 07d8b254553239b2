"""Envelopes of one length, and keys in shares."""

import secrets
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backing.balloting import refusal
from renda.sealing import (
    KeyPair,
    UnreadableEnvelopeError,
    combine,
    digest_of_share,
    opened,
    pair_of,
    sealed,
    sealed_length,
    split,
)

PAIR = KeyPair.made(Random(1).randbytes)


@given(st.binary(max_size=62))
def test_every_paper_comes_back_and_every_envelope_has_one_length(text: bytes) -> None:
    envelope = sealed(text, PAIR.public, 64, b"ballot 1")
    assert opened(envelope, PAIR.private, b"ballot 1") == text
    assert len(envelope) == sealed_length(64) == 145


def test_the_same_paper_is_sealed_differently_each_time() -> None:
    assert len({sealed(b"yes", PAIR.public, 64, b"") for _ in range(9)}) == 9


def test_an_envelope_opens_with_its_own_key_for_its_own_ballot_and_untouched() -> None:
    envelope = sealed(b"yes", PAIR.public, 64, b"ballot 1")
    other = KeyPair.made(secrets.token_bytes)
    for spoilt, key, about in (
        (envelope, other.private, b"ballot 1"),
        (envelope, PAIR.private, b"ballot 2"),
        (envelope[:-1] + bytes([envelope[-1] ^ 1]), PAIR.private, b"ballot 1"),
        (b"", PAIR.private, b"ballot 1"),
        (bytes(145), PAIR.private, b"ballot 1"),
    ):
        with pytest.raises(UnreadableEnvelopeError):
            opened(spoilt, key, about)


def test_what_was_sealed_without_padding_is_unreadable() -> None:
    length_only = sealed(b"", PAIR.public, 2, b"")
    assert opened(length_only, PAIR.private, b"") == b""
    lying = sealed(b"x" * 10, PAIR.public, 12, b"")
    assert opened(lying, PAIR.private, b"") == b"x" * 10
    with pytest.raises(ValueError, match="longer than its padding"):
        sealed(b"x" * 11, PAIR.public, 12, b"")


@pytest.mark.parametrize("private", [b"", bytes(32), b"\xff" * 32], ids=["short", "zero", "large"])
def test_what_is_no_key_is_no_key(private: bytes) -> None:
    with pytest.raises(UnreadableEnvelopeError):
        pair_of(private)


def test_a_key_is_made_of_the_first_random_number_that_is_one() -> None:
    numbers = iter([b"\xff" * 32, bytes(32), PAIR.private])
    assert KeyPair.made(lambda _: next(numbers)) == PAIR
    assert PAIR.private.hex() not in repr(PAIR)


@given(
    st.binary(min_size=32, max_size=32), st.integers(2, 5), st.integers(0, 4), st.builds(Random, st.integers(0, 2**32))
)
def test_any_k_shares_restore_the_secret_and_fewer_do_not(
    secret: bytes, needed: int, more: int, chance: Random
) -> None:
    shares = split(secret, needed, needed + more, chance.randrange)
    assert combine(chance.sample(shares, needed)) == secret
    assert combine([share.lower().replace("-", " ") for share in shares]) == secret
    assert combine(chance.sample(shares, needed - 1)) != secret
    assert len({digest_of_share(share) for share in shares}) == len(shares)


def test_shares_are_refused_in_these_words() -> None:
    shares = split(PAIR.private, 2, 3, secrets.randbelow)
    assert digest_of_share(shares[0]) == digest_of_share(shares[0].lower())
    wrong = shares[1][:-1] + ("A" if shares[1][-1] != "A" else "B")
    assert refusal(lambda: combine([shares[0], wrong])) == (
        "第 2 份密钥抄录有误(校验不符)。请对照原件重新输入。 [sealing.share_unreadable]"
    )
    assert refusal(lambda: combine(["!", shares[0]])).endswith("[sealing.share_unreadable]")
    assert refusal(lambda: combine([shares[0], shares[0]])) == (
        "第 2 份密钥与前面的重复。请由不同的监票人各输入一份。 [sealing.share_twice]"
    )
    assert refusal(lambda: split(b"", 1, 3, secrets.randbelow)) == (
        "密钥应分为 15 份以内,且合用份数不少于2、不多于总份数;现为 3 份中的 1 份。 [sealing.share_numbers]"
    )
