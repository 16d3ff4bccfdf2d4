"""Words of the catalogue find what was written down by its keys."""

from __future__ import annotations

from datetime import date

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Product, Session, Severity
from needlejournal.store import Journal
from needlejournal.store.timeline import TimelineFilter
from needlejournal.workflows.finding import with_meanings
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.workflows.pictures import jpeg


@pytest.fixture
def kept(journal: Journal, catalogue: Catalogue, folder: object) -> Journal:
    (folder / "a.jpg").write_bytes(jpeg(1, taken="2025:05:05 10:00:00"))  # type: ignore[operator]
    with journal.step("write"):
        journal.sessions.save(Session(When(date(2025, 1, 1)), treatment="jessner_peel", notes="with Ann"))
        things = (Product("numbing", "EMLA"), Product("prp"))
        journal.sessions.save(Session(When(date(2025, 1, 20)), device_kind="roller", products=things))
        journal.sessions.save(Session(When(date(2025, 2, 1)), treatment="laser_ablative_fractional"))
        journal.side_effects.save(SideEffect(date(2025, 3, 1), "cold_sore", Severity.MILD))
        journal.side_effects.save(SideEffect(date(2025, 3, 2), "redness", Severity.MILD, zone="cheek_inner_left"))
        journal.side_effects.save(SideEffect(date(2025, 3, 3), "redness", Severity.NONE, zone="chin"))
        journal.day_notes.save(DayNote(date(2025, 4, 1), "peel of an orange"))
    plan = look(journal, [folder], catalogue)  # type: ignore[list-item]
    import_all(journal, plan.with_view([0], "oblique_left"))
    return journal


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("peel", [(4, 1), (1, 1)]),
        ("Jessner", [(1, 1)]),
        ("peel Ann", [(1, 1)]),
        ("laser", [(2, 1)]),
        ("erythema", [(3, 2)]),
        ("herpes", [(3, 1)]),
        ("cheek", [(3, 2)]),
        ("cheek redn", [(3, 2)]),
        ("chin", []),  # looked for there, and found nothing
        ("oblique", [(5, 5)]),
        ("inn", []),
        ("numbing cream", [(1, 20)]),
        ("numb emla", [(1, 20)]),
        ("emla", [(1, 20)]),
        ("PRP", [(1, 20)]),
        ("pr", []),
        ("roller", [(1, 20)]),
        ("serum", []),
        ("orange", [(4, 1)]),
        ("nothing like it", []),
        ('peel" OR "laser', []),
    ],
)
def test_names_of_the_catalogue_are_found(
    kept: Journal, catalogue: Catalogue, text: str, days: list[tuple[int, int]]
) -> None:
    keys = kept.timeline.keys(with_meanings(TimelineFilter(text=text), catalogue))
    assert [(key.day.month, key.day.day) for key in keys] == days


def test_what_is_too_short_is_not_looked_up(catalogue: Catalogue) -> None:
    assert with_meanings(TimelineFilter(text="a be cee"), catalogue).meant == ()
    assert with_meanings(TimelineFilter(), catalogue) == TimelineFilter()
