"""The six rules: courses that fire them and courses that do not; unknown days never count as None."""

from __future__ import annotations

import dataclasses
from datetime import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.courses import Dismissal
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.diary.ring_clinic import RULES, Card, all_cards, is_dismissed, open_cards, session_cards
from needlejournal.journal.sessions import Severity

from .courses_by_hand import CATALOGUE, START, calendar, course, day, diary, mark


def cards(courses: dict[str, str], nothing: tuple[int, ...] = (), treatment: str = "microneedling") -> list[Card]:
    return list(session_cards(diary(courses, nothing), calendar(mark(1, 0, treatment)), 1, CATALOGUE))


def fired(rule: str, courses: dict[str, str], nothing: tuple[int, ...] = (), treatment: str = "microneedling"):
    """The days of the one card of this rule, or None."""
    found = [card.days for card in cards(courses, nothing, treatment) if card.rule == rule]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("symptom", "signs", "days"),
    [
        ("infection", "1", (0,)),
        ("cold_sore", "..2", (2,)),
        ("lump", "." * 45 + "1", (45,)),
        ("scarring", "0.4.1", (2, 4)),
        ("infection", "000", None),
        ("infection", "", None),
        ("redness", "44", None),
        ("My own lump", "4", None),
    ],
)
def test_red_flag(symptom, signs, days):
    assert fired("red_flag", {symptom: signs}) == days


@pytest.mark.parametrize(
    ("symptom", "signs", "treatment", "days"),
    [
        ("redness", "32211111", "microneedling", None),  # day 7 is still usual
        ("redness", "322111111", "microneedling", (8,)),
        ("swelling", "........1", "microneedling", (8,)),
        ("sensitivity", "." * 9 + "1.1", "microneedling", (9, 11)),
        ("discomfort", "." * 12 + "3", "microneedling", (12,)),
        ("redness", "32211111000", "microneedling", None),
        ("flaking", "." * 9 + "2", "microneedling", None),  # the rule does not look at it
        ("My own", "." * 9 + "2", "microneedling", None),
        ("redness", "...1", "laser_non_ablative", None),
        ("redness", "....1", "laser_non_ablative", (4,)),
        ("redness", "....1", "hydrafacial", (4,)),
        ("redness", "." * 8 + "1", "chemical_peel", (8,)),
        ("redness", "." * 14 + "1", "jessner_peel", None),
        ("redness", "." * 15 + "1", "jessner_peel", (15,)),
        ("redness", "." * 28 + "1", "laser_ablative_fractional", None),
        ("redness", "." * 29 + "1", "laser_ablative_fractional", (29,)),
        ("redness", "." * 20 + "1", "rf_microneedling", None),  # no usual end is known
        ("redness", "." * 20 + "1", "other", None),
        ("redness", "." * 20 + "1", "a_newer_one", None),
    ],
)
def test_prolonged(symptom, signs, treatment, days):
    assert fired("prolonged", {symptom: signs}, treatment=treatment) == days


@pytest.mark.parametrize(
    ("signs", "nothing", "days"),
    [
        ("3102", (), (0, 2, 3)),
        ("3211", (), None),
        ("32101", (), None),  # rose by one step only
        ("2103", (), (0, 2, 3)),
        ("0022", (), None),  # never fell
        ("202", (), None),  # on day 2, not after it
        ("2002", (), (0, 2, 3)),
        ("20.2", (), (0, 1, 3)),
        ("2..2", (), None),  # the days between are unknown, not None
        ("2..2", (1,), (0, 1, 3)),  # the patient said so
        ("12313", (), (2, 3, 4)),
        ("1.0.2.0.4", (), (0, 2, 4)),  # the first rise is told
        ("232", (), None),
        ("3.2..4", (), (0, 2, 5)),
        ("", (), None),
    ],
)
def test_rebound(signs, nothing, days):
    assert fired("rebound", {"itching": signs}, nothing) == days


@pytest.mark.parametrize(
    ("symptom", "signs", "nothing", "days"),
    [
        ("redness", "3212", (), None),
        ("redness", "3112", (), (1, 3)),
        ("swelling", ".1.2.3", (), (1, 3, 5)),
        ("discomfort", ".0..1", (), (1, 4)),
        ("redness", "112.", (), None),  # day 2 is early
        ("redness", "1..4", (), None),  # day 1 is unknown
        ("redness", "1..4", (1,), (1, 3)),  # day 1 had nothing to note
        ("redness", ".1.1", (), None),
        ("sensitivity", ".1.4", (), None),  # the rule does not look at it
        ("My own", ".1.4", (), None),
    ],
)
def test_worsening(symptom, signs, nothing, days):
    assert fired("worsening", {symptom: signs}, nothing) == days


@pytest.mark.parametrize(
    ("signs", "days"),
    [("44", None), ("443", (2,)), ("..2222", None), ("..3.4", (2, 4)), ("." * 40 + "4", (40,)), ("", None)],
)
@pytest.mark.parametrize("symptom", ["redness", "flaking", "My own"])
def test_severe_late(symptom, signs, days):
    assert fired("severe_late", {symptom: signs}) == days


