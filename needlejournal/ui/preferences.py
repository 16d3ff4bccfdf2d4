"""What the app remembers about itself: window place, theme, last journals. Never anything of a journal's content."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import cast

from PySide6.QtCore import (
    QByteArray,
    QObject,
    QSettings,  # noqa: TID251 (this is that place)
    QTimer,
    Signal,
)

from needlejournal import paths
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.ui.theme import Mode

RECENT_KEPT = 8
DAY_BEGINS = "day/begins"


class Preferences(QObject):
    """Reads and writes the settings file. `refused` carries, once, that what was chosen cannot be written."""

    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._write)
        self._settings = QSettings(str(paths.settings_dir() / "settings.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A remembered text."""
        return str(self._settings.value(key, default))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A remembered yes or no."""
        return str(self._settings.value(key, str(default))).lower() == "true"

    def number(self, key: str, default: float = 0) -> float:
        """A remembered number; the default where somebody wrote something else."""
        try:
            return float(str(self._settings.value(key, default)))
        except ValueError:
            return default

    def bytes(self, key: str) -> QByteArray:
        """A remembered window state, empty when there is none."""
        found = self._settings.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def remember(self, key: str, value: str | bool | float | QByteArray) -> None:
        """Keep a value under a key."""
        self._settings.setValue(key, str(value) if isinstance(value, bool) else value)
        self._soon.start()

    def forget(self, key: str) -> None:
        """Drop a value."""
        self._settings.remove(key)
        self._soon.start()

    def mode(self) -> Mode:
        """Light, dark, or as the system has it."""
        kept = self.text("look/mode")
        return cast("Mode", kept) if kept in {"light", "dark"} else "system"

    def day_begins(self) -> time:
        """When the person's day begins: midnight, or a later time of the night."""
        try:
            return time.fromisoformat(self.text(DAY_BEGINS, "00:00"))
        except ValueError:
            return time.min

    def recent_journals(self) -> list[Path]:
        """The journals opened lately that are still there, the last one first."""
        return [folder for folder in self.known_journals() if (folder / "journal.db").is_file()]

    def known_journals(self) -> list[Path]:
        """The journals opened lately, also those that are not there now: on a disk that is out, say, or moved."""
        kept = self._settings.value("journals/recent")
        names = [kept] if isinstance(kept, str) else list(kept) if isinstance(kept, list) else []
        return [Path(name) for name in names]

    def remember_journal(self, folder: Path) -> None:
        """Put a journal at the head of the recent ones."""
        others = [str(path) for path in self.known_journals() if path != folder]
        self._settings.setValue("journals/recent", [str(folder), *others][:RECENT_KEPT])

    def forget_journal(self, folder: Path) -> None:
        """Do not name a journal any more; it stays where it is."""
        self._settings.setValue("journals/recent", [str(path) for path in self.known_journals() if path != folder])

    def _write(self) -> None:
        """Qt writes in silence, so it is asked how that went."""
        self.save()
        if self._settings.status() is not QSettings.Status.NoError and not self._told:
            self._told = True
            words = message(
                "Your settings cannot be written into “{folder}”. What you choose holds until Needle Journal is "
                "closed; your journals are not touched by this.",
                folder=str(paths.settings_dir()),
            )
            self.refused.emit(WorldError(words))

    def save(self) -> None:
        """Write the file now."""
        self._settings.sync()
