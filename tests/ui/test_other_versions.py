"""Two versions of a journal, as a sync program leaves them: both are reached from the window, none is changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import DayNote
from needlejournal.store import age, create_journal, open_journal
from needlejournal.store.keyring import unlock as keys_of
from needlejournal.ui.arrivals import Arrivals
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.preferences import Preferences
from needlejournal.workflows.safekeeping.encrypting import encrypt
from tests.ui.person import press, reads, write

WORDS = "grün six words"
OTHER = "journal (conflicted copy 2025-03-08).db"


@pytest.fixture(params=["plain", "encrypted"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal that says "here", and beside it another version that says "there"."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    made = tmp_path / "Mine.needlejournal"
    journal = create_journal(made)
    with journal.step("note"):
        note = journal.day_notes.save(DayNote(date(2025, 3, 8), "there"))
    journal.close()
    if request.param == "encrypted":
        encrypt(made, WORDS)
    shutil.copy(made / "journal.db", made / OTHER)
    journal = open_journal(made, keyring=keys_of(made, WORDS) if request.param == "encrypted" else None)
    with journal.step("note"):
        journal.day_notes.save(replace(note, text="here"))
    journal.close()
    return made


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(qapp, Preferences())
    made.show()
    yield made
    made.close()
    made.deleteLater()


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    """Type the passphrase where it is asked for."""
    if isinstance(window.centralWidget(), LockPage):
        write(window, "Passphrase", WORDS)
        qtbot.waitUntil(lambda: window.workspace is not None)


def shown(window: MainWindow) -> tuple[str, bool]:
    """The note of the version that is open, and whether it is open for viewing only."""
    assert window.workspace is not None
    journal = window.workspace.open_journal.journal
    return journal.day_notes.all()[0].text, journal.read_only


def test_the_other_version_is_looked_at_and_left_again(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    before = (folder / OTHER).read_bytes()
    window.open(folder)
    unlock(window, qtbot)
    assert shown(window) == ("here", False)
    assert f"“{OTHER}” in the same folder" in reads(window)
    press(window, "Look at the other")
    assert shown(window) == ("there", True)
    assert f"This is “{OTHER}”" in reads(window)
    press(window, "Open the journal itself")
    assert shown(window) == ("here", False)
    assert (folder / OTHER).read_bytes() == before


def test_the_other_version_is_given_by_the_desktop(
    qapp: QApplication, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    Arrivals(qapp, window).take([folder / OTHER])
    if isinstance(window.centralWidget(), LockPage):  # its keys are the journal's, and lead there
        unlock(window, qtbot)
        press(window, "Look at the other")
    assert shown(window) == ("there", True)


@pytest.mark.parametrize("name", [OTHER, "journal.db.conflict1"])
def test_a_version_dropped_on_the_window_is_offered_for_viewing(
    window: MainWindow, folder: Path, qtbot: QtBot, name: str
) -> None:
    (folder / OTHER).rename(folder / name)
    window.open(folder)
    unlock(window, qtbot)
    assert window.workspace is not None
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / name))])
    window.workspace.receive(mime)
    assert window.workspace.current() == "timeline", "it is no photo to import"
    assert f"“{name}” is no photo" in reads(window)
    press(window, "Look at it")
    assert shown(window) == ("there", True)


def test_a_version_whose_journal_is_gone_is_only_looked_at(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    if (folder / "keyring.age").is_file():
        pytest.skip("its passphrase is asked for by the journal itself")
    (folder / "journal.db").unlink()
    window.open(folder / OTHER)
    assert shown(window) == ("there", True)
    assert "The journal itself" not in reads(window)


def test_a_journal_is_closed_while_what_decodes_is_still_being_loaded(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open(folder)
    unlock(window, qtbot)
    monkeypatch.setitem(sys.modules, "needlejournal.imaging.reading.apart", ModuleType("half there"))
    window.close()
    assert window.workspace is None
