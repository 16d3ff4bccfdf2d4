"""What a key costs in a note as long as a book, in paragraphs and in a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.fields.text_fields import TextArea

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
SENTENCE = "The redness felt warm on both cheeks, less so on the chin. "
LETTERS = 1_000_000


def written(paragraph: int, letters: int) -> str:
    """So many letters, in paragraphs of about `paragraph`."""
    one = (SENTENCE * (paragraph // len(SENTENCE) + 1))[:paragraph]
    return "\n".join([one] * (letters // paragraph))


def key_in(text: str, qtbot: QtBot, costs: Costs) -> float:
    """Seconds for a letter typed in the middle of a text."""
    area = TextArea("Note")
    qtbot.addWidget(area)
    area.resize(700, 500)
    area.set_text(text)
    area.show()
    cursor = area.textCursor()
    cursor.setPosition(len(text) // 2)
    area.setTextCursor(cursor)

    def typed() -> None:
        QTest.keyClick(area, "a")
        QApplication.processEvents()

    return costs.cpu(typed, 15)


def test_a_key_in_a_note_of_a_million_letters(costs: Costs, qtbot: QtBot) -> None:
    costs.work("a key in 1 MB of paragraphs of 2,000", key_in(written(2_000, LETTERS), qtbot, costs), at_most=1.7)
    costs.work("a key in a paragraph of 8,000", key_in(written(8_000, 8_000), qtbot, costs), at_most=1.7)
