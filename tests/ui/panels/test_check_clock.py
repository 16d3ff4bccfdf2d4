"""The check in the background tells of damage once, and says where it was put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import Journal
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.panels.check_clock import CheckClock
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.safekeeping.backing_up import back_up, remember
from tests.store.every_kind import fill
from tests.ui.conftest import NOW, ByHand


@pytest.fixture
def opened(diary: Journal, by_hand: ByHand, qtbot: QtBot) -> Iterator[OpenJournal]:
    fill(diary)
    made = OpenJournal(diary, load_catalogue(paths.resources()), Jobs(by_hand), clock=lambda: NOW)
    yield made
    made.close()


def test_damage_is_said_once_and_put_right_when_the_backup_is_there(
    opened: OpenJournal, by_hand: ByHand, tmp_path: Path
) -> None:
    clock, told = CheckClock.of(opened), list[str]()
    clock.found.connect(told.append)
    assert CheckClock.of(opened) is clock
    clock.look()
    clock.look()
    by_hand.run()
    assert told == []
    path = min((opened.journal.folder / "photos").glob("*/*"))
    back_up(opened.journal.backup_source(), tmp_path / "disk", NOW)
    path.write_bytes(b"x")
    for _ in range(2):
        clock.look()
        by_hand.run()
    assert len(told) == 1 and "no backup within reach" in told[0]
    remember(opened.journal, tmp_path / "disk", NOW)
    clock.look()
    by_hand.run()
    assert len(told) == 2 and "put back from the backup" in told[1] and opened.journal.verify().sound


def test_the_database_is_copied_each_day_though_the_window_stays_open(
    opened: OpenJournal, by_hand: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary, clock, days = opened.journal, CheckClock.of(opened), iter([0, 1, 1, 2, 2])
    monkeypatch.setattr(diary, "now", lambda: NOW + timedelta(days=next(days)))
    for _ in range(5):
        clock.look()
        by_hand.run()
    assert sorted(one.made.date() - NOW.date() for one in diary.snapshots.good()) == [timedelta(1), timedelta(2)]
