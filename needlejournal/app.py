"""The composition root: checks what Qt needs, makes the application, and opens a window on the last journal."""

from __future__ import annotations

import sys
from pathlib import Path

from needlejournal import paths, system


def main(arguments: list[str]) -> int:
    """Run the app; `arguments` may name a journal to open. Returns the exit code."""
    trouble = system.trouble()
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 (there is no window to say it in)
        return 1
    from PySide6.QtWidgets import QApplication

    from needlejournal.ui.collecting import Collecting

    application = QApplication(sys.argv[:1])
    window = make_window(application)
    Collecting(application)
    sys.excepthook = lambda _kind, error, _trace: window.faulted.emit(error)
    window.show()
    window.begin(Path(arguments[0]) if arguments else None)
    return application.exec()


def make_window(application: QApplication) -> MainWindow:  # type: ignore[name-defined]  # noqa: F821 (Qt loads late)
    """The main window with everything it needs, not shown yet."""
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.ui import icons, language
    from needlejournal.ui.main_window import MainWindow
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.theme import Theme

    application.setApplicationName("Needle Journal")
    application.setDesktopFileName("needlejournal")
    language.install(application)
    preferences = Preferences()
    scale = preferences.number("look/text_scale")
    theme = Theme(application, preferences.mode(), scale or None)
    theme.set_reduced_motion(preferences.flag("look/still"))
    application.setWindowIcon(icons.icon("app", "accent"))
    return MainWindow(application, load_catalogue(paths.resources()), preferences)
