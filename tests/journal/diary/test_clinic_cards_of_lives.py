"""The clinic cards against a plain oracle, over thousands of random lives; and what may never happen to a card."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary import clinic_rules
from needlejournal.journal.diary.clinic_cards import ClinicCard, all_cards
from needlejournal.journal.diary.clinic_rules import RULES
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from tests.journal.courses_by_hand import CATALOGUE
from tests.journal.diary.clinic_oracle import GENERAL, USUAL_END, must_be_told
from tests.lives import TREATMENTS, Life, day, mixed_year, random_life

SEEDS = st.integers(0, 10**9)


def cards(life: Life) -> tuple[ClinicCard, ...]:
    return all_cards(life.diary, life.calendar, CATALOGUE)


def told(life: Life) -> dict[tuple[str, str], set[date]]:
    """The days in cards for each rule and symptom; of rebounds the first top in each card.

    Of a worsening without the day that it is compared with.
    """
    found: dict[tuple[str, str], set[date]] = {}
    for card in cards(life):
        compared = card.rule == "worsening"
        days = {card.days[2]} if card.rule == "rebound" else set(card.days[compared:])
        found.setdefault((card.rule, card.symptom), set()).update(days)
    return found


@pytest.mark.parametrize("seed", range(0, 2000, 250))
def test_cards_agree_with_the_oracle_for_2000_lives(seed: int) -> None:
    for one in range(seed, seed + 250):
        life = random_life(one)
        assert told(life) == must_be_told(life), one


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_cards_agree_with_the_oracle(seed: int) -> None:
    life = random_life(seed)
    assert told(life) == must_be_told(life)


@pytest.mark.parametrize("rule", RULES)
def test_the_oracle_sees_each_rule_that_is_broken(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clinic_rules, rule, lambda *_: None)
    assert any(told(life) != must_be_told(life) for life in map(random_life, range(300)))


def usual_end(treatment: str) -> int:
    return USUAL_END.get(treatment, GENERAL)


@settings(max_examples=80, deadline=None)
@given(SEEDS, st.integers(-15, 100), st.sampled_from(TREATMENTS))
def test_a_session_added_never_takes_away_what_was_before_it(seed: int, number: int, treatment: str) -> None:
    life = random_life(seed)
    more = life.with_session(Session(When(day(number)), treatment, id=99))
    after = {(card.rule, card.symptom, card.days) for card in cards(more)}
    for card in cards(life):
        if card.days[-1] < day(number):
            assert any(
                (rule, symptom) == (card.rule, card.symptom) and days[: len(card.days)] == card.days
                for rule, symptom, days in after
            ), card


@settings(max_examples=80, deadline=None)
@given(SEEDS, st.sampled_from(TREATMENTS), st.integers(1, 60))
def test_a_session_within_an_episode_that_heals_no_slower_takes_nothing_away(
    seed: int, treatment: str, later: int
) -> None:
    """Only a rise on its own first days is its own course: such a rebound may go, and such days of a worsening."""
    life = random_life(seed)
    for card in [card for card in cards(life) if card.rule != "rebound"][:4]:
        slowest = [usual_end(one.treatment) for one in life.sessions if one.when.day <= card.days[-1]] or [GENERAL]
        came = _onset(life, card) + timedelta(days=later)
        if usual_end(treatment) > min(slowest) or came > card.days[-1]:
            continue
        more = life.with_session(Session(When(came), treatment, id=99))
        compared = card.rule == "worsening"
        gone = set(card.days[compared:]) - told(more).get((card.rule, card.symptom), set())
        own = {came + timedelta(days=number) for number in range(3)} if compared else set()
        assert gone <= own, card


def test_a_rise_on_the_first_days_of_a_session_in_between_is_its_own_course_and_no_worsening() -> None:
    """Unless it was as strong the day before it came."""
    once = Session(When(day(0)), "microneedling", id=1)
    again = Session(When(day(7)), "microneedling", "home", id=2)

    def fires(*days: tuple[int, int]) -> bool:
        signs = tuple(SideEffect(day(number), "redness", Severity(strength)) for number, strength in days)
        return "worsening" in {card.rule for card in cards(Life((once, again), signs))}

    assert not fires((1, 1), (6, 1), (7, 2), (9, 2))
    assert fires((1, 1), (6, 1), (7, 2), (10, 2))
    assert fires((1, 1), (6, 2), (7, 2))
    assert fires((1, 2), (8, 1), (10, 2))  # stronger than on day 1 of the second


def test_an_ordinary_second_session_rings_no_clinic_though_without_it_the_same_days_do() -> None:
    """Why a session near an onset must be able to take a card away (ADR 9)."""
    days = [(0, 2), (1, 1), (3, 0), (30, 2), (31, 1), (33, 1), (34, 0)]
    once = Life(
        sessions=(Session(When(day(0)), "microneedling", id=1),),
        effects=tuple(SideEffect(day(number), "redness", Severity(strength)) for number, strength in days),
    )
    assert "prolonged" in {card.rule for card in cards(once)}
    assert cards(once.with_session(Session(When(day(30)), "microneedling", id=2))) == ()


def _onset(life: Life, card: ClinicCard) -> date:
    """The first day of the episode that the card's last day lies in."""
    known = life.diary.known_dates(card.symptom)
    onset = card.days[-1]
    for one in sorted((one for one in known if one < onset), reverse=True):
        if not known[one]:
            break
        onset = one
    return onset


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_a_day_made_unknown_adds_no_card(seed: int) -> None:
    """A day above None that nobody wrote: no rule and symptom fires that did not fire with it.

    But for the first day of an episode, from which days may be counted (ADR 9).
    """
    life = random_life(seed)
    fired = {(card.rule, card.symptom) for card in cards(life)}
    felt = [effect for effect in life.effects if effect.severity and not life.diary.nothing_to_note(effect.day)]
    written = [effect for effect in felt if not _begins(life, effect)]
    for effect in random.Random(seed).sample(written, min(12, len(written))):
        less = life.without_day(effect.day, effect.symptom)
        assert {(card.rule, card.symptom) for card in cards(less)} <= fired


def _begins(life: Life, effect: SideEffect) -> bool:
    """Whether the last known day before it was None, or there is none."""
    known = life.diary.known_dates(effect.symptom)
    return not known[max((one for one in known if one < effect.day), default=effect.day)] or min(known) == effect.day


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_every_card_names_the_sessions_that_can_explain_it_and_says_so(seed: int) -> None:
    life = random_life(seed)
    calendar = life.calendar
    for card in cards(life):
        days = [calendar.marks[number - 1].when.day for number in card.sessions]
        assert list(card.sessions) == sorted(card.sessions)
        assert [calendar.number(session_id) for session_id in card.session_ids] == list(card.sessions)
        if len(days) > 1 and days[0] == days[-1]:
            assert f"It came after sessions {card.sessions[0]} " in card.sentence or "It began before" in card.sentence
            assert str(card.sessions[-1]) in card.sentence
            continue
        assert bool(days) == (f"session {card.sessions[0]} on {days[0]}" in card.sentence if days else False)
        assert days or "No session is written down before it." in card.sentence
        if len(days) > 2:
            assert f" to {card.sessions[-1]} came in between." in card.sentence
        assert card.soft != card.sentence.endswith("Call your clinic and tell them.")


def test_the_mixed_year_tells_of_the_darker_patches_after_the_laser_and_of_nothing_that_faded() -> None:
    found = {(card.rule, card.symptom) for card in cards(mixed_year())}
    assert ("darker_patches", "darkening") in found
    assert told(mixed_year()) == must_be_told(mixed_year())
