"""A line below a chosen photo that only its file can tell: whether its original is whole, what a photo card in it says.

Looked for in a job; nothing stands there where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from needlejournal.journal.message import Message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.language import tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison.photo_card import card_in, scale_words

CLOSE_UP = "close_up"
Find = Callable[[Journal, Photo], Message | None]


class PhotoLine(Label):
    """What `find` says of a single photo; of several, nothing."""

    def __init__(
        self, open_journal: OpenJournal, find: Find, role: str = "ink_soft", parent: QWidget | None = None
    ) -> None:
        super().__init__("", "small", role, parent)
        self._open = open_journal
        self._find = find
        self._asked: tuple[int, str] | None = None
        self._job: Job[Message | None] | None = None
        self.hide()

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Tell of these photos: of a single one that can be read."""
        photo = photos[0] if len(photos) == 1 and photos[0].original.readable else None
        asked = (photo.id, photo.view) if photo else None
        if asked == self._asked:
            return
        self._asked = asked
        self.hide()
        if self._job is not None:
            self._job.drop()
        if photo is not None:
            work = partial(_found, self._find, self._open.journal, photo)
            self._job = self._open.jobs.run(work, self._show_words, self._say_nothing)

    def _show_words(self, words: Message | None) -> None:
        self.setText(tr_message(words) if words else "")
        self.setVisible(words is not None)

    def _say_nothing(self, _error: Exception) -> None:
        """A photo that cannot be read says so elsewhere."""


def of_card(journal: Journal, photo: Photo) -> Message | None:
    """What a photo card in a close-up tells of its size in millimetres. Raises WorldError."""
    return scale_words(card_in(journal, photo), photo) if photo.view == CLOSE_UP else None


def _found(find: Find, journal: Journal, photo: Photo, _control: JobControl) -> Message | None:
    return find(journal, photo)
