"""A virtual screen with a window manager, for windows on a machine that has none."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

# What hears the window as a screen reader does (AT-SPI), and what shows it: see `tools.is_there`; then the package of
# Debian and Ubuntu that brings each.
READER = {
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "import gi; gi.require_version('Atspi', '2.0')": "python3-pyatspi",
}
TOOLS = {"Xvfb": "xvfb", "openbox": "openbox", **READER}
_LONGEST = 20  # seconds that a window manager may take to start


@contextlib.contextmanager
def virtual(folder: Path) -> Iterator[str]:
    """Start Xvfb and openbox, give the display's name, and end both. `folder` takes a mark for the time being.

    Raises TimeoutError when the window manager does not start.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with _ended(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)):
        os.close(writing)
        with os.fdopen(reading) as number:
            display = f":{number.readline().strip()}"
        ready = folder / "openbox-ready"
        folder.mkdir(exist_ok=True)
        ready.unlink(missing_ok=True)
        openbox = ["openbox", "--sm-disable", "--startup", shlex.join(["touch", str(ready)])]
        on_it, unheard = os.environ | {"DISPLAY": display}, subprocess.DEVNULL
        with _ended(subprocess.Popen(openbox, env=on_it, stdout=unheard, stderr=unheard)):
            _wait_for(ready)
            yield display


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a program with the block it stands in."""
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + _LONGEST
    while not file.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("The window manager did not start on the virtual screen.")
        time.sleep(0.05)
