"""Every page of the sample journal: each control says what it is, Tab reaches it, and no words are cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
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


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_tab_walks_through_the_page_and_out_of_it(shown: QWidget) -> None:
    window = shown.window()
    chain, part = [], shown.nextInFocusChain()
    while part is not None and part is not shown and len(chain) < 5000:
        chain.append(part)
        part = part.nextInFocusChain()
    assert part is shown, "the chain goes round"
    assert {id(one) for one in reachable(shown)} <= {id(one) for one in chain}
    assert window is shown.window()


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
