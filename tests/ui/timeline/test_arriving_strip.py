"""New photos in the folders where they arrive, as a person meets them: a quiet notice, three ways to answer it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.ui.destinations import Destination, ImportPhotos
from needlejournal.ui.panels.arriving_strip import ArrivingStrip
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.settings.arriving_card import ArrivingCard
from needlejournal.workflows.photos_in.arriving import Sorted, folders_of
from tests.ui.conftest import ByHand
from tests.workflows.pictures import jpeg


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "Camera Uploads"
    folder.mkdir()
    put(folder / "old.jpg", 1, 1_000)
    return folder


def put(path: Path, number: int, seconds: int) -> Path:
    path.write_bytes(jpeg(number))
    os.utime(path, (seconds, seconds))
    return path


@pytest.fixture
def card(
    opened_diary: OpenJournal, by_hand: ByHand, phone: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> ArrivingCard:
    """The folder was named in the settings."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(phone))
    made = ArrivingCard(opened_diary)
    qtbot.addWidget(made)
    made.show()
    press(made, "Add a folder…", qtbot)
    by_hand.run()
    return made


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def strip(
    opened_diary: OpenJournal, led: list[Destination], page: QWidget, card: ArrivingCard,
    monkeypatch: pytest.MonkeyPatch,
) -> ArrivingStrip:  # fmt: skip
    """The strip on a page; which photos are alike is decided by their names, so that no models are needed."""

    def by_name(_journal: object, items: object, _control: object) -> Sorted:
        files = [item.source for item in items]  # type: ignore[attr-defined]
        alike = tuple(file for file in files if file.name.startswith("face"))
        return Sorted(alike, tuple(file for file in files if file not in alike))

    monkeypatch.setattr("needlejournal.workflows.photos_in.arriving.sorted_out", by_name)
    return ArrivingStrip(opened_diary, led.append, page)


