"""The details of the chosen photos: what can be corrected or declared, saved as one writes, for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models import photo_edit
from needlejournal.ui.models.photo_edit import Change, shared
from needlejournal.ui.photos.detail_choices import DetailChoices, camera_words, file_words, origin_words
from needlejournal.ui.photos.photo_line import PhotoLine, of_card
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select, TokenField
from needlejournal.ui.widgets.fields.date_fields import DateField, OffsetField, TimeField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label

_FLAGS = {None: "", False: "no", True: "yes"}


class PhotoDetails(QWidget):
    """Shows photos through `show_photos`. `trash_wanted` asks to move them to the trash."""

    trash_wanted = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._choices = DetailChoices(open_journal)
        self._photos: Sequence[Photo] = ()
        self._notes: dict[tuple[int, ...], str] = {}  # what is typed and not stored yet, by the photos it is about
        self._keeping = Keeping(open_journal, self, lambda: tr("Note"), lambda: "\n".join(self._notes.values()))
        self._keeping.add(self._keep_notes, self._drop_notes)
        self._keeping.said.connect(self._show_state)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._make_fields()
        self._lay_out()
        self._connect()
        self.setEnabled(not open_journal.journal.read_only)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show what these photos have in common; nothing is emitted or written."""
        if [photo.id for photo in photos] != [photo.id for photo in self._photos]:
            self._keeping.keep()
            self._keeping.steps.end()
        self._photos = photos
        self._scale.show_photos(photos)
        if photos:
            self._show_when()
            self._show_choices()
            self._show_words()

    def leave(self) -> tuple[Unsaved, ...]:
        """Store the note being typed, now. Gives what could not be stored."""
        return self._keeping.leave()

    # The fields

    def _make_fields(self) -> None:
        yes_no = [("", tr("Not noted")), ("no", tr("No")), ("yes", tr("Yes"))]
        self._day = DateField(tr("Date"), today=self._open.today)
        self._time = TimeField(tr("Time"))
        self._offset = OffsetField(tr("Offset from UTC"))
        self._view = Select(tr("View"))
        self._zone = Select(tr("Zone"))
        self._session = Select(tr("Session"))
        self._mirrored = SegmentedControl(tr("Mirrored"), [("no", tr("As taken")), ("yes", tr("Mirrored"))])
        self._tags = TokenField(tr("Tags"))
        self._note = TextArea(tr("Note"), lines=2)
        self._note.setProperty(BY_JOURNAL, True)
        self._unsaved = Label("", "small", "warning")
        self._unsaved.hide()
        self._make_up = SegmentedControl(tr("Make-up"), yes_no)
        self._moisturiser = SegmentedControl(tr("Moisturiser"), yes_no)
        self._expression = Select(tr("Expression"), self._choices.expressions())
        self._light = Select(tr("Light"), self._choices.lights())
        self._facts = Label("", "small", "ink_soft").selectable()
        self._scale = PhotoLine(self._open, of_card)
        self._trash = Button(tr("Move to the trash"), "quiet", "trash")

    def _lay_out(self) -> None:
        form = Form()
        form.add(tr("Date"), self._day)
        form.add(tr("Time, and offset from UTC"), row_of(self._time, self._offset, stretch=0))
        form.add(tr("View"), self._view)
        form.add(tr("Zone"), self._zone)
        form.add(tr("Session"), self._session)
        form.add(tr("Picture"), self._mirrored)
        form.add_section(tr("On that day"))
        form.add(tr("Make-up"), self._make_up)
        form.add(tr("Moisturiser"), self._moisturiser)
        form.add(tr("Expression"), self._expression)
        form.add(tr("Light"), self._light)
        form.add_section(tr("In your words"))
        form.add(tr("Tags"), self._tags)
        form.add(tr("Note"), self._note)
        form.add_wide(self._unsaved)
        form.add_wide(self._facts)
        form.add_wide(self._scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_M)
        column.addWidget(form)
        column.addWidget(self._trash)
        column.addStretch(1)

    def _connect(self) -> None:
        self._day.changed.connect(self._take_day)
        self._time.changed.connect(lambda: self._write(photo_edit.at_time(self._time.time_of_day())))
        self._offset.changed.connect(lambda: self._write(photo_edit.at_offset(self._offset.minutes())))
        self._connect_choices()
        self._session.changed.connect(
            lambda: self._write(photo_edit.with_values(session_id=int(self._session.value() or 0) or None))
        )
        self._mirrored.changed.connect(
            lambda: self._write(photo_edit.with_values(mirrored=self._mirrored.value() == "yes"))
        )
        self._tags.changed.connect(self._take_tags)
        self._note.edited.connect(self._note_edited)
        self._trash.clicked.connect(self.trash_wanted)

    def _connect_choices(self) -> None:
        """Fields whose value goes as it is into the photo, or into what is declared of it."""
        for key, select in (("view", self._view), ("zone", self._zone)):
            select.changed.connect(partial(self._take_value, key, select))
        for key, select in (("expression", self._expression), ("light", self._light)):
            select.changed.connect(partial(self._take_declared, key, select))
        for key, flag in (("make_up", self._make_up), ("moisturiser", self._moisturiser)):
            flag.changed.connect(partial(self._take_flag, key, flag))

    # From the photos to the fields

    def _show_when(self) -> None:
        photos, differs = self._photos, tr("different dates")
        day, clock = shared(photos, lambda photo: photo.when.day), shared(photos, lambda photo: photo.when.time)
        offset = shared(photos, lambda photo: photo.when.offset_minutes)
        if not self._day.hasFocus() or day.value != self._day.day():
            self._day.setPlaceholderText(differs if day.differs else tr("Choose a date"))
            self._day.set_day(day.value)
        self._time.setPlaceholderText(tr("different times") if clock.differs else tr("not known"))
        self._time.set_time(clock.value)
        self._offset.set_minutes(offset.value or 0)
        self._offset.setEnabled(all(photo.when.time for photo in photos))
        if offset.value is None:
            self._offset.setPlaceholderText(tr("different") if offset.differs else tr("not known"))
            self._offset.setText("")

    def _show_choices(self) -> None:
        photos, differs = self._photos, tr("different values")
        view, zone = shared(photos, lambda photo: photo.view), shared(photos, lambda photo: photo.zone)
        session = shared(photos, lambda photo: photo.session_id or 0)
        self._view.set_choices(self._choices.views(photos), view.value)
        self._zone.set_choices(self._choices.zones(photos), zone.value)
        self._session.set_choices(self._choices.sessions(photos), None if session.differs else str(session.value))
        expression = shared(photos, lambda photo: photo.declared.expression or "")
        light = shared(photos, lambda photo: photo.declared.light or "")
        self._expression.set_value(expression.value)
        self._light.set_value(light.value)
        for select in (self._view, self._zone, self._session, self._expression, self._light):
            select.setPlaceholderText(differs)
        mirrored = shared(photos, lambda photo: photo.mirrored)
        self._mirrored.set_value(None if mirrored.differs else _FLAGS[mirrored.value])
        make_up = shared(photos, lambda photo: photo.declared.make_up)
        moisturiser = shared(photos, lambda photo: photo.declared.moisturiser)
        self._make_up.set_value(None if make_up.differs else _FLAGS[make_up.value])
        self._moisturiser.set_value(None if moisturiser.differs else _FLAGS[moisturiser.value])

    def _show_words(self) -> None:
        photos = self._photos
        tags, note = photo_edit.shared_tags(photos), shared(photos, lambda photo: photo.note)
        if tags != self._tags.tokens():
            self._tags.set_tokens(tags)
        shown = self._notes.get(_ids(photos), note.value or "")
        if shown != self._note.text():
            self._note.set_text(shown)
        self._note.setPlaceholderText(tr("different notes") if note.differs else "")
        facts = [camera_words(photos), file_words(photos), origin_words(photos)]
        self._facts.setText("\n".join(fact for fact in facts if fact))

    # From the fields to the photos

    def _take_day(self) -> None:
        day = self._day.day()
        if day is None:
            self._show_when()
        else:
            self._write(photo_edit.on_day(day))

    def _take_value(self, key: str, select: Select) -> None:
        self._write(photo_edit.with_values(**{key: select.value() or ""}))

    def _take_declared(self, key: str, select: Select) -> None:
        self._write(photo_edit.declared_as(**{key: select.value() or None}))

    def _take_flag(self, key: str, flag: SegmentedControl) -> None:
        self._write(photo_edit.declared_as(**{key: {"yes": True, "no": False}.get(flag.value() or "")}))

    def _take_tags(self) -> None:
        self._write(photo_edit.retagged(photo_edit.shared_tags(self._photos), self._tags.tokens()))

    def _note_edited(self) -> None:
        self._notes[_ids(self._photos)] = self._note.text()
        self._keeping.begin()

    def _keep_notes(self) -> None:
        for ids, note in tuple(self._notes.items()):
            label, write = tr("Edit %n photo(s)", len(ids)), _change_of(ids, photo_edit.with_values(note=note))
            before = shared(list(self._open.journal.photos.many(ids).values()), lambda photo: photo.note)
            key = self._keeping.steps.key(f"photos {ids}", {"note": before.value or ""}, {"note": note})
            if self._keeping.write(label, write, merge=key):
                self._notes.pop(ids, None)

    def _show_state(self, words: str, warning: bool) -> None:
        self._unsaved.setText(words)
        self._unsaved.setVisible(warning)

    def _drop_notes(self) -> None:
        self._notes.clear()
        if self._photos:
            self._show_words()

    def _write(self, change: Change) -> None:
        """Each choice is a step of its own."""
        self._keeping.steps.end()
        ids = _ids(self._photos)
        if not self._open.write(tr("Edit %n photo(s)", len(ids)), _change_of(ids, change)):
            self.show_photos(self._photos)


def _ids(photos: Sequence[Photo]) -> tuple[int, ...]:
    return tuple(photo.id for photo in photos)


def _change_of(ids: tuple[int, ...], change: Change) -> Callable[[Journal], None]:
    def write(journal: Journal) -> None:
        for photo in journal.photos.many(ids).values():
            journal.photos.save(change(photo))

    return write
