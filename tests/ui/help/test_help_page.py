"""The help: topics unfold by mouse and keyboard, a search shows what it finds, the first steps are shown once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import Destination
from needlejournal.ui.help import HelpPage
from needlejournal.ui.help.tour import FirstSteps, offer_first_steps
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> HelpPage:
    """The help as a person sees it first."""
    made = HelpPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def press(qtbot: QtBot, inside: QWidget, words: str) -> None:
    found = next(b for b in inside.findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def texts(inside: QWidget) -> Iterator[QLabel]:
    return (label for label in inside.findChildren(QLabel) if label.isVisible() and len(label.text()) > 60)


def headings(page: HelpPage) -> list[str]:
    return [b.text() for b in page.findChildren(QAbstractButton) if b.isVisible() and b.isCheckable()]


def test_a_topic_unfolds_with_room_for_all_its_words_and_folds_again(page: HelpPage, qtbot: QtBot) -> None:
    assert not list(texts(page))
    press(qtbot, page, "What a comparison can show")
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in texts(page)))
    assert any("never bent" in label.text() for label in texts(page))
    press(qtbot, page, "What a comparison can show")
    assert not list(texts(page))


def test_a_search_shows_and_unfolds_what_it_finds(page: HelpPage, qtbot: QtBot) -> None:
    search = next(field for field in page.findChildren(QLineEdit) if field.accessibleName() == "Search the help")
    everything = headings(page)
    qtbot.keyClicks(search, "Recovery SHEET")
    assert headings(page) == ["Passphrase and lock"]
    assert any("recovery sheet" in label.text() for label in texts(page))
    qtbot.keyClicks(search, " zzz")
    assert headings(page) == []
    assert any("No topic has these words" in label.text() for label in page.findChildren(QLabel) if label.isVisible())
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert headings(page) == everything
    assert not list(texts(page))


def test_keys_alone_open_a_topic(page: HelpPage, qtbot: QtBot) -> None:
    heading = next(b for b in page.findChildren(QAbstractButton) if b.text() == "Backups")
    heading.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(heading, Qt.Key.Key_Return)
    assert any("another disk" in label.text() for label in texts(page))


def shown_steps(window: QWidget) -> list[FirstSteps]:
    return [sheet for sheet in window.findChildren(FirstSteps) if sheet.isVisible()]


def test_the_first_steps_are_walked_through_once(preferences: Preferences, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    offer_first_steps(preferences, window)
    [sheet] = shown_steps(window)
    read = []
    for words in ("Next", "Next", "Back", "Next", "Next"):
        read.append(next(label.text() for label in texts(sheet)))
        press(qtbot, sheet, words)
    assert len(set(read)) == 3
    press(qtbot, sheet, "Done")
    assert not shown_steps(window)
    offer_first_steps(Preferences(), window)
    assert not shown_steps(window)


def test_closed_at_the_first_step_they_do_not_come_again_unless_asked_for(
    page: HelpPage, preferences: Preferences, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    offer_first_steps(preferences, window)
    qtbot.keyClick(shown_steps(window)[0], Qt.Key.Key_Escape)
    offer_first_steps(preferences, window)
    assert not shown_steps(window)
    press(qtbot, page, "First steps")
    assert len(shown_steps(page)) == 1
