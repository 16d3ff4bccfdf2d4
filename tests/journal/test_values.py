"""The plain values refuse what cannot be kept, and say so in a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from needlejournal.journal.changes import Changes
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original
from needlejournal.journal.sessions import Needle, Session


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_day_that_cannot_be_right_is_refused(day):
    with pytest.raises(BadInput, match="between 1900 and 2199"):
        When(day)


@pytest.mark.parametrize("minutes", [18 * 60 + 1, -18 * 60 - 1])
def test_an_offset_that_cannot_be_right_is_refused(minutes):
    with pytest.raises(BadInput, match="18 hours"):
        When(date(2026, 3, 1), time(12), minutes)


def test_an_instant_needs_time_and_offset():
    assert When(date(2026, 3, 1), time(0, 30), 60).utc == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert When(date(2026, 3, 1), time(0, 30)).utc is None
    assert When(date(2026, 3, 1), None, 60).utc is None


def test_the_local_day_is_kept_as_it_was_lived():
    moment = datetime(2026, 3, 1, 23, 59, 58, 7, tzinfo=timezone(timedelta(hours=-7)))
    assert When.from_datetime(moment) == When(date(2026, 3, 1), time(23, 59, 58), -420)
    assert When.from_datetime(datetime(2026, 3, 1, 8)) == When(date(2026, 3, 1), time(8))


@pytest.mark.parametrize("length", [99, 3501])
def test_needle_lengths_end_at_the_longest_there_are(length):
    with pytest.raises(BadInput, match=r"0\.10 to 3\.50 mm"):
        Needle("nose", length)
    assert (Needle("nose", 1500).length_mm, Needle("nose").length_mm) == (1.5, None)


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_goes_from_0_to_10(pain):
    with pytest.raises(BadInput, match="from 0 to 10"):
        Session(When(date(2026, 3, 1)), pain=pain)


def test_an_original_without_a_size_cannot_be_read_and_is_kept_all_the_same():
    assert not Original("aa", "aa.jpg", "broken.jpg", 10).readable
    assert Original("bb", "bb.jpg", "fine.jpg", 10, "jpeg", 4, 3).readable


def test_changes_add_up_and_tell_what_was_touched():
    one, other = Changes(frozenset({("session", 1)})), Changes(frozenset({("photo", 2), ("photo", 3)}))
    both = one | other
    assert both.ids("photo") == {2, 3}
    assert both.has("rating", "session")
    assert not one.has("photo")
    assert not Changes()
    assert both
