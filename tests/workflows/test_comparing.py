"""What a comparison needs without a window: series, what lies between, alignments, judgement, spots, blind review."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal import paths
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.journal.alignments import Alignment, inverted
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.comparing.measures import VERSION as MEASURES_VERSION
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.pairs import Spot
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.ratings import Judgement
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, create_journal
from needlejournal.workflows.comparison import (
    aligning,
    blind_review,
    comparing,
    comparison_export,
    covering,
    judging,
    spots,
)
from needlejournal.workflows.comparison.comparing import PhotoGone, SeriesPhoto
from needlejournal.workflows.comparison.readings import MEASURES
from tests.journal.comparing.test_comparability import MEASURES as MEASURED

NUMBERS = iter(range(10_000))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Sessions on 8 March (09:00) and 19 April (11:00), no photos yet."""
    made = create_journal(tmp_path / "Mine.needlejournal", "Mine", now=lambda: datetime(2025, 9, 7, tzinfo=UTC))
    with closing(made):
        with made.step("Sessions"):
            made.sessions.save(Session(When(date(2025, 3, 8), time(9, 0), 60)))
            made.sessions.save(Session(When(date(2025, 4, 19), time(11, 0), 120)))
        yield made


@pytest.fixture
def catalogue() -> Catalogue:
    """The shipped one."""
    return load_catalogue(paths.resources())


def add(journal: Journal, day: date, at: time | None = time(9, 30), view: str = "frontal", **more: object) -> Photo:
    number = next(NUMBERS)
    original = Original(f"{number:064d}", f"ab/{number}.jpg", f"{number}.jpg", 1000, "jpeg", 300, 400)
    with journal.step("Add photo"):
        return journal.photos.save(replace(Photo(original, When(day, at), view), **more))


def series(journal: Journal, catalogue: Catalogue) -> list[SeriesPhoto]:
    calendar = journal.sessions.calendar()
    return [comparing.placed(photo, calendar, catalogue) for photo in journal.photos.all()]


def test_a_photo_is_placed_among_the_sessions(journal: Journal, catalogue: Catalogue) -> None:
    for day, at in (
        (date(2025, 3, 1), time(9)),
        (date(2025, 3, 8), time(8)),
        (date(2025, 3, 8), time(18)),
        (date(2025, 3, 15), None),
        (date(2025, 3, 16), None),
        (date(2025, 4, 19), time(9)),
    ):
        add(journal, day, at)
    placed = series(journal, catalogue)
    assert [(photo.baseline, photo.sessions_done) for photo in placed] == [
        (True, 0), (True, 0), (False, 1), (False, 1), (False, 1), (False, 1),
    ]  # fmt: skip
    assert [photo.healing for photo in placed] == [False, False, True, True, False, False]
    assert [photo.before_session for photo in placed] == [None, 1, None, None, None, 2]


def test_without_sessions_every_photo_is_a_baseline(journal: Journal, catalogue: Catalogue) -> None:
    photo = add(journal, date(2025, 3, 1))
    alone = comparing.placed(photo, SessionCalendar([]), catalogue)
    assert alone.baseline and alone.day is None and alone.sessions_done == 0


def test_what_lies_between_does_not_depend_on_the_order(journal: Journal, catalogue: Catalogue) -> None:
    add(journal, date(2025, 3, 1))
    add(journal, date(2025, 9, 6))
    one, other = series(journal, catalogue)
    assert comparing.between(one, other) == comparing.between(other, one) == comparing.Between(189, 2)


def test_the_first_pair_is_baseline_and_newest_that_is_not_healing(journal: Journal, catalogue: Catalogue) -> None:
    days = (date(2025, 3, 1), date(2025, 4, 1), date(2025, 4, 20))
    ids = [add(journal, day).id for day in days]
    assert comparing.first_pair(series(journal, catalogue)) == (ids[0], ids[1])
    assert comparing.first_pair(series(journal, catalogue)[:1]) is None
    assert comparing.first_pair(series(journal, catalogue)[1:]) == (ids[1], ids[2])


