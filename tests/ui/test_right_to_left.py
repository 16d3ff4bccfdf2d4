"""On a system that writes from right to left: one language, and every side where the drawing has it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.catalogue import Zone
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.face_map.widget import FaceMap
from needlejournal.ui.workspace import Workspace
from tests.ui import fitting
from tests.ui.sample_window import PAGES, sample_window, turn_to

# What a person meets there: the window turned round or not, what Qt's own buttons say, how figures are written.
MET = """
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from needlejournal.app import make_window
from needlejournal.ui import language
from needlejournal.ui.widgets.fields.date_fields import DateField
import datetime
application = QApplication(["needlejournal", "-reverse"])
window = make_window(application)
language.install(application)
buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
day = datetime.date(2025, 3, 8)
print(window.layoutDirection().name, buttons.buttons()[0].text().strip("&"), language.money(120050, "EUR"),
      language.medium_date(day), buttons.locale().toString(15), sep="|")
"""


@pytest.mark.parametrize("system", ["ar_EG", "he_IL", "fa_IR", "de_DE"])
def test_the_app_speaks_one_language_from_left_to_right_on_every_system(system: str) -> None:
    there = os.environ | {"LC_ALL": f"{system}.UTF-8", "LANG": f"{system}.UTF-8", "LANGUAGE": system}
    told = subprocess.run([sys.executable, "-c", MET], capture_output=True, text=True, env=there, check=True)
    direction, cancel, money, day, number = told.stdout.strip().split("|")
    assert (direction, cancel, day, number) == ("LeftToRight", "Cancel", "8 March 2025", "15")
    assert money in {"1,200.50 EUR", "1.200,50 EUR"}


@pytest.fixture
def turned(qapp: QApplication) -> Iterator[None]:
    """Laid out from right to left, as a translation may ask for one day."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture(scope="module")
def sample(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sample_window(qapp, tmp_path_factory.mktemp("sample")) as made:
        yield made


@pytest.mark.parametrize("page", PAGES)
def test_every_page_turned_round_has_its_rail_at_the_right_and_room_for_all(
    turned: None, sample: Workspace, page: str, qtbot: QtBot
) -> None:
    shown = turn_to(sample, page, qtbot)
    (rail,) = sample.findChildren(Rail)
    assert rail.mapTo(sample, rail.rect().topLeft()).x() > shown.mapTo(sample, shown.rect().topLeft()).x()
    fitting.settle()
    assert fitting.faults(sample) == []


def both_ways(make: Callable[[], QWidget], qapp: QApplication, qtbot: QtBot) -> list[QImage]:
    """What a widget looks like in a program laid out from right to left, and in one from left to right."""
    pictures = []
    for direction in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        qapp.setLayoutDirection(direction)
        made = make()
        qtbot.addWidget(made)
        pictures.append(made.grab().toImage())
    return pictures


def test_the_words_of_a_button_stay_beside_its_icon(qapp: QApplication, qtbot: QtBot) -> None:
    turned, usual = both_ways(lambda: Button("Start my own…", icon="camera"), qapp, qtbot)
    assert turned == usual


def test_whose_left_is_where_never_depends_on_the_writing(qapp: QApplication, qtbot: QtBot) -> None:
    def face() -> FaceCanvas:
        face = FaceMap([Zone("cheek_inner_left", "Inner cheek, left", "malar", "face")])
        qtbot.addWidget(face)
        face.resize(400, 520)
        return face.findChild(FaceCanvas)

    turned, usual = both_ways(face, qapp, qtbot)
    assert turned == usual
