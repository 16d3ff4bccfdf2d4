"""The settings about privacy, backup and the open archive, as a person uses them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import Journal, age, create_journal, open_journal
from needlejournal.store.backup import BackedUp, BackupSource
from needlejournal.store.keys import is_locked
from needlejournal.store.remembered import SAMPLE
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.jobs import Jobs, ThreadPool
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.backup_clock import BackupClock
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.panels.locking.recovery_sheet import RecoverySheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, Saying
from needlejournal.ui.settings.archive_card import ArchiveCard
from needlejournal.ui.settings.backup_card import BackupCard
from needlejournal.ui.settings.bringing_back_sheet import BringingBackSheet
from needlejournal.ui.settings.privacy_card import PrivacyCard
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.workflows.progress import Control
from needlejournal.workflows.safekeeping import backing_up
from needlejournal.workflows.safekeeping.backing_up import is_due, last_backup
from tests.store.every_kind import fill
from tests.ui.conftest import NOW, ByHand
from tests.ui.person import choose, chosen, find, press, reads, sees, type_in, write
from tests.workflows.pictures import jpeg
from tests.workflows.test_foreign_diaries import day_one, rednotebook

WORDS = "green six words of ink"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture
def opened(diary: Journal, by_hand: ByHand, qtbot: QtBot) -> Iterator[OpenJournal]:
    fill(diary)
    made = OpenJournal(diary, load_catalogue(paths.resources()), Jobs(by_hand), clock=lambda: NOW)
    yield made
    made.close()


def button(parent: QWidget, words: str) -> Button:
    return next(one for one in parent.findChildren(Button) if one.text() == words)


def words_in(parent: QWidget) -> str:
    return " ".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


class TestBackup:
    def test_by_button_to_a_chosen_place_and_restored_from_there(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card = BackupCard(opened)
        qtbot.addWidget(card)
        card.show()
        assert "There is none yet" in reads(card)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "disk"))
        press(card, "Back up now")
        assert card.findChild(ProgressStrip).isVisible()
        by_hand.run()
        assert "was read back" in reads(card) and not card.findChild(ProgressStrip).isVisible()
        assert "2025" in reads(card) and str(tmp_path / "disk") in reads(card)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "Back.needlejournal"), ""))
        press(card, "Restore a backup…")
        by_hand.run()
        assert "is restored" in reads(card)
        back = open_journal(tmp_path / "Back.needlejournal")
        assert back.records() == opened.journal.records()
        back.close()

    def test_single_things_are_ticked_and_come_back(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card = BackupCard(opened)
        qtbot.addWidget(card)
        card.show()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
        button(card, "Bring single things back…").click()
        assert not card.findChildren(BringingBackSheet), "nothing was chosen"
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
        button(card, "Bring single things back…").click()
        assert "There is no backup" in reads(card)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "disk"))
        button(card, "Back up now").click()
        by_hand.run()
        photos = opened.journal.photos.all()
        with opened.journal.step("Delete"):
            for photo in photos:
                opened.journal.photos.trash(photo.id)
        opened.journal.trash.purge(opened.journal.trash.listing())

        button(card, "Bring single things back…").click()
        (sheet,) = card.findChildren(BringingBackSheet)
        assert not button(sheet, "Bring back").isEnabled()
        by_hand.run()
        boxes = sheet.findChildren(CheckBox)
        assert len(boxes) == len(photos) and all("Photo · From the front" in box.text() for box in boxes)
        assert boxes[0].text().startswith("8 March 2025 · Photo") and boxes[0].text().endswith("_0.jpg")
        button(sheet, "Tick all").click()
        assert all(box.isChecked() for box in boxes)
        button(sheet, "Tick all").click()
        boxes[0].click()
        said: list[Saying] = []
        opened.said.connect(said.append)
        button(sheet, "Bring 1 thing back").click()
        by_hand.run()
        assert not sheet.isVisible() and said == [Saying("1 thing is back in your journal.", undoable=True)]
        (back,) = opened.journal.photos.all()
        assert opened.journal.photo_bytes(back)
        opened.undo()
        assert opened.journal.photos.all() == []

    def test_a_damaged_copy_is_named_in_the_sheet(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
    ) -> None:
        card = BackupCard(opened)
        qtbot.addWidget(card)
        card.show()
        BackupClock.of(opened).set_place(tmp_path / "disk")
        button(card, "Back up now").click()
        by_hand.run()
        (first, *_) = opened.journal.photos.all()
        opened.write("Delete", lambda journal: journal.photos.trash(first.id))
        opened.journal.trash.purge(opened.journal.trash.listing())
        (tmp_path / "disk" / "photos" / first.original.stored_name).write_bytes(b"other")
        button(card, "Bring single things back…").click()
        (sheet,) = card.findChildren(BringingBackSheet)
        by_hand.run()
        (box,) = sheet.findChildren(CheckBox)
        box.click()
        button(sheet, "Bring 1 thing back").click()
        by_hand.run()
        assert sheet.isVisible() and f"not brought back: {first.original.file_name}" in words_in(sheet)
        (version,) = (tmp_path / "disk" / "versions").iterdir()
        (version / "journal.db").write_bytes(b"other")
        choose(sheet, "Backup of", chosen(sheet, "Backup of"))
        by_hand.run()
        strip = sheet.findChild(ProgressStrip)
        assert "database in this backup is damaged" in words_in(sheet) and not strip.isVisible()
        choose(sheet, "Backup of", chosen(sheet, "Backup of"))
        press(strip, "Cancel")
        by_hand.run()
        assert "It was stopped" in words_in(sheet) or "is damaged" in words_in(sheet)

    def test_a_journal_that_is_closed_meanwhile_goes_on_with_it_the_next_time(
        self, diary: Journal, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began, closed, real = threading.Event(), threading.Event(), backing_up.back_up

        def while_closed(source: BackupSource, place: Path, now: datetime, control: Control) -> BackedUp:
            began.set()
            assert closed.wait(10)
            return real(source, place, now, control)

        monkeypatch.setattr(backing_up, "back_up", while_closed)
        fill(diary)
        opened = OpenJournal(diary, load_catalogue(paths.resources()), Jobs(ThreadPool(1)), clock=lambda: NOW)
        failed: list[object] = []
        opened.failed.connect(failed.append)
        clock = BackupClock.of(opened)
        clock.set_place(tmp_path / "disk")
        clock.begin()
        assert began.wait(10)
        opened.locked.connect(closed.set)
        opened.close()
        assert failed == []
        with closing(open_journal(diary.folder)) as again:
            assert last_backup(again) is None and is_due(again, NOW)
            opened = OpenJournal(again, opened.catalogue, Jobs(ThreadPool(1)), clock=lambda: NOW)
            clock = BackupClock.of(opened)
            clock.look()
            qtbot.waitUntil(lambda: not clock.running)
            assert last_backup(again) == NOW and not is_due(again, NOW)
            opened.close()

    def test_one_that_the_person_stopped_does_not_begin_again(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
    ) -> None:
        clock = BackupClock.of(opened)
        clock.set_place(tmp_path)
        clock.begin()
        assert is_due(opened.journal, NOW)
        clock.stop()
        by_hand.run()
        assert clock.outcome.startswith("It was stopped") and not is_due(opened.journal, NOW)

    def test_by_schedule_when_due_and_the_disk_is_there(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
    ) -> None:
        clock = BackupClock.of(opened)
        assert BackupClock.of(opened) is clock and clock.reminder() == ""
        opened.clock = lambda: NOW + timedelta(days=40)
        assert "has no backup yet" in clock.reminder()
        opened.journal.remembered.put(SAMPLE, "1")
        assert clock.reminder() == "", "the sample is nobody's diary"
        opened.journal.remembered.put(SAMPLE, "")
        opened.clock = lambda: NOW
        clock.set_every(7)
        clock.set_place(tmp_path / "disk")
        clock.look()
        assert not by_hand.waiting  # the disk is away
        (tmp_path / "disk").mkdir()
        clock.look()
        by_hand.run()
        assert (tmp_path / "disk" / "backup.json").exists()
        clock.look()
        assert not by_hand.waiting
        opened.clock = lambda: NOW + timedelta(days=8)
        clock.look()
        assert by_hand.waiting
        by_hand.run()
        opened.clock = lambda: NOW + timedelta(days=80)
        assert "72 days old" in clock.reminder()

    def test_damage_and_refusals_are_said(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
    ) -> None:
        clock = BackupClock.of(opened)
        photo = opened.journal.photos.all()[0]
        (opened.journal.folder / "photos" / photo.original.stored_name).write_bytes(b"x")
        clock.set_place(tmp_path / "disk")
        clock.begin()
        by_hand.run()
        assert "1 photo in the journal is damaged" in clock.outcome
        clock.set_place(opened.journal.folder)
        clock.begin()
        by_hand.run()
        assert "inside the journal" in clock.outcome
        clock.set_place(tmp_path / "disk")
        clock.begin()
        clock.stop()
        by_hand.run()
        assert "was stopped" in clock.outcome


class TestArchive:
    def test_out_and_in_again(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card = ArchiveCard(opened)
        qtbot.addWidget(card)
        card.show()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all.zip"), ""))
        press(card, "Save everything as one file…")
        by_hand.run()
        assert "Everything is in “all.zip”." in reads(card)
        photo = opened.journal.photos.all()[0]
        with opened.journal.step("Delete"):
            opened.journal.photos.trash(photo.id)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "all.zip"), ""))
        with qtbot.waitSignal(opened.changed):
            press(card, "Import such a file…")
            by_hand.run()
        assert opened.journal.photos.get(photo.id) and "imported" in reads(card)
        (tmp_path / "all.zip").write_bytes(b"no archive")
        press(card, "Import such a file…")
        by_hand.run()
        assert "not a ZIP file" in reads(card) and sees(card, "Import such a file…")

    def test_a_diary_of_another_program_comes_in_with_its_photos_in_one_step(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        photo = jpeg(7, taken="")
        told = {"md5": hashlib.md5(photo).hexdigest(), "type": "jpeg", "identifier": "X"}
        entry = {"creationDate": "2024-03-07T12:30:00Z", "timeZone": "Europe/Berlin", "text": "Calm.", "photos": [told]}
        day_one(tmp_path / "diary.zip", entry, photos=(photo,))
        card = ArchiveCard(opened)
        qtbot.addWidget(card)
        card.show()
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "diary.zip"), ""))
        before = opened.journal.photos.count()
        press(card, "Import such a file…")
        by_hand.run()
        assert "1 day note imported. 1 photo imported." in reads(card).splitlines()
        assert opened.journal.photos.count() == before + 1
        opened.undo()
        assert opened.journal.photos.count() == before
        assert opened.journal.day_notes.of_day(date(2024, 3, 7)) is None
        press(card, "Import such a file…")
        press(card, "Cancel")
        by_hand.run()
        assert "Nothing was changed" in reads(card)

    def test_the_folder_where_rednotebook_keeps_its_diary_comes_in(
        self, opened: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card = ArchiveCard(opened)
        qtbot.addWidget(card)
        card.resize(760, 400)
        card.show()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(rednotebook(tmp_path / "data")))
        before = opened.journal.day_notes.count()
        press(card, "Import a folder…")
        by_hand.run()
        assert "imported" in reads(card) and opened.journal.day_notes.count() > before
        (tmp_path / "other").mkdir()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"))
        press(card, "Import a folder…")
        by_hand.run()
        assert "No diary that can be read here was found in “other”" in reads(card)


class TestPrivacy:
    @pytest.fixture
    def window(self, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
        journal = create_journal(tmp_path / "Mine.needlejournal", "Mine")
        fill(journal)
        journal.close()
        made = MainWindow(qapp, Preferences())
        made.show()
        made.open(journal.folder)
        yield made
        made.close()
        made.deleteLater()

    def card(self, window: MainWindow) -> PrivacyCard:
        if window.workspace.current() != "settings":
            window.workspace.go(ShowPage("settings"))
        return window.workspace.page("settings").findChild(PrivacyCard)

    def open_again(self, window: MainWindow, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)

    def test_a_passphrase_is_given_changed_and_removed_in_the_window(self, window: MainWindow, qtbot: QtBot) -> None:
        folder = window.workspace.open_journal.journal.folder
        before = window.workspace.open_journal.journal.records()
        press(self.card(window), "Give it a passphrase…")
        type_in(window, "New passphrase", WORDS)
        type_in(window, "Once more", WORDS)
        press(window, "Go on")
        write(window, "Last group of the key", find(window, "Recovery key", QLabel).text().split()[-1])
        assert isinstance(window.centralWidget(), LockPage)
        self.open_again(window, qtbot)
        assert is_locked(folder) and window.workspace.open_journal.journal.records() == before

        press(self.card(window), "Change the passphrase…")
        for name, words in (
            ("Current passphrase", WORDS),
            ("New passphrase", f"{WORDS} two"),
            ("Once more", f"{WORDS} two"),
        ):
            type_in(window, name, words)
        press(window, "Change it")
        qtbot.waitUntil(lambda: "is changed" in reads(self.card(window)), timeout=20_000)

        press(self.card(window), "New recovery sheet…")
        self.answer(window, WORDS + " two")
        qtbot.waitUntil(lambda: self.card(window).findChild(RecoverySheet) is not None, timeout=20_000)
        write(window, "Last group of the key", find(window, "Recovery key", QLabel).text().split()[-1])

        press(self.card(window), "Change all keys…")
        self.answer(window, WORDS + " two")
        qtbot.waitUntil(lambda: window.workspace is None, timeout=20_000)
        self.open_again(window, qtbot)

        press(self.card(window), "Remove the passphrase…")
        self.answer(window, WORDS + " two")
        qtbot.waitUntil(lambda: window.workspace is None, timeout=20_000)
        self.open_again(window, qtbot)
        assert not is_locked(folder) and window.workspace.open_journal.journal.records() == before

    def answer(self, window: MainWindow, words: str) -> None:
        write(window, "Current passphrase", words)

    def test_a_mistyped_passphrase_closes_nothing(self, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
        from needlejournal.workflows.safekeeping.encrypting import encrypt

        folder = window.workspace.open_journal.journal.folder
        window.journals.leave()
        encrypt(folder, WORDS)
        window.open(folder)
        page = window.centralWidget()
        type_in(page, "Passphrase", WORDS)
        press(page, "Unlock")
        self.open_again(window, qtbot)
        told: list[object] = []
        window.workspace.open_journal.failed.connect(told.append)
        press(self.card(window), "Remove the passphrase…")
        self.answer(window, "wrong")
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)
        assert window.workspace is not None and is_locked(folder)
        press(window, "Close")
        press(self.card(window), "Lock now")
        assert isinstance(window.centralWidget(), LockPage)
