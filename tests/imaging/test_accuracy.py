"""The accuracy report says what was measured, refuses to hide what failed, and repeats."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from needlejournal import paths
from needlejournal.imaging.accuracy import __main__ as accuracy
from needlejournal.imaging.accuracy import conditions as accuracy_conditions
from needlejournal.imaging.accuracy.judging import Judged, errors, shared_points

TRUTH = Path(__file__).parent / "truth.json"


def test_the_command_writes_the_document(tmp_path: Path) -> None:
    truth = json.loads(TRUTH.read_text("utf-8"))
    truth["pairs"] = truth["pairs"][:1]
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    out = tmp_path / "accuracy.md"
    photos = paths.resources() / "sample" / "photos"
    assert accuracy.main([str(tmp_path / "truth.json"), str(photos), "-o", str(out), "--quick"]) == 0
    text = out.read_text("utf-8")
    assert "| frontal | 1 | 1 |" in text
    assert "## What is not known" in text


def test_a_refused_pair_counts_as_refused_and_not_as_perfect() -> None:
    good = Judged("a frontal", "frontal", True, True, "face", 1.0, 1.0)
    refused = Judged("b frontal", "frontal", True, False, "none", math.nan, 1.0)
    text = accuracy.report({"images": {}}, {"as taken": [good, refused]})
    assert "| frontal | 2 | 1 | 1.00 % | 1.00 % | 1.00 | 1.00 | 1.00 | 1.00 | 0 of 0 |" in text


def test_the_floor_is_what_the_best_similarity_leaves() -> None:
    before = np.array([[0.0, 0], [100, 0], [100, 100], [0, 100]])
    error, floor = errors(((1, 0, 3), (0, 1, 4)), before, before, 100.0)
    assert (error, floor) == (pytest.approx(5), pytest.approx(0, abs=1e-9))
    assert math.isnan(errors(None, before, before, 100.0)[0])


def test_only_points_that_both_photos_show_count() -> None:
    def point(number: int, *, visible: bool, zone: str = "chin") -> dict[str, object]:
        return {"id": number, "x": number, "y": 0.0, "visible": visible, "zone": zone}

    one = [point(1, visible=True), point(2, visible=False), point(3, visible=True, zone="nose"), point(4, visible=True)]
    other = [point(3, visible=True), point(1, visible=True), point(2, visible=True), point(4, visible=False)]
    assert [len(points) for points in shared_points(one, other)] == [2, 2]
    assert shared_points(one, other, "nose")[0].tolist() == [[3, 0]]


@pytest.mark.parametrize("condition", accuracy_conditions.CONDITIONS)
def test_conditions_keep_the_picture_in_place_and_repeat(condition: str) -> None:
    picture = np.random.default_rng(1).integers(40, 220, (64, 48, 3), np.uint8)
    change = accuracy_conditions.CONDITIONS[condition]
    once = change(picture, "a photo")
    assert (once.shape, once.dtype) == (picture.shape, np.uint8)
    assert np.array_equal(once, change(picture, "a photo"))
