"""Locking in the window: nothing of the journal is left to see, and only the passphrase brings it back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.store import age, create_journal, open_journal
from needlejournal.store.backup import BackedUp, BackupSource
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.folder import is_open
from needlejournal.store.keys import is_locked
from needlejournal.ui.destinations import EditDay
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.backup_clock import BackupClock
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.panels.locking.passphrase_sheet import PassphraseSheet
from needlejournal.ui.panels.locking.recovery_sheet import RecoverySheet
from needlejournal.ui.panels.locking.watching import MINUTES, AwayWatch
from needlejournal.ui.panels.opening_sheets import DamagedSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.welcome.page import WelcomePage
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.workflows.progress import Control
from needlejournal.workflows.safekeeping import backing_up
from needlejournal.workflows.safekeeping.encrypting import encrypt
from tests.store.every_kind import WORD, fill
from tests.ui.person import find, press, reads, sees, type_in, write, written

WORDS = "grün six words"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    monkeypatch.setattr("needlejournal.ui.panels.locking.lock_page.LONGEST_PAUSE_MS", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    journal = create_journal(tmp_path / f"{WORD}.needlejournal", f"Of {WORD}")
    fill(journal)
    journal.close()
    return journal.folder


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(qapp, Preferences())
    made.show()
    yield made
    made.close()
    made.deleteLater()


def lock_page(window: MainWindow) -> LockPage:
    page = window.centralWidget()
    assert isinstance(page, LockPage)
    return page


def unlock(qtbot: QtBot, window: MainWindow, words: str = WORDS) -> None:
    write(lock_page(window), "Passphrase", words)
    qtbot.waitUntil(lambda: window.workspace is not None)


def lock(window: MainWindow) -> None:
    next(one for one in window.actions() if "Ctrl+L" in [key.toString() for key in one.shortcuts()]).trigger()


def words_of(window: QWidget) -> str:
    texts = [window.windowTitle(), QApplication.clipboard().text()]
    for widget in window.findChildren(QWidget):
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        texts += [widget.text()] if isinstance(widget, QLabel) else []
    return "\n".join(texts)


def test_an_encrypted_journal_asks_for_its_passphrase_and_shows_nothing_before(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    encrypt(folder, WORDS)
    window.open(folder)
    assert WORD not in words_of(window) and window.workspace is None
    page = lock_page(window)
    type_in(page, "Passphrase", "wrong")
    press(page, "Unlock")
    qtbot.waitUntil(lambda: "does not open" in reads(page))
    qtbot.waitUntil(lambda: sees(page, "Unlock"))
    assert written(page, "Passphrase") == ""
    unlock(qtbot, window)
    assert WORD in window.windowTitle()


@pytest.mark.parametrize("asked_for", [True, False], ids=["given to the program", "the last one"])
def test_the_program_starts_at_the_lock_of_an_encrypted_journal(
    qtbot: QtBot, window: MainWindow, folder: Path, *, asked_for: bool
) -> None:
    encrypt(folder, WORDS)
    Preferences().remember_journal(folder)
    window.begin(folder if asked_for else None)
    assert WORD not in words_of(window)
    unlock(qtbot, window)
    assert WORD in window.windowTitle()


def test_a_journal_that_cannot_be_opened_at_the_start_leads_to_the_welcome(window: MainWindow, tmp_path: Path) -> None:
    window.begin(tmp_path / "Gone.needlejournal")
    assert isinstance(window.centralWidget(), WelcomePage)


@pytest.mark.parametrize("how", ["in the middle", "all of it", "emptied", "gone"])
def test_what_is_damaged_behind_the_lock_opens_as_a_copy(
    qtbot: QtBot, window: MainWindow, folder: Path, how: str
) -> None:
    """A person types the passphrase, is told what is wrong, and goes on with a copy under the same passphrase."""
    encrypt(folder, WORDS)
    database = folder / "journal.db"
    whole = database.read_bytes()
    if how == "gone":
        database.unlink()
    elif how == "emptied":
        database.write_bytes(b"")
    else:
        start, end = (4096, 5 * 4096) if how == "in the middle" else (0, len(whole))
        database.write_bytes(whole[:start] + b"\xa5" * (end - start) + whole[end:])
    window.open(folder)
    assert WORD not in words_of(window)
    page = lock_page(window)
    if how == "gone":
        write(page, "Passphrase", "wrong")
        qtbot.waitUntil(lambda: "does not open" in reads(page))
        qtbot.waitUntil(lambda: sees(page, "Unlock"))
    write(page, "Passphrase", WORDS)
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(DamagedSheet)))
    (sheet,) = (sheet for sheet in window.findChildren(DamagedSheet) if sheet.isVisible())
    press(sheet, "Open a copy")
    qtbot.waitUntil(lambda: window.workspace is not None)
    journal = window.workspace.open_journal.journal
    assert journal.folder != folder and journal.encrypted
    assert journal.counts().photos + len(journal.orphans) == (4 if how == "in the middle" else 5)


def test_locking_by_key_leaves_nothing_to_see_and_keeps_what_was_typed(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    encrypt(folder, WORDS)
    window.open(folder)
    unlock(qtbot, window)
    QApplication.clipboard().setText(WORD)
    old = window.workspace
    old.go(EditDay(date(2025, 3, 20)))

    def shown() -> list[TextArea]:
        return [area for area in old.page("day").findChildren(TextArea) if area.isVisibleTo(window)]

    qtbot.waitUntil(lambda: bool(shown()))
    QTest.keyClicks(shown()[0], "Typed, and not kept yet")
    gone: list[bool] = []
    old.destroyed.connect(lambda: gone.append(True))
    lock(window)
    lock_page(window)
    qtbot.waitUntil(lambda: bool(gone))
    assert WORD not in words_of(window) and window.workspace is None
    with pytest.raises(Exception, match="encrypted"):
        open_journal(folder)
    unlock(qtbot, window)
    journal = window.workspace.open_journal.journal
    assert journal.counts().photos == 4
    assert journal.day_notes.of_day(date(2025, 3, 20)).text == "Typed, and not kept yet"


def test_wrong_passphrases_are_answered_alike_and_slower_each_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("needlejournal.ui.panels.locking.lock_page.LONGEST_PAUSE_MS", 30_000)
    page, asked = LockPage(), list[str]()
    qtbot.addWidget(page)
    page.show()
    page.wanted.connect(lambda typed, _recovery: asked.append(typed))
    waits = []
    for _ in range(8):
        page.refuse("This passphrase does not open the journal.")
        waits.append(page.findChild(QTimer).interval())
        assert "does not open" in reads(page) and written(page, "Passphrase") == ""
        write(page, "Passphrase", "again")
    assert asked == [] and waits == [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]


def test_a_lock_is_immediate_while_a_backup_runs_which_goes_on_afterwards(
    qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk of the backups hangs: that holds neither the window nor what can be seen in it."""
    encrypt(folder, WORDS)
    window.open(folder)
    unlock(qtbot, window)
    began, go_on, real = threading.Event(), threading.Event(), backing_up.back_up

    def hanging(source: BackupSource, place: Path, now: datetime, control: Control) -> BackedUp:
        began.set()
        assert go_on.wait(10)
        return real(source, place, now, control)

    monkeypatch.setattr(backing_up, "back_up", hanging)
    clock = BackupClock.of(window.workspace.open_journal)
    clock.set_place(tmp_path / "disk")
    clock.begin()
    assert began.wait(10)
    lock(window)
    page = lock_page(window)
    assert WORD not in words_of(window) and not go_on.is_set()
    write(page, "Passphrase", WORDS)
    assert "Unlocking" in reads(page) and window.workspace is None
    go_on.set()
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert not BackupFolder(tmp_path / "disk").versions(), "it was stopped"
    clock = BackupClock.of(window.workspace.open_journal)
    clock.look()
    qtbot.waitUntil(lambda: not clock.running)
    assert len(BackupFolder(tmp_path / "disk").versions()) == 1
    clock.look()
    assert not clock.running


