"""What the pages of the diary cost with five years in them: opened, and drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import create_journal
from needlejournal.ui.effects.page import EffectsPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.progress.chart_view import ChartView
from needlejournal.ui.progress.page import ProgressPage
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
FIRST = date(2020, 1, 1)
DAYS, SYMPTOMS, SESSIONS, CONCERNS, RATINGS = 1820, 11, 20, 5, 400


@pytest.fixture
def opened(tmp_path: Path, home: Path, qtbot: QtBot) -> Iterator[OpenJournal]:
    """20 sessions, 20,000 side effects and 2,000 ratings in five years."""
    journal = create_journal(tmp_path / "Five years.needlejournal")
    catalogue = load_catalogue(paths.resources())
    with journal.step("Fill"):
        for number in range(SESSIONS):
            journal.sessions.save(Session(When(FIRST + timedelta(days=91 * number))))
        for day in range(DAYS):
            for symptom in catalogue.symptoms[:SYMPTOMS]:
                severity = Severity(max(0, 3 - (day % 91) // 2))
                journal.side_effects.save(SideEffect(FIRST + timedelta(days=day), symptom.key, severity))
        for concern in catalogue.concerns[:CONCERNS]:
            for number in range(RATINGS):
                day = FIRST + timedelta(days=DAYS * number // RATINGS)
                journal.ratings.save(Rating(day, concern.key, number % 11))
    now = datetime(2024, 12, 20, 20, tzinfo=UTC)
    made = OpenJournal(journal, catalogue, Jobs(), clock=lambda: now)
    yield made
    made.close()


def test_side_effects_of_five_years_open_and_are_drawn(costs: Costs, opened: OpenJournal, qtbot: QtBot) -> None:
    page = EffectsPage(opened, lambda _where: None, Preferences())
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitExposed(page)
    costs.frame("side effects, redraw of the grid", costs.cpu(page._grid.grab), at_most=4.7)
    ids = cycle([session.id for session in opened.journal.sessions.all()][-2:])
    costs.work("side effects, another session", costs.cpu(lambda: page.show_session(next(ids))), at_most=5.4)
    costs.work("side effects, read again", costs.cpu(page._read), at_most=5.4)


def test_progress_of_five_years_opens_and_is_drawn(costs: Costs, opened: OpenJournal, qtbot: QtBot) -> None:
    page = ProgressPage(opened, lambda _where: None, Preferences())
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitExposed(page)
    chart = page.findChildren(ChartView)[0]
    costs.frame("progress, redraw of a chart", costs.cpu(chart.grab), at_most=4.7)
    costs.work("progress, read again", costs.cpu(page._fill), at_most=5.4)
