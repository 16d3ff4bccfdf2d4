"""Aligned photos rest filled with what both of them show: no slanted edge in sight, the face kept in the middle."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPolygonF, QTransform

from needlejournal.imaging.faces.face_reading import VERSION, FaceReading
from needlejournal.journal.alignments import Alignment
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.view.common_area import common_view, outline
from needlejournal.ui.compare.view.viewport import FIT, Viewport, to_pane
from needlejournal.workflows.comparison.readings import FACE

from .conftest import COLOURS, ByHand

SHEET = QSizeF(1200, 1600)
MIDDLE = QPointF(0.5, 0.5)


def turned(degrees: float, scale: float, right: float, down: float) -> QTransform:
    """How a photo of the sheet's size lies on it after a small turn about its middle, a change of size and a shift."""
    moved = QTransform.fromTranslate(600 + right, 800 + down)
    moved.rotate(degrees)
    moved.scale(scale, scale)
    moved.translate(-600, -800)
    return moved


def corners_seen(view: Viewport, pane: QSizeF) -> list[QPointF]:
    """What of the sheet lies in the corners of the pane, in pixels of the sheet."""
    back, _ = to_pane(view, SHEET, pane).inverted()
    seen = back.map(QPolygonF(QRectF(QPointF(0, 0), pane)))
    return [seen.at(at) for at in range(4)]


@given(
    st.floats(-12, 12), st.floats(0.8, 1.3), st.floats(-150, 150), st.floats(-150, 150),
    st.sampled_from([(590, 600), (300, 700), (900, 500)]),
)  # fmt: skip
def test_the_corners_of_the_pane_lie_within_every_photo(
    degrees: float, scale: float, right: float, down: float, pane: tuple[int, int]
) -> None:
    onto = turned(degrees, scale, right, down)
    room = QSizeF(*pane)
    view = common_view([outline(SHEET, onto, SHEET)], SHEET, room, MIDDLE)
    if view == FIT:
        return
    back, _ = onto.inverted()
    for corner in corners_seen(view, room):
        inside = back.map(corner)
        assert -2 <= inside.x() <= 1202 and -2 <= inside.y() <= 1602
        assert -2 <= corner.x() <= 1202 and -2 <= corner.y() <= 1602


def test_photos_that_share_little_are_shown_whole() -> None:
    far = outline(SHEET, turned(0, 1.0, 1000, 0), SHEET)
    assert common_view([far], SHEET, QSizeF(600, 600), MIDDLE) == FIT


def test_a_face_at_the_side_is_kept_in_sight() -> None:
    pane = QSizeF(900, 500)
    high = common_view([], SHEET, pane, QPointF(0.5, 0.3))
    low = common_view([], SHEET, pane, QPointF(0.5, 0.7))
    assert high.y < 0.5 < low.y


def test_an_aligned_photo_shows_no_slanted_edge_until_it_is_wanted_whole(
    page: ComparePage, photos: dict[str, Photo], found: dict[str, Alignment], work: ByHand
) -> None:
    a, b = 1.05 * cos(radians(6)), 1.05 * sin(radians(6))
    found["auto"] = Alignment("face", matrix=((a, -b, 10.0), (b, a, -32.0)), confident=True)
    page.show_pair(photos["11 Mar"].id, photos["6 Sep"].id)
    work.run()
    assert page.stage.looking.scene().shots[1].aligned
    assert corners_on_screen(page) == {"6 Sep"}
    run = {command.key: command.run for command in page.commands()}
    run["fit"]()
    assert page.stage.looking.viewport == FIT
    assert corners_on_screen(page) != {"6 Sep"}


def read_face(journal: Journal, photo: Photo, top: float) -> None:
    """A face was read, from `top` on, in pixels of the photo."""
    points = tuple((150.0 + 50 * (at % 3 - 1), top + 40 * (at // 234), 0.0) for at in range(468))
    kept = FaceReading(300, 400, points=points).to_json()
    journal.previews.put_reading(photo.original.sha256, FACE, VERSION, kept)


def test_no_face_is_cut_off_where_photos_are_not_aligned(
    page: ComparePage, photos: dict[str, Photo], journal: Journal
) -> None:
    for name, top in (("1 Mar", 170.0), ("8 Mar", 180.0), ("6 Sep", 20.0)):
        read_face(journal, photos[name], top)
    page.show_pair(photos["1 Mar"].id, photos["8 Mar"].id)
    assert page.stage.looking.viewport != FIT, "faces in one place: they fill the panes"
    page.show_pair(photos["1 Mar"].id, photos["6 Sep"].id)
    assert page.stage.looking.viewport == FIT


def corners_on_screen(page: ComparePage) -> set[str]:
    """What the right pane shows near its lower and right corners: the name of a photo, or "" for the ground."""
    cell = page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene())[1]
    image = page.stage.grab().toImage()
    shown = set()
    for at in (
        cell.topRight() + QPointF(-9, 9),
        cell.bottomRight() - QPointF(9, 9),
        cell.bottomLeft() + QPointF(9, -9),
    ):
        colour = image.pixelColor(at.toPoint()).rgb() & 0xFFFFFF
        near = [
            name
            for name, photo in COLOURS.items()
            if all(abs((photo >> s & 255) - (colour >> s & 255)) < 12 for s in (0, 8, 16))
        ]
        shown.add("".join(near))
    return shown


@pytest.mark.parametrize("mode", ["side_by_side", "wipe", "overlay", "blink"])
def test_captions_stand_below_the_photos(page: ComparePage, mode: str) -> None:
    page.choose_mode(mode)
    looking = page.stage.looking
    cells = looking.mode.cells(looking.area, looking.scene())
    assert all(cell.bottom() < page.stage.height() - 15 for cell in cells)


def test_a_ring_shows_where_the_keyboard_is_only_to_who_uses_it(page: ComparePage) -> None:
    page.activateWindow()
    page.stage.setFocus(Qt.FocusReason.MouseFocusReason)
    plain = page.stage.grab().toImage()
    page.stage.clearFocus()
    page.stage.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.stage.grab().toImage() != plain
