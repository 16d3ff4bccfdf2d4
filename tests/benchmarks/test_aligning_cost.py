"""What automatic alignment costs beside decoding the two photos of 12 megapixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from needlejournal import paths
from needlejournal.imaging.aligning.automatic import align
from needlejournal.imaging.aligning.patches import sight
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import load_models
from needlejournal.imaging.reading.arrays import as_array, from_array
from needlejournal.imaging.reading.decoding import decode_upright

pytestmark = pytest.mark.benchmark


def large(name: str) -> bytes:
    """A photo of the sample at 12 megapixels, with a sensor's noise."""
    path = paths.resources() / "sample" / "photos" / f"{name}.jpg"
    small = np.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))
    picture = cv2.resize(small, (3024, 4032), interpolation=cv2.INTER_CUBIC).astype(float)
    noisy = np.clip(picture + np.random.default_rng(1).normal(0, 7, picture.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "JPEG", quality=92)
    return out.getvalue()


def test_aligning_a_pair_of_faces_of_12_megapixels(costs: Any) -> None:
    data = [large(name) for name in ("2025-07-12_frontal", "2025-09-06_frontal")]
    pictures = [decode_upright(one) for one in data]
    assert align(*pictures).confident
    decoding = costs.wall(lambda: [decode_upright(one) for one in data])
    costs.ratio(
        "aligning two faces of 12 MP / decoding the two", costs.wall(lambda: align(*pictures)), decoding, at_most=1.5
    )
    both_cores(costs, "aligning two faces", data, lambda: align(*pictures), at_most=3.0)
    mirrored = from_array(np.ascontiguousarray(as_array(pictures[1])[:, ::-1]))
    assert not align(pictures[0], mirrored).confident
    asked = costs.wall(lambda: align(pictures[0], mirrored))
    costs.ratio("the same, the mirror image asked for / decoding the two", asked, decoding, at_most=1.5)
    sights = [sight(one) for one in pictures]
    before, after = (read_face(one, load_models()) for one in sights)
    kept = costs.wall(lambda: align(*sights, before_reading=before, after_reading=after))
    costs.ratio("the same, faces read after import / decoding the two", kept, decoding, at_most=1.0)


def test_aligning_a_pair_of_close_ups_of_12_megapixels(costs: Any) -> None:
    data = [large(name) for name in ("2025-07-12_closeup_left_cheek", "2025-09-06_closeup_left_cheek")]
    pictures = [decode_upright(one) for one in data]
    decoding = costs.wall(lambda: [decode_upright(one) for one in data])
    ours = costs.wall(lambda: align(*pictures, method="close-up"))
    costs.ratio("aligning two close-ups of 12 MP / decoding the two", ours, decoding, at_most=1.5)
    both_cores(costs, "aligning two close-ups", data, lambda: align(*pictures, method="close-up"), at_most=4.0)


def both_cores(costs: Any, name: str, data: list[bytes], work: Callable[[], object], *, at_most: float) -> None:
    """Note the CPU time of all threads as well: OpenCV shares the work out, which what passes does not show."""
    decoding = costs.cpu(lambda: [decode_upright(one) for one in data])
    costs.ratio(f"{name} of 12 MP, CPU of all cores / decoding the two", costs.cpu(work), decoding, at_most=at_most)
