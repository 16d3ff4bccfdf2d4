"""Blind review: fair pairs only, in an order that chance decides, each once before any comes again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from needlejournal.journal.healing import Healing
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.ratings import Judgement
from needlejournal.store import Journal
from needlejournal.workflows.comparison.blind_review import BlindPair, Tally, answer, keep, next_pair, tally
from needlejournal.workflows.comparison.comparing import SeriesPhoto

TODAY = date(2025, 11, 2)


@pytest.fixture
def photos(journal: Journal, folder: Path) -> list[Photo]:
    """Three photos of one view, a month apart."""
    made = []
    for month in (3, 4, 5):
        source = folder / f"{month}.jpg"
        source.write_bytes(bytes([month]))
        staged = journal.originals.stage(source, "jpeg")
        original = Original(staged.sha256, staged.stored_name, source.name, staged.size, "jpeg", 30, 40)
        with journal.step("Add photo"):
            made.append(journal.photos.save(Photo(original, When(date(2025, month, 1)), "frontal")))
    return made


def series(photos: list[Photo]) -> list[SeriesPhoto]:
    return [SeriesPhoto(photo) for photo in photos]


def reply(journal: Journal, pair: BlindPair, better: int | None) -> None:
    with journal.step("Answer"):
        keep(journal, answer(pair, better, Judgement.IMPROVED, TODAY))


def test_without_a_fair_pair_there_is_nothing_to_ask(journal: Journal, photos: list[Photo]) -> None:
    assert next_pair(journal, series(photos[:1]), Random(1)) is None


def test_healing_photos_are_never_asked_about(journal: Journal, photos: list[Photo]) -> None:
    shown = [
        SeriesPhoto(photos[0]),
        SeriesPhoto(photos[1], window=Healing(True)),
        SeriesPhoto(photos[2], window=Healing(None)),
    ]
    assert next_pair(journal, shown, Random(1)) is None


def test_chance_decides_the_sides_and_a_seed_holds_it_still(journal: Journal, photos: list[Photo]) -> None:
    two = series(photos[:2])
    earlier, later = (photo.id for photo in photos[:2])
    shown = {next_pair(journal, two, Random(seed)) for seed in range(12)}
    assert shown == {BlindPair(earlier, later, earlier), BlindPair(later, earlier, earlier)}
    assert next_pair(journal, two, Random(4)) == next_pair(journal, two, Random(4))


def test_each_pair_comes_once_and_again_only_when_that_is_wanted(journal: Journal, photos: list[Photo]) -> None:
    asked = []
    for seed in range(3):
        pair = next_pair(journal, series(photos), Random(seed))
        assert pair is not None
        asked.append(frozenset((pair.left_id, pair.right_id)))
        reply(journal, pair, None)
    assert len(set(asked)) == 3
    assert next_pair(journal, series(photos), Random(9)) is None
    assert next_pair(journal, series(photos), Random(9), again=True) is not None


def test_the_answers_are_added_up_and_those_without_a_difference_apart(journal: Journal, photos: list[Photo]) -> None:
    first, second, third = (photo.id for photo in photos)
    reply(journal, BlindPair(second, first, first), second)
    reply(journal, BlindPair(third, second, second), second)
    reply(journal, BlindPair(third, first, first), None)
    assert tally(journal) == Tally(2, 1, 1)


def test_a_new_answer_about_the_same_pair_replaces_the_one_before(journal: Journal, photos: list[Photo]) -> None:
    earlier, later = photos[0].id, photos[2].id
    for better in (later, later, earlier):
        reply(journal, BlindPair(later, earlier, earlier), better)
    assert tally(journal) == Tally(1, 0, 0)


def test_the_later_photo_is_known_whatever_its_side() -> None:
    assert BlindPair(1, 2, 1).later_id == BlindPair(2, 1, 1).later_id == 2


@pytest.mark.parametrize(
    ("better", "by", "kept"),
    [
        (2, Judgement.MUCH_IMPROVED, Judgement.MUCH_IMPROVED),
        (1, Judgement.IMPROVED, Judgement.WORSE),
        (None, Judgement.IMPROVED, Judgement.NO_CHANGE),
    ],
)
def test_what_is_kept_judges_the_later_photo(better: int | None, by: Judgement, kept: Judgement) -> None:
    given = answer(BlindPair(2, 1, 1), better, by, TODAY)
    assert (given.earlier_id, given.later_id, given.better_id) == (1, 2, better)
    assert (given.judgement, given.answered) == (kept, TODAY)


def test_no_answers_add_up_to_nothing(journal: Journal) -> None:
    assert tally(journal) == Tally(0, 0, 0)
