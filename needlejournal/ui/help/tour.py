"""The first steps: four short pages for somebody new, shown once, and again from the help whenever they are wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.sign import Sign
from needlejournal.ui.widgets.text import Label

SEEN = "help/first_steps_seen"


@frozen
class FirstStep:
    """One page: an icon, what it is about, and what to do."""

    icon: str
    title: str
    text: str


def steps() -> tuple[FirstStep, ...]:
    """The steps in the order a new person takes them."""
    return (
        FirstStep(
            "session",
            tr("Write down a session"),
            tr(
                "What was done, where, and how deep. You can also start with one from months ago: everything counts "
                "from its day."
            ),
        ),
        FirstStep(
            "photos",
            tr("Add your photos"),
            tr(
                "Drag them into the window, as many as you like. Their days are suggested, and nothing is saved before "
                "you have seen it. The photos on your phone stay as they are."
            ),
        ),
        FirstStep(
            "effects",
            tr("In the evening, a tap is enough"),
            tr(
                "“Today” on the timeline asks how your skin is. A day you skip stays unknown; it never counts as "
                "“none”. It is fine to skip."
            ),
        ),
        FirstStep(
            "compare",
            tr("Look back honestly"),
            tr(
                "Two photos side by side, laid over each other, with what makes the pair fair or unfair. Everything "
                "stays on this computer."
            ),
        ),
    )


class FirstSteps(Sheet):
    """One step after another; closing it in any way counts as seen."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("First steps"), parent, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = QStackedWidget()
        for step in steps():
            self._pages.addWidget(_page(step))
        self.body.addWidget(self._pages)
        self._where = Label("", "small", "ink_soft").one_line()
        self.body.addWidget(self._where)
        skip = self.add_side_button(tr("Close"))
        skip.clicked.connect(self.reject)
        self._back = self.add_button(tr("Back"))
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on = self.add_button(tr("Next"), "filled")
        self._on.clicked.connect(lambda: self._turn(1))
        self.finished.connect(lambda _result: preferences.remember(SEEN, True))
        self._turn(0)
        self._on.setFocus()

    def _turn(self, by: int) -> None:
        number = self._pages.currentIndex() + by
        if number == self._pages.count():
            self.accept()
            return
        self._pages.setCurrentIndex(number)
        self._back.setEnabled(number > 0)
        self._on.set_text(tr("Done") if number == self._pages.count() - 1 else tr("Next"))
        self._where.setText(tr("{number} of {all}").format(number=number + 1, all=self._pages.count()))


def offer_first_steps(preferences: Preferences, window: QWidget) -> None:
    """Show the first steps unless this person has seen them."""
    if not preferences.flag(SEEN):
        FirstSteps(preferences, window).open()


def _page(step: FirstStep) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_L)
    row.addWidget(Sign(step.icon, 36, "accent"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(Label(step.title, "subtitle"))
    words.addWidget(Label(step.text, "text", "ink_soft"))
    words.addStretch(1)
    row.addLayout(words, 1)
    return page
