"""One concern: its chart, photos of the dates, the judgements in words, and ways to take it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from needlejournal.journal.photos import Photo
from needlejournal.journal.planning.progress import ConcernProgress, rating_rows
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.models.wording import is_healing
from needlejournal.ui.progress.chart import Chart
from needlejournal.ui.progress.chart_view import ChartView, as_image, as_png, as_svg
from needlejournal.ui.progress.photo_strip import PhotoStrip, spread_places
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.saving import as_csv, save_export

PHOTOS_SHOWN = 8


class ConcernCard(Card):
    """Shows a concern's progress; never a score."""

    def __init__(
        self, open_journal: OpenJournal, go: Go, progress: ConcernProgress, chart: Chart, photos: Sequence[Photo]
    ) -> None:
        super().__init__(chart.title)
        self._open = open_journal
        self._progress = progress
        self._chart = chart
        shown = spread([photo for photo in photos if chart.first <= photo.when.day <= chart.last], PHOTOS_SHOWN)
        self.add_to_header(self._take_along())
        if progress.points:
            drawn = ChartView(chart)
            words = Label("", "small", "ink_soft")
            words.setMinimumHeight(theme.px(17))  # so that what is below keeps its place
            drawn.moved.connect(lambda: words.setText(drawn.words_now()))
            self.body.addWidget(drawn)
            self.body.addWidget(words)
        if shown:
            self.body.addWidget(PhotoStrip(open_journal, go, chart, shown))
        for point in progress.judged:
            word = open_journal.catalogue.scales.judgement_word(point.judgement)
            sentence = tr("{date}: {word}, against the baseline photo").format(date=medium_date(point.day), word=word)
            self.body.addWidget(Label(sentence, "text", "ink_soft"))

    def _take_along(self) -> Button:
        """Copy or save: picture for print, drawing, or table."""
        menu = QMenu(self)
        menu.addAction(tr("Copy as a picture"), self._copy)
        menu.addAction(tr("Save as PNG…"), lambda: self._save("png", as_png(self._chart)))
        menu.addAction(tr("Save as SVG…"), lambda: self._save("svg", as_svg(self._chart)))
        menu.addAction(tr("Save as a table (CSV)…"), self._save_table)
        button = Button(tr("Export chart"), "plain", "export")
        button.set_menu(menu)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(as_image(self._chart))
        self._open.say(tr("The chart is copied."))

    def _save_table(self) -> None:
        ratings = [rating for rating in self._open.journal.ratings.all() if rating.concern == self._progress.concern]
        self._save("csv", as_csv(rating_rows(ratings, self._open.calendar, self._open.catalogue)))

    def _save(self, kind: str, contents: bytes) -> None:
        path = ask_where_to_save(self, tr("Save"), f"{self._chart.title}.{kind}", kind, f"*.{kind}")
        if path is None:
            return
        try:
            save_export(path, contents)
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self._open.failed.emit(error)
        else:
            self._open.say(tr("Saved as “{name}”.").format(name=path.name))


def spread(photos: Sequence[Photo], most: int) -> list[Photo]:
    """At most `most` photos, spread evenly, the first and the last among them."""
    return [photos[place] for place in spread_places(len(photos), most)]


def result_photos(open_journal: OpenJournal) -> list[Photo]:
    """Frontal photos that may show a result: none from a healing window, one a day."""
    found: dict[object, Photo] = {}
    for photo in open_journal.journal.photos.of_view("frontal"):
        if not is_healing(photo, open_journal.calendar, open_journal.catalogue):
            found.setdefault(photo.when.day, photo)
    return list(found.values())
