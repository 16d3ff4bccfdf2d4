"""Copies of one photo are told from photos of one series, whatever was done to their size and tones."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from needlejournal import paths
from needlejournal.imaging.measuring.likeness import SIDE, are_alike, traits_of

PHOTOS = sorted((paths.resources() / "sample" / "photos").glob("*.jpg"))


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    file = io.BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def warm(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (red.point(lambda value: min(255, value * 1.15)), green, blue.point(lambda v: v * 0.8)))


def cut(picture: Image.Image, part: float) -> Image.Image:
    """The picture without this part of it at each edge."""
    across, down = picture.width * part, picture.height * part
    return picture.crop((round(across), round(down), round(picture.width - across), round(picture.height - down)))


COPIES = {
    "smaller": lambda picture: picture.resize((picture.width // 5, picture.height // 5)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.3),
    "darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.6),
    "contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(1.3),
    "warm": warm,
    "sharper": lambda picture: picture.filter(ImageFilter.UnsharpMask(3, 200, 0)),
    "grey": lambda picture: picture.convert("L"),
    "a hundredth cut off all round": lambda picture: cut(picture, 0.005),
    "softer": lambda picture: picture.filter(ImageFilter.GaussianBlur(picture.width / 250)),
}


@pytest.mark.parametrize("change", COPIES)
@pytest.mark.parametrize("photo", PHOTOS[::5], ids=lambda path: path.stem)
def test_a_copy_is_like_its_photo(photo: object, change: str) -> None:
    picture = Image.open(photo).convert("RGB")  # type: ignore[arg-type]
    assert are_alike(traits_of(jpeg(picture)), traits_of(jpeg(COPIES[change](picture), 40)))


NOT_FOUND = {
    "cut": lambda picture: cut(picture, 0.03),
    "turned": lambda picture: picture.rotate(2),
    "mirrored": ImageOps.mirror,
    "negative": ImageOps.invert,
}


@pytest.mark.parametrize("change", NOT_FOUND)
@pytest.mark.parametrize("photo", PHOTOS[::5], ids=lambda path: path.stem)
def test_a_copy_that_was_cut_turned_or_mirrored_is_not_found(photo: object, change: str) -> None:
    picture = Image.open(photo).convert("RGB")  # type: ignore[arg-type]
    assert not are_alike(traits_of(jpeg(picture)), traits_of(jpeg(NOT_FOUND[change](picture))))


def test_no_two_photos_of_a_series_are_alike() -> None:
    traits = {path.stem: traits_of(path.read_bytes()) for path in PHOTOS}
    assert len(traits) > 10
    assert [pair for pair in combinations(traits, 2) if are_alike(traits[pair[0]], traits[pair[1]])] == []


def test_even_pictures_and_nonsense_are_like_nothing() -> None:
    even = traits_of(jpeg(Image.new("RGB", (200, 200), "tan")))
    assert not are_alike(even, even)
    assert not are_alike(b"", b"")
    assert not are_alike(b"\1" * SIDE, b"\1" * SIDE)
