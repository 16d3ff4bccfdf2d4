"""`needlejournal align`: what it prints, and that every odd picture gets a clear answer instead of a wrong one."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from needlejournal import paths
from needlejournal.imaging.aligning.patches import sight
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import load_models
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.comparing.comparability import compare_photos
from needlejournal.workflows.comparison import aligning, comparing, judging, readings
from needlejournal.workflows.sample import make_sample
from tests.cli.commands import Commands

PHOTOS = paths.resources() / "sample" / "photos"
BEFORE, AFTER = PHOTOS / "2025-03-01_frontal.jpg", PHOTOS / "2025-09-06_frontal.jpg"
EDGE = PHOTOS / "2025-07-12_frontal.jpg"
pytestmark = pytest.mark.usefixtures("face_models")


@pytest.fixture
def align(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys, "align", "--json")


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Saves a picture under a name and gives its path."""

    def save(image: Image.Image, name: str, **options: Any) -> Path:
        path = tmp_path / name
        image.save(path, **options)
        return path

    return save


def face() -> Image.Image:
    return Image.open(AFTER).convert("RGB")


def is_sentence(text: str) -> bool:
    return bool(text) and not text[0].islower() and text.rstrip().endswith(".")


def test_a_fair_pair_is_aligned_and_judged(align: Commands) -> None:
    run = align(BEFORE, AFTER)
    assert align.code == 0
    assert list(run) == ["method", "matrix", "zones", "residual", "confident", "reason", "comparability"]
    assert (run["method"], run["confident"]) == ("face", True)
    (a, minus_b, _), (b, same_a, _) = run["matrix"]
    assert (a, b) == (same_a, -minus_b)
    assert a == pytest.approx(0.945, abs=0.01)
    assert set(run["zones"]) <= set(OUTLINES)
    assert {"forehead", "chin", "cheek_inner_left"} <= set(run["zones"])
    assert 0 < run["residual"] < 4
    for item in run["comparability"]:
        assert list(item) == ["item", "answer", "value", "unit", "sentence"]
        assert item["answer"] in {"matches", "differs", "unknown"}
        assert is_sentence(item["sentence"])


def test_what_loose_files_cannot_tell_is_unknown(align: Commands) -> None:
    answers = {item["item"]: item["answer"] for item in align(BEFORE, AFTER)["comparability"]}
    assert {answers[key] for key in ("make_up", "moisturiser", "light", "healing")} == {"unknown"}
    assert answers["camera"] == answers["between"] == "matches"


def test_without_the_face_models_one_sentence_says_so(
    align: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "nowhere")
    run = align(BEFORE, AFTER)
    assert (align.code, run["confident"]) == (0, False)
    unread = [item for item in run["comparability"] if "Installing the app again" in item["sentence"]]
    assert len(unread) > 12 and len({item["sentence"] for item in unread}) == 1
    assert {item["answer"] for item in unread} == {"unknown"}


def test_a_zone_has_a_matrix_of_its_own(align: Commands) -> None:
    whole, chin = align(BEFORE, AFTER), align(BEFORE, AFTER, "--zone", "chin")
    assert chin["matrix"] == whole["zones"]["chin"] != whole["matrix"]


def test_a_zone_that_is_not_on_the_face_says_so(align: Commands) -> None:
    run = align(BEFORE, AFTER, "--zone", "neck")
    assert not run["confident"]
    assert "not on the face" in run["reason"]


