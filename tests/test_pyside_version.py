"""A trap: PySide6 6.12.0 on Python 3.11 loses a reference of None with each void call, until the process dies."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[1]


def test_calls_that_return_nothing_keep_none_alive() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(5000):
        thing.setObjectName("name")
    assert before - sys.getrefcount(None) < 1000


def test_the_installed_version_is_one_that_works() -> None:
    assert (6, 8) <= PySide6.__version_info__[:2] < (6, 12)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_holds_a_version_that_works(lock: str) -> None:
    pinned = re.findall(r"^(pyside6[a-z-]*|shiboken6)==6\.(\d+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    assert {name for name, _ in pinned} == {"pyside6-essentials", "shiboken6"}
    assert all(8 <= int(minor) < 12 for _, minor in pinned)