def test_a_quick_treatment_in_between_makes_no_result_of_a_healing_photo(
    journal: Journal, catalogue: Catalogue
) -> None:
    """A laser on 2 May with 28 days, a HydraFacial on 11 May: 15 May is still in the laser's window."""
    with journal.step("Sessions"):
        journal.sessions.save(Session(When(date(2025, 5, 2)), "laser_ablative_fractional"))
        journal.sessions.save(Session(When(date(2025, 5, 11)), "hydrafacial"))
    days = (date(2025, 3, 1), date(2025, 4, 18), date(2025, 5, 15))
    ids = [add(journal, day).id for day in days]
    placed = series(journal, catalogue)
    assert [photo.healing for photo in placed] == [False, False, True]
    assert comparing.first_pair(placed) == (ids[0], ids[1])
    assert all(ids[2] not in {pair.before_id, pair.after_id} for pair in judging.fairest(journal, placed))
    answer = next(item for item in judging.judge(journal, placed[0], placed[2]).items if item.item == "healing")
    assert "on day 13 after session 3" in str(answer.sentence)


def test_series_are_of_one_view_and_zone_and_can_be_read(journal: Journal, catalogue: Catalogue) -> None:
    first = add(journal, date(2025, 3, 1))
    add(journal, date(2025, 3, 2), view="oblique_left")
    broken = add(journal, date(2025, 3, 3))
    with journal.step("Unreadable"):
        journal.photos.save(replace(broken, original=replace(broken.original, width=0)))
    second = add(journal, date(2025, 3, 4))
    found = comparing.series_of(journal, catalogue, journal.sessions.calendar(), first.id)
    assert [photo.id for photo in found] == [first.id, second.id]
    assert [(one.first.view, one.count) for one in comparing.all_series(journal)] == [
        ("frontal", 3), ("oblique_left", 1),
    ]  # fmt: skip


def test_a_deleted_photo_is_said_in_a_sentence(journal: Journal, catalogue: Catalogue) -> None:
    photo = add(journal, date(2025, 3, 1))
    with journal.step("Delete"):
        journal.photos.trash(photo.id)
    with pytest.raises(PhotoGone, match="in the trash"):
        comparing.find_photo(journal, photo.id)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_inverting_an_alignment_twice_gives_it_back(a: float, b: float, tx: float, ty: float) -> None:
    if a * a + b * b < 0.01:
        return
    matrix = ((a, -b, tx), (b, a, ty))
    back = inverted(inverted(matrix))
    for row, again in zip(matrix, back, strict=True):
        assert again == pytest.approx(row, rel=1e-6, abs=1e-5)


def test_a_kept_alignment_is_found_in_either_order_and_given_up_in_both(journal: Journal) -> None:
    before, after = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    found = Alignment(
        "face", ((2.0, 0.0, 10.0), (0.0, 2.0, 4.0)), residual=1.1, confident=True, reason=message("Found.")
    )
    with journal.step("Confirm"):
        aligning.keep_instead(journal, aligning.to_keep(before.id, after.id, found))
    there = aligning.kept_alignment(journal, before.id, after.id)
    back = aligning.kept_alignment(journal, after.id, before.id)
    assert there is not None and back is not None
    assert there.matrix == found.matrix and there.confirmed and str(there.reason) == "Found."
    assert back.matrix == ((0.5, 0.0, -5.0), (0.0, 0.5, -2.0))
    with journal.step("Forget"):
        aligning.forget(journal, after.id, before.id)
    assert aligning.kept_alignment(journal, before.id, after.id) is None


