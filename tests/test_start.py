"""What a start loads before the first picture: nothing heavy, and no Qt where no window is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "cv2", "pillow_heif", "simplejpeg", "icalendar"}


def loaded_by(module: str) -> set[str]:
    told = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", ["needlejournal.app", "needlejournal.cli"])
def test_nothing_heavy_is_loaded_by_starting(module: str) -> None:
    assert loaded_by(module) & HEAVY == set()


def test_commands_without_a_window_load_no_qt() -> None:
    assert "PySide6" not in loaded_by("needlejournal.cli")
