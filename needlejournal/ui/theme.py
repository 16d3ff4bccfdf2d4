"""The look as tokens: colours by role, type, spacing, radii, motion; and what puts them on the application.

Widgets ask for roles (`colour("accent")`), styles (`font("title")`) and lengths (`px(16)`), and repaint on `on_change`.
Nothing here knows a widget of ours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from needlejournal import paths
from needlejournal.journal.frozen import frozen
from needlejournal.journal.toml_files import kept

Mode = Literal["system", "light", "dark"]
TextStyle = Literal["page", "title", "subtitle", "text", "strong", "small", "small_strong", "display"]

# Spacing in units of 100 % text: pass through px() where it stands beside text.
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
PAGE_MARGIN, CARD_GAP, CARD_PADDING = 24, 12, 18
RADIUS_CARD, RADIUS_CONTROL, RADIUS_SMALL = 12, 8, 5
CONTROL_HEIGHT, HEADER_HEIGHT, RAIL_WIDTH = 36, 60, 196
MOTION_MS = 140

FAMILY = "Inter"
_TYPE: dict[TextStyle, tuple[float, int]] = {
    "display": (26, 600),
    "page": (20, 600),
    "title": (15, 600),
    "subtitle": (14, 600),
    "text": (14, 400),
    "strong": (14, 500),
    "small": (12, 400),
    "small_strong": (12, 600),
}
# What systems call their ordinary text size, in device-independent pixels; ours is 14 there.
_USUAL_TEXT_PX = {"win32": 12.0, "darwin": 13.0}


@frozen
class Tokens:
    """One theme as read from its file: "#RRGGBB" by role, and the strength of shadows (0 to 1)."""

    name: str
    roles: dict[str, str]
    shadow: str
    shadow_card: float


class _State(QObject):
    """What is shown now; `changed` tells widgets to lay out and paint again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = load_tokens("light")
        self.text_scale = 1.0
        self.still = False


@cache
def load_tokens(name: str) -> Tokens:
    """The theme `name` from resources/themes: "light" or "dark", or one of them with "_contrast".

    KeyError for a role that names no colour.
    """
    own = _read_theme(name)
    base = _read_theme(own["based_on"]) if "based_on" in own else own
    colours = base["colours"] | own["colours"]
    roles = {role: colours[colour] for role, colour in base["roles"].items()}
    shadow = base["shadow"]
    return Tokens(name, roles, shadow["colour"], float(shadow["card"]))


def _read_theme(name: str) -> dict[str, Any]:
    file = f"themes/{name}.toml"
    found = kept(paths.resources(), [file])
    if found:
        return found[file]
    import tomllib  # only where a file was changed

    return tomllib.loads((paths.resources() / file).read_text(encoding="utf-8"))


@cache
def _state() -> _State:
    return _State()


@cache
def _parsed(name: str, role: str) -> QColor:
    return QColor(load_tokens(name).roles[role])


def colour(role: str, alpha: float = 1.0) -> QColor:
    """The colour of `role` in the theme shown now; `alpha` 0 to 1. KeyError for an unknown role."""
    found = QColor(_parsed(_state().tokens.name, role))
    if alpha < 1:
        found.setAlphaF(alpha)
    return found


def tokens() -> Tokens:
    """The theme shown now."""
    return _state().tokens


def shadow(strength: float) -> QColor:
    """The shadow colour at `strength` 0 to 1."""
    found = QColor(_state().tokens.shadow)
    found.setAlphaF(strength)
    return found


def mix(one: QColor, other: QColor, part: float) -> QColor:
    """The colour `part` of the way (0 to 1) from `one` to `other`, alpha included."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part,
        one.alphaF() + (other.alphaF() - one.alphaF()) * part,
    )


def luminance(value: QColor) -> float:
    """Relative luminance, 0 black to 1 white, as WCAG 2 defines it."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value.redF(), value.greenF(), value.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast() -> float:
    """How far ordinary text must stand out from its ground in the theme shown now (WCAG 2.2, 1.4.3 and 1.4.6)."""
    return 7.0 if _state().tokens.name.endswith("_contrast") else 4.5


def ink_on(ground: QColor) -> QColor:
    """The text colour that reads best on `ground`: ours where it is legible, else black or white."""
    ours = max((colour("ink"), colour("card")), key=lambda ink: contrast(ink, ground))
    if contrast(ours, ground) >= 4.5:
        return ours
    return max((QColor("#000000"), QColor("#FFFFFF")), key=lambda ink: contrast(ink, ground))


def px(length: float) -> int:
    """`length`, given for ordinary text, in device-independent pixels at the person's text size."""
    return round(length * _state().text_scale)


def text_scale() -> float:
    """The person's text size: 1.0 ordinary, 2.0 twice as large."""
    return _state().text_scale


