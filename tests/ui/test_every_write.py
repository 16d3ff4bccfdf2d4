"""Every place of the app that writes, driven against a disk that refuses: nothing is called done that is not.

The list is checked against the source: a new call of `write` needs a scene here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from random import Random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store import create_journal
from needlejournal.ui.compare.alignments import Alignments, AlignmentWish
from needlejournal.ui.compare.blind_review import BlindReview
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.panel.declare_sheet import DeclareSheet
from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet
from needlejournal.ui.destinations import EditDay, EditSession, ShowPhotos
from needlejournal.ui.importing.for_later import ForLater
from needlejournal.ui.importing.saving import Saving
from needlejournal.ui.keeping import Keeping
from needlejournal.ui.page import Page
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.panels.day_entries import DayEntries
from needlejournal.ui.panels.today_panel import TodayLine, TodayPanel
from needlejournal.ui.photos import PhotosPage
from needlejournal.ui.plan import PlanPage
from needlejournal.ui.plan.editor import CourseEditor
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.progress.rate_card import RateCard
from needlejournal.ui.report.wish_cards import QuestionsCard
from needlejournal.ui.session import Saying
from needlejournal.ui.settings.archive_card import ArchiveCard
from needlejournal.ui.settings.bringing_back_sheet import BringingBackSheet
from needlejournal.ui.trash import TrashPage
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.text_fields import TextArea, TextField
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.writing import DayPage, SessionPage
from needlejournal.workflows.archives.archiving import export_archive
from needlejournal.workflows.comparison import comparing
from needlejournal.workflows.photos_in.importing import look
from needlejournal.workflows.safekeeping.backing_up import back_up
from needlejournal.workflows.safekeeping.bringing_back import versions_at
from tests.ui import person
from tests.ui.refusing import (
    DAYS,
    REFUSALS,
    Act,
    Stage,
    at,
    content,
    functions_that_call,
    named,
    press,
    refused,
    relents,
)
from tests.workflows.pictures import jpeg as dated_jpeg

__all__ = ["at"]  # a fixture
TODAY = date(2025, 4, 22)
WORDS = "sore at the temple"
FIRST_DAY = "1 January 2025"


def plan(at: Stage) -> Course:
    written = at.opened.write("Plan", lambda journal: journal.courses.save(Course(title="Face", starts=DAYS[0])))
    assert written
    return written.value


def type_note(page: Page, field: TextArea, at: Stage) -> Act:
    def act() -> None:
        at.qtbot.keyClicks(field, WORDS)
        page.leave()

    return act


def note_of_day(at: Stage) -> Act:
    page = at.page(DayPage)
    page.arrive(EditDay(TODAY))
    return type_note(page, named(page, TextArea, "Note"), at)


def note_of_session(at: Stage) -> Act:
    page = at.page(SessionPage)
    page.arrive(EditSession(1))
    return type_note(page, named(page, TextArea, "Notes"), at)


def trash_session(at: Stage) -> Act:
    page = at.page(SessionPage)
    page.arrive(EditSession(1))
    return partial(press, page, "Move this session to the trash")


def confirm_alignment(at: Stage) -> Act:
    before, after = at.photos[:2]
    alignments = Alignments(at.opened, AlignmentWish(), at.parent())
    alignments.keep_by_hand(before, after, PAIRS)
    found = alignments.of(before, after)
    at.opened.undo()
    at.patch.setattr(alignments, "of", lambda *_: found)
    return lambda: alignments.confirm(before, after)


PAIRS = [((10.0, 10.0), (12.0, 11.0)), ((200.0, 300.0), (204.0, 303.0))]


def align_by_hand(at: Stage) -> Act:
    alignments = Alignments(at.opened, AlignmentWish(), at.parent())
    return lambda: alignments.keep_by_hand(*at.photos[:2], PAIRS)


def forget_alignment(at: Stage) -> Act:
    alignments = Alignments(at.opened, AlignmentWish(), at.parent())
    alignments.keep_by_hand(*at.photos[:2], PAIRS)
    return lambda: alignments.forget_kept(*at.photos[:2], AlignmentWish())


def review_blindly(at: Stage) -> Act:
    parent = at.parent()
    series = comparing.series_of(at.opened.journal, at.opened.catalogue, at.opened.calendar, at.photos[0].id)
    sheet = BlindReview(at.opened, series, Alignments(at.opened, AlignmentWish(), parent), parent, Random(1))
    return partial(press, sheet, "No difference")


def declare(at: Stage) -> Act:
    sheet = DeclareSheet(at.opened, at.photos[:2], at.parent())
    sheet.findChildren(SegmentedControl)[0].set_value("no")
    return partial(press, sheet, "Save")


def give_reason(at: Stage) -> Act:
    sheet = ReasonSheet(at.opened, (at.photos[0].id, at.photos[1].id), at.parent())
    sheet.open()
    sheet.findChildren(TextArea)[0].set_text(WORDS)
    return partial(press, sheet, "Keep the reason")


def compare(at: Stage) -> ComparePage:
    page = ComparePage(at.opened, lambda _destination: None, Preferences())
    at.show(page)
    at.by_hand.run()
    return page


def follow_spot(at: Stage) -> Act:
    page = compare(at)
    page.tools.follow_spot()
    page.tools.box.mode_of_box.box = QRectF(0.4, 0.5, 0.2, 0.1)
    return partial(press, page.tools.box, "Follow this spot")


def corrected(at: Stage) -> ComparePage:
    follow_spot(at)()
    page = at.opened.parent() or compare(at)
    assert isinstance(page, ComparePage)
    (spot,) = at.opened.journal.spots.all()
    page.tools.show_spot(spot)
    return page


def move_spot(page: ComparePage, at: Stage) -> None:
    page.tools.spot.strip.centres[at.photos[1].id] = (0.3, 0.3)
    page.tools.spot.strip.moved = at.photos[1].id
    page.tools.spot.follow()


def correct_spot(at: Stage) -> Act:
    page = corrected(at)
    return lambda: move_spot(page, at)


def put_spot_back(at: Stage) -> Act:
    page = corrected(at)
    move_spot(page, at)
    return partial(press, page.tools.spot, "Cancel")


def remove_spot(at: Stage) -> Act:
    page = corrected(at)
    return partial(press, page.tools.spot, "Remove spot")


def bring_photos(at: Stage) -> Act:
    source = at.folder / "new.jpg"
    source.write_bytes(dated_jpeg(7))
    found = look(at.opened.journal, [source], at.opened.catalogue)
    saving = Saving(at.opened, found.items, (), ForLater(at.opened, at.parent()))
    saving.ended.connect(lambda done: at.told.extend(done.failed))
    saving.start()
    return at.by_hand.run


def put_card_aside(at: Stage) -> Act:
    effect = SideEffect(TODAY, "cold_sore", Severity.MILD)
    at.opened.write("Note", lambda journal: journal.side_effects.save(effect))
    panel = at.show(TodayPanel(at.opened, lambda _destination: None))
    (card, *_) = panel.findChildren(ClinicCardView)
    press(card, "Put aside…")
    reason = next(f for f in card.findChildren(TextField) if f.accessibleName() == "Reason")
    reason.setText(WORDS)
    return partial(press, reason.window(), "Put aside")


def rate_symptom(at: Stage) -> Act:
    entries = at.show(DayEntries(at.opened))
    field = entries.findChildren(QAbstractButton)
    return lambda: next(b for b in field if "Redness" in b.accessibleName() and "Mild" in b.accessibleName()).click()


def take_over(at: Stage) -> Act:
    entries = at.show(DayEntries(at.opened))
    return lambda: next(b for b in entries.findChildren(QAbstractButton) if b.text().startswith("Same as")).click()


def nothing_to_note(at: Stage) -> Act:
    entries = at.show(DayEntries(at.opened))
    return lambda: next(b for b in entries.findChildren(CheckBox) if b.text() == "No side effects").click()


def photos_page(at: Stage) -> Page:
    page = at.page(PhotosPage)
    page.arrive(ShowPhotos(at.photos[0].id))
    at.by_hand.run()
    return page


def note_of_photo(at: Stage) -> Act:
    page = photos_page(at)
    return type_note(page, named(page, TextArea, "Note"), at)


def view_of_photo(at: Stage) -> Act:
    return partial(person.choose_key, photos_page(at), "View", "oblique_left")


def clock_of_photos(at: Stage) -> Act:
    page = photos_page(at)
    press(page, "The camera’s clock was wrong…")

    def act() -> None:
        person.write(page, "Right date", FIRST_DAY)
        person.press(page, "Move 1 photo")

    return act


def trash_photo(at: Stage) -> Act:
    return partial(press, photos_page(at), "Move to the trash")


def tick(at: Stage) -> Act:
    page = at.page(PlanPage)
    return lambda: next(b for b in page.findChildren(CheckBox) if b.text() == "Keep out of the sun").click()


def edit_plan(at: Stage) -> Act:
    course = plan(at)
    editor = at.show(CourseEditor(at.opened))
    editor.edit(course, ())
    field = named(editor, TextArea, "Notes")

    def act() -> None:
        at.qtbot.keyClicks(field, WORDS)
        editor.leave()

    return act


def trash_plan(at: Stage) -> Act:
    course = plan(at)
    editor = at.show(CourseEditor(at.opened))
    editor.edit(course, ())
    return partial(press, editor, "Move this plan to the trash")


def rate(at: Stage) -> Act:
    card = at.show(RateCard(at.opened, lambda _destination: None))
    name = card.findChildren(ScalePicker)[0].accessibleName()
    return partial(person.press, card, f"{name}: 3")


def restore(at: Stage) -> Act:
    at.opened.write("Trash", lambda journal: journal.photos.trash(at.photos[0].id))
    card = at.page(TrashPage)
    return lambda: next(b for b in card.findChildren(QAbstractButton) if b.text() == "Restore").click()


def purge(at: Stage) -> Act:
    at.opened.write("Trash", lambda journal: journal.photos.trash(at.photos[0].id))
    card = at.page(TrashPage)
    press(card, "Empty trash…")
    (sheet,) = card.findChildren(QuestionSheet)
    return partial(press, sheet, "Delete for good")


def trash_card(at: Stage) -> Act:
    from needlejournal.ui.models.timeline_model import TimelineModel
    from needlejournal.ui.timeline import card_commands

    model = TimelineModel(at.opened, at.parent())
    content = next(c for row in range(model.rowCount()) if (c := model.content(row)) and c.is_session)
    return lambda: card_commands.trash_card(at.opened, content, -1)


def ask_clinic(at: Stage) -> Act:
    parent = at.parent()
    keeping = Keeping(at.opened, parent, lambda: "Questions")
    card = QuestionsCard(at.opened, keeping, parent)
    state = QLabel(parent)
    state.show()
    keeping.said.connect(lambda words, _warning: state.setText(words))
    card.show()
    field = named(card, TextArea, "Questions for my clinic")

    def act() -> None:
        at.qtbot.keyClicks(field, WORDS)
        keeping.leave()

    return act


def nothing_today(at: Stage) -> Act:
    line = at.show(TodayLine(at.opened, lambda _destination: None))
    return lambda: press(line, "No side effects today")


def take_in(at: Stage) -> Act:
    other = at.folder / "Other.needlejournal"
    archive = at.folder / "Other.zip"
    if not archive.exists():
        with closing(create_journal(other, "Other")) as journal:
            with journal.step("Note"):
                journal.side_effects.save(SideEffect(DAYS[0], "swelling", Severity.MILD))
            export_archive(journal, archive, at.opened.catalogue)
    card = at.show(ArchiveCard(at.opened))
    at.patch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(archive), ""))

    def act() -> None:
        press(card, "Import such a file…")
        at.by_hand.run()
        at.told.extend(label.text() for label in card.findChildren(QLabel) if "Nothing" in label.text())

    return act


def bring_back(at: Stage) -> Act:
    """A day note that was deleted, out of a backup."""
    journal = at.opened.journal
    at.opened.write("Note", lambda journal: journal.day_notes.save(DayNote(TODAY, WORDS)))
    back_up(journal.backup_source(), at.folder / "disk", at.opened.clock())
    note = journal.day_notes.of_day(TODAY)
    assert note
    at.opened.write("Delete", lambda journal: journal.day_notes.trash(note.id))
    versions = versions_at(at.folder / "disk", journal.backup_source())
    sheet = at.show(BringingBackSheet(at.opened, at.folder / "disk", versions, at.parent()))
    at.by_hand.run()

    def act() -> None:
        (box,) = sheet.findChildren(CheckBox)
        box.setChecked(True)
        press(sheet, "Bring 1 thing back")
        at.by_hand.run()
        at.told.extend(label.text() for label in sheet.findChildren(QLabel) if "Nothing" in label.text())

    return act


SCENES: dict[tuple[str, str], Callable[[Stage], Act]] = {
    ("compare/alignments.py", "confirm"): confirm_alignment,
    ("compare/alignments.py", "keep_by_hand"): align_by_hand,
    ("compare/alignments.py", "forget_kept"): forget_alignment,
    ("compare/blind_review.py", "_keep"): review_blindly,
    ("compare/panel/declare_sheet.py", "_save"): declare,
    ("compare/panel/reason_sheet.py", "_save"): give_reason,
    ("compare/tools/spot_bars.py", "follow"): correct_spot,
    ("compare/tools/spot_bars.py", "_put_back"): put_spot_back,
    ("compare/tools/spot_bars.py", "_remove"): remove_spot,
    ("compare/tools/tools.py", "_use_box"): follow_spot,
    ("importing/saving.py", "_record"): bring_photos,
    ("keeping.py", "write"): note_of_day,
    ("panels/clinic_card.py", "_dismiss"): put_card_aside,
    ("panels/day_entries.py", "_save"): rate_symptom,
    ("panels/day_entries.py", "_take_over"): take_over,
    ("panels/day_entries.py", "_write_nothing"): nothing_to_note,
    ("photos/chosen_photos.py", "_move"): clock_of_photos,
    ("panels/today_panel.py", "_write_nothing"): nothing_today,
    ("photos/details.py", "_keep_notes"): note_of_photo,
    ("photos/details.py", "_write"): view_of_photo,
    ("photos/page.py", "_trash"): trash_photo,
    ("plan/aftercare_card.py", "_tick"): tick,
    ("plan/editor.py", "_save"): edit_plan,
    ("plan/editor.py", "_move_to_trash"): trash_plan,
    ("progress/rate_card.py", "_write"): rate,
    ("report/wish_cards.py", "_keep"): ask_clinic,
    ("settings/archive_card.py", "done"): take_in,
    ("settings/bringing_back_sheet.py", "_write"): bring_back,
    ("trash/page.py", "_restore"): restore,
    ("trash/page.py", "_purge"): purge,
    ("timeline/card_commands.py", "trash_card"): trash_card,
    ("writing/day_page.py", "_keep_note"): note_of_day,
    ("writing/session_page.py", "_save"): note_of_session,
    ("writing/session_page.py", "_move_to_trash"): trash_session,
}
OTHER_WRITES = {("messages.py", "log_fault"), ("widgets/pictures/pasting.py", "_png")}
OTHER_WRITES |= {("front_door.py", "hand_over"), ("front_door.py", "_read")}


NOTES = (note_of_day, note_of_session, give_reason, put_card_aside, edit_plan, note_of_photo, ask_clinic)
TYPED = {clock_of_photos: FIRST_DAY, **dict.fromkeys(NOTES, WORDS)}


def fields() -> str:
    """What stands in the fields on the screen."""
    shown = [field for window in QApplication.topLevelWidgets() for field in window.findChildren(QWidget)]
    lines = [field.text() for field in shown if isinstance(field, QLineEdit) and field.isVisible()]
    texts = [field.toPlainText() for field in shown if isinstance(field, QPlainTextEdit) and field.isVisible()]
    return "\n".join([*lines, *texts])


def test_every_call_of_write_has_a_scene() -> None:
    assert functions_that_call("write", "purge_trash") - OTHER_WRITES == set(SCENES)


@pytest.mark.parametrize("scene", SCENES.values(), ids=[f"{file}:{name}" for file, name in SCENES])
def test_what_is_refused_is_said_and_never_called_done(scene: Callable[[Stage], Act], at: Stage) -> None:
    act = scene(at)
    for refuse in REFUSALS:
        refused(refuse, act, at)
        assert TYPED.get(scene, "") in fields(), "what was typed stays"
        relents(at.opened.journal)
        act = scene(at) if scene is bring_photos else act
    before = content(at.opened)
    act()
    assert content(at.opened) != before, "a disk that works takes it"


def test_undo_and_redo_are_said_too(at: Stage) -> None:
    day = DAYS[0] - timedelta(days=1)
    at.opened.write("Note", lambda journal: journal.side_effects.save(SideEffect(day, "redness", Severity.MILD)))
    before = content(at.opened)
    REFUSALS[1](at.opened.journal)
    failed: list[object] = []
    said: list[Saying] = []
    at.opened.failed.connect(failed.append)
    at.opened.said.connect(said.append)
    assert not at.opened.undo()
    assert (len(failed), said, content(at.opened) == before) == (1, [], True)
