"""Every widget in both themes, drawn into build/gallery to be looked at: `python gallery.py [SCALE] [SCENE …]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget  # noqa: E402

from needlejournal.journal.sessions import Severity  # noqa: E402
from needlejournal.ui import theme  # noqa: E402
from needlejournal.ui.widgets.buttons import Button, IconButton  # noqa: E402
from needlejournal.ui.widgets.fields.check_box import CheckBox  # noqa: E402
from needlejournal.ui.widgets.fields.choices import Select, SuggestField, TokenField  # noqa: E402
from needlejournal.ui.widgets.fields.date_fields import DateField, OffsetField, TimeField  # noqa: E402
from needlejournal.ui.widgets.fields.form import Form, row_of  # noqa: E402
from needlejournal.ui.widgets.fields.month_calendar import MonthCalendar  # noqa: E402
from needlejournal.ui.widgets.fields.text_fields import NumberField, SearchField, TextArea, TextField  # noqa: E402
from needlejournal.ui.widgets.frame.card import Card  # noqa: E402
from needlejournal.ui.widgets.frame.drop_zone import DropZone  # noqa: E402
from needlejournal.ui.widgets.frame.empty_state import EmptyState  # noqa: E402
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout  # noqa: E402
from needlejournal.ui.widgets.frame.notices import Banner, Toast  # noqa: E402
from needlejournal.ui.widgets.frame.page_header import PageHeader  # noqa: E402
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip  # noqa: E402
from needlejournal.ui.widgets.frame.rail import Rail, RailItem  # noqa: E402
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet  # noqa: E402
from needlejournal.ui.widgets.pickers.chips import Chip, RemovableChip, ToggleChip  # noqa: E402
from needlejournal.ui.widgets.pickers.face_map.drawing import ZoneValue  # noqa: E402
from needlejournal.ui.widgets.pickers.face_map.widget import FaceMap  # noqa: E402
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker  # noqa: E402
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl  # noqa: E402
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker  # noqa: E402
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb  # noqa: E402
from needlejournal.ui.widgets.text import Divider, Label  # noqa: E402
from needlejournal.workflows.face_map import face as face_geometry  # noqa: E402

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


def form() -> QWidget:
    """A session's form as a page would build it."""
    card = Card()
    card.resize(640, 900)
    form = Form()
    card.body.addWidget(form)
    form.add_section("When and where")
    today = date(2025, 4, 12)
    when = row_of(DateField("Date", today, today), TimeField("Time", time(14, 30)), OffsetField("Offset", -420))
    form.add("Date and time", when)
    setting = SegmentedControl("Setting", [("home", "At home"), ("clinic", "Clinic")], "clinic")
    treatment = Select("Treatment", [("m", "Micro-needling"), ("p", "Chemical peel")], "m")
    form.add("Treatment", row_of(treatment, setting, stretch=0))
    clinic = SuggestField("Clinic", ["Harbour Skin"])
    clinic.setText("Harbour Skin · Dr. Example")
    form.add("Clinic", clinic)
    length = NumberField("Length", "mm", low=0.1, high=3.5, step=0.05)
    length.set_value(1.5)
    form.add("Needle length", length, "Usual for the cheek: 0.5–2.0 mm (vendor). Studied up to 1.5 mm.")
    form.add_section("How it was")
    form.add("Pain", ScalePicker("Pain", "no pain", "worst imaginable pain", 4))
    form.add("Pinpoint bleeding", SeverityPicker("Pinpoint bleeding", Severity.MILD))
    form.add("Changed since last", TextField("Changed", "New medicine, sunburn, cold sore, pregnancy …"))
    form.add("Tags", TokenField("Tags", ["calm light", "window"], ["baseline"]))
    notes = TextArea("Notes")
    notes.set_text("Left cheek twice over the scars. Less sore than in March.")
    form.add("Notes", notes)
    form.add("", CheckBox("Used sun protection", checked=True))
    form.add("", CheckBox("No make-up for a day or two, as long as your clinic says"))
    return card


def severity() -> QWidget:
    """Severities in a narrow card, each of them chosen once."""
    card = Card("Today · day 8")
    card.resize(320, 560)
    for grade in Severity:
        card.body.addWidget(Label("Redness", "strong"))
        card.body.addWidget(SeverityPicker("Redness", grade))
    return card


