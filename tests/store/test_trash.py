"""The trash keeps thirty days, gives everything back, and then forgets for good."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import Spot
from needlejournal.journal.photos import Photo
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Product, Session, Severity
from needlejournal.store import PROXY, THUMBNAIL, Journal, create_journal, open_journal
from tests.asked import snapshot, undoable
from tests.store.conftest import Clock, a_photo

DAY = date(2025, 3, 8)


@pytest.fixture
def photo(journal: Journal, tmp_path: Path) -> Photo:
    """A photo with an original and a preview."""
    (tmp_path / "a.jpg").write_bytes(b"a photo")
    staged = journal.originals.stage(tmp_path / "a.jpg", "jpeg")
    one = a_photo()
    with journal.step("import"):
        original = replace(one.original, sha256=staged.sha256, stored_name=staged.stored_name)
        kept = journal.photos.save(replace(one, original=original))
    journal.previews.put(staged.sha256, {THUMBNAIL: b"small"})
    return kept


def test_everything_that_can_be_deleted_is_listed_the_latest_first(
    journal: Journal, photo: Photo, clock: Clock
) -> None:
    with journal.step("all"):
        kept = {
            "session": journal.sessions.save(Session(When(DAY), clinic="Harbour Skin")),
            "day_note": journal.day_notes.save(DayNote(DAY, "warm " * 40)),
            "side_effect": journal.side_effects.save(SideEffect(DAY, "redness", Severity.MILD)),
            "course": journal.courses.save(Course(title="")),
            "rating": journal.ratings.save(Rating(DAY, "scars", 8)),
            "spot": journal.spots.save(Spot(photo.id, "scar", 0, 0, 1, 1)),
            "photo": photo,
        }
    for kind, value in kept.items():
        clock.pass_by(minutes=1)
        with journal.step("delete"):
            journal.rows_of(kind).trash(value.id)
    listing = journal.trash.listing()
    assert [item.kind for item in listing] == list(kept)[::-1]
    told = {item.kind: (item.day, item.what) for item in listing}
    assert told["session"] == ("2025-03-08", "microneedling · Harbour Skin")
    assert told["course"] == ("", "microneedling")
    assert told["spot"] == ("", "scar")
    assert told["photo"] == ("2025-03-08", "IMG_1.jpg")
    assert len(told["day_note"][1]) == 80
    assert listing[0].deleted == clock()
    for kind, value in kept.items():
        with journal.step("restore"):
            journal.rows_of(kind).restore(value.id)
    assert journal.trash.listing() == []


def test_nothing_comes_back_over_what_was_written_in_its_place(journal: Journal) -> None:
    day = date(2025, 3, 8)
    with journal.step("write"):
        first = journal.side_effects.save(SideEffect(day, "redness", Severity.MILD))
    with journal.step("delete"):
        journal.side_effects.trash(first.id)
    with journal.step("write"):
        second = journal.side_effects.save(SideEffect(day, "redness", Severity.SEVERE))
    with pytest.raises(BadInput, match="in its place"), journal.step("restore"):
        journal.side_effects.restore(first.id)
    assert journal.side_effects.of_day(day) == [second]
    assert len(journal.trash.listing()) == 1


def use_for(journal: Journal, clock: Clock, days: int) -> int:
    """Open the trash on each of these days; gives how many things went."""
    gone = 0
    for _ in range(days):
        clock.pass_by(days=1)
        gone += journal.trash.purge_old()
    return gone


def test_what_is_older_than_thirty_days_goes_for_good(journal: Journal, photo: Photo, clock: Clock) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    assert use_for(journal, clock, 29) == 0
    clock.pass_by(days=1)
    assert journal.trash.purge_old() == 1
    assert journal.photos.get(photo.id, trashed=True) is None
    assert journal.originals.names() == set()
    assert journal.previews.get(photo.original.sha256) is None


@pytest.mark.parametrize("jump", [31, 400, 100_000])
def test_a_clock_that_jumps_empties_nothing(journal: Journal, photo: Photo, clock: Clock, jump: int) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    clock.pass_by(days=jump)
    for _ in range(5):
        assert journal.trash.purge_old() == 0
        clock.pass_by(minutes=5)
    clock.pass_by(days=-jump)
    assert use_for(journal, clock, 29) == 0
    assert journal.photos.in_trash(photo.id)


@pytest.mark.parametrize("jumps", [(40, 400, 3650), (3650, 3650, 3650, 3650), (91, 91, 91, 91)])
def test_a_clock_that_jumps_again_and_again_empties_nothing(
    journal: Journal, photo: Photo, clock: Clock, jumps: tuple[int, ...]
) -> None:
    with journal.step("Delete"):
        journal.photos.trash(photo.id)
    for days in jumps:
        clock.pass_by(days=days)
        assert journal.trash.purge_old() == 0
    assert len(journal.trash.listing()) == 1


def test_what_was_deleted_while_the_clock_was_at_its_beginning_waits_as_long(
    journal: Journal, photo: Photo, clock: Clock
) -> None:
    use_for(journal, clock, 5)
    clock.pass_by(days=-20_000)
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    clock.pass_by(days=20_000)
    assert use_for(journal, clock, 25) == 0
    assert use_for(journal, clock, 10) == 1


def test_days_that_make_no_sense_empty_nothing(journal: Journal, photo: Photo, clock: Clock) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    for rubbish in ("{", '{"a": 1}', '[["x", 1], 7, null, ["9999-99-99", 2]]', "[[[[[["):
        journal._database.run("INSERT OR REPLACE INTO meta VALUES ('days_used', ?)", (rubbish,))
        clock.pass_by(days=40)
        assert journal.trash.purge_old() == 0


def test_opening_a_journal_lets_go_of_what_is_older_than_thirty_days(
    journal: Journal, photo: Photo, clock: Clock
) -> None:
    stored = photo.original.stored_name
    with journal.step("trash"):
        journal.photos.trash(photo.id)
        young = journal.day_notes.save(DayNote(DAY, "warm"))
    journal.close()
    for days in (10, 10):
        clock.pass_by(days=days)
        again = open_journal(journal.folder, now=clock)
        with again.step("trash"):
            again.day_notes.trash(young.id)
        again.close()
    clock.pass_by(days=11)
    last = open_journal(journal.folder, now=clock)
    assert [item.kind for item in last.trash.listing()] == ["day_note"]
    assert stored not in last.originals.names()
    last.close()


def test_nothing_of_the_purged_can_be_undone_back(journal: Journal, photo: Photo) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    journal.trash.purge(journal.trash.listing())
    assert journal.history.undo() is None


def test_purging_nothing_keeps_what_can_be_undone(journal: Journal, photo: Photo) -> None:
    assert journal.trash.purge([]) == 0
    assert undoable(journal) == "import"


def test_a_note_goes_for_good_too(journal: Journal) -> None:
    with journal.step("note"):
        journal.day_notes.trash(journal.day_notes.save(DayNote(DAY, "warm")).id)
    assert journal.trash.purge(journal.trash.listing()) == 1
    assert journal._database.value("SELECT count(*) FROM day_note") == 0


def test_what_was_restored_meanwhile_is_not_purged(journal: Journal, photo: Photo) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    listing = journal.trash.listing()
    with journal.step("restore"):
        journal.photos.restore(photo.id)
    journal.trash.purge(listing)
    assert journal.photos.get(photo.id) == photo
    assert journal.photo_bytes(photo) == b"a photo"


def test_a_power_cut_between_row_and_file_loses_no_photo_that_is_kept(
    journal: Journal, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Purging commits first and unlinks second: what is left is an orphan, never a row without its photo."""
    from tests.store.faults import PowerCut

    with journal.step("delete"):
        journal.photos.trash(photo.id)

    def cut(_name: str) -> None:
        raise PowerCut

    monkeypatch.setattr(journal.originals, "remove", cut)
    with pytest.raises(PowerCut):
        journal.trash.purge(journal.trash.listing())
    found = journal.verify()
    assert (found.missing, len(found.orphans)) == ((), 1)


