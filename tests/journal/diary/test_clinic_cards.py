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
from needlejournal.journal.diary.clinic_cards import ClinicCard, all_cards, is_dismissed, open_cards, session_cards
from needlejournal.journal.diary.clinic_rules import RULES
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.diary.whole_episodes import runs_of
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.sessions import Severity
from tests.journal.courses_by_hand import CATALOGUE, START, calendar, course, day, diary, mark


def cards(courses: dict[str, str], nothing: tuple[int, ...] = (), treatment: str = "microneedling") -> list[ClinicCard]:
    found = all_cards(diary(courses, nothing), calendar(mark(1, 0, treatment)), CATALOGUE)
    return list(session_cards(found, 1))


def numbers(card: ClinicCard) -> tuple[int, ...]:
    """The days of a card as days after day 0."""
    return tuple((one - START).days for one in card.days)


def fired(rule: str, courses: dict[str, str], nothing: tuple[int, ...] = (), treatment: str = "microneedling"):
    """The days of the one card of this rule, or None."""
    found = [numbers(card) for card in cards(courses, nothing, treatment) if card.rule == rule]
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
        ("redness", "." * 14 + "1", "rf_microneedling", None),
        ("redness", "." * 15 + "1", "rf_microneedling", (15,)),  # no usual end is known: the general limit
        ("redness", "." * 15 + "1", "other", (15,)),
        ("redness", "." * 15 + "1", "a_newer_one", (15,)),
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
        ("1.0.2.0.4", (), (0, 2, 4, 6, 8)),  # each rise is told
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
    assert [card.rule for card in all_cards(Diary(entries), calendar(), CATALOGUE)] == ["severe_late"]


SINCE = "It came after session 1 on 2026-03-01."
CALL = "Call your clinic and tell them."
OWN = "That such a rise is worth a call is a cautious limit of this app."


@pytest.mark.parametrize(
    ("courses", "sentence", "source"),
    [
        (
            {"redness": "32221111.1"},
            (
                f"You wrote down “Redness” as Mild on 2026-03-10. {SINCE} "
                f"After session 1 (Micro-needling) it has usually gone by 2026-03-08. {CALL}"
            ),
            "Clinic and vendor pages, PMC8008152 (study), Chu 2021 (study)",
        ),
        (
            {"lump": "..1"},
            (
                f"You wrote down “Lump or nodule” as Mild on 2026-03-03. {SINCE} "
                "This is never an expected part of healing. Granulomas have been reported after vitamin C serums: "
                f"every product put on the skin before it matters. {CALL}"
            ),
            "Friedmann 2024 (study)",
        ),
        (
            {"My own": "1.0.2"},
            (
                "You wrote down “My own” as Mild on 2026-03-01; it fell to None on 2026-03-03 and rose to Moderate on "
                f"2026-03-05. {SINCE} {OWN} {CALL}"
            ),
            "a cautious limit of this app",
        ),
        (
            {"My own": "1.0.2.0.2"},
            (
                "You wrote down “My own” as Mild on 2026-03-01; it fell to None on 2026-03-03 and rose to Moderate on "
                f"2026-03-05. It rose like that 1 more time, the last time on 2026-03-09. {SINCE} {OWN} {CALL}"
            ),
            "a cautious limit of this app",
        ),
        (
            {"swelling": ".1.2"},
            (
                f"You wrote down “Swelling” as Moderate on 2026-03-04. {SINCE} "
                f"That is stronger than on 2026-03-02 (Mild). {OWN} {CALL}"
            ),
            (
                "5 Benefits and 2 Detriments of Micro-needling (article), PMC8008152 (study), Clinic and vendor pages, "
                "a cautious limit of this app"
            ),
        ),
        (
            {"flaking": "..34"},
            (
                "You wrote down “Flaking, dryness, peeling” as Severe on 2026-03-03 and Very severe on 2026-03-04. "
                f"{SINCE} From 2026-03-03 on, Severe or more is worth a call: a cautious limit of this app. {CALL}"
            ),
            "PMC8008152 (study), Chu 2021 (study), NHS Chelsea and Westminster leaflet, a cautious limit of this app",
        ),
        (
            {"darkening": "." * 15 + "1121.1"},
            (
                "You wrote down “Darker patches” on 5 days from 2026-03-16 to 2026-03-21: Moderate at its strongest, "
                f"Mild on the last of them. {SINCE} They are not expected after 2026-03-15: a cautious limit of "
                f"this app. {CALL}"
            ),
            "Chu 2021 (study), a cautious limit of this app",
        ),
        (
            {"cold_sore": "1.1"},
            (
                f"You wrote down “Cold sore” as Mild on 2026-03-01 and Mild on 2026-03-03. {SINCE} "
                "This is never an expected part of healing. Calling about it at once is a cautious limit of this app. "
                f"{CALL}"
            ),
            "a cautious limit of this app",
        ),
        (
            {"infection": "1.11"},
            (
                "You wrote down “Signs of infection” as Mild on 2026-03-01, Mild on 2026-03-03 and Mild on 2026-03-04. "
                f"{SINCE} This is never an expected part of healing. {CALL}"
            ),
            "5 Benefits and 2 Detriments of Micro-needling (article), Chu 2021 (study)",
        ),
    ],
)
def test_a_card_names_days_words_and_source_and_asks_to_call(courses, sentence, source):
    (card,) = cards(courses)
    assert card.sentence == sentence
    assert str(card.source) == source
    assert card.sources


