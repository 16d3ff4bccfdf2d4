"""What a screen reader hears of the main job, by AT-SPI, compared with what docs/heard.md keeps."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from needlejournal import paths
from release import screen
from release.system_tools import SYSTEM_PYTHON, is_there

pytestmark = pytest.mark.window
ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "heard.md"
RUNS = 2  # on a busy machine something may be heard a step later than usual


def why_not() -> str:
    """What is missing to listen here; "" when nothing is."""
    if not os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") != "xcb":
        return "there is no X display: `dev.py journeys` has one"
    return ", ".join(package for tool, package in screen.READER.items() if not is_there(tool))


def photo_of_tonight(folder: Path) -> Path:
    """A picture that was taken this evening."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2025:09:06 20:10:00"
    made = folder / "tonight.jpg"
    with Image.open(paths.resources() / "sample" / "photos" / "2025-09-06_frontal.jpg") as picture:
        picture.resize((600, 800)).save(made, quality=90, exif=exif)
    return made


def listen(home: Path) -> str:
    """One evening in an empty home, in a desktop session of its own."""
    for name in ("Documents", "run"):
        (home / name).mkdir(parents=True)
    (home / "run").chmod(0o700)
    there = os.environ | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    listener = [SYSTEM_PYTHON, "-W", "ignore", "tests/journeys/listener.py"]
    command = ["dbus-run-session", "--", *listener, sys.executable, str(photo_of_tonight(home))]
    ended = subprocess.run(command, cwd=ROOT, env=there, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return "\n## " + ended.stdout.partition("\n## ")[2]  # what the desktop's own services print comes before


def sounds(text: str, *, lasting: bool = False) -> dict[str, set[str]]:
    """What is heard in each part of the evening. A verdict counts without its figures, which come one after the other,
    and when something is heard matters only as far as its part. `lasting` leaves out what another window cuts short at
    once, which is heard or not as the machine is quick."""
    found: dict[str, set[str]] = {}
    for part in text.split("\n## ")[1:]:
        title, _, rest = part.partition("\n")
        lines = rest.splitlines()
        heard = {
            line
            for line, after in zip(lines, [*lines[1:], ""], strict=True)
            if line.startswith("- ") and not (lasting and after.startswith("- window “"))
        }
        found[title] = {line.split(". ", 1)[0] if "things match" in line else line for line in heard}
    return found


def itself(line: str) -> str:
    """A line without the groups before it, which are said when they are entered."""
    return re.split(r"(?:panel|list|dialog|notification): “", line)[-1].removeprefix("- “")


def test_the_main_job_sounds_as_it_is_written_down(tmp_path: Path) -> None:
    if lacking := why_not():
        assert os.environ.get("SCREEN_READER") != "needed", f"dev.py was to bring what listens, and {lacking}"
        pytest.skip(lacking)
    text = KEPT.read_text(encoding="utf-8")
    head, *_ = text.partition("\n## ")
    kept, heard, missing = sounds(text), "", {"everything"}
    lasting = sounds(text, lasting=True)
    for number in range(RUNS):
        heard = f"{head}{listen(tmp_path / str(number))}"
        now = sounds(heard)
        missing = {line for part in lasting for line in lasting[part] - now.get(part, set())}
        known = {itself(line) for part in kept for line in kept[part]}
        missing |= {line for part in now for line in now[part] if itself(line) not in known}
        if not missing:
            return
    written = tmp_path / "heard.md"
    written.write_text(heard, encoding="utf-8")
    lines = "\n".join(sorted(missing))
    pytest.fail(f"It sounds different now. Where that is right, keep {written} as {KEPT}. Missing or new:\n{lines}")
