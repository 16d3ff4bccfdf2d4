"""A painter ends with the block it is made for: left to the reference count it outlives its widget, and Qt crashes."""

from __future__ import annotations

import ast
from pathlib import Path

import needlejournal.ui

UI = Path(needlejournal.ui.__file__).parent


def test_every_painter_is_made_by_a_with_block() -> None:
    loose = []
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        held = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
        for call in ast.walk(tree):
            made = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "QPainter"
            if made and id(call) not in held:
                loose.append(f"{path.relative_to(UI)}:{call.lineno}")
    assert loose == []