MARKER = b"unforgettable"
SIGNS = "刻骨銘"  # three in a row are an entry of the second index


def holding(folder: Path) -> set[str]:
    """The files in the folder that still hold the marker, or the signs."""
    files = ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)) for path, held in files if MARKER in held or SIGNS.encode() in held}


@pytest.fixture
def marked(folder: Path, clock: Clock) -> Path:
    """A closed journal with a marker in a photo, its previews, notes, a session, snapshots and quarantine."""
    journal = create_journal(folder, now=clock)
    mark = MARKER.decode()
    staged = journal.originals.stage(b"a photo " + MARKER, "jpeg")
    original = replace(a_photo().original, sha256=staged.sha256, stored_name=staged.stored_name)
    with journal.step("all"):
        session = journal.sessions.save(
            Session(When(DAY), notes=mark, products=(Product("serum", mark),), tags=(mark,))
        )
        photo = journal.photos.save(replace(a_photo(note=mark, session_id=session.id), original=original))
        note = journal.day_notes.save(DayNote(DAY, f"{mark} {SIGNS} " * 900))
        effect = journal.side_effects.save(SideEffect(DAY, mark, Severity.MILD, note=mark))
        journal.day_notes.save(DayNote(DAY + timedelta(days=1), "this stays"))
    journal.previews.put(staged.sha256, {THUMBNAIL: MARKER * 300, PROXY: MARKER * 3000})
    journal.previews.put("0" * 64, {THUMBNAIL: MARKER})  # only looked at
    snapshot(journal, "before-something")
    (folder / "journal.db.v1").write_bytes((folder / "journal.db").read_bytes())
    (folder / "quarantine" / "left").write_bytes(b"a photo " + MARKER)
    with journal.step("delete"):
        journal.sessions.trash(session.id)
        journal.photos.trash(photo.id)
        journal.day_notes.trash(note.id)
        journal.side_effects.trash(effect.id)
    journal.close()
    return folder


def test_gone_is_gone(marked: Path, clock: Clock) -> None:
    assert len(holding(marked)) > 4
    journal = open_journal(marked, now=clock)
    journal.trash.purge(journal.trash.listing())
    assert holding(marked) == set()
    assert [note.text for note in journal.day_notes.all()] == ["this stays"]
    assert [one.why for one in journal.snapshots.good()] == ["daily"]
    assert journal.verify().sound
    journal.close()
    assert holding(marked) == set()


def test_gone_is_gone_after_a_stop_at_any_step(
    marked: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    from tests.store.faults import FaultyDisk, PowerCut

    def purge(folder: Path, at: int) -> int:
        """Purge with a stop at one step of the disk's; gives how many steps there were."""
        shutil.copytree(marked, folder)
        journal = open_journal(folder, now=clock)
        with monkeypatch.context() as patched:
            disk = FaultyDisk(patched)

            def cut(number: int, _name: str) -> None:
                if number >= at:
                    raise PowerCut

            disk.before = cut
            with suppress(PowerCut):
                journal.trash.purge(journal.trash.listing())
        journal.close_unsealed()
        if journal._lock:
            journal._lock.release()
        return len(disk.steps)

    for at in range(0, purge(tmp_path / "all", 10_000), 1 if thorough else 5):
        folder = tmp_path / f"stop {at}"
        purge(folder, at)
        again = open_journal(folder, now=clock)
        assert again.trash.purge(again.trash.listing()) >= 0
        again.close()
        assert holding(folder) == set(), at
