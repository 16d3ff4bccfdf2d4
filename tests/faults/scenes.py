"""What a person does with a journal while the disk fails or the power goes, and what must be true afterwards.

A scene prepares a folder, acts in it, and says what the person is told; `check` looks at what a disk holds after a cut,
through the same doors the person would use. It raises AssertionError, or whatever the program lets escape.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.sessions import Severity
from needlejournal.store import Journal, create_journal, keyring, open_journal
from needlejournal.store.age_keys import Identity
from needlejournal.store.backup import make_backup
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.database import Uncertain
from needlejournal.store.keys import KEYRING, Keyring, WrongPassphrase, is_locked
from needlejournal.store.restore import restore
from needlejournal.workflows.archives import archiving
from needlejournal.workflows.archives.originals_out import save_originals
from needlejournal.workflows.photos_in import importing
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.reporting.making import Made, save_report
from needlejournal.workflows.reporting.values import Report, ReportedOriginal
from needlejournal.workflows.safekeeping import encrypting, salvaging
from tests.asked import snapshot, with_trash
from tests.store.every_kind import WORD, add_photo, fill, picture
from tests.store.test_old_journals import JOURNALS, NOT_LATER

Tell = Callable[[Any], None]
NOW = datetime(2025, 3, 8, 12, tzinfo=UTC)
PASSPHRASE, OTHER = "grün six words", "six other words"
IN_TRASH = 3  # the number of the photo that `fill` puts into the trash
NAME = "Mine.needlejournal"


def now() -> datetime:
    """Nothing becomes old."""
    return NOW


@contextmanager
def opened(folder: Path, keys: Keyring | None = None) -> Iterator[Journal]:
    """The journal, for writing, with nothing to be said about it."""
    if keys:
        encrypting.finish_interrupted(folder, PASSPHRASE, keys)
    journal = open_journal(folder, now=now, keyring=keys)
    try:
        assert not journal.read_only, journal.why_read_only
        assert not [notice for notice in journal.notices if "version" in str(notice) or "cannot" in str(notice)]
        yield journal
    finally:
        journal.close()


def contents(journal: Journal) -> str:
    """Everything a person would miss, as one text."""
    photos = {one.uid: hashlib.sha256(journal.photo_bytes(one)).hexdigest() for one in with_trash(journal.photos)}
    listing = [(item.kind, item.id, item.what) for item in journal.trash.listing()]
    return json.dumps([journal.records(), photos, listing, journal.name], sort_keys=True)


def prove(journal: Journal, *, orphans: bool = True) -> str:
    """Nothing is damaged or half visible; gives what the person sees."""
    found = journal.verify()
    assert (found.bad, found.missing, found.database, found.unreadable) == ((), (), "ok", ()), found
    for name in found.orphans:  # a file that no row names is whole all the same
        digest = journal.originals.digest(name)
        assert digest is not None and (name.endswith(".age") or name[3:67] == digest), f"half of a photo: {name}"
    assert orphans or not found.orphans
    return contents(journal)


def read(folder: Path, keys: Keyring | None = None) -> str:
    """Open, prove, close."""
    with opened(folder, keys) as journal:
        return prove(journal)


def marks_in(folder: Path, *marks: bytes) -> list[str]:
    """The files below a folder with one of these bytes in their name or in themselves."""
    return [
        f"{path.relative_to(folder)}: {mark!r}"
        for path in folder.rglob("*")
        if path.is_file() and path.name != "README.txt"
        for body in [path.read_bytes() + path.name.encode()]
        for mark in marks
        if mark in body
    ]


class Scene:
    """One piece of work. `keys` make its journal an encrypted one."""

    keys: Keyring | None = None
    may_fail = False  # the disk refuses something on the way
    goes_on = True  # and takes the next thing

    def __init__(self, keys: Keyring | None = None) -> None:
        self.keys = keys

    def prepare(self, root: Path) -> None:
        """Make what is there before."""
        journal = create_journal(root / NAME, "Mine", now=now, keyring=self.keys, passphrase=PASSPHRASE)
        fill(journal, 3)
        self.more(journal)
        journal.close()
        self.before = read(root / NAME, self.keys)

    def more(self, journal: Journal) -> None:
        """What this scene's journal holds besides."""

    def act(self, root: Path, tell: Tell) -> None:
        """Do it."""
        raise NotImplementedError

    def reopen(self, root: Path) -> None:
        """What a person does first after a power cut."""
        with opened(root / NAME, self.keys):
            pass

    def check(self, root: Path, told: list[Any]) -> None:
        """What must be true of what is there."""
        raise NotImplementedError


