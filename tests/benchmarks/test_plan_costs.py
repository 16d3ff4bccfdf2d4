"""What the plan page and the banner of ten years cost to open, to calculate again and to draw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.moments import When
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session
from needlejournal.store import create_journal
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.panels.next_banner import NextBanner
from needlejournal.ui.plan import PlanPage
from needlejournal.ui.plan.month_grid import MonthGrid
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.planning import plan_of
from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
START = date(2015, 1, 1)
TEN_YEARS = 3650


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenJournal]:
    """A hundred sessions of two treatments in ten years, and 2,000 ratings."""
    journal = create_journal(tmp_path / "Long.needlejournal", "Long")
    with journal.step("Ten years"):
        journal.courses.save(Course(sessions=99, concerns=("scars",)))
        for number, offset in enumerate(range(0, TEN_YEARS, 36)):
            treatment = ("microneedling", "chemical_peel")[number % 2]
            journal.sessions.save(Session(When(START + timedelta(days=offset)), treatment))
        for offset in range(0, TEN_YEARS, 2):
            journal.ratings.save(Rating(START + timedelta(days=offset), "scars", 5))
    now = datetime(2024, 12, 20, 20, tzinfo=UTC)
    made = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(), clock=lambda: now)
    yield made
    made.close()


def test_the_plan_of_ten_years_is_read_and_calculated(costs: Costs, opened: OpenJournal) -> None:
    cost = costs.cpu(lambda: plan_of(opened.journal, opened.today, opened.catalogue))
    costs.work("plan of ten years, read and recalculated", cost, at_most=2.2)


@pytest.mark.parametrize("view", ["courses", "month", "agenda"])
def test_the_plan_page_of_ten_years(costs: Costs, opened: OpenJournal, qtbot: QtBot, view: str) -> None:
    preferences = Preferences()
    preferences.remember("plan/view", view)
    page = PlanPage(opened, lambda _where: None, preferences)
    qtbot.addWidget(page)
    page.resize(1084, 800)
    page.show()
    page.grab()
    costs.work(f"plan page of ten years, shown again as {view}", costs.cpu(page._calculate), at_most=5.4)


def test_the_plan_page_of_ten_years_is_opened(costs: Costs, opened: OpenJournal, qtbot: QtBot) -> None:
    def open_page() -> None:
        page = PlanPage(opened, lambda _where: None, Preferences())
        qtbot.addWidget(page)
        page.resize(1084, 800)
        page.show()
        page.grab()
        page.hide()

    costs.work("plan page of ten years, opened and drawn", costs.cpu(open_page), at_most=13.0)


def test_the_banner_above_the_timeline(costs: Costs, opened: OpenJournal, qtbot: QtBot) -> None:
    banner = NextBanner(opened, lambda _where: None)
    qtbot.addWidget(banner)
    costs.work("banner of ten years", costs.cpu(banner.show_plan), at_most=3.3)


def test_a_month_is_drawn(costs: Costs, opened: OpenJournal, qtbot: QtBot) -> None:
    preferences = Preferences()
    preferences.remember("plan/view", "month")
    page = PlanPage(opened, lambda _where: None, preferences)
    qtbot.addWidget(page)
    page.resize(1084, 800)
    page.show()
    grid = page.findChild(MonthGrid)
    assert grid is not None
    canvas = QImage(grid.size(), QImage.Format.Format_ARGB32_Premultiplied)
    costs.frame("month of the plan, redrawn", costs.cpu(lambda: grid.render(canvas)), at_most=4.7)
