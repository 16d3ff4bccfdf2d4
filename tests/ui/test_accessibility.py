"""Every page of the sample journal: each control says what it is, Tab reaches it, and no words are cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.workspace import Workspace
from tests.ui.sample_sheets import SHEETS, kinds, opened
from tests.ui.sample_window import PAGES, sample_window, settle, turn_to

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractScrollArea)


@pytest.fixture(scope="module")
def sample(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample journal in a window's workspace, at the smallest size with the largest text."""
    with sample_window(qapp, tmp_path_factory.mktemp("sample"), scale=2.0, size=(640, 400)) as made:
        yield made


@pytest.fixture
def shown(request: pytest.FixtureRequest, sample: Workspace, qtbot: QtBot) -> QWidget:
    """The page of this name, with all that it fetches."""
    return turn_to(sample, request.param, qtbot)


def reachable(page: QWidget) -> list[QWidget]:
    """All that the keyboard can stand on."""
    return [
        part
        for part in page.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
    ]  # fmt: skip


def called(part: QWidget) -> str:
    """What a screen reader says of a widget."""
    return part.accessibleName() or str(part.property("text") or "") or str(part.property("placeholderText") or "")


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_whatever_the_keyboard_reaches_has_a_name(shown: QWidget) -> None:
    nameless = [f"{part} in {part.parent()}" for part in reachable(shown) if not called(part)]
    assert not nameless


def _by_arrows(part: QAbstractButton) -> bool:
    """Of exclusive answers Tab reaches one, and the arrow keys reach the others."""
    group = part.group()
    return (
        group is not None
        and group.exclusive()
        and any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in group.buttons())
    )


def _answered_for(part: QWidget, walked: Sequence[QWidget]) -> bool:
    """Whether Tab reaches another of the exclusive answers that this is one of."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in walked for one in group.buttons())


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_every_control_can_be_reached_with_the_keyboard(shown: QWidget) -> None:
    lost = [
        f"{part} “{called(part)}”"
        for part in shown.findChildren(QAbstractButton)
        if part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() == Qt.FocusPolicy.NoFocus
        and not _by_arrows(part)
    ]
    assert not lost


def missed_by_tab(shown: QWidget, qtbot: QtBot) -> list[str]:
    """Walk with Tab until it comes round, and give what can be stood on and was never reached."""
    shown.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    walked: list[QWidget] = []
    while (focused := QApplication.focusWidget()) not in walked:
        assert focused is not None, f"the keyboard is lost after {walked[-1:]}"
        walked.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert focused in walked[:2], "it comes round, but for a title, which is read once"
    missed = [one for one in reachable(shown) if one not in walked and not _answered_for(one, walked)]
    return [f"{one} “{called(one)}”" for one in missed]


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_tab_reaches_all_of_the_page_and_comes_round(shown: QWidget, qtbot: QtBot) -> None:
    assert not missed_by_tab(shown, qtbot)


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_of_exclusive_answers_tab_stops_at_the_chosen_one_only(shown: QWidget) -> None:
    stops = {part for part in reachable(shown.window()) if isinstance(part, QAbstractButton) and _by_arrows(part)}
    astray = [one for one in stops if (chosen := one.group().checkedButton()) and chosen is not one]
    assert not [f"{one} “{called(one)}”" for one in astray]


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_with_the_largest_text_nothing_is_out_of_reach_in_the_smallest_window(shown: QWidget) -> None:
    wide = [
        f"{part.widget()} {part.widget().width()} > {part.viewport().width()}"
        for part in shown.findChildren(QAbstractScrollArea)
        if part.isVisible()
        and part.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and hasattr(part, "widget")
        and part.widget()
        and part.widget().width() > part.viewport().width()
    ]
    assert not wide


@pytest.fixture
def sheet(request: pytest.FixtureRequest, sample: Workspace, qtbot: QtBot) -> Iterator[QDialog]:
    """A sheet over the comparison, at the smallest size with the largest text."""
    yield from opened(request.param, sample, qtbot)


@pytest.mark.parametrize("sheet", SHEETS, indirect=True)
def test_every_sheet_names_its_controls_and_lets_the_keyboard_reach_them(sheet: QDialog) -> None:
    assert sheet.windowTitle()
    assert not [f"{part} in {part.parent()}" for part in reachable(sheet) if not called(part)]
    buttons = [part for part in sheet.findChildren(QAbstractButton) if part.isVisible() and part.isEnabled()]
    assert buttons
    assert not [
        f"{part} “{called(part)}”"
        for part in buttons
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus and not _by_arrows(part)
    ]


@pytest.mark.parametrize("sheet", SHEETS, indirect=True)
def test_tab_reaches_all_of_a_sheet_and_comes_round(sheet: QDialog, qtbot: QtBot) -> None:
    assert not missed_by_tab(sheet, qtbot)


@pytest.mark.parametrize("sheet", SHEETS, indirect=True)
def test_every_sheet_fits_the_screen_with_its_buttons_in_sight(sheet: QDialog) -> None:
    room = sheet.screen().availableGeometry().size()
    assert sheet.width() <= room.width() and sheet.height() <= room.height()
    buttons = [part for part in sheet.findChildren(QAbstractButton) if part.isVisible() and part.parent() is sheet]
    assert buttons
    assert not [called(one) for one in buttons if not sheet.rect().contains(one.geometry())]
    assert not [called(one) for one in buttons if one.width() < one.minimumSizeHint().width()]


@pytest.mark.parametrize("sheet", ["blind", "zone", "zones", "places"], indirect=True)
def test_pictures_become_smaller_before_what_is_asked_goes_out_of_sight(sheet: QDialog) -> None:
    scrolls = [area.verticalScrollBar().maximum() for area in sheet.findChildren(QScrollArea) if area.isVisible()]
    assert scrolls and not any(scrolls)


@pytest.mark.parametrize("sheet", SHEETS, indirect=True)
def test_escape_closes_every_sheet(sheet: QDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not isValid(sheet) or not sheet.isVisible()


def test_no_sheet_is_forgotten(sample: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()
    monkeypatch.setattr(QDialog, "open", lambda sheet: seen.add(type(sheet).__name__))
    turn_to(sample, "compare", qtbot)
    for show in SHEETS.values():
        show(sample)
    assert kinds(Sheet) <= seen
    for left in sample.findChildren(QDialog):
        left.deleteLater()
    settle(sample, qtbot)
