"""What every test stands on: no home, settings, clock zone or screen of the person who runs it; and a quiet cursor."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QSettings  # noqa: TID251 - to keep the tests away from the developer's own
from PySide6.QtWidgets import QApplication

from needlejournal.imaging.faces.models import models_present
from needlejournal.ui.collecting import collect
from needlejournal.ui.warming import stop_workers

# Before Qt starts: a window only where one was asked for, and the same language and zone everywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
if hasattr(time, "tzset"):
    time.tzset()

MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # bytes: tests write about a quarter of that
reached_out: list[str] = []  # where somebody wanted to connect to


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """No socket of this process leads anywhere but to sockets in files, which windows of the app find each other by."""
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        if event == "socket.connect" and getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", "none"):
            return
        reached_out.append(f"{event} {arguments[1:]}")
        raise ConnectionRefusedError(f"no network in tests: {event} {arguments[1:]}")


sys.addaudithook(_refuse_network)

settings.register_profile("sample", deadline=None, derandomize=True, database=None)
settings.register_profile("thorough", deadline=None, max_examples=2000, database=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="every simulated fault, not only a sample of them")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("thorough" if config.getoption("--thorough") else "sample")
    if not config.getoption("--thorough") and config.option.markexpr != "benchmark" and not config.option.basetemp:
        write_into_memory(config)


def write_into_memory(config: pytest.Config) -> None:
    """Let tests write into memory where there is room: half of their time they wait for a disk to be sure of a row.

    What measures costs, and the long search for faults, stays on a real disk.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        place = tempfile.mkdtemp(prefix="t-", dir=MEMORY)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = place
        config.add_cleanup(lambda: shutil.rmtree(place, ignore_errors=True))


def pytest_sessionstart() -> None:
    """Garbage is collected between tests: as in the app, no window is ever taken down in a worker."""
    gc.disable()


def pytest_sessionfinish() -> None:
    """End the processes that look into photos, as the app does when it ends."""
    stop_workers()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    yield
    collect()


@pytest.fixture
def thorough(pytestconfig: pytest.Config) -> bool:
    """Tell whether to try every fault there is (`dev.py faults`) or a sample of them."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Whoever wants to connect to anywhere fails its test, even where the refusal was taken quietly."""
    reached_out.clear()
    yield
    assert not reached_out


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, with settings, caches and temporary files in it."""
    folder = tmp_path_factory.mktemp("home")
    places = {
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": folder / "AppData",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_DATA_HOME": folder / ".local" / "share",
        "XDG_STATE_HOME": folder / ".local" / "state",
        "XDG_CACHE_HOME": folder / ".cache",
        "XDG_RUNTIME_DIR": folder / "run",
        "TMPDIR": folder / "tmp",
        "TEMP": folder / "tmp",
        "TMP": folder / "tmp",
    }
    for name, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(place))
    (folder / "run").chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", None)
    _settings_into(folder / ".config")
    return folder


def _settings_into(folder: Path) -> None:
    """Qt looks only once for where settings belong, so it has to be told for each test."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(folder))


@pytest.fixture(scope="session")
def face_models() -> None:
    """For tests that look for faces: without the models they are skipped, where `dev.py` fetched them they fail."""
    if not models_present():
        assert os.environ.get("FACE_MODELS") != "needed", "dev.py was to bring the face models, and they are not there"
        pytest.skip("the face models are not set up; `dev.py test` fetches them")


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Keep the text cursor from blinking, so that two pictures of one window are the same."""
    QApplication.setCursorFlashTime(0)
    return qapp