@pytest.mark.parametrize(
    ("symptom", "signs", "days"),
    [
        ("darkening", "." * 14 + "1", None),
        ("darkening", "." * 15 + "1", (15,)),
        ("darkening", "." * 20 + "0.2", (22,)),
        ("darkening", "2211", None),
        ("darkening", "." * 20 + "0", None),
        ("redness", "." * 20 + "1", None),
    ],
)
def test_darker_patches(symptom, signs, days):
    assert fired("darker_patches", {symptom: signs}) == days


def test_a_usual_course_fires_nothing():
    assert cards({"redness": "33210", "swelling": "2210", "flaking": "0012110", "itching": "01110"}) == []


def test_the_strongest_zone_of_a_day_counts():
    entries = [
        SideEffect(day(2), "redness", Severity.MILD, "nose"),
        SideEffect(day(2), "redness", Severity.SEVERE, "chin"),
    ]
    assert [card.rule for card in session_cards(Diary(entries), calendar(), 1, CATALOGUE)] == ["severe_late"]


@pytest.mark.parametrize(
    ("courses", "sentence", "source"),
    [
        (
            {"redness": "32221111.1"},
            (
                "You wrote down “Redness” as Mild on day 9. After this treatment it has usually ended by day 7. "
                "Ring your clinic and tell them."
            ),
            "Clinic and vendor pages (C), PMC8008152 (L), Chu 2021 (L)",
        ),
        (
            {"lump": "..1"},
            (
                "You wrote down “Lump or nodule” as Mild on day 2. This is never an expected part of healing. "
                "Ring your clinic and tell them."
            ),
            "Friedmann 2024 (L)",
        ),
        (
            {"My own": "1.0.2"},
            (
                "You wrote down “My own” as Mild on day 0; it fell to None on day 2 and rose to Moderate on day 4. "
                "Ring your clinic and tell them."
            ),
            "Chu 2021 (L)",
        ),
        (
            {"swelling": ".1.2"},
            (
                "You wrote down “Swelling” as Moderate on day 3. That is stronger than on day 1 (Mild). "
                "Ring your clinic and tell them."
            ),
            "5 Benefits and 2 Detriments of Micro-needling (A), PMC8008152 (L), Clinic and vendor pages (C)",
        ),
        (
            {"flaking": "..34"},
            (
                "You wrote down “Flaking, dryness, peeling” as Severe on day 2 and Very severe on day 3. "
                "Severe or more from day 2 on is a reason to ask. Ring your clinic and tell them."
            ),
            "PMC8008152 (L), Chu 2021 (L), NHS Chelsea and Westminster leaflet (C)",
        ),
        (
            {"darkening": "." * 15 + "1121.1"},
            (
                "You wrote down “Darker patches” on 5 days from day 15 to day 20: Moderate at its strongest, "
                "Mild on the last of them. They are not expected after day 14. Ring your clinic and tell them."
            ),
            "Chu 2021 (L)",
        ),
    ],
)
def test_a_card_names_days_words_and_source_and_asks_to_ring(courses, sentence, source):
    (card,) = cards(courses)
    assert card.sentence == sentence
    assert card.source == source
    assert card.sources


def test_a_card_names_its_entries_by_date():
    (card,) = cards({"infection": ".1.2"})
    assert card.entries == ("2026-03-02", "2026-03-04")


def test_from_the_next_session_on_its_days_are_its_own():
    sessions = calendar(mark(1, 0), mark(2, 28))
    written = Diary([*course("redness", "3210"), *course("redness", "3210", 28), *course("lump", "1", 30)])
    assert session_cards(written, sessions, 1, CATALOGUE) == ()
    (card,) = session_cards(written, sessions, 2, CATALOGUE)
    assert (card.rule, card.days) == ("red_flag", (2,))


def test_a_session_of_unknown_healing_in_between_does_not_hide_what_lasts_too_long():
    sessions = calendar(mark(1, 0), mark(2, 5, "other"), mark(3, 20, "chemical_peel"))
    written = Diary(course("redness", "1", 10) + course("redness", "1", 21))
    (card,) = all_cards(written, sessions, CATALOGUE)
    assert (card.session_id, card.rule, card.days) == (1, "prolonged", (10,))


def test_two_sessions_of_one_day_are_told_once_for_the_later():
    sessions = calendar(mark(1, 0, at=time(9)), mark(2, 0, at=time(17)))
    written = diary({"infection": "..1", "redness": "." * 8 + "1"})
    assert [card.rule for card in session_cards(written, sessions, 1, CATALOGUE)] == ["red_flag", "prolonged"]
    told = all_cards(written, sessions, CATALOGUE)
    assert [(card.rule, card.session_id) for card in told] == [("red_flag", 2), ("prolonged", 2)]


