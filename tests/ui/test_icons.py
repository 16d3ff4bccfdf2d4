"""Icons: every name is drawn in one hand, takes the colour of its role and follows a change of theme."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from needlejournal import paths
from needlejournal.ui import icons, theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    look = theme.Theme(qapp, "light", 1.0)
    yield look
    look.set_mode("light")
    look.setParent(None)


def _strongest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    colours = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(colours, key=QColor.alpha)


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_with_one_stroke_on_one_grid(name: str, look: theme.Theme) -> None:
    root = ET.parse(paths.resources() / "icons" / f"{name}.svg").getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke-width") == "1.6"
    assert _strongest(icons.icon(name)).alpha() > 200


def test_an_icon_takes_the_colour_of_its_role_and_follows_the_theme(look: theme.Theme) -> None:
    icon = icons.icon("add", "accent")
    assert _strongest(icon) == QColor(theme.load_tokens("light").roles["accent"])
    look.set_mode("dark")
    assert _strongest(icon) == QColor(theme.load_tokens("dark").roles["accent"])


def test_an_icon_that_cannot_be_pressed_is_faint(look: theme.Theme) -> None:
    assert _strongest(icons.icon("add"), QIcon.Mode.Disabled) == theme.colour("ink_faint")


def test_an_icon_is_sharp_on_a_screen_of_double_density(look: theme.Theme) -> None:
    assert icons.pixmap("lock", 20, ratio=2.0).size() == QSize(40, 40)


def test_a_name_that_is_not_drawn_is_an_error() -> None:
    with pytest.raises(KeyError):
        icons.icon("unicorn")
