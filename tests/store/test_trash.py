"""The trash keeps thirty days, gives everything back, and then forgets for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import Spot
from needlejournal.journal.photos import Photo
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import THUMBNAIL, Journal, open_journal
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


def test_what_is_older_than_thirty_days_goes_for_good(journal: Journal, photo: Photo, clock: Clock) -> None:
    with journal.step("delete"):
        journal.photos.trash(photo.id)
    clock.pass_by(days=30)
    assert journal.trash.purge_old() == 0
    clock.pass_by(seconds=1)
    assert journal.trash.purge_old() == 1
    assert journal.photos.get(photo.id, trashed=True) is None
    assert journal.originals.names() == set()
    assert journal.previews.get(photo.original.sha256) is None


def test_opening_a_journal_lets_go_of_what_is_older_than_thirty_days(
    journal: Journal, photo: Photo, clock: Clock
) -> None:
    stored = photo.original.stored_name
    with journal.step("trash"):
        journal.photos.trash(photo.id)
        young = journal.day_notes.save(DayNote(DAY, "warm"))
    journal.close()
    clock.pass_by(days=20)
    again = open_journal(journal.folder, now=clock)
    with again.step("trash"):
        again.day_notes.trash(young.id)
    assert [item.kind for item in again.trash.listing()] == ["day_note", "photo"]
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
    assert journal._database.value("SELECT count(*) FROM history") == 0


def test_purging_nothing_keeps_what_can_be_undone(journal: Journal, photo: Photo) -> None:
    assert journal.trash.purge([]) == 0
    assert journal.history.undo_label == "import"


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
    assert (found.missing, len(found.orphans), found.sound) == ((), 1, True)
