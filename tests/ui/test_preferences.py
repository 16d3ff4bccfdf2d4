"""What the app remembers about itself between starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.errors import WorldError
from needlejournal.store import create_journal
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.preferences import Preferences
from tests.ui.person import reads


def test_values_are_there_at_the_next_start(home: Path) -> None:
    first = Preferences()
    first.remember("look/still", value=True)
    first.remember("look/text_scale", 1.5)
    first.remember("window/geometry", QByteArray(b"abc"))
    first.remember("look/mode", "dark")
    first.save()
    again = Preferences()
    assert again.flag("look/still")
    assert again.number("look/text_scale") == 1.5
    assert again.bytes("window/geometry") == QByteArray(b"abc")
    assert again.mode() == "dark"
    again.forget("look/mode")
    assert again.mode() == "system"


def test_a_file_somebody_broke_gives_defaults(home: Path) -> None:
    paths.settings_dir().mkdir(parents=True, exist_ok=True)
    (paths.settings_dir() / "settings.ini").write_text("[look]\nmode=purple\ntext_scale=large\n", encoding="utf-8")
    broken = Preferences()
    assert broken.mode() == "system"
    assert broken.number("look/text_scale", 1.0) == 1.0
    assert broken.bytes("window/geometry").isEmpty()


def test_journals_opened_lately_come_back_without_those_that_are_gone(home: Path) -> None:
    folders = [home / f"{name}.needlejournal" for name in ("One", "Two")]
    for folder in folders:
        create_journal(folder).close()
    preferences = Preferences()
    for folder in [*folders, folders[0]]:
        preferences.remember_journal(folder)
    assert preferences.recent_journals() == [folders[0], folders[1]]
    (folders[1] / "journal.db").unlink()
    assert preferences.recent_journals() == [folders[0]]


def test_a_place_that_refuses_is_said_once(home: Path, qtbot: QtBot) -> None:
    (paths.settings_dir() / "settings.ini").mkdir(parents=True)
    refusing = Preferences()
    told: list[WorldError] = []
    refusing.refused.connect(told.append)
    for scale in (1.5, 2.0):
        refusing.remember("look/text_scale", scale)
        QApplication.processEvents()
    assert [str(paths.settings_dir()) in str(error) for error in told] == [True]
    assert refusing.number("look/text_scale") == 2.0


def test_the_window_says_that_settings_are_not_kept(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    (paths.settings_dir() / "settings.ini").mkdir(parents=True)
    preferences = Preferences()
    window = MainWindow(qapp, preferences)
    qtbot.addWidget(window)
    preferences.remember("look/mode", "dark")
    QApplication.processEvents()
    assert "cannot be written" in reads(window)


def test_what_is_forgotten_on_a_disk_that_refuses_is_said_too(home: Path, qtbot: QtBot) -> None:
    (paths.settings_dir() / "settings.ini").mkdir(parents=True)
    refusing = Preferences()
    told: list[WorldError] = []
    refusing.refused.connect(told.append)
    refusing.forget("progress/compare_from")
    QApplication.processEvents()
    assert len(told) == 1
