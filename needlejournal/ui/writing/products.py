"""What touched the skin: products with brand, lot and time, with what was used before offered first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Statement
from needlejournal.journal.session_kinds import PRODUCT_KINDS
from needlejournal.journal.sessions import Product, Session
from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.choices import Select, SuggestField
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.tab_order import tab_before
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.writing.section import EditorSection


def kinds() -> tuple[tuple[str, str], ...]:
    """Kinds of products, in the order they usually touch the skin."""
    return (*((key, tr_message(name)) for key, name in PRODUCT_KINDS.items()), ("other", tr("Other")))


class ProductRow(QWidget):
    """The fields of one product. `edited` and `removed` tell what the person did."""

    edited = Signal()
    removed = Signal()

    def __init__(self, product: Product, known: Sequence[Product], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._kind = Select(tr("Kind of product"), kinds(), product.kind or None)
        self._name = SuggestField(tr("Product"), self._names(product.kind), tr("Name"))
        self._brand = TextField(tr("Brand"), tr("Brand"))
        self._lot = TextField(tr("Lot"), tr("Lot"))
        self._applied = TextField(tr("When applied"), tr("When, such as 45 min before"))
        self._fill(product)
        self._remove = IconButton("close", tr("Remove this product"))
        self._remove.clicked.connect(self.removed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_S)
        first = QHBoxLayout()
        first.addWidget(self._kind, 2)
        first.addWidget(self._name, 3)
        first.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignVCenter)
        second = QHBoxLayout()
        for field, share in ((self._brand, 3), (self._lot, 2), (self._applied, 4)):
            second.addWidget(field, share)
        grid.addLayout(first, 0, 0)
        grid.addLayout(second, 1, 0)
        self._kind.changed.connect(self._kind_chosen)
        self._name.chosen.connect(self._take_known)
        for text in (self._name, self._brand, self._lot, self._applied):
            text.textEdited.connect(self.edited)

    @property
    def written(self) -> bool:
        """Whether anything stands in the fields: the kind alone says what touched the skin."""
        now = self.product()
        return bool(self._kind.value() or now.name or now.brand or now.lot or now.applied)

    def product(self) -> Product:
        """What stands in the fields."""
        texts = (self._name.text(), self._brand.text(), self._lot.text(), self._applied.text())
        return Product(self._kind.value() or "other", *texts)

    def fields(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order of the eye."""
        return self._kind, self._name, self._brand, self._lot, self._applied, self._remove

    def begin(self) -> None:
        """Put the cursor where one chooses first."""
        self._kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, product: Product) -> None:
        self._name.setText(product.name)
        self._brand.setText(product.brand)
        self._lot.setText(product.lot)
        self._applied.setText(product.applied)

    def _names(self, kind: str) -> list[str]:
        """Those used before of this kind; of any while no kind is chosen."""
        return list(dict.fromkeys(product.name for product in self._known if kind in {"", product.kind}))

    def _kind_chosen(self) -> None:
        self._name.set_suggestions(self._names(self._kind.value() or ""))
        self.edited.emit()

    def _take_known(self) -> None:
        """A product used before brings its brand and last lot with it."""
        now = self.product()
        alike = (p for p in self._known if p.name == now.name and self._kind.value() in {None, p.kind})
        before = next(alike, None)
        if before:
            self._kind.set_value(before.kind)
            self._fill(replace(now, brand=now.brand or before.brand, lot=now.lot or before.lot))
        self.edited.emit()


class Products(EditorSection):
    """The list of products."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What touched the skin"), parent)
        self._known: Sequence[Product] = ()
        self._rows: list[ProductRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_L)
        self.body.addLayout(self._list)
        self._more = Button(tr("Add a product"), "quiet", "add")
        self._more.clicked.connect(self._add_empty)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._notes = Label("", "small", "ink_soft")
        self.body.addWidget(self._notes)

    def show_notes(self, notes: Sequence[Statement]) -> None:
        """What is known of products after the treatment that is chosen, with its sources."""
        self._notes.setText("\n".join(with_sources(note) for note in notes))
        self._notes.setVisible(bool(notes))

    def offer(self, known: Sequence[Product]) -> None:
        """Products of earlier sessions, to be offered while typing."""
        self._known = known

    def show_session(self, session: Session) -> None:
        if self._written() == session.products:
            return
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for product in session.products:
            self._add(product)

    def apply(self, session: Session) -> Session:
        return replace(session, products=self._written())

    def _written(self) -> tuple[Product, ...]:
        return tuple(row.product() for row in self._rows if row.written)

    def _add(self, product: Product) -> ProductRow:
        row = ProductRow(product, self._known)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._list.addWidget(row)
        tab_before(self._more, row.fields())
        return row

    def _add_empty(self) -> None:
        self._add(Product("")).begin()

    def _remove(self, row: ProductRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()
