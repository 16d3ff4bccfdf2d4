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
from needlejournal.imaging.accuracy.pairs import JudgedPair, ListedPair, UnreadableList, read_list
from needlejournal.imaging.accuracy.real_faces import report_on_real_faces

pytestmark = pytest.mark.usefixtures("face_models")

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


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["kind,before,after,item,source,part", *lines]) + "\n")
    return path


def test_real_pairs_are_judged_from_a_list(tmp_path: Path) -> None:
    photos = paths.resources() / "sample" / "photos"
    for name in ("2025-07-12_frontal", "2025-09-06_frontal"):
        (tmp_path / f"{name}.jpg").write_bytes((photos / f"{name}.jpg").read_bytes())
    pair = "2025-07-12_frontal.jpg,2025-09-06_frontal.jpg"
    out = tmp_path / "real.md"
    path = listed(tmp_path, f"same,{pair},,A public place,judged", f"mirrored,{pair},,A public place,judged")
    assert accuracy.main(["--pairs", str(path), "-o", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "- A public place" in text
    assert "| judged | the same person | 1 | 1 (100 %) |" in text
    assert "| judged | mirrored | 1 | 0 (0 %) |" in text
    assert "| judged | mirroring | 1 | 0 | 0 |" in text


def test_what_was_missed_and_false_alarms_are_counted() -> None:
    def one(kind: str, items: tuple[str, ...], **answers: str) -> JudgedPair:
        pair = ListedPair(kind, Path("a"), Path("b"), items, "", "judged")
        return JudgedPair(pair, confident=True, answers=answers)

    text = report_on_real_faces([
        one("edit", ("shape",), shape="matches"), one("edit", ("shape",), shape="differs"),
        one("repeat", ("eyes",), shape="differs", eyes="differs", crop="matches"),
        one("elsewhere", ("shape",), shape="unknown"),
    ])  # fmt: skip
    assert "| judged | shape of the face | 1 | 0 | 1 |" in text
    assert "| judged | shape of the face | 1 | 0 | 0 |" in text
    assert "| judged | shape of the face | 0 | 1 | 0 |" in text.split("## Over another photo")[1].split("##")[0]
    assert "eyes open or shut" not in text


def test_goals_are_held_against_the_people_judged_and_missed_ones_are_said() -> None:
    def one(kind: str, *items: str, part: str = "judged", sure: bool = True, **answers: str) -> JudgedPair:
        return JudgedPair(ListedPair(kind, Path("a"), Path("b"), items, "", part), confident=sure, answers=answers)

    text = report_on_real_faces([
        *(one("same", sure=number > 1) for number in range(10)), one("other", sure=False),
        one("edit", "smoothing", smoothing="differs"), one("edit", "smoothing", part="looked at", smoothing="matches"),
        one("elsewhere", "shape", shape="unknown"), one("repeat", "eyes", shape="differs", eyes="differs"),
    ])  # fmt: skip
    assert "| the same person: called sure | at least 90 % | 8 of 10 (80 %) | **not reached** |" in text
    assert "| two people: called sure | none | 0 of 1 (0 %) | yes |" in text
    assert "| smoothness of the skin: noticed | at least 80 % | 1 of 1 (100 %) | yes |" in text
    assert "| shape of the face, over another photo: noticed | at least 80 % | 0 of 1 (0 %) | **not reached** |" in text
    assert "| shape of the face: said though nothing differs | at most 5 % | 1 of 1 (100 %) | **not reached** |" in text
    assert "eyes open or shut: said" not in text


def test_covers_have_a_table_of_their_own_and_goals() -> None:
    def one(kind: str, answer: str, *items: str, part: str = "judged") -> JudgedPair:
        pair = ListedPair(kind, Path("a"), Path("b"), items, "", part)
        return JudgedPair(pair, confident=True, answers={"covered": answer})

    text = report_on_real_faces([
        *(one("edit", "differs", "covered") for _ in range(8)), one("elsewhere", "unknown", "covered"),
        one("elsewhere", "matches", "covered"), *(one("same", "matches") for _ in range(8)), one("same", "unknown"),
        one("repeat", "differs", "light_side"), one("same", "unknown", part="looked at"),
    ])  # fmt: skip
    assert "| judged | a cover | its own photo | 8 | 0 | 0 |" in text
    assert "| judged | a cover | another photo | 0 | 1 | 1 |" in text
    assert "| judged | nothing | its own photo | 1 | 0 | 0 |" in text
    assert "| judged | nothing | another photo | 0 | 1 | 8 |" in text
    assert "| looked at | nothing | another photo | 0 | 1 | 0 |" in text
    assert "| something in front of the face |" not in text
    assert "| a cover: said to be none | at most 10 % | 1 of 10 (10 %) | yes |" in text
    assert "| a cover: said though there is none | at most 2 % | 1 of 10 (10 %) | **not reached** |" in text
    assert "| a cover: unknown though there is none | at most 15 % | 1 of 10 (10 %) | yes |" in text


def test_it_is_counted_from_which_size_on_a_changed_shape_would_be_seen() -> None:
    pair = ListedPair("same", Path("a"), Path("b"), (), "", "judged")
    sizes = (5.0, 9.0, 12.0, 22.0, None)
    text = report_on_real_faces([JudgedPair(pair, confident=True, answers={}, shape_seen_from=one) for one in sizes])
    assert "| judged | 5 | 1 | 2 | 3 | 1 |" in text


def test_large_faces_are_counted_apart_from_small_ones() -> None:
    pair = ListedPair("edit", Path("a"), Path("b"), ("smoothing",), "", "judged")
    text = report_on_real_faces([
        JudgedPair(pair, confident=True, answers={"smoothing": answer}, eye_pixels=size)
        for answer, size in (("differs", 280.0), ("unknown", 75.0), ("matches", None))
    ])  # fmt: skip
    assert "| judged | smoothness of the skin | its own photo | 150 pixels and more | 1 | 0 | 0 |" in text
    assert "| judged | smoothness of the skin | its own photo | fewer | 0 | 1 | 1 |" in text


@pytest.mark.parametrize("line", ["same,a.jpg,,,x,judged", "some,a.jpg,b.jpg,,x,judged", "same,a.jpg,b.jpg,,x,"])
def test_a_list_that_cannot_be_read_names_the_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(UnreadableList, match="Line 2"):
        read_list(listed(tmp_path, line))
    with pytest.raises(UnreadableList):
        read_list(tmp_path / "gone.csv")
