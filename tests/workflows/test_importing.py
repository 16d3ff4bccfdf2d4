"""Saving photos: durable first, "saved" only after the commit; and whatever happens, nothing saved is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import NotAllowed, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, open_journal
from needlejournal.workflows.photos_in import importing
from needlejournal.workflows.photos_in.import_plan import ImportPlan, Pasted, Standing, Stored
from needlejournal.workflows.photos_in.importing import (
    Arrival,
    Failure,
    Staging,
    as_photo,
    import_all,
    look,
    record,
    stage,
)
from needlejournal.workflows.progress import Progress, Unattended
from tests.store.faults import FaultyDisk, refuse
from tests.workflows.pictures import jpeg

Bring = Callable[..., ImportPlan]


@pytest.fixture
def bring(journal: Journal, folder: Path, catalogue: Catalogue) -> Bring:
    """Put pictures on the card and look at it."""

    def brought(*pictures: bytes) -> ImportPlan:
        for number, data in enumerate(pictures):
            (folder / f"{number:02}.jpg").write_bytes(data)
        return look(journal, [folder], catalogue)

    return brought


def test_photos_are_kept_byte_for_byte_with_what_they_say(journal: Journal, bring: Bring) -> None:
    done = import_all(journal, bring(jpeg(1), jpeg(2)))
    assert [item.name for item, _ in done.saved] == ["00.jpg", "01.jpg"]
    photo = journal.photos.get(done.saved[1][1].id)
    assert photo is not None
    assert journal.photo_bytes(photo) == jpeg(2)
    assert (photo.when.day, photo.when.offset_minutes) == (date(2025, 3, 1), 60)
    assert (photo.original.file_name, photo.original.format, photo.original.width) == ("01.jpg", "jpeg", 64)
    assert journal.verify().sound


def test_importing_the_same_folder_twice_changes_nothing(journal: Journal, bring: Bring) -> None:
    first = import_all(journal, bring(jpeg(1), jpeg(2)))
    before = journal.photos.all()
    again = bring()
    assert [(item.standing, item.photo_id) for item in again.items] == [
        (Standing.ALREADY, photo.id) for _, photo in first.saved
    ]
    assert import_all(journal, again).saved == ()
    assert journal.photos.all() == before


def spoil(journal: Journal, which: str) -> None:
    """Lose or damage the only original, as a bad disk does."""
    (photo,) = journal.photos.all()
    stored = journal.folder / "photos" / photo.original.stored_name
    if which == "missing":
        stored.unlink()
    else:
        stored.write_bytes(stored.read_bytes()[:-9] + b"\0" * 9)


@pytest.mark.parametrize("which", ["missing", "damaged"])
def test_what_is_there_already_is_read_and_put_back_from_the_photo_at_hand(
    journal: Journal, bring: Bring, which: str
) -> None:
    import_all(journal, bring(jpeg(1)))
    spoil(journal, which)
    (item,) = bring().items
    assert (item.standing, item.stored) == (Standing.ALREADY, Stored.MENDED)
    assert "put back" in str(item.reason)
    assert journal.verify().sound
    assert len(list((journal.folder / "quarantine").glob("*"))) == (which == "damaged")
    assert bring().items[0].stored is Stored.WHOLE


def test_what_cannot_be_put_back_is_said_and_the_damaged_file_stays(
    journal: Journal, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_all(journal, bring(jpeg(1)))
    spoil(journal, "damaged")
    (photo,) = journal.photos.all()
    damaged = (journal.folder / "photos" / photo.original.stored_name).read_bytes()
    refuse(monkeypatch, "write", errno.ENOSPC)
    (item,) = bring().items
    assert item.stored is Stored.BROKEN
    assert "Keep this one" in str(item.reason)
    assert (journal.folder / "photos" / photo.original.stored_name).read_bytes() == damaged


def test_previews_leave_the_room_that_the_originals_need(
    journal: Journal, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = len(jpeg(1)) + len(jpeg(2))
    monkeypatch.setattr(importing, "disk_usage", lambda _: SimpleNamespace(free=importing.LITTLE_ROOM + originals - 1))
    bring(jpeg(1), jpeg(2))
    assert not journal.previews.hashes()
    monkeypatch.setattr(importing, "disk_usage", lambda _: SimpleNamespace(free=importing.LITTLE_ROOM + originals))
    bring()
    assert len(journal.previews.hashes()) == 2


def test_what_needs_a_date_stays_out(journal: Journal, bring: Bring) -> None:
    plan = bring(jpeg(1), jpeg(2, taken="", offset=""))
    assert len(import_all(journal, plan).saved) == 1
    assert journal.photos.count() == 1


def test_previews_are_there_as_soon_as_it_is_saved(journal: Journal, bring: Bring) -> None:
    done = import_all(journal, bring(jpeg(1)))
    assert journal.previews.get(done.saved[0][1].original.sha256) is not None


def test_an_unreadable_file_is_kept_when_wanted(journal: Journal, bring: Bring) -> None:
    plan = bring(b"not a picture")
    plan = plan.with_kept({0}, keep=True).with_when({0}, When(date(2025, 3, 1)), journal.sessions.calendar())
    photo = import_all(journal, plan).saved[0][1]
    assert not photo.original.readable
    assert journal.photo_bytes(photo) == b"not a picture"


def test_a_photo_in_the_trash_comes_back_with_its_note(journal: Journal, bring: Bring) -> None:
    photo = import_all(journal, bring(jpeg(1))).saved[0][1]
    with journal.step("note"):
        journal.photos.save(replace(photo, note="by the window", view="frontal"))
        journal.photos.trash(photo.id)
    plan = bring()
    assert plan.items[0].standing is Standing.TRASHED
    back = import_all(journal, plan).saved[0][1]
    assert (back.id, back.note, back.view) == (photo.id, "by the window", "frontal")
    assert journal.photos.count() == 1


def test_a_photo_out_of_the_trash_takes_what_the_plan_decides(journal: Journal, bring: Bring) -> None:
    photo = import_all(journal, bring(jpeg(1))).saved[0][1]
    with journal.step("trash"):
        journal.photos.trash(photo.id)
    plan = bring().with_view({0}, "close_up", "nose").with_mirrored({0}, mirrored=True)
    back = import_all(journal, plan).saved[0][1]
    assert (back.view, back.zone, back.mirrored) == ("close_up", "nose", True)


def test_a_photo_that_came_in_meanwhile_is_not_doubled(journal: Journal, bring: Bring) -> None:
    plan = bring(jpeg(1))
    first = import_all(journal, plan).saved[0][1]
    assert import_all(journal, plan).saved[0][1] == first
    assert journal.photos.count() == 1


def test_a_session_that_is_gone_by_then_is_let_go(journal: Journal, bring: Bring) -> None:
    with journal.step("session"):
        session = journal.sessions.save(Session(When(date(2025, 3, 1))))
    plan = bring(jpeg(1), jpeg(2))
    assert [item.session_id for item in plan.items] == [session.id, session.id]
    kept = import_all(journal, plan.without({1})).saved[0][1]
    with journal.step("gone"):
        journal.sessions.trash(session.id)
    loose = import_all(journal, plan.without({0})).saved[0][1]
    assert (kept.session_id, loose.session_id) == (session.id, None)


def test_a_file_changed_since_it_was_looked_at_is_said(journal: Journal, bring: Bring, folder: Path) -> None:
    plan = bring(jpeg(1), jpeg(2))
    (folder / "00.jpg").write_bytes(jpeg(9))
    done = import_all(journal, plan)
    assert [item.name for item, _ in done.saved] == ["01.jpg"]
    assert "changed while" in str(done.failed[0].reason)
    assert journal.verify().orphans == ()


def test_a_card_pulled_out_midway_loses_nothing_saved(journal: Journal, bring: Bring, folder: Path) -> None:
    plan = bring(*(jpeg(number) for number in range(4)))
    for name in ("02.jpg", "03.jpg"):
        (folder / name).unlink()
    done = import_all(journal, plan)
    assert (len(done.saved), len(done.failed)) == (2, 2)
    assert "no longer there" in str(done.failed[0].reason)


def test_a_full_disk_is_said_and_what_was_saved_is_saved(
    journal: Journal, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = bring(jpeg(1), jpeg(2))
    disk, renamed = FaultyDisk(monkeypatch), []

    def full(_number: int, name: str) -> None:
        if name == "rename":
            renamed.append(name)
        if len(renamed) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    disk.before = full
    done = import_all(journal, plan)
    assert (len(done.saved), "disk is full" in str(done.failed[0].reason)) == (1, True)
    assert journal.verify().sound


def test_a_commit_that_fails_reports_nothing_as_saved(
    journal: Journal, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_journal: Journal, _arrivals: object) -> None:
        raise WorldError("The disk is full.")

    plan = bring(jpeg(1), jpeg(2, taken=""))
    monkeypatch.setattr(importing, "record", refuse)
    done = import_all(journal, plan)
    assert (done.saved, [str(failure.reason) for failure in done.failed]) == ((), ["The disk is full."])
    assert journal.photos.count() == 0


def test_an_orphan_of_a_crash_is_adopted_by_the_next_import(journal: Journal, bring: Bring) -> None:
    plan = bring(jpeg(1))
    stage(plan.items[0], journal.originals)
    assert len(journal.verify().orphans) == 1
    import_all(journal, plan)
    assert journal.verify().orphans == ()


def test_stopping_keeps_what_is_saved_and_lists_the_rest(journal: Journal, bring: Bring) -> None:
    class StopsAtOnce(Unattended):
        cancelled = False

        def report(self, progress: object, /) -> None:
            assert isinstance(progress, Progress)
            self.cancelled = True

    done = import_all(journal, bring(*(jpeg(number) for number in range(importing.BATCH + 2))), StopsAtOnce())
    assert (len(done.saved), len(done.left)) == (importing.BATCH, 2)


def test_undo_takes_a_batch_to_the_trash_and_redo_brings_it_back(journal: Journal, bring: Bring) -> None:
    import_all(journal, bring(jpeg(1), jpeg(2)))
    journal.history.undo()
    assert journal.photos.count() == 0
    journal.history.redo()
    assert journal.photos.count() == 2
    assert journal.verify().sound


def test_a_pasted_picture_is_kept_from_its_bytes(journal: Journal, catalogue: Catalogue) -> None:
    plan = look(journal, [Pasted("Pasted picture.jpg", jpeg(3))], catalogue)
    photo = import_all(journal, plan).saved[0][1]
    assert journal.photo_bytes(photo) == jpeg(3)
    assert photo.original.file_name == "Pasted picture.jpg"


def test_staging_finishes_the_photo_at_hand_when_it_is_stopped(journal: Journal, bring: Bring) -> None:
    staging = Staging(bring(jpeg(1), jpeg(2), jpeg(3)).to_save, journal.originals)

    class StopAfterFirst(Unattended):
        def report(self, progress: object, /) -> None:
            staging.stop()

    staging.work(StopAfterFirst())
    ready = staging.take()
    assert [type(one) for one in ready] == [Arrival]
    assert [item.name for item in staging.left] == ["01.jpg", "02.jpg"]
    with journal.step("import"):
        record(journal, [one for one in ready if isinstance(one, Arrival)])
    assert journal.photos.count() == 1


def test_staging_hands_over_failures_in_order(journal: Journal, bring: Bring, folder: Path) -> None:
    plan = bring(jpeg(1), jpeg(2))
    (folder / "00.jpg").unlink()
    staging = Staging(plan.to_save, journal.originals)
    staging.work(Unattended())
    assert [type(one) for one in staging.take()] == [Failure, Arrival]
    assert staging.take() == []
    assert staging.left == ()


def test_a_photo_without_a_date_is_a_fault_of_ours(journal: Journal, bring: Bring) -> None:
    item = bring(jpeg(1, taken="")).items[0]
    with pytest.raises(ValueError, match="no date"):
        as_photo(Arrival(item, stage(item, journal.originals)))


def test_a_journal_for_viewing_is_not_written_into(
    journal: Journal, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = bring(jpeg(1))
    journal.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    viewed = open_journal(journal.folder)
    with pytest.raises(NotAllowed, match="viewing"):
        import_all(viewed, plan)
    assert viewed.verify().orphans == ()
    viewed.close()


def test_saved_photos_are_there_after_a_crash(journal: Journal, bring: Bring, tmp_path: Path) -> None:
    import shutil

    import_all(journal, bring(jpeg(1), jpeg(2)))
    shutil.copytree(journal.folder, tmp_path / "after.needlejournal")
    after = open_journal(tmp_path / "after.needlejournal")
    assert after.photos.count() == 2
    assert after.verify().sound
    after.close()
