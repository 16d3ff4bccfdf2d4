"""What could and could not be read of a damaged journal, told before the copy is used."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.safekeeping.salvaging import Salvaged, Share


class RescuedSheet(Sheet):
    """One line for sessions, photos and days each; what to do about what is missing."""

    def __init__(self, copied: Salvaged, damaged: str, parent: QWidget) -> None:
        """`damaged` is the name of the damaged journal's folder."""
        super().__init__(tr("This is a copy of what could be read"), parent, width=560)
        self.body.addWidget(Label(tr("The damaged journal is still in “{folder}”, as it was.").format(folder=damaged)))
        table = QGridLayout()
        table.setHorizontalSpacing(theme.SPACE_XL)
        rows = (
            (tr("Sessions"), copied.sessions),
            (tr("Photos"), copied.photos),
            (tr("Days written about"), copied.days),
        )
        for row, (name, share) in enumerate(rows):
            table.addWidget(Label(name, "strong"), row, 0)
            table.addWidget(Label(share_words(share)), row, 1)
        table.setColumnStretch(1, 1)
        self.body.addLayout(table)
        for words in more_words(copied):
            self.body.addWidget(Label(words, "text", "ink_soft"))
        close = self.add_button(tr("Continue with the copy"), "filled")
        close.clicked.connect(self.accept)
        close.setFocus()


def share_words(share: Share) -> str:
    """How many could be read, and how many could not."""
    if share.lost is None:
        return tr("{read} could be read. How many are missing cannot be known.").format(read=share.read)
    if share.lost == 0:
        return tr("All {read} could be read.").format(read=share.read) if share.read else tr("There were none.")
    return tr("{read} could be read, {lost} could not.").format(read=share.read, lost=share.lost)


def more_words(copied: Salvaged) -> list[str]:
    """What else is to be known, and what to do next."""
    words = []
    if copied.waiting:
        words.append(tr("%n photo(s) (has|have) no date any more and (waits|wait) to be sorted in.", copied.waiting))
    if copied.damaged_photos:
        count = copied.damaged_photos
        words.append(
            tr(
                "The file(s) of %n photo(s) (is|are) damaged; what is left lies in the copy's folder “quarantine”.",
                count,
            )
        )
    if not copied.whole:
        words.append(tr("If you have a backup from before the damage, compare it with this copy before you go on."))
    return words