def test_a_card_put_aside_comes_back_with_a_new_entry():
    (before,) = cards({"infection": ".1"})
    dismissed = Dismissal(before.rule, before.symptom, 1, before.entries, "The clinic looked at it")
    assert is_dismissed(before, [dismissed])
    (after,) = cards({"infection": ".1.1"})
    assert open_cards([after, before], [dismissed]) == (after,)
    assert not is_dismissed(before, [])
    assert not is_dismissed(before, [dataclasses.replace(dismissed, session_id=2)])


SIGNS = st.text(".01234", max_size=31)
SYMPTOMS = st.sampled_from(["redness", "swelling", "discomfort", "darkening", "lump", "flaking", "My own"])
COURSES = st.dictionaries(SYMPTOMS, SIGNS, max_size=4)
NOTHING = st.lists(st.integers(0, 30), max_size=6).map(tuple)


@given(COURSES, NOTHING)
def test_every_day_a_card_names_was_written_and_every_card_is_whole(courses, nothing):
    written = diary(courses, nothing)
    for card in session_cards(written, calendar(), 1, CATALOGUE):
        known = written.known(START)[card.symptom]
        assert card.days
        assert set(card.days) <= known.keys()
        assert card.days == tuple(sorted(card.days))
        assert card.rule in RULES
        assert card.source
        assert card.sentence.endswith("Ring your clinic and tell them.")
        assert len(card.entries) == len(card.days)


@given(COURSES, NOTHING)
def test_a_card_needs_no_other_days_than_those_it_names(courses, nothing):
    """Take away every other entry and the same rule still fires on the same days: unknown days play no part."""
    written = diary(courses, nothing)
    for card in session_cards(written, calendar(), 1, CATALOGUE):
        known = written.known(START)[card.symptom]
        only = Diary([SideEffect(day(number), card.symptom, known[number]) for number in card.days])
        again = [one for one in session_cards(only, calendar(), 1, CATALOGUE) if one.rule == card.rule]
        assert [one.days for one in again] == [card.days]


@given(COURSES, NOTHING)
def test_forgetting_days_that_no_card_names_keeps_the_cards(courses, nothing):
    before = session_cards(diary(courses, nothing), calendar(), 1, CATALOGUE)
    named = {number for card in before for number in card.days}
    kept = {
        symptom: "".join(sign if number in named else "." for number, sign in enumerate(signs))
        for symptom, signs in courses.items()
    }
    after = session_cards(diary(kept, tuple(set(nothing) & named)), calendar(), 1, CATALOGUE)
    assert {(card.rule, card.symptom) for card in before} <= {(card.rule, card.symptom) for card in after}


@given(SIGNS)
def test_forgetting_a_day_never_makes_a_new_card(signs):
    """An unknown day is never taken for None: whatever fires without it fired with it."""
    for symptom in ("redness", "darkening", "lump", "My own"):
        full = {card.rule for card in cards({symptom: signs})}
        for number in range(len(signs)):
            less = signs[:number] + "." + signs[number + 1 :]
            assert {card.rule for card in cards({symptom: less})} <= full


@given(st.lists(st.integers(0, 40), max_size=20), COURSES.map(lambda found: found.keys()))
def test_nothing_fires_where_nothing_was_written(nothing, symptoms):
    assert session_cards(Diary([]), calendar(), 1, CATALOGUE) == ()
    assert session_cards(diary(dict.fromkeys(symptoms, "")), calendar(), 1, CATALOGUE) == ()
    notes = [DayNote(day(number), nothing_to_note=True) for number in nothing]
    assert session_cards(Diary([], notes), calendar(), 1, CATALOGUE) == ()
    assert all_cards(diary({"lump": "4"}), calendar(mark(1, 1)), CATALOGUE) == ()
    assert all_cards(diary({"lump": "4"}), calendar(), CATALOGUE)


@given(COURSES, NOTHING, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(courses, nothing, random):
    entries = [entry for symptom, signs in courses.items() for entry in course(symptom, signs)]
    notes = [DayNote(day(number), nothing_to_note=True) for number in nothing]
    mixed = list(entries)
    random.shuffle(mixed)
    one = session_cards(Diary(entries, notes), calendar(), 1, CATALOGUE)
    other = session_cards(Diary(mixed, notes), calendar(), 1, CATALOGUE)
    assert sorted(one, key=repr) == sorted(other, key=repr)


@given(st.text(".01234", max_size=12), NOTHING)
def test_rebound_and_worsening_agree_with_trying_every_days(signs, nothing):
    found = {card.rule for card in cards({"redness": signs}, nothing)}
    known = diary({"redness": signs}, nothing).known(START).get("redness", {})
    days = sorted(known)
    rebounds = any(known[a] - known[b] >= 1 and known[c] - known[b] >= 2 and c > 2 for a, b, c in combinations(days, 3))
    assert ("rebound" in found) == rebounds
    assert ("worsening" in found) == any(1 in known and number >= 3 and known[number] > known[1] for number in days)