def test_points_set_by_hand_come_back_for_either_order(journal: Journal) -> None:
    before, after = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    pairs = [((0.0, 0.0), (10.0, 10.0)), ((100.0, 0.0), (110.0, 10.0))]
    made, residuals = aligning.by_hand(before, after, pairs)
    assert max(residuals) < 1e-9
    with journal.step("Align"):
        journal.alignments.save(aligning.to_keep(before.id, after.id, made, points=pairs))
    assert aligning.kept_points(journal, before.id, after.id) == pairs
    assert aligning.kept_points(journal, after.id, before.id) == [(other, one) for one, other in pairs]
    assert aligning.kept_points(journal, 98, 99) == []


def test_one_point_is_not_enough(journal: Journal) -> None:
    before, after = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    with pytest.raises(BadInput, match="at least two points"):
        aligning.by_hand(before, after, [((0.0, 0.0), (1.0, 1.0))])


def test_the_earlier_photo_counts_as_before_wherever_it_stands(journal: Journal, catalogue: Catalogue) -> None:
    add(journal, date(2025, 3, 1))
    add(journal, date(2025, 9, 6))
    one, other = series(journal, catalogue)
    assert judging.judge(journal, one, other) == judging.judge(journal, other, one)


def test_a_reason_to_compare_is_kept_changed_and_taken_back(journal: Journal) -> None:
    one, other = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    for reason in ("", "No better one.", "Still none."):
        with journal.step("Reason"):
            judging.keep_override(journal, one.id, other.id, reason)
    kept = judging.override_of(journal, other.id, one.id)
    assert kept is not None and kept.reason == "Still none."
    with journal.step("Reason"):
        judging.keep_override(journal, one.id, other.id, "  ")
    assert judging.override_of(journal, one.id, other.id) is None


def test_the_fairest_pair_never_shows_healing_skin(journal: Journal, catalogue: Catalogue) -> None:
    for day in (date(2025, 3, 1), date(2025, 3, 9), date(2025, 4, 1), date(2025, 4, 21)):
        add(journal, day)
    healing = {photo.id for photo in series(journal, catalogue) if photo.healing}
    pairs = judging.fairest(journal, series(journal, catalogue))
    assert pairs and not any({pair.before_id, pair.after_id} & healing for pair in pairs)


def test_a_pair_that_turned_out_to_be_a_mirror_image_is_not_the_fairest(journal: Journal, catalogue: Catalogue) -> None:
    first, second, third = (add(journal, date(2025, month, 25)) for month in (3, 5, 7))
    assert judging.fairest(journal, series(journal, catalogue))[0].after_id == third.id
    found = Alignment("none", measures=PairMeasures(found=0.1, found_mirrored=0.9))
    journal.previews.put_reading(
        first.original.sha256, aligning.question(first, third), aligning.VERSION, found.to_json()
    )
    best = judging.fairest(journal, series(journal, catalogue))[0]
    assert (best.before_id, best.after_id) in {(first.id, second.id), (second.id, third.id)}


def test_the_blind_review_asks_only_about_fair_pairs_where_there_are_any(
    journal: Journal, catalogue: Catalogue
) -> None:
    first, second, _third = (add(journal, date(2025, month, 25)) for month in (3, 5, 7))
    for photo in (first, second):
        journal.previews.put_reading(photo.original.sha256, MEASURES, MEASURES_VERSION, MEASURED.to_json())
    for seed in range(12):
        pair = blind_review.next_pair(journal, series(journal, catalogue), Random(seed))
        assert pair is not None and {pair.left_id, pair.right_id} == {first.id, second.id}


def test_spots_are_kept_corrected_and_removed(journal: Journal) -> None:
    photo, later = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    with journal.step("Spot"):
        spot = journal.spots.save(Spot(photo.id, "Scar", 0.4, 0.4, 0.1, 0.1))
        spots.put(journal, spot, later.id, (0.5, 0.6))
        spots.put(journal, spot, later.id, (0.55, 0.65))
    assert spots.spots_on(journal, [photo.id]) == [spot]
    assert spots.spots_on(journal, [later.id]) == []
    assert spots.centres(journal, spot) == {later.id: (0.55, 0.65)}
    with journal.step("Remove"):
        spots.remove(journal, spot)
    assert spots.spots_on(journal, [photo.id]) == [] and spots.centres(journal, spot) == {}


