"""What a comparison will ask about photos is read in the background: the ones looked at first, each only once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui import warming
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.models import reading_ahead
from needlejournal.ui.models.reading_ahead import ReadingAhead
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.ui.workspace import Workspace

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


def test_photos_that_were_read_before_are_passed_over_in_one_go(
    opened: OpenJournal, photos: dict[str, Photo], work: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "read_ahead", lambda _journal, _photo: False)
    begun: list[int] = []
    execute = work.execute

    def count(job: Callable[[], None], priority: int) -> None:
        begun.append(priority)
        execute(job, priority)

    monkeypatch.setattr(work, "execute", count)
    ahead = ReadingAhead.of(opened)
    work.run()
    assert ahead.waiting == 0 and len(begun) == 1


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
    opened.close()
    work.run()
    assert read == [] and ahead.waiting == 0


def _tagged(photo: Photo) -> Photo:
    from dataclasses import replace

    return replace(photo, tags=("seen",))


def test_photos_from_the_command_line_are_read_soon_after_the_window_came_up(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand, qtbot: QtBot, quick: QObject
) -> None:
    warming.Warming(opened, quick)
    qtbot.waitUntil(lambda: work.run() or len(read) == len(photos), timeout=20_000)


def test_a_journal_that_is_locked_in_between_is_left_alone(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand, qtbot: QtBot, quick: QObject
) -> None:
    warming.Warming(opened, quick)
    opened.close()
    qtbot.wait(30)
    work.run()
    assert opened.findChild(ReadingAhead) is None and read == []


def test_the_panel_says_quietly_how_many_are_still_to_be_read(
    page: ComparePage, opened: OpenJournal, journal: Journal, read: list[int], work: ByHand, tmp_path: Path
) -> None:

    def waiting() -> list[Label]:
        return [one for one in page.judging.panel.findChildren(Label) if "in the background" in one.text()]

    added = [keep(journal, tmp_path, DAYS[day], jpeg(colour)) for day, colour in (("1 Mar", 1), ("6 Sep", 2))]
    for photo in added:
        opened.write("Tag", partial(_save, _tagged(photo)))
    seen: list[str] = []
    ReadingAhead.of(opened).read.connect(lambda: seen.extend(label.text() for label in waiting()))
    work.run()
    assert seen[0] == "1 photo is still being read in the background."
    assert all(label.isHidden() for label in waiting())


def test_the_rail_says_it_on_every_page_and_is_silent_again(
    opened: OpenJournal, photos: dict[str, Photo], read: list[int], work: ByHand, preferences: Preferences, qtbot: QtBot
) -> None:
    window = Workspace(opened, preferences)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()

    def said() -> list[str]:
        lines = window.findChildren(ElidedLabel)
        return [line.accessibleName() for line in lines if line.isVisible() and "Reading" in line.accessibleName()]

    seen: list[list[str]] = []
    ReadingAhead.of(opened)
    opened.reading.connect(lambda _count: seen.append(said()))
    work.run()
    assert seen[0] == ["Reading 4 photos…"] and seen[3] == ["Reading 1 photo…"]
    assert len(read) == len(photos) and said() == []


def _save(photo: Photo, journal: Journal) -> object:
    return journal.photos.save(photo)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> QObject:
    """What a window would be to the warming, which then waits for nothing; the libraries are there already."""
    warming.load()
    monkeypatch.setattr(warming, "READ_AFTER_MS", 0)
    return QObject()