class Creating(Scene):
    """A new journal."""

    def prepare(self, root: Path) -> None:
        pass

    def act(self, root: Path, tell: Tell) -> None:
        journal = create_journal(root / NAME, "Mine", now=now, keyring=self.keys, passphrase=PASSPHRASE)
        tell("made")
        journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        try:
            read(root / NAME, self.keys)
        except WorldError:
            assert not told
            create_journal(root / NAME, "Mine", now=now, keyring=self.keys, passphrase=PASSPHRASE).close()
            read(root / NAME, self.keys)


class Importing(Scene):
    """Photos from a card, two to a commit."""

    MANY = 5

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        (root / "card").mkdir()
        self.pictures = {hashlib.sha256(body).hexdigest(): body for body in map(picture, range(20, 20 + self.MANY))}
        for sha256, body in self.pictures.items():
            (root / "card" / f"{sha256}.jpg").write_bytes(body)
        with opened(root / NAME, self.keys) as journal:
            self.plan = importing.look(journal, [root / "card"], load_catalogue(paths.resources()))
        assert len(self.plan.to_save) == self.MANY
        self.before = read(root / NAME, self.keys)

    def act(self, root: Path, tell: Tell) -> None:
        class Reports(Unattended):
            def report(_self, progress: Any, /) -> None:  # noqa: N805 (the scene is `self`)
                tell(progress.done if not self.may_fail else 0)

        journal = open_journal(root / NAME, now=now, keyring=self.keys)
        done = importing.import_all(journal, self.plan, Reports())
        assert not done.failed or self.may_fail, done.failed
        if done.failed and self.goes_on:
            prove(journal)
        journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        with opened(root / NAME, self.keys) as journal:
            prove(journal)
            there = {photo.original.sha256: photo for photo in journal.photos.all()}
            saved = [item.sha256 for item in self.plan.to_save]
            for sha256 in saved[: (told or [0])[-1]]:
                assert journal.photo_bytes(there[sha256]) == self.pictures[sha256]
            assert json.loads(self.before)[1].items() <= json.loads(contents(journal))[1].items()
            again = replace(self.plan, items=tuple(one for one in self.plan.items if one.sha256 not in there))
            importing.import_all(journal, again)
            prove(journal, orphans=bool(self.keys))  # a plain orphan is adopted; a sealed one is shown
            assert set(saved) <= {photo.original.sha256 for photo in journal.photos.all()}


class _InTurn:
    """Identities of new rows that are the same in every run, in place of random ones."""

    def __init__(self) -> None:
        self.number = 0

    def token_hex(self, _size: int) -> str:
        self.number += 1
        return f"{self.number:032x}"


class Editing(Scene):
    """A note, a changed session, the trash and back, undo and redo, a draft."""

    def act(self, root: Path, tell: Tell) -> None:
        self.states = [self.before]
        journal = open_journal(root / NAME, now=now, keyring=self.keys)
        with patch("needlejournal.store.rows.secrets", _InTurn()):
            for edit in self.edits(journal):
                self._carry_out(edit, journal)
                self.states.append(contents(journal))
                tell(len(self.states) - 1)
        journal.close()

    def _carry_out(self, edit: Callable[[], object], journal: Journal) -> None:
        try:
            edit()
        except Uncertain:
            self.states.append(contents(journal))  # nobody said that nothing was changed
            raise
        except WorldError:
            assert self.may_fail and contents(journal) == self.states[-1]  # "Nothing was changed"
            if not self.goes_on:
                raise
            edit()

    def edits(self, journal: Journal) -> Iterator[Callable[[], object]]:
        """Each is one step of the person."""
        session = journal.sessions.all()[0]
        photo = journal.photos.all()[0]

        def in_step(work: Callable[[], object]) -> Callable[[], object]:
            def step() -> None:
                with journal.step("Edit"):
                    work()

            return step

        yield in_step(lambda: journal.day_notes.save(DayNote(date(2025, 3, 9), "A new note. " * 400)))
        yield in_step(lambda: journal.photos.trash(photo.id))
        yield journal.history.undo
        yield journal.history.redo
        yield in_step(lambda: journal.photos.restore(photo.id))
        yield in_step(
            lambda: [
                journal.side_effects.save(SideEffect(date(2025, 3, 10 + n), "redness", Severity.MILD)) for n in range(9)
            ]
        )
        yield in_step(lambda: journal.sessions.trash(session.id))
        yield journal.history.undo
        yield lambda: journal.rename("Other")

    def check(self, root: Path, told: list[Any]) -> None:
        known = (told or [0])[-1]
        assert read(root / NAME, self.keys) in self.states[known : known + 2]


