"""What a comparison will ask about photos is read in the background: the ones looked at first, each only once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.models import reading_ahead
from needlejournal.ui.models.reading_ahead import ReadingAhead
from needlejournal.ui.session import OpenJournal

from .conftest import DAYS, ByHand, jpeg, keep


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the photos that were read, in order."""
    done: list[int] = []

    def note(_journal: Journal, photo: Photo) -> bool:
        if photo.id in done:
            raise WorldError("Read twice.")
        done.append(photo.id)
        return True

    monkeypatch.setattr(reading_ahead, "read_ahead", note)
    return done


def test_all_photos_are_read_once_and_it_is_said(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand, qtbot: QtBot
) -> None:
    told: list[None] = []
    ahead = ReadingAhead.of(opened)
    ahead.read.connect(lambda: told.append(None))
    work.run()
    assert read == [photo.id for photo in photos.values()]
    assert len(told) == 5 and ahead.waiting == 0
    assert ReadingAhead.of(opened) is ahead


def test_photos_somebody_looks_at_come_first(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand
) -> None:
    ReadingAhead.of(opened).sooner([photos["6 Sep"]])
    work.run()
    assert read[1] == photos["6 Sep"].id


def test_photos_brought_in_later_are_read_too(
    opened: OpenJournal, journal: Journal, read: list[int], work: ByHand, tmp_path: Path
) -> None:
    ReadingAhead.of(opened)
    photo = keep(journal, tmp_path, DAYS["1 Mar"], jpeg(0x804020))
    opened.write("Tag", lambda kept: kept.photos.save(_tagged(photo)))
    work.run()
    assert read == [photo.id]


def test_one_that_cannot_be_read_holds_nobody_up(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand
) -> None:
    failed: list[object] = []
    opened.failed.connect(failed.append)
    read.append(photos["1 Mar"].id)
    ReadingAhead.of(opened)
    work.run()
    assert len(read) == 5 and not failed


def test_locking_stops_it(opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand) -> None:
    ahead = ReadingAhead.of(opened)
    opened.locked.emit()
    work.run()
    assert read == [] and ahead.waiting == 0


def _tagged(photo: Photo) -> Photo:
    from dataclasses import replace

    return replace(photo, tags=("seen",))
