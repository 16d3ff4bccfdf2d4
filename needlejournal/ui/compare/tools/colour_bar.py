"""Matching colours: mark untreated skin, then the photos are shown as in one light."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal.imaging.composing.region import Region
from needlejournal.ui.compare.modes.patch import Patch
from needlejournal.ui.compare.tools.tool_bar import ToolBar
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for


class ColourBar(ToolBar):
    """Leads through marking skin; a refusal stands where the instruction stood."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        self.patch = Patch()
        super().__init__(stage, self.patch, tr("Match on this skin"), parent)

    def begin(self) -> None:
        """Ask for skin on both photos anew."""
        self.take_back()

    def follow(self) -> None:
        if self.isHidden():
            return
        ready = self.regions() is not None
        self.done_button.setEnabled(ready)
        if ready:
            self.words.setText(tr("Only what you see is matched; no photo is changed. Use this skin, or draw again."))
        elif self.patch.boxes:
            self.words.setText(tr("Now draw a box around the same skin on the other photo."))
        else:
            self.words.setText(
                tr("Draw a box around skin that was not treated, such as the neck. Treated skin would hide redness.")
            )
        self.stage.update()

    def regions(self) -> tuple[Region, Region] | None:
        """What is marked on both photos."""
        return self.patch.regions(self.stage.looking.scene())

    def refuse(self, error: Exception) -> None:
        """Say why the marked skin does not do."""
        self.words.setText(message_for(error).sentence)

    def take_back(self) -> None:
        self.patch.boxes.clear()
        self.follow()

    def enter(self) -> None:
        self.patch.set_in_middle(self.stage.looking.area, self.stage.looking.scene())
        self.follow()
