"""What stands around the content: rail, header, cards, notices, sheets, thumbnails, drop places, layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QCursor,
    QDragEnterEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from needlejournal.ui import theme, tips
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.drop_zone import Dropped, DropVeil, DropZone, dropped_paths
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.frame.notices import Banner, Toast
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.progress_strip import ProgressBar, ProgressStrip
from needlejournal.ui.widgets.frame.rail import Rail, RailItem
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea, own_viewport
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet
from needlejournal.ui.widgets.painting import cover_rect
from needlejournal.ui.widgets.pickers.chips import Chip, ToggleChip
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb, ThumbLook, paint_thumb
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.sign import Sign
from needlejournal.ui.widgets.text import ElidedLabel, Label

PAGES = [RailItem("timeline", "Timeline", "timeline"), RailItem("photos", "Photos", "photos")]
LOCK = RailItem("lock", "Lock", "lock", page=False)


def _button(widget: QWidget, text: str) -> Pressable:
    return next(button for button in widget.findChildren(Pressable) if button.text() == text)


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail("Needle Journal", PAGES, [LOCK])
    qtbot.addWidget(rail)
    rail.show()
    return rail


def test_the_rail_leads_to_a_page_and_tells_only_a_persons_choice(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rail.chosen):
        rail.select("timeline")
    with qtbot.waitSignal(rail.chosen):
        _button(rail, "Photos").click()
    assert rail.current() == "photos"


def _mouse_comes(button: Pressable) -> None:
    """The mouse comes; that it left what it was on before is not told, as when a menu lay over that."""
    middle = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(middle, middle, QPointF(button.mapToGlobal(middle))))


@pytest.fixture
def still(qapp: QApplication) -> Iterator[None]:
    """Nothing moves: shades are there at once."""
    look = qapp.findChild(theme.Theme) or theme.Theme(qapp, "light", 1.0)
    moved = theme.motion_ms() > 0
    look.set_reduced_motion(True)
    yield
    look.set_reduced_motion(not moved)


@pytest.mark.usefixtures("still")
def test_one_entry_at_most_has_the_shade_of_the_mouse(rail: Rail) -> None:
    timeline, photos = _button(rail, "Timeline"), _button(rail, "Photos")
    _mouse_comes(timeline)
    _mouse_comes(photos)
    assert (timeline.glow.value, photos.glow.value) == (0.0, 1.0)


@pytest.mark.usefixtures("still")
def test_an_entry_below_a_sheet_or_left_when_a_menu_closes_loses_the_shade(rail: Rail, qtbot: QtBot) -> None:
    photos = _button(rail, "Photos")
    _mouse_comes(photos)
    QCursor.setPos(rail.mapToGlobal(QPoint(rail.width() + 200, rail.height() + 200)))
    QApplication.sendEvent(photos, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.PopupFocusReason))
    assert photos.glow.value == 0.0
    sheet = QuestionSheet("Title", "Sentence", "Do it", rail)
    sheet.open()
    _mouse_comes(photos)
    assert photos.glow.value == 0.0
    sheet.reject()
    _mouse_comes(photos)
    assert photos.glow.value == 1.0


def test_an_action_of_the_rail_leaves_the_page(rail: Rail, qtbot: QtBot) -> None:
    rail.select("photos")
    with qtbot.waitSignal(rail.acted) as told:
        _button(rail, "Lock").click()
    assert told.args == [LOCK]
    assert rail.current() == "photos"


def test_enter_presses_as_well_as_space(qtbot: QtBot) -> None:
    button = Button("Done", "filled")
    qtbot.addWidget(button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(button, key)


def test_a_ring_shows_where_the_keyboard_is_and_not_where_the_mouse_was(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    buttons = [Button("Undo"), Button("Done")]
    for button in buttons:
        column.addWidget(button)
    with qtbot.waitActive(holder):
        holder.show()
    buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    assert buttons[1].ringed
    buttons[0].setFocus(Qt.FocusReason.MouseFocusReason)
    assert not buttons[0].ringed
    assert not buttons[1].ringed


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_words_fit_their_buttons_at_any_text_size(qtbot: QtBot, look: theme.Theme, scale: float) -> None:
    look.set_text_scale(scale)
    for widget in (Button("Same as last time"), Button("Export", icon="export"), ToggleChip("Swelling")):
        qtbot.addWidget(widget)
        assert widget.sizeHint().width() >= widget.text_size().width()
        assert widget.sizeHint().height() >= widget.text_size().height()


def test_an_icon_alone_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("swap", "Swap the photos")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Swap the photos"


def test_actions_go_below_the_title_where_the_page_is_narrow(qtbot: QtBot) -> None:
    header = PageHeader("Session 3", "Timeline")
    qtbot.addWidget(header)
    done = header.add_action(Button("Done", "filled"))
    header.add_action(Button("Same as last time"))
    title = header.findChild(ElidedLabel)
    header.show()

    def below_the_title() -> bool:
        return done.mapTo(header, QPoint()).y() >= title.geometry().bottom()

    header.resize(900, 60)
    qtbot.waitUntil(lambda: not below_the_title())
    header.resize(360, 120)
    qtbot.waitUntil(below_the_title)


def test_the_way_back_is_pressed(qtbot: QtBot) -> None:
    header = PageHeader("Session 3", "Timeline")
    qtbot.addWidget(header)
    back = _button(header, "Timeline ›")
    assert back.accessibleName() == "Back to Timeline"
    with qtbot.waitSignal(header.back):
        back.click()


def test_a_page_scrolls_up_and_down_only(qtbot: QtBot) -> None:
    area = ScrollArea()
    qtbot.addWidget(area)
    card = Card("Notes")
    card.body.addWidget(Label("word " * 400))
    area.column().addWidget(card)
    area.resize(300, 200)
    area.show()
    QApplication.processEvents()
    assert area.widget().width() <= area.viewport().width()
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0


def test_rows_of_a_flow_never_overlap_or_leave_their_width(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=6)
    chips = [Chip("x" * (3 + 5 * (n % 4))) for n in range(14)]
    for chip in chips:
        flow.addWidget(chip)
    for width in (200, 340, 900):
        holder.resize(width, flow.heightForWidth(width))
        holder.show()
        boxes = [chip.geometry() for chip in chips]
        assert all(box.right() < width for box in boxes)
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert max(box.bottom() for box in boxes) < flow.heightForWidth(width)
    assert flow.takeAt(99) is None


def test_a_form_stacks_its_labels_where_it_is_narrow(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    field = Button("Field")
    form.add("Clinic", field)
    label = form.findChild(Label)
    form.resize(700, 100)
    form.show()
    assert field.x() > label.x()
    form.resize(300, 140)
    QApplication.processEvents()
    assert field.y() > label.y()


def test_words_stay_beside_the_first_line_when_a_warning_comes_and_goes(qtbot: QtBot) -> None:
    form, chosen = Form(), QWidget()
    qtbot.addWidget(form)
    field, warning = Button("Micro-needling"), Label("Not on broken skin.", "small", "warning")
    column = QVBoxLayout(chosen)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(field)
    column.addWidget(warning)
    warning.hide()
    form.add("Treatment", chosen)
    words = next(label for label in form.findChildren(Label) if label.text() == "Treatment")
    form.resize(600, 200)
    form.show()

    def beside() -> bool:
        text = words.contentsRect().translated(words.mapTo(form, QPoint()))
        return abs(text.center().y() - field.geometry().translated(chosen.pos()).center().y()) <= 1

    for shown in (True, False, True):
        warning.setVisible(shown)
        qtbot.waitUntil(beside)


def test_a_box_wraps_its_words_and_answers_yes_or_no(qtbot: QtBot) -> None:
    box = CheckBox("No make-up for a day or two, as long as your clinic says")
    qtbot.addWidget(box)
    assert box.heightForWidth(180) > box.heightForWidth(900)
    with qtbot.waitSignal(box.toggled):
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_a_banner_says_acts_and_closes(qtbot: QtBot) -> None:
    banner = Banner("The disk is full.", "danger", "Choose another place", closable=True)
    qtbot.addWidget(banner)
    banner.show()
    with qtbot.waitSignal(banner.acted):
        _button(banner, "Choose another place").click()
    with qtbot.waitSignal(banner.closed):
        banner.findChild(IconButton).click()
    assert not banner.isVisible()
    banner.set_text("There is room again.", "good")
    assert banner.accessibleName() == "There is room again."


def test_a_toast_offers_undo_and_stays_within_its_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    toast = Toast(window)
    toast.show_message("The session is in the trash.", "Undo")
    qtbot.waitUntil(lambda: window.rect().contains(toast.geometry()))
    window.resize(500, 200)
    qtbot.waitUntil(lambda: window.rect().contains(toast.geometry()))
    with qtbot.waitSignal(toast.acted):
        _button(toast, "Undo").click()
    assert not toast.isVisible()


def test_progress_is_said_in_words_and_can_be_stopped(qtbot: QtBot) -> None:
    strip = ProgressStrip("Saving photos")
    qtbot.addWidget(strip)
    strip.show_progress(12, 40)
    assert strip.findChild(ProgressBar).accessibleDescription() == "30 %"
    cancel = _button(strip, "Cancel")
    with qtbot.waitSignal(strip.cancelled):
        cancel.click()
    assert not cancel.isEnabled()
    strip.show_progress(0, None, "Looking for photos")
    assert strip.findChild(ProgressBar).fraction() is None
    strip.reset("Once more")
    assert cancel.isEnabled()


def test_details_of_a_fault_can_be_copied(qtbot: QtBot) -> None:
    sheet = MessageSheet("Something went wrong", "Your photos are safe.", "Traceback")
    qtbot.addWidget(sheet)
    sheet.open()
    details = sheet.findChild(QPlainTextEdit)
    assert not details.isVisible()
    _button(sheet, "Show details").click()
    assert details.isVisible()
    _button(sheet, "Copy details").click()
    assert QGuiApplication.clipboard().text() == "Traceback"
    with qtbot.waitSignal(sheet.accepted):
        _button(sheet, "Close").click()


def test_what_is_final_waits_for_a_button_that_names_it(qtbot: QtBot) -> None:
    sheet = QuestionSheet("Empty the trash?", "They will be gone for good.", "Empty the trash", final=True)
    qtbot.addWidget(sheet)
    sheet.open()
    with qtbot.waitSignal(sheet.rejected):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    sheet.open()
    with qtbot.waitSignal(sheet.accepted):
        _button(sheet, "Empty the trash").click()


def test_an_empty_page_offers_what_to_do_first(qtbot: QtBot) -> None:
    state = EmptyState("photos", "No photos yet", "Begin with one.", "Add photos", "Look around")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.acted):
        _button(state, "Add photos").click()
    with qtbot.waitSignal(state.acted_second):
        _button(state, "Look around").click()


def _dragged(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def _enter(data: QMimeData) -> QDragEnterEvent:
    none = Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)


def _drop(data: QMimeData) -> QDropEvent:
    none = Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)


def test_photos_are_dropped_on_the_field(qtbot: QtBot) -> None:
    zone = DropZone("Drop photos here or choose files")
    qtbot.addWidget(zone)
    data = _dragged("/tmp/a b.jpg", "/tmp/ü.heic")
    zone.dragEnterEvent(_enter(data))
    with qtbot.waitSignal(zone.dropped) as told:
        zone.dropEvent(_drop(data))
    assert told.args == [Dropped((Path("/tmp/a b.jpg"), Path("/tmp/ü.heic")))]


def test_photos_are_dropped_anywhere_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    veil = DropVeil(window, "Drop photos to add them")
    data = _dragged("/tmp/a.jpg")
    assert not veil.isVisible()
    QApplication.sendEvent(window, _enter(data))
    assert veil.geometry() == window.rect()
    with qtbot.waitSignal(veil.dropped):
        veil.dropEvent(_drop(data))
    assert not veil.isVisible()


def test_only_local_files_count_as_dropped() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg"), QUrl.fromLocalFile("/tmp/b.jpg")])
    assert dropped_paths(data) == Dropped((Path("/tmp/b.jpg"),))


@pytest.mark.parametrize("size", [(400, 300), (300, 400), (50, 900), (106, 132)])
def test_a_picture_is_cropped_and_never_stretched(size: tuple[int, int]) -> None:
    where = QRectF(0, 0, 106, 132)
    part = cover_rect(size, where)
    assert part.width() / part.height() == pytest.approx(where.width() / where.height())
    assert QRectF(0, 0, *size).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(part)
    assert part.width() == pytest.approx(size[0]) or part.height() == pytest.approx(size[1])


def _drawn(look: ThumbLook, picture: QImage | None) -> QImage:
    image = QImage(100, 120, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_thumb(painter, QRectF(0, 0, 100, 120), picture, look, QColor("#abcdef"))
    painter.end()
    return image


def test_a_photo_not_loaded_yet_shows_its_own_average_colour() -> None:
    assert _drawn(ThumbLook(), None).pixelColor(50, 60) == QColor("#abcdef")


def test_a_veiled_photo_shows_no_detail() -> None:
    checks = QImage(200, 240, QImage.Format.Format_RGB32)
    checks.fill(QColor("white"))
    painter = QPainter(checks)
    for x in range(0, 200, 20):
        painter.fillRect(x, 0, 10, 240, QColor("black"))
    painter.end()
    sharp = {_drawn(ThumbLook(), checks).pixelColor(x, 60).value() for x in range(20, 80)}
    veiled = {_drawn(ThumbLook(veiled=True), checks).pixelColor(x, 60).value() for x in range(20, 80)}
    assert max(sharp) - min(sharp) > 200
    assert max(veiled) - min(veiled) < 90


def test_a_thumbnail_reads_out_what_it_shows(qtbot: QtBot) -> None:
    thumb = PhotoThumb("Frontal, 3 March 2025", QSize(80, 100))
    qtbot.addWidget(thumb)
    assert thumb.accessibleName() == "Frontal, 3 March 2025"


def test_a_line_too_long_ends_in_dots_and_keeps_its_whole_text(qtbot: QtBot) -> None:
    label = ElidedLabel("Session 3 with a very long title")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    label.set_text("Another")
    assert label.accessibleName() == label.toolTip() == label.text() == "Another"


def test_a_name_in_a_tooltip_is_shown_letter_for_letter(qtbot: QtBot) -> None:
    name = "<img src='/etc/hostname'> & more\nsecond line"
    label = ElidedLabel(name)
    qtbot.addWidget(label)
    document = QTextDocument()
    document.setHtml(label.toolTip())
    assert document.toPlainText() == name
    assert "<img" not in label.toolTip()


def test_tooltips_are_given_in_one_place_only() -> None:
    ui = Path(tips.__file__).parent
    ways = re.compile(r"\.setToolTip\(|QToolTip")
    assert {path.name for path in ui.rglob("*.py") if ways.search(path.read_text("utf-8"))} == {"tips.py"}


def test_a_row_of_a_form_is_hidden_with_its_words(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    holder = form.add("Clinic", Button("Field"), "Small print")
    form.show()
    form.show_row(holder, shown=False)
    assert not any(label.isVisible() for label in form.findChildren(Label))
    form.show_row(holder, shown=True)
    assert all(label.isVisible() for label in form.findChildren(Label))


def test_a_message_waits_while_the_keyboard_is_on_its_button(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 300)
    window.show()
    window.activateWindow()
    toast = Toast(window)
    toast.show_message("In the trash.", "Undo", seconds=0.05)
    action = next(button for button in toast.findChildren(QAbstractButton) if button.text() == "Undo")
    action.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(action.hasFocus)
    assert not any(timer.isActive() for timer in toast.findChildren(QTimer))
    action.clearFocus()
    assert any(timer.isActive() for timer in toast.findChildren(QTimer))


def test_what_the_keyboard_goes_to_is_brought_into_view(qtbot: QtBot) -> None:
    area = ScrollArea()
    qtbot.addWidget(area)
    for number in range(40):
        area.column().addWidget(QPushButton(f"Button {number}"))
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    last = area.findChildren(QPushButton)[-1]
    last.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())


def test_long_text_scrolls_by_keys(qtbot: QtBot) -> None:
    area = ScrollArea().read_by_keyboard()
    qtbot.addWidget(area)
    area.column().addWidget(Label("word " * 2000))
    area.resize(300, 200)
    area.show()
    area.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_long_text_shows_that_the_keyboard_is_there(qtbot: QtBot) -> None:
    area = ScrollArea().read_by_keyboard()
    qtbot.addWidget(area)
    area.column().addWidget(Label("word " * 2000))
    area.resize(300, 200)
    area.show()
    area.activateWindow()

    def ringed() -> bool:
        line = area.grab().toImage().pixelColor(area.width() // 2, 0)
        return line == theme.colour("focus")

    for reason, seen in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        area.clearFocus()
        area.setFocus(reason)
        qtbot.waitUntil(area.hasFocus)
        assert ringed() == seen
        area.clearFocus()
        assert not ringed()


def test_the_sign_of_a_message_follows_the_theme(qtbot: QtBot, look: theme.Theme) -> None:
    sheet = MessageSheet("Not saved", "The disk is full.")
    qtbot.addWidget(sheet)
    sheet.open()
    (sign,) = sheet.findChildren(Sign)
    before = sign.pixmap().toImage()
    look.set_mode("dark")
    fresh = Sign("warning", 28, "warning")
    assert sign.pixmap().toImage() == fresh.pixmap().toImage() != before
    look.set_mode("light")


def test_a_list_that_follows_the_mouse_follows_it_over_its_own_viewport(qtbot: QtBot) -> None:
    tiles = QListView()
    qtbot.addWidget(tiles)
    tiles.setMouseTracking(True)
    own_viewport(tiles)
    assert tiles.viewport().hasMouseTracking()
