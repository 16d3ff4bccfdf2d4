"""The composition root: checks what Qt needs, makes the application, and opens a window on the last journal."""

from __future__ import annotations

import sys
from pathlib import Path

from needlejournal import paths, system


def main(arguments: list[str]) -> int:
    """Run the app; `arguments` may name a journal to open, or photos to bring in. Returns the exit code."""
    trouble = system.trouble()
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 (there is no window to say it in)
        return 1
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from needlejournal.ui import front_door

    given = [Path(name).absolute() for name in arguments]
    application = QApplication(sys.argv[:1])
    if front_door.hand_over(given):
        return 0
    window = make_window(application)
    sys.excepthook = lambda _kind, error, _trace: window.faulted.emit(error)
    window.show()
    arrivals = _settle_in(application, window)
    arrivals.begin(given)
    QTimer.singleShot(0, lambda: front_door.FrontDoor(window).knocked.connect(arrivals.take))
    return application.exec()


def _settle_in(application: QApplication, window: MainWindow) -> Arrivals:  # type: ignore[name-defined]  # noqa: F821
    """Make the program at home on the desktop: what it is given, how it ends, and first steps for somebody new."""

    from needlejournal.ui.arrivals import Arrivals
    from needlejournal.ui.collecting import Collecting
    from needlejournal.ui.ending import Ending
    from needlejournal.ui.help.tour import offer_first_steps
    from needlejournal.ui.preferences import Preferences

    Collecting(application)
    Ending(window)
    preferences = Preferences()
    if not preferences.known_journals():
        window.entered.connect(lambda _workspace: offer_first_steps(preferences, window))
    return Arrivals(application, window)


def make_window(application: QApplication) -> MainWindow:  # type: ignore[name-defined]  # noqa: F821 (Qt loads late)
    """The main window with everything it needs, not shown yet."""
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.ui import icons, language
    from needlejournal.ui.main_window import MainWindow
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.theme import Theme
    from needlejournal.ui.widgets import spoken

    application.setApplicationName("Needle Journal")
    application.setDesktopFileName("needlejournal")
    language.install(application)
    spoken.install()
    preferences = Preferences()
    scale = preferences.number("look/text_scale")
    theme = Theme(application, preferences.mode(), scale or None)
    theme.set_reduced_motion(preferences.flag("look/still"))
    application.setWindowIcon(icons.icon("app", "accent"))
    return MainWindow(application, load_catalogue(paths.resources()), preferences)