def test_a_card_names_its_entries_by_date():
    (card,) = cards({"infection": ".1.2"})
    assert card.entries == ("2026-03-02", "2026-03-04")


def every(symptom: str, sign: str, days: range) -> list[SideEffect]:
    return [entry for number in days for entry in course(symptom, sign, number)]


def only_card(rule: str, entries: list[SideEffect], *marks) -> ClinicCard:
    found = [card for card in all_cards(Diary(entries), calendar(*marks), CATALOGUE) if card.rule == rule]
    assert len(found) == 1
    return found[0]


WEEKLY = [mark(key, 7 * (key - 1)) for key in range(1, 8)]


def test_weekly_needling_never_moves_what_is_allowed():
    card = only_card("prolonged", every("redness", "2", range(0, 42, 2)), *WEEKLY)
    assert numbers(card) == tuple(range(8, 42, 2))
    assert card.sessions == (1, 2, 3, 4, 5, 6)
    assert "It came after session 1 on 2026-03-01; sessions 2 to 6 came in between." in card.sentence


def test_weekly_needling_hides_no_darker_patches():
    card = only_card("darker_patches", every("darkening", "1", range(3, 43)), *WEEKLY)
    assert numbers(card) == tuple(range(15, 43))


LASER = "laser_ablative_fractional"


def test_a_hydrafacial_shortens_no_lasers_time_and_hides_no_darker_patches():
    marks = mark(1, 0, LASER), mark(2, 12, "hydrafacial")
    assert all_cards(Diary(every("redness", "1", range(16, 21))), calendar(*marks), CATALOGUE) == ()
    assert numbers(only_card("prolonged", every("redness", "1", range(27, 31)), *marks)) == (29, 30)
    card = only_card("darker_patches", every("darkening", "1", range(13, 25)), *marks)
    assert (numbers(card)[0], card.sessions) == (15, (1, 2))
    assert "It came after session 1 on 2026-03-01; session 2 on 2026-03-13 came in between." in card.sentence


def test_a_laser_in_the_same_episode_moves_what_is_allowed_from_its_day_on():
    entries = every("redness", "1", range(5, 40))
    card = only_card("prolonged", entries, mark(1, 0), mark(2, 9, LASER))
    assert numbers(card) == (8, 38, 39)
    assert "(Micro-needling) it has usually gone by 2026-03-08." in card.sentence
    assert "that is longer than most people are told to expect, which is until 2026-04-07." in card.sentence
    assert not card.soft


def test_before_any_session_the_general_limit_counts_from_the_onset():
    card = only_card("prolonged", every("redness", "1", range(-20, 0)), mark(1, 5))
    assert (numbers(card), card.sessions) == ((-5, -4, -3, -2, -1), ())
    assert "No session is written down before it." in card.sentence
    assert "so 14 days are allowed for it, until 2026-02-23: a cautious limit of this app." in card.sentence
    assert str(card.source) == "a cautious limit of this app"
    later = only_card("prolonged", every("redness", "1", range(-5, 13)), mark(1, 5), mark(2, 6))
    assert numbers(later) == (10, 11, 12)
    assert "It began before session 1 on 2026-03-06; sessions 1 to 2 came in between." in later.sentence
    one = only_card("prolonged", every("redness", "1", range(-5, 13)), mark(1, 5))
    assert "It began before session 1 on 2026-03-06." in one.sentence


