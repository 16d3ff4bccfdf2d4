"""A line to add a symptom in ordinary words: what they may mean is offered while one types, one's own words last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from needlejournal.journal.catalogue.words import Meaning, meant, mentioned, offered
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.fields.text_fields import TextField


@dataclass(frozen=True, slots=True)
class Offer:
    """A symptom by its key, and the words it is offered in."""

    symptom: str
    words: str


class SymptomField(TextField):
    """`taken` carries the key of a symptom, or the person's own words.

    Enter takes the first of what the words may mean; own words are only taken where there is nothing, or when they are
    chosen from the list. A symptom is offered wherever it is named among other words, a red flag first.
    """

    taken = Signal(str)

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, "", parent)
        self._known: Sequence[tuple[str, str, Sequence[str]]] = ()
        self._red_flags: frozenset[str] = frozenset()
        self._offers: list[Offer] = []
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        completer.activated.connect(self._take_words)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def set_known(
        self, known: Sequence[tuple[str, str, Sequence[str]]], red_flags: frozenset[str] = frozenset()
    ) -> None:
        """Offer these: key, words to show, and words that mean it. `red_flags` are the keys of what is worrying."""
        self._known = known
        self._red_flags = red_flags

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.completer().popup()
        chosen = popup is not None and popup.isVisible() and popup.currentIndex().isValid()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not chosen:
            if popup is not None:
                popup.hide()
            self._take_best()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed and not added stands nowhere yet, and says so."""
        super().focusOutEvent(event)
        elsewhere = event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        if elsewhere and self.text().strip():
            self.show_problem(tr("Not written down yet. Press Enter to add it, then say how strong it was."))

    def _offer(self, text: str) -> None:
        self.show_problem("")
        words = text.strip()
        self._offers = self._find(words)
        if words and not any(offer.symptom.casefold() == words.casefold() for offer in self._offers):
            self._offers.append(Offer(words, tr("Write “{words}” as your own").format(words=words)))
        self._model.setStringList([offer.words for offer in self._offers])

    def _find(self, words: str) -> list[Offer]:
        """What the words may mean, best first."""
        shown = {key: name for key, name, _ in self._known}
        known = [Meaning(key, tuple(means)) for key, _, means in self._known]
        worrying = [one for one in known if one.key in self._red_flags]
        very = meant(words, known)
        among = (*mentioned(words, worrying), *offered(words, known), *mentioned(words, known))
        keys = dict.fromkeys((*([very] if very else []), *among))
        return [Offer(key, shown[key]) for key in keys]

    def _take_best(self) -> None:
        self._offer(self.text())
        if self._offers:
            self._take(self._offers[0])

    def _take_words(self, words: str) -> None:
        offer = next((offer for offer in self._offers if offer.words == words), None)
        if offer:
            self._take(offer)

    def _take(self, offer: Offer) -> None:
        """Later, since Qt still writes what was chosen into the line."""
        self._offers = []

        def emit_chosen() -> None:
            self.clear()
            self.show_problem("")
            self.taken.emit(offer.symptom)

        QTimer.singleShot(0, self, emit_chosen)
