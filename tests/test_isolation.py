"""The tests keep away from the home, the settings and the screen of the person who runs them."""

from __future__ import annotations

import os
import re
import socket
import tempfile
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths  # noqa: TID251 - where Qt would write is the question
from PySide6.QtWidgets import QApplication

from needlejournal import paths
from tests.conftest import reached_out


def test_everything_that_is_written_by_default_lands_in_the_home_of_the_test(home: Path) -> None:
    config = QStandardPaths.StandardLocation.ConfigLocation
    places = [
        Path.home(),
        paths.settings_dir(),
        Path(tempfile.gettempdir()),
        Path(QStandardPaths.writableLocation(config)),
        Path(QSettings("Someone", "Something").fileName()),
    ]
    assert all(place.is_relative_to(home) for place in places), places


def test_each_test_finds_its_home_empty() -> None:
    assert [file for file in Path.home().rglob("*") if file.is_file()] == []


def test_the_clock_has_an_offset_and_summer_time_so_that_mixing_up_zones_shows() -> None:
    assert time.strftime("%z", time.localtime(1767225600)) == "+0100"
    assert time.strftime("%z", time.localtime(1782864000)) == "+0200"


def test_no_window_opens_where_none_was_asked_for(qapp: QApplication) -> None:
    assert qapp.platformName() == os.environ["QT_QPA_PLATFORM"]
    assert qapp.cursorFlashTime() == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1", "example.org"])
def test_nothing_reaches_the_network(address: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address, 80), timeout=1)
    assert reached_out
    reached_out.clear()


def test_nothing_here_speaks_to_a_network() -> None:
    """Qt's sockets are not seen by Python: nothing but the local one is used at all."""
    ways = re.compile(
        r"QTcp|QUdp|QSsl|QNetwork|QWebSocket|QDnsLookup|import socket|urllib\.request|http\.client|ftplib"
    )
    speaking = {path.name for path in Path(paths.__file__).parent.rglob("*.py") if ways.search(path.read_text("utf-8"))}
    assert speaking <= {"fetch_models.py", "ending.py"}, speaking  # the one at set-up only, the other to itself
