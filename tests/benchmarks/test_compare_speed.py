"""The comparison beside QGraphicsView with QPixmap, and its frames: in CPU, on pictures made for it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView
from pytestqt.qtbot import QtBot

from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.imaging.reading.pixels import BufferPool
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.imaging.reading.resizing import build_levels
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.modes.overlay import Overlay
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.modes.strip import Strip
from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.layers import Level, Picture, Placement, aligned, alone, level_of
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.compare.view.stage import Stage

pytestmark = pytest.mark.benchmark
PAIR_SIZE = (6000, 4000)
ROOM = (900, 620)
TILTED = ((0.95, -0.08, 120.0), (0.08, 0.95, -60.0))


def photograph(size: tuple[int, int], seed: int) -> bytes:
    """A JPEG with as much detail as a photo: noise at several scales."""
    random = np.random.default_rng(seed)
    whole = np.zeros((size[1], size[0], 3), np.float32)
    for side in (12, 60, 300, 1500):
        part = Image.fromarray(random.integers(0, 256, (side, side, 3), np.uint8)).resize(
            size, Image.Resampling.BICUBIC
        )
        whole += np.asarray(part, np.float32) / 4
    out = io.BytesIO()
    Image.fromarray(whole.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.fixture(scope="module")
def originals() -> tuple[bytes, bytes]:
    """Two JPEGs of 24 megapixels."""
    return photograph(PAIR_SIZE, 1), photograph(PAIR_SIZE, 2)


@pytest.fixture(scope="module")
def proxies(originals: tuple[bytes, bytes]) -> list[bytes]:
    """What the journal keeps for them."""
    return [make_previews(data).proxy_jpeg for data in originals]


def picture_of(data: bytes, size: tuple[int, int], pool: BufferPool | None = None) -> Picture:
    """The picture as the page has it once these bytes are decoded."""
    levels = build_levels(decode_upright(data, pool=pool))
    return Picture(QSizeF(*size), QColor("grey"), tuple(level_of(pixels) for pixels in levels))


def stage_with(pictures: list[Picture], placements: list[Placement], mode: Mode, qtbot: QtBot) -> Stage:
    stage = Stage(mode)
    qtbot.addWidget(stage)
    stage.resize(*ROOM)
    stage.show()
    caption = Caption("Day 42", "19 April 2025, 10:20", "after session 1")
    shots = zip(range(1, 100), pictures, placements, strict=False)
    stage.set_shots(tuple(Shot(n, picture, placement, caption) for n, picture, placement in shots))
    return stage


def paint(stage: Stage) -> Callable[[], None]:
    """Draw the whole stage as the screen would."""
    target = QImage(stage.size(), QImage.Format.Format_RGB32)

    def draw() -> None:
        painter = QPainter(target)
        stage.looking.mode.paint(painter, stage.looking.area, stage.looking.scene(moving=True))
        painter.end()

    return draw


def panning(stage: Stage) -> list[Callable[[], None]]:
    """Sixty frames of dragging and zooming about."""
    draw = paint(stage)
    middle = QPointF(ROOM[0] / 4, ROOM[1] / 2)
    stage.looking.zoom(3, middle)

    def frame(number: int) -> None:
        stage.looking.zoom(1.03 if number % 20 < 10 else 1 / 1.03, middle)
        stage.looking.pan(QPointF(7 if number % 30 < 15 else -7, 3), middle)
        draw()

    return [lambda number=number: frame(number) for number in range(60)]  # type: ignore[misc]


def test_two_stored_previews_on_screen(proxies: list[bytes], costs: Any, qtbot: QtBot) -> None:
    thumbnails = [make_previews(data).thumbnail_jpeg for data in proxies]
    stage = stage_with([], [], SideBySide(), qtbot)

    def show() -> None:
        images = [QImage.fromData(data).convertToFormat(QImage.Format.Format_RGB32) for data in thumbnails]
        pictures = [Picture(QSizeF(*PAIR_SIZE), QColor("grey"), (Level(image),)) for image in images]
        caption = Caption("Day 42", "19 April 2025")
        stage.set_shots(tuple(Shot(n, one, alone(one.size), caption) for n, one in enumerate(pictures)))
        paint(stage)()

    costs.frame("two stored previews on screen", costs.cpu(show), at_most=9.4)


def test_a_pair_of_24_megapixels_sharp_at_fit(
    originals: tuple[bytes, bytes], proxies: list[bytes], costs: Any, qtbot: QtBot
) -> None:
    pool = BufferPool()
    stage = stage_with([], [], SideBySide(), qtbot)

    def ours() -> None:
        pictures = [picture_of(data, PAIR_SIZE, pool) for data in proxies]
        stage.set_shots(tuple(Shot(n, one, alone(one.size), Caption("", "")) for n, one in enumerate(pictures)))
        scene = stage.looking.scene()
        cell = stage.looking.mode.cell_of(0, stage.looking.area, scene)
        assert scene.shots[0].picture.sharp_at(scene.shots[0].picture_to_cell(scene.viewport, cell).m11())
        paint(stage)()

    def theirs() -> None:
        for data in originals:
            scene = QGraphicsScene()
            scene.addPixmap(QPixmap.fromImage(QImage.fromData(data))).setTransformationMode(
                Qt.TransformationMode.SmoothTransformation
            )
            view = QGraphicsView(scene)
            view.resize(ROOM[0] // 2, ROOM[1])
            view.fitInView(scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QImage(view.size(), QImage.Format.Format_RGB32)
            painter = QPainter(target)
            view.render(painter)
            painter.end()
            view.deleteLater()

    costs.ratio("pair of 24 MP sharp at fit / QGraphicsView", costs.cpu(ours, 3), costs.cpu(theirs, 3), at_most=0.30)


def test_a_pair_of_24_megapixels_decoded_in_full(originals: tuple[bytes, bytes], costs: Any) -> None:
    pool = BufferPool()
    ours = costs.cpu(lambda: [picture_of(data, PAIR_SIZE, pool) for data in originals], 3)
    theirs = costs.cpu(lambda: [QPixmap.fromImage(QImage.fromData(data)) for data in originals], 3)
    costs.ratio("pair of 24 MP, every pixel and level / QPixmap", ours, theirs, at_most=1.3)


@pytest.fixture(scope="module")
def pair(originals: tuple[bytes, bytes]) -> list[Picture]:
    """Both photos, every pixel."""
    return [picture_of(data, PAIR_SIZE) for data in originals]


def test_a_frame_while_panning_and_zooming(pair: list[Picture], costs: Any, qtbot: QtBot) -> None:
    stage = stage_with(pair, [alone(one.size) for one in pair], SideBySide(), qtbot)
    costs.frame("frame while panning and zooming, p95", costs.p95(panning(stage)), at_most=4.7)


def test_a_frame_while_panning_aligned(pair: list[Picture], costs: Any, qtbot: QtBot) -> None:
    placements = [alone(pair[0].size), aligned(TILTED, pair[0].size)]
    stage = stage_with(pair, placements, SideBySide(), qtbot)
    costs.frame("frame while panning aligned, p95", costs.p95(panning(stage)), at_most=7.6)


def test_a_frame_of_the_overlay(pair: list[Picture], costs: Any, qtbot: QtBot) -> None:
    placements = [alone(pair[0].size), aligned(TILTED, pair[0].size)]
    stage = stage_with(pair, placements, Overlay(), qtbot)
    costs.frame("frame while panning the overlay, p95", costs.p95(panning(stage)), at_most=9.4)


def test_a_frame_with_matched_colours(pair: list[Picture], costs: Any, qtbot: QtBot) -> None:
    placements = [alone(pair[0].size), aligned(TILTED, pair[0].size)]
    stage = stage_with(pair, placements, SideBySide(), qtbot)
    tables = bytes(value for value in range(256) for _ in range(3))
    stage.set_shots(
        tuple(replace(shot, tables=tables if n else b"") for n, shot in enumerate(stage.looking.scene().shots))
    )
    costs.frame("frame while panning, colour matched, p95", costs.p95(panning(stage)), at_most=9.4)


def test_a_strip_of_twelve(proxies: list[bytes], costs: Any, qtbot: QtBot) -> None:
    pictures = [picture_of(proxies[number % 2], PAIR_SIZE) for number in range(12)]
    placements = [alone(pictures[0].size), *(aligned(TILTED, pictures[0].size) for _ in range(11))]
    stage = stage_with(pictures, placements, Strip(), qtbot)
    costs.frame("frame of a strip of twelve, p95", costs.p95(panning(stage)), at_most=9.8)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_for_two_photos_of_48_megapixels(costs: Any, tmp_path: Path) -> None:
    tile = np.asarray(Image.open(io.BytesIO(photograph((2000, 1500), 3))))
    paths = [tmp_path / f"{number}.jpg" for number in range(2)]
    for path in paths:
        Image.fromarray(np.tile(tile, (4, 4, 1))).save(path, quality=92)
    done = subprocess.run([sys.executable, "-c", _DECODE, *map(str, paths)], capture_output=True, check=True, text=True)
    costs.at_most("peak memory for two photos of 48 MP", int(done.stdout) / 1000, 700, "MB")


# A child's ru_maxrss begins with what its parent held; the kernel's high-water mark does not.
_DECODE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.imaging.reading.resizing import build_levels
from needlejournal.imaging.reading.pixels import BufferPool
pool = BufferPool()
kept = [build_levels(decode_upright(Path(path).read_bytes(), pool=pool)) for path in sys.argv[1:]]
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line))
"""


def test_the_box_that_is_seen_is_all_that_is_drawn(pair: list[Picture], costs: Any, qtbot: QtBot) -> None:
    """A frame costs the same at 1:1 as at fit: only what is visible is touched."""
    stage = stage_with(pair, [alone(one.size) for one in pair], SideBySide(), qtbot)
    fit = costs.cpu(paint(stage))
    stage.looking.actual_size(QPointF(200, 200))
    close = costs.cpu(paint(stage))
    costs.ratio("frame at 1:1 / frame at fit", close, fit, at_most=2.0)
    assert QRectF(stage.rect()).contains(stage.looking.area)
