"""What a start loads before the first picture: nothing heavy, and no Qt where no window is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from needlejournal import app
from needlejournal.store import create_journal
from tests.workflows.pictures import jpeg

HEAVY = {"numpy", "cv2", "pillow_heif", "simplejpeg", "icalendar"}


def loaded_by(module: str) -> set[str]:
    told = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", ["needlejournal.app", "needlejournal.cli"])
def test_nothing_heavy_is_loaded_by_starting(module: str) -> None:
    assert loaded_by(module) & HEAVY == set()


READ = """
import linecache
from PySide6.QtWidgets import QApplication
from needlejournal.app import import_without_reading_sources
before = set(linecache.cache)
import_without_reading_sources()
import needlejournal.ui.workspace, needlejournal.ui.compare.page
print(len(set(linecache.cache) - before))
"""


def test_no_source_is_read_to_start() -> None:
    """PySide would read that of each module: a fifth of the time to the first picture."""
    assert subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True).stdout == "0\n"


def test_the_comparison_is_there_before_the_pixel_libraries() -> None:
    assert loaded_by("needlejournal.ui.compare.page") & HEAVY == set()


def test_a_command_loads_no_other() -> None:
    told = "import sys; from needlejournal import cli; cli.make_parser(['info']); print("
    told += "any(name.endswith('cli.planning') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "False\n"


def test_commands_without_a_window_load_no_qt() -> None:
    assert "PySide6" not in loaded_by("needlejournal.cli")


FIRST_COMPARISON = """
import sys, threading, warnings
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
loading = {}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {"numpy", "cv2", "PIL"}:
            loading.setdefault(name, threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Watch())
from needlejournal.app import make_window
from needlejournal.ui.destinations import ImportPhotos, ShowPage
application = QApplication([])
window = make_window(application)
window.show()
window.begin(Path(sys.argv[1]))
page = window.workspace
assert not loading, loading
page.go(ShowPage(sys.argv[2]) if sys.argv[2] == "compare" else ImportPhotos(tuple(map(Path, sys.argv[3:]))))
def look():
    if page.current() == sys.argv[2] and "numpy" in loading:
        print(loading)
        application.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
application.exec()
window.close()
"""


AT_REST = """
import sys
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from needlejournal.app import make_window
from needlejournal.ui.page_list import PAGES
application = QApplication([])
window = make_window(application)
window.show()
window.begin(Path(sys.argv[1]))
print(sum(page.module in sys.modules for page in PAGES))
def look():
    if all(page.module in sys.modules for page in PAGES):
        print("all", window.workspace.current())
        application.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
application.exec()
window.close()
"""


def test_the_modules_of_all_pages_are_loaded_while_the_first_is_looked_at(tmp_path: Path) -> None:
    create_journal(tmp_path / "Mine.needlejournal", "Mine").close()
    command = [sys.executable, "-c", AT_REST, tmp_path / "Mine.needlejournal"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    at_first, later = done.stdout.splitlines()
    assert int(at_first) < 4 and later == "all timeline"


@pytest.mark.parametrize("page", ["compare", "importing"])
def test_the_first_comparison_or_import_loads_no_pixel_library_on_the_gui_thread(page: str, tmp_path: Path) -> None:
    folder, photo = tmp_path / "Mine.needlejournal", tmp_path / "photo.jpg"
    create_journal(folder, "Mine").close()
    photo.write_bytes(jpeg(1))
    command = [sys.executable, "-c", FIRST_COMPARISON, folder, page, photo]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "True" not in done.stdout
    assert "numpy" in done.stdout


def test_a_part_that_imports_its_modules_by_name_is_packed_whole() -> None:
    root = Path(__file__).parents[1]
    by_name = {
        f"needlejournal.{path.relative_to(root / 'needlejournal').parts[0]}"
        for path in (root / "needlejournal").rglob("*.py")
        if "import_module(" in path.read_text("utf-8")
    }
    spec = (root / "build.spec").read_text("utf-8")
    assert by_name and not [part for part in by_name if f'"{part}"' not in spec]


def test_a_fault_while_a_fault_is_shown_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    def show(error: Exception) -> None:
        shown.append(str(error))
        sys.excepthook(RuntimeError, RuntimeError("no window for it"), None)

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    app.say_faults(SimpleNamespace(faulted=SimpleNamespace(emit=show)))
    for words in ("first", "second"):
        sys.excepthook(ValueError, ValueError(words), None)
    assert shown == ["first", "second"]
    assert capsys.readouterr().err.count("no window for it") == 2
