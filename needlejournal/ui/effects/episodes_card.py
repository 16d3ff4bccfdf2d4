"""Episodes of the session: onset, peak, end and length of each, and how they compare with earlier sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.episodes import Episode, EpisodeComparison
from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label


class EpisodesCard(Card):
    """A small table in words."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("How long it lasted"), parent)
        self._catalogue = catalogue
        self._holder: QWidget | None = None

    def show_episodes(self, episodes: Sequence[Episode], comparisons: Sequence[EpisodeComparison]) -> None:
        """Show the episodes of a session, then one sentence for each comparison."""
        if self._holder:
            self.body.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget(self)
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_L)
        grid.setVerticalSpacing(theme.SPACE_XS + 2)
        heads = (tr("Symptom"), tr("Began"), tr("Strongest"), tr("Gone"), tr("Length"))
        for column, head in enumerate(heads):
            grid.addWidget(Label(head, "small", "ink_soft"), 0, column)
        for row, episode in enumerate(episodes, start=1):
            for column, words in enumerate(self._words(episode)):
                grid.addWidget(Label(words), row, column, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate((3, 2, 3, 2, 3)):
            grid.setColumnStretch(column, share)
        row = len(episodes) + 1
        for comparison in comparisons:
            grid.addWidget(Label(tr_message(comparison.sentence), "text", "ink_soft"), row, 0, 1, len(heads))
            row += 1
        if not episodes:
            none = tr("No side effect above None was written down after this session.")
            grid.addWidget(Label(none, "text", "ink_soft"), 1, 0, 1, len(heads))
        self.body.addWidget(self._holder)
        self._holder.show()

    def _words(self, episode: Episode) -> tuple[str, ...]:
        peak = self._catalogue.scales.severity_word(episode.peak_severity).lower()
        end = tr("not known") if episode.end is None else tr("day {n}").format(n=episode.end)
        if episode.length is None:
            length = tr("not known")
        elif episode.is_certain:
            length = tr("%n day(s)", episode.length)
        else:
            length = tr("%n day(s), with unknown ones", episode.length)
        return (
            self._catalogue.symptom(episode.symptom).short_name,
            tr("day {n}").format(n=episode.onset),
            tr("day {n}, {word}").format(n=episode.peak, word=peak),
            end,
            length,
        )
