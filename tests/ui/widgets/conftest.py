"""What every widget's test stands on: the light theme at ordinary text size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from needlejournal.ui import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """Give the look, and leave it light and at ordinary size."""
    look = theme.Theme(qapp, "light", 1.0)
    yield look
    look.set_text_scale(1.0)
    look.set_mode("light")
    look.setParent(None)
