"""How the face is drawn: tints, lines, values, selection and focus, for a widget or a page of print. No events here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen, QTransform

from needlejournal.journal.frozen import frozen
from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.theme import mix
from needlejournal.workflows import face_map as geometry
from needlejournal.workflows.face_map import Curve

# Filled shapes among the lines, and how strongly they are filled.
_SHAPES = {"brow_shape": 0.62, "lip_shape": 0.13}


@frozen
class ZoneValue:
    """What is written into a zone: short `text`, and its tint: a severity, or `strength` 0 to 1 of the accent."""

    text: str = ""
    strength: float | None = None
    severity: Severity | None = None


@frozen
class FaceState:
    """Everything the drawing depends on."""

    values: Mapping[str, ZoneValue] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()
    hovered: str | None = None
    focused: str | None = None
    mirrored: bool = False


@frozen
class _Paths:
    zones: dict[str, QPainterPath]
    behind: dict[str, list[QPainterPath]]
    lines: dict[str, list[QPainterPath]]
    head: QPainterPath
    throat: QPainterPath


def to_path(curve: Curve, *, closed: bool = False) -> QPainterPath:
    """A curve as Qt draws it."""
    path = QPainterPath(QPointF(*curve.start))
    for first, second, end in curve.steps:
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    if closed:
        path.closeSubpath()
    return path


@cache
def _paths() -> _Paths:
    face = geometry.face()
    zones = {zone.key: to_path(zone.outline, closed=True) for zone in face.zones}
    below = {"submental", "neck", "chest"}
    head, throat = QPainterPath(), zones["submental"].united(zones["neck"])
    for key in zones.keys() - below:
        head = head.united(zones[key])
    return _Paths(
        zones,
        {name: _shapes(curves) for name, curves in face.behind.items()},
        {
            name: _shapes(curves) if name in _SHAPES else [to_path(curve) for curve in curves]
            for name, curves in face.lines.items()
        },
        head,
        throat,
    )


def _shapes(curves: tuple[Curve, ...]) -> list[QPainterPath]:
    """Both halves of a filled shape as one, so that no seam shows where they meet."""
    one, other = (to_path(curve, closed=True) for curve in curves)
    return [one.united(other)]


def zone_path(key: str) -> QPainterPath:
    """The outline of a zone in the face's own units."""
    return _paths().zones[key]


def placed(where: QRectF, *, mirrored: bool) -> QTransform:
    """From the face's units into `where`, as large as fits, in its middle; x turned round when `mirrored`."""
    face = geometry.face()
    scale = min(where.width() / face.width, where.height() / face.height)
    transform = QTransform.fromTranslate(where.center().x(), where.center().y() - face.height * scale / 2)
    return transform.scale(-scale if mirrored else scale, scale)


def tint(value: ZoneValue | None) -> QColor | None:
    """The fill of a zone with this value; None where there is nothing to tint by."""
    if value is None:
        return None
    if value.severity is not None:
        return theme.colour(f"severity_{value.severity.value}")
    if value.strength is None:
        return None
    part = min(1.0, max(0.0, value.strength))
    return mix(theme.colour("accent_ground"), theme.colour("accent"), 0.06 + 0.84 * part)


def paint_face(painter: QPainter, where: QRectF, state: FaceState) -> None:
    """Draw the face into `where`."""
    transform = placed(where, mirrored=state.mirrored)
    scale = abs(transform.m11())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setTransform(transform, True)
    _paint_behind(painter)
    for key in _paths().zones:
        _paint_zone(painter, key, state, scale)
    _paint_shade(painter)
    _paint_lines(painter)
    for key in sorted(state.selected & _paths().zones.keys()):  # body areas may be chosen too, and lie elsewhere
        _ring(painter, key, theme.colour("accent"), scale)
    if state.focused:
        _ring(painter, state.focused, theme.colour("ink"), scale)
    painter.restore()
    _paint_values(painter, state, transform)


