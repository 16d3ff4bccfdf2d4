"""What the cards of the timeline say."""

from __future__ import annotations

from datetime import date, time

from needlejournal.journal.courses import Course
from needlejournal.journal.sessions import Severity
from needlejournal.store import TimelineFilter
from needlejournal.ui.models.card_content import CardContent
from needlejournal.ui.models.timeline_model import Month, TimelineModel
from needlejournal.ui.session import OpenJournal
from tests.ui.models.building import add_effect, add_note, add_photo, add_session, course


def _cards(opened: OpenJournal) -> dict[str, CardContent]:
    model = TimelineModel(opened)
    found = [model.content(row) for row in range(model.rowCount())]
    return {content.key.day.isoformat(): content for content in found if content}


def test_a_session_tells_treatment_place_day_and_what_was_done(opened: OpenJournal) -> None:
    course(opened)
    card = _cards(opened)["2025-02-01"]
    assert (card.lead, card.rest) == ("Session 1", "Micro-needling · clinic · Saturday 1 February, 14:30")
    facts = [pill.text for pill in card.facts]
    assert facts == ["Example pen", "cheeks 1.50 mm", "forehead 0.50 mm", "hyaluronic serum, lot A113", "pain 4/10"]
    assert "Session 1" in card.spoken


def test_a_session_shows_its_first_week_with_unknown_days(opened: OpenJournal) -> None:
    course(opened)
    grid = _cards(opened)["2025-03-15"].grid
    assert grid is not None
    lines = {line.symptom: line.severities for line in grid.lines}
    assert lines["Redness"] == (Severity.SEVERE, Severity.MODERATE, None, None, None, None, None)
    assert lines["Swelling"] == (None, Severity.MILD, None, None, None, None, None)
    assert grid.has_unknown


def test_days_to_come_are_not_called_unknown(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 5, 1))  # today
    add_effect(opened, date(2025, 5, 1), "redness", Severity.MILD)
    grid = _cards(opened)["2025-05-01"].grid
    assert grid is not None
    assert (grid.future_from, grid.has_unknown) == (1, False)


def test_the_week_ends_where_the_next_session_begins(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 4, 1))
    add_session(opened, date(2025, 4, 4))
    add_effect(opened, date(2025, 4, 2), "redness", Severity.MILD)
    add_effect(opened, date(2025, 4, 5), "redness", Severity.SEVERE)
    grid = _cards(opened)["2025-04-01"].grid
    assert grid is not None
    assert grid.lines[0].severities == (None, Severity.MILD, None)


def test_a_day_tells_its_number_its_note_and_its_side_effects(opened: OpenJournal) -> None:
    course(opened)
    card = _cards(opened)["2025-03-16"]
    assert (card.lead, card.rest) == ("Day 1", "after session 2 · Sunday 16 March")
    assert card.paragraphs == ("Warm and tight in the morning, better after the gel.",)
    assert [(pill.text, pill.dot) for pill in card.marks] == [
        ("Redness moderate", "severity_2"),
        ("Swelling mild", "severity_1"),
    ]
    assert card.tags == ("gel",)


def test_photos_before_the_first_session_are_the_baseline(opened: OpenJournal) -> None:
    course(opened)
    card = _cards(opened)["2025-01-25"]
    assert (card.lead, card.rest) == ("Baseline", "7 days before session 1 · Saturday 25 January")
    assert card.marks == ()


def test_photos_say_whether_they_show_healing_or_a_result(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 3, 1))
    add_photo(opened, date(2025, 3, 3))
    add_photo(opened, date(2025, 4, 20))
    cards = _cards(opened)
    assert [pill.text for pill in cards["2025-03-03"].marks] == ["healing photos, session 1"]
    assert [pill.text for pill in cards["2025-04-20"].marks] == ["good day for a comparison photo"]


