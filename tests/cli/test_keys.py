"""``renda keys``: what a change ends, and what verifies all the same."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from backing.terminal import Terminal
from renda.errors import RendaError
from renda.sealing import signer_in
from renda.services import signing_keys

MOMENT = datetime(2020, 3, 2, 1, tzinfo=UTC)


def folder_of(terminal: Terminal) -> Path:
    return Path(terminal.environment["RENDA_SECRET_FILE"]).parent


def test_a_changed_secret_is_another_one_for_its_owner_alone(prepared: Terminal) -> None:
    file = Path(prepared.environment["RENDA_SECRET_FILE"])
    file.write_text("before", "utf-8")
    said = prepared.said("keys", "rotate", "secret")
    assert "之后所有人要重新登录" in said
    assert len(file.read_text("utf-8")) == 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_changed_signing_key_leaves_anchors_that_verify(prepared: Terminal) -> None:
    prepared.said("anchor")
    before = prepared.said("keys", "list", "--json")
    said = prepared.said("keys", "rotate", "signing")
    (old,) = json.loads(before)
    listed = json.loads(prepared.said("keys", "list", "--json"))
    assert [each["public"] == old["public"] for each in listed] == [True, False]
    assert (listed[0]["until"] is None, listed[1]["until"]) == (False, None)
    assert old["public"] in said
    assert listed[1]["public"] in said
    prepared.said("anchor")
    assert "不是本机当时的密钥" not in prepared.said("check", "--anchors", str(folder_of(prepared) / "anchors.jsonl"))


def test_what_the_old_key_signed_verifies_with_the_key_that_is_kept(tmp_path: Path) -> None:
    old = signer_in(tmp_path / "signing.key")
    signature = old.sign(b"an archive")
    ended, fresh = signing_keys.rotate_signing_key(tmp_path, MOMENT)
    now = signer_in(tmp_path / "signing.key")
    assert (ended.public, fresh.public) == (old.public.hex(), now.public.hex())
    first, last = signing_keys.known_keys(tmp_path, now)
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(first.public)).verify(signature, b"an archive")
    assert (first.may_sign(ended.public, MOMENT), first.may_sign(ended.public, MOMENT + timedelta(seconds=1))) == (
        True,
        False,
    )
    assert last.may_sign(fresh.public, MOMENT + timedelta(days=900))
    assert not last.may_sign(ended.public, MOMENT)
    assert [len(each.id) for each in (first, last)] == [16, 16]


@pytest.mark.parametrize("change", ["key", "until", "next", "signature"])
def test_a_record_of_keys_that_was_changed_is_told(tmp_path: Path, change: str) -> None:
    signing_keys.rotate_signing_key(tmp_path, MOMENT)
    file = tmp_path / "signing-keys.jsonl"
    said = json.loads(file.read_text("utf-8"))
    said[change] = {"until": "2021-03-02T01:00:00+00:00"}.get(change, "ab" * 32)
    file.write_text(json.dumps(said) + "\n", "utf-8")
    for deed in (signing_keys.known_keys, lambda folder: signing_keys.rotate_signing_key(folder, MOMENT)):
        with pytest.raises(RendaError) as refusal:
            deed(tmp_path)
        assert (refusal.value.code, refusal.value.values["line"]) == ("keys.broken", 1)


def test_keys_of_a_broken_off_change_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "signing.key.new").write_text("nonsense", "ascii")
    _, fresh = signing_keys.rotate_signing_key(tmp_path, MOMENT)
    assert signer_in(tmp_path / "signing.key").public.hex() == fresh.public
    assert not (tmp_path / "signing.key.new").exists()
