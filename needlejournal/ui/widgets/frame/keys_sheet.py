"""All commands with their keys, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import Command, letters_used, native, working
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label


class KeysSheet(Sheet):
    """Lists the window's commands and those of the page in front."""

    def __init__(self, window: Sequence[Command], page: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), parent, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumHeight(theme.px(560))
        column = ScrollArea().read_by_keyboard()
        column.setAccessibleName(tr("Keys"))
        inner = column.column(theme.SPACE_S)
        inner.setContentsMargins(0, 0, theme.SPACE_S, 0)
        for title, commands in ((tr("On this page"), page), (tr("Everywhere"), window)):
            if any(working(command.keys) for command in commands):
                inner.addWidget(Label(title, "subtitle"))
                inner.addLayout(_table(commands))
        inner.addWidget(Label(_about_letters(), "small", "ink_soft"))
        inner.addStretch(1)
        self.body.addWidget(column, 1)
        self.add_button(tr("Close"), "filled").clicked.connect(self.accept)


def _about_letters() -> str:
    if letters_used():
        return tr("Single letters, digits and signs can be turned off in the settings, under Keyboard.")
    return tr("Single letters, digits and signs are turned off. The settings have them under Keyboard.")


def _table(commands: Sequence[Command]) -> QGridLayout:
    table = QGridLayout()
    table.setColumnStretch(0, 1)
    table.setHorizontalSpacing(theme.SPACE_L)
    for row, command in enumerate(command for command in commands if working(command.keys)):
        table.addWidget(Label(command.text), row, 0)
        keys = [native(key) for key in working(command.keys)]
        table.addWidget(Label(tr(" or ").join(keys), "strong", "ink_soft").one_line(), row, 1)
    return table
