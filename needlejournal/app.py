"""The composition root: checks what Qt needs, makes the application, and opens a window on the last journal.

The window's first frame comes before everything else is loaded: see `move_in`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from needlejournal import system

AT_HOME_MS = 100  # after the journal is open: its first picture goes first
STYLE = ("-style", "Fusion")  # set by Qt itself: asking for the style makes hundreds of its enumerations for Python


def main(arguments: list[str], pair: tuple[int, int] | None = None) -> int:
    """Run the app; `arguments` may name a journal to open, or photos to bring in; `pair` are two of its photos to
    compare. Returns the exit code.
    """
    trouble = system.trouble()
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 (there is no window to say it in)
        return 1
    gc.disable()  # the start makes little garbage and many objects; `Collecting` takes over
    from PySide6.QtWidgets import QApplication

    import_without_reading_sources()
    from needlejournal.ui import front_door

    given = [Path(name).absolute() for name in arguments]
    application = QApplication([*sys.argv[:1], *STYLE])
    if front_door.hand_over(given, pair):
        return 0
    window = make_window(application, styled=True)
    say_faults(window)
    window.appeared.connect(lambda: move_in(application, window, given, pair))
    window.show()
    return application.exec()


def say_faults(window: MainWindow) -> None:  # type: ignore[name-defined]  # noqa: F821 (Qt loads late)
    """Let the window say what nobody caught. What goes wrong while it does is printed: saying that would never end."""

    def say(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        sys.excepthook = sys.__excepthook__
        window.faulted.emit(error)
        sys.excepthook = say

    sys.excepthook = say


def import_without_reading_sources() -> None:
    """Once PySide is loaded it reads the source of every module imported after it, to see whether it may use
    `from __feature__`. None here does, and reading them is a fifth of the start from a checkout.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010 (there is no public switch)


def make_window(
    application: QApplication,  # type: ignore[name-defined]  # noqa: F821 (Qt loads late)
    *,
    styled: bool = False,
) -> MainWindow:  # type: ignore[name-defined]  # noqa: F821
    """The main window in the person's theme, not shown yet; `styled`: the application was begun with STYLE."""
    from needlejournal.ui.main_window import MainWindow
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.theme import Theme

    application.setApplicationName("Needle Journal")
    application.setDesktopFileName("needlejournal")
    preferences = Preferences()
    scale = preferences.number("look/text_scale")
    theme = Theme(application, preferences.mode(), scale or None, styled=styled)
    theme.set_reduced_motion(preferences.flag("look/still"))
    return MainWindow(application, preferences)


def move_in(
    application: QApplication,  # type: ignore[name-defined]  # noqa: F821
    window: MainWindow,  # type: ignore[name-defined]  # noqa: F821
    given: Sequence[Path],
    pair: tuple[int, int] | None = None,
) -> None:
    """Load the rest while the window stands, open what was asked for, and make the program at home on the desktop."""
    from PySide6.QtCore import QTimer

    from needlejournal.ui import icons, language
    from needlejournal.ui.arrivals import Arrivals
    from needlejournal.ui.collecting import Collecting
    from needlejournal.ui.preferences import Preferences
    from needlejournal.ui.widgets import spoken

    language.install(application)
    spoken.install()
    application.setWindowIcon(icons.icon("app", "accent"))
    Collecting(application)
    if "NEEDLEJOURNAL_BLOCKS" in os.environ:
        from needlejournal.ui.blocks import watch_if_asked  # for developers

        watch_if_asked(window)
    preferences = Preferences()
    if not preferences.known_journals():
        window.entered.connect(lambda _workspace: _offer_first_steps(preferences, window))
    arrivals = Arrivals(application, window)
    arrivals.begin(given, pair)
    QTimer.singleShot(AT_HOME_MS, window, lambda: _be_at_home(application, window, arrivals))


def _be_at_home(
    application: QApplication,  # type: ignore[name-defined]  # noqa: F821
    window: MainWindow,  # type: ignore[name-defined]  # noqa: F821
    arrivals: Arrivals,  # type: ignore[name-defined]  # noqa: F821
) -> None:
    """Hear what the desktop asks for from now on: to end, and to take what a later start was given."""
    from needlejournal.ui.ending import Ending
    from needlejournal.ui.front_door import FrontDoor

    Ending(application, window, window.keep, window.leave)
    FrontDoor(window).knocked.connect(arrivals.take)


def _offer_first_steps(preferences: Preferences, window: MainWindow) -> None:  # type: ignore[name-defined]  # noqa: F821
    from needlejournal.ui.help.tour import offer_first_steps

    offer_first_steps(preferences, window)
