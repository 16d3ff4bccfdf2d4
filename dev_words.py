"""Every sentence a person can see, with where it stands: `python3 dev.py words`.

Read from the source alone: what `tr` and `message` are given must be literals, or no file of a language
could hold them. The texts about treatments are data, in resources.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
SAYING = {"tr", "message"}
# Where words made elsewhere go through.
DOORS = {"needlejournal/ui/language.py", "needlejournal/journal/message.py"}


class Sentence(NamedTuple):
    """Words, and the line they stand in; no words where what is said is not a literal."""

    where: str
    words: str | None


def sentences(root: Path = ROOT) -> Iterator[Sentence]:
    """All of them, file by file."""
    for path in sorted((root / "needlejournal").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name not in DOORS:
            yield from sentences_of(path.read_text("utf-8"), name)


def sentences_of(source: str, name: str) -> Iterator[Sentence]:
    """Those of one file, in the order of its lines."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _called(node) in SAYING]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        for words in _literals(call.args[0]) if call.args else [None]:
            yield Sentence(f"{name}:{call.lineno}", words)


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else ""


def _literals(node: ast.expr) -> list[str | None]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [None]


def main() -> int:
    """Print them; gives 1 where one is no literal."""
    found = list(sentences())
    for sentence in found:
        sys.stdout.write(f"{sentence.where}  {sentence.words if sentence.words is not None else '(not a literal)'}\n")
    return int(any(sentence.words is None for sentence in found))


if __name__ == "__main__":
    sys.exit(main())
