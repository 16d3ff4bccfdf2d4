"""What a person sees and does on the page for the clinic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.ui.destinations import Destination, MakeReport
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.panels.today_panel import ClinicCardList
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.report import ReportPage
from needlejournal.ui.report.film_sheet import FilmSheet
from needlejournal.ui.report.pages_view import PagesView
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.text import Label
from tests.ui.conftest import SECOND, ByHand
from tests.ui.models.building import add_photo
from tests.ui.person import choose_key, write
from tests.workflows.reading_pdf import needs_poppler, text_of


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> ReportPage:
    made = ReportPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def seen(page: ReportPage, by_hand: ByHand, qtbot: QtBot) -> PagesView:
    """The pages, made anew."""
    qtbot.waitUntil(lambda: bool(by_hand.waiting), timeout=3000)
    by_hand.run()
    return page.findChildren(PagesView)[0]


def named(page: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(
        one for one in page.findChildren(kind) if one.accessibleName() == name or name in getattr(one, "text", str)()
    )


def test_pages_are_shown_and_turned_with_keys_and_buttons(page: ReportPage, by_hand: ByHand, qtbot: QtBot) -> None:
    view = seen(page, by_hand, qtbot)
    assert view.count() == 2
    paper = view.findChildren(QWidget)[0]
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 1
    assert any(label.text() == "Page 2 of 2" for label in view.findChildren(Label))
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 0
    assert paper is not None


def test_questions_are_kept_as_they_are_typed_and_stand_on_the_page(
    page: ReportPage, opened_diary: OpenJournal, by_hand: ByHand, qtbot: QtBot
) -> None:
    field = named(page, TextArea, "Questions for my clinic")
    field.setFocus()
    qtbot.keyClicks(field, "Is it normal?")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "May I swim?")
    assert page.leave() == ()
    assert opened_diary.journal.questions.texts() == ("Is it normal?", "May I swim?")
    opened_diary.undo()
    assert field.text() == ""


def test_what_is_unticked_is_not_wished(page: ReportPage, by_hand: ByHand, qtbot: QtBot) -> None:
    whole = seen(page, by_hand, qtbot).count()
    box = named(page, CheckBox, "Each session in detail")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert not page.wish().has("sessions")
    assert seen(page, by_hand, qtbot).count() < whole


@needs_poppler
def test_the_saved_file_has_the_chosen_span(
    page: ReportPage,
    by_hand: ByHand,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened_diary: OpenJournal,
) -> None:
    choose_key(page, "Which days", "session:1")
    target = tmp_path / "pack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    qtbot.mouseClick(named(page, Button, "Save as PDF…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(opened_diary.said) as said:
        by_hand.run()
    assert "not encrypted" in said.args[0].sentence
    words = text_of((tmp_path / "pack.pdf").read_bytes())
    assert "Session 1, 8 March 2025 to 18 April 2025" in words
    assert "A113" in words


def test_a_name_without_its_ending_never_replaces_a_file_that_nobody_was_asked_about(
    page: ReportPage, by_hand: ByHand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    opened_diary: OpenJournal,
) -> None:  # fmt: skip
    (tmp_path / "pack.pdf").write_bytes(b"of last time")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "pack"), ""))
    qtbot.mouseClick(named(page, Button, "Save as PDF…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(opened_diary.said) as said:
        by_hand.run()
    assert (tmp_path / "pack.pdf").read_bytes() == b"of last time"
    assert "pack (2).pdf" in said.args[0].sentence


def test_a_report_that_was_stopped_leaves_nothing(
    page: ReportPage, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
) -> None:
    page.save_to(tmp_path / "pack.pdf")
    qtbot.mouseClick(named(page, Button, "Cancel"), Qt.MouseButton.LeftButton)
    by_hand.run()
    assert list(tmp_path.glob("*.pdf")) == []
    assert named(page, Button, "Save as PDF…").isEnabled()


def test_days_the_wrong_way_round_are_said_where_the_pages_would_be(
    page: ReportPage, by_hand: ByHand, qtbot: QtBot
) -> None:
    seen(page, by_hand, qtbot)
    choose_key(page, "Which days", "days")
    span = page.wish().span
    assert span.first is None
    from needlejournal.ui.widgets.fields.date_fields import DateField

    first, last = (field.accessibleName() for field in page.findChildren(DateField) if field.isVisible())
    write(page, first, "20 April 2025")
    write(page, last, "1 April 2025")
    qtbot.waitUntil(lambda: any("other way round" in one.text() for one in page.findChildren(Label)), timeout=3000)
    assert page.findChildren(PagesView)[0].count() == 0


def test_a_card_leads_to_the_report_of_its_reaction(
    opened_diary: OpenJournal, page: ReportPage, led: list[Destination], by_hand: ByHand, qtbot: QtBot
) -> None:
    opened_diary.write("log", lambda j: j.side_effects.save(SideEffect(SECOND, "cold_sore", Severity.MILD)))
    cards = ClinicCardList(opened_diary, led.append)
    qtbot.addWidget(cards)
    cards.show()
    card = cards.findChildren(ClinicCardView)[0]
    qtbot.mouseClick(named(card, Button, "Report for the clinic"), Qt.MouseButton.LeftButton)
    assert isinstance(led[-1], MakeReport)
    page.arrive(led[-1])
    assert (page.wish().kind, page.wish().symptom, page.wish().span.number) == ("reaction", "cold_sore", 2)
    assert seen(page, by_hand, qtbot).count() >= 1


def test_pictures_are_dropped_when_the_journal_is_locked(
    page: ReportPage, opened_diary: OpenJournal, by_hand: ByHand, qtbot: QtBot
) -> None:
    view = seen(page, by_hand, qtbot)
    opened_diary.close()
    assert view.count() == 0
    assert QGuiApplication.instance() is not None


@needs_poppler
def test_the_photo_card_is_saved(page: ReportPage, by_hand: ByHand, qtbot: QtBot, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "card"), ""))
    qtbot.mouseClick(named(page, Button, "Save the photo card…"), Qt.MouseButton.LeftButton)
    by_hand.run()
    assert "100 mm must be 100 mm" in text_of((tmp_path / "card.pdf").read_bytes())


def test_a_film_that_is_made_while_the_journal_is_locked_ends_without_a_word(
    opened_diary: OpenJournal, by_hand: ByHand, qtbot: QtBot, tmp_path: Path
) -> None:
    for month in (1, 2):
        add_photo(opened_diary, date(2024, month, 1), shade=month)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = FilmSheet(opened_diary, window)
    sheet.open()
    sheet.save_to(tmp_path / "film.webp")
    sheet.reject()
    sheet.deleteLater()  # as what locks does with every sheet
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    by_hand.run()
    assert list(tmp_path.glob("film*")) == []


def test_without_two_photos_there_is_no_film_and_the_sheet_says_so(page: ReportPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(named(page, Button, "Film of one view…"), Qt.MouseButton.LeftButton)
    sheet = page.findChildren(FilmSheet)[0]
    assert any("needs two photos" in label.text() for label in sheet.findChildren(Label))
    assert not named(sheet, Button, "Save…").isEnabled()
    sheet.reject()
