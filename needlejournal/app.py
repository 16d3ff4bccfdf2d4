"""The composition root: checks what Qt needs, makes the application, and opens a window on the last journal.

The window's first frame comes before everything else is loaded: see `move_in`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from needlejournal import system


def main(arguments: list[str]) -> int:
    """Run the app; `arguments` may name a journal to open, or photos to bring in. Returns the exit code."""
    trouble = system.trouble()
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 (there is no window to say it in)
        return 1
    from PySide6.QtWidgets import QApplication

    from needlejournal.ui import front_door

    given = [Path(name).absolute() for name in arguments]
    application = QApplication(sys.argv[:1])
    if front_door.hand_over(given):
        return 0
    window = make_window(application)
    sys.excepthook = lambda _kind, error, _trace: window.faulted.emit(error)
    window.appeared.connect(lambda: move_in(application, window, given))
    window.show()
    return application.exec()


def make_window(application: QApplication) -> MainWindow:  # type: ignore[name-defined]  # noqa: F821 (Qt loads late)
    """The main window in the person's theme, not shown yet."""
    from needlejournal.ui.main_window import MainWindow
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.theme import Theme

    application.setApplicationName("Needle Journal")
    application.setDesktopFileName("needlejournal")
    preferences = Preferences()
    scale = preferences.number("look/text_scale")
    theme = Theme(application, preferences.mode(), scale or None)
    theme.set_reduced_motion(preferences.flag("look/still"))
    return MainWindow(application, preferences)


def move_in(
    application: QApplication,  # type: ignore[name-defined]  # noqa: F821
    window: MainWindow,  # type: ignore[name-defined]  # noqa: F821
    given: Sequence[Path],
) -> None:
    """Load the rest while the window stands, open what was asked for, and make the program at home on the desktop."""
    from needlejournal.ui import blocks, icons, language
    from needlejournal.ui.arrivals import Arrivals
    from needlejournal.ui.collecting import Collecting
    from needlejournal.ui.ending import Ending
    from needlejournal.ui.front_door import FrontDoor
    from needlejournal.ui.help.tour import offer_first_steps
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.widgets import spoken

    language.install(application)
    spoken.install()
    application.setWindowIcon(icons.icon("app", "accent"))
    Collecting(application)
    blocks.watch_if_asked(window)
    Ending(window)
    preferences = Preferences()
    if not preferences.known_journals():
        window.entered.connect(lambda _workspace: offer_first_steps(preferences, window))
    arrivals = Arrivals(application, window)
    arrivals.begin(given)
    FrontDoor(window).knocked.connect(arrivals.take)
