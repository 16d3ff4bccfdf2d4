"""The viewport keeps what is under the mouse there, shows no empty edges, and means the same in every pane."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from needlejournal.ui.compare.view import viewport as views
from needlejournal.ui.compare.view.viewport import FIT, Viewport

sizes = st.builds(QSizeF, st.integers(1, 20000), st.integers(1, 20000))
panes = st.builds(QSizeF, st.integers(20, 4000), st.integers(20, 4000))
viewports = st.builds(Viewport, st.floats(0.01, 500), st.floats(-2, 3), st.floats(-2, 3))
PICTURE, PANE = QSizeF(3000, 4000), QSizeF(600, 400)


def test_fit_shows_the_whole_picture_in_the_middle() -> None:
    shown = views.to_pane(FIT, PICTURE, PANE)
    assert shown.map(QPointF(0, 0)) == QPointF(150, 0)
    assert shown.map(QPointF(3000, 4000)) == QPointF(450, 400)


@given(viewports, sizes, panes)
def test_nothing_leaves_an_empty_edge_that_the_picture_could_fill(
    view: Viewport, picture: QSizeF, pane: QSizeF
) -> None:
    kept = views.clamped(view, picture, pane)
    corner = views.to_pane(kept, picture, pane).map(QPointF(0, 0))
    far = views.to_pane(kept, picture, pane).map(QPointF(picture.width(), picture.height()))
    for near, end, room in ((corner.x(), far.x(), pane.width()), (corner.y(), far.y(), pane.height())):
        if end - near >= room:
            assert near <= 1e-3 and end >= room - 1e-3
        else:
            assert near == pytest.approx(room - end, abs=1e-3)
    assert kept.zoom >= min(1, 1 / views.fit_scale(picture, pane))


@given(viewports, sizes, panes)
def test_clamping_twice_changes_nothing(view: Viewport, picture: QSizeF, pane: QSizeF) -> None:
    once = views.clamped(view, picture, pane)
    again = views.clamped(once, picture, pane)
    assert (again.zoom, again.x, again.y) == pytest.approx((once.zoom, once.x, once.y))


def place_under(view: Viewport, at: QPointF, picture: QSizeF, pane: QSizeF) -> QPointF:
    """The place of the picture, in fractions of it, that lies at a place of the pane in pixels."""
    back, _ = views.to_pane(view, picture, pane).inverted()
    found = back.map(at)
    return QPointF(found.x() / picture.width(), found.y() / picture.height())


def test_zooming_keeps_the_place_under_the_mouse() -> None:
    at = QPointF(310, 190)
    closer = views.zoomed(Viewport(4, 0.5, 0.5), 1.7, at, PICTURE, PANE)
    before = place_under(Viewport(4, 0.5, 0.5), at, PICTURE, PANE)
    after = place_under(closer, at, PICTURE, PANE)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_zooming_in_and_out_again_ends_where_it_began() -> None:
    at = QPointF(280, 210)
    there = views.zoomed(Viewport(3, 0.5, 0.5), 2, at, PICTURE, PANE)
    back = views.zoomed(there, 0.5, at, PICTURE, PANE)
    assert (back.zoom, back.x, back.y) == pytest.approx((3, 0.5, 0.5))


def test_dragging_moves_the_picture_with_the_hand() -> None:
    start = Viewport(6, 0.5, 0.5)
    place = place_under(start, QPointF(100, 100), PICTURE, PANE)
    moved = views.panned(start, QPointF(30, -20), PICTURE, PANE)
    found = place_under(moved, QPointF(130, 80), PICTURE, PANE)
    assert (found.x(), found.y()) == pytest.approx((place.x(), place.y()))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_actual_size_puts_one_pixel_on_one_of_the_screen(ratio: float) -> None:
    view = views.actual_size(FIT, QPointF(300, 200), PICTURE, PANE, ratio)
    assert views.scale(view, PICTURE, PANE) * ratio == pytest.approx(1)


def test_the_same_view_shows_the_same_place_in_panes_and_pictures_of_other_sizes() -> None:
    view = Viewport(5, 0.3, 0.6)
    for picture, pane in ((PICTURE, PANE), (QSizeF(1500, 2000), QSizeF(500, 500))):
        middle = QPointF(pane.width() / 2, pane.height() / 2)
        place = place_under(view, middle, picture, pane)
        assert (place.x(), place.y()) == pytest.approx((0.3, 0.6))


def test_what_was_moved_alone_stays_moved_while_all_zoom() -> None:
    nudge = views.nudge_between(Viewport(2, 0.5, 0.5), Viewport(3, 0.6, 0.4))
    assert nudge
    shown = views.nudged(Viewport(4, 0.2, 0.2), nudge)
    assert (shown.zoom, shown.x, shown.y) == pytest.approx((6, 0.3, 0.1))
    assert not views.UNMOVED


def test_a_box_is_shown_as_large_as_it_fits() -> None:
    view = views.showing(0.4, 0.4, 0.1, 0.05, PICTURE, PANE)
    shown = views.to_pane(view, PICTURE, PANE)
    assert shown.map(QPointF(1200, 1600)).x() == pytest.approx(0)
    assert shown.map(QPointF(1500, 1800)).x() == pytest.approx(600)
    assert (view.x, view.y) == pytest.approx((0.45, 0.425))
