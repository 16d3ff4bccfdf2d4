"""The chart on the screen, with its values on hover and keys, and as a file or on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.planning.progress import RatedPoint
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.progress.chart import Chart, Style, nearest, paint, plot_rect, point_of, point_words
from needlejournal.ui.tips import show_tip
from needlejournal.ui.widgets import painting, spoken

PRINT_SIZE = QSize(960, 420)
PRINT_SCALE = 2


class ChartView(QWidget):
    """Draws one chart. Arrow keys walk over the ratings and say them; `moved` tells that another one is pointed at."""

    moved = Signal()

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._hovered: RatedPoint | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Chart of {concern}").format(concern=chart.title))
        self.setAccessibleDescription("; ".join(point_words(point) for point in chart.progress.points))
        theme.on_change(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint(painter, QRectF(self.rect()), self._chart, screen_style(), self._hovered)
            if self.hasFocus():
                painting.focus_ring(painting.smooth(painter), QRectF(self.rect()), theme.RADIUS_CONTROL)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = plot_rect(QRectF(self.rect()), screen_style())
        self._hover(nearest(self._chart, plot, event.position().x(), theme.px(12)))
        show_tip(event.globalPosition().toPoint(), self.words_now(), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        points = self._chart.progress.points
        step = steps.get(Qt.Key(event.key()))
        if step is None or not points:
            super().keyPressEvent(event)
            return
        at = points.index(self._hovered) + step if self._hovered in points else 0
        self._hover(points[min(max(at, 0), len(points) - 1)])
        if self._hovered:
            self.setAccessibleDescription(point_words(self._hovered))
            spoken.say_part(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        points = self._chart.progress.points
        if self._hovered is None and points:
            self._hover(points[0])
        self.update()

    @property
    def chart(self) -> Chart:
        """What is drawn."""
        return self._chart

    def words_now(self) -> str:
        """The rating pointed at, in words; "" without one."""
        return point_words(self._hovered) if self._hovered else ""

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each rating in words."""
        plot = plot_rect(QRectF(self.rect()), screen_style())
        points = [(point, point_of(point, self._chart, plot).toPoint()) for point in self._chart.progress.points]
        return [spoken.SpokenPart(point_words(point), QRect(at - QPoint(6, 6), QSize(12, 12))) for point, at in points]

    def spoken_now(self) -> int:
        """The rating that the arrow keys are on."""
        points = self._chart.progress.points
        return points.index(self._hovered) if self._hovered in points else -1

    def stand_on(self, part: int) -> None:
        """Let the arrow keys be on another rating."""
        self._hover(self._chart.progress.points[part])

    def _hover(self, point: RatedPoint | None) -> None:
        if point != self._hovered:
            self._hovered = point
            self.update()
            self.moved.emit()


def as_image(chart: Chart) -> QImage:
    """The chart for print: on white, twice the size."""
    image = QImage(PRINT_SIZE * PRINT_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PRINT_SCALE)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        _paint_titled(painter, chart)
    return image


def as_png(chart: Chart) -> bytes:
    """The chart as a PNG file."""
    buffer = _buffer()
    as_image(chart).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def as_svg(chart: Chart) -> bytes:
    """The chart as an SVG file."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(PRINT_SIZE)
    generator.setViewBox(QRectF(0, 0, PRINT_SIZE.width(), PRINT_SIZE.height()))
    generator.setTitle(chart.title)
    with QPainter(generator) as painter:
        painter.fillRect(0, 0, PRINT_SIZE.width(), PRINT_SIZE.height(), QColor("white"))
        _paint_titled(painter, chart)
    return bytes(buffer.data().data())


def _paint_titled(painter: QPainter, chart: Chart) -> None:
    style = _print_style()
    painter.setFont(style.strong)
    painter.setPen(style.ink("ink"))
    painter.drawText(QRectF(20, 12, PRINT_SIZE.width() - 40, 24), Qt.AlignmentFlag.AlignLeft, chart.title)
    paint(painter, QRectF(10, 40, PRINT_SIZE.width() - 20, PRINT_SIZE.height() - 50), chart, style)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def screen_style() -> Style:
    """The style of the theme that is shown."""
    return Style(theme.colour, theme.font("small"), theme.font("small_strong"))


def _print_style() -> Style:
    """Always the light theme's colours, whatever is on the screen."""
    roles = theme.load_tokens("light").roles
    small, strong = QFont(theme.FAMILY), QFont(theme.FAMILY)
    small.setPixelSize(13)
    strong.setPixelSize(14)
    strong.setWeight(QFont.Weight.DemiBold)
    return Style(lambda role: QColor(roles[role]), small, strong)