class Migrating(Scene):
    """A journal of the first version is opened."""

    def prepare(self, root: Path) -> None:
        with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
            archive.extractall(root)

    def reopen(self, root: Path) -> None:
        open_journal(root / NAME, now=lambda: NOT_LATER).close()

    def act(self, root: Path, tell: Tell) -> None:
        journal = open_journal(root / NAME, now=lambda: NOT_LATER)
        self.before = contents(journal)
        tell("opened")
        journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        journal = open_journal(root / NAME, now=lambda: NOT_LATER)
        assert not journal.read_only
        assert prove(journal) == self.before
        journal.close()


class ChangingPassphrase(Scene):
    """Another passphrase for the same keys."""

    def act(self, root: Path, tell: Tell) -> None:
        encrypting.change_passphrase(root / NAME, PASSPHRASE, OTHER)
        tell("changed")

    def check(self, root: Path, told: list[Any]) -> None:
        assert read(root / NAME, _unlocked(root / NAME, *([OTHER] if told else [OTHER, PASSPHRASE]))) == self.before


def _unlocked(folder: Path, *passphrases: str) -> Keyring:
    for passphrase in passphrases:
        try:
            return keyring.unlock(folder, passphrase)
        except WrongPassphrase:
            continue
    raise AssertionError("no passphrase opens it")


MARKS = (WORD.encode(), b"JFIF\0\1", b"SQLite format 3", "Grüße".encode())


class Encrypting(Scene):
    """A passphrase for a journal that had none."""

    def more(self, journal: Journal) -> None:
        (journal.folder / "quarantine" / "found.jpg").write_bytes(picture(7))
        (journal.folder / "photos" / "ab").mkdir(exist_ok=True)
        (journal.folder / "photos" / "ab" / ("ab" * 32 + ".jpg")).write_bytes(picture(8))
        snapshot(journal, "before")

    def prepare(self, root: Path) -> None:
        journal = create_journal(root / NAME, "Mine", now=now)
        fill(journal, 3)
        self.before = contents(journal)
        self.more(journal)
        journal.close()
        self.finished = False

    def reopen(self, root: Path) -> None:
        if is_locked(root / NAME):
            encrypting.open_unlocked(root / NAME, PASSPHRASE).close()
        else:
            open_journal(root / NAME, now=now).close()

    def act(self, root: Path, tell: Tell) -> None:
        encrypting.encrypt(root / NAME, PASSPHRASE)
        tell("encrypted")

    def check(self, root: Path, told: list[Any]) -> None:
        folder = root / NAME
        if told:
            assert is_locked(folder) and not marks_in(folder, *MARKS)
        if is_locked(folder):
            encrypting.open_unlocked(folder, PASSPHRASE).close()
            self._look(folder, _unlocked(folder, PASSPHRASE))
            assert (found := marks_in(folder, *MARKS)) == [], found
        else:
            self._look(folder, None)
            encrypting.encrypt(folder, PASSPHRASE)
            self._look(folder, _unlocked(folder, PASSPHRASE))

    def _look(self, folder: Path, keys: Keyring | None) -> None:
        with opened(folder, keys) as journal:
            found = journal.verify()
            assert (found.bad, found.missing, found.database) == ((), (), "ok"), found
            assert contents(journal) == self.before


class Decrypting(Encrypting):
    """The passphrase is taken away again."""

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        encrypting.encrypt(root / NAME, PASSPHRASE)

    def act(self, root: Path, tell: Tell) -> None:
        encrypting.decrypt(root / NAME, PASSPHRASE)
        tell("decrypted")

    def check(self, root: Path, told: list[Any]) -> None:
        folder = root / NAME
        if is_locked(folder):
            assert not told
            encrypting.open_unlocked(folder, PASSPHRASE).close() if is_locked(folder) else None
        self._look(folder, _unlocked(folder, PASSPHRASE) if is_locked(folder) else None)


class ChangingKeys(Encrypting):
    """Everything is written anew under new keys."""

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        encrypting.encrypt(root / NAME, PASSPHRASE)
        self.old = _unlocked(root / NAME, PASSPHRASE)

    def act(self, root: Path, tell: Tell) -> None:
        encrypting.change_keys(root / NAME, PASSPHRASE)
        tell("changed")

    def check(self, root: Path, told: list[Any]) -> None:
        folder = root / NAME
        encrypting.open_unlocked(folder, PASSPHRASE).close()
        found = _unlocked(folder, PASSPHRASE)
        assert not told or found.identities != self.old.identities
        assert not found.changing
        self._look(folder, found)
        assert (left := marks_in(folder, *MARKS)) == [], left


