"""What pictures cost, as ratios to a plain way measured in the same run."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import piexif
import pytest
import simplejpeg
from PIL import Image, ImageOps

from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.inspection import inspect
from needlejournal.imaging.reading.pixels import BufferPool
from needlejournal.imaging.reading.previews import THUMBNAIL_SIDE, make_previews
from needlejournal.imaging.reading.resizing import build_levels

pytestmark = pytest.mark.benchmark


def photo(width: int, height: int, orientation: int = 1) -> bytes:
    """A photo-like JPEG: soft shapes, skin-like texture and sensor noise, as cameras write it (4:2:0, quality 92)."""
    dice, side = np.random.default_rng(7), 1008
    tile = np.full((side, side, 3), 128, np.float32)
    for cells, strength in ((6, 60), (40, 25), (400, 12)):
        coarse = dice.normal(0, strength, (cells, cells, 3)).astype(np.float32)
        tile += cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    tile += dice.normal(0, 5, (side, side, 1)).astype(np.float32)
    times = -(-height // side), -(-width // side), 1
    array = np.tile(np.clip(tile, 0, 255).astype(np.uint8), times)[:height, :width]
    data = simplejpeg.encode_jpeg(np.ascontiguousarray(array), 92, "BGR", "420")
    out = io.BytesIO()
    piexif.insert(piexif.dump({"0th": {piexif.ImageIFD.Orientation: orientation}}), data, out)
    return out.getvalue()


@pytest.mark.skipif(shutil.which("vipsthumbnail") is None, reason="vipsthumbnail, the yardstick, is not installed")
def test_importing_costs_little_more_than_vips_takes_for_thumbnails(costs, tmp_path):
    data, count = photo(4032, 3024), 6
    files = [tmp_path / f"{number}.jpg" for number in range(count)]
    for file in files:
        file.write_bytes(data)

    def ours() -> None:
        for file in files:
            original = file.read_bytes()
            hashlib.sha256(original).digest()
            hashlib.sha256(original).digest()  # once more after writing
            inspect(original)
            make_previews(original)

    vips = costs.process(["vipsthumbnail", "--size", "512", "-o", f"{tmp_path}/t_%s.jpg", *files]).cpu
    mine = costs.cpu(ours, 3)
    costs.ratio("12 MP: hash, EXIF, previews and proxy / vipsthumbnail", mine / count, vips / count, at_most=1.1)


def test_decoding_as_small_as_a_thumbnail_costs_a_third_of_decoding_in_full(costs):
    data = photo(4032, 3024)
    naive = costs.cpu(lambda: Image.open(io.BytesIO(data)).resize((512, 384), Image.Resampling.LANCZOS).tobytes())
    small = costs.cpu(lambda: decode_small(data, THUMBNAIL_SIDE))
    costs.ratio("12 MP: decoded small / decoded in full", small, naive, at_most=0.35)


def test_inspecting_costs_next_to_nothing_beside_decoding_small(costs):
    data = photo(4032, 3024)
    small = costs.cpu(lambda: decode_small(data, THUMBNAIL_SIDE))
    costs.ratio("12 MP: inspect / decoded small", costs.cpu(lambda: inspect(data), 20), small, at_most=0.05)


@pytest.mark.parametrize("orientation", [1, 6])
def test_decoding_in_full_with_levels_is_cheaper_than_pillows_bare_decoding(costs, orientation):
    data, pool = photo(6000, 4000, orientation), BufferPool()
    plain = costs.cpu(lambda: ImageOps.exif_transpose(Image.open(io.BytesIO(data))).load(), 3)
    ours = costs.cpu(lambda: build_levels(decode_upright(data, pool=pool)), 3)
    costs.ratio(f"24 MP, orientation {orientation}: pixels and levels / Pillow", ours, plain, at_most=0.9)


# VmHWM rather than ru_maxrss, which begins with what the parent held.
TWO_LARGE = """
import sys, threading
from pathlib import Path
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.resizing import build_levels
from needlejournal.imaging.reading.pixels import BufferPool
data, pool, shown = Path(sys.argv[1]).read_bytes(), BufferPool(), []
workers = [threading.Thread(target=lambda: shown.append(decode_upright(data, pool=pool))) for _ in range(2)]
for worker in workers: worker.start()
for worker in workers: worker.join()
levels = [build_levels(pixels) for pixels in shown]
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("orientation", [1, 6])
def test_two_photos_of_48_megapixels_stay_below_700_megabytes(costs, tmp_path, orientation):
    file = tmp_path / "large.jpg"
    file.write_bytes(photo(8064, 6048, orientation))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "ignore", "-c", TWO_LARGE, str(file)]
    peak = int(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout) / 1024
    costs.at_most(f"two 48 MP photos with levels, orientation {orientation}: peak", peak, 700, "MB")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_stays_flat_over_many_previews(costs):
    data = photo(4032, 3024)

    def resident() -> int:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))

    after = []
    for _ in range(3):
        for _ in range(12):
            make_previews(data)
        after.append(resident())
    costs.at_most("12 MP: memory more after 36 previews than after 12", (after[-1] - after[0]) / 1024, 8, "MB")
