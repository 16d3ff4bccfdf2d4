"""Each kind of product and device has words wherever a person meets it: timeline, search, forms and visit pack."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.session_kinds import DEVICE_KINDS, PRODUCT_KINDS
from needlejournal.journal.sessions import Product, Session
from needlejournal.store.timeline import TimelineFilter
from needlejournal.ui.destinations import Destination, EditSession
from needlejournal.ui.models.session_words import session_facts
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.writing import SessionPage
from needlejournal.workflows.finding import with_meanings
from needlejournal.workflows.reporting import sessions_shown
from tests.ui import person

DAY = date(2025, 4, 20)
LOT = "A113"
KINDS = [(Session(When(DAY), device_kind=key), str(name)) for key, name in DEVICE_KINDS.items()]
KINDS += [(Session(When(DAY), products=(Product(key),)), str(name)) for key, name in PRODUCT_KINDS.items()]
each_kind = pytest.mark.parametrize(("session", "words"), KINDS, ids=[words for _, words in KINDS])


def form(
    session: Session, opened: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot
) -> SessionPage:
    """The form of a session that is kept."""
    written = opened.write("Session", lambda journal: journal.sessions.save(session))
    assert written
    page = SessionPage(opened, led.append, preferences)
    qtbot.addWidget(page)
    page.resize(1280, 900)
    page.show()
    page.arrive(EditSession(written.value.id))
    return page


@each_kind
def test_the_timeline_says_it(session: Session, words: str, opened_diary: OpenJournal) -> None:
    assert [fact.lower() for fact in session_facts(session, opened_diary.catalogue)] == [words.lower()]


@each_kind
def test_the_search_finds_it(session: Session, words: str, opened_diary: OpenJournal) -> None:
    opened_diary.write("Session", lambda journal: journal.sessions.save(session))
    wanted = with_meanings(TimelineFilter(text=words), opened_diary.catalogue)
    assert DAY in [key.day for key in opened_diary.journal.timeline.keys(wanted)]


@each_kind
def test_the_form_shows_it(
    session: Session,
    words: str,
    opened_diary: OpenJournal,
    preferences: Preferences,
    led: list[Destination],
    qtbot: QtBot,
) -> None:
    page = form(session, opened_diary, preferences, led, qtbot)
    if session.products:
        assert person.chosen(page, "Kind of product") == words
    else:
        pressed = [button.text() for button in page.findChildren(QAbstractButton) if button.isChecked()]
        assert words in pressed


@each_kind
def test_it_stays_when_something_else_of_the_session_is_written(
    session: Session,
    words: str,
    opened_diary: OpenJournal,
    preferences: Preferences,
    led: list[Destination],
    qtbot: QtBot,
) -> None:
    page = form(session, opened_diary, preferences, led, qtbot)
    person.type_on(page, "Notes", words)
    assert page.leave() == ()
    kept = opened_diary.journal.sessions.all()[-1]
    assert (kept.notes, kept.device_kind, kept.products) == (words, session.device_kind, session.products)


@each_kind
def test_the_visit_pack_says_it(session: Session, words: str) -> None:
    said = [str(sessions_shown.device(session))] if session.device_kind else []
    said += [str(product.name) for product in sessions_shown.products_with_times(session.products)]
    assert said == [words]


def test_a_kind_chosen_in_the_form_is_kept_without_a_name(
    opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot
) -> None:
    page = form(Session(When(DAY)), opened_diary, preferences, led, qtbot)
    person.press(page, "Add a product")
    assert page.leave() == ()
    assert opened_diary.journal.sessions.all()[-1].products == (), "a line nobody wrote into is nothing"
    person.choose_key(page, "Kind of product", "prp")
    assert page.leave() == ()
    assert opened_diary.journal.sessions.all()[-1].products == (Product("prp"),)


def test_a_product_of_another_kind_keeps_its_lot_in_sight(opened_diary: OpenJournal) -> None:
    session = Session(When(DAY), products=(Product("other", lot=LOT),))
    assert session_facts(session, opened_diary.catalogue) == ["other product, lot A113"]
    (shown,) = sessions_shown.products_with_times(session.products)
    assert (str(shown.name), shown.lot) == ("Other product", LOT)
