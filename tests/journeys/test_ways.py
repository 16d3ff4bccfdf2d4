"""Ways through the window: where one is, how one leaves it, and where photos go that are pasted or dropped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import create_journal
from needlejournal.ui.destinations import EditDay, EditSession, PreviewPhoto, ShowPage
from needlejournal.ui.importing import ImportPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.widgets.fields.text_fields import SearchField
from needlejournal.ui.widgets.frame.drop_zone import DropVeil
from needlejournal.ui.widgets.frame.notices import Toast
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.pictures.photo_preview import PhotoPreview
from tests.journeys.conftest import key, press, settle, workspace
from tests.ui.models.building import add_photo

pytestmark = pytest.mark.window
DAY = date(2025, 3, 8)


@pytest.fixture
def opened(window: MainWindow, home: Path) -> MainWindow:
    """The window with one session."""
    journal = create_journal(home / "Mine.needlejournal", "Mine")
    with journal.step("Session"):
        journal.sessions.save(Session(When(DAY)))
    journal.close()
    window.open(home / "Mine.needlejournal")
    return window


def marked(window: MainWindow) -> str:
    rail = workspace(window).findChild(Rail)
    assert rail is not None
    return rail.current()


def a_session(window: MainWindow) -> int:
    return workspace(window).open_journal.calendar.marks[0].id


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(on: QWidget, data: QMimeData) -> None:
    """Drag over a widget and let go: it, or the first around it that wants it, gets what is dropped."""
    _send(QDragEnterEvent, on, data)
    veil = next((veil for veil in on.window().findChildren(DropVeil) if veil.isVisible()), None)
    if veil is not None:
        _send(QDragEnterEvent, veil, data)
    _send(QDropEvent, veil or on, data)


def _send(kind: type[QDropEvent], on: QWidget, data: QMimeData) -> None:
    place = QPoint(5, 5) if kind is QDragEnterEvent else QPointF(5, 5)
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(on, kind(place, copy, data, left, plain))  # type: ignore[arg-type]


def brought(window: MainWindow) -> list[str]:
    page = workspace(window).page("importing")
    assert isinstance(page, ImportPage)
    return [item.name for item in page.run.plan.items]


def test_the_rail_marks_the_page_one_is_in_wherever_one_came_from(opened: MainWindow, qtbot: QtBot) -> None:
    for page in ("compare", "photos", "plan"):
        workspace(opened).go(ShowPage(page))
        assert marked(opened) == page
        workspace(opened).go(EditSession(a_session(opened)))
        assert marked(opened) == "timeline"
        workspace(opened).go(ShowPage(page))
        workspace(opened).go(EditDay(DAY))
        assert marked(opened) == "timeline"


@pytest.mark.parametrize("where", [EditSession(1), EditDay(DAY)])
def test_escape_leaves_a_session_and_a_day(opened: MainWindow, where: EditSession | EditDay) -> None:
    workspace(opened).go(where)
    QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_Escape)
    assert workspace(opened).current() == "timeline"


@pytest.mark.parametrize("page", ["timeline", "settings", "session"])
def test_ctrl_f_reaches_the_search_from_every_page(opened: MainWindow, qtbot: QtBot, page: str) -> None:
    workspace(opened).go(ShowPage(page))
    key(qtbot, opened, Qt.Key.Key_F)
    assert workspace(opened).current() == "timeline"
    assert isinstance(opened.focusWidget(), SearchField)


def test_the_large_photo_closes_when_the_page_under_it_changes(opened: MainWindow, qtbot: QtBot) -> None:
    photo = add_photo(workspace(opened).open_journal, DAY)
    workspace(opened).go(ShowPage("photos"))
    workspace(opened).go(PreviewPhoto(photo.id))
    preview = opened.findChild(PhotoPreview)
    assert preview is not None and preview.isVisible()
    key(qtbot, opened, Qt.Key.Key_1)
    assert workspace(opened).current() == "timeline"
    assert not any(one.isVisible() for one in opened.findChildren(PhotoPreview))


def test_a_photo_is_pasted_even_where_a_text_field_has_the_keyboard(
    opened: MainWindow, qtbot: QtBot, photos: Path
) -> None:
    picture = min(photos.iterdir())
    key(qtbot, opened, Qt.Key.Key_F)
    QGuiApplication.clipboard().setMimeData(files(picture))
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert workspace(opened).current() == "importing"
    settle(qtbot, opened)
    assert brought(opened) == [picture.name]


def test_words_are_still_pasted_into_the_field(opened: MainWindow, qtbot: QtBot) -> None:
    key(qtbot, opened, Qt.Key.Key_F)
    QGuiApplication.clipboard().setText("redness")
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert opened.focusWidget().text() == "redness"  # type: ignore[attr-defined]


@pytest.mark.parametrize("pasted", [True, False])
def test_a_file_on_a_note_is_a_photo_of_that_day_and_no_address(
    opened: MainWindow, qtbot: QtBot, photos: Path, pasted: bool
) -> None:
    picture = min(photos.iterdir())
    workspace(opened).go(EditDay(DAY))
    note = workspace(opened).page("day").findChild(QPlainTextEdit)
    note.setFocus()
    if pasted:
        QGuiApplication.clipboard().setMimeData(files(picture))
        QTest.keyClick(note, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        drop(note.viewport(), files(picture))
    assert note.toPlainText() == ""
    settle(qtbot, opened)
    assert brought(opened) == [picture.name]


def test_what_is_dropped_on_a_session_belongs_to_it_and_discard_leads_back(
    opened: MainWindow, qtbot: QtBot, photos: Path
) -> None:
    workspace(opened).go(EditSession(a_session(opened)))
    drop(workspace(opened).page("session"), files(min(photos.iterdir())))
    settle(qtbot, opened)
    page = workspace(opened).page("importing")
    assert isinstance(page, ImportPage)
    assert page.run.session_id == a_session(opened)
    assert marked(opened) == "photos"
    press(page, "Discard")
    press(opened.findChild(QuestionSheet), "Discard")
    assert workspace(opened).current() == "session"


def test_a_web_address_and_anything_else_get_a_sentence(opened: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/face.jpg")])
    drop(workspace(opened), data)
    toast = opened.findChild(Toast)
    assert toast is not None
    assert "nothing is fetched from the internet" in toast.accessibleName() + toast.accessibleDescription()
    QGuiApplication.clipboard().setText("only words")
    workspace(opened).setFocus()
    key(qtbot, opened, Qt.Key.Key_V)
    assert "no photo" in toast.accessibleName() + toast.accessibleDescription()
