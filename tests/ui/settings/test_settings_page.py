"""What a person does in the settings."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import __version__
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.destinations import Destination
from needlejournal.ui.messages import message_for
from needlejournal.ui.preferences import DAY_BEGINS, Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.settings import SettingsPage
from needlejournal.ui.settings.about_card import AboutCard
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from tests.ui.conftest import ByHand
from tests.ui.person import choose, choose_key, press, reads


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The application's theme, put back afterwards."""
    for old in qapp.findChildren(theme.Theme):
        old.setParent(None)
    made = theme.Theme(qapp, "light", 1.0)
    yield made
    made.set_mode("light")
    made.set_text_scale(1.0)
    made.set_reduced_motion(False)


@pytest.fixture
def page(
    look: theme.Theme, opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot
) -> SettingsPage:
    """The page, shown."""
    made = SettingsPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    return made


def button(page: SettingsPage, words: str) -> Button:
    QApplication.processEvents()  # what was just made is shown by the event loop
    return next(b for b in page.findChildren(Button) if b.text() == words and b.isVisible())


def test_dark_and_large_are_shown_at_once_and_remembered(page: SettingsPage, preferences: Preferences) -> None:
    press(page, "Light or dark: Dark")
    choose(page, "Text size", "200 %")
    assert theme.tokens().name == "dark"
    assert theme.text_scale() == 2.0
    assert preferences.mode() == "dark"
    assert preferences.number("look/text_scale") == 2.0


def test_every_file_is_checked_and_the_result_told(
    page: SettingsPage, by_hand: ByHand, opened_diary: OpenJournal
) -> None:
    button(page, "Check every file").click()
    by_hand.run()
    assert any("the database is sound" in label.text() for label in page.findChildren(Label))


def test_a_check_tells_what_is_wrong_and_nothing_else(
    page: SettingsPage, by_hand: ByHand, opened_diary: OpenJournal, tmp_path: Path
) -> None:
    folder = opened_diary.journal.folder
    (folder / "incoming" / "link").symlink_to(tmp_path)
    press(page, "Check every file")
    by_hand.run()
    assert "1 thing cannot be read and is left as it is: incoming/link. Nothing was changed." in reads(page)
    assert "damaged or missing" not in reads(page)
    (folder / "incoming" / "link").unlink()
    stray = hashlib.sha256(b"stray").hexdigest()
    (folder / "photos" / stray[:2]).mkdir(exist_ok=True)
    (folder / "photos" / stray[:2] / f"{stray}.jpg").write_bytes(b"stray")
    press(page, "Check every file")
    by_hand.run()
    assert "1 photo file belongs to no photo of the journal. Nothing was changed." in reads(page)


def test_the_notices_of_models_and_typeface_can_be_read(page: SettingsPage) -> None:
    button(page, "Licences and notices").click()
    QApplication.processEvents()
    sheet = page.findChild(AboutCard).findChild(Sheet)
    text = "\n".join(label.text() for label in sheet.findChildren(Label))
    assert "Apache" in text
    assert "SIL OPEN FONT LICENSE" in text.upper()
    sheet.close()


def test_my_day_begins_when_i_say(page: SettingsPage, opened_diary: OpenJournal, preferences: Preferences) -> None:
    opened_diary.clock = lambda: datetime(2025, 4, 23, 2, 0, tzinfo=UTC)
    (hour,) = (select for select in page.findChildren(Select) if select.accessibleName() == "My day begins at")
    assert (hour.value(), opened_diary.today) == ("00:00", date(2025, 4, 23))
    choose_key(page, "My day begins at", "04:00")
    assert (preferences.day_begins(), opened_diary.today) == (time(4), date(2025, 4, 22))
    preferences.remember(DAY_BEGINS, "soon")
    assert preferences.day_begins() == time(0)


def test_the_report_for_the_makers_names_faults_and_versions_and_nothing_of_the_journal(
    page: SettingsPage, diary: Journal
) -> None:
    message_for(ValueError(f"secret in {diary.folder}"))
    button(page, "Copy a report for us").click()
    copied = QApplication.clipboard().text()
    assert f"Needle Journal {__version__}" in copied
    assert "pillow " in copied
    assert "ValueError" in copied
    for secret in ("secret", str(Path.home()), diary.folder.name, "Harbour", getpass.getuser() + "/"):
        assert secret not in copied
    assert any("nothing from your journal" in label.text() for label in page.findChildren(Label) if label.isVisible())
