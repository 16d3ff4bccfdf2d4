"""What is written of one day: a change of one thing leaves all others as they were."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store import Journal
from needlejournal.workflows.writing import (
    ANYWHERE,
    SymptomOfDay,
    last_written_before,
    symptoms_of,
    take_out_of_trash,
    write_nothing,
    write_same,
    write_symptom,
)

TONIGHT = date(2025, 4, 22)
MILD, MODERATE, SEVERE = Severity.MILD, Severity.MODERATE, Severity.SEVERE
PLACES = st.dictionaries(st.sampled_from([ANYWHERE, "nose", "chin", "forehead"]), st.sampled_from(list(Severity)))


def write(journal: Journal, symptom: str, places: dict[str, Severity], note: str = "", day: date = TONIGHT) -> None:
    with journal.step("Write"):
        write_symptom(journal, day, SymptomOfDay(symptom, places, note))


def written(journal: Journal, day: date = TONIGHT) -> dict[tuple[str, str], tuple[Severity, str]]:
    return {(e.symptom, e.zone): (e.severity, e.note) for e in journal.side_effects.of_day(day)}


def nothing(journal: Journal, day: date = TONIGHT) -> bool:
    note = journal.day_notes.of_day(day)
    return bool(note and note.nothing_to_note)


def test_a_note_leaves_each_place_as_strong_as_it_was(journal: Journal) -> None:
    write(journal, "redness", {"cheek_outer_left": MODERATE, "forehead": MILD})
    told = symptoms_of(journal.side_effects.of_day(TONIGHT))["redness"]
    write(journal, "redness", dict(told.places), "warm")
    assert written(journal) == {
        ("redness", "cheek_outer_left"): (MODERATE, "warm"),
        ("redness", "forehead"): (MILD, "warm"),
    }


def test_a_place_with_a_note_of_its_own_keeps_it(journal: Journal) -> None:
    for zone, note in (("forehead", "dry"), ("nose", "peels")):
        journal.side_effects.save(SideEffect(TONIGHT, "flaking", MILD, zone, note))
    write(journal, "flaking", {"forehead": MILD, "nose": MODERATE}, "dry, better by noon")
    assert written(journal) == {
        ("flaking", "forehead"): (MILD, "dry, better by noon"),
        ("flaking", "nose"): (MODERATE, "peels"),
    }


@given(PLACES, st.sampled_from(list(Severity)))
def test_the_whole_becomes_as_strong_as_is_said_and_milder_places_stay(
    places: dict[str, Severity], severity: Severity
) -> None:
    before = SymptomOfDay("redness", places)
    after = before.as_strong_as(severity)
    assert after.severity == severity
    for zone, there in places.items():
        if there < severity and there != before.severity:
            assert after.places[zone] == there
        else:
            assert after.places[zone] == severity


def test_places_taken_away_leave_it_in_no_place_as_strong_as_it_was(journal: Journal) -> None:
    told = SymptomOfDay("redness", {"nose": MODERATE, "chin": MILD})
    assert told.felt_in({}).places == {ANYWHERE: MODERATE}
    assert told.felt_in({"chin": SEVERE}).places == {"chin": SEVERE}
    assert SymptomOfDay("redness").felt_in({}).places == {}
    assert told.zones == {"nose", "chin"}


def test_a_symptom_taken_back_is_unknown_again(journal: Journal) -> None:
    write(journal, "redness", {"nose": MILD})
    told = symptoms_of(journal.side_effects.of_day(TONIGHT))["redness"]
    with journal.step("Restore"):
        write_symptom(journal, TONIGHT, told.as_strong_as(None))
    assert written(journal) == {}


def test_nothing_to_note_and_a_side_effect_never_stand_together(journal: Journal) -> None:
    write(journal, "redness", {ANYWHERE: MILD})
    write(journal, "swelling", {ANYWHERE: Severity.NONE})
    with journal.step("Nothing"):
        write_nothing(journal, TONIGHT, nothing=True)
    assert nothing(journal)
    assert written(journal) == {("swelling", ""): (Severity.NONE, "")}
    write(journal, "itching", {ANYWHERE: Severity.NONE})
    assert nothing(journal)
    write(journal, "itching", {ANYWHERE: MILD})
    assert not nothing(journal)


def test_taking_the_tick_away_keeps_the_text_of_the_day(journal: Journal) -> None:
    journal.day_notes.save(DayNote(TONIGHT, "A good day.", nothing_to_note=True))
    with journal.step("Known no more"):
        write_nothing(journal, TONIGHT, nothing=False)
    note = journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert (note.text, note.nothing_to_note) == ("A good day.", False)


def test_the_last_written_day_counts_one_with_nothing_to_note(journal: Journal) -> None:
    since = TONIGHT - timedelta(days=14)
    assert last_written_before(journal, TONIGHT, since) is None
    write(journal, "redness", {"nose": MILD}, "note", TONIGHT - timedelta(days=3))
    before = last_written_before(journal, TONIGHT, since)
    assert before is not None
    assert (before.day, before.nothing) == (TONIGHT - timedelta(days=3), False)
    journal.day_notes.save(DayNote(TONIGHT - timedelta(days=1), nothing_to_note=True))
    before = last_written_before(journal, TONIGHT, since)
    assert before is not None
    assert (before.day, before.nothing, dict(before.symptoms)) == (TONIGHT - timedelta(days=1), True, {})
    with journal.step("Same"):
        write_same(journal, TONIGHT, before)
    assert nothing(journal)


def test_the_same_as_before_takes_places_over_and_leaves_that_days_note(journal: Journal) -> None:
    write(journal, "redness", {"nose": MILD, "chin": MODERATE}, "after the sauna", TONIGHT - timedelta(days=1))
    before = last_written_before(journal, TONIGHT, TONIGHT - timedelta(days=14))
    assert before is not None
    with journal.step("Same"):
        write_same(journal, TONIGHT, before)
    assert written(journal) == {("redness", "nose"): (MILD, ""), ("redness", "chin"): (MODERATE, "")}


def test_a_side_effect_out_of_the_trash_takes_nothing_to_note_away(journal: Journal) -> None:
    with journal.step("Write"):
        entry = journal.side_effects.save(SideEffect(date(2025, 3, 8), "redness", Severity.MILD))
        journal.side_effects.trash(entry.id)
        write_nothing(journal, entry.day, nothing=True)
    with journal.step("Restore"):
        take_out_of_trash(journal, "side_effect", entry.id)
    note = journal.day_notes.of_day(entry.day)
    assert note is not None and not note.nothing_to_note
    assert [one.symptom for one in journal.side_effects.of_day(entry.day)] == ["redness"]
