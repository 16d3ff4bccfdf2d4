"""The keys of an encrypted journal: opened by passphrase or recovery key, renewed, and never by anything else."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.store import age, keyring
from needlejournal.store.age_keys import Identity
from needlejournal.store.keyring import (
    checked_passphrase,
    save_for_passphrase,
    save_for_recovery,
    unlock,
    unlock_with_recovery,
)
from needlejournal.store.keys import KEYRING, RECOVERY, Keyring, WrongPassphrase, make_keyring
from tests.store.faults import refuse


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Keyring, Identity]:
    keys, recovery = make_keyring()
    save_for_recovery(tmp_path, keys)
    save_for_passphrase(tmp_path, keys, "six plain words")
    return keys, recovery


def test_passphrase_and_recovery_key_open_the_same_keys(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    keys, recovery = made
    assert unlock(tmp_path, "six plain words") == keys
    written = recovery.written()
    assert unlock_with_recovery(tmp_path, written) == keys
    on_paper = " ".join(written[start : start + 6] for start in range(0, len(written), 6)).lower()
    assert unlock_with_recovery(tmp_path, f" {on_paper}\n") == keys


def test_anything_else_is_answered_alike(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    answers = set()
    for wrong in ("", "six plain word", "Six plain words"):
        with pytest.raises(WrongPassphrase) as told:
            unlock(tmp_path, wrong)
        answers.add(str(told.value))
    for mistyped in (Identity.made().written(), "AGE-SECRET-KEY-1", ""):
        with pytest.raises(WrongPassphrase) as told:
            unlock_with_recovery(tmp_path, mistyped)
        answers.add(str(told.value))
    (tmp_path / KEYRING).write_bytes((tmp_path / KEYRING).read_bytes()[:-3])
    with pytest.raises(WrongPassphrase) as told:
        unlock(tmp_path, "six plain words")
    assert {str(told.value)} == answers


def test_letters_are_the_same_however_a_system_writes_them(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    save_for_passphrase(tmp_path, made[0], "gru\u0308n")
    assert unlock(tmp_path, "gr\u00fcn") == made[0]


def test_a_new_passphrase_replaces_the_old_one(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    save_for_passphrase(tmp_path, made[0], "other words")
    assert unlock(tmp_path, "other words") == made[0]
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, "six plain words")
    assert {path.name for path in tmp_path.iterdir()} == {KEYRING, RECOVERY}


def test_renewed_keys_keep_the_old_ones_until_they_are_let_go(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    keys, recovery = made
    renewed = keys.renewed()
    assert renewed.changing and not keys.changing
    assert renewed.database_keys[1:] == keys.database_keys and renewed.identities[1:] == keys.identities
    save_for_passphrase(tmp_path, renewed, "w")
    save_for_recovery(tmp_path, renewed)
    assert unlock(tmp_path, "w") == renewed == unlock_with_recovery(tmp_path, recovery.written())
    assert not set(renewed.newest().database_keys) & set(keys.database_keys) and not renewed.newest().changing


def test_a_keyring_is_for_its_owner_only_and_shows_no_key(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    for name in (KEYRING, RECOVERY):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert made[0].database_keys[0].hex() not in repr(made[0]) and "x" in repr(made[0].recovery)


def test_a_destroyed_keyring_is_called_so_and_the_other_key_still_opens(
    tmp_path: Path, made: tuple[Keyring, Identity]
) -> None:
    keys, recovery = made
    (tmp_path / KEYRING).write_bytes(bytes(400))
    with pytest.raises(WorldError, match=r"“keyring.age” in .* is damaged.*with the recovery key from your sheet"):
        unlock(tmp_path, "six plain words")
    assert unlock_with_recovery(tmp_path, recovery.written()) == keys
    save_for_passphrase(tmp_path, keys, "six plain words")
    (tmp_path / RECOVERY).write_bytes(b"")
    with pytest.raises(WorldError, match=r"“keyring-recovery.age” in .* is damaged.*with the passphrase"):
        unlock_with_recovery(tmp_path, recovery.written())
    assert unlock(tmp_path, "six plain words") == keys


def test_no_keyring_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"keyring\.age"):
        unlock(tmp_path, "x")


@pytest.mark.parametrize("text", ["", "# database-key: 00\n", "# database-key: zz\n", "AGE-SECRET-KEY-1\n"])
def test_a_file_that_opens_but_holds_no_keys_is_refused(tmp_path: Path, text: str, monkeypatch: object) -> None:
    keys, _ = make_keyring()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "_as_text", lambda _keys: text)
        save_for_recovery(tmp_path, keys)
        with pytest.raises((WorldError, age.NotOpened)):
            save_for_passphrase(tmp_path, keys, "x")
        with pytest.raises(WrongPassphrase):
            unlock_with_recovery(tmp_path, Identity.made().written())


def test_short_keys_are_refused(tmp_path: Path) -> None:
    keys, recovery = make_keyring()
    save_for_recovery(tmp_path, replace(keys, database_keys=(b"short",)))
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(tmp_path, recovery.written())


def test_keys_that_were_not_written_right_are_never_put_in_place(tmp_path: Path) -> None:
    keys, _ = make_keyring()
    other, _ = make_keyring()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "_parsed", lambda _text: other)
        with pytest.raises(WorldError, match="Nothing was changed"):
            save_for_passphrase(tmp_path, keys, "x")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("passphrase", ["", "  ", "two\nlines", "bell\a"])
def test_a_passphrase_that_cannot_be_typed_is_refused(passphrase: str) -> None:
    with pytest.raises(BadInput):
        checked_passphrase(passphrase)
    assert checked_passphrase("gru\u0308n") == "gr\u00fcn"


def test_a_disk_that_refuses_leaves_the_old_keyring(tmp_path: Path, made: tuple[Keyring, Identity]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        refuse(patch, "rename", errno.ENOSPC)
        with pytest.raises(WorldError, match="disk is full"):
            save_for_passphrase(tmp_path, made[0], "new")
    assert unlock(tmp_path, "six plain words") == made[0]
    assert {path.name for path in tmp_path.iterdir()} == {KEYRING, RECOVERY}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("name", [KEYRING, RECOVERY])
def test_keys_that_are_no_plain_file_are_not_waited_for(
    tmp_path: Path, made: tuple[Keyring, Identity], name: str
) -> None:
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(WorldError, match="no ordinary file"):
        unlock(tmp_path, "six plain words") if name == KEYRING else unlock_with_recovery(tmp_path, made[1].written())
