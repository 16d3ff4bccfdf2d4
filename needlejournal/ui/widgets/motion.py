"""Movement: one eased value between two states, at once where the person asked for less motion."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from needlejournal.ui import theme


class Easing(QObject):
    """A value that eases towards a target and calls `repaint` on the way: 0 at rest, 1 when hovered or shown."""

    def __init__(self, repaint: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._repaint = repaint
        self._value = 0.0
        self._animation: QVariantAnimation | None = None

    @property
    def value(self) -> float:
        """Where it is now, 0 to 1."""
        return self._value

    def aim(self, target: float) -> None:
        """Ease to `target`, or jump there when nothing should move."""
        duration = theme.motion_ms()
        if duration == 0:
            self._take(target)
            return
        animation = self._animation or self._made()
        animation.stop()
        animation.setDuration(duration)
        animation.setStartValue(self._value)
        animation.setEndValue(float(target))
        animation.start()

    def _made(self) -> QVariantAnimation:
        animation = QVariantAnimation(self)
        animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        animation.valueChanged.connect(self._take)
        self._animation = animation
        return animation

    def _take(self, value: float) -> None:
        self._value = float(value)
        self._repaint()
