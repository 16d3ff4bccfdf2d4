"""How much of the window the two photos get, reached as a person does: by the rail, in a whole workspace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.verdict import Verdict
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.workspace import Workspace
from tests.ui import person
from tests.ui.fitting import settle

from .conftest import ByHand


@pytest.fixture
def workspace(opened: OpenJournal, photos: dict[str, Photo], work: ByHand, qtbot: QtBot) -> Workspace:
    made = Workspace(opened, Preferences())
    qtbot.addWidget(made)
    return made


def press(workspace: Workspace, qtbot: QtBot, name: str) -> None:
    rail = workspace.findChild(Rail)
    assert rail is not None
    button = next(one for one in rail.findChildren(object) if getattr(one, "accessibleName", str)() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def comparison(workspace: Workspace, qtbot: QtBot, work: ByHand) -> ComparePage:
    """The page behind "Compare", shown once the pixel libraries are loaded in the background."""
    press(workspace, qtbot, "Compare")

    def there() -> bool:
        work.run()
        return workspace.current() == "compare"

    qtbot.waitUntil(there)
    work.run()
    page = workspace.findChild(ComparePage)
    assert page is not None
    return page


@pytest.fixture
def text(qapp: QApplication) -> Iterator[Theme]:
    look = Theme(qapp, "light", 1.0)
    yield look
    look.set_text_scale(1.0)
    look.setParent(None)


@pytest.mark.parametrize(
    ("size", "scale", "share"),
    [((1280, 800), 1.0, 0.55), ((1920, 1080), 1.0, 0.65), ((1280, 800), 2.0, 0.4), ((1920, 1080), 2.0, 0.55)],
)
def test_two_photos_get_most_of_the_window(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand, size: tuple[int, int], scale: float, share: float
) -> None:
    text.set_text_scale(scale)
    workspace.resize(*size)
    workspace.show()
    page = comparison(workspace, qtbot, work)
    settle()
    scene = page.stage.looking.scene()
    cells = page.stage.looking.mode.cells(page.stage.looking.area, scene)
    shown = [shot.frame(scene.viewport, cell) for shot, cell in zip(scene.shots, cells, strict=True)]
    covered = sum(frame.width() * frame.height() for frame in shown)
    assert covered / (size[0] * size[1]) >= share


def test_the_rail_folds_beside_photos_and_wherever_the_person_folds_it(
    workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    workspace.resize(1280, 800)
    workspace.show()
    rail = workspace.findChild(Rail)
    assert rail is not None
    whole = rail.width()
    comparison(workspace, qtbot, work)
    assert rail.width() < whole / 2
    press(workspace, qtbot, "Photos")
    assert rail.width() == whole
    press(workspace, qtbot, "Fold menu")
    assert rail.width() < whole / 2
    press(workspace, qtbot, "Plan")
    assert rail.width() < whole / 2
    press(workspace, qtbot, "Fold menu")
    assert rail.width() == whole


def test_what_large_text_leaves_no_room_for_stands_in_the_menu(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    text.set_text_scale(2.0)
    workspace.resize(760, 700)
    workspace.show()
    page = comparison(workspace, qtbot, work)
    assert not person.sees(page, "Export…") and not person.sees(page, "Fairest pair")
    assert person.sees(page, "Align: automatic")  # still its name, where only its picture is shown
    person.press(page, "More ways to look")
    person.pick(page, "Show me the fairest pair…")
    assert "The fairest pairs" in person.reads(page)


def test_photos_can_be_seen_in_the_smallest_window_with_the_largest_text(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    text.set_text_scale(2.0)
    workspace.setFixedSize(640, 400)
    workspace.show()
    page = comparison(workspace, qtbot, work)
    settle()
    scene, area = page.stage.looking.scene(), page.stage.looking.area
    cells = page.stage.looking.mode.cells(area, scene)
    heights = [shot.frame(scene.viewport, cell).height() for shot, cell in zip(scene.shots, cells, strict=True)]
    assert min(heights) >= 80
    assert page.findChild(Verdict).isVisible()
    before = page.comparison.ids()
    QTest.keyClick(page.stage, Qt.Key.Key_Left)
    assert page.comparison.ids() != before
    person.press(page, "Way to compare: Overlay")
    settle()
    assert page.stage.height() >= 80
    person.press(page, "Details")
    settle()
    assert page.judging.panel.height() >= 120


def test_the_keyboard_goes_to_the_photos_when_the_details_close_under_it(
    workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    workspace.resize(1280, 800)
    workspace.show()
    page = comparison(workspace, qtbot, work)
    workspace.activateWindow()
    person.press(page, "Details")
    inside = person.find(page.judging.panel, "Note what you know…", QAbstractButton)
    inside.setFocus()
    qtbot.waitUntil(inside.hasFocus)
    QTest.keyClick(inside, Qt.Key.Key_I)
    assert page.judging.panel.isHidden() and page.stage.hasFocus()


def narrow(text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand) -> ComparePage:
    """The page in a narrow window with large text."""
    text.set_text_scale(2.0)
    workspace.resize(760, 800)
    workspace.show()
    page = comparison(workspace, qtbot, work)
    settle()
    return page


def test_beside_large_text_in_a_narrow_window_the_photos_keep_their_room(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    page = narrow(text, workspace, qtbot, work)
    assert page.stage.width() * page.stage.height() >= 0.45 * 760 * 800
    assert page.minimumSizeHint().width() <= page.width()


def test_a_tool_in_a_narrow_window_shows_all_its_buttons_and_leaves_room_for_the_photos(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    page = narrow(text, workspace, qtbot, work)
    person.press(page, "Align: automatic")
    person.pick(page, "By hand, with points…")
    settle()
    assert page.stage.height() >= page.height() / 2
    for name in ("Take back", "Remove all points", "Cancel", "Use points"):
        button = next(one for one in page.findChildren(QAbstractButton) if one.text() == name and one.isVisible())
        assert button.size().boundedTo(button.minimumSizeHint()) == button.minimumSizeHint(), name
        assert page.rect().contains(QRect(button.mapTo(page, QPoint()), button.size())), name
    assert not page.filmstrip.isVisible()
    person.press(page, "Cancel")
    assert page.filmstrip.isVisible()


def test_details_stand_in_the_place_of_the_photos_where_there_is_no_room_for_both(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    page = narrow(text, workspace, qtbot, work)
    person.press(page, "Details")
    settle()
    assert "In detail" in person.reads(page)
    assert page.minimumSizeHint().width() <= page.width()
    assert not page.stage.isVisible()
    person.press(page, "Hide details")
    assert page.stage.isVisible()


def test_full_screen_shows_the_photos_whatever_stood_in_their_place(
    text: Theme, workspace: Workspace, qtbot: QtBot, work: ByHand
) -> None:
    page = narrow(text, workspace, qtbot, work)
    person.press(page, "Details")
    person.press(page, "More ways to look")
    person.pick(page, "Full screen\tF")
    assert page.stage.isVisible()
    qtbot.keyClick(page.stage, Qt.Key.Key_Escape)
    assert page.stage.isVisible()
