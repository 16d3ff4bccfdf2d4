"""What else is made of photos: the card to print and hold beside the face, and a film of one view."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import home_paper, tr, tr_message
from needlejournal.ui.report.film_sheet import FilmSheet
from needlejournal.ui.report.maker import LANGUAGE
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.comparison.photo_card import WORDS, card_pdf
from needlejournal.workflows.comparison.photo_guide import guide_of
from needlejournal.workflows.saving import save_export


class ExtrasCard(Card):
    """Two buttons, and what a home printer can promise."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("For your photos"), parent)
        self._open = open_journal
        words = tr("A card to print: with it in the picture, close-ups can be measured in millimetres.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self.body.addWidget(Label(tr_message(WORDS["greys"]), "small", "ink_soft"))
        card = Button(tr("Save the photo card…"), "plain", "target")
        card.clicked.connect(self._ask_where)
        film = Button(tr("Film of one view…"), "plain", "photos")
        film.clicked.connect(lambda: FilmSheet(open_journal, self).open())
        self.body.addWidget(row_of(card))
        self.body.addWidget(row_of(film))

    def save_card_to(self, path: Path) -> None:
        """Write the card's PDF in the background, with the pose of the first photo from the front on its back."""
        photos = [photo for photo in self._open.journal.photos.of_view("frontal") if photo.original.readable]
        work = partial(_save, self._open.journal, photos[0] if photos else None, home_paper(), path)
        done = tr("Saved as {name}. Print it at 100 %.").format(name=path.name)
        self._open.jobs.run(work, lambda _none: self._open.say(done), self._open.failed.emit)

    def _ask_where(self) -> None:
        proposed = f"{tr('Photo card')}.pdf"
        if path := ask_where_to_save(self, tr("Save the photo card"), proposed, "pdf", tr("PDF (*.pdf)")):
            self.save_card_to(path)


def _save(journal: Journal, photo: Photo | None, paper: str, path: Path, _control: JobControl) -> None:
    guide = guide_of(journal, photo) if photo else None
    if guide is None or guide.lines is None:
        save_export(path, card_pdf(paper, language=LANGUAGE))
    else:
        save_export(path, card_pdf(paper, guide.lines, guide.proportions, LANGUAGE))
