"""A whole evening in an encrypted journal, through the real window: nothing readable ever touches the disk."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.store import age
from needlejournal.ui.destinations import ComparePhotos, EditDay, ImportPhotos, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.widgets.fields.text_fields import TextArea
from tests.journeys.conftest import LONG_MS, key, press, settle, workspace
from tests.ui.person import find, type_in, write

pytestmark = pytest.mark.window

PASSPHRASE = "plum cake under six trees"
WORD, NAME, WITHIN = "zwetschgenkuchen", "nobodysphoto", b"written into the picture"


class Searched:
    """Looks for marks in files: in all of a folder when asked, and in each file before it is removed or renamed."""

    def __init__(self, marks: list[bytes]) -> None:
        self.marks = marks
        self.found: list[str] = []
        self.files = 0

    def look_at(self, name: str, body: bytes) -> None:
        self.files += 1
        self.found += [f"{name}: {mark!r}" for mark in self.marks if mark in body or mark in os.fsencode(name)]

    def look_through(self, folder: Path) -> None:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                self.look_at(str(path), path.read_bytes())

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in {"os.remove", "os.rename"}:
            return
        path, within = arguments[0], arguments[1 if event == "os.remove" else 2]
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY, dir_fd=within if within != -1 else None)  # type: ignore[arg-type]
            with os.fdopen(handle, "rb") as file:
                self.look_at(str(path), file.read())


_hearing: list[Callable[[str, tuple[object, ...]], None]] = []
# Python takes a module's names away at its end while the hook goes on: it holds the list itself.
sys.addaudithook(lambda event, arguments, hearing=_hearing: [hear(event, arguments) for hear in hearing] and None)


@pytest.fixture
def card(tmp_path: Path, photos: Path) -> list[Path]:
    """Two photos with a mark of their own in each, and in their names; they lie outside the home."""
    made = []
    for number, source in enumerate(sorted(photos.glob("*_frontal.jpg"))[:2]):
        comment = b"\xff\xfe" + (len(WITHIN) + 2).to_bytes(2, "big") + WITHIN
        body = source.read_bytes()
        made.append(tmp_path / f"{NAME} {number}.jpg")
        made[-1].write_bytes(body[:2] + comment + body[2:])
    return made


@pytest.fixture
def searched(card: list[Path]) -> Iterator[Searched]:
    marks = [WORD.encode(), WORD.encode("utf-16-le"), NAME.encode(), WITHIN, PASSPHRASE.encode(), b"JFIF", b"Exif"]
    for file in card:
        body = file.read_bytes()
        middle = len(body) // 2
        marks += [body[middle : middle + 48], hashlib.sha256(body).digest(), hashlib.sha256(body).hexdigest().encode()]
    made = Searched(marks)
    _hearing.append(made.hear)
    yield made
    _hearing.clear()


def make_private(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.journals.new.make(folder, f"Of {WORD}", private=True)
    type_in(window, "New passphrase", PASSPHRASE)
    write(window, "Once more", PASSPHRASE)
    write(window, "Last group of the key", find(window, "Recovery key", QLabel).text().split()[-1])
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=LONG_MS)


def everything_said(window: QWidget) -> str:
    texts = [window.windowTitle(), QGuiApplication.clipboard().text(), QGuiApplication.applicationDisplayName()]
    for widget in window.findChildren(QWidget):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        texts += [widget.text()] if isinstance(widget, QLabel | QLineEdit) else []
    return "\n".join(texts)


def test_an_evening_leaves_nothing_readable_behind(
    window: MainWindow, qtbot: QtBot, home: Path, card: list[Path], searched: Searched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    make_private(qtbot, window, home / "Documents" / "Mine.needlejournal")
    page = workspace(window)

    page.go(ImportPhotos(tuple(card)))
    settle(qtbot, window)
    press(page.page("importing"), "Save")
    qtbot.waitUntil(lambda: page.open_journal.journal.photos.count() == 2, timeout=LONG_MS)
    settle(qtbot, window)
    searched.look_through(home)

    page.go(EditDay(date(2025, 3, 8)))
    note = next(area for area in page.page("day").findChildren(TextArea) if area.isVisibleTo(window))
    note.setPlainText(f"{WORD} eaten")
    searched.look_through(home)  # what a crash would leave behind, while it is being typed
    key(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, window)
    page.go(ShowPage("timeline"))
    key(qtbot, window, Qt.Key.Key_F)
    search = window.focusWidget()
    assert isinstance(search, QLineEdit)
    search.setText(WORD[:9])
    settle(qtbot, window)
    before, after = page.open_journal.journal.photos.all()
    page.go(ComparePhotos(before.id, after.id))
    settle(qtbot, window)
    assert WORD in everything_said(window)  # it is there to be found
    QGuiApplication.clipboard().setText(WORD)
    searched.look_through(home)

    key(qtbot, window, Qt.Key.Key_L)
    assert isinstance(window.centralWidget(), LockPage)
    qtbot.waitUntil(lambda: not any(mark in everything_said(window) for mark in (WORD, NAME)))
    searched.look_through(home)
    assert searched.found == []
    assert searched.files > 20
