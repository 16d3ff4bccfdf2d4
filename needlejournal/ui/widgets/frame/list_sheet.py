"""What a page paints, as a plain list: the rows, photos, cells and points that assistive technology is told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.spoken import Parted
from needlejournal.ui.widgets.text import Label

Index = QModelIndex | QPersistentModelIndex


@frozen
class Sentences:
    """One painted thing: its name, how many parts it has, each in words, how the keyboard goes to one, and the part
    it is on.
    """

    name: str
    count: int
    words: Callable[[int], str]
    go_to: Callable[[int], object]
    now: int


def painted_on(page: QWidget) -> list[Sentences]:
    """Everything in a window that is painted and has parts now, in the order in which it stands there."""
    inside: list[QWidget] = [w for w in page.findChildren(QWidget) if w.isVisible() and w.window() is page]
    shown: list[QWidget] = [widget for widget in inside if isinstance(widget, (QAbstractItemView, Parted))]
    shown = [widget for widget in shown if not isinstance(widget, QHeaderView)]
    shown.sort(key=lambda widget: widget.mapTo(page, widget.rect().topLeft()).toTuple()[::-1])
    found = [_of_view(widget) if isinstance(widget, QAbstractItemView) else _of_parts(widget) for widget in shown]
    return [painted for painted in found if painted.count]


def _of_parts(widget: QWidget) -> Sentences:
    parts, now = (widget.spoken_parts(), widget.spoken_now()) if isinstance(widget, Parted) else ((), 0)
    name = widget.accessibleName()
    return Sentences(name, len(parts), lambda at: parts[at].words, lambda at: _stand(widget, at), now)


def _stand(widget: QWidget, at: int) -> None:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(widget, Parted):
        widget.stand_on(at)


def _of_view(view: QAbstractItemView) -> Sentences:
    """The rows of a list, or the cells of a table that hold something."""
    model = view.model()
    rows = model.rowCount()
    if isinstance(view, QListView):
        places = [model.index(row, 0) for row in range(rows)]
    else:
        cells = [model.index(row, column) for row in range(rows) for column in range(model.columnCount())]
        places = [cell for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEnabled]

    def go_to(at: int) -> None:
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        view.setCurrentIndex(places[at])
        view.scrollTo(places[at])

    now = places.index(view.currentIndex()) if view.currentIndex() in places else 0
    return Sentences(view.accessibleName(), len(places), lambda at: _words_of(places[at]), go_to, now)


def _words_of(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    return str(spoken or "")


class ListSheet(Sheet):
    """Reads a page as lists. Enter goes to what the list stands on, in the page."""

    def __init__(self, painted: Sequence[Sentences], parent: QWidget | None = None) -> None:
        super().__init__(tr("As a list"), parent, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._painted = painted
        self._which = Select(tr("What is listed"), [(str(at), of.name) for at, of in enumerate(painted)], "0")
        if not painted:
            self.body.addWidget(Label(tr("Nothing is drawn here: all of it can be read where it stands.")))
        self._which.changed.connect(self._show)
        self._list = QListView()
        self._list.setUniformItemSizes(True)
        self._list.setSpacing(2)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(theme.px(240))
        self._list.activated.connect(lambda index: self._go(index.row()))
        self._whole = Label("", "text", "ink_soft")  # the row stood on, which may be cut off in the list
        self._whole.setMinimumHeight(theme.px(68))
        self._whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget in (self._which, self._list, self._whole):
            self.body.addWidget(widget)
            widget.setVisible(bool(painted) and (widget is not self._which or len(painted) > 1))
        self.add_button(tr("Close")).clicked.connect(self.reject)
        if painted:
            self.add_button(tr("Go there"), "filled").clicked.connect(lambda: self._go(self._list.currentIndex().row()))
            self._show()
            self._list.setFocus()

    def _shown(self) -> Sentences:
        return self._painted[int(self._which.value() or 0)]

    def _show(self) -> None:
        shown = self._shown()
        self._list.setAccessibleName(shown.name)
        self._list.setModel(_Rows(shown, self._list))
        self._list.selectionModel().currentChanged.connect(
            lambda current, _before: self._whole.setText(_words_of(current))
        )
        self._list.setCurrentIndex(self._list.model().index(max(0, shown.now), 0))

    def _go(self, at: int) -> None:
        if at >= 0:
            shown = self._shown()
            self.accept()
            shown.go_to(at)


class _Rows(QAbstractListModel):
    """Sentences, each made when it is looked at."""

    def __init__(self, sentences: Sentences, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentences = sentences

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else self._sentences.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._sentences.words(index.row()) if role == Qt.ItemDataRole.DisplayRole else None