def test_healing_photos_name_the_session_whose_window_they_lie_in(opened: OpenJournal) -> None:
    """A HydraFacial nine days after a laser ends nothing of the laser's 28 days."""
    add_session(opened, date(2025, 3, 2), treatment="laser_ablative_fractional")
    add_session(opened, date(2025, 3, 11), treatment="hydrafacial")
    add_photo(opened, date(2025, 3, 15))
    assert [pill.text for pill in _cards(opened)["2025-03-15"].marks] == ["healing photos, session 1"]


def test_a_day_on_which_nothing_was_found_says_so(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 3, 1))
    add_note(opened, date(2025, 3, 4), "", nothing_to_note=True)
    assert [pill.text for pill in _cards(opened)["2025-03-04"].marks] == ["no side effects"]


def test_a_journal_without_sessions_names_days_by_their_date(opened: OpenJournal) -> None:
    add_note(opened, date(2025, 3, 4), "First thoughts.")
    card = _cards(opened)["2025-03-04"]
    assert (card.lead, card.rest) == ("Tuesday 4 March", "")


def test_a_megabyte_of_notes_is_cut_on_the_card(opened: OpenJournal) -> None:
    add_note(opened, date(2025, 3, 4), "word " * 200_000)
    assert len(_cards(opened)["2025-03-04"].paragraphs[0]) <= 700


def test_photos_of_one_day_stand_in_the_order_of_their_views(opened: OpenJournal) -> None:
    for view, clock in (("close_up", time(9, 0)), ("", time(9, 1)), ("frontal", time(9, 2))):
        add_photo(opened, date(2025, 3, 1), view, clock=clock)
    photos = _cards(opened)["2025-03-01"].photos
    assert [photo.view for photo in photos] == ["frontal", "close_up", ""]


def test_months_stand_above_their_cards_the_newest_first(opened: OpenJournal) -> None:
    course(opened)
    model = TimelineModel(opened)
    rows = [model.row(row) for row in range(model.rowCount())]
    assert [row.first.month for row in rows if isinstance(row, Month)] == [4, 3, 2, 1]
    days = [row.day for row in rows if not isinstance(row, Month)]
    assert days == sorted(days, reverse=True)


def test_a_change_comes_as_the_rows_that_come_and_go(opened: OpenJournal) -> None:
    course(opened)
    model = TimelineModel(opened)
    inserted: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.modelReset.connect(lambda: resets.append(True))
    add_note(opened, date(2025, 3, 20), "Better.")
    place = next(row for row in range(model.rowCount()) if getattr(model.row(row), "day", None) == date(2025, 3, 20))
    assert inserted == [(place, place)]
    assert not resets
    opened.undo()
    assert date(2025, 3, 20) not in [getattr(model.row(row), "day", None) for row in range(model.rowCount())]


def test_a_change_elsewhere_leaves_the_rows_alone(opened: OpenJournal) -> None:
    course(opened)
    model = TimelineModel(opened)
    changed: list[bool] = []
    model.dataChanged.connect(lambda *_: changed.append(True))
    assert opened.write("Plan", lambda journal: journal.courses.save(Course(title="Scars")))
    assert not changed


def test_searching_finds_by_beginnings_of_words(opened: OpenJournal) -> None:
    course(opened)
    model = TimelineModel(opened)
    for text, day in (("hyalu", date(2025, 2, 1)), ("gel morn", date(2025, 3, 16)), ("a113", date(2025, 2, 1))):
        model.show_all(TimelineFilter(text=text))
        assert [getattr(model.row(row), "day", None) for row in range(1, model.rowCount())] == [day]
    model.show_all(TimelineFilter(text="nothing like it"))
    assert model.rowCount() == 0


def test_what_has_changed_since_last_time_says_that_it_is_that(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 3, 1), changed_since="A new vitamin.", notes="Calm.")
    assert _cards(opened)["2025-03-01"].paragraphs == ("Changed since last time: A new vitamin.", "Calm.")
