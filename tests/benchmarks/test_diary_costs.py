"""What the diary, the plan and the progress of many years cost."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary.clinic_cards import all_cards
from needlejournal.journal.diary.days_after import Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import session_episodes
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.photos import PhotoMark
from needlejournal.journal.planning.agenda import agenda
from needlejournal.journal.planning.plan import PlanFacts, make_plan
from needlejournal.journal.planning.progress import progress
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session, Severity
from needlejournal.paths import resources

pytestmark = pytest.mark.benchmark
CATALOGUE = load_catalogue(resources())
START = date(2020, 1, 1)
FIVE_YEARS, TEN_YEARS = 1825, 3650


def days(every: int, until: int) -> list[date]:
    return [START + timedelta(days=number) for number in range(0, until, every)]


def side_effects() -> list[SideEffect]:
    """20,000 of them over five years, in every symptom and zone."""
    chance = random.Random(1)
    symptoms = [symptom.key for symptom in CATALOGUE.symptoms]
    zones = [zone.key for zone in CATALOGUE.zones]
    return [
        SideEffect(
            START + timedelta(days=chance.randrange(FIVE_YEARS)),
            chance.choice(symptoms),
            Severity(chance.randrange(3)),
            chance.choice(zones),
        )
        for _ in range(20_000)
    ]


def test_the_side_effects_page_of_five_years(costs):
    effects = side_effects()
    calendar = SessionCalendar(
        SessionMark(key, When(day), "microneedling") for key, day in enumerate(days(90, FIVE_YEARS)[:20], start=1)
    )
    order = [symptom.key for symptom in CATALOGUE.symptoms]

    def opened() -> None:
        diary = Diary(effects)
        grids = [day_grid(diary, calendar, mark.id, order) for mark in calendar.marks]
        session_episodes(diary, session_window(calendar, grids[-1].window.session_id))
        all_cards(diary, calendar, CATALOGUE)

    costs.work("20 grids and all cards of 20,000 side effects", costs.cpu(opened), at_most=5.4)


def test_progress_of_2000_ratings(costs):
    chance = random.Random(2)
    ratings = [Rating(day, chance.choice("abcde"), 5) for day in days(1, 2000)]
    calendar = SessionCalendar(
        SessionMark(key, When(day), "microneedling") for key, day in enumerate(days(90, FIVE_YEARS))
    )
    costs.work("progress of 2,000 ratings", costs.cpu(lambda: progress(ratings, calendar)), at_most=5.4)


def test_a_plan_of_ten_years(costs):
    treatments = ("microneedling", "chemical_peel", "hydrafacial")
    sessions = [Session(When(day), treatments[key % 3], id=key) for key, day in enumerate(days(30, TEN_YEARS), start=1)]
    courses = [Course(treatment, sessions=99, concerns=("scars",), id=key) for key, treatment in enumerate(treatments)]
    photos = [PhotoMark(When(day), view) for day in days(5, TEN_YEARS) for view in CATALOGUE.photo_plan.views]
    ratings = [Rating(day, "scars", 5) for day in days(2, TEN_YEARS)]
    written = PlanFacts(courses, sessions, photos, ratings)
    today = START + timedelta(days=TEN_YEARS)
    cost = costs.cpu(lambda: make_plan(written, today, CATALOGUE))
    costs.work("plan of ten years, recalculated", cost, at_most=1.1)
    plan = make_plan(written, today, CATALOGUE)
    costs.work("its agenda", costs.cpu(lambda: agenda(plan, CATALOGUE)), at_most=1.1)
