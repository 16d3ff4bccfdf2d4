"""Every widget in both themes, drawn into build/gallery to be looked at: `python gallery.py [SCALE] [SCENE …]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget  # noqa: E402

from needlejournal.ui import theme  # noqa: E402
from needlejournal.ui.widgets.buttons import Button, IconButton  # noqa: E402
from needlejournal.ui.widgets.card import Card  # noqa: E402
from needlejournal.ui.widgets.chips import Chip, RemovableChip, ToggleChip  # noqa: E402
from needlejournal.ui.widgets.flow_layout import FlowLayout  # noqa: E402
from needlejournal.ui.widgets.page_header import PageHeader  # noqa: E402
from needlejournal.ui.widgets.rail import Rail, RailItem  # noqa: E402
from needlejournal.ui.widgets.segmented import SegmentedControl  # noqa: E402
from needlejournal.ui.widgets.text import Divider, Label  # noqa: E402

PAGES = [
    RailItem("timeline", "Timeline", "timeline"),
    RailItem("photos", "Photos", "photos"),
    RailItem("compare", "Compare", "compare"),
    RailItem("effects", "Side effects", "effects"),
    RailItem("progress", "Progress", "progress"),
    RailItem("plan", "Plan", "plan"),
]
BOTTOM = [RailItem("settings", "Settings", "settings"), RailItem("lock", "Lock", "lock", page=False)]


def frame() -> QWidget:
    """The rail, a page's header and three cards."""
    window = QWidget()
    window.resize(1280, 640)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    rail = Rail("Needle Journal", PAGES, BOTTOM)
    rail.select("timeline")
    row.addWidget(rail)
    column = QVBoxLayout()
    row.addLayout(column, 1)
    header = PageHeader("Session 3", "Timeline")
    header.set_state("Saved · 14:52")
    header.add_action(Button("Same as last time"))
    header.add_action(Button("Undo", icon="undo"))
    header.add_action(Button("Done", "filled"))
    column.addWidget(header)
    page = QVBoxLayout()
    page.setContentsMargins(24, 0, 24, 24)
    page.setSpacing(theme.CARD_GAP)
    column.addLayout(page, 1)
    for tone in ("accent", "plain", "warning"):
        page.addWidget(_card(tone))
    page.addStretch(1)
    return window


def _card(tone: str) -> Card:
    card = Card("Redness came back on day 7", tone=tone)
    card.add_to_header(Label("patient's left is on the right", "small", "ink_soft").one_line())
    card.body.addWidget(Label("Moderate, after it had faded to mild on day 3, and is still there on day 8."))
    card.body.addWidget(Label("Rule: returns after fading · lasts beyond day 7 (Chu 2021)", "small", "ink_soft"))
    buttons = QWidget()
    flow = FlowLayout(buttons)
    for button in (Button("555 0142", "filled", "phone"), Button("Dismiss…"), Button("Add a product", "link", "add")):
        flow.addWidget(button)
    card.body.addWidget(buttons)
    return card


def controls() -> QWidget:
    """Buttons of every kind, chips and segments."""
    card = Card("Controls")
    card.resize(900, 420)
    for row in (_buttons(), _icons(), _chips(), _segments()):
        card.body.addWidget(row)
        card.body.addWidget(Divider())
    return card


def _flow(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for widget in widgets:
        flow.addWidget(widget)
    return holder


def _buttons() -> QWidget:
    off = Button("Not now")
    off.setEnabled(False)
    ringed = Button("Focused")
    ringed.ringed = True
    kinds = [Button(kind.capitalize(), kind, "add") for kind in ("filled", "plain", "quiet", "link", "danger")]
    return _flow(*kinds, off, ringed)


def _icons() -> QWidget:
    pressed = IconButton("pin", "Pin")
    pressed.setCheckable(True)
    pressed.setChecked(True)
    return _flow(IconButton("undo", "Undo"), IconButton("swap", "Swap", outlined=True), pressed)


def _chips() -> QWidget:
    on = ToggleChip("Micro-needling")
    on.setChecked(True)
    return _flow(
        Chip("Redness moderate", "severity_2"), Chip("Swelling none", "severity_0"), Chip("pen, 12 needles"), on,
        ToggleChip("Chemical peel"), ToggleChip("Redness", dot="severity_3"), RemovableChip("cheeks"),
    )  # fmt: skip


def _segments() -> QWidget:
    modes = [("side", "Side by side", "compare"), ("wipe", "Wipe"), ("overlay", "Overlay"), ("blink", "Blink")]
    return _flow(
        SegmentedControl("Mode", modes, "side"),
        SegmentedControl("Setting", [("home", "At home"), ("clinic", "Clinic")]),
    )


SCENES: dict[str, Callable[[], QWidget]] = {"frame": frame, "controls": controls}


def main() -> None:
    application = QApplication([])
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    wanted = sys.argv[2:] or list(SCENES)
    look = theme.Theme(application, "light", scale)
    folder = ROOT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        look.set_mode(mode)
        for name in wanted:
            widget = SCENES[name]()
            widget.ensurePolished()
            application.processEvents()
            widget.setAutoFillBackground(True)
            widget.grab().save(str(folder / f"{name}-{mode}{'' if scale == 1 else f'-{scale:g}'}.png"))
            widget.deleteLater()


if __name__ == "__main__":
    main()
