"""A lock, or the end of the session, over a sheet in which a sentence is being typed: it is there again afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store import open_journal
from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.panels.today_panel import TodayPanel
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.sheets import Sheet
from tests.ui import person
from tests.ui.compare.conftest import COLOURS, jpeg, keep

TODAY = date(2025, 4, 22)
WORDS = "Called the clinic, they said to wait two days"


def reason(opened: OpenJournal, qtbot: QtBot) -> QDialog:
    sheet = ReasonSheet(opened, (1, 2), shown(QWidget(), qtbot))
    sheet.open()
    return sheet


def put_aside(opened: OpenJournal, qtbot: QtBot) -> QDialog:
    panel = shown(TodayPanel(opened, lambda _destination: None), qtbot)
    card = panel.findChildren(ClinicCardView)[0]
    person.press(card, "Put aside…")
    return card.findChildren(Sheet)[0]


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    """On the screen, as long as the test runs."""
    qtbot.addWidget(widget, before_close_func=lambda _widget, kept=widget: kept)
    widget.resize(1280, 900)
    widget.show()
    return widget


Asks = Callable[[OpenJournal, QtBot], QDialog]
each_sheet = pytest.mark.parametrize(("asks", "save"), [(reason, "Keep the reason"), (put_aside, "Put aside")])


@pytest.fixture
def diary_with(opened_diary: OpenJournal, tmp_path: Path) -> OpenJournal:
    """A diary with a pair of photos and a card that says to call the clinic."""
    for number, colour in enumerate(list(COLOURS.values())[:2], 1):
        keep(opened_diary.journal, tmp_path, date(2025, 3, number), jpeg(colour))
    effect = SideEffect(TODAY, "cold_sore", Severity.MILD)
    opened_diary.write("Note", lambda journal: journal.side_effects.save(effect))
    return opened_diary


def closed_and_open_again(opened: OpenJournal) -> OpenJournal:
    folder = opened.journal.folder
    opened.close()
    for window in QApplication.topLevelWidgets():
        window.close()
    return OpenJournal(open_journal(folder), opened.catalogue, opened.jobs, opened.clock)


@each_sheet
def test_what_was_typed_stands_there_again_until_it_is_saved(
    diary_with: OpenJournal, qtbot: QtBot, asks: Asks, save: str
) -> None:
    person.type_on(asks(diary_with, qtbot), "Reason", WORDS)
    again = closed_and_open_again(diary_with)
    sheet = asks(again, qtbot)
    assert person.written(sheet, "Reason") == WORDS
    person.press(sheet, save)
    kept = [*again.journal.overrides.all(), *again.journal.dismissals.all()]
    assert [one.reason for one in kept] == [WORDS]
    last = closed_and_open_again(again)
    if asks is reason:
        assert person.written(asks(last, qtbot), "Reason") == WORDS, "as it is stored"
    last.close()


@each_sheet
def test_what_was_cancelled_does_not_come_back(diary_with: OpenJournal, qtbot: QtBot, asks: Asks, save: str) -> None:
    person.type_on(asks(diary_with, qtbot), "Reason", WORDS)
    again = closed_and_open_again(diary_with)
    person.press(asks(again, qtbot), "Cancel")
    last = closed_and_open_again(again)
    assert person.written(asks(last, qtbot), "Reason") == ""
    last.close()


def test_what_was_taken_out_again_does_not_come_back(diary_with: OpenJournal, qtbot: QtBot) -> None:
    person.type_on(reason(diary_with, qtbot), "Reason", WORDS)
    again = closed_and_open_again(diary_with)
    person.type_in(reason(again, qtbot), "Reason", "")
    last = closed_and_open_again(again)
    assert person.written(reason(last, qtbot), "Reason") == ""
    last.close()
