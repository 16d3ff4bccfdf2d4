"""The fairest pair: long apart, little that differs, never while skin is healing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.comparing.fairest import Candidate, fairest_pairs
from needlejournal.journal.comparing.measures import PhotoMeasures
from needlejournal.journal.comparing.photo_facts import PhotoFacts

from .test_comparability import BEFORE, MEASURES

FIRST_DAY = date(2026, 1, 1)


def photo(number: int, day: int, **facts: object) -> Candidate:
    return Candidate(number, PhotoFacts(view="frontal", day=FIRST_DAY + timedelta(days=day), **facts))


def turned(number: int, day: int, yaw: float) -> Candidate:
    return photo(number, day, measures=PhotoMeasures(yaw=yaw, pitch=0.0, roll=0.0))


def known(number: int, day: int, **measures: object) -> Candidate:
    """A photo of which everything was measured."""
    facts = replace(BEFORE, day=FIRST_DAY + timedelta(days=day), measures=replace(MEASURES, **measures))
    return Candidate(number, facts)


def test_of_equal_pairs_the_longest_apart_is_proposed_with_the_older_photo_first() -> None:
    pairs = fairest_pairs([photo(1, 90), photo(2, 0), photo(3, 30)])
    assert [(pair.before_id, pair.after_id, pair.days) for pair in pairs] == [(2, 1, 90), (3, 1, 60), (2, 3, 30)]


def test_a_clear_difference_costs_more_than_some_weeks() -> None:
    pairs = fairest_pairs([turned(1, 0, 0), turned(2, 100, 1), turned(3, 130, 40)])
    assert (pairs[0].before_id, pairs[0].after_id) == (1, 2)
    other = next(pair for pair in pairs if pair.after_id == 3)
    assert str(other.what_differs[0]).startswith("The head is turned differently")


def test_a_pair_of_which_hardly_anything_is_known_comes_after_one_that_was_measured() -> None:
    """A picture without a face differs in nothing that can be measured."""
    pairs = fairest_pairs([known(1, 0), known(2, 60), photo(3, 200)])
    assert [(pair.before_id, pair.after_id, pair.is_fair) for pair in pairs[:2]] == [(1, 2, True), (1, 3, False)]


def test_what_differs_clearly_is_not_called_fair() -> None:
    (pair,) = fairest_pairs([known(1, 0), known(2, 60, roll=60.0)])
    assert not pair.is_fair


@pytest.mark.parametrize("healing", [True, None])
def test_photos_that_may_show_healing_are_never_proposed(healing: bool | None) -> None:
    assert fairest_pairs([photo(1, 0), photo(2, 200, healing=healing)]) == []


def test_views_and_zones_are_not_mixed() -> None:
    other = Candidate(2, replace(photo(2, 80).facts, view="oblique_left"))
    zone = Candidate(3, replace(photo(3, 80).facts, zone="chin"))
    assert fairest_pairs([photo(1, 0), other, zone]) == []


def test_photos_of_one_day_or_without_a_day_make_no_pair() -> None:
    assert fairest_pairs([photo(1, 5), photo(2, 5), Candidate(3, PhotoFacts(view="frontal"))]) == []


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(-40, 40)), max_size=12), st.integers(1, 4))
def test_stopping_early_never_misses_a_better_pair(series: list[tuple[int, float]], limit: int) -> None:
    candidates = [turned(number, day, yaw) for number, (day, yaw) in enumerate(series)]
    every = fairest_pairs(candidates, limit=1000)
    some = fairest_pairs(candidates, limit=limit)
    assert [pair.worth for pair in some] == [pair.worth for pair in every[:limit]]
