"""On a system that writes from right to left: one language, and every side where the drawing has it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.catalogue import Zone
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.face_map.widget import FaceMap

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


def test_whose_left_is_where_never_depends_on_the_writing(qtbot: QtBot, qapp: QApplication) -> None:
    def picture() -> object:
        face = FaceMap([Zone("cheek_inner_left", "Inner cheek, left", "malar", "face")])
        qtbot.addWidget(face)
        face.resize(400, 520)
        return face.findChild(FaceCanvas).grab().toImage()

    usual = picture()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert picture() == usual
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
