"""What the hand does on the stage, told as zooming and panning: wheel, touch pad, pinch. Knows no photo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui.compare.view.viewport import STEP

NOTCH = 120.0


@frozen
class Zoomed:
    """Zoom by `factor` about `at`."""

    factor: float
    at: QPointF


@frozen
class Panned:
    """Move what is shown by `by` pixels."""

    by: QPointF
    at: QPointF


def read_wheel(event: QWheelEvent) -> Zoomed | Panned:
    """A wheel zooms; two fingers on a touch pad pan, and zoom with Ctrl held."""
    pad = event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchPad
    wants_zoom = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if pad and not wants_zoom and not event.pixelDelta().isNull():
        return Panned(QPointF(event.pixelDelta()), event.position())
    turned = event.angleDelta().y() or event.angleDelta().x()
    return Zoomed(STEP ** (turned / NOTCH), event.position())


def read_gesture(event: QEvent, widget: QWidget) -> Zoomed | None:
    """A pinch on a touch pad or a touch screen; None for any other gesture."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            return Zoomed(1 + event.value(), event.position())
        return None
    if isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            return Zoomed(pinch.scaleFactor(), QPointF(widget.mapFromGlobal(pinch.centerPoint().toPoint())))
    return None
