"""What stands on a card of the timeline stands within it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from needlejournal.journal.sessions import Severity
from needlejournal.store import CardKey
from needlejournal.ui.models.card_content import CardContent, EffectGrid, GridLine
from needlejournal.ui.timeline.card_layout import advance, lay_out, wrapped


@pytest.mark.parametrize("width", [420.0, 980.0])
@pytest.mark.parametrize("days", [1, 2, 7])
def test_the_small_print_of_a_grid_of_few_days_stays_on_the_card(qapp: QApplication, days: int, width: float) -> None:
    line = GridLine("Redness", (None, *[Severity.MILD] * (days - 1)))
    grid = EffectGrid((line,), future_from=days, more=3)
    card = CardContent(CardKey(date(2025, 3, 8), 1), "Session 1", "Micro-needling", grid=grid)
    laid = lay_out(card, width)
    ends = {text.text: text.at.x() + advance(text.style, text.text) for text in laid.lines}
    assert "Dotted days were not written down." in ends
    assert max(ends.values()) <= width, ends


@pytest.mark.parametrize(
    "note",
    ["https://example.org/" + "aftercareoftheskin" * 30, "🌙👩🏽‍⚕️ calm skin tonight " * 40, "Calm. " * 3],
    ids=["address", "emoji", "short"],
)
def test_the_lines_of_a_note_stay_beside_the_grid_and_leave_nothing_out(qapp: QApplication, note: str) -> None:
    lines = wrapped(note, 600, 50)
    assert max(advance("text", line) for line in lines) <= 600
    assert "".join(lines).replace(" ", "") == note.replace(" ", "")
    assert wrapped(note, 600, 2)[:1] == lines[:1]
