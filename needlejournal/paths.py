"""Where resources, models, settings and default journals are: in the source tree, a wheel or a frozen program."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APP = "NeedleJournal"


@cache
def _home() -> Path:
    """The folder that holds resources/ (and models/ when frozen)."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    return package if (package / "resources").is_dir() else package.parent


def resources() -> Path:
    """The folder with themes, icons, fonts, treatments and the sample."""
    return _home() / "resources"


def models_dir() -> Path:
    """The folder with the face models, fetched at set-up; it may be missing."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "models" if frozen else _home() / "build" / "models"


def font_folders() -> tuple[Path, ...]:
    """Where this computer keeps its fonts; some may be missing."""
    home = Path.home()
    if sys.platform == "win32":
        windows, local = os.environ.get("WINDIR", "C:/Windows"), os.environ.get("LOCALAPPDATA", home / "AppData/Local")
        return Path(windows) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"


def settings_dir() -> Path:
    """The folder for window state and preferences: never for anything of a journal."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming")) / APP
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support" / APP
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "needlejournal"


def log_file() -> Path:
    """Where our own faults are written down, without personal data."""
    return settings_dir() / "needlejournal.log"


def default_journals_dir() -> Path:
    """Where a new journal is proposed: the Documents folder, else home."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