@cache
def _font(style: TextStyle, scale: float) -> QFont:
    size, weight = _TYPE[style]
    found = QFont(FAMILY)
    found.setPixelSize(max(1, round(size * scale)))
    found.setWeight(QFont.Weight(weight))
    if style in {"page", "display"}:
        found.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.01 * size * scale)
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    found.setFeature(QFont.Tag("tnum"), 1)
    return found


def font(style: TextStyle = "text") -> QFont:
    """The font of a text style, at the person's text size, with tabular figures."""
    return QFont(_font(style, _state().text_scale))


def motion_ms() -> int:
    """How long what appears or moves takes, in milliseconds: 0 where less motion is asked for."""
    if _state().still:
        return 0
    from PySide6.QtWidgets import QStyle  # its enumerations cost more than the rest of this module at the start

    animated = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return MOTION_MS if animated else 0


def on_change(repaint: Callable[[], object]) -> None:
    """Call `repaint` (a bound method of a QObject) whenever theme or text size changes, while that object lives."""
    _state().changed.connect(repaint)


def style_sheet() -> str:
    """The style sheet for Qt's own widgets: `@role` and `@12px` in resources/style/controls.qss filled in."""
    template = _template()
    roles = _state().tokens.roles
    filled = re.sub(r"@(\d+)px", lambda m: f"{px(int(m[1]))}px", template)
    return re.sub(r"@([a-z_0-9]+)", lambda m: roles[m[1]], filled)


@cache
def _template() -> str:
    text = (paths.resources() / "style" / "controls.qss").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def palette() -> QPalette:
    """Qt's palette for the theme shown now."""
    found = QPalette()
    role = QPalette.ColorRole
    for target, name in {
        role.Window: "ground", role.WindowText: "ink", role.Base: "field", role.AlternateBase: "hover",
        role.Text: "ink", role.Button: "button", role.ButtonText: "ink", role.BrightText: "danger",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.Link: "accent", role.LinkVisited: "accent",
        role.ToolTipBase: "toast", role.ToolTipText: "on_toast", role.PlaceholderText: "placeholder",
        role.Light: "card", role.Midlight: "line", role.Mid: "line_strong", role.Dark: "ink_faint",
        role.Shadow: "ink_faint", role.Accent: "accent",
    }.items():  # fmt: skip
        found.setColor(target, colour(name))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        found.setColor(QPalette.ColorGroup.Disabled, target, colour("ink_faint"))
    found.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colour("line"))
    return found


def load_fonts() -> None:
    """Make the shipped typeface known to Qt; call once there is an application."""
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


class Theme(QObject):
    """Puts the look on the application and follows the system's light or dark while the mode is "system"."""

    def __init__(
        self,
        application: QApplication,
        mode: Mode = "system",
        text_scale: float | None = None,
        *,
        styled: bool = False,
    ) -> None:
        """`text_scale` None takes the system's text size; `styled` says that the application began in our style."""
        super().__init__(application)
        self._application = application
        self._mode: Mode = mode
        self._system_scale = _system_text_scale(application)
        _state().text_scale = text_scale or self._system_scale
        if not styled:
            application.setStyle("Fusion")
        load_fonts()
        self._hints = application.styleHints()  # asked of the application each time, its parts would die at once
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._accessibility.contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What the person chose."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show "light", "dark", or what the system has."""
        self._mode = mode
        self._apply()

    def set_text_scale(self, scale: float | None) -> None:
        """Text size against the ordinary one, 0.8 to 3; None takes the system's."""
        _state().text_scale = min(3.0, max(0.8, scale or self._system_scale))
        self._apply()

    def set_reduced_motion(self, still: bool) -> None:
        """Whether nothing should move."""
        _state().still = still

    def _follow(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        state = _state()
        state.tokens = load_tokens(self._wanted())
        self._application.setPalette(palette())
        self._application.setFont(font("text"))
        self._application.setStyleSheet(style_sheet())
        state.changed.emit()

    def _wanted(self) -> str:
        dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        mode = self._mode if self._mode != "system" else "dark" if dark else "light"
        more = self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        return f"{mode}_contrast" if more else mode


def current_theme() -> Theme:
    """The look of the running application. RuntimeError when there is none yet."""
    application = QApplication.instance()
    found = application.findChild(Theme) if application else None
    if found is None:
        raise RuntimeError("the theme is made with the application")
    return found


def _system_text_scale(application: QApplication) -> float:
    """How much larger than usual the system's text is; small differences between desktops count as none."""
    system = application.font()
    dots = application.primaryScreen().logicalDotsPerInch()
    size = system.pixelSize() if system.pixelSize() > 0 else system.pointSizeF() * dots / 72
    scale = size / _USUAL_TEXT_PX.get(sys.platform, 13.3)
    return 1.0 if 0.8 <= scale <= 1.2 else min(3.0, max(0.8, scale))
