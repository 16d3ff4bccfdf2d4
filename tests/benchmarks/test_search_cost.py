"""Search as one types over 100,000 notes: what each key costs until the timeline knows its cards."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from needlejournal.journal.days import DayNote
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, TimelineFilter, create_journal, open_journal

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
NOTES, DAYS = 100_000, 25_000
WORDS = """
redness cheeks slightly warm after gel evening pinpoint calmer serum flaking nose chin tight morning dry clinic numbing
cream vitamin sunscreen itchy swelling gone nothing bruise forehead healed smooth
""".split()
TYPED = ("redness cheeks", "serum", "vitamin morn", "lot 4711", "xylophone")


@pytest.fixture(scope="module")
def wordy_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a journal of 25,000 day notes and 75,000 sessions, each with a dozen words."""
    folder = tmp_path_factory.mktemp("wordy") / "wordy.needlejournal"
    journal = create_journal(folder, "Wordy")
    with journal.step("fill"):
        _write(journal, random.Random(7))
    journal.history.forget()
    journal.close()
    return folder


def _write(journal: Journal, source: random.Random) -> None:
    for number in range(NOTES):
        day = date(1955, 1, 1) + timedelta(days=number % DAYS)
        notes = f"{' '.join(source.choices(WORDS, k=12))} lot {number}"
        if number < DAYS:
            journal.day_notes.save(DayNote(day, notes))
        else:
            journal.sessions.save(Session(When(day, time(9, number // DAYS)), "microneedling", notes=notes))


def test_every_key_of_a_search(costs: Costs, wordy_journal: Path) -> None:
    journal = open_journal(wordy_journal)
    try:
        texts = [typed[:length] for typed in TYPED for length in range(1, len(typed) + 1)]
        journal.timeline.keys(TimelineFilter(text="warm"))
        slowest = max(_cost(costs, journal, text) for text in texts)
    finally:
        journal.close()
    costs.at_most("search over 100,000 notes: the slowest key", slowest * 1000, 10, "ms")


def _cost(costs: Costs, journal: Journal, text: str) -> float:
    return costs.cpu(lambda: journal.timeline.keys(TimelineFilter(text=text)), rounds=1)
