"""The rules between the packages are held by import-linter; here they are broken on purpose and must be noticed."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": "."})


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that may be spoiled."""
    shutil.copytree(ROOT / "needlejournal", tmp_path / "needlejournal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_package_keeps_its_rules() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("journal/spoiled.py", "import needlejournal.store"),
        ("journal/spoiled.py", "import PIL"),
        ("store/spoiled.py", "import needlejournal.imaging"),
        ("store/spoiled.py", "import numpy"),
        ("imaging/spoiled.py", "import apsw"),
        ("workflows/spoiled.py", "import PySide6.QtCore"),
        ("workflows/spoiled.py", "import sqlite3"),
        ("cli/spoiled.py", "import needlejournal.ui"),
        ("workflows/reporting/packs.py", "import typst"),
        ("ui/theme.py", "import needlejournal.ui.widgets"),
        ("ui/widgets/spoiled.py", "import cv2"),
        ("ui/unheard_of.py", ""),
        ("unheard_of.py", ""),
    ],
)
def test_a_broken_rule_is_noticed(copy: Path, module: str, line: str) -> None:
    with (copy / "needlejournal" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(copy)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout or "unheard_of" in done.stdout


SQL = re.compile(
    r"\b(SELECT\s+\S|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|ORDER\s+BY|PRAGMA\s)"
    r"|=\s*\?|\bBETWEEN\s+\?|\bIS\s+(NOT\s+)?NULL\b|\b\w+\s+(ASC|DESC)$"
)
BY_CONDITION = re.compile(r"(journal|rows|store)\S*\.(_?where|_select)\(")


def sql_in(source: str) -> list[str]:
    """Literals that look like SQL, and calls that want a condition."""
    literals = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [text for text in literals if isinstance(text, str) and SQL.search(text)] + [
        found[0] for found in BY_CONDITION.finditer(source)
    ]


def test_no_sql_stands_above_the_store() -> None:
    above = [path for path in (ROOT / "needlejournal").rglob("*.py") if "store" not in path.relative_to(ROOT).parts]
    assert {path.name: found for path in above if (found := sql_in(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    [
        'rows.all("day = ?")',
        'x = "SELECT id FROM photo"',
        'journal.photos.where("1")',
        'order = "id DESC"',
        'a = "x IS NULL"',
    ],
)
def test_sql_above_the_store_would_be_noticed(line: str) -> None:
    assert sql_in(line)


def test_what_others_wrote_is_decoded_in_the_worker_process_only() -> None:
    """Above `imaging` pictures go through `reading.apart`; kept previews, plain JPEGs of ours, through `previews`."""
    in_process = re.compile(
        r"reading\.(decoding|opening|inspection)\b.* import (?!.*(DateAnswer|PictureFacts))|make_(previews|thumbnail)"
    )
    above = [path for part in ("ui", "workflows", "cli") for path in (ROOT / "needlejournal" / part).rglob("*.py")]
    found = {path.name: in_process.findall(path.read_text(encoding="utf-8")) for path in above}
    assert {name for name, lines in found.items() if lines} == set()


def layers_of(container: str) -> list[str]:
    """The names in the layers of a contract, from the top down."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one.get("containers") == [container]]
    return [name for layer in layers for name in re.split(r" [|:] ", layer)]


@pytest.mark.parametrize("container", ["needlejournal", "needlejournal.ui"])
def test_the_picture_of_the_architecture_shows_the_layers_in_their_order(container: str) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    words = re.findall(r"\w+", re.sub(r"\(.*?\)", "", page.split("```")[1]))
    shown = [word for word in words if word in layers_of(container)]
    assert shown == layers_of(container)


def test_the_page_on_architecture_names_every_wing_and_nothing_that_is_gone() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    wings = {init.parent.name for init in (ROOT / "needlejournal").glob("*/**/__init__.py")}
    assert len(wings) > 30 and wings - set(re.findall(r"\w+", page)) == set()
    named = re.findall(r"`((?:journal|store|imaging|workflows|ui)/[\w/]+(?:\.py)?)`", page)
    gone = [one for one in named if not any((ROOT / "needlejournal" / f"{one}{end}").exists() for end in ("", ".py"))]
    assert named and gone == []
