"""What the person says about skin and scene of both photos: make-up, moisturiser, expression, light."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.photos import Declared, Photo
from needlejournal.ui import language, theme
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label


class DeclareSheet(Sheet):
    """Both photos below each other; pressing an answer again makes it unknown. Saved together in one step."""

    def __init__(self, open_journal: OpenJournal, photos: tuple[Photo, Photo], parent: QWidget) -> None:
        super().__init__(tr("What you know about these photos"), parent, width=560)
        self._open = open_journal
        self._photos = photos
        words = tr("Leave out what you do not remember: it stays unknown. Press an answer again to take it back.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self._fields = [self._add_photo(photo) for photo in photos]
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Save"), "filled").clicked.connect(self._save)

    def _add_photo(self, photo: Photo) -> dict[str, SegmentedControl]:
        day = language.medium_date(photo.when.day)
        self.body.addWidget(Label(day, "subtitle"))
        fields = {
            key: SegmentedControl(f"{day}, {name}", choices, clearable=True) for key, name, choices in _questions()
        }
        for (_, name, _), field in zip(_questions(), fields.values(), strict=True):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE_M)
            label = Label(name).one_line()
            label.setMinimumWidth(theme.px(110))
            row.addWidget(label)
            row.addWidget(field)
            row.addStretch(1)
            self.body.addLayout(row)
        for key, value in _answers(photo.declared).items():
            fields[key].set_value(value)
        return fields

    def _save(self) -> None:
        kept = [replace(photo, declared=_declared(f)) for photo, f in zip(self._photos, self._fields, strict=True)]
        label = tr("Note what is known about photos")
        if self._open.write(label, lambda journal: [journal.photos.save(photo) for photo in kept]):
            self.accept()


def _questions() -> tuple[tuple[str, str, list[tuple[str, str]]], ...]:
    yes_no = [("yes", tr("Yes")), ("no", tr("No"))]
    return (
        ("make_up", tr("Make-up"), yes_no),
        ("moisturiser", tr("Moisturiser"), yes_no),
        ("expression", tr("Expression"), [
            ("neutral", tr("Neutral")), ("smiling", tr("Smiling")),
            ("frowning", tr("Frowning")), ("other", tr("Other")),
        ]),
        ("light", tr("Light"), [
            ("daylight", tr("Daylight")), ("lamp", tr("Lamp")), ("flash", tr("Flash")), ("mixed", tr("Mixed")),
        ]),
    )  # fmt: skip


def _answers(declared: Declared) -> dict[str, str | None]:
    return {
        "make_up": _yes_no(declared.make_up),
        "moisturiser": _yes_no(declared.moisturiser),
        "expression": declared.expression,
        "light": declared.light,
    }


def _yes_no(value: bool | None) -> str | None:
    return {None: None, True: "yes", False: "no"}[value]


def _declared(fields: dict[str, SegmentedControl]) -> Declared:
    found = {key: field.value() for key, field in fields.items()}
    flags = {key: None if found[key] is None else found[key] == "yes" for key in ("make_up", "moisturiser")}
    return Declared(flags["make_up"], flags["moisturiser"], found["expression"], found["light"])