def press(inside: QWidget, words: str, qtbot: QtBot) -> None:
    button = next(
        b for b in inside.findChildren(QAbstractButton) if words in (b.text(), b.accessibleName()) and b.isVisible()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(strip: ArrivingStrip) -> list[str]:
    parts = [*strip.findChildren(QLabel), *strip.findChildren(QAbstractButton)]
    return [part.text() for part in parts if part.isVisible()]


def test_nothing_new_says_nothing(strip: ArrivingStrip, by_hand: ByHand) -> None:
    strip.look()
    by_hand.run()
    assert strip.isHidden()


def test_new_photos_are_offered_with_those_like_the_diary_first(
    strip: ArrivingStrip, by_hand: ByHand, phone: Path, led: list[Destination], qtbot: QtBot
) -> None:
    face, cat = put(phone / "face.jpg", 2, 2_000), put(phone / "cat.jpg", 3, 3_000)
    strip.look()
    by_hand.run()
    assert words(strip)[0] == "1 new photo"  # nobody has looked through any yet
    press(strip, "Look through", qtbot)
    assert led == [ImportPhotos((face,))]
    strip.look()
    by_hand.run()
    assert words(strip)[0] == "1 new photo since 22 April 2025"
    press(strip, "Look through", qtbot)
    assert led[1:] == [ImportPhotos((cat,))]
    strip.look()
    by_hand.run()
    assert strip.isHidden()


def test_the_rest_is_one_press_away(
    strip: ArrivingStrip, by_hand: ByHand, phone: Path, led: list[Destination], qtbot: QtBot
) -> None:
    put(phone / "face.jpg", 2, 2_000)
    cat = put(phone / "cat.jpg", 3, 3_000)
    strip.look()
    by_hand.run()
    press(strip, "1 other…", qtbot)
    assert led == [ImportPhotos((cat,))]


def test_not_these_is_remembered(
    strip: ArrivingStrip, by_hand: ByHand, phone: Path, led: list[Destination], page: QWidget, qtbot: QtBot,
    opened_diary: OpenJournal,
) -> None:  # fmt: skip
    put(phone / "face.jpg", 2, 2_000)
    strip.look()
    by_hand.run()
    press(strip, "Not these", qtbot)
    again = ArrivingStrip(opened_diary, led.append, page)
    again.look()
    by_hand.run()
    assert again.isHidden() and strip.isHidden() and led == []


def test_what_is_not_wanted_is_not_offered_again_by_a_look_that_had_begun(
    strip: ArrivingStrip, by_hand: ByHand, phone: Path, qtbot: QtBot
) -> None:
    put(phone / "face.jpg", 2, 2_000)
    strip.look()
    by_hand.run()
    strip.look()
    press(strip, "Not these", qtbot)
    by_hand.run()
    assert strip.isHidden()


def test_it_lies_over_the_page_at_its_foot(strip: ArrivingStrip, by_hand: ByHand, phone: Path, page: QWidget) -> None:
    put(phone / "face.jpg", 2, 2_000)
    strip.look()
    by_hand.run()
    assert page.rect().contains(strip.geometry())
    assert strip.mapTo(page, QPoint(0, 0)).y() > page.height() / 2


def test_a_folder_that_is_gone_is_said_in_the_settings_and_is_no_error(
    strip: ArrivingStrip, card: ArrivingCard, by_hand: ByHand, phone: Path, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    phone.rename(phone.with_name("elsewhere"))
    strip.look()
    by_hand.run()
    assert strip.isHidden()
    press(card, f"Take {phone.name} off the list", qtbot)
    assert folders_of(opened_diary.journal) == ()


def test_a_disk_that_refuses_to_remember_is_said(
    strip: ArrivingStrip, by_hand: ByHand, phone: Path, opened_diary: OpenJournal, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuse(*_: object) -> None:
        raise WorldError(message("The disk is full."))

    put(phone / "face.jpg", 2, 2_000)
    strip.look()
    by_hand.run()
    told: list[object] = []
    opened_diary.failed.connect(told.append)
    monkeypatch.setattr("needlejournal.workflows.photos_in.arriving.looked_through", refuse)
    press(strip, "Not these", qtbot)
    assert len(told) == 1


@pytest.fixture
def looking(opened_diary: OpenJournal, led: list[Destination], page: QWidget, card: ArrivingCard) -> ArrivingStrip:
    """The strip on a page, with photos that are really looked at."""
    return ArrivingStrip(opened_diary, led.append, page)


def look(strip: ArrivingStrip, by_hand: ByHand) -> list[str]:
    """Look once, and read what the notice says."""
    strip.look()
    by_hand.run()
    return words(strip)[:1]


def test_a_disk_that_is_taken_out_while_it_is_looked_at_is_offered_when_it_is_back(
    looking: ArrivingStrip, by_hand: ByHand, phone: Path
) -> None:
    put(phone / "face.jpg", 2, 2_000)
    looking.look()
    by_hand.waiting.pop(0)()  # the names are read
    away = phone.rename(phone.with_name("away"))
    by_hand.run()
    assert words(looking) == []
    away.rename(phone)
    assert look(looking, by_hand) == ["1 new photo"]


def test_a_file_that_was_half_there_is_offered_again_when_it_is_whole(
    looking: ArrivingStrip, by_hand: ByHand, phone: Path, led: list[Destination], qtbot: QtBot
) -> None:
    (phone / "new.jpg").write_bytes(jpeg(2)[:600])
    assert look(looking, by_hand) == ["1 new photo"]  # damaged, and a photo
    press(looking, "Not these", qtbot)
    assert look(looking, by_hand) == []
    put(phone / "new.jpg", 2, 3_000)
    assert look(looking, by_hand) == ["1 new photo since 22 April 2025"]


def test_a_file_that_nobody_could_tell_for_a_picture_is_looked_at_again_when_it_is_written_on(
    looking: ArrivingStrip, by_hand: ByHand, phone: Path
) -> None:
    (phone / "new.jpg").write_bytes(b"no picture")
    assert look(looking, by_hand) == []
    put(phone / "new.jpg", 2, 3_000)
    assert look(looking, by_hand) == ["1 new photo"]


def test_a_look_that_failed_is_taken_up_again(
    looking: ArrivingStrip, by_hand: ByHand, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise WorldError(message("The disk is full."))

    put(phone / "face.jpg", 2, 2_000)
    with monkeypatch.context() as full:
        full.setattr("needlejournal.workflows.photos_in.arriving.sorted_out", fail)
        assert look(looking, by_hand) == []
    assert look(looking, by_hand) == ["1 new photo"]
