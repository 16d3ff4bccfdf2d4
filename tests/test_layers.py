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
    r"|^\s*(?i:select\s+[\w*, ]+\s+from|insert\s+into|delete\s+from|update\s+\w+\s+set)\s"
    r"|\b(?i:is\s+(not\s+)?null)\b"
)
DATABASE_DOORS = {"run", "run_many", "rows", "row", "value", "transaction", "execute", "executemany"}


def sql_in(source: str) -> list[str]:
    """Texts that look like SQL, however they are put together, and calls of what takes SQL or a condition."""
    nodes = list(ast.walk(ast.parse(source)))
    texts = [text for node in nodes if (text := text_of(node)) and SQL.search(text)]
    return texts + [ast.unparse(node) for node in nodes if isinstance(node, ast.Call) and takes_sql(node.func)]


def text_of(node: ast.AST) -> str:
    """The text that a literal, an f-string, a sum or a join of such comes to; "x" stands for what is not known."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "x" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left), text_of(node.right)
        return (left or "x") + (right or "x") if left or right else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"join", "format"}:
        return _put_together(text_of(node.func.value), node)
    return ""


def _put_together(text: str, call: ast.Call) -> str:
    """What `text` comes to when it is formatted, or joins a list that stands there."""
    if getattr(call.func, "attr", "") == "format":
        return re.sub(r"\{[^}]*\}", "x", text)
    parts = call.args[0].elts if call.args and isinstance(call.args[0], ast.List | ast.Tuple) else []
    return text.join(text_of(part) or "x" for part in parts)


def takes_sql(called: ast.expr) -> bool:
    """Whether a call is one of the database's, or asks the journal's rows by a condition."""
    if not isinstance(called, ast.Attribute):
        return False
    owner = ast.unparse(called.value)
    of_rows = called.attr in {"where", "_where", "_select"} and re.search(r"journal|rows|store", owner)
    return bool(of_rows) or (called.attr in DATABASE_DOORS and bool(re.search(r"database$|connection$", owner)))


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
        'a = f"SELECT {columns} FROM photo"',
        'a = f"{what} IS NULL"',
        'a = "SELECT " + columns',
        'a = "SEL" + "ECT id FROM photo"',
        'a = " ".join(["SELECT", columns, "FROM photo"])',
        'a = "SELECT {}".format(columns)',
        'a = "select id from photo"',
        'a = "deleted_utc is null"',
        "journal.photos.database.rows(FROM_THE_STORE)",
        "journal._database.run(FROM_THE_STORE)",
        "database.value(FROM_THE_STORE)",
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


PROMISES = {"arrive", "first", "leave", "step_back", "photos_for", "commands"}


def asked_by_name(source: str) -> list[str]:
    """Where a part of the window is asked by a name, in a text, whether it can do what every page promises."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    by_name = [call for call in calls if getattr(call.func, "id", "") in {"hasattr", "getattr", "methodcaller"}]
    return [
        ast.unparse(call)
        for call in by_name
        if any(isinstance(given, ast.Constant) and given.value in PROMISES for given in call.args)
    ]


def test_pages_are_asked_by_what_every_page_promises() -> None:
    promised = ast.parse((ROOT / "needlejournal" / "ui" / "page.py").read_text("utf-8"))
    assert {node.name for node in ast.walk(promised) if isinstance(node, ast.FunctionDef)} == PROMISES
    window = (ROOT / "needlejournal" / "ui").rglob("*.py")
    assert {path.name: found for path in window if (found := asked_by_name(path.read_text("utf-8")))} == {}
    assert asked_by_name('if hasattr(page, "leave"):\n    page.leave()') == ["hasattr(page, 'leave')"]
    assert asked_by_name('getattr(page, "arrive", None)') == ["getattr(page, 'arrive', None)"]


def test_nothing_in_the_window_shows_a_page_as_anything_else() -> None:
    """What gives or takes a page says so, so that the type checker sees the joint."""
    joints = [ROOT / "needlejournal" / "ui" / f"{name}.py" for name in ("workspace", "page_list", "page", "journals")]
    assert {path.name for path in joints if re.search(r"\bAny\b|type: ignore", path.read_text("utf-8"))} == set()


def test_every_page_in_the_list_is_a_page() -> None:
    from importlib import import_module

    from needlejournal.ui.page import Page
    from needlejournal.ui.page_list import PAGES

    made = [entry.made_by.split(":") for entry in PAGES]
    kinds = [getattr(import_module(f"needlejournal.ui.{module}"), name) for module, name in made]
    assert len(kinds) == len(set(kinds)) > 10
    assert [kind for kind in kinds if not issubclass(kind, Page)] == []
