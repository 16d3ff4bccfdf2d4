"""Words that we paint ourselves stand out from what they are painted on, in each theme.

Each page is painted without its words, which shows the ground alone, and it is noted where each word would come and in
which ink. Contrast as in WCAG 2.2, 1.4.3 and 1.4.6: 4.5, and 7 in the themes for more contrast; large text 3 and 4.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui import theme
from needlejournal.ui.workspace import Workspace
from tests.ui.sample_window import PAGES, sample_window, turn_to

LARGE_PX = 24  # 18 points, or 14 bold, count as large (WCAG 2.2)
LARGE_BOLD_PX = 18.7
BOLD = 600
SAMPLES = 7  # places across and down a word where its ground is looked at
GROUND = 0.9  # part of the places that must stand out: an edge or a line may cross a word


class Word(NamedTuple):
    """A word on a picture: where, its ink as it is painted, and whether it counts as large."""

    text: str
    where: QRectF
    ink: QColor
    large: bool


@pytest.fixture(scope="module")
def sample(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample in a usual window."""
    with sample_window(qapp, tmp_path_factory.mktemp("contrast")) as made:
        yield made


@pytest.fixture(scope="module", params=["light", "dark", "light_contrast", "dark_contrast"])
def look(request: pytest.FixtureRequest, sample: Workspace) -> Iterator[str]:
    """A theme, as a person and their system ask for it."""
    shown = theme.current_theme()
    mode, _, more = request.param.partition("_")
    with pytest.MonkeyPatch.context() as patch:
        if more:
            asked = Qt.ContrastPreference.HighContrast
            patch.setattr(shown, "_accessibility", SimpleNamespace(contrastPreference=lambda: asked))
        shown.set_mode(mode)
    yield request.param
    shown.set_mode("light")


def words_on(page: QWidget) -> tuple[list[Word], QImage]:
    """All words that the page paints, and the page without them."""
    found: list[Word] = []

    def noting(painter: QPainter, *given: object) -> None:
        text = next((one for one in given if isinstance(one, str)), "")
        ink = QColor(painter.pen().color())
        ink.setAlphaF(ink.alphaF() * painter.opacity())
        font = painter.fontInfo()
        large = font.pixelSize() >= (LARGE_BOLD_PX if font.weight() >= BOLD else LARGE_PX)
        if text.strip():
            where = painter.deviceTransform().mapRect(_place(painter, text, given))
            found.append(Word(text, where, ink, large))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", noting)
        ground = page.grab().toImage()
    return found, ground


def _place(painter: QPainter, text: str, given: tuple[object, ...]) -> QRectF:
    """Where a word comes, by any of the ways it is painted."""
    room = next((QRectF(one) for one in given if isinstance(one, QRect | QRectF)), None)
    metrics = QFontMetricsF(painter.font())
    if room is None:
        at = next((QPointF(one) for one in given if hasattr(one, "x")), None) or QPointF(*given[:2])  # type: ignore[call-overload]
        return metrics.boundingRect(text).translated(at)
    flags = next((one for one in given if isinstance(one, int | Qt.AlignmentFlag | Qt.TextFlag)), 0)
    return metrics.boundingRect(room, int(flags), text).intersected(room)


def _opaque(ink: QColor) -> QColor:
    return QColor(ink.rgb())


def weakest(word: Word, ground: QImage) -> float:
    """The contrast that most of a word has at least; infinite where it is out of sight."""
    ratios = []
    for across in range(SAMPLES):
        for down in range(SAMPLES):
            at = word.where.topLeft() + QPointF(
                (across + 0.5) * word.where.width() / SAMPLES, (down + 0.5) * word.where.height() / SAMPLES
            )
            if ground.rect().contains(at.toPoint()):
                behind = ground.pixelColor(at.toPoint())
                ratios.append(theme.contrast(theme.mix(behind, _opaque(word.ink), word.ink.alphaF()), behind))
    return sorted(ratios)[int(len(ratios) * (1 - GROUND))] if ratios else float("inf")


@pytest.mark.parametrize("name", PAGES)
def test_every_painted_word_stands_out(name: str, look: str, sample: Workspace, qtbot: QtBot) -> None:
    words, ground = words_on(turn_to(sample, name, qtbot))
    more = look.endswith("_contrast")
    faint = set()
    for word in words:
        wanted = (4.5 if more else 3) if word.large else (7 if more else 4.5)
        if (has := weakest(word, ground)) < wanted:
            where = word.where.toRect().getRect()
            faint.add(f"{word.text[:40]!r} {word.ink.name()} has {has:.1f} of {wanted} at {where}")
    assert not faint, "\n".join(sorted(faint))


def test_a_faint_word_is_found() -> None:
    ground = QImage(100, 40, QImage.Format.Format_RGB32)
    ground.fill(QColor("#808080"))
    where = QRectF(10, 10, 60, 20)
    assert weakest(Word("faint", where, QColor(255, 255, 255, 128), large=False), ground) < 3
    assert weakest(Word("plain", where, QColor("#000000"), large=False), ground) > 4.5