def test_closing_the_window_behind_a_lock_closes_the_journal_too(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypt(folder, WORDS)
    window.open(folder)
    unlock(qtbot, window)
    opened = window.workspace.open_journal
    began, go_on, ended = threading.Event(), threading.Event(), []

    def work(_control: JobControl) -> None:
        began.set()
        assert go_on.wait(10)

    opened.jobs.run(work, ended.append)
    assert began.wait(10)
    lock(window)
    write(lock_page(window), "Passphrase", WORDS)
    assert is_open(folder)
    go_on.set()
    window.close()
    assert ended == [None] and window.workspace is None and not is_open(folder)


def test_a_plain_journal_is_covered(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.open(folder)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace is not None and window.journals.covers.down
    window.journals.covers.lift()


def test_the_recovery_key_opens_it_too(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    recovery = encrypt(folder, WORDS)
    window.open(folder)
    page = lock_page(window)
    press(page, "I have forgotten the passphrase")
    write(page, "Recovery key", recovery.written().lower())
    qtbot.waitUntil(lambda: window.workspace is not None)


def test_one_in_use_on_another_computer_is_asked_about_before_it_is_unlocked(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    encrypt(folder, WORDS)
    (folder / "lock").write_text(json.dumps({"host": "attic", "utc": "2025-03-08T11:00:00+00:00"}))
    window.open(folder)
    write(lock_page(window), "Passphrase", WORDS)
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(QuestionSheet)))
    assert window.workspace is None
    press(window, "Open anyway")
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace.open_journal.journal.counts().photos == 4


def test_nobody_there_locks_it(qtbot: QtBot, window: MainWindow, folder: Path, qapp: QApplication) -> None:
    encrypt(folder, WORDS)
    window.open(folder)
    unlock(qtbot, window)
    window.journals.locking.lock_encrypted()
    lock_page(window)


def test_minutes_pass_touches_count_and_a_sleep_is_noticed(qapp: QApplication, qtbot: QtBot) -> None:
    now = [1000.0]
    preferences = Preferences()
    preferences.remember(MINUTES, 2)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    qtbot.waitExposed(parent)
    watch = AwayWatch(qapp, preferences, parent, lambda: now[0])
    told: list[bool] = []
    watch.away.connect(lambda: told.append(True))

    def pass_by(seconds: float) -> int:
        for _ in range(int(seconds / 5)):
            now[0] += 5
            watch.tick()
        return len(told)

    assert pass_by(115) == 0
    QTest.keyClick(parent.windowHandle(), Qt.Key.Key_A)
    assert pass_by(115) == 0 and pass_by(5) == 1
    now[0] += 3600
    watch.tick()
    assert len(told) == 2
    preferences.remember(MINUTES, 0)
    assert pass_by(7200) == 2
    preferences.remember(MINUTES, "x")
    assert pass_by(15 * 60) == 3


def test_a_passphrase_is_chosen_twice_and_must_be_fair(qtbot: QtBot) -> None:
    sheet = PassphraseSheet("Passphrase", "Go on")
    qtbot.addWidget(sheet)
    sheet.open()
    taken: list[bool] = []
    sheet.accepted.connect(lambda: taken.append(True))
    type_in(sheet, "New passphrase", "abc")
    press(sheet, "Go on")
    assert "too easy" in reads(sheet)
    press(sheet, "Suggest six words")
    assert len(sheet.passphrase.split()) == 6 and "Write these" in reads(sheet)
    write(sheet, "Once more", "other")
    assert "not the same" in reads(sheet) and not taken
    type_in(sheet, "Once more", sheet.passphrase)
    assert "not the same" not in reads(sheet)
    press(sheet, "Go on")
    assert taken


def test_the_recovery_sheet_counts_when_its_end_was_typed_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    from needlejournal.store.age_keys import Identity

    recovery = Identity.made()
    sheet = RecoverySheet(recovery, "Mine")
    qtbot.addWidget(sheet)
    sheet.open()
    taken: list[bool] = []
    sheet.accepted.connect(lambda: taken.append(True))
    press(sheet, "I have it")
    assert "not the last group" in reads(sheet) and not taken
    for name in ("", str(tmp_path / "sheet.txt"), str(tmp_path / "none" / "sheet.txt")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (name, ""))
        press(sheet, "Save it as a file…")
    assert "was not saved" in reads(sheet)
    kept = (tmp_path / "sheet.txt").read_text().splitlines()
    assert kept[-1] == recovery.written() and all(line.startswith("#") for line in kept[:-1])
    write(sheet, "Last group of the key", f" {recovery.written()[-4:].lower()} ")
    assert taken


def test_a_new_journal_gets_its_passphrase_before_it_is_made(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "New.needlejournal"
    window.journals.new.make(folder, f"Of {WORD}", private=True)
    type_in(window, "New passphrase", WORDS)
    type_in(window, "Once more", WORDS)
    press(window, "Go on")
    assert not folder.exists()
    write(window, "Last group of the key", find(window, "Recovery key", QLabel).text().split()[-1])
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert is_locked(folder) and window.workspace.open_journal.journal.encrypted


def test_is_locked_by_its_first_bytes_only(folder: Path) -> None:
    assert not is_locked(folder)
    encrypt(folder, WORDS)
    assert is_locked(folder)


TELLING = """
import os, sys, time
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from needlejournal.ui.panels.locking.watching import AwayWatch, SystemWatch
from needlejournal.ui.preferences import Preferences

path, name, member, *said = sys.argv[1:]
desktop = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "desktop")
assert desktop.registerService("org.freedesktop.login1")
application, heard = QApplication([]), []
window = QWidget()
watch = AwayWatch(application, Preferences(), window)
watch.away.connect(lambda: heard.append(1))
end = time.monotonic() + 20
while not watch.findChild(SystemWatch) and time.monotonic() < end:
    application.processEvents()
for one in said or [None]:
    begins = QDBusMessage.createSignal(path, name, member)
    begins.setArguments([] if one is None else [one == "begins"])
    desktop.send(begins)
end = time.monotonic() + 20
while not heard and time.monotonic() < end:
    application.processEvents()
settled = time.monotonic() + 0.3
while time.monotonic() < settled:
    application.processEvents()
sys.exit(len(heard) != 1)
"""
SIGNALS = {
    "gnome locks": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", "begins", "ends"),
    "kde locks": ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "begins", "ends"),
    "xfce locks": ("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver", "ActiveChanged", "begins", "ends"),
    "sleep": ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "begins", "ends"),
    "session locked": ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock"),
}


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus to try it on")
@pytest.mark.parametrize("signal", SIGNALS.values(), ids=SIGNALS.keys())
def test_the_desktop_says_that_nobody_is_there(signal: tuple[str, ...]) -> None:
    """Each signal, sent by a process that has logind's name on a bus of its own, is heard once, and its end never."""
    command = ["dbus-run-session", "--", sys.executable, "-c", TELLING, *signal]
    home = paths.resources().parent
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=home, check=False)
    assert done.returncode == 0, done.stderr
