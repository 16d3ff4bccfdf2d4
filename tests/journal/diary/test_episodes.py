"""Episodes: onset, peak, end; and sentences that compare a session with an earlier one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.diary.days_after import session_window
from needlejournal.journal.diary.episodes import (
    SessionEpisodes,
    compare_sessions,
    episodes_of,
    needle_difference,
    session_episodes,
)
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Session, Severity
from tests.journal.courses_by_hand import CATALOGUE, START, calendar, diary, mark


def known(signs: str) -> dict[int, Severity]:
    return {number: Severity(int(sign)) for number, sign in enumerate(signs) if sign != "."}


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("", []),
        ("000", []),
        ("3210", [(0, 0, 3, True)]),
        ("0121", [(1, 2, None, False)]),
        ("0110", [(1, 1, 3, True)]),
        ("10201", [(0, 0, 1, True), (2, 2, 3, True), (4, 4, None, False)]),
        ("2.10", [(0, 0, 3, False)]),
        ("21.0", [(0, 0, 3, False)]),
        ("21.", [(0, 0, None, False)]),
        ("..10", [(2, 2, 3, False)]),
        ("0.10", [(2, 2, 3, False)]),
        ("0" + "." * 20 + "1", [(21, 21, None, False)]),
    ],
)
def test_onset_peak_and_end(signs, expected):
    found = [(one.onset, one.peak, one.end, one.is_certain) for one in episodes_of("redness", known(signs))]
    assert found == expected


def test_an_unknown_day_neither_ends_an_episode_nor_counts_as_written():
    (episode,) = episodes_of("redness", known("2.1..0"))
    assert (episode.onset, episode.last, episode.end) == (0, 2, 5)
    assert episode.unknown == (1, 3, 4)
    assert episode.length == 5
    assert not episode.is_certain


def test_an_episode_that_goes_on_has_no_length():
    (episode,) = episodes_of("redness", known("0122"))
    assert (episode.peak_severity, episode.last, episode.length) == (Severity.MODERATE, 3, None)


@given(st.text(".01234", max_size=31))
def test_every_day_with_the_symptom_lies_in_exactly_one_episode(signs):
    days = known(signs)
    found = episodes_of("redness", days)
    for number, severity in days.items():
        holding = [one for one in found if one.onset <= number <= one.last]
        assert len(holding) == (1 if severity > Severity.NONE else 0)
    for one in found:
        assert days[one.peak] == one.peak_severity == max(days[d] for d in days if one.onset <= d <= one.last)
        assert one.end is None or days[one.end] == Severity.NONE


def test_what_follows_the_next_session_is_not_this_sessions_episode():
    sessions = calendar(mark(1, 0), mark(2, 5))
    written = diary({"redness": "21000321", "swelling": "1000"})
    found = session_episodes(written, session_window(sessions, 1))
    assert [(one.symptom, one.onset, one.end) for one in found] == [("redness", 0, 2), ("swelling", 0, 1)]


def session(number: int, needles: dict[str, int | None], treatment: str = "microneedling") -> Session:
    return Session(
        When(START), treatment, needles=tuple(Needle(zone, length) for zone, length in needles.items()), id=number
    )


CHEEKS = ("cheek_inner_left", "cheek_inner_right", "cheek_outer_left", "cheek_outer_right")


def with_course(one: Session, signs: str) -> SessionEpisodes:
    return SessionEpisodes(one, one.id, episodes_of("redness", known(signs)))


def test_longer_than_after_a_session_with_shallower_needles():
    this = with_course(session(3, dict.fromkeys(CHEEKS, 1500)), "32110")
    earlier = with_course(session(2, dict.fromkeys(CHEEKS, 1000)), "210")
    (found,) = compare_sessions(this, [earlier], CATALOGUE)
    assert str(found.sentence) == (
        "Redness lasted two days longer than after session 2, which was 0.5 mm shallower on the cheeks."
    )
    assert (found.days, found.earlier_number) == (4, 2)


@pytest.mark.parametrize(
    ("this", "earlier", "sentence"),
    [
        ("210", "3210", "Redness lasted one day less than after session 1."),
        ("210", "210", "Redness lasted as long as after session 1."),
        ("1" * 20 + "0", "10", "Redness lasted 19 days longer than after session 1."),
    ],
)
def test_the_words_of_a_comparison(this, earlier, sentence):
    (found,) = compare_sessions(with_course(session(2, {}), this), [with_course(session(1, {}), earlier)], CATALOGUE)
    assert str(found.sentence) == sentence


@pytest.mark.parametrize("uncertain", ["21", "2.10", "21.0", "..10"])
def test_nothing_is_compared_where_unknown_days_blur_it(uncertain):
    sure, blurred = with_course(session(2, {}), "210"), with_course(session(1, {}), uncertain)
    assert compare_sessions(sure, [blurred], CATALOGUE) == ()
    assert compare_sessions(blurred, [sure], CATALOGUE) == ()


def test_other_treatments_are_not_compared():
    peel = with_course(session(1, {}, "chemical_peel"), "210")
    assert compare_sessions(with_course(session(2, {}), "3210"), [peel], CATALOGUE) == ()


@pytest.mark.parametrize(
    ("this", "earlier", "told"),
    [
        ({}, {"nose": 500}, ""),
        ({"nose": 500}, {"nose": 500}, ""),
        ({"nose": 500}, {"nose": None}, ""),
        ({"nose": 500}, {"nose": 750}, "0.25 mm deeper on the nose"),
        (
            {"nose": 500, "chin": 1500, "neck": 500},
            {"nose": 250, "chin": 1000, "neck": 250},
            "0.5 mm shallower on the chin and 0.25 mm shallower on the neck and on the nose",
        ),
        (
            {"cheek_inner_left": 1000, "cheek_inner_right": 1000},
            {"cheek_inner_left": 1000, "cheek_inner_right": 1500},
            "0.5 mm deeper on “Inner cheek, right”",
        ),
        ({"Left knee": 500}, {"Left knee": 600}, "0.1 mm deeper on “Left knee”"),
    ],
)
def test_how_the_needles_differed(this, earlier, told):
    assert str(needle_difference(session(2, this), session(1, earlier), CATALOGUE) or "") == told
