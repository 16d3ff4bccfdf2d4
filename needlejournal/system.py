"""What Qt needs of the system before it starts: shared libraries, a font, a display.

Standard library only, and never Qt itself: Qt ends the process with a misleading text when one of these is missing.
`dev.py` asks here which packages to install, `__main__` asks for a sentence to show.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

# What to load, and the package of Debian and Ubuntu that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".pfb", ".t1"})
PLATFORMS_WITHOUT_WINDOW = ("offscreen", "minimal", "vnc")


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window could open here: always so on Windows and macOS, elsewhere where a display is named."""
    if not _is_linux():
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def missing_packages(*, window: bool) -> list[str]:
    """Return the Debian packages whose libraries or fonts Qt would miss here, for a window or for drawing offscreen."""
    if not _is_linux():
        return []
    libraries = QT_LIBRARIES | WINDOW_LIBRARIES if window else QT_LIBRARIES
    packages = [package for name, package in libraries.items() if not _loads(name)]
    return packages if has_font() else [*packages, FONT_PACKAGE]


def trouble(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return a sentence saying why Qt can't start with this environment and what to do, or None when it can."""
    platform = environ.get("QT_QPA_PLATFORM", "")
    window = not platform.startswith(PLATFORMS_WITHOUT_WINDOW)
    if window and not platform and not has_display(environ):
        return (
            "There is no display here to open a window on. Start Needle Journal from a desktop session, "
            "or use its commands without a window: needlejournal --help"
        )
    missing = missing_packages(window=window)
    if not missing:
        return None
    return (
        "Needle Journal can't open its window, because parts of the system are missing. "
        f"On Debian and Ubuntu this brings them: sudo apt-get install {' '.join(missing)}"
    )


def has_font() -> bool:
    """Tell whether any font is installed: without one Qt draws windows with no text in them, and says nothing."""
    return any(_holds_font(folder) for folder in _font_folders()) or _fontconfig_knows_fonts()


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _font_folders() -> list[Path]:
    home = Path(os.environ.get("HOME", "/"))
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


def _holds_font(folder: Path) -> bool:
    found = (Path(name).suffix.lower() for _, _, names in os.walk(folder) for name in names)
    return any(ending in FONT_ENDINGS for ending in found)


def _fontconfig_knows_fonts() -> bool:
    """Ask the library that Qt asks; slower than a look into the usual folders, so only where those are empty."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    fontconfig.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
    system_set = 0
    fonts = fontconfig.FcConfigGetFonts(fontconfig.FcInitLoadConfigAndFonts(), system_set)
    return bool(fonts) and fonts[0] > 0
