"""The open export and its way back: whole, identical, nothing twice; and archives that mean harm."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.sessions import Severity
from needlejournal.store import Cancelled, Journal, create_journal, open_journal
from needlejournal.workflows.archives.archiving import export_archive, import_archive
from needlejournal.workflows.archives.zip_reading import CheckedZip, is_safe_name
from tests.store.every_kind import fill

Change = Callable[[dict[str, Any]], object]


def bag_reader() -> ModuleType:
    """The Library of Congress's own reader. It asks an old part of setuptools for its version, which is gone."""
    stand_in = ModuleType("pkg_resources")
    stand_in.DistributionNotFound = LookupError  # type: ignore[attr-defined]
    stand_in.get_distribution = {}.__getitem__  # type: ignore[attr-defined]
    sys.modules.setdefault("pkg_resources", stand_in)
    return import_module("bagit")


NAME = "Full.needlejournal"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A closed journal with something of every kind, and its archive; only to be read and copied."""
    root = tmp_path_factory.mktemp("base")
    made = create_journal(root / NAME)
    fill(made)
    export_archive(made, root / "full.zip", catalogue)
    made.close()
    return root


@pytest.fixture
def full(base: Path, tmp_path: Path) -> Iterator[Journal]:
    shutil.copytree(base / NAME, tmp_path / NAME)
    opened = open_journal(tmp_path / NAME)
    yield opened
    opened.close()


@pytest.fixture
def archive(base: Path) -> Path:
    return base / "full.zip"


def take_in(journal: Journal, path: Path) -> Any:
    with CheckedZip(path) as archive:
        return import_archive(journal, archive)


def rewritten(path: Path, change: Change, target: Path) -> Path:
    """The same bag with another journal.json, its manifests put right."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    top = next(iter(files)).split("/")[0]
    document = json.loads(files[f"{top}/data/journal.json"])
    change(document)
    files[f"{top}/data/journal.json"] = json.dumps(document).encode()
    listed = [name for name in files if name.startswith(f"{top}/data/")]
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name[len(top) + 1 :]}\n" for name in listed]
    files[f"{top}/manifest-sha256.txt"] = "".join(lines).encode()
    with zipfile.ZipFile(target, "w") as new:
        for name, contents in files.items():
            new.writestr(name, contents)
    return target


def test_export_import_export_is_identical_and_twice_changes_nothing(
    full: Journal, archive: Path, journal: Journal, tmp_path: Path, catalogue: Catalogue
) -> None:
    with journal.step("Name"):
        journal.rename(full.name)
    came = take_in(journal, archive)
    assert came.added["photo"] == full.counts().photos and not came.already
    export_archive(journal, tmp_path / "again.zip", catalogue)
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert journal.verify().sound and not journal.verify().orphans
    again = take_in(journal, archive)
    assert not again.added and not again.differing
    export_archive(journal, tmp_path / "again.zip", catalogue)
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert journal.verify().sound and not journal.verify().orphans


def test_standard_tools_find_it_whole(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "out")
        assert {told.compress_type for told in opened.infolist()} == {zipfile.ZIP_STORED}
    top = next((tmp_path / "out").iterdir())
    bag_reader().Bag(str(top)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=top, check=True)
    assert {"journal.json", "calendar.ics", "csv", "photos"} == {path.name for path in (top / "data").iterdir()}
    assert "Grüße, 雪" in (top / "data/csv/day_note.csv").read_text("utf-8-sig")


def test_the_trash_stays_out(full: Journal, archive: Path) -> None:
    gone = full.trash.listing()
    assert [item.kind for item in gone] == ["photo"]
    with zipfile.ZipFile(archive) as opened:
        names = "".join(opened.namelist())
        document = opened.read(next(name for name in opened.namelist() if name.endswith("journal.json")))
    photo = full.photos.get(gone[0].id, trashed=True)
    assert photo and photo.original.sha256[:16] not in names and photo.original.sha256.encode() not in document


