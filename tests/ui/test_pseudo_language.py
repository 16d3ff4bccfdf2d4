"""Every page in a language that does not exist: what stays English is not translated, what is cut off has no room.

The person's own words, and the names in the data files (treatments, symptoms, views, zones, sources), stay as they are:
a language brings its own data files (docs/languages.md).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QAction, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.ui import language
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import text_scale
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.ui.workspace import Workspace
from tests.ui.pseudo import PseudoTranslator, pseudo
from tests.ui.sample_sheets import SHEETS, opened
from tests.ui.sample_window import PAGES, sample_window, turn_to

# Units, codes and the program's own name, alike in every language.
ALIKE = {"mm", "px", "MiB", "UTC", "PDF", "PNG", "SVG", "CSV", "ZIP", "Needle", "Journal", "Ctrl", "Shift", "Alt",
         "Esc", "PgDown", "PgUp", "JPEG", "Python", "PySide", "Qt", *language.currencies()}  # fmt: skip
LARGE = 1.5
WORD = re.compile(r"[A-Za-z]{2,}")


class Painted(NamedTuple):
    """Words that are drawn, how wide they are, and the room they have; None where they have all of it."""

    text: str
    wide: float
    room: float | None


def data_phrases() -> Iterator[str]:
    """Every text of the data files."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, inside in value.items():
                yield str(key)
                yield from texts(inside)
        elif isinstance(value, list):
            for inside in value:
                yield from texts(inside)

    for path in paths.resources().rglob("*.toml"):
        if "themes" not in path.parts:
            yield from texts(tomllib.loads(path.read_text(encoding="utf-8")))


def own_phrases(opened: OpenJournal) -> Iterator[str]:
    """What the person wrote and called things."""
    journal = opened.journal
    yield from (journal.name, str(journal.folder), journal.folder.name)
    rows = (*journal.sessions.all(), *journal.photos.all(), *journal.courses.all(), *journal.ratings.all())
    for quoted in re.findall(r"'([^']*)'|\"([^\"]*)\"", " ".join(map(repr, rows))):
        yield from quoted
    day = date(2025, 2, 1)
    while day < date(2025, 12, 31):
        note = journal.day_notes.of_day(day)
        yield from (note.text, *note.tags) if note else ()
        day += timedelta(days=1)


def date_words() -> Iterator[str]:
    """Names of months and days, which the system's locale gives."""
    for day in (date(2025, 1, 1) + timedelta(days=number) for number in range(366)):
        yield from WORD.findall(" ".join((language.long_date(day), language.short_date(day))))
    yield from (language.weekday_letter(day) for day in range(7))


@pytest.fixture(scope="module", params=[1.0, LARGE], ids=["100 %", "150 %"])
def sample(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """The sample in a usual window, in the language that does not exist."""
    translator = PseudoTranslator(qapp)
    QCoreApplication.installTranslator(translator)
    with sample_window(qapp, tmp_path_factory.mktemp("pseudo"), scale=request.param) as made:
        yield made
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def shown(request: pytest.FixtureRequest, sample: Workspace, qtbot: QtBot) -> QWidget:
    """The page of this name, with all that it fetches; the comparison, which takes long to read faces, only once."""
    if request.param == "compare" and text_scale() < LARGE:
        pytest.skip("seen with large text")
    return turn_to(sample, request.param, qtbot)


@pytest.fixture
def painted(shown: QWidget, monkeypatch: pytest.MonkeyPatch) -> list[Painted]:
    """All that the page draws as text, with the room it has."""
    found: list[Painted] = []
    draw = QPainter.drawText

    def drawing(painter: QPainter, *given: object) -> object:
        text = next((one for one in given if isinstance(one, str)), "")
        room = next((one for one in given if isinstance(one, QRect | QRectF)), None)
        found.append(
            Painted(text, QFontMetricsF(painter.font()).horizontalAdvance(text), room and QRectF(room).width())
        )
        return draw(painter, *given)

    monkeypatch.setattr(QPainter, "drawText", drawing)
    shown.grab()
    return found


@pytest.fixture(scope="module")
def known(sample: Workspace) -> re.Pattern[str]:
    """Whatever may stay as it is: data, the person's words, dates, units."""
    phrases = {*data_phrases(), *own_phrases(sample.open_journal), *date_words()}
    longest_first = sorted((phrase.strip() for phrase in phrases if len(phrase.strip()) > 1), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in longest_first), re.IGNORECASE)