@pytest.mark.parametrize("symptom", ["infection", "cold_sore", "lump", "scarring"])
@pytest.mark.parametrize("sessions", [(), (mark(1, 30),)])
def test_a_red_flag_needs_no_session(symptom, sessions):
    (card,) = all_cards(Diary(course(symptom, "1", 3)), SessionCalendar(sessions), CATALOGUE)
    assert (card.rule, numbers(card), card.sessions, card.session_id) == ("red_flag", (3,), (), 0)


@pytest.mark.parametrize(
    ("rule", "signs", "days"),
    [("severe_late", "..3", (2,)), ("worsening", ".1.2", (1, 3)), ("rebound", "3102", (0, 2, 3))],
)
@pytest.mark.parametrize("treatment", ["rf_microneedling", "other"])
def test_rules_work_where_no_course_is_known(rule, signs, days, treatment):
    assert fired(rule, {"redness": signs}, treatment=treatment) == days


def test_a_limit_that_rests_on_leaflets_alone_is_said_softly():
    (card,) = cards({"redness": "....1"}, treatment="hydrafacial")
    assert card.soft
    assert "longer than most people are told to expect" in card.sentence
    assert card.sentence.endswith("If it does not fade, or worries you, ask your clinic.")
    assert "Call your clinic" not in card.sentence


def test_a_rise_on_the_first_days_of_a_session_is_its_own_course():
    entries = course("itching", "21" + "." * 5 + "133")
    found = all_cards(Diary(entries), calendar(mark(1, 0), mark(2, 8)), CATALOGUE)
    assert [card.rule for card in found] == ["severe_late"]
    longer = [*entries, *course("itching", "3", 11)]
    card = only_card("rebound", longer, mark(1, 0), mark(2, 8))
    assert numbers(card) == (0, 7, 11)
    assert "That rise came after session 2 on 2026-03-09." in card.sentence


def test_silence_over_a_session_says_what_would_end_it():
    """Unknown days are never None: the card stays, and says how the patient can say that it was gone."""
    entries = [*course("redness", "21"), *course("redness", "21", 30)]
    card = only_card("prolonged", entries, mark(1, 0), mark(2, 30))
    assert numbers(card) == (30, 31)
    assert "Nothing is written about it between 2026-03-02 and 2026-03-31." in card.sentence
    assert all_cards(Diary([*entries, *course("redness", "0", 6)]), calendar(mark(1, 0), mark(2, 30)), CATALOGUE) == ()


def test_two_sessions_of_one_day_share_their_days():
    sessions = calendar(mark(1, 0, at=time(9)), mark(2, 0, at=time(17)))
    found = all_cards(diary({"infection": "..1", "redness": "." * 8 + "1"}), sessions, CATALOGUE)
    assert {(card.rule, card.sessions) for card in found} == {("red_flag", (1, 2)), ("prolonged", (1, 2))}
    assert session_cards(found, 1) == session_cards(found, 2)


def test_four_days_are_each_told_and_the_cards_come_latest_first():
    found = all_cards(diary({"infection": "1.1.11", "lump": ".1"}), calendar(), CATALOGUE)
    assert [card.symptom for card in found] == ["infection", "lump"]
    words = "Mild on 2026-03-01, Mild on 2026-03-03, Mild on 2026-03-05 and Mild on 2026-03-06."
    assert words in found[0].sentence


def test_a_card_put_aside_comes_back_with_a_new_entry():
    (before,) = cards({"infection": ".1"})
    dismissed = Dismissal(before.rule, before.symptom, 1, before.entries, "The clinic looked at it")
    assert is_dismissed(before, [dismissed])
    (after,) = cards({"infection": ".1.1"})
    assert open_cards([after, before], [dismissed]) == (after,)
    assert not is_dismissed(before, [])
    assert is_dismissed(before, [dataclasses.replace(dismissed, session_id=2)])  # sessions may come and go
    assert not is_dismissed(before, [dataclasses.replace(dismissed, symptom="lump")])


