"""Pieces stay small enough to be read at once: see CONTRIBUTING.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = {ast.Module: 400, ast.ClassDef: 250, ast.FunctionDef: 50, ast.AsyncFunctionDef: 50}


def too_long(source: str, where: str) -> Iterator[str]:
    """Name every module, class and function in `source` that has more lines than its kind may have."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        most = MOST_LINES.get(type(node))
        lines = source.count("\n") if node is tree else getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if most and lines > most:
            yield f"{where}: {getattr(node, 'name', 'the module')} has {lines} lines, {most} are the most"


def test_every_module_class_and_function_is_within_its_size() -> None:
    sources = [ROOT / "dev.py", *(ROOT / "needlejournal").rglob("*.py")]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sources}
    assert [long for where, text in texts.items() for long in too_long(text, where)] == []


@pytest.mark.parametrize(
    ("head", "lines"), [("x = 0\n", 400), ("class Large:\n", 250), ("def large():\n", 50), ("async def large():\n", 50)]
)
def test_one_line_more_is_noticed(head: str, lines: int) -> None:
    body = "    x = 1\n" if ":" in head else "x = 1\n"
    assert list(too_long(head + body * (lines - 1), "here")) == []
    assert len(list(too_long(head + body * lines, "here"))) == 1


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in (ROOT / "needlejournal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
