"""Whether a program, a shared library or a module of the system's Python is there. Standard library only."""

from __future__ import annotations

import contextlib
import ctypes
import shutil
import subprocess

SYSTEM_PYTHON = "/usr/bin/python3"


def is_there(tool: str) -> bool:
    """Tell whether a program is on the path ("Xvfb"), a library loads ("libx.so.1"), or "import x" works there."""
    with contextlib.suppress(OSError):
        if tool.startswith("import "):
            asked = [SYSTEM_PYTHON, "-c", tool]
            return subprocess.run(asked, capture_output=True, check=False).returncode == 0
        return bool(ctypes.CDLL(tool)) if ".so" in tool else shutil.which(tool) is not None
    return False
