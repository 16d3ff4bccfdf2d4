"""Looking at a photo large: the proxy at once, every pixel after it, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.store import PROXY
from needlejournal.ui.models.preview_items import preview_items
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.pictures.photo_preview import PhotoPreview
from tests.ui.models.building import ByHand, add_photo, add_session, picture

DAYS = [date(2025, 3, day) for day in (1, 8, 15)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Show a window with a button that has the keyboard."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QPushButton("Behind", made).setFocus()
    made.show()
    return made


@pytest.fixture
def preview(opened: OpenJournal, window: QWidget, qtbot: QtBot) -> Iterator[PhotoPreview]:
    """Open the preview on the second of three photos."""
    add_session(opened, date(2025, 3, 10))
    photos = [add_photo(opened, day) for day in DAYS]
    made = PhotoPreview(opened.jobs, window)
    made.open_items(*preview_items(opened, photos[1].id, tuple(photo.id for photo in photos)))
    return made


def _caption(preview: PhotoPreview) -> str:
    return preview._caption.text()


def test_it_covers_the_page_and_says_what_is_seen(preview: PhotoPreview, window: QWidget) -> None:
    assert preview.geometry() == window.rect()
    assert _caption(preview) == "From the front · 8 March 2025, 09:00 · 2 days before session 1"
    window.resize(700, 500)
    assert preview.geometry() == window.rect()


def test_arrows_page_and_stop_at_the_ends(preview: PhotoPreview, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert "15 March" in _caption(preview)
    assert "Healing photo, session " in preview._details.text()
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert "1 March" in _caption(preview)
    qtbot.mouseClick(preview._on, Qt.MouseButton.LeftButton)
    assert "8 March" in _caption(preview)


def test_the_proxy_is_shown_before_every_pixel(
    preview: PhotoPreview, opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    for photo in opened.journal.photos.all():
        opened.journal.previews.put(photo.original.sha256, {PROXY: picture(size=(30, 40))})
    preview.step(1)
    jobs_by_hand.run_all()
    assert [level.width() for level in preview._pane._levels] == [30]
    qtbot.waitUntil(lambda: bool(jobs_by_hand.waiting))
    jobs_by_hand.run_all()
    assert preview._pane._levels[0].width() == 60


def test_paging_on_drops_what_is_not_needed_any_more(preview: PhotoPreview, jobs_by_hand: ByHand) -> None:
    preview.step(1)
    preview.step(-1)
    jobs_by_hand.run_all()
    assert preview._pane._levels == []  # none has a proxy here, and nobody stayed


def test_z_shows_one_pixel_for_one_and_back(preview: PhotoPreview, qtbot: QtBot) -> None:
    pane = preview._pane
    assert pane.is_fitted
    pane.show_photo(4000, 3000, pane._placeholder)
    qtbot.keyClick(preview, Qt.Key.Key_Z)
    assert (pane.is_fitted, pane.zoom) == (False, 1.0)
    centre = QPointF(pane._centre)
    qtbot.keyClick(preview, Qt.Key.Key_Left)
    assert pane._centre.x() < centre.x()
    qtbot.keyClick(preview, Qt.Key.Key_Z)
    assert pane.is_fitted


def test_zooming_keeps_the_point_under_the_mouse(preview: PhotoPreview) -> None:
    pane = preview._pane
    pane.show_photo(4000, 3000, pane._placeholder)
    pane.zoom_to(1.0)
    point = QPointF(100, 120)
    before = pane._photo_point(point)
    pane.zoom_to(2.5, point)
    after = pane._photo_point(point)
    assert abs(before.x() - after.x()) < 1e-6
    assert abs(before.y() - after.y()) < 1e-6


def test_the_mouse_moves_a_zoomed_photo(preview: PhotoPreview, qtbot: QtBot) -> None:
    pane = preview._pane
    pane.show_photo(4000, 3000, pane._placeholder)
    pane.actual_size()
    before = QPointF(pane._centre)
    qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(pane, QPoint(150, 180))
    qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=QPoint(150, 180))
    assert pane._centre.x() > before.x()
    assert pane._centre.y() > before.y()


def test_the_whole_photo_stays_on_the_pane(preview: PhotoPreview) -> None:
    pane = preview._pane
    pane.show_photo(4000, 3000, pane._placeholder)
    pane.zoom_to(1.0)
    pane.move_by(100_000, 100_000)
    where = pane._photo_rect()
    assert abs(where.left()) < 1
    assert abs(where.top()) < 1


def test_escape_closes_and_gives_the_keyboard_back(preview: PhotoPreview, window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.closed):
        qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isHidden()
    assert preview._pane._levels == []


def test_an_original_that_is_gone_says_so(
    preview: PhotoPreview, opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    for photo in opened.journal.photos.all():
        opened.journal.originals.path(photo.original.stored_name).unlink()
    jobs_by_hand.run_all()
    qtbot.waitUntil(lambda: bool(jobs_by_hand.waiting))
    jobs_by_hand.run_all()
    assert "cannot be read" in preview._details.text() or "original" in preview._details.text()


def test_tab_stays_on_the_preview(preview: PhotoPreview, qtbot: QtBot) -> None:
    stops = set()
    for _ in range(len(preview._stops) * 2):
        preview.focusNextPrevChild(True)
        focused = preview.window().focusWidget()
        stops.add(focused)
    assert stops <= set(preview._stops)
    assert len(stops) > 2