def test_photos_of_a_journal_are_named_by_their_ids(align: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "Sample.needlejournal"
    with_photos = make_sample(folder)
    frontals = [photo for photo in with_photos.photos.all() if photo.view == "frontal"]
    first, last = (min(frontals, key=lambda p: p.when.day), max(frontals, key=lambda p: p.when.day))
    with_photos.close()
    run = align(first.id, last.id, "--journal", folder)
    answers = {item["item"]: item["answer"] for item in run["comparability"]}
    assert run["confident"]
    assert answers["view"] == "matches"
    assert answers["healing"] != "unknown"
    align(1, 999, "--journal", folder)
    assert align.code == 1
    assert is_sentence(align.err)


def test_photos_of_a_journal_are_aligned_and_judged_as_in_its_window(align: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "Sample.needlejournal"
    with_photos, catalogue = make_sample(folder), load_catalogue(paths.resources())
    kept = [photo for photo in with_photos.photos.all() if photo.view == "frontal"][:2]
    for photo in kept:
        readings.read_ahead(with_photos, photo)
    shown = aligning.find(with_photos, *kept)
    calendar = with_photos.sessions.calendar()
    facts = [judging.facts(with_photos, comparing.placed(photo, calendar, catalogue)) for photo in kept]
    with_photos.close()
    run = align(*(photo.id for photo in kept), "--journal", folder)
    assert run["matrix"] == [list(row) for row in shown.matrix or ()]
    said = [(one.answer, str(one.sentence)) for one in compare_photos(facts[0], facts[1], shown.measures).items]
    assert [(one["answer"], one["sentence"]) for one in run["comparability"]] == said


@pytest.mark.parametrize(
    "arguments",
    [
        (BEFORE, AFTER, "--method", "guess"),
        ("one", "two", "--journal", "."),
        (BEFORE,),
    ],
)
def test_wrong_use_is_said(align: Commands, arguments: tuple[object, ...]) -> None:
    align(*arguments)
    assert align.code == 2
    assert align.err


@pytest.mark.parametrize(
    ("zone", "near"), [("cheekleft", "Did you mean cheek_inner_left?"), ("moon", "The zones are: ")]
)
def test_a_zone_nobody_knows_is_said_with_the_nearest(align: Commands, zone: str, near: str) -> None:
    align(BEFORE, AFTER, "--zone", zone)
    assert align.code == 1
    assert near in align.err


def test_a_file_that_is_gone_or_no_picture_is_said_in_a_sentence(align: Commands, tmp_path: Path) -> None:
    (tmp_path / "words.jpg").write_text("words")
    for path in (tmp_path / "gone.jpg", tmp_path / "words.jpg", tmp_path):
        align(BEFORE, path)
        assert align.code == 1
        assert is_sentence(align.err)


# Odd pictures. Those that show the same face are aligned or refused with a sentence; others never count as sure.


def wall() -> Image.Image:
    return Image.effect_noise((800, 1000), 30).convert("RGB")


def drawing() -> Image.Image:
    image = Image.new("RGB", (800, 1000), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((200, 200, 600, 760), outline="black", width=6)
    for x in (320, 480):
        pen.ellipse((x - 40, 420, x + 40, 450), outline="black", width=5)
    pen.line((400, 460, 380, 560, 420, 565), fill="black", width=5)
    pen.arc((320, 590, 480, 660), 20, 160, fill="black", width=5)
    return image


def two_faces() -> Image.Image:
    one = face()
    both = Image.new("RGB", (one.width * 2, one.height))
    both.paste(one, (0, 0))
    both.paste(one, (one.width, 0))
    return both


def hand_before_it() -> Image.Image:
    image = face()
    pen = ImageDraw.Draw(image)
    for finger in range(5):
        left = 330 + finger * 110
        pen.rounded_rectangle((left, 520, left + 95, 1250), 45, fill=(196, 150, 132))
    return image


def turned_away() -> Image.Image:
    """Another position of the head altogether."""
    return Image.open(PHOTOS / "2025-03-01_oblique_left_45.jpg").convert("RGB")


def somebody_else() -> Image.Image:
    """Other features in other places: stretched, mirrored, with other skin."""
    image = ImageOps.mirror(face()).resize((1200, 2100)).crop((0, 250, 1200, 1850))
    blotches = Image.effect_noise((120, 160), 90).resize(image.size).filter(ImageFilter.GaussianBlur(5)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(4)), blotches, 0.35)


@pytest.mark.parametrize("picture", [wall, drawing, two_faces, hand_before_it, turned_away, somebody_else])
def test_what_is_not_a_fair_pair_is_never_called_sure(
    align: Commands, saved: Callable[..., Path], picture: Callable[[], Image.Image]
) -> None:
    run = align(BEFORE, saved(picture(), "odd.png"))
    assert align.code == 0
    assert not run["confident"]
    assert is_sentence(run["reason"])
    assert (run["matrix"] is None) == (run["method"] == "none")


@pytest.mark.parametrize(
    ("picture", "words"),
    [(wall, "No face was found"), (two_faces, "two faces"), (turned_away, "turned differently")],
)
def test_a_refusal_says_why_and_what_helps(
    align: Commands, saved: Callable[..., Path], picture: Callable[[], Image.Image], words: str
) -> None:
    assert words in align(BEFORE, saved(picture(), "odd.png"), "--method", "face")["reason"]


def test_the_same_picture_lies_on_itself(align: Commands) -> None:
    run = align(BEFORE, BEFORE)
    assert run["confident"]
    assert run["matrix"] == [[1, 0, 0], [0, 1, 0]]
    assert "same picture" in run["reason"]


def test_a_face_upside_down_is_turned_and_said_to_be(align: Commands, saved: Callable[..., Path]) -> None:
    turned = saved(Image.open(BEFORE).rotate(180), "down.png")
    run = align(BEFORE, turned, "--method", "face")
    assert run["confident"]
    assert "upside down" in run["reason"]
    assert align(BEFORE, turned)["matrix"][0][0] == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize("side", ["right", "left"])
def test_what_lies_beyond_the_edge_of_a_photo_is_not_called_covered(
    align: Commands, saved: Callable[..., Path], side: str
) -> None:
    found = read_face(sight(as_array(decode_upright(EDGE.read_bytes()))), load_models()).xy[:, 0]
    wide, image = np.ptp(found), Image.open(EDGE).convert("RGB")
    start, end = (found.min() + 0.12 * wide, image.width) if side == "right" else (0, found.max() - 0.12 * wide)
    cut = saved(image.crop((int(start), 0, int(end), image.height)), "cut.png")
    run = align(PHOTOS / "2025-05-31_frontal.jpg", cut)
    assert run["confident"]
    assert {one["item"]: one["answer"] for one in run["comparability"]}["covered"] == "matches"


def test_a_tiny_photo_is_refused_with_a_sentence(align: Commands, saved: Callable[..., Path]) -> None:
    run = align(BEFORE, saved(face().resize((75, 100)), "tiny.png"), "--method", "face")
    assert (run["method"], run["confident"]) == ("none", False)
    assert "too small" in run["reason"]


def alpha() -> Image.Image:
    image = face().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 250))
    return image


