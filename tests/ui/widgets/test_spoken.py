"""What a screen reader gets of what we paint ourselves: parts with words, roles, announcements."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import Destination
from needlejournal.ui.effects import EffectsPage
from needlejournal.ui.effects.curve_view import CurveView
from needlejournal.ui.effects.grid_view import GridView
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.notices import Toast
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.rail import Rail, RailItem
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker

Role, Words = QAccessible.Role, QAccessible.Text.Name


@pytest.fixture(autouse=True)
def installed(qapp: QApplication) -> None:
    spoken.install()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[QAccessibleEvent]:
    """Every event that assistive technology would hear."""
    heard: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.append)
    return heard


def seen(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


@pytest.fixture
def grid(opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot) -> GridView:
    page = EffectsPage(opened_diary, led.append, preferences)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    found = page.findChild(GridView)
    page.activateWindow()
    found.setFocus(Qt.FocusReason.TabFocusReason)
    return found


def test_the_day_grid_is_cells_in_words(grid: GridView) -> None:
    whole = seen(grid)
    cells = [whole.child(number).text(Words) for number in range(whole.childCount())]
    assert whole.childCount() > 31
    assert cells[0].startswith("Redness, day 0: Severe")
    assert any("not written" in words for words in cells)
    assert all(cells)
    first = whole.child(0)
    assert first.role() == Role.ListItem
    assert first.parent().object() is grid
    centre = first.rect().center()
    assert whole.childAt(centre.x(), centre.y()).text(Words) == cells[0]


def test_arrows_in_the_grid_say_the_cell_and_write_it_below(
    grid: GridView, said: list[QAccessibleEvent], qtbot: QtBot
) -> None:
    before = grid.spoken_now()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    focused = [event for event in said if event.type() == QAccessible.Event.Focus]
    assert [event.child() for event in focused] == [before + 1]
    assert seen(grid).focusChild().text(Words) == grid.words_now()
    texts = [label.text() for label in grid.window().findChildren(QWidget) if hasattr(label, "text")]
    assert grid.words_now() in [text() if callable(text) else text for text in texts]


def test_a_toast_is_a_notification_with_its_button_and_is_said(said: list[QAccessibleEvent], qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    toast.show_message("In the trash for 30 days.", "Undo")
    assert {QAccessible.Event.Announcement, QAccessible.Event.ObjectShow} <= {event.type() for event in said}
    assert seen(toast).role() == Role.Notification
    assert "In the trash for 30 days." in seen(toast).text(Words)
    inside = [seen(toast).child(number) for number in range(seen(toast).childCount())]
    assert [one.text(Words) for one in inside if one.role() == Role.Button] == ["Undo"]


def test_exclusive_answers_are_radio_buttons(qtbot: QtBot) -> None:
    picker = SeverityPicker("Redness")
    qtbot.addWidget(picker)
    roles = {
        seen(child).role() for child in picker.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert Role.RadioButton in roles
    assert Role.CheckBox not in roles


def test_the_face_map_names_every_zone(qtbot: QtBot) -> None:
    canvas = FaceCanvas({"forehead": "Forehead", "chin": "Chin"})
    qtbot.addWidget(canvas)
    canvas.show_state({}, frozenset({"chin"}), mirrored=False)
    assert [seen(canvas).child(number).text(Words) for number in range(2)] == ["Forehead", "Chin, chosen"]


def test_widgets_come_and_go_without_harm(qtbot: QtBot) -> None:
    for _ in range(20):
        window = QWidget()
        canvas = FaceCanvas({"forehead": "Forehead"}, window)
        window.show()
        part = seen(canvas).child(0)
        assert part.text(Words) == "Forehead"
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del window, canvas
        gc.collect()
        assert not part.isValid()
    assert not spoken._kept


def test_the_rail_is_tabs_that_can_be_pressed(qtbot: QtBot) -> None:
    rail = Rail("Mine", [RailItem("timeline", "Timeline", "timeline"), RailItem("photos", "Photos", "photos")])
    qtbot.addWidget(rail)
    rail.select("timeline")
    rail.show()
    assert seen(rail).role() == Role.PageTabList
    inside = [seen(rail).child(number) for number in range(seen(rail).childCount())]
    tabs = {one.text(Words): one for one in inside if one.role() == Role.PageTab}
    assert {name: tab.state().selected for name, tab in tabs.items()} == {"Timeline": True, "Photos": False}
    with qtbot.waitSignal(rail.chosen):
        tabs["Photos"].actionInterface().doAction("Press")
    assert rail.current() == "photos"
    assert tabs["Photos"].state().selected


def test_a_card_is_a_group_by_its_name(qtbot: QtBot) -> None:
    card = Card("Day by day")
    qtbot.addWidget(card)
    assert (seen(card).role(), seen(card).text(Words)) == (Role.Grouping, "Day by day")


def test_the_pages_title_is_a_heading_and_its_state_is_said_once(said: list[QAccessibleEvent], qtbot: QtBot) -> None:
    header = PageHeader("Session 3")
    qtbot.addWidget(header)
    header.show()
    roles = {seen(part).text(Words): seen(part).role() for part in header.findChildren(QWidget)}
    assert roles["Session 3"] == Role.Heading

    def announced() -> int:
        return [event.type() for event in said].count(QAccessible.Event.Announcement)

    header.set_state("Saved · 14:52")
    header.set_state("Saved · 14:53")
    assert announced() == 1
    header.set_state("Not saved: the disk is full.", warning=True)
    assert announced() == 2


def test_arrows_walk_over_the_curve_and_say_its_values(
    grid: GridView, said: list[QAccessibleEvent], qtbot: QtBot
) -> None:
    curve = grid.window().findChild(CurveView)
    curve.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    whole = seen(curve)
    spoken_values = [whole.child(number).text(Words) for number in range(whole.childCount())]
    assert spoken_values[0] == "Day 0: Severe"
    assert whole.focusChild().text(Words) == spoken_values[1] == curve.words_now()
    assert [event.child() for event in said if event.type() == QAccessible.Event.Focus][-1] == 1
    shown = [part.text() for part in grid.window().findChildren(QWidget) if isinstance(part, QLabel)]
    assert curve.words_now() in shown
