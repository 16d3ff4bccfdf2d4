"""Looking at a photo large: the proxy at once, every pixel after it, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.store import PROXY
from needlejournal.ui.models.preview_items import preview_items
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.pictures.photo_pane import PhotoPane
from needlejournal.ui.widgets.pictures.photo_preview import PhotoPreview
from tests.ui.models.building import ByHand, add_photo, add_session, picture
from tests.ui.person import press, reads

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


def pane(preview: PhotoPreview) -> PhotoPane:
    return preview.findChild(PhotoPane)


def middle(shown: PhotoPane) -> QPointF:
    """What of the photo is in the middle, in fractions."""
    return shown.photo_point(QPointF(shown.width() / 2, shown.height() / 2))


def _caption(preview: PhotoPreview) -> str:
    return preview.accessibleName()


def test_it_covers_the_page_and_says_what_is_seen(preview: PhotoPreview, window: QWidget) -> None:
    assert preview.geometry() == window.rect()
    assert _caption(preview) == "From the front · 8 March 2025, 09:00 · 2 days before session 1"
    window.resize(700, 500)
    assert preview.geometry() == window.rect()


def test_arrows_page_and_stop_at_the_ends(preview: PhotoPreview, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert "15 March" in _caption(preview)
    assert "Healing photo, session " in reads(preview)
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert "1 March" in _caption(preview)
    press(preview, "Next photo")
    assert "8 March" in _caption(preview)


def test_the_proxy_is_shown_before_every_pixel(
    preview: PhotoPreview, opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    for photo in opened.journal.photos.all():
        opened.journal.previews.put(photo.original.sha256, {PROXY: picture(size=(30, 40))})
    preview.step(1)
    jobs_by_hand.run_all()
    assert pane(preview).detail == 30
    qtbot.waitUntil(lambda: bool(jobs_by_hand.waiting))
    jobs_by_hand.run_all()
    assert pane(preview).detail == 60


def test_that_only_the_small_copy_is_left_is_said_before_all_that_may_be_cut_off(
    opened: OpenJournal, window: QWidget, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    photo = add_photo(opened, DAYS[0], note="a long note " * 20)
    opened.journal.previews.put(photo.original.sha256, {PROXY: picture(size=(30, 40))})
    opened.journal.originals.path(photo.original.stored_name).write_bytes(b"rotten")
    preview = PhotoPreview(opened.jobs, window)
    preview.open_items(*preview_items(opened, photo.id))
    jobs_by_hand.run_all()
    assert "original" not in reads(preview)
    qtbot.waitUntil(lambda: bool(jobs_by_hand.waiting))
    jobs_by_hand.run_all()
    (said,) = [line for line in reads(preview).splitlines() if "a long note" in line]
    assert said.startswith(f"The original of “{photo.original.file_name}” is damaged. What is shown is its small copy.")


def test_where_no_copy_is_left_either_only_the_reason_is_said(
    opened: OpenJournal, window: QWidget, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    photo = add_photo(opened, DAYS[0])
    opened.journal.originals.remove(photo.original.stored_name)
    preview = PhotoPreview(opened.jobs, window)
    preview.open_items(*preview_items(opened, photo.id))
    qtbot.waitUntil(lambda: len(jobs_by_hand.waiting) > 1)
    jobs_by_hand.run_all()
    assert "cannot be read" in reads(preview)
    assert "small copy" not in reads(preview)


def test_paging_on_drops_what_is_not_needed_any_more(preview: PhotoPreview, jobs_by_hand: ByHand) -> None:
    preview.step(1)
    preview.step(-1)
    jobs_by_hand.run_all()
    assert pane(preview).detail == 0  # none has a proxy here, and nobody stayed


def test_z_shows_one_pixel_for_one_and_back(preview: PhotoPreview, qtbot: QtBot) -> None:
    shown = pane(preview)
    assert shown.is_fitted
    shown.show_photo(4000, 3000, QColor(0x808080))
    qtbot.keyClick(preview, Qt.Key.Key_Z)
    assert (shown.is_fitted, shown.zoom) == (False, 1.0)
    centre = middle(shown)
    qtbot.keyClick(preview, Qt.Key.Key_Left)
    assert middle(shown).x() < centre.x()
    qtbot.keyClick(preview, Qt.Key.Key_Z)
    assert shown.is_fitted


def test_zooming_keeps_the_point_under_the_mouse(preview: PhotoPreview) -> None:
    shown = pane(preview)
    shown.show_photo(4000, 3000, QColor(0x808080))
    shown.zoom_to(1.0)
    point = QPointF(100, 120)
    before = shown.photo_point(point)
    shown.zoom_to(2.5, point)
    after = shown.photo_point(point)
    assert abs(before.x() - after.x()) < 1e-6
    assert abs(before.y() - after.y()) < 1e-6


def test_the_mouse_moves_a_zoomed_photo(preview: PhotoPreview, qtbot: QtBot) -> None:
    shown = pane(preview)
    shown.show_photo(4000, 3000, QColor(0x808080))
    shown.actual_size()
    before = middle(shown)
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(shown, QPoint(150, 180))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(150, 180))
    assert middle(shown).x() > before.x()
    assert middle(shown).y() > before.y()


def test_the_whole_photo_stays_on_the_pane(preview: PhotoPreview) -> None:
    shown = pane(preview)
    shown.show_photo(4000, 3000, QColor(0x808080))
    shown.zoom_to(1.0)
    shown.move_by(100_000, 100_000)
    where = shown.photo_rect()
    assert abs(where.left()) < 1
    assert abs(where.top()) < 1


def test_escape_closes_and_gives_the_keyboard_back(preview: PhotoPreview, window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.closed):
        qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isHidden()
    assert pane(preview).detail == 0


def test_an_original_that_is_gone_says_so(
    preview: PhotoPreview, opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    for photo in opened.journal.photos.all():
        opened.journal.originals.path(photo.original.stored_name).unlink()
    jobs_by_hand.run_all()
    qtbot.waitUntil(lambda: bool(jobs_by_hand.waiting))
    jobs_by_hand.run_all()
    assert "cannot be read" in reads(preview) or "original" in reads(preview)


def test_tab_stays_on_the_preview(preview: PhotoPreview, qtbot: QtBot) -> None:
    stops = set()
    for _ in range(12):
        preview.focusNextPrevChild(True)
        stops.add(preview.window().focusWidget())
    assert all(stop is preview or preview.isAncestorOf(stop) for stop in stops)
    assert len(stops) > 2
