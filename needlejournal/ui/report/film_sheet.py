"""A film of a series: which view, as what kind of file, how long each photo stands, and whether healing ones are in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from needlejournal.store import Journal
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.models.wording import place_words
from needlejournal.ui.panels.working_sheet import WorkingSheet
from needlejournal.ui.report.maker import LANGUAGE
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.comparison.comparing import all_series
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.comparison.film import PNG, Film, FilmWish, read_film, save_film


class FilmSheet(WorkingSheet):
    """Closes when the film is there."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(open_journal, tr("A film of one view"), parent, width=520)
        series = [(str(one.first.id), _name(open_journal, one.first.view, one.first.zone, one.count))
                  for one in all_series(open_journal.journal) if one.count > 1 and one.first.view]  # fmt: skip
        self._series = Select(tr("View"), series, series[0][0] if series else None)
        kinds = [("webp", tr("Animation (WebP)")), ("gif", tr("Animation (GIF)")),
                 (PNG, tr("Pictures in a folder (PNG)"))]  # fmt: skip
        self._kind = Select(tr("Format"), kinds, "webp")
        speeds = [("0.5", tr("Half a second")), ("1.0", tr("One second")), ("2.0", tr("Two seconds"))]
        self._speed = Select(tr("Each photo is shown for"), speeds, "1.0")
        self._healing = CheckBox(tr("With photos of healing skin; each says so"))
        self._problem = Label("", "text", "danger")
        self._lay_out()
        self._cancel = self.add_button(tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._save = self.add_button(tr("Save…"), "filled")
        self._save.setEnabled(bool(series))
        self._save.clicked.connect(self._ask_where)
        if not series:
            self._say(tr("A film needs two photos of one view. They can be taken over the next weeks."))

    def wish(self) -> FilmWish:
        """What is chosen now."""
        speed = float(self._speed.value() or 1.0)
        return FilmWish(self._kind.value() or "webp", speed, healing=self._healing.isChecked())

    def save_to(self, path: Path) -> None:
        """Make the film in the background."""
        wish, opened = self.wish(), self._open
        try:
            photo_id = int(self._series.value() or 0)
            film = read_film(opened.journal, opened.catalogue, opened.calendar, photo_id, wish)
        except Exception as error:  # noqa: BLE001 (shown to the person in this sheet)
            self._failed(error)
            return
        self._problem.hide()
        self._save.setEnabled(False)
        work = partial(_make, opened.journal, film, wish, path)
        self.run(tr("Making the film…"), work, lambda made: self._done(path, made=made), self._failed)

    def _lay_out(self) -> None:
        form = Form()
        form.add(tr("View"), self._series)
        form.add(tr("Format"), self._kind)
        form.add(tr("Each photo"), self._speed)
        form.add_wide(self._healing)
        self.body.addWidget(form)
        words = tr(
            "Photos are aligned to the first one where that is sure, and never reshaped; each shows its date and what "
            "differs. The file is a plain picture outside the journal, so the journal cannot protect it."
        )
        self.body.addWidget(Label(words, "small", "ink_soft"))
        self.body.addWidget(self._problem)
        self.body.addWidget(self.strip)
        self._problem.hide()

    def _ask_where(self) -> None:
        ending = "" if self.wish().kind == PNG else self.wish().kind
        name = f"{tr('Film')}.{ending}" if ending else tr("Film")
        if path := ask_where_to_save(self, tr("Save the film"), name, ending):
            self.save_to(path)

    def ended(self) -> None:
        super().ended()
        self._save.setEnabled(True)

    def _done(self, path: Path, *, made: bool) -> None:
        self.ended()
        if made:
            self._open.say(tr("Saved as {name}.").format(name=path.name))
            self.accept()

    def _failed(self, error: Exception) -> None:
        self.ended()
        self._say(message_for(error).sentence)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()


def _name(open_journal: OpenJournal, view: str, zone: str, count: int) -> str:
    name, _ = place_words(view, zone, open_journal.catalogue)
    return tr("{view} · %n photo(s)", count).format(view=name)


def _make(journal: Journal, film: Film, wish: FilmWish, path: Path, control: JobControl) -> bool:
    try:
        save_film(journal, film, wish, path, LANGUAGE, control)
    except Stopped:
        return False
    return True