def sixteen_bits() -> Image.Image:
    return face().convert("L").convert("I").point(lambda level: level * 257).convert("I;16")


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        (lambda: face().convert("L"), "grey.jpg"),
        (lambda: face().convert("CMYK"), "print.jpg"),
        (alpha, "clear.png"),
        (sixteen_bits, "deep.png"),
        (lambda: face().quantize(128), "few.png"),
    ],
)
def test_other_kinds_of_pixels_are_aligned_all_the_same(
    align: Commands, saved: Callable[..., Path], picture: Callable[[], Image.Image], name: str
) -> None:
    run = align(BEFORE, saved(picture(), name))
    assert (run["method"], run["confident"]) == ("face", True)
    assert run["matrix"][0][0] == pytest.approx(0.945, abs=0.012)


@pytest.mark.parametrize("size", [(6000, 24), (24, 6000), (1, 1), (2, 900)])
def test_odd_shapes_are_refused_with_a_sentence(
    align: Commands, saved: Callable[..., Path], size: tuple[int, int]
) -> None:
    run = align(BEFORE, saved(Image.effect_noise(size, 40).convert("RGB"), "odd.png"))
    assert (align.code, run["method"], run["confident"]) == (0, "none", False)
    assert is_sentence(run["reason"])


def test_more_pixels_than_can_be_held_are_refused_before_they_are_decoded(align: Commands, tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    path.write_bytes(out.getvalue())
    align(BEFORE, path)
    assert align.code == 1
    assert is_sentence(align.err)
    assert "megapixels" in align.err
