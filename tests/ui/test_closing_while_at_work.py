"""A window that is closed while a worker makes, unlocks or renews a journal waits for it, and leaves it closed well."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.store import Cancelled, age, create_journal, migrations
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.folder import is_open
from needlejournal.store.migrations import plain_letters_found
from needlejournal.ui.jobs import JobControl, Jobs, WorkAlone
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.panels.locking.locking import LongWork
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.welcome.new_journal import NewJournalSheet
from needlejournal.workflows.safekeeping import encrypting
from needlejournal.workflows.safekeeping.encrypting import encrypt
from tests.ui.conftest import ByHand
from tests.ui.person import press, reads, write

STORED = Path(__file__).parents[1] / "store" / "journals"
WORDS = "six quite long words"


@pytest.fixture
def window(qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    made = MainWindow(qapp, Preferences())
    made.begin()
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A journal as an earlier version of the program left it."""
    with zipfile.ZipFile(STORED / "v6.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "Mine.needlejournal"


class Held:
    """Work that waits where the test wants it, until told to go on."""

    def __init__(self) -> None:
        self.reached, self._go_on = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.reached.set()
        assert self._go_on.wait(60)

    def go_on(self) -> None:
        self._go_on.set()


@pytest.fixture
def held() -> Iterator[Held]:
    made = Held()
    yield made
    made.go_on()


@pytest.fixture
def slow(held: Held, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Bringing a journal up to date stands still at its last step."""

    def last(database: Database) -> None:
        held.wait()
        plain_letters_found(database)

    return lambda step=last: monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], step))


def closed_well(folder: Path) -> bool:
    return (folder / "journal.seal").is_file() and not is_open(folder)


def test_it_says_that_it_closes_when_the_journal_is_up_to_date_and_then_does(
    window: MainWindow, older: Path, held: Held, slow: Callable[..., None], qtbot: QtBot
) -> None:
    slow()
    window.open(older)
    qtbot.waitUntil(held.reached.is_set)
    window.close()
    assert window.isVisible()
    assert "Then the window closes." in reads(window)
    held.go_on()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert closed_well(older)
    assert window.workspace is None


def test_it_closes_too_where_the_journal_cannot_be_brought_up_to_date(
    window: MainWindow, older: Path, held: Held, slow: Callable[..., None], qtbot: QtBot
) -> None:
    def full(_database: Database) -> None:
        held.wait()
        raise DatabaseError("full")

    slow(full)
    window.open(older)
    qtbot.waitUntil(held.reached.is_set)
    window.close()
    held.go_on()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not is_open(older)


def test_what_is_opened_after_that_is_not_opened_any_more(
    window: MainWindow, older: Path, held: Held, slow: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    create_journal(tmp_path / "Other.needlejournal", "Other").close()
    slow()
    window.open(older)
    qtbot.waitUntil(held.reached.is_set)
    window.close()
    window.open(tmp_path / "Other.needlejournal")
    held.go_on()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.workspace is None
    assert not is_open(tmp_path / "Other.needlejournal")


def test_where_the_program_ends_without_asking_it_waits_for_the_journal(
    window: MainWindow, older: Path, held: Held, slow: Callable[..., None], qtbot: QtBot
) -> None:
    slow()
    window.open(older)
    qtbot.waitUntil(held.reached.is_set)
    threading.Timer(0.2, held.go_on).start()
    window.leave()
    assert closed_well(older)


def test_it_waits_for_a_journal_that_is_being_unlocked(
    window: MainWindow, tmp_path: Path, held: Held, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    folder = tmp_path / "Locked.needlejournal"
    create_journal(folder, "Locked").close()
    encrypt(folder, WORDS)
    unlocked = encrypting.open_unlocked

    def later(*given: object, **named: object) -> object:
        held.wait()
        return unlocked(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(encrypting, "open_unlocked", later)
    window.open(folder)
    page = window.centralWidget()
    assert isinstance(page, LockPage)
    write(page, "Passphrase", WORDS)
    qtbot.waitUntil(held.reached.is_set)
    window.close()
    assert window.isVisible()
    held.go_on()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not is_open(folder)
    assert window.workspace is None


def test_long_work_is_asked_to_stop_and_the_journal_is_closed(
    window: MainWindow, tmp_path: Path, held: Held, qtbot: QtBot
) -> None:
    folder, stopped = tmp_path / "Plain.needlejournal", list[bool]()
    create_journal(folder, "Plain").close()

    def run(_folder: Path, control: JobControl) -> None:
        held.wait()
        stopped.append(control.cancelled)
        if control.cancelled:
            raise Cancelled

    window.journals.locking.carry_out(folder, LongWork("Encrypting", run))
    qtbot.waitUntil(held.reached.is_set)
    window.close()
    assert window.isVisible() and "Then the window closes." in reads(window)
    held.go_on()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert stopped == [True]
    assert closed_well(folder)


def test_a_new_journal_waits_for_the_one_that_is_brought_up_to_date(
    window: MainWindow, older: Path, held: Held, slow: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    slow()
    press(window, "New journal…")
    sheet = window.findChild(NewJournalSheet)
    assert sheet is not None
    window.open(older)  # as a double click on its folder does at a second start
    qtbot.waitUntil(held.reached.is_set)
    made = sheet.folder
    press(sheet, "Make the journal")
    assert not made.exists()
    held.go_on()
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.open_journal.journal.folder == made)
    assert closed_well(older)


def test_one_executor_does_all_of_it(qtbot: QtBot, qapp: QApplication) -> None:
    """A pool of threads for each would stay until the program ends."""
    by_hand = ByHand()
    work = WorkAlone(qapp, by_hand)
    came: list[int] = []
    for number in range(3):
        work.run(lambda _control, number=number: number, came.append, came.append)
        by_hand.run()
    assert came == [0, 1, 2]
    assert len(work.findChildren(Jobs)) == 1


def test_work_that_is_ended_is_asked_to_stop_and_gives_what_it_made_to_be_put_away(
    qtbot: QtBot, qapp: QApplication
) -> None:
    by_hand = ByHand()
    work = WorkAlone(qapp, by_hand)
    came: list[object] = []
    work.run(lambda control: f"stopped {control.cancelled}", came.append, came.append)
    work.end(lambda made: came.append(("away", made)), lambda: came.append("then"))
    by_hand.run()
    assert came == [("away", "stopped True"), "then"]
    assert not work.under_way
