"""The system's programs that each step needs, and whether one is there. Standard library only."""

from __future__ import annotations

import contextlib
import ctypes
import shutil
import subprocess

SYSTEM_PYTHON = "/usr/bin/python3"

# Programs, and the package of Debian and Ubuntu that brings each.
FREEZING = {"objdump": "binutils", "strip": "binutils", "gcc": "gcc"}
PACKING = {"appstreamcli": "appstream", "desktop-file-validate": "desktop-file-utils"}
CHECKING = {"debootstrap": "debootstrap"}
TESTING = {
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "age": "age",
    "dbus-run-session": "dbus",
    "update-mime-database": "shared-mime-info",
    "gio": "libglib2.0-bin",
}
BENCH = {"vipsthumbnail": "libvips-tools"}


def is_there(tool: str) -> bool:
    """Tell whether a program is on the path ("Xvfb"), a library loads ("libx.so.1"), or "import x" works there."""
    with contextlib.suppress(OSError):
        if tool.startswith("import "):
            asked = [SYSTEM_PYTHON, "-c", tool]
            return subprocess.run(asked, capture_output=True, check=False).returncode == 0
        return bool(ctypes.CDLL(tool)) if ".so" in tool else shutil.which(tool) is not None
    return False
