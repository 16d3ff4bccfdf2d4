"""What a photo card in a close-up tells of its size in millimetres; nothing where there is no card."""

from __future__ import annotations

from collections.abc import Sequence
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


class ScaleLine(Label):
    """Looks for the card in a job once a single close-up is shown."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__("", "small", "ink_soft", parent)
        self._open = open_journal
        self._photo_id = 0
        self._job: Job[Message | None] | None = None
        self.hide()

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Tell of these photos: of one close-up only."""
        photo = photos[0] if len(photos) == 1 and photos[0].view == CLOSE_UP else None
        if (photo.id if photo else 0) == self._photo_id:
            return
        self._photo_id = photo.id if photo else 0
        self.hide()
        if self._job is not None:
            self._job.drop()
        if photo is not None and photo.original.readable:
            self._job = self._open.jobs.run(
                partial(_read, self._open.journal, photo), self._show_words, self._say_nothing
            )

    def _show_words(self, words: Message | None) -> None:
        self.setText(tr_message(words) if words else "")
        self.setVisible(words is not None)

    def _say_nothing(self, _error: Exception) -> None:
        """A photo that cannot be read says so elsewhere."""


def _read(journal: Journal, photo: Photo, _control: JobControl) -> Message | None:
    return scale_words(card_in(journal, photo), photo)