def test_deleted_things_come_back_from_an_archive(full: Journal, archive: Path, tmp_path: Path) -> None:
    before = full.records()
    with full.step("Delete"):
        for kind in ("session", "photo", "day_note"):
            row = full.rows_of(kind).all()[0]
            full.rows_of(kind).trash(row.id)
        purged = full.photos.all()[0]
        full.photos.trash(purged.id)
    full.trash.purge([item for item in full.trash.listing() if item.id == purged.id and item.kind == "photo"])
    take_in(full, archive)
    assert full.records() == before and full.verify().sound


def test_what_is_here_is_read_and_put_back_from_the_archive(full: Journal, archive: Path) -> None:
    broken, missing = [full.folder / "photos" / name for name in full.photos.stored_names().values()][:2]
    broken.write_bytes(b"nothing of it")
    missing.unlink()
    came = take_in(full, archive)
    assert (came.mended, came.broken, sum(came.added.values())) == (2, 0, 0)
    assert full.verify().sound
    assert take_in(full, archive).mended == 0


def test_another_journal_is_added_beside_what_is_here(archive: Path, journal: Journal) -> None:
    day = date(2025, 3, 8)
    with journal.step("Mine"):
        journal.day_notes.save(DayNote(day, "My own words."))
        journal.side_effects.save(SideEffect(day, "redness", Severity.MILD))
    came = take_in(journal, archive)
    assert came.already >= 1
    note = next(note for note in journal.day_notes.all() if note.day == day)
    assert note.text.startswith("My own words.") and note.text.endswith("=1+1")
    twice = take_in(journal, archive)
    assert not twice.added and note == next(note for note in journal.day_notes.all() if note.day == day)


def test_a_missing_original_is_left_out_and_named(full: Journal, tmp_path: Path, catalogue: Catalogue) -> None:
    photo = full.photos.all()[0]
    full.originals.remove(photo.original.stored_name)
    done = export_archive(full, tmp_path / "full.zip", catalogue)
    assert done.left_out == (photo.original.file_name,) and done.photos == full.counts().photos - 1
    fresh = create_journal(tmp_path / "Fresh.needlejournal")
    assert take_in(fresh, tmp_path / "full.zip").added["photo"] == done.photos
    fresh.close()


class Stopping:
    """Somebody presses cancel after a few steps."""

    def __init__(self, after: int) -> None:
        self.left = after

    @property
    def cancelled(self) -> bool:
        return self.left <= 0

    def report(self, progress: object, /) -> None:
        self.left -= 1


@pytest.mark.parametrize("after", [0, 2, 6, 22, 23])
def test_stopping_leaves_nothing_behind(
    full: Journal, archive: Path, journal: Journal, tmp_path: Path, catalogue: Catalogue, after: int
) -> None:
    with CheckedZip(archive) as opened, pytest.raises(Cancelled):
        import_archive(journal, opened, Stopping(after))
    assert not journal.originals.names() and not journal.counts().photos
    if after < 3:
        with pytest.raises(Cancelled):
            export_archive(full, tmp_path / "stopped.zip", catalogue, Stopping(after))
        assert not (tmp_path / "stopped.zip").exists() and not list(tmp_path.glob(".*"))


def set_in(kind: str, name: str, value: object) -> Change:
    return lambda document: document["records"][kind][0].__setitem__(name, value)