def notices() -> QWidget:
    """Banners, progress, a toast."""
    window = QWidget()
    window.resize(860, 520)
    column = QVBoxLayout(window)
    column.setContentsMargins(24, 24, 24, 24)
    column.addWidget(Banner("Session 3: 12 to 26 April would suit your plan.", "info", "Open plan"))
    column.addWidget(Banner("The backup is whole.", "good", closable=True))
    column.addWidget(Banner("This journal was made by a newer version. It is open for reading.", "warning"))
    column.addWidget(Banner("The disk is full. The photos up to here are safe.", "danger", "Choose another place"))
    strip = ProgressStrip("Saving photos")
    strip.show_progress(12, 40)
    column.addWidget(strip)
    column.addWidget(SearchField("Search notes, products, clinics"))
    column.addStretch(1)
    toast = Toast(window)
    toast.show_message("The session is in the trash.", "Undo")
    return window


def empty() -> QWidget:
    """A page before anything is there."""
    state = EmptyState(
        "photos", "No photos yet", "Begin with a photo before the first session: same place, same light, hair back. "
        "You can also drop photos anywhere in this window.", "Add photos", "Look around with a sample",
    )  # fmt: skip
    state.resize(900, 520)
    return state


def photos() -> QWidget:
    """Thumbnails with rings, badge and veil, and a field to drop on."""
    card = Card("Photos of this day")
    card.resize(760, 240)
    picture = QImage(str(next((ROOT / "resources").rglob("*.jp*g"), "")))
    thumbs = [PhotoThumb("Frontal, 3 March 2025") for _ in range(2)]
    for thumb in thumbs:
        thumb.setCheckable(True)
        thumb.set_picture(picture)
    thumbs[1].setChecked(True)
    card.body.addWidget(row_of(*thumbs, DropZone("Drop photos here or choose files"), stretch=5))
    return card


def calendar() -> QWidget:
    """A month."""
    month = MonthCalendar(date(2025, 4, 12), date(2025, 4, 15))
    month.resize(month.sizeHint())
    return month


def message() -> QWidget:
    """What a fault looks like."""
    return MessageSheet("This photo could not be read", "The file ends too early. The original is safe. "
                        "You can keep it as it is, or try a copy from the camera.", "Traceback …")  # fmt: skip


def question() -> QWidget:
    """Before something final."""
    return QuestionSheet(
        "Empty the trash?", "Three sessions and 14 photos will be gone for good.", "Empty the trash", final=True
    )


@dataclass(frozen=True, slots=True)
class Zone:
    key: str
    name: str


LENGTHS = {
    "forehead": 0.5, "cheek_inner_left": 1.5, "cheek_inner_right": 1.0, "cheek_outer_left": 1.0, "chin": 0.75,
    "nasolabial_left": 1.25, "nasolabial_right": 0.75, "temple_left": 0.3, "upper_lip": 0.4, "nose": 0.25,
    "jawline_right": 0.8, "infraorbital_right": 0.25, "glabella": 0.25, "hands": 0.5,
}  # fmt: skip


def face() -> QWidget:
    """The face map: needle lengths, severities, nothing yet; large, and as small as it may be."""
    window = QWidget()
    window.resize(1360, 600)
    row = QHBoxLayout(window)
    zones = [Zone(key, key.replace("_", " ").capitalize()) for key in face_geometry().zone_keys()]
    lengths = FaceMap([*zones, Zone("hands", "Back of the hands")])
    lengths.set_values({key: ZoneValue(f"{mm:.2f}", (mm - 0.1) / 1.4) for key, mm in LENGTHS.items()})
    lengths.set_selected(["cheek_inner_left"])
    grades = FaceMap(zones, toggling=True)
    severities = zip(("cheek_inner_left", "nose", "cheek_inner_right", "chin", "forehead"), Severity, strict=True)
    grades.set_values({key: ZoneValue("", None, grade) for key, grade in severities})
    grades.set_selected(["chin", "neck"])
    small = FaceMap(zones, areas=False)
    small.findChild(IconButton).click()
    small.setFixedSize(200, 290)
    for part in (lengths, grades, small):
        card = Card("Needle length by zone")
        card.body.addWidget(part)
        row.addWidget(card)
    return window


SCENES: dict[str, Callable[[], QWidget]] = {
    scene.__name__: scene
    for scene in (frame, controls, form, severity, notices, empty, photos, calendar, message, question, face)
}


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
            widget.show()
            width = max(widget.width(), widget.minimumSizeHint().width())
            widget.resize(width, max(widget.height(), widget.heightForWidth(width), widget.minimumSizeHint().height()))
            application.processEvents()
            widget.setAutoFillBackground(True)
            widget.grab().save(str(folder / f"{name}-{mode}{'' if scale == 1 else f'-{scale:g}'}.png"))
            widget.deleteLater()


if __name__ == "__main__":
    main()
