"""Starting with the system: offered in the settings, never taken. Each system has its own place for it."""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path

from needlejournal.journal.message import message
from needlejournal.store.folder import as_world_error

NAME = "needlejournal"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"


def command() -> list[str]:
    """What starts this program again, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "needlejournal"]


def can_start_at_login() -> bool:
    """Whether this system has a place we know."""
    return sys.platform in {"win32", "darwin"} or sys.platform.startswith("linux")


def starts_at_login() -> bool:
    """Whether the program starts when the person logs in."""
    return _registered() if sys.platform == "win32" else _file().is_file()


def start_at_login(*, wanted: bool) -> None:
    """Start the program at login, or no longer. Raises WorldError when the system refuses."""
    try:
        if sys.platform == "win32":
            _register(wanted=wanted)
        elif wanted:
            _file().parent.mkdir(parents=True, exist_ok=True)
            _file().write_bytes(_contents())
        else:
            _file().unlink(missing_ok=True)
    except OSError as error:
        raise as_world_error(error, message("Starting at login was not changed")) from error


def _file() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library/LaunchAgents" / f"{NAME}.plist"
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(config) / "autostart" / f"{NAME}.desktop"


def _contents() -> bytes:
    if sys.platform == "darwin":
        return plistlib.dumps({"Label": NAME, "ProgramArguments": command(), "RunAtLoad": True})
    run = " ".join(_quoted(word) for word in command())
    return f"[Desktop Entry]\nType=Application\nName=Needle Journal\nExec={run}\nTerminal=false\n".encode()


def _quoted(word: str) -> str:
    """A word of an Exec line as the desktop entry specification wants it."""
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return '"{}"'.format(word.replace("\\", "\\\\").replace("%", "%%"))


def _registered() -> bool:
    import winreg  # type: ignore[import-not-found,unused-ignore]

    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:  # type: ignore[attr-defined,unused-ignore]
        try:
            winreg.QueryValueEx(key, NAME)  # type: ignore[attr-defined,unused-ignore]
        except FileNotFoundError:
            return False
    return True


def _register(*, wanted: bool) -> None:
    import subprocess
    import winreg

    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:  # type: ignore[attr-defined,unused-ignore]
        if wanted:
            words = subprocess.list2cmdline(command())
            winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, words)  # type: ignore[attr-defined,unused-ignore]
        elif _registered():
            winreg.DeleteValue(key, NAME)  # type: ignore[attr-defined,unused-ignore]
