"""What this program is, its version, and the licences of what is in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal import __version__
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.card import Card
from needlejournal.ui.widgets.text import Label


class AboutCard(Card):
    """Plain words about the app."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About"), parent)
        self.body.addWidget(Label(tr("Needle Journal {version}").format(version=__version__), "strong"))
        self.body.addWidget(
            Label(
                tr(
                    "It keeps what you write down, shows the usual course with its source, and says when to ring the "
                    "clinic. It makes no diagnosis and gives no score. Free software under the MIT licence; the "
                    "typeface Inter is under the SIL Open Font Licence."
                ),
                "text",
                "ink_soft",
            )
        )
