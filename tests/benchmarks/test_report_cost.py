"""What a year's visit pack costs: 26 sessions, 30 photos of 12 megapixels, with a diary and ratings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Journal, create_journal
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.reporting.making import make_pdf
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import FromTo, ReportWish
from tests.benchmarks.test_aligning_cost import large

pytestmark = pytest.mark.benchmark
FIRST, TODAY = date(2025, 1, 6), date(2025, 12, 31)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(paths.resources())


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Journal]:
    folder = tmp_path_factory.mktemp("year")
    journal = create_journal(folder / "Year.needlejournal")
    with journal.step("write"):
        for number in range(26):
            day = FIRST + timedelta(days=14 * number)
            needles = tuple(Needle(zone, 1500, 3) for zone in ("forehead", "cheek_inner_left", "chin"))
            products = (Product("serum", "Serum", "Labs", f"L{number // 5}"),)
            journal.sessions.save(Session(When(day), notes="A note. " * 30, needles=needles, products=products))
            for after, severity in ((0, 3), (1, 2), (2, 0)):
                for symptom in ("redness", "swelling", "flaking"):
                    journal.side_effects.save(SideEffect(day + timedelta(after), symptom, Severity(severity)))
            journal.ratings.save(Rating(day, "scars", 8 - number // 5))
    cards = folder / "card"
    cards.mkdir()
    for number, name in enumerate(("2025-07-12_frontal", "2025-05-31_oblique_left_45", "2025-05-31_oblique_right_45")):
        data = large(name)
        for shot in range(10):
            day = FIRST + timedelta(days=12 + 35 * shot)
            (cards / f"{day} {number}.jpg").write_bytes(data + bytes([number, shot]))
    plan = look(journal, [cards], catalogue)
    for number, view in enumerate(("frontal", "oblique_left", "oblique_right")):
        keys = [item.key for item in plan.items if item.name.endswith(f" {number}.jpg")]
        plan = plan.with_view(keys, view, "")
    for item in plan.items:
        day = date.fromisoformat(item.name.split()[0])
        plan = plan.with_day([item.key], day, journal.sessions.calendar())
    assert len(import_all(journal, plan).saved) == 30
    yield journal
    journal.close()


def test_a_years_pack_is_there_in_three_seconds(costs: Any, year: Journal, catalogue: Catalogue) -> None:
    def make() -> int:
        return len(make_pdf(year, read_report(year, catalogue, ReportWish(span=FromTo()), TODAY), "whole").pdf)

    assert 500_000 < make() < 10_000_000
    costs.work("visit pack of a year, measured before", costs.cpu(make, 3), at_most=320)
    read = costs.cpu(lambda: read_report(year, catalogue, ReportWish(span=FromTo()), TODAY))
    costs.work("its facts, while the window waits", read, at_most=6.5)
