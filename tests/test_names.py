"""Nothing stands in the program that only tests use: a name that is defined there is read there, too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What Qt or the standard library calls. Most names of Qt show that by their capitals: see `is_ours`.
CALLED_FROM_OUTSIDE = {"clone", "tell"}


def assigned(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The names that are bound in the body of a module or a class."""
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def defined(tree: ast.Module) -> Iterator[str]:
    """Every name that a module and its classes offer."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, (ast.ClassDef, ast.Module)):
            yield from assigned(node.body)


def read(tree: ast.Module) -> Iterator[str]:
    """Every name that is read, and what single words of text say: pages are loaded and slots connected by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.MatchClass):
            yield from node.kwd_attrs
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            yield from re.findall(r"\w+", node.value)


def is_ours(name: str) -> bool:
    """Whether it is a name of our own making: those of Qt that are overridden are written likeThis."""
    likethis = name[0].islower() and not name.islower()
    return not (likethis or name.startswith("__") or name in CALLED_FROM_OUTSIDE)


def never_read(modules: Iterable[str], templates: Iterable[str] = ()) -> set[str]:
    """What is defined in `modules` and read neither there nor in the templates of pages that are set."""
    trees = [ast.parse(source) for source in modules]
    known = {name for tree in trees for name in read(tree)}.union(*(re.findall(r"\w+", text) for text in templates))
    return {name for tree in trees for name in defined(tree) if is_ours(name)} - known


def test_every_name_is_used_by_the_program_itself() -> None:
    modules = [path.read_text("utf-8") for path in (ROOT / "needlejournal").rglob("*.py")]
    templates = [path.read_text("utf-8") for path in (ROOT / "resources").rglob("*.typ")]
    assert len(modules) > 500 and templates
    assert never_read(modules, templates) == set(), "only tests use these, if anything: take them out"


def test_what_nobody_reads_is_found() -> None:
    module = """
LIMIT = 3
class Pool:
    size: int
    held: int = 0
    def take(self): return self.size
    def paintEvent(self): ...
    def drawn(self): ...
pool = Pool(1, held=2)
pool.take()
connect("drawn()")
"""
    assert never_read([module]) == {"LIMIT", "held"}
    assert never_read([module], ["#record.held"]) == {"LIMIT"}
