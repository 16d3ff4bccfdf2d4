"""Light or dark, text size, motion: remembered, and shown at once."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from needlejournal.ui.language import tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.theme import Mode, current_theme
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl

_SCALES = ("0", "1", "1.25", "1.5", "2")


class LookCard(Card):
    """How the app looks."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("Look"), parent)
        self._preferences = preferences
        modes = (("system", tr("Same as system")), ("light", tr("Light"), "sun"), ("dark", tr("Dark"), "moon"))
        self._mode = SegmentedControl(tr("Light or dark"), modes, preferences.mode())
        kept = f"{preferences.number('look/text_scale'):g}"
        names = (tr("Same as system"), "100 %", "125 %", "150 %", "200 %")
        scales = tuple(zip(_SCALES, names, strict=True))
        self._scale = Select(tr("Text size"), scales, kept if kept in _SCALES else "0")
        self._still = CheckBox(tr("Reduce motion"), checked=preferences.flag("look/still"))
        form = Form()
        form.add(tr("Light or dark"), row_of(self._mode))
        form.add(tr("Text size"), row_of(self._scale))
        form.add(tr("Motion"), self._still)
        self.body.addWidget(form)
        self._mode.changed.connect(self._set_mode)
        self._scale.changed.connect(self._set_scale)
        self._still.toggled.connect(self._set_still)

    def _set_mode(self) -> None:
        mode = self._mode.value() or "system"
        self._preferences.remember("look/mode", mode)
        current_theme().set_mode(cast("Mode", mode))

    def _set_scale(self) -> None:
        scale = float(self._scale.value() or 0)
        self._preferences.remember("look/text_scale", scale)
        current_theme().set_text_scale(scale or None)

    def _set_still(self, still: bool) -> None:
        self._preferences.remember("look/still", still)
        current_theme().set_reduced_motion(still)
