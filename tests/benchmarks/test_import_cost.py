"""What the whole import costs: looking, hashing, the durable copy, reading back, previews, proxy, rows."""

from __future__ import annotations

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

from needlejournal import paths
from needlejournal.imaging.reading.apart import workers
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import create_journal
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.photos_in.scanning import Glimpsed, KnownPhotos, scan
from needlejournal.workflows.progress import Unattended
from tests.benchmarks.test_aligning_cost import large

pytestmark = pytest.mark.benchmark

COUNT = 6
MEGABYTE = 1_000_000


def photo(width: int, height: int) -> bytes:
    """A photo-like JPEG with a date: soft shapes, skin-like texture and sensor noise."""
    dice = np.random.default_rng(7)
    array = np.full((height, width, 3), 128, np.float32)
    for cells, strength in ((12, 60), (90, 25), (700, 12)):
        coarse = dice.normal(0, strength, (cells, cells, 3)).astype(np.float32)
        array += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    array += dice.normal(0, 5, (height, width, 1)).astype(np.float32)
    return dated(simplejpeg.encode_jpeg(np.clip(array, 0, 255).astype(np.uint8), 92, "BGR", "420"))


def dated(data: bytes) -> bytes:
    """The same with the date on which a camera would have taken it."""
    out = io.BytesIO()
    piexif.insert(piexif.dump({"Exif": {piexif.ExifIFD.DateTimeOriginal: "2025:03:08 16:40:23"}}), data, out)
    return out.getvalue()


def put(folder: Path, data: bytes, count: int) -> list[Path]:
    """Files of one picture that differ in their last bytes, which no decoder looks at."""
    folder.mkdir()
    files = [folder / f"{number:03}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(data + number.to_bytes(4, "big"))
    return files


def cpu_of_workers() -> float:
    """CPU seconds of the processes that decode, which are none of this one's."""
    running = [worker._process for worker in workers._workers if worker._process]
    stats = [Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split() for process in running]
    return sum(int(ticks) for stat in stats for ticks in stat[11:13]) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(shutil.which("vipsthumbnail") is None, reason="vipsthumbnail, the yardstick, is not installed")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the CPU of workers is read where Linux tells it")
@pytest.mark.parametrize("of", ["soft shapes", "a face"])
def test_an_import_of_12_megapixels_beside_vips_making_thumbnails(costs, tmp_path, of):
    data = photo(4032, 3024) if of == "soft shapes" else dated(large("2025-09-06_frontal"))
    files = put(tmp_path / "card", data, COUNT)
    catalogue = load_catalogue(paths.resources())
    rounds = iter(range(99))

    def ours() -> None:
        journal = create_journal(tmp_path / f"{next(rounds)}.needlejournal")
        done = import_all(journal, look(journal, files, catalogue))
        assert len(done.saved) == COUNT
        journal.close()

    vips = costs.process(["vipsthumbnail", "--size", "512", "-o", f"{tmp_path}/t_%s.jpg", *files]).cpu
    ours()  # the first starts the worker process
    before = cpu_of_workers()
    mine = costs.cpu(ours, 3) + (cpu_of_workers() - before) / 4  # a first round, and three
    name = f"12 MP of {of}: the whole import of a photo / vipsthumbnail"
    costs.ratio(name, mine / COUNT, vips / COUNT, at_most=1.2)


class UntilPreviews(Unattended):
    """Watches a scan, and stops it after its names (none), or after so many previews."""

    def __init__(self, previews: int) -> None:
        self._wanted = previews
        self._told = -1

    @property
    def cancelled(self) -> bool:  # type: ignore[override]
        return self._told >= self._wanted

    def report(self, progress: object, /) -> None:
        self._told += isinstance(progress, Glimpsed)


def test_names_and_first_previews_of_a_folder_of_2000_photos(costs, tmp_path):
    """Names in two seconds would be 217 times the reference of 9.2 ms, the first previews in one second 108 times."""
    big, small = photo(4032, 3024), photo(160, 120)
    put(tmp_path / "card", small, 2_000)
    for number in range(6):
        (tmp_path / "card" / f"{number:03}.jpg").write_bytes(big + number.to_bytes(4, "big"))
    workers.look(big, None)  # the first starts the worker process

    def scanned(previews: int) -> None:
        scan([tmp_path / "card"], KnownPhotos({}), control=UntilPreviews(previews), look=workers.look)

    costs.work("names of a folder of 2,000 photos", costs.wall(lambda: scanned(0), 3), at_most=20)
    costs.work("and its first 6 previews, of 12 MP", costs.wall(lambda: scanned(6), 3), at_most=108)


# What wait4 tells of a child's memory begins with that of its parent; the program's own high mark begins at zero.
IMPORT = """
import re, sys
from pathlib import Path
from needlejournal import cli
code = cli.main(["import", f"{sys.argv[1]}.needlejournal", sys.argv[1]])
Path(sys.argv[2]).write_text(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the high mark of memory is read where Linux tells it"
)
def test_memory_stays_flat_over_500_photos(costs, tmp_path):
    data = photo(1600, 1200)
    memory = []
    for name, count in (("few", 50), ("many", 500)):
        put(tmp_path / name, data, count)
        told = tmp_path / f"{name}.txt"
        subprocess.run([sys.executable, "-c", IMPORT, tmp_path / name, told], check=True, stdout=subprocess.DEVNULL)
        memory.append(int(told.read_text()) * 1024)
    costs.at_most("memory of an import of 50 photos", memory[0] / MEGABYTE, 200, "MB")
    costs.at_most("memory that 450 more photos add to an import", (memory[1] - memory[0]) / MEGABYTE, 20, "MB")
