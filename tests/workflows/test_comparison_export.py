"""What is said beside an exported picture, and how the making of a moving one is told and stopped."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.reading.arrays import from_array
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN, ComparabilityItem
from needlejournal.workflows.comparison.comparison_export import Beside, Stopped, file, notes_of, notes_of_series
from needlejournal.workflows.progress import Progress


def item(key: str, answer: str) -> ComparabilityItem:
    return ComparabilityItem(key, answer, None, "", f"About {key}.", clear=answer == DIFFERS)


def judged(*answers: tuple[str, str]) -> Comparability:
    return Comparability(tuple(item(key, answer) for key, answer in answers))


def picture(level: int) -> Pixels:
    return from_array(np.full((300, 240, 4), level, np.uint8))


class Watched:
    """Hears the progress and stops at one step."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.steps: list[Progress] = []
        self._stop_at = stop_at

    @property
    def cancelled(self) -> bool:
        return len(self.steps) == self._stop_at

    def report(self, progress: object, /) -> None:
        assert isinstance(progress, Progress)
        self.steps.append(progress)


def test_nothing_is_said_where_nothing_was_judged() -> None:
    assert notes_of(None, "a reason") == ()


def test_what_differs_is_said_item_by_item_and_the_reason_last() -> None:
    notes = notes_of(judged(("view", DIFFERS), ("camera", MATCHES)), "No better photo.")
    assert [note.answer for note in notes] == [DIFFERS, DIFFERS, ""]
    assert [note.text for note in notes[1:]] == ["About view.", "Compared anyway, because: No better photo."]


@pytest.mark.parametrize("answer", [UNKNOWN, MATCHES])
def test_a_pair_without_differences_gets_its_summary_only(answer: str) -> None:
    judgement = judged(("view", answer))
    (note,) = notes_of(judgement)
    assert note.answer == answer
    assert note.text == str(judgement.summary)


def test_each_photo_of_a_series_is_named() -> None:
    notes = notes_of_series([("8 Mar", judged(("view", MATCHES))), ("9 Mar", judged(("view", UNKNOWN)))])
    assert [note.text.split(":")[0] for note in notes] == ["8 Mar", "9 Mar"]
    assert [note.answer for note in notes] == [MATCHES, UNKNOWN]


def test_one_picture_is_no_animation() -> None:
    body = file([picture(90)], Beside(watermark="Mine"), ExportFormat.WEBP)
    with Image.open(io.BytesIO(body)) as image:
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", [ExportFormat.WEBP, ExportFormat.GIF])
def test_progress_is_said_twice_for_each_frame(kind: ExportFormat) -> None:
    watched = Watched()
    body = file([picture(60), picture(120), picture(180)], Beside(), kind, 0.5, watched)
    assert [(step.done, step.total) for step in watched.steps] == [(done, 6) for done in range(6)]
    with Image.open(io.BytesIO(body)) as image:
        assert image.n_frames == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [ExportFormat.WEBP, ExportFormat.GIF])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_it_can_be_stopped_at_any_frame(kind: ExportFormat, at: int) -> None:
    with pytest.raises(Stopped):
        file([picture(60), picture(120)], Beside(), kind, 1.0, Watched(stop_at=at))