SIGNS = st.text(".01234", max_size=31)
SYMPTOMS = st.sampled_from(["redness", "swelling", "discomfort", "darkening", "lump", "flaking", "My own"])
COURSES = st.dictionaries(SYMPTOMS, SIGNS, max_size=4)
NOTHING = st.lists(st.integers(0, 30), max_size=6).map(tuple)


@given(COURSES, NOTHING)
def test_every_day_a_card_names_was_written_and_every_card_is_whole(courses, nothing):
    written = diary(courses, nothing)
    for card in all_cards(written, calendar(), CATALOGUE):
        known = written.known_dates(card.symptom)
        assert card.days
        assert set(card.days) <= known.keys()
        assert card.days == tuple(sorted(card.days))
        assert card.rule in RULES
        assert str(card.source)
        assert card.sentence.endswith("Call your clinic and tell them.")
        assert card.sessions == (1,)
        assert len(card.entries) == len(card.days)


@given(COURSES, NOTHING)
def test_a_card_needs_no_other_days_than_those_it_names(courses, nothing):
    """Take away every other entry and the same rule still fires on the same days: unknown days play no part."""
    written = diary(courses, nothing)
    found = all_cards(written, calendar(), CATALOGUE)
    for card in found:
        known = written.known_dates(card.symptom)
        only = Diary([SideEffect(one, card.symptom, known[one]) for one in card.days])
        again = [one for one in all_cards(only, calendar(), CATALOGUE) if one.rule == card.rule]
        assert [one.days for one in again] == [card.days]


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
    assert all_cards(Diary([]), calendar(), CATALOGUE) == ()
    assert all_cards(diary(dict.fromkeys(symptoms, "")), calendar(), CATALOGUE) == ()
    notes = [DayNote(day(number), nothing_to_note=True) for number in nothing]
    assert all_cards(Diary([], notes), calendar(), CATALOGUE) == ()


@given(COURSES, NOTHING, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(courses, nothing, random):
    entries = [entry for symptom, signs in courses.items() for entry in course(symptom, signs)]
    notes = [DayNote(day(number), nothing_to_note=True) for number in nothing]
    mixed = list(entries)
    random.shuffle(mixed)
    assert all_cards(Diary(entries, notes), calendar(), CATALOGUE) == all_cards(
        Diary(mixed, notes), calendar(), CATALOGUE
    )


@given(st.text(".01234", max_size=12), NOTHING)
def test_rebound_and_worsening_agree_with_trying_every_days(signs, nothing):
    found = {card.rule for card in cards({"redness": signs}, nothing)}
    known = diary({"redness": signs}, nothing).known(START).get("redness", {})
    days = sorted(known)
    rebounds = any(known[a] - known[b] >= 1 and known[c] - known[b] >= 2 and c > 2 for a, b, c in combinations(days, 3))
    assert ("rebound" in found) == rebounds
    assert ("worsening" in found) == any(1 in known and number >= 3 and known[number] > known[1] for number in days)


def test_a_symptom_that_was_never_written_has_no_known_days():
    written = diary({"redness": "1"}, (2,))
    assert written.known_dates("swelling") == {}
    assert written.known_dates("redness") == {day(0): Severity.MILD, day(2): Severity.NONE}
    assert written.symptoms == ("redness",)


def test_nothing_known_is_no_run_and_written_days_are_said_in_order():
    assert runs_of({}, calendar()) == ()
    assert diary({"redness": "1..0"}, (2,)).written_days == (day(0), day(2), day(3))


def test_a_run_begins_anew_with_a_session_that_comes_while_it_is_known_gone():
    known = diary({"itching": "10..2...3"}, (4,)).known_dates("itching")
    marks = calendar(mark(1, 0), mark(2, 3), mark(3, 4), mark(4, 6))
    found = runs_of(known, marks)
    assert [(run.begins.id, [(one - START).days for one in run.known]) for run in found] == [(1, [0, 1]), (3, [4, 8])]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "It came after session 1 on 2026-03-01."),
        (2, "It came after sessions 1 and 2, both on 2026-03-01."),
        (3, "It came after sessions 1 to 3, all on 2026-03-01."),
    ],
)
def test_sessions_of_one_day_are_said_together_not_as_one_between(count, words):
    (card,) = all_cards(
        diary({"infection": "..1"}), calendar(*(mark(key, 0) for key in range(1, count + 1))), CATALOGUE
    )
    assert words in card.sentence
    assert "came in between" not in card.sentence
