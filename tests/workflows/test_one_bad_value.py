"""One bad value in a journal's database locks nothing out: everything else is told, exported and brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.store.timeline import TimelineFilter
from needlejournal.workflows.archives.archiving import export_archive, import_archive
from needlejournal.workflows.archives.zip_reading import CheckedZip
from needlejournal.workflows.comparison.comparing import all_series
from needlejournal.workflows.diary import clinic_cards, read_diary
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.safekeeping.backing_up import back_up
from needlejournal.workflows.safekeeping.bringing_back import find
from tests.asked import undoable
from tests.store.every_kind import fill
from tests.workflows.test_bringing_back import NOW

BAD = {
    "a day": "UPDATE photo SET day = '9999-99-99' WHERE id = 1",
    "the last day of a session": "UPDATE session SET day = '9999-12-31'",
    "the last day of a side effect": "UPDATE side_effect SET day = '9999-12-31' WHERE id = 1",
    "the first day of a rating": "UPDATE rating SET day = '0001-01-01'",
    "the last day of a plan": "UPDATE course SET starts = '9999-12-31'",
    "a list": "UPDATE session SET tags = '[1, 2'",
    "a place that there is not": "UPDATE session SET setting = '7'",
    "a list of a plan": "UPDATE course SET concerns = 'x'",
    "a needle": "UPDATE needle SET length_um = -1 WHERE id = 1",
    "days between": "UPDATE course SET not_before = 1 << 62",
    "a severity": "UPDATE side_effect SET severity = 99",
    "a word": "UPDATE photo SET note = CAST(x'ff41' AS TEXT) WHERE id = 1",
    "the time of writing": "UPDATE course SET changed_utc = '9999-12-31'",
    "the session of a photo": "UPDATE photo SET session_id = 99 WHERE session_id IS NOT NULL",
    "the photo of a side effect": "UPDATE side_effect SET photo_id = 99",
    "the plan of a session": "UPDATE session SET course_id = 99",
    "the session of a needle": "UPDATE needle SET session_id = 99",
    "the session of a tick": "UPDATE aftercare_tick SET session_id = 99",
    "the photos of a rating": "UPDATE rating SET photo_id = 98, baseline_photo_id = 99",
    "the photo of a spot": "UPDATE spot SET photo_id = 99",
    "a photo of an alignment": "UPDATE alignment SET after_id = 99",
}


Damaged = Callable[[str], Journal]


@pytest.fixture
def damaged(journal: Journal) -> Iterator[Damaged]:
    """A journal with everything, opened again after a statement that no version of the app makes."""
    fill(journal)
    journal.close()
    opened: list[Journal] = []

    def damage(statement: str) -> Journal:
        connection = apsw.Connection(str(journal.folder / "journal.db"))
        connection.execute("PRAGMA ignore_check_constraints = on").fetchall()
        connection.execute(statement).fetchall()
        connection.close()
        opened.append(open_journal(journal.folder, now=lambda: NOW))
        return opened[0]

    yield damage
    for one in opened:
        one.close()


@pytest.mark.parametrize("statement", BAD.values(), ids=BAD.keys())
def test_everything_else_is_told_and_goes_out_and_in(
    damaged: Damaged, tmp_path: Path, catalogue: Catalogue, statement: str
) -> None:
    journal = damaged(statement)
    today = date(2025, 3, 20)
    clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal))
    agenda_of(journal, today, catalogue)
    done = export_archive(journal, tmp_path / "all.zip", catalogue)
    assert done.records >= 12 and done.unreadable == journal.checkup.unreadable()
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    assert find(journal.records(), journal.backup_source(), tmp_path / "disk").things == ()
    other = create_journal(tmp_path / "Other.needlejournal")
    with CheckedZip(tmp_path / "all.zip") as archive:
        came = import_archive(other, archive)
    assert sum(came.added.values()) == done.records and other.verify().sound
    other.close()
    with journal.step("It goes on"):
        journal.day_notes.save(DayNote(today, "calm"))
    assert journal.day_notes.on_days([today])[0].text == "calm"


def test_of_a_view_whose_first_photo_cannot_be_read_the_next_stands_for_all(damaged: Damaged) -> None:
    journal = damaged("UPDATE photo SET expression = CAST(x'ff41' AS TEXT) WHERE id = 1")
    assert [(series.first.id, series.count) for series in all_series(journal)][:1] == [(2, 4)]


@pytest.mark.parametrize("value", ["99999", "12:00+02:00"])
@pytest.mark.parametrize("table", ["session", "photo"])
def test_what_is_listed_quickly_is_there_when_it_is_read(damaged: Damaged, table: str, value: str) -> None:
    journal = damaged(f"UPDATE {table} SET time = '{value}' WHERE id = 1")
    assert journal.checkup.unreadable() == (f"{table} 1",)
    numbered = {mark.id for mark in journal.sessions.calendar().marks}
    listed = {key.session_id for key in journal.timeline.keys(TimelineFilter())} - {0}
    assert listed == numbered == {session.id for session in journal.sessions.all()}
    assert {place[0] for place in journal.photos.places()} == {photo.id for photo in journal.photos.all()}


LOST = {"needle": "session_id", "aftercare_tick": "session_id", "spot": "photo_id", "alignment": "before_id"}
LOOSE = {"photo": "session_id", "side_effect": "photo_id", "session": "course_id", "rating": "baseline_photo_id"}


@pytest.mark.parametrize("table", [*LOST, *LOOSE])
def test_what_refers_to_something_that_is_gone_is_named(damaged: Damaged, table: str) -> None:
    journal = damaged(f"UPDATE {table} SET {(LOST | LOOSE)[table]} = 99")
    found = journal.verify()
    assert found.unreadable and {name.split()[0] for name in found.unreadable} == {table}
    assert "refers to one that is gone" in found.database and not (found.bad or found.missing)
    assert bool(journal.checkup.unreadable()) == (table in LOST)  # the others are told all the same


def test_a_senseless_severity_hides_no_true_one(damaged: Damaged) -> None:
    journal = damaged(
        "INSERT INTO side_effect (uid, rev, created_utc, changed_utc, day, symptom, severity, zone) "
        "SELECT 'x' || id, rev, created_utc, changed_utc, day, symptom, 99, zone || '?' FROM side_effect",
    )
    assert {one for of_day in journal.side_effects.severities().values() for one in of_day.values()} == {
        one.severity for one in journal.side_effects.all()
    }


def test_where_its_counter_cannot_be_read_a_journal_opens_and_counts_on(damaged: Damaged) -> None:
    journal = damaged("UPDATE meta SET value = CAST(x'ff41' AS TEXT) WHERE key = 'rev'")
    with journal.step("More"):
        journal.day_notes.save(journal.day_notes.all()[0])


def test_what_hangs_on_something_that_cannot_be_read_is_not_changed_by_halves(damaged: Damaged) -> None:
    journal = damaged("UPDATE photo SET note = CAST(x'ff41' AS TEXT) WHERE id = 1")
    before = journal.records()
    with pytest.raises(WorldError, match="Nothing was changed"), journal.step("Trash"):
        journal.photos.trash(1)
    assert journal.records() == before and not undoable(journal)


def test_a_step_of_a_session_into_the_trash_for_good_passes_over_what_cannot_be_read(damaged: Damaged) -> None:
    journal = damaged("UPDATE photo SET note = CAST(x'ff41' AS TEXT) WHERE id = 1")
    with journal.step("Trash"):
        for session in journal.sessions.all():
            journal.sessions.trash(session.id)
    journal.trash.purge(journal.trash.listing())
    assert not journal.sessions.all() and journal.checkup.unreadable() == ("photo 1",)