def _paint_behind(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for name, role in (("crown", "face_cap"), ("ear", "face_skin")):
        painter.setBrush(theme.colour(role))
        for path in _paths().behind[name]:
            painter.drawPath(path)


def _paint_zone(painter: QPainter, key: str, state: FaceState, scale: float) -> None:
    chosen, tinted = key in state.selected, tint(state.values.get(key))
    fill = tinted or theme.colour("accent_ground" if chosen else "face_skin")
    if key == state.hovered:
        fill = mix(fill, theme.colour("accent"), 0.16)
    painter.setBrush(fill)
    plain = tinted is None and not chosen
    edge = theme.colour("face_edge", 0.75 if plain else 1.0)
    painter.setPen(QPen(edge, (1.5 if plain else 2.0) / scale))
    painter.drawPath(_paths().zones[key])


def _paint_shade(painter: QPainter) -> None:
    """The roundness of the head: a breath of shade towards the sides and below the chin."""
    painter.setPen(Qt.PenStyle.NoPen)
    dark, clear = theme.colour("face_shade", 0.13), theme.colour("face_shade", 0.0)
    across = QLinearGradient(-97, 0, 97, 0)
    for place, shade in ((0.0, dark), (0.26, clear), (0.74, clear), (1.0, dark)):
        across.setColorAt(place, shade)
    painter.setBrush(across)
    painter.drawPath(_paths().head)
    down = QLinearGradient(0, 272, 0, 345)
    down.setColorAt(0.0, theme.colour("face_shade", 0.22))
    down.setColorAt(1.0, clear)
    painter.setBrush(down)
    painter.drawPath(_paths().throat)


_FAINT = {"lid_crease", "nose_ridge", "philtrum", "ear_inner", "tendon", "clavicle", "chin_crease", "nose_tip"}


def _paint_lines(painter: QPainter) -> None:
    ink = theme.colour("face_line")
    for name, paths in _paths().lines.items():
        if name in _SHAPES:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("face_line", _SHAPES[name]))
        else:
            ink.setAlphaF(0.26 if name in _FAINT else 0.78)
            painter.setPen(QPen(ink, 1.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        for path in paths:
            painter.drawPath(path)


def _ring(painter: QPainter, key: str, line: QColor, scale: float) -> None:
    """A ring with a pale edge at both sides, so that it shows on any tint."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((theme.colour("face_edge"), 5.6), (line, 2.6)):
        painter.setPen(QPen(ink, width / scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, _ROUND))
        painter.drawPath(_paths().zones[key])


_ROUND = Qt.PenJoinStyle.RoundJoin


def _paint_values(painter: QPainter, state: FaceState, transform: QTransform) -> None:
    scale = abs(transform.m11())
    if scale < 0.55:
        return
    font = theme.font("small")
    font.setPixelSize(round(min(font.pixelSize(), max(9.5, 11.5 * scale))))
    font.setWeight(font.Weight.Medium)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for zone in geometry.face().zones:
        value = state.values.get(zone.key)
        if value is None or not value.text:
            continue
        middle = transform.map(QPointF(*zone.place))
        words = QRectF(0, 0, metrics.horizontalAdvance(value.text), metrics.ascent() + metrics.descent())
        words.moveCenter(middle)
        ground, on_zone = tint(value) or theme.colour("face_skin"), _fits(zone.key, words, transform)
        if theme.contrast(theme.ink_on(ground), ground) < theme.least_contrast():
            ground, on_zone = theme.colour("card"), False
        if not on_zone:
            painter.setPen(QPen(theme.colour("face_edge"), 1.2))
            painter.setBrush(ground)
            painter.drawRoundedRect(words.adjusted(-4, -1, 4, 1), 6, 6)
        painter.setPen(theme.ink_on(ground))
        painter.drawText(words.adjusted(-6, 0, 6, 0), Qt.AlignmentFlag.AlignCenter, value.text)


def _fits(key: str, words: QRectF, transform: QTransform) -> bool:
    return transform.map(_paths().zones[key]).contains(words.adjusted(-2, 1, 2, -1))
