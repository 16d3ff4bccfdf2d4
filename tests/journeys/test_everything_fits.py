"""Every page is driven through its changes in a real window, and after each of them everything must fit.

Every button, step, tick and choice that a page shows is pressed once, what comes up is closed again, then all is
undone. `--thorough` presses all of them at each size, otherwise a sample.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store import open_journal
from needlejournal.ui import page_list
from needlejournal.ui.destinations import (
    ComparePhotos,
    Destination,
    EditDay,
    EditSession,
    ImportPhotos,
    ShowPage,
    ShowSideEffects,
)
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.screenshots import TONIGHT
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme, current_theme
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.sample import make_sample
from tests.asked import undoable
from tests.ui.fitting import faults, settle

pytestmark = pytest.mark.window
TODAY = TONIGHT.date()
WITHIN = {"new session": "session", "plan editor": "plan"}
PAGES = (*(page.key for page in page_list.PAGES), *WITHIN)
SIZES = {"usual": (1280, 800, 1.0), "large text": (1280, 800, 2.0), "narrow": (760, 700, 1.0)}
SETTLED_MS = 60_000
SAMPLE = 6  # presses a page, without --thorough
SLOW = ("Encrypt", "Check", "Change the passphrase")  # what they do is looked at elsewhere
OFTEN_WRITTEN = ("effects", "day")  # what changes most: with large text, always
PHOTO = paths.resources() / "sample" / "photos" / "2025-03-08_frontal.jpg"


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample journal, made once."""
    folder = tmp_path_factory.mktemp("sample") / "Sample.needlejournal"
    make_sample(folder, now=lambda: TONIGHT).close()
    return folder


@pytest.fixture
def workspace(sample_folder: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Workspace]:
    """A copy of the sample, on the evening of its last day."""
    copy = tmp_path / "Mine.needlejournal"
    shutil.copytree(sample_folder, copy)
    gc.disable()  # a worker that took a window down while the theme restyles would end the process
    theme = current_theme() if qapp.findChildren(Theme) else Theme(qapp, "light", 1.0)
    opened = OpenJournal(open_journal(copy), load_catalogue(paths.resources()), Jobs(), clock=lambda: TONIGHT)
    made = Workspace(opened, Preferences())
    qtbot.addWidget(made)
    made.show()
    yield made
    opened.close()
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.enable()
    gc.collect()  # else the theme restyles everything ever made
    theme.set_text_scale(1.0)


def destination(workspace: Workspace, page: str) -> Destination:
    opened = workspace.open_journal
    third = opened.calendar.marks[2].id
    frontal = opened.journal.photos.of_view("frontal")
    places: dict[str, Destination] = {
        "compare": ComparePhotos(frontal[0].id, frontal[-1].id),
        "effects": ShowSideEffects(third),
        "day": EditDay(date(2025, 6, 3)),
        "session": EditSession(third),
        "new session": EditSession(),
        "importing": ImportPhotos((PHOTO, Path(__file__))),
        "plan editor": ShowPage("plan"),
    }
    return places.get(page, ShowPage(page))


def turn_to(workspace: Workspace, page: str, qtbot: QtBot) -> QWidget:
    """The page of this name, as a person reaches it."""
    workspace.go(destination(workspace, page))
    assert workspace.current() == WITHIN.get(page, page)
    shown = workspace.page(workspace.current())
    settle()
    if page == "importing":  # what is found comes one after the other
        qtbot.waitUntil(lambda: not workspace.open_journal.jobs.busy, timeout=SETTLED_MS)
    if page == "plan editor":
        edit = next(name for name in names_of(shown) if name[1].startswith("Edit "))
        press(shown, edit)
    return shown


def close_what_came_up() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, (QDialog, QMenu)) and widget.isVisible():
            widget.close()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def names_of(page: QWidget) -> list[tuple[str, str, int]]:
    """What can be pressed, by kind, words and the how-many-eth of these: buttons come and go."""
    found: list[tuple[str, str, int]] = []
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            name = (type(button).__name__, button.accessibleName() or button.text())
            found.append((*name, sum(one[:2] == name for one in found)))
    return found


def press(page: QWidget, name: tuple[str, str, int]) -> None:
    alike = [
        button
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and (type(button).__name__, button.accessibleName() or button.text()) == name[:2]
    ]
    if name[2] < len(alike) and alike[name[2]].isEnabled():
        alike[name[2]].click()


def checked(workspace: Workspace, after: str) -> list[str]:
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as a running event loop does
    return [f"after {after}: {fault}" for fault in faults(workspace)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
def test_everything_fits_after_every_change(
    workspace: Workspace, page: str, size: str, thorough: bool, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    if size != "usual" and not thorough and (page not in OFTEN_WRITTEN or size != "large text"):
        pytest.skip("only with --thorough")
    for name in ("getOpenFileNames", "getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    width, height, scale = SIZES[size]
    current_theme().set_text_scale(scale)
    workspace.resize(width, height)
    shown = turn_to(workspace, page, qtbot)
    found = checked(workspace, "opening")
    pressed = [name for name in names_of(shown) if not name[1].startswith(SLOW)]
    every = 1 if thorough else max(1, len(pressed) // SAMPLE)
    for name in pressed[::every]:
        press(shown, name)
        settle()
        close_what_came_up()
        if workspace.page(workspace.current()) is not shown:
            turn_to(workspace, page, qtbot)
        found += checked(workspace, f"pressing {name[0]} “{name[1]}”")
    for select in shown.findChildren(Select):
        if select.isVisible() and select.count() > 1:
            select.setFocus()  # as by a person: a page never changes what stands under the hands
            QTest.keyClick(select, Qt.Key.Key_Down if select.currentIndex() < select.count() - 1 else Qt.Key.Key_Home)
            found += checked(workspace, f"choosing in {select.accessibleName()}")
    found += checked_writes(workspace)
    first: dict[str, str] = {}
    for fault in found:
        first.setdefault(fault.partition(": ")[2], fault)
    assert not found, "\n".join(first.values())


def checked_writes(workspace: Workspace) -> list[str]:
    """What is written elsewhere, or undone, while the page stands there."""
    opened = workspace.open_journal
    found = []
    for symptom in ("cold_sore", "swelling", "One of my own, with a name that goes on for quite a while"):
        effect = SideEffect(TODAY, symptom, Severity.SEVERE)
        opened.write("Write", lambda journal, effect=effect: journal.side_effects.save(effect))
        found += checked(workspace, f"writing {symptom}")
    while undoable(opened.journal) is not None:
        assert opened.undo(), f"“{undoable(opened.journal)}” cannot be undone"
    found += checked(workspace, "undoing everything")
    opened.redo()
    return found + checked(workspace, "redoing")


def test_a_squashed_a_cut_and_an_overlapping_widget_are_found(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QVBoxLayout

    from needlejournal.ui.widgets.buttons import Button

    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    one, other = Button("One"), Button("Other")
    for button in (one, other):
        column.addWidget(button)
    box.resize(300, 200)
    box.show()
    settle()
    assert faults(box) == []
    one.setGeometry(one.x(), one.y(), one.width(), 5)
    assert any("needs" in fault for fault in faults(box))
    one.setGeometry(other.geometry())
    assert any("lies over" in fault for fault in faults(box))
    one.move(280, 0)
    assert any("outside" in fault for fault in faults(box))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
