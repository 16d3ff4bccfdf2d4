"""No page is wider than its window, however long the names in it are: nothing has to be pushed sideways."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Journal
from needlejournal.ui import warming
from needlejournal.ui.destinations import Destination, EditDay, EditSession, ShowPage
from needlejournal.ui.page_list import PAGES
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.breaking import MAY_BREAK, breakable
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.workspace import Workspace
from tests.ui import fitting

DAY = date(2025, 4, 22)
LONG = "Extraordinarilylongnamewithoutanyspace" * 6


def write_long_names(journal: Journal) -> None:
    with journal.step("Long names"):
        product = Product("serum", LONG, LONG, LONG)
        journal.sessions.save(
            Session(
                When(DAY), clinic=LONG, practitioner=LONG, device=LONG, setting="clinic", notes=LONG, tags=(LONG,),
                products=(product,), needles=(Needle("forehead", 800, 3),),
            )
        )  # fmt: skip
        journal.day_notes.save(DayNote(DAY, LONG, tags=(LONG, LONG[:-1])))
        journal.side_effects.save(SideEffect(DAY, "redness", Severity(2), note=LONG))
        journal.courses.save(Course(title=LONG, starts=DAY, clinic=LONG, notes=LONG, concerns=("scars", LONG)))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = qapp.findChild(Theme) or Theme(qapp, "light", 1.0)
    made.set_text_scale(1.0)
    yield made
    made.set_text_scale(1.0)


@pytest.fixture
def window(opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot, theme: Theme) -> Workspace:
    write_long_names(opened_diary.journal)
    opened_diary.journal.rename(LONG)
    return opened_window(opened_diary, preferences, qtbot)


def opened_window(opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot) -> Workspace:
    warming.load()  # pages with pixels come at once
    made = Workspace(opened_diary, preferences)
    qtbot.addWidget(made)
    made.show()
    return made


def pushed_sideways(window: Workspace) -> list[str]:
    """The scrolling rooms of the page in front whose content is wider than they are."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    return [
        f"{area.widget().width()} in {area.viewport().width()}"
        for area in areas
        if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.horizontalScrollBar().maximum() > 0
    ]


def destination(opened: OpenJournal, page: str) -> Destination:
    filled: dict[str, Destination] = {"session": EditSession(opened.calendar.marks[-1].id), "day": EditDay(DAY)}
    return filled.get(page, ShowPage(page))


@pytest.mark.parametrize("size", [(760, 800), (1280, 800)])
def test_no_page_is_wider_than_its_window(window: Workspace, opened_diary: OpenJournal, size: tuple[int, int]) -> None:
    window.resize(*size)
    assert not too_wide(window, opened_diary)


def test_no_page_is_wider_than_a_narrow_window_with_the_largest_text(
    opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot, theme: Theme
) -> None:
    write_long_names(opened_diary.journal)
    opened_diary.journal.rename(LONG)
    theme.set_text_scale(2.0)
    window = opened_window(opened_diary, preferences, qtbot)
    window.resize(760, 800)
    assert not too_wide(window, opened_diary)


def test_nothing_is_squashed_on_the_smallest_window_with_the_largest_text(
    opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot, theme: Theme
) -> None:
    theme.set_text_scale(2.0)
    window = opened_window(opened_diary, preferences, qtbot)
    window.setFixedSize(640, 400)
    found = {}
    for page in PAGES:
        window.go(destination(opened_diary, page.key))
        fitting.settle()
        faults = [fault for fault in fitting.faults(window) if not fault.startswith("QStackedWidget")]  # pages behind
        if faults:
            found[page.key] = faults
    assert found == {}


SCRIPTS = {
    "Chinese": "皮膚變紅了一點點，" * 8,
    "Thai": "ผิวหน้าแดงเล็กน้อยหลังจากทำการรักษาด้วยเข็มขนาดเล็กที่คลินิก",
    "Khmer": "ស្បែកមុខឡើងក្រហមបន្តិចបន្ទាប់ពីការព្យាបាលដោយម្ជុលតូចៗ",
    "accents apart": unicodedata.normalize("NFD", "éàüö" * 20),
    "families": "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 20,
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_long_words_break_between_letters_and_never_within_one(script: str) -> None:
    text = SCRIPTS[script]
    parts = breakable(text).split(MAY_BREAK)
    assert "".join(parts) == text
    starts = [unicodedata.category(part[0]) for part in parts]
    assert not {"Mn", "Mc", "Cf"} & set(starts)
    assert not any(part[0] in "，ៗ" or part[-1] in "เแโใไ\u17d2\u200d" for part in parts)


def test_a_sentence_and_a_word_of_a_language_stay_as_they_are() -> None:
    for text in ("Side effects are shown day by day, and what is usual stands behind them.", "Donaudampfschifffahrt"):
        assert breakable(text) == text


def too_wide(window: Workspace, opened_diary: OpenJournal) -> dict[str, list[str]]:
    """The pages that are pushed sideways; none may widen the window itself."""
    found, width = {}, window.width()
    for page in PAGES:
        window.go(destination(opened_diary, page.key))
        assert window.current() == page.key
        for _ in range(5):
            QApplication.processEvents()
        assert window.width() <= width, f"{page.key} makes the window {window.width()} wide"
        if pushed_sideways(window):
            found[page.key] = pushed_sideways(window)
    return found


def test_the_journals_name_heads_the_rail_with_the_number_of_photos_at_every_text_size(
    window: Workspace, theme: Theme
) -> None:
    window.resize(1280, 800)
    for scale in (1.0, 2.0):
        theme.set_text_scale(scale)
        window.show_name()
        QApplication.processEvents()
        (heading,) = [one for one in window.findChildren(Pressable) if one.accessibleName().startswith("Journal: ")]
        assert heading.isVisible()
        assert heading.accessibleDescription() == "0 photos"
