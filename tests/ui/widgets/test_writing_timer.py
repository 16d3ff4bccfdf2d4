"""What is typed is kept at a pause, and also when somebody types without one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.fields import writing_timer
from needlejournal.ui.widgets.fields.writing_timer import WritingTimer


def test_it_waits_for_a_pause(qtbot: QtBot) -> None:
    timer = WritingTimer()
    timer.setInterval(20)
    with qtbot.waitSignal(timer.timeout):
        timer.begin()
    assert not timer.isActive()


def test_typing_without_a_pause_does_not_put_it_off_for_ever(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_timer, "LONGEST_MS", 0)
    timer = WritingTimer()
    timer.setInterval(10_000)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.begin()
    qtbot.wait(30)
    before = timer.remainingTime()
    timer.begin()
    assert timer.isActive()
    assert timer.remainingTime() <= before


def test_letters_before_that_put_it_off(qtbot: QtBot) -> None:
    timer = WritingTimer()
    timer.setInterval(10_000)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.begin()
    qtbot.wait(30)
    before = timer.remainingTime()
    timer.begin()
    assert timer.remainingTime() > before
