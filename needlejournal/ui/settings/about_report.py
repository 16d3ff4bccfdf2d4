"""What helps those who mend the program: versions, the screen, the last faults; nothing of a journal, and no path."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from needlejournal import __version__, paths

PACKAGES = ("PySide6_Essentials", "apsw-sqlite3mc", "pillow", "pillow-heif", "opencv-python-headless", "numpy", "typst")
LAST_LETTERS = 6_000  # of the log: the last ten faults or so


def report() -> str:
    """The report as text to copy."""
    lines = [
        f"Needle Journal {__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}",
        f"Qt {qVersion()} on {QGuiApplication.platformName()}",
        *(f"{name} {_version(name)}" for name in PACKAGES),
        *(
            f"screen {screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
            for screen in QGuiApplication.screens()
        ),
        f"face models: {'there' if any(paths.models_dir().glob('*.tflite')) else 'missing'}",
    ]
    return "\n".join([*lines, "", "Last faults:", _last_faults() or "none"])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _last_faults() -> str:
    """The end of the log, from the beginning of a fault."""
    try:
        text = paths.log_file().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    end = text[-LAST_LETTERS:]
    return (end if len(text) <= LAST_LETTERS else end.partition("\n\n")[2]).strip()
