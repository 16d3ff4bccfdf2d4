"""Files in the age format: against pyrage as another reader and writer, against damage, and against the tool `age`."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.store import age
from needlejournal.store.age_keys import (
    SIGNS,
    Identity,
    NotAKey,
    Recipient,
    _expanded,
    _polymod,
    from_bech32,
    to_bech32,
)

SIZES = [0, 1, 65535, 65536, 65537, 131072, 300_000]


def sealed(contents: bytes, to: Recipient | str, step: int = 100_000) -> bytes:
    written = io.BytesIO()
    sealing = age.Sealing(written, to)
    for start in range(0, len(contents), step):
        sealing.write(contents[start : start + step])
    sealing.finish()
    return written.getvalue()


def contents_of(file: bytes, keys: list[Identity] | str) -> bytes:
    return b"".join(age.opened(io.BytesIO(file), keys))


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; tests of anything else need not pay it."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_opens_here_and_in_another_program(size: int) -> None:
    identity, contents = Identity.made(), os.urandom(size)
    file = sealed(contents, identity.recipient)
    assert contents_of(file, [identity]) == contents
    assert pyrage.decrypt(file, [pyrage.x25519.Identity.from_str(identity.written())]) == contents


@pytest.mark.parametrize("size", SIZES)
def test_what_another_program_wrote_opens_here(size: int) -> None:
    identity, other, contents = Identity.made(), Identity.made(), os.urandom(size)
    readers = [pyrage.x25519.Recipient.from_str(str(one.recipient)) for one in (other, identity)]
    assert contents_of(pyrage.encrypt(contents, readers), [identity]) == contents


def test_the_pieces_do_not_matter() -> None:
    identity, contents = Identity.made(), os.urandom(200_000)
    for step in (1000, 65536, 65537, 200_000):
        assert contents_of(sealed(contents, identity.recipient, step), [identity]) == contents


def test_a_passphrase_costs_what_the_design_says_and_opens_elsewhere() -> None:
    file = sealed(b"keys", "six words")
    assert file.splitlines()[1].startswith(b"-> scrypt ") and file.splitlines()[1].endswith(b" 18")
    assert pyrage.passphrase.decrypt(file, "six words") == b"keys"


def test_a_passphrase_opens_and_another_does_not(light: None) -> None:
    file = sealed(b"keys", "grüne Tinte")
    assert contents_of(file, "grüne Tinte") == b"keys"
    for wrong in ("grüne tinte", "", "grüne Tinte "):
        with pytest.raises(age.NotOpened):
            contents_of(file, wrong)


def test_a_foreign_file_cannot_make_us_work_for_hours(light: None) -> None:
    head, rest = sealed(b"keys", "x").split(b" 4\n", 1)
    for factor in (b"30", b"0", b"04", b"-1", b"1000"):
        with pytest.raises(age.NotOpened):
            contents_of(head + b" " + factor + b"\n" + rest, "x")


def test_a_stranger_opens_nothing() -> None:
    file = sealed(b"a face", Identity.made().recipient)
    assert not age.opens(io.BytesIO(file), [Identity.made()])
    with pytest.raises(age.NotOpened):
        contents_of(file, [Identity.made()])
    with pytest.raises(age.NotOpened):
        contents_of(file, "a passphrase")


def test_every_flipped_bit_and_every_cut_is_noticed() -> None:
    identity, contents = Identity.made(), os.urandom(66_000)
    file = sealed(contents, identity.recipient)
    for place in [*range(300), *range(300, len(file), 997), len(file) - 1]:
        damaged = bytearray(file)
        damaged[place] ^= 1 << place % 8
        with pytest.raises(age.NotOpened):
            contents_of(bytes(damaged), [identity])
    for length in [*range(300), 65536 + 200, 65536 + 216, len(file) - 1]:
        with pytest.raises(age.NotOpened):
            contents_of(file[:length], [identity])
    with pytest.raises(age.NotOpened):
        contents_of(file + b"x", [identity])


def test_an_empty_last_chunk_and_padding_are_refused() -> None:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    identity = Identity.made()
    written = io.BytesIO()
    sealing = age.Sealing(written, identity.recipient)
    for number, (plain, last) in enumerate(((b"x" * age.CHUNK, False), (b"", True))):
        assert isinstance(sealing._cipher, ChaCha20Poly1305) and sealing._number == number
        sealing._write_chunk(plain, last=last)
    with pytest.raises(age.NotOpened):
        contents_of(written.getvalue(), [identity])
    lines = sealed(b"a", identity.recipient).split(b"\n", 3)
    kind, share = lines[1].rsplit(b" ", 1)
    for other in (share + b"=", share[:-1] + b"B", share[:-1] + b"*"):
        with pytest.raises(age.NotOpened):
            contents_of(b"\n".join((lines[0], kind + b" " + other, *lines[2:])), [identity])


@given(st.binary(max_size=400))
def test_garbage_is_no_age_file(data: bytes) -> None:
    for file in (data, age.INTRO + b"\n" + data, age.INTRO + b"\n-> X25519 AA\n" + data):
        with pytest.raises(age.NotOpened):
            contents_of(file, [Identity(bytes(32))])


def test_keys_are_written_as_age_writes_them() -> None:
    identity = Identity.made()
    assert str(pyrage.x25519.Identity.from_str(identity.written()).to_public()) == str(identity.recipient)
    assert Identity.parse(identity.written()) == identity
    assert Recipient.parse(str(identity.recipient)) == identity.recipient
    assert "secret" not in repr(identity)


@given(st.binary(min_size=1, max_size=60))
def test_bech32_comes_back(data: bytes) -> None:
    assert from_bech32(to_bech32("age", data)) == ("age", data)


def test_a_mistyped_key_is_noticed() -> None:
    text = Identity.made().written()
    wrong = [text[:-1], text[:-1] + ("Q" if text[-1] != "Q" else "P"), text[:20] + "q" + text[21:], "", "1", "age1"]
    wrong += [str(Identity.made().recipient), to_bech32("age-secret-key-", b"short"), "AGE-SECRET-KEY-1QB" + text[17:]]
    values = [0] * 51 + [1]
    check = _polymod([*_expanded("age"), *values, *[0] * 6]) ^ 1
    padded = values + [check >> 5 * (5 - place) & 31 for place in range(6)]
    wrong += ["age1" + "".join(SIGNS[value] for value in [*padded[:-6], *padded[-6:]])]
    wrong += [to_bech32("age", b"")[:-6] + "q" * 7]
    for one in wrong:
        with pytest.raises(NotAKey):
            Identity.parse(one)


@pytest.mark.skipif(shutil.which("age") is None, reason="the tool age is not installed here")
def test_the_tool_age_opens_it(tmp_path: Path) -> None:
    identity = Identity.made()
    (tmp_path / "photo.age").write_bytes(sealed(b"a face" * 50_000, identity.recipient))
    (tmp_path / "keys.txt").write_text(identity.written())
    told = subprocess.run(
        ["age", "-d", "-i", "keys.txt", "photo.age"], cwd=tmp_path, capture_output=True, check=True
    )  # fmt: skip
    assert told.stdout == b"a face" * 50_000
