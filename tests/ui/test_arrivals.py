"""What the desktop hands over: a double click, "open with", a second start, and the end of the person's session."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.app import make_window
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.message import message
from needlejournal.store import create_journal, migrations, open_journal
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.migrations import plain_letters_found
from needlejournal.ui import front_door
from needlejournal.ui.arrivals import Arrivals
from needlejournal.ui.destinations import EditDay
from needlejournal.ui.ending import session_ends
from needlejournal.ui.front_door import FrontDoor
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.calm import CalmSheet, remember_compare_from
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.timeline import TimelinePage
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.ui import person
from tests.ui.refusing import full, relents
from tests.workflows.pictures import jpeg

STORED = Path(__file__).parents[1] / "store" / "journals"
SECOND_START = [sys.executable, "-m", "needlejournal"]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window(qapp)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def arrivals(qapp: QApplication, window: MainWindow) -> Arrivals:
    return Arrivals(qapp, window)


@pytest.fixture
def journals(tmp_path: Path) -> list[Path]:
    """Two journals that are not open."""
    folders = [tmp_path / f"{name}.needlejournal" for name in ("Mine", "Other")]
    for folder in folders:
        create_journal(folder, folder.stem).close()
    return folders


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg(1))
    return path


def opened(window: MainWindow) -> str:
    return window.workspace.open_journal.journal.name if window.workspace else ""


def page(window: MainWindow) -> str:
    return window.workspace.current() if window.workspace else ""


def told(window: QWidget, words: str) -> bool:
    return any(words in label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_a_journal_and_photos_given_at_the_start_are_opened(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], photo: Path, qtbot: QtBot
) -> None:
    arrivals.begin([journals[0], photo])
    assert opened(window) == "Mine"
    qtbot.waitUntil(lambda: page(window) == "importing")


def test_a_double_click_on_the_database_opens_its_journal(
    window: MainWindow, arrivals: Arrivals, journals: list[Path]
) -> None:
    arrivals.begin([journals[1] / "journal.db"])
    assert opened(window) == "Other"


def test_photos_wait_until_a_journal_is_open(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], photo: Path, qtbot: QtBot
) -> None:
    arrivals.begin([photo])
    assert told(window, "1 photo will be shown there before anything is saved")
    window.open(journals[0])
    qtbot.waitUntil(lambda: page(window) == "importing")


@pytest.fixture
def slow_older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, threading.Event]]:
    """A journal of an earlier version, and what lets it be brought up to date."""
    go_on = threading.Event()

    def slow(database: Database) -> None:
        assert go_on.wait(60)
        plain_letters_found(database)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], slow))
    with zipfile.ZipFile(STORED / "v6.zip") as archive:
        archive.extractall(tmp_path / "older")
    yield tmp_path / "older" / "Mine.needlejournal", go_on
    go_on.set()


def test_photos_given_with_a_journal_that_is_being_brought_up_to_date_come_when_it_is(
    window: MainWindow, arrivals: Arrivals, slow_older: tuple[Path, threading.Event], photo: Path, qtbot: QtBot
) -> None:
    older, go_on = slow_older
    arrivals.begin([older, photo])
    arrivals.take([photo])
    qtbot.waitUntil(lambda: told(window, "Bringing the journal up to date"))
    assert not told(window, "Open your journal"), "it is being opened"
    go_on.set()
    qtbot.waitUntil(lambda: page(window) == "importing", timeout=30_000)


def test_photos_wait_where_a_journal_could_not_be_brought_up_to_date(
    window: MainWindow,
    arrivals: Arrivals,
    slow_older: tuple[Path, threading.Event],
    photo: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(_database: Database) -> None:
        raise DatabaseError(message("The disk is full. Nothing was changed; free some space and try again."))

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], full_disk))
    arrivals.begin([slow_older[0], photo])
    qtbot.waitUntil(lambda: told(window, "The disk is full"))
    assert told(window, "1 photo will be shown there before anything is saved")


def test_another_journal_asked_for_while_one_is_brought_up_to_date_comes_after_it(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], slow_older: tuple[Path, threading.Event], qtbot: QtBot
) -> None:
    older, go_on = slow_older
    arrivals.begin([older])
    arrivals.take([journals[1]])
    go_on.set()
    with qtbot.waitSignals([window.entered, window.entered], timeout=30_000):
        pass
    assert opened(window) == "Other", "what was asked for last stays"


def test_the_event_of_a_mac_opens_a_journal(
    qapp: QApplication, window: MainWindow, journals: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    Arrivals(qapp, window).begin([])
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(journals[0]))))
    assert opened(window) == "Mine"


def second_start(qtbot: QtBot, *given: Path | str) -> int:
    """Start the program once more, with its window system, and wait until it has ended."""
    process = subprocess.Popen([*SECOND_START, *map(str, given)], env=os.environ)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    return process.returncode


def test_a_second_start_hands_over_and_ends(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], photo: Path, qtbot: QtBot
) -> None:
    arrivals.begin([journals[0]])
    FrontDoor(window).knocked.connect(arrivals.take)
    window.showMinimized()
    assert second_start(qtbot, journals[1]) == 0
    assert opened(window) == "Other"
    assert not window.isMinimized()
    assert second_start(qtbot, photo) == 0
    qtbot.waitUntil(lambda: page(window) == "importing")


@pytest.fixture
def pictured(tmp_path: Path, photo: Path) -> Path:
    """A journal with two photos of one view, not open."""
    second = tmp_path / "second.jpg"
    second.write_bytes(jpeg(2))
    journal = create_journal(tmp_path / "Pictured.needlejournal")
    plan = look(journal, [photo, second], load_catalogue(paths.resources()))
    import_all(journal, plan.with_view([item.key for item in plan.items], "frontal", ""))
    journal.close()
    return journal.folder


def test_a_pair_asked_for_at_the_start_comes_before_the_timeline(
    window: MainWindow, arrivals: Arrivals, pictured: Path
) -> None:
    arrivals.begin([pictured], (1, 2))
    assert (page(window), window.findChildren(TimelinePage)) == ("compare", [])


def test_a_second_start_hands_over_a_pair(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], pictured: Path, qtbot: QtBot
) -> None:
    arrivals.begin([journals[0]])
    FrontDoor(window).knocked.connect(arrivals.take)
    for leave in ("Mine", "Pictured"):
        assert opened(window) == leave
        assert second_start(qtbot, "compare", "1", "2", "--journal", pictured) == 0
        assert (opened(window), page(window)) == ("Pictured", "compare")
        window.workspace.go(EditDay())


def test_a_photo_asked_for_that_is_gone_is_told(window: MainWindow, arrivals: Arrivals, pictured: Path) -> None:
    arrivals.begin([pictured], (1, 99))
    assert told(window, "not in the journal any more")


def test_who_wanted_no_comparison_yet_is_asked_over_the_timeline(
    qapp: QApplication, pictured: Path, qtbot: QtBot
) -> None:
    preferences = Preferences()
    remember_compare_from(preferences, date(2999, 1, 1))
    preferences.save()
    window = make_window(qapp)
    qtbot.addWidget(window)
    Arrivals(qapp, window).begin([pictured], (1, 2))
    assert page(window) == "timeline"
    assert window.findChildren(CalmSheet)


def test_photos_do_not_go_into_a_journal_that_can_only_be_looked_at(
    window: MainWindow, arrivals: Arrivals, journals: list[Path], photo: Path, qtbot: QtBot
) -> None:
    newer = sqlite3.connect(journals[0] / "journal.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    (journals[0] / "journal.seal").unlink(missing_ok=True)
    arrivals.begin([journals[0], photo])
    qtbot.waitUntil(lambda: told(window, "so no photos can be added"))
    assert page(window) == "timeline"


def test_the_door_opens_again_after_a_program_that_was_killed(qtbot: QtBot) -> None:
    left = QLocalServer()
    left.listen(front_door.name())
    os.link(front_door.name(), f"{front_door.name()}.kept")
    left.close()
    Path(f"{front_door.name()}.kept").rename(front_door.name())
    assert not front_door.hand_over([])
    door = FrontDoor()
    with qtbot.waitSignal(door.knocked):
        assert second_start(qtbot) == 0


@pytest.mark.parametrize(
    "words", [b"nonsense\n", b'{"a": 1}\n', b"[3, null]\n", b'{"paths": 3}\n', b"\xff\n", b"[" * 100_000 + b"\n"]
)
def test_what_is_no_message_of_a_start_gives_none(words: bytes, qtbot: QtBot) -> None:
    door = FrontDoor()
    socket = QLocalSocket()
    with qtbot.waitSignal(door.knocked) as knocked:
        socket.connectToServer(front_door.name())
        socket.write(words)
    assert knocked.args == [(), None]


TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from needlejournal.app import make_window
from needlejournal.ui.destinations import EditDay
from needlejournal.ui.ending import Ending
application = QApplication([])
window = make_window(application)
Ending(application, window, window.keep, window.leave)
window.show()
window.begin(Path(sys.argv[1]))
window.workspace.go(EditDay())
def end():
    field = next(field for field in window.findChildren(QPlainTextEdit) if field.isVisible())
    QTest.keyClicks(field, "Typed when the computer shut down")
    if sys.argv[2] == "display gone":
        application.exit(1)  # as Qt does when its connection to the display breaks
    else:
        os.kill(os.getpid(), int(sys.argv[2]))
QTimer.singleShot(0, end)
sys.exit(application.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells windows, not programs")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_what_is_being_typed_is_kept_when_the_system_ends_the_program(number: int, journals: list[Path]) -> None:
    assert ended(journals[0], str(int(number))) == 0
    assert written_today(journals[0]) == "Typed when the computer shut down"


def test_what_is_being_typed_is_kept_when_the_display_is_gone(journals: list[Path]) -> None:
    assert ended(journals[0], "display gone") == 1
    assert (journals[0] / "journal.seal").exists()  # and the journal was closed well
    assert written_today(journals[0]) == "Typed when the computer shut down"


def ended(journal: Path, how: str) -> int:
    """The exit code of a program that is ended while a note is typed."""
    command = [sys.executable, "-c", TYPING, str(journal), how]
    return subprocess.run(command, check=False, timeout=60).returncode


def written_today(folder: Path) -> str:
    journal = open_journal(folder)
    note = journal.day_notes.of_day(date.today())
    journal.close()
    return note.text if note else ""


class Logout:
    """What Windows and macOS ask before they end a session; Qt lets nobody make one of its own."""

    def __init__(self, *, asks: bool = True) -> None:
        self.goes_on = True
        self.asks = asks

    def allowsInteraction(self) -> bool:
        return self.asks

    def cancel(self) -> None:
        self.goes_on = False


@pytest.fixture
def typing(window: MainWindow, journals: list[Path]) -> MainWindow:
    """A window whose person types a note."""
    window.show()
    window.open(journals[0])
    assert window.workspace
    window.workspace.go(EditDay())
    person.type_in(window, "Note", "Typed when the session ended")
    return window


def test_what_is_being_typed_is_kept_when_the_session_asks_and_goes_on_after_all(
    typing: MainWindow,
) -> None:
    logout = Logout()
    session_ends(typing, typing.keep, logout)
    assert logout.goes_on
    assert typing.isVisible()
    assert typing.workspace
    note = typing.workspace.open_journal.journal.day_notes.of_day(date.today())
    assert note is not None
    assert note.text == "Typed when the session ended"


@pytest.mark.parametrize("asks", [True, False])
def test_a_session_that_would_end_with_text_that_cannot_be_stored_waits_where_it_may(
    typing: MainWindow, *, asks: bool
) -> None:
    assert typing.workspace
    full(typing.workspace.open_journal.journal)
    logout = Logout(asks=asks)
    session_ends(typing, typing.keep, logout)
    assert logout.goes_on is not asks
    assert typing.isVisible()
    assert person.sees(typing, "Keep the text in a file…") is asks
    relents(typing.workspace.open_journal.journal)
