"""Thousands of broken pictures: none takes the window down, none hangs, and no broken copy is called whole.

Each is looked at as an import does it, in the process apart. What a bad copy does must be noticed where anybody would
see the change, as far as the format lets it be noticed at all; the rest is counted, not promised.
"""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from needlejournal.imaging.reading.apart import Apart
from needlejournal.imaging.reading.unreadable import Reason

pytestmark = pytest.mark.faults
SHORT, LONG = 48, 3000
SECTOR = 512
SEEN = 12.0  # a mean difference of grey levels in the worst sixteenth of the picture that anybody sees
FORMATS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90},
    "JPEG progressive": {"quality": 90, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 90},
    "HEIF": {"quality": 80},
    "TIFF": {"compression": "tiff_lzw"},
}


def scene() -> Image.Image:
    """A picture with as much in it as a photo has, flat parts and noise."""
    noise = np.random.default_rng(3).integers(0, 60, (240, 320, 3))
    steps = np.linspace(0, 180, 320).astype(int)[None, :, None]
    picture = (noise + steps).astype(np.uint8)
    picture[50:110, 50:150] = (200, 150, 120)
    return Image.fromarray(picture)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    pillow_heif.register_heif_opener()
    found = {}
    for name, options in FORMATS.items():
        file = io.BytesIO()
        scene().save(file, name.split(" ", maxsplit=1)[0], **options)
        found[name] = file.getvalue()
    return found


def flipped(body: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 20))):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def head_changed(body: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        body[chance.randrange(min(700, len(body)))] = chance.randrange(256)


def cut(body: bytearray, chance: random.Random) -> None:
    del body[int(len(body) * chance.uniform(0.02, 0.97)) :]


def _run(fill: Callable[[random.Random, int], bytes]) -> Callable[[bytearray, random.Random], None]:
    def run(body: bytearray, chance: random.Random) -> None:
        at = chance.randrange(1, max(2, len(body) // SECTOR - 8)) * SECTOR
        size = SECTOR * chance.choice((1, 2, 8))
        body[at : at + size] = fill(chance, len(body[at : at + size]))

    return run


def taken_out(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body))
    del body[at : at + chance.choice((1, 16, SECTOR))]


def put_in(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body))
    body[at:at] = chance.randbytes(chance.choice((1, 16, SECTOR)))


MUTATIONS: dict[str, Callable[[bytearray, random.Random], None]] = {
    "cut": cut,
    "zeros": _run(lambda _chance, size: bytes(size)),
    "unwritten": _run(lambda _chance, size: b"\xff" * size),
    "another sector": _run(lambda chance, size: chance.randbytes(size)),
    "flipped bits": flipped,
    "head": head_changed,
    "taken out": taken_out,
    "put in": put_in,
}
# What is promised: these never pass for whole where anybody would see the change. A HEIC or WebP in which coded pixels
# became other coded pixels decodes to something, and nothing in the file tells.
NOTICED = {
    "cut": set(FORMATS),
    "zeros": set(FORMATS),
    "unwritten": {"JPEG", "PNG", "HEIF", "TIFF"},
    "another sector": {"JPEG", "PNG", "TIFF"},
    "flipped bits": {"PNG"},
    "put in": {"JPEG", "PNG", "TIFF"},
    "taken out": {"PNG", "WEBP", "HEIF", "TIFF"},
    "head": {"PNG"},
}


def mutants(whole: dict[str, bytes], many: int) -> Iterator[tuple[str, str, int, bytes]]:
    """Formats and mutations in turn, each with its seed."""
    pairs = [(name, mutation) for name in FORMATS for mutation in MUTATIONS]
    for seed in range(many):
        name, mutation = pairs[seed % len(pairs)]
        body = bytearray(whole[name])
        MUTATIONS[mutation](body, random.Random(seed))
        yield name, mutation, seed, bytes(body)


def pixels(jpeg: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("L").resize((320, 240)), dtype=float)


def differs(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    """Whether anybody would see it: by the worst of sixteen parts."""
    apart = np.abs(one - other).reshape(4, 60, 4, 80).mean(axis=(1, 3))
    return bool(apart.max() > SEEN)


def test_no_broken_picture_crashes_hangs_or_passes_for_whole(
    whole: dict[str, bytes], thorough: bool, tried: Callable[[str, int], None]
) -> None:
    apart = Apart()
    right: dict[str, np.ndarray[Any, Any]] = {}
    for name, body in whole.items():
        looked = apart.look(body)
        assert looked.previews and looked.previews.damage is None
        right[name] = pixels(looked.previews.proxy_jpeg)
    unbearable, silent = [], Counter[tuple[str, str]]()
    many = LONG if thorough else SHORT
    for name, mutation, seed, body in mutants(whole, many):
        looked = apart.look(body)
        if looked.failure:
            if looked.failure.reason is Reason.UNBEARABLE:
                unbearable.append((name, mutation, seed))
        elif looked.previews and not looked.previews.damage:
            silent[name, mutation] += differs(right[name], pixels(looked.previews.proxy_jpeg))
    apart.close()
    tried("broken pictures", many)
    for (name, mutation), times in silent.items():
        tried(f"visibly changed without a word: {name}, {mutation}", times)
    assert unbearable == []
    assert not [(name, mutation) for (name, mutation), times in silent.items() if times and name in NOTICED[mutation]]
