"""What this program is, its version, and the notices of what is in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from needlejournal import __version__, paths
from needlejournal.ui.language import tr
from needlejournal.ui.settings.about_report import report
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import buttons_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label


class AboutCard(Card):
    """Plain words about the app."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About"), parent)
        self.body.addWidget(Label(tr("Needle Journal {version}").format(version=__version__), "strong"))
        self.body.addWidget(
            Label(
                tr(
                    "It keeps what you write down, shows the usual course with its source, and says when to call the "
                    "clinic. It makes no diagnosis and gives no score. Free software under the MIT licence; the "
                    "typeface Inter is under the SIL Open Font Licence."
                ),
                "text",
                "ink_soft",
            )
        )
        notices = Button(tr("Licences and notices"), "plain", "info")
        notices.clicked.connect(self._show_notices)
        copy = Button(tr("Copy a report for us"), "plain", "copy")
        copy.clicked.connect(self._copy_report)
        self._copied = Label(
            tr("Copied. It lists versions, the screen and the last faults of the app, and nothing from your journal."),
            "small",
            "ink_soft",
        )
        self._copied.hide()
        self.body.addWidget(buttons_of(notices, copy))
        self.body.addWidget(self._copied)

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(report())
        self._copied.show()

    def _show_notices(self) -> None:
        sheet = Sheet(tr("Licences and notices"), self, width=640)
        scroll = ScrollArea().read_by_keyboard()
        scroll.setAccessibleName(tr("Licences and notices"))
        for file in notice_files():
            scroll.column().addWidget(Label(file.read_text(encoding="utf-8"), "small").selectable())
        scroll.setMinimumHeight(360)
        sheet.body.addWidget(scroll)
        close = sheet.add_button(tr("Close"), "filled")
        close.clicked.connect(sheet.accept)
        sheet.open()


def notice_files() -> list[Path]:
    """The texts that come with the face models and the typeface."""
    resources = paths.resources()
    return [*sorted(resources.glob("NOTICES-*.md")), *sorted((resources / "fonts").glob("*.txt"))]