def said(page: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text of a page: shown, offered in a choice, as a tip or to a screen reader."""
    for part in page.findChildren(QWidget):
        if not part.isVisible():
            continue
        yield part, part.accessibleName()
        yield part, part.accessibleDescription()
        yield part, part.toolTip()
        if isinstance(part, QLabel | QAbstractButton | ElidedLabel):
            yield part, part.text()
        elif isinstance(part, QLineEdit):
            yield part, part.placeholderText()
        elif isinstance(part, QComboBox):
            for at in range(part.count()):
                yield part, part.itemText(at)
        for menu in part.findChildren(QMenu):
            for entry in menu.findChildren(QAction):
                yield part, entry.text()


def untranslated(text: str, known: re.Pattern[str]) -> list[str]:
    """The words of a text that are in no language but English."""
    rest = re.sub(r"<[^<>]*>|\S+\.\w{2,4}\b|https?://\S+|AGE-SECRET-KEY-[\dA-Z ]+|/\S+|\.needlejournal\b", " ", text)
    return [word for word in WORD.findall(known.sub(" ", rest)) if word not in ALIKE]


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_what_is_painted_is_translated_and_has_room(painted: list[Painted], known: re.Pattern[str]) -> None:
    words = {
        f"{one.text!r} has {left}" for one in painted if (left := untranslated(one.text.replace("\n", " "), known))
    }
    assert not words, "\n".join(sorted(words))
    narrow = {
        f"{one.text!r} is {one.wide:.0f} wide in {one.room:.0f}"
        for one in painted
        if one.room and one.wide > one.room + 1 and " " not in one.text and "…" not in one.text
    }
    assert not narrow, "\n".join(sorted(narrow))


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_every_word_of_ours_can_be_translated(shown: QWidget, known: re.Pattern[str]) -> None:
    found = {
        f"{type(part).__name__}: {text!r} has {words}"
        for part, text in said(shown)
        if (words := untranslated(text, known))
    }
    assert not found, "\n".join(sorted(found))


def cut_off(part: QWidget) -> str:
    """How the words of a part find no room; "" when they do."""
    if isinstance(part, Label) and part.text():
        if part.wordWrap() and part.heightForWidth(part.width()) > part.height() + 1:
            return f"{part.height()} of {part.heightForWidth(part.width())} high"
        if not part.wordWrap() and part.sizeHint().width() > part.width() + 1:
            return f"{part.width()} of {part.sizeHint().width()} wide"
    if isinstance(part, Pressable) and part.text():
        spares_margins = isinstance(part.parent(), SegmentedControl)  # and its icon, before its words
        needs = (part.minimumSizeHint() if spares_margins else part.sizeHint()).width()
        spoken_otherwise = part.toolTip() or part.sizePolicy().hasHeightForWidth()
        return f"{part.width()} of {needs} wide" if needs > part.width() + 1 and not spoken_otherwise else ""
    return ""


@pytest.mark.parametrize("shown", PAGES, indirect=True)
def test_longer_words_are_not_cut_off(shown: QWidget) -> None:
    parts = [part for part in shown.findChildren(QWidget) if part.isVisible()]
    found = {f"{type(part).__name__} {part.property('text')!r}: {how}" for part in parts if (how := cut_off(part))}
    assert not found, "\n".join(sorted(found))


@pytest.fixture
def sheet(request: pytest.FixtureRequest, sample: Workspace, qtbot: QtBot) -> Iterator[QDialog]:
    """A sheet over the comparison."""
    if text_scale() < LARGE:
        pytest.skip("seen with large text")
    yield from opened(request.param, sample, qtbot)


@pytest.mark.parametrize("sheet", SHEETS, indirect=True)
def test_every_sheet_can_be_translated_and_has_room(sheet: QDialog, known: re.Pattern[str]) -> None:
    english = {
        f"{type(part).__name__}: {text!r} has {words}"
        for part, text in (*said(sheet), (sheet, sheet.windowTitle()))
        if (words := untranslated(text, known))
    }
    assert not english, "\n".join(sorted(english))
    parts = [part for part in sheet.findChildren(QWidget) if part.isVisible()]
    narrow = {f"{type(part).__name__} {part.property('text')!r}: {how}" for part in parts if (how := cut_off(part))}
    assert not narrow, "\n".join(sorted(narrow))


def test_the_language_keeps_places_counts_and_endings() -> None:
    assert pseudo("%n photo(s) of {day}").startswith("%n þĥöţö(s) öƒ {day}")
    assert len(pseudo("Side effects")) > 1.2 * len("Side effects")


def test_a_word_that_is_not_translated_is_found(known: re.Pattern[str]) -> None:
    assert untranslated("Šåṽé wobble", known) == ["wobble"]
