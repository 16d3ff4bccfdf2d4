"""Episodes of the session: onset, peak, end and length of each, and how they compare with earlier sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.episodes import Episode, EpisodeComparison
from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label

_SHARES = (3, 2, 3, 2, 3)


class _Table(QWidget):
    """Rows of words below their heads; where they would not fit beside one another, each row in two lines."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._wide, self._slim = _grid(heads, rows), _lines(heads, rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for way in (self._wide, self._slim):
            column.addWidget(way)
        self._slim.hide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its lines can be."""
        shown = self._wide if self._slim.isHidden() else self._slim
        return QSize(self._slim.minimumSizeHint().width(), shown.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        slim = self._wide.minimumSizeHint().width() > self.width()
        self._wide.setHidden(slim)
        self._slim.setVisible(slim)


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE_L)
    grid.setVerticalSpacing(theme.SPACE_XS + 2)
    for column, (head, share) in enumerate(zip(heads, _SHARES, strict=True)):
        grid.addWidget(Label(head, "small", "ink_soft"), 0, column)
        grid.setColumnStretch(column, share)
    for number, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            grid.addWidget(Label(words), number, column, Qt.AlignmentFlag.AlignTop)
    return holder


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_XS)
    told, between = tr("{what}: {when}"), "\u00a0· "
    for first, *rest in rows:
        facts = [told.format(what=head, when=words) for head, words in zip(heads[1:], rest, strict=True)]
        column.addWidget(Label(first, "strong"))
        column.addWidget(Label(between.join(facts), "text", "ink_soft"))
    return holder


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
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS + 2)
        heads = (tr("Symptom"), tr("Began"), tr("Strongest"), tr("Gone"), tr("Length"))
        if episodes:
            column.addWidget(_Table(heads, [self._words(episode) for episode in episodes]))
        else:
            none = tr("No side effect above None was written down after this session.")
            column.addWidget(Label(none, "text", "ink_soft"))
        for comparison in comparisons:
            column.addWidget(Label(tr_message(comparison.sentence), "text", "ink_soft"))
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
