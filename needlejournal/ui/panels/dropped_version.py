"""Another copy of a journal's database that is dropped on the window: it is no photo, and is offered for viewing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from needlejournal.store.conflicts import is_copy
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.sheets import QuestionSheet


def offer_version(paths: Sequence[Path], look: Callable[[Path], None], parent: QWidget) -> bool:
    """Ask whether to `look` at the first of these files that is such a copy. Gives whether there was one."""
    copy = next(filter(is_copy, paths), None)
    if copy is None:
        return False
    words = tr(
        "“{name}” is no photo but another copy of a journal’s database, as sync programs make when two computers write "
        "to one journal. It opens for viewing; nothing in it or in your journal is changed."
    )
    title, action = tr("Another version of a journal"), tr("Look at it")
    sheet = QuestionSheet(title, words.format(name=copy.name), action, parent)
    sheet.accepted.connect(lambda: look(copy))
    sheet.open()
    return True