class Purging(Scene):
    """A photo in the trash goes for good; a snapshot and the quarantine hold it too."""

    def more(self, journal: Journal) -> None:
        snapshot(journal, "before")
        if not self.keys:
            (journal.folder / "quarantine" / "found.jpg").write_bytes(picture(IN_TRASH))

    def act(self, root: Path, tell: Tell) -> None:
        journal = open_journal(root / NAME, now=now, keyring=self.keys)
        journal.trash.purge(journal.trash.listing())
        tell("gone")
        journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        gone = picture(IN_TRASH)
        marks = (
            f" {WORD} {IN_TRASH} ".encode(),
            f"{WORD}_{IN_TRASH}.jpg".encode(),
            hashlib.sha256(gone).hexdigest().encode(),
        )
        if told and not self.keys:
            assert (found := marks_in(root / NAME, *marks)) == [], found
        with opened(root / NAME, self.keys) as journal:
            records, photos, _, name = json.loads(prove(journal))
            before = json.loads(self.before)
            assert (records, name) == (before[0], before[3])
            is_there = bool(journal.trash.listing())
            assert not (is_there and told)
            assert len(photos) == 3 + is_there and len(journal.originals.names()) == 3 + is_there
        if not is_there:
            assert (found := marks_in(root / NAME, *marks)) == [], found


class BackingUp(Scene):
    """A second backup, with more in the journal than in the first."""

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        with opened(root / NAME, self.keys) as journal:
            make_backup(journal.backup_source(), root / "disk", NOW)
            with journal.step("More"):
                for number in range(2):
                    add_photo(journal, 40 + number)
        self.first = self.before
        self.before = read(root / NAME, self.keys)

    def act(self, root: Path, tell: Tell) -> None:
        journal = open_journal(root / NAME, now=now, keyring=self.keys)
        done = make_backup(journal.backup_source(), root / "disk", NOW + timedelta(days=1))
        assert not done.damaged
        tell("backed up")
        journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        assert read(root / NAME, self.keys) == self.before
        self._restored(root, "2025-03-08", self.first)
        if told:
            assert len(BackupFolder(root / "disk").versions()) == 2
        if len(BackupFolder(root / "disk").versions()) == 2:
            self._restored(root, "2025-03-09", self.before)
        else:
            with opened(root / NAME, self.keys) as journal:
                assert not make_backup(journal.backup_source(), root / "disk", NOW + timedelta(days=2)).damaged
            self._restored(root, "2025-03-10", self.before)
        assert not list((root / "disk").rglob("*.part")) or not told

    def _restored(self, root: Path, version: str, expected: str) -> None:
        back = restore(root / "disk", root / f"Back {version}", version=version)
        assert not back.damaged and read(back.folder, self.keys) == expected


class Restoring(Scene):
    """A journal is made of a backup."""

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        with opened(root / NAME, self.keys) as journal:
            make_backup(journal.backup_source(), root / "disk", NOW)

    def act(self, root: Path, tell: Tell) -> None:
        assert not restore(root / "disk", root / "New.needlejournal").damaged
        tell("restored")

    def check(self, root: Path, told: list[Any]) -> None:
        new = root / "New.needlejournal"
        assert new.exists() or not told
        if not new.exists():
            assert not restore(root / "disk", new).damaged
        assert read(new, self.keys) == self.before
        assert not (new / KEYRING).exists() or self.keys


class GoingBack(Scene):
    """A damaged database is replaced by the newest good copy of it."""

    def more(self, journal: Journal) -> None:
        self.copied = contents(journal)
        snapshot(journal, "before")
        with journal.step("More"):
            journal.day_notes.save(DayNote(date(2025, 3, 20), "Written since."))

    def act(self, root: Path, tell: Tell) -> None:
        salvaging.go_back(root / NAME)
        tell("back")

    def check(self, root: Path, told: list[Any]) -> None:
        assert read(root / NAME) in ([self.copied] if told else [self.copied, self.before])
        if told:
            kept = [path for path in (root / NAME / "quarantine").iterdir() if path.name.endswith("journal.db")]
            assert len(kept) == 1 and kept[0].read_bytes()[:15] == b"SQLite format 3"


