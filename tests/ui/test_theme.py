"""The look as a person needs it: legible in both themes, growing with their text size, changing while the app runs."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from needlejournal.ui import theme
from needlejournal.ui.widgets.text import Label

GROUNDS = ["ground", "card", "rail", "rail_selected", "field", "button", "button_hover", "hover"]
PAIRS = [
    *(("ink", ground) for ground in [*GROUNDS, "button_pressed", "pressed", "pill", "accent_ground", "accent_mist"]),
    *(("ink_soft", ground) for ground in [*GROUNDS, "pill", "accent_ground", "accent_mist"]),
    *(("accent", ground) for ground in ["ground", "card", "field", "rail", "accent_ground", "hover"]),
    *(("placeholder", ground) for ground in ["field", "card", "ground"]),
    *(("ink_faint", ground) for ground in [*GROUNDS, "pill"]),
    *(("on_accent", ground) for ground in ["accent", "accent_hover", "accent_pressed"]),
    *(("on_danger", ground) for ground in ["danger", "danger_hover"]),
    *((role, ground) for role in ["danger", "warning", "good"] for ground in ["card", "ground"]),
    ("danger", "danger_ground"), ("warning", "warning_ground"), ("good", "good_ground"),
    ("ink", "danger_ground"), ("ink", "warning_ground"), ("ink", "good_ground"),
    ("on_toast", "toast"), ("toast_action", "toast"), ("on_surround", "surround"),
    *((f"on_severity_{step}", f"severity_{step}") for step in range(5)),
]  # fmt: skip


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    look = theme.Theme(qapp, "light", 1.0)
    yield look
    look.set_text_scale(1.0)
    look.set_mode("light")
    look.setParent(None)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_stands_out_from_its_ground(mode: str, ink: str, ground: str) -> None:
    roles = theme.load_tokens(mode).roles
    assert theme.contrast(QColor(roles[ink]), QColor(roles[ground])) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "card", "rail", "field", "hover", "button"])
def test_the_edge_of_every_field_and_control_stands_out(mode: str, ground: str) -> None:
    roles = theme.load_tokens(mode).roles
    for edge in ("field_line", "focus"):
        assert theme.contrast(QColor(roles[edge]), QColor(roles[ground])) >= 3


@pytest.mark.parametrize("mode", ["light_contrast", "dark_contrast"])
@pytest.mark.parametrize(
    ("ink", "ground"), [*PAIRS, *(("field_line", ground) for ground in ["ground", "card", "field"])]
)
def test_with_more_contrast_every_text_and_edge_stands_out_seven_times(mode: str, ink: str, ground: str) -> None:
    roles = theme.load_tokens(mode).roles
    wanted = 4.5 if "severity" in ground else 7  # a severity has its word beside it
    assert theme.contrast(QColor(roles[ink]), QColor(roles[ground])) >= wanted


@pytest.mark.parametrize(("mode", "step"), [("light", -1), ("dark", 1)])
def test_severities_are_ordered_in_lightness_so_that_they_hold_in_grey(mode: str, step: int) -> None:
    roles = theme.load_tokens(mode).roles
    ramp = [theme.luminance(QColor(roles[f"severity_{grade}"])) * step for grade in range(5)]
    assert ramp == sorted(ramp)


def test_both_themes_know_the_same_roles() -> None:
    assert theme.load_tokens("light").roles.keys() == theme.load_tokens("dark").roles.keys()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_ground_around_photos_has_no_tint(mode: str) -> None:
    surround = QColor(theme.load_tokens(mode).roles["surround"])
    assert surround.red() == surround.green() == surround.blue()


def test_ink_on_any_colour_is_legible(look: theme.Theme) -> None:
    for mode in ("light", "dark"):
        look.set_mode(mode)
        for part in range(11):
            ground = theme.mix(theme.colour("accent_ground"), theme.colour("accent"), part / 10)
            assert theme.contrast(theme.ink_on(ground), ground) >= 4.5


def test_changing_the_theme_recolours_what_is_already_shown(look: theme.Theme, qapp: QApplication) -> None:
    label = Label("Redness", role="accent")
    look.set_mode("dark")
    assert label.palette().windowText().color() == QColor(theme.load_tokens("dark").roles["accent"])
    assert qapp.palette().window().color() == QColor(theme.load_tokens("dark").roles["ground"])
    assert theme.tokens().name == "dark"


def test_twice_as_large_text_doubles_type_and_lengths(look: theme.Theme) -> None:
    before = theme.font("text").pixelSize()
    look.set_text_scale(2.0)
    assert theme.font("text").pixelSize() == 2 * before
    assert theme.px(theme.CONTROL_HEIGHT) == 2 * theme.CONTROL_HEIGHT


def test_the_style_sheet_leaves_no_token_unfilled(look: theme.Theme) -> None:
    for mode in ("light", "dark"):
        look.set_mode(mode)
        assert "@" not in theme.style_sheet()


def test_the_shipped_typeface_has_its_three_weights_and_figures_of_one_width(look: theme.Theme) -> None:
    assert set(QFontDatabase.styles(theme.FAMILY)) >= {"Regular", "Medium", "SemiBold"}
    assert QFontInfo(theme.font("page")).weight() == QFont.Weight.DemiBold
    metrics = QFontMetricsF(theme.font("text"))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_less_motion_means_none(look: theme.Theme) -> None:
    look.set_reduced_motion(True)
    assert theme.motion_ms() == 0
    look.set_reduced_motion(False)
    assert 0 <= theme.motion_ms() <= 180


def test_a_system_that_wants_more_contrast_gets_it(look: theme.Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    look.set_mode("light")
    usual = theme.colour("ink_soft")
    asked = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(look, "_accessibility", SimpleNamespace(contrastPreference=lambda: asked))
    look.set_mode("light")
    assert theme.contrast(theme.colour("ink_soft"), theme.colour("card")) > theme.contrast(usual, theme.colour("card"))
    look.set_mode("dark")
    assert theme.tokens().name == "dark_contrast"
    monkeypatch.undo()
    look.set_mode("light")
    assert theme.colour("ink_soft") == usual
