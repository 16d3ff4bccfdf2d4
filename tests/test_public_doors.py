"""Tests of pages and journeys go through public doors: what a person presses and reads, not what lies behind.

A test that pokes `page._field` or calls `.emit()` would not notice a dead button. What is left of that is counted here,
line by line, and may only become less; a file that is not named has none. `tests/ui/person.py` is the way to do it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
FOLDERS = ("ui", "journeys")
# Lines with private members of what is tested, and lines with `.emit(`: lower them, never raise them.
LEFT: dict[str, tuple[int, int]] = {
    "ui/importing/test_import_page.py": (1, 3),
    "ui/panels/test_above_the_timeline.py": (0, 1),
    "ui/photos/test_photos_page.py": (2, 0),
    "ui/refusing.py": (6, 0),
    "ui/widgets/test_spoken.py": (1, 0),
    "journeys/test_bad_evening.py": (1, 1),
}


def private_lines(tree: ast.AST) -> set[int]:
    """Lines that reach for a private member of anything but the test's own `self` and `cls`."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }


def emit_lines(tree: ast.AST) -> set[int]:
    """Lines that send a signal in the place of a person."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {node.lineno for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "emit"}


def counts(path: Path) -> tuple[int, int]:
    tree = ast.parse(path.read_text("utf-8"))
    return len(private_lines(tree)), len(emit_lines(tree))


def test_files() -> None:
    there = {path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert set(LEFT) <= there, "these are gone: take them out of LEFT"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_more_private_members_and_emits_than_were_left(folder: str) -> None:
    found = {path.relative_to(ROOT).as_posix(): counts(path) for path in (ROOT / folder).rglob("*.py")}
    left = {name: LEFT.get(name, (0, 0)) for name in found}
    more = {name: f"{found[name]}, not {left[name]}" for name in found if any(map(int.__gt__, found[name], left[name]))}
    assert not more, f"lines with (private members, .emit) in place of tests/ui/person.py: {more}"
    fewer = {name: found[name] for name in found if found[name] != left[name]}
    assert not fewer, f"fewer than before: write these numbers into LEFT: {fewer}"


def test_what_is_counted() -> None:
    tree = ast.parse("page._field.text()\nself._own = 1\nrow.__class__\nsheet.moved.emit(1)\nfield.text()\n")
    assert (private_lines(tree), emit_lines(tree)) == ({1}, {4})