class Exporting(Scene):
    """Something leaves the journal, in place of an older export of the same name where there may be one."""

    def prepare(self, root: Path) -> None:
        super().prepare(root)
        (root / "out").mkdir()
        shutil.copytree(root / NAME, root / "twin")
        with opened(root / "twin", self.keys) as journal:
            self.export(journal, root / "out")
        self.whole = _bodies(root / "out")
        shutil.rmtree(root / "twin")
        shutil.rmtree(root / "out")
        (root / "out").mkdir()
        self.older = dict.fromkeys(self.older_names(self.whole), b"of last week")
        for name, body in self.older.items():
            (root / "out" / name).write_bytes(body)

    def older_names(self, whole: Iterable[str]) -> list[str]:
        """The files that an older export left."""
        return list(whole)

    def export(self, journal: Journal, out: Path) -> None:
        """Write it below `out`."""
        raise NotImplementedError

    def act(self, root: Path, tell: Tell) -> None:
        journal = open_journal(root / NAME, now=now, keyring=self.keys)
        try:
            self.export(journal, root / "out")
            tell("exported")
        finally:
            journal.close()

    def check(self, root: Path, told: list[Any]) -> None:
        assert read(root / NAME, self.keys) == self.before
        there = _bodies(root / "out")
        left = [name for name in there if name.startswith(".")]
        assert not left or not (told or self.may_fail), left  # a crash may leave one, which nobody takes for an export
        shown = {name: body for name, body in there.items() if not name.startswith(".")}
        for name, body in shown.items():
            assert body in {self.whole.get(name), self.older.get(name)}, f"half of {name}"
        assert self.older.keys() <= shown.keys()
        assert not told or shown == self.whole


def _bodies(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class ExportingAll(Exporting):
    """The open archive."""

    def export(self, journal: Journal, out: Path) -> None:
        archiving.export_archive(journal, out / "all.zip", load_catalogue(paths.resources()))


class TakingOut(Exporting):
    """Chosen photos as files; none takes another's place."""

    def older_names(self, whole: Iterable[str]) -> list[str]:
        return []

    def export(self, journal: Journal, out: Path) -> None:
        done = save_originals(journal, journal.photos.all(), out)
        for _name, why in done.failed:
            raise WorldError(why)


class HandingOver(Exporting):
    """A report with the original photos in a folder beside it."""

    def older_names(self, whole: Iterable[str]) -> list[str]:
        return ["visit.pdf"]

    def export(self, journal: Journal, out: Path) -> None:
        photos = journal.photos.all()
        originals = tuple(ReportedOriginal(f"{one.id}.jpg", one.original.sha256, one) for one in photos)
        report = Report("reaction", "a4", "", "", (), "", "", "", {}, originals=originals)
        made = Made(b"%PDF-1.7 " * 400, report)
        save_report(out / "visit.pdf", made, journal, Unattended())

    def check(self, root: Path, told: list[Any]) -> None:
        super().check(root, told)
        there = _bodies(root / "out")
        if there.get("visit.pdf") == self.whole["visit.pdf"]:
            assert self.whole.keys() <= there.keys(), "a report that speaks of photos which are not there"
        folder = root / "out" / "visit original photos"
        assert not folder.exists() or {f"{folder.name}/{path.name}" for path in folder.iterdir()} <= self.whole.keys()
        assert not folder.exists() or len(list(folder.iterdir())) == len(self.whole) - 1, "half of the photos"


def fixed_keys() -> Keyring:
    """The same keys in every run."""
    identity = Identity(hashlib.sha256(b"identity").digest())
    return Keyring((hashlib.sha256(b"database").digest(),), (identity,), identity.recipient)


PLAIN: dict[str, Callable[[], Scene]] = {
    "creating": Creating,
    "importing": Importing,
    "editing": Editing,
    "migrating": Migrating,
    "encrypting": Encrypting,
    "purging": Purging,
    "backing up": BackingUp,
    "restoring": Restoring,
    "going back": GoingBack,
    "exporting all": ExportingAll,
    "taking photos out": TakingOut,
    "handing a report over": HandingOver,
}
SEALED: dict[str, Callable[[], Scene]] = {
    f"{name}, encrypted": (lambda kind=kind: kind(fixed_keys()))  # type: ignore[misc]
    for name, kind in (
        ("creating", Creating), ("importing", Importing), ("editing", Editing), ("purging", Purging),
        ("backing up", BackingUp), ("restoring", Restoring),
        ("changing the passphrase", ChangingPassphrase), ("exporting all", ExportingAll),
    )
}  # fmt: skip
SCENES = {**PLAIN, **SEALED, "decrypting": Decrypting, "changing keys": ChangingKeys}