NONSENSE: dict[str, Change] = {
    "format that is a list": set_in("photo", "format", ["jpeg"]),
    "a day that is none": set_in("session", "day", "2025-02-30"),
    "a day in words": set_in("day_note", "day", "yesterday"),
    "a severity beyond all": set_in("side_effect", "severity", 9),
    "a number for a text": set_in("session", "notes", {"a": 1}),
    "a list of numbers": set_in("session", "tags", 7),
    "no uid": set_in("session", "uid", ""),
    "a uid with a quote": set_in("session", "uid", "a'; DROP TABLE session"),
    "an unknown treatment's needle": set_in("session", "needles", [{"zone": "chin", "length_um": 99_999, "passes": 1}]),
    "a needle too many": set_in("session", "needles", [{"zone": "chin", "depth": 1}]),
    "a photo without a file": set_in("photo", "file", "photos/none.jpg"),
    "another hash": set_in("photo", "sha256", "0" * 64),
    "a hash that is a path": set_in("photo", "sha256", "../../x"),
    "a picture wider than the world": set_in("photo", "width", 10**12),
    "an unknown format": set_in("photo", "format", "exe"),
    "no day": lambda document: document["records"]["photo"][0].pop("day"),
    "the same uid twice": lambda document: document["records"]["session"].append(document["records"]["session"][0]),
    "records that are no list": lambda document: document["records"].__setitem__("session", {"a": 1}),
    "a record that is no record": lambda document: document["records"].__setitem__("photo", [3]),
    "photos that are no list": lambda document: document["records"].__setitem__("photo", 3),
    "half a pair of UTF-16": lambda document: document["records"]["photo"][0].__setitem__("note", "a\ud800b"),
    "no records": lambda document: document.pop("records"),
    "a table in a hash": set_in("photo", "sha256", {"a": 1}),
    "a list for a day": set_in("day_note", "day", [1]),
    "a number for a day": set_in("side_effect", "day", 5.5),
    "tags that are no list": set_in("day_note", "tags", {"a": 1}),
    "a judgement nobody knows": set_in("rating", "judgement", "splendid"),
    "a matrix of words": set_in("alignment", "a", "much"),
    "half a letter": set_in("session", "notes", "\ud800"),
    "another format": lambda document: document.__setitem__("format", "x"),
    "a later version": lambda document: document.__setitem__("version", 99),
    "a column of later": set_in("session", "mood", 3),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_refused_whole(archive: Path, journal: Journal, tmp_path: Path, what: str) -> None:
    changed = rewritten(archive, NONSENSE[what], tmp_path / "changed.zip")
    with pytest.raises(WorldError):
        take_in(journal, changed)
    assert journal.records() == {kind: [] for kind in journal.records()} and not journal.originals.names()


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for told, contents in entries:
            archive.writestr(told, contents)
    return made.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    told = zipfile.ZipInfo(name)
    told.external_attr = (stat.S_IFLNK | 0o777) << 16
    return told


BAD_NAMES = [
    "../evil", "/etc/passwd", "a/../../evil", "C:/evil", "a\\..\\evil", "con", "a/NUL.txt", "a/com1.jpg", "a/b.",
    "a/b ", "a//b", "./a", "a/b\x1b", "a:stream", "x" * 300, "/".join("a" * 600),
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert not is_safe_name(name) and is_safe_name("a/b c-d_é.jpg")
    (tmp_path / "evil.zip").write_bytes(zipped([("bag/bagit.txt", b""), (name, b"x")]))
    with pytest.raises(WorldError, match="Nothing of it was imported"):
        CheckedZip(tmp_path / "evil.zip")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a link": lambda: zipped([(link("bag/data/photos"), b"/etc")]),
    "a bomb": lambda: zipped([("bag/a", bytes(60 << 20))], zipfile.ZIP_DEFLATED),
    "twice by case": lambda: zipped([("bag/a.txt", b"1"), ("bag/A.TXT", b"2")]),
    "twice by folder": lambda: zipped([("bag/a/", b""), ("bag/a", b"2")]),
    "no zip": lambda: b"PK\3\4 but no",
    "nothing": lambda: b"",
    "cut off": lambda: zipped([("bag/a.txt", b"1" * 1000)])[:-40],
    "packed otherwise": lambda: zipped([("bag/a.txt", b"1" * 1000)], zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_archives_are_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "evil.zip").write_bytes(HOSTILE[what]())
    with pytest.raises(WorldError, match="imported"):
        CheckedZip(tmp_path / "evil.zip")


def test_an_archive_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="no longer there"):
        CheckedZip(tmp_path / "none.zip")


def test_lying_sizes_are_noticed(archive: Path, journal: Journal, tmp_path: Path) -> None:
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as opened:
        told = next(one for one in opened.infolist() if one.filename.endswith(".jpg"))
    central = data.rindex(told.filename.encode()) - 46
    for size in (told.file_size - 1, told.file_size + 1, 1, 2**31):
        lying = bytearray(data)
        lying[central + 24 : central + 28] = size.to_bytes(4, "little")
        (tmp_path / "lying.zip").write_bytes(lying)
        with pytest.raises(WorldError, match="imported"):
            take_in(journal, tmp_path / "lying.zip")
        assert not journal.originals.names()


def test_every_kind_of_damage_in_a_bag_is_noticed(archive: Path, journal: Journal, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    manifest = next(name for name in files if name.endswith("/manifest-sha256.txt"))
    photo = next(name for name in files if name.endswith(".jpg"))
    top = photo.split("/")[0]
    changes: list[dict[str, bytes | None]] = [
        {photo: files[photo][:-1] + b"x"},
        {photo: None},
        {f"{top}/data/more.txt": b"a file nobody listed"},
        {manifest: None},
        {manifest: files[manifest] + files[manifest].splitlines(keepends=True)[0]},
        {manifest: files[manifest].replace(b"data/", b"../", 1)},
        {f"{top}/bagit.txt": None},
        {"second/bagit.txt": b""},
        {f"{top}/data/journal.json": b"{"},
    ]
    for change in changes:
        changed = {name: contents for name, contents in {**files, **change}.items() if contents is not None}
        (tmp_path / "damaged.zip").write_bytes(zipped(list(changed.items())))
        with pytest.raises(WorldError, match=r"imported|no sense"):
            take_in(journal, tmp_path / "damaged.zip")
        assert not journal.originals.names() and not journal.counts().sessions


@pytest.mark.parametrize("document", [b"[1]", b"{", b"[" * 100_000, b"{}", b"\xff"])
def test_a_bag_without_a_journal_is_refused(journal: Journal, tmp_path: Path, document: bytes) -> None:
    for name in ("journal.json", "other.json"):
        line = f"{hashlib.sha256(document).hexdigest()}  data/{name}\n".encode()
        entries: list[tuple[zipfile.ZipInfo | str, bytes]] = [
            ("bagit.txt", b""), ("manifest-sha256.txt", line), (f"data/{name}", document)
        ]  # fmt: skip
        (tmp_path / "odd.zip").write_bytes(zipped(entries))
        with pytest.raises(WorldError, match=r"imported"):
            take_in(journal, tmp_path / "odd.zip")


def test_a_journal_for_viewing_only_takes_nothing_in(
    archive: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "why_read_only", "for viewing only")
    with pytest.raises(WorldError, match="for viewing only"):
        take_in(journal, archive)


def test_a_disk_that_refuses_the_archive_is_said(
    full: Journal, tmp_path: Path, catalogue: Catalogue
) -> None:  # fmt: skip
    with pytest.raises(WorldError, match="was not saved"):
        export_archive(full, tmp_path / "nowhere" / "full.zip", catalogue)


def test_an_archive_that_goes_away_while_it_is_read_is_said(
    archive: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "no such disk")

    with CheckedZip(archive) as opened:
        monkeypatch.setattr(zipfile.ZipFile, "open", fails)
        with pytest.raises(WorldError, match="cannot be read"):
            import_archive(journal, opened)


def test_rows_that_lost_what_they_belong_to_stay_out(full: Journal) -> None:
    photo = full.photos.all()[0]
    with full.step("Delete"):
        full.photos.trash(photo.id)
    records = full.records()
    assert not records["alignment"] and not records["spot"] and records["rating"][0]["photo"] is not None
    assert records["rating"][0]["baseline_photo"] is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_is_no_ordinary_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    for path in (tmp_path / "pipe.zip", Path("/dev/zero"), tmp_path):
        with pytest.raises(WorldError, match="no ordinary file"):
            CheckedZip(path)
    for path in (tmp_path / "none.zip", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(WorldError, match="cannot be read"):
            CheckedZip(path)
