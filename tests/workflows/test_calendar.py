"""The iCalendar file, read back by another parser."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.courses import Course, Dismissal
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.journal.sessions import Session, Severity
from needlejournal.paths import resources
from needlejournal.store import Journal, create_journal
from needlejournal.workflows.calendar import CalendarFile, calendar_bytes, write_calendar
from needlejournal.workflows.diary import clinic_cards, read_diary
from needlejournal.workflows.planning import agenda_of, plan_of

from .ics_reader import Component, read_calendar

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources())


@pytest.fixture
def journal(tmp_path: Path):
    """A journal with a course, two sessions and one still to come."""
    journal = create_journal(tmp_path / "Mine.needlejournal", "Mine, and only mine")
    with journal.step("Write a course"):
        journal.courses.save(Course(concerns=("scars",), starts=date(2026, 2, 1), clinic="Example; clinic, Ltd"))
        journal.sessions.save(Session(When(date(2026, 2, 1), time(14, 30), 60), clinic="Example; clinic, Ltd"))
        journal.sessions.save(Session(When(date(2026, 3, 4))))
        journal.sessions.save(Session(When(date(2026, 4, 2), time(9, 15))))
    yield journal
    journal.close()


def read(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> Component:
    count = write_calendar(journal, tmp_path / "out.ics", NOW, catalogue)
    calendar = read_calendar((tmp_path / "out.ics").read_bytes())
    assert len([event for event in calendar.parts if event.text("STATUS") != "CANCELLED"]) == count
    return calendar


def by_title(calendar: Component) -> dict[str, Component]:
    return {event.text("SUMMARY"): event for event in calendar.parts}


def test_the_calendar_says_who_made_it_and_for_which_journal(journal, catalogue, tmp_path):
    calendar = read(journal, catalogue, tmp_path)
    assert calendar.name == "VCALENDAR"
    assert calendar.text("VERSION") == "2.0"
    assert "Needle Journal" in calendar.text("PRODID")
    assert calendar.text("X-WR-CALNAME") == "Mine, and only mine"


def test_sessions_stand_at_their_time_and_others_on_whole_days(journal, catalogue, tmp_path):
    events = by_title(read(journal, catalogue, tmp_path))
    first = events["Session 1 of 4: Micro-needling"]
    assert first.moment("DTSTART") == datetime(2026, 2, 1, 13, 30, tzinfo=UTC)
    assert first.moment("DTEND") == datetime(2026, 2, 1, 14, 30, tzinfo=UTC)
    assert first.text("DESCRIPTION") == "Example; clinic, Ltd"
    second = events["Session 2 of 4: Micro-needling"]
    assert (second.moment("DTSTART"), second.moment("DTEND")) == (date(2026, 3, 4), date(2026, 3, 5))
    third = events["Session 3 of 4: Micro-needling"]  # its offset is not known: local time wherever one is
    assert third.moment("DTSTART") == datetime(2026, 4, 2, 9, 15)


def test_what_is_still_to_come_has_an_alarm_and_what_was_has_none(journal, catalogue, tmp_path):
    events = by_title(read(journal, catalogue, tmp_path))
    alarms = {title: [alarm.duration("TRIGGER") for alarm in event.parts] for title, event in events.items()}
    assert alarms["Session 1 of 4: Micro-needling"] == []
    assert alarms["Session 3 of 4: Micro-needling"] == [timedelta(hours=-24)]
    assert alarms["Photos on day 7 after session 2: Micro-needling"] == [timedelta(0)]
    assert alarms["A result would be expected: Micro-needling"] == []
    alarm = events["Session 3 of 4: Micro-needling"].parts[0]
    assert (alarm.name, alarm.text("ACTION")) == ("VALARM", "DISPLAY")


def test_the_next_sessions_window_spans_its_days_with_an_alarm_the_evening_before(journal, catalogue, tmp_path):
    booked = journal.sessions.all()[-1]
    with journal.step("Delete the booked session"):
        journal.sessions.trash(booked.id)
    window = by_title(read(journal, catalogue, tmp_path))["Good days for session 3 of 4: Micro-needling"]
    assert (window.moment("DTSTART"), window.moment("DTEND")) == (date(2026, 4, 1), date(2026, 4, 16))
    assert window.text("STATUS") == "TENTATIVE"
    assert window.parts[0].duration("TRIGGER") == timedelta(hours=-6)


def test_every_event_has_what_the_standard_demands(journal, catalogue, tmp_path):
    calendar = read(journal, catalogue, tmp_path)
    uids = [event.text("UID") for event in calendar.parts]
    assert len(set(uids)) == len(uids)
    for event in calendar.parts:
        assert event.name == "VEVENT"
        assert event.moment("DTSTAMP") == NOW.astimezone(UTC)
        assert event.moment("DTSTART") < event.moment("DTEND")
        assert event.text("CLASS") == "PRIVATE"


def test_a_moved_session_keeps_its_uid_so_that_calendars_update_it(journal, catalogue, tmp_path):
    before = {event.text("UID") for event in read(journal, catalogue, tmp_path).parts}
    moved = journal.sessions.all()[-1]
    with journal.step("Move a session"):
        journal.sessions.save(Session(When(date(2026, 4, 9), time(9, 15)), id=moved.id, uid=moved.uid))
    after = {event.text("UID") for event in read(journal, catalogue, tmp_path).parts}
    assert f"session:{moved.uid}@needlejournal" in before & after


def test_two_files_within_a_minute_count_one_higher_than_the_other(journal, catalogue, tmp_path):
    counts = []
    for seconds in (0, 1):
        write_calendar(journal, tmp_path / "out.ics", NOW + timedelta(seconds=seconds), catalogue)
        calendar = read_calendar((tmp_path / "out.ics").read_bytes())
        counts.append({int(event.text("SEQUENCE")) for event in calendar.parts})
    assert max(counts[0]) < min(counts[1])


def test_what_is_done_in_the_evening_stands_there_and_no_alarm_is_behind_its_start(journal, catalogue, tmp_path):
    events = by_title(read(journal, catalogue, tmp_path))
    photos = events["Photos on day 7 after session 2: Micro-needling"]
    assert photos.moment("DTSTART") == datetime(2026, 3, 11, 18, 0)
    assert photos.moment("DTEND") == datetime(2026, 3, 11, 18, 15)
    alarms = [alarm.duration("TRIGGER") for event in events.values() for alarm in event.parts]
    assert alarms
    assert max(alarms) <= timedelta(0)


def test_a_later_file_counts_higher_and_cancels_what_fell_away_until_it_is_over(journal, catalogue, tmp_path):
    first = {event.text("UID"): event for event in read(journal, catalogue, tmp_path).parts}
    booked = journal.sessions.all()[-1]
    uid = f"session:{booked.uid}@needlejournal"
    with journal.step("Delete the booked session"):
        journal.sessions.trash(booked.id)
    for days in (1, 2):  # also when the file between was never imported
        count = write_calendar(journal, tmp_path / "out.ics", NOW + timedelta(days=days), catalogue)
        events = {one.text("UID"): one for one in read_calendar((tmp_path / "out.ics").read_bytes()).parts}
        assert len(events) > count
        gone = events[uid]
        assert (gone.text("STATUS"), gone.moment("DTSTART")) == ("CANCELLED", datetime(2026, 4, 2, 9, 15))
        assert int(gone.text("SEQUENCE")) - int(first[uid].text("SEQUENCE")) == days * 24 * 60 * 60
        assert gone.moment("LAST-MODIFIED") == (NOW + timedelta(days=days)).astimezone(UTC)
        assert gone.parts == []
    write_calendar(journal, tmp_path / "out.ics", NOW + timedelta(days=40), catalogue)
    assert uid not in (tmp_path / "out.ics").read_text()


def test_a_place_that_cannot_be_written_is_said_and_the_journal_is_unchanged(journal, catalogue, tmp_path):
    with pytest.raises(WorldError, match=r"“out\.ics” was not saved"):
        write_calendar(journal, tmp_path / "no such folder" / "out.ics", NOW, catalogue)


SHORT = message("Session 1")
TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@given(TEXT, TEXT, TEXT)
def test_any_text_comes_back_as_it_was(title, text, name):
    entry = AgendaEntry(
        "session:1", "session", date(2026, 3, 1), date(2026, 3, 1), message("{title}", title=title), SHORT, text
    )
    calendar = read_calendar(calendar_bytes(CalendarFile((entry,)), name, NOW))
    (event,) = calendar.parts
    assert event.text("SUMMARY") == printable(title)
    if printable(text):
        assert event.text("DESCRIPTION") == printable(text)
    assert calendar.text("X-WR-CALNAME") == printable(name)


def printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or not (sign < " " or "\x7f" <= sign <= "\x9f"))


def test_emoji_joiners_and_right_to_left_marks_stay():
    title = "👩🏽‍⚕️ \u200fאבג\u00a0x"
    entry = AgendaEntry(
        "session:1", "session", date(2026, 3, 1), date(2026, 3, 1), message("{title}", title=title), SHORT
    )
    assert read_calendar(calendar_bytes(CalendarFile((entry,)), "Mine", NOW)).parts[0].text("SUMMARY") == title


def test_an_empty_plan_is_a_calendar_all_the_same():
    assert read_calendar(calendar_bytes(CalendarFile(()), "Mine", NOW)).parts == []


def test_the_plan_and_its_agenda_come_from_what_stands_in_the_journal(journal, catalogue):
    (course,) = plan_of(journal, NOW.date(), catalogue).courses
    assert course.next.booked == date(2026, 4, 2)
    assert next(entry.day for entry in agenda_of(journal, NOW.date(), catalogue)) == date(2026, 2, 1)


def test_the_cards_of_a_journal_and_those_put_aside(journal, catalogue):
    with journal.step("Write the diary"):
        journal.side_effects.save(SideEffect(date(2026, 3, 8), "infection", Severity.MILD))
        journal.day_notes.save(DayNote(date(2026, 3, 9), nothing_to_note=True))
    found = clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal))
    assert [(card.rule, card.entries) for card in found.open] == [("red_flag", ("2026-03-08",))]
    card = found.open[0]
    with journal.step("Put a card aside"):
        journal.dismissals.save(Dismissal(card.rule, card.symptom, card.session_id, card.entries, "Seen by the clinic"))
    found = clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal))
    assert (found.open, len(found.all)) == ((), 1)