def test_a_blind_pair_is_fair_fresh_and_in_random_order(journal: Journal, catalogue: Catalogue) -> None:
    for day in (date(2025, 3, 1), date(2025, 4, 1), date(2025, 9, 6)):
        add(journal, day)
    photos = series(journal, catalogue)
    shown = {blind_review.next_pair(journal, photos, Random(seed)) for seed in range(40)}
    orders = {pair.left_id == pair.earlier_id for pair in shown if pair}
    assert orders == {True, False}
    pair = blind_review.next_pair(journal, photos, Random(1))
    assert pair is not None
    with journal.step("Answer"):
        journal.blind_answers.save(blind_review.answer(pair, pair.later_id, Judgement.MUCH_IMPROVED, date(2025, 9, 7)))
    asked = {pair.earlier_id, pair.later_id}
    for seed in range(20):
        following = blind_review.next_pair(journal, photos, Random(seed))
        assert following is not None and {following.left_id, following.right_id} != asked


def test_the_tally_counts_the_later_photo(journal: Journal) -> None:
    one, other = add(journal, date(2025, 3, 1)), add(journal, date(2025, 9, 6))
    pair = blind_review.BlindPair(other.id, one.id, one.id)
    with journal.step("Answers"):
        for better in (None, one.id, other.id):
            blind_review.keep(journal, blind_review.answer(pair, better, Judgement.IMPROVED, date(2025, 9, 7)))
    assert blind_review.tally(journal) == blind_review.Tally(1, 1, 0)
    judged = [given.judgement for given in journal.blind_answers.all()]
    assert judged == [Judgement.IMPROVED]


def test_no_pair_is_asked_about_where_there_is_none(journal: Journal, catalogue: Catalogue) -> None:
    add(journal, date(2025, 3, 1))
    assert blind_review.next_pair(journal, series(journal, catalogue), Random(1)) is None


def face(width: int = 300, height: int = 400) -> FaceReading:
    points = [(150.0, 200.0, 0.0)] * 468
    points[33], points[263] = (100.0, 150.0, 0.0), (200.0, 150.0, 0.0)
    return FaceReading(width, height, 0.9, tuple(points))


def test_the_bar_over_the_eyes_covers_both(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "face_of", lambda *_: face())
    bar = covering.eye_bar(journal, add(journal, date(2025, 3, 1)))
    xs, ys = [x for x, _ in bar], [y for _, y in bar]
    assert min(xs) <= 80 and max(xs) >= 220
    assert min(ys) < 150 < max(ys)


def test_a_zone_is_boxed_within_the_photo(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "face_of", lambda *_: face())
    left, top, width, height = covering.zone_box(journal, add(journal, date(2025, 3, 1)), "periorbital_left")
    assert 0 <= left <= 1 and 0 <= top <= 1 and 0 <= width <= 1 and 0 <= height <= 1


@pytest.mark.parametrize("reading", [None, FaceReading(300, 400, problem="no-face")])
def test_without_a_face_nothing_is_covered_and_a_sentence_says_so(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, reading: FaceReading | None
) -> None:
    monkeypatch.setattr(covering, "face_of", lambda *_: reading)
    with pytest.raises(covering.NoFace, match="Nothing was exported"):
        covering.eye_bar(journal, add(journal, date(2025, 3, 1)))


def test_the_notes_of_an_export_never_hide_a_difference(journal: Journal, catalogue: Catalogue) -> None:
    add(journal, date(2025, 3, 1))
    add(journal, date(2025, 3, 9), view="oblique_left")
    judgement = judging.judge(journal, *series(journal, catalogue))
    notes = comparison_export.notes_of(judgement, "No better one.")
    told = " ".join(note.text for note in notes)
    assert all(str(item.sentence) in told for item in judgement.answered("differs"))
    assert notes[0].answer == "differs" and "because: No better one." in told
    assert comparison_export.notes_of(None) == ()
