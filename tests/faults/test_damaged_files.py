"""One flipped bit, a cut, a missing file, in each kind of file: noticed, named, and put right where it can be."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.store import age, create_journal, keyring, open_journal
from needlejournal.store.backup import make_backup
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.keys import KEYRING, RECOVERY, WrongPassphrase
from needlejournal.store.restore import restore
from needlejournal.workflows.safekeeping import encrypting, salvaging, watching_over
from tests.asked import snapshot
from tests.faults.scenes import NAME, NOW, PASSPHRASE, contents, fixed_keys, now, prove, timedelta
from tests.store.every_kind import fill

pytestmark = pytest.mark.faults
HOW = ("flip", "cut", "missing")
KEYS = fixed_keys()


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; these tests need not pay it each time."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "encrypted"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed journal with a copy of its database in it, and two backups of it. Only copies of it are damaged."""
    root = tmp_path_factory.mktemp("base")
    keys = KEYS if request.param else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age, "WORK_FACTOR", 4)
        journal = create_journal(root / NAME, "Mine", now=now, keyring=keys, passphrase=PASSPHRASE)
    fill(journal, 3)
    snapshot(journal, "before")
    for days in range(2):
        assert not make_backup(journal.backup_source(), root / "disk", NOW + timedelta(days=days)).damaged
    journal.close()
    return root


def damage(path: Path, how: str, chance: random.Random) -> None:
    """Break a file; a flipped bit is anywhere in it."""
    body = bytearray(path.read_bytes())
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(body[: chance.randrange(len(body))])
    else:
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        path.write_bytes(body)


def opened(root: Path):  # type: ignore[no-untyped-def]
    return open_journal(root / NAME, now=now, keyring=KEYS if _is_encrypted(root) else None)


def _is_encrypted(root: Path) -> bool:
    return any((root / NAME / name).exists() for name in (KEYRING, RECOVERY))


def before(root: Path) -> str:
    journal = opened(root)
    found = contents(journal)
    journal.close()
    return found


def the_database(root: Path, whole: str, how: str, chance: random.Random) -> None:
    damage(root / NAME / "journal.db", how, chance)
    with suppress(WorldError):  # a sentence, and nothing opens
        journal = opened(root)
        noticed = journal.read_only or journal.notices or journal.verify().database != "ok"
        journal.close()
        assert noticed, "silent damage"
    salvaging.go_back(root / NAME)
    journal = opened(root)
    assert prove(journal) == whole
    journal.close()


def a_photo(root: Path, whole: str, how: str, chance: random.Random) -> None:
    path = chance.choice(sorted((root / NAME / "photos").glob("*/*")))
    name = f"{path.parent.name}/{path.name}"
    damage(path, how, chance)
    journal = opened(root)
    found = journal.verify()
    assert (found.missing if how == "missing" else found.bad) == (name,) and not found.sound
    done = watching_over.put_right(journal, [name], root / "disk")
    assert done.restored == (name,) and prove(journal) == whole
    assert how == "missing" or any(path.name in one.name for one in (root / NAME / "quarantine").iterdir())
    journal.close()


def previews(root: Path, whole: str, how: str, chance: random.Random) -> None:
    damage(root / NAME / "previews.db", how, chance)
    journal = opened(root)
    for photo in journal.photos.all():
        with suppress(WorldError):
            journal.previews.get(photo.original.sha256)
    assert prove(journal) == whole
    journal.close()


def a_snapshot(root: Path, whole: str, how: str, chance: random.Random) -> None:
    damage(next((root / NAME / "snapshots").iterdir()), how, chance)
    assert salvaging.newest_good_copy(root / NAME) is None
    assert before(root) == whole


def a_small_file(name: str) -> Callable[[Path, str, str, random.Random], None]:
    def check(root: Path, whole: str, how: str, chance: random.Random) -> None:
        if (root / NAME / name).exists() and (root / NAME / name).stat().st_size:
            damage(root / NAME / name, how, chance)
        assert before(root) == whole

    return check


def the_keyring(root: Path, whole: str, how: str, chance: random.Random) -> None:
    if not _is_encrypted(root):
        return
    damage(root / NAME / KEYRING, how, chance)
    with pytest.raises(WorldError if how == "missing" else WrongPassphrase):
        keyring.unlock(root / NAME, PASSPHRASE)
    recovery = KEYS.identities[0].written()
    encrypting.change_passphrase(root / NAME, "", "another one of mine", recovery_key=recovery)
    assert keyring.unlock(root / NAME, "another one of mine") == KEYS
    assert before(root) == whole


def a_file_of_the_newest_backup(name: str) -> Callable[[Path, str, str, random.Random], None]:
    def check(root: Path, whole: str, how: str, chance: random.Random) -> None:
        newest = BackupFolder(root / "disk").versions()[0].folder
        if not (newest / name).exists():
            return
        damage(newest / name, how, chance)
        try:
            back = restore(root / "disk", root / "Back")
        except WorldError:
            back = restore(root / "disk", root / "Back", version="2025-03-08")
        assert back.version != newest.name or name == "complete.json"
        shutil.rmtree(root / NAME)
        (root / "Back").rename(root / NAME)
        assert before(root) == whole

    return check


def a_copy_in_the_backup(root: Path, whole: str, how: str, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "disk" / "photos").glob("*/*")))
    name = f"{path.parent.name}/{path.name}"
    damage(path, how, chance)
    assert restore(root / "disk", root / "Back").damaged == (name,)
    assert before(root) == whole


KINDS: dict[str, Callable[[Path, str, str, random.Random], None]] = {
    "journal.db": the_database,
    "an original": a_photo,
    "previews.db": previews,
    "a copy of the database": a_snapshot,
    "the seal": a_small_file("journal.seal"),
    "the lock": a_small_file("lock"),
    "README.txt": a_small_file("README.txt"),
    "the recovery keyring": a_small_file(RECOVERY),
    "the keyring": the_keyring,
    "a backup's database": a_file_of_the_newest_backup("journal.db"),
    "a backup's list": a_file_of_the_newest_backup("SHA256SUMS"),
    "a backup's mark": a_file_of_the_newest_backup("complete.json"),
    "a backup's keyring": a_file_of_the_newest_backup(KEYRING),
    "a backup's photo": a_copy_in_the_backup,
}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_noticed_and_put_right(
    kind: str, how: str, base: Path, tmp_path: Path, thorough: bool, tried: Callable[[str, int], None]
) -> None:
    whole = before(base)
    chance = random.Random(f"{kind} {how}")
    times = (25 if thorough else 1) if how != "missing" else 1
    for number in range(times):
        root = shutil.copytree(base, tmp_path / "root")
        try:
            KINDS[kind](root, whole, how, chance)
        except BaseException as error:
            error.add_note(f"damage {number}")
            raise
        shutil.rmtree(root)
    tried("damaged files", times)
