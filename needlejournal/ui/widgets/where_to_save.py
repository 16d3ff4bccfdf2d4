"""Asks where a file is to be saved, and gives it the ending of what is in it."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, title: str, proposed: str | Path, ending: str, kinds: str = "") -> Path | None:
    """The place that the person chooses, `proposed` being a name in their home folder or a whole path; None for none.

    `ending` ("pdf", or "" for a folder) is what the name ends in, whatever was typed; `kinds` names it to choose.
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / proposed), kinds)
    return with_ending(Path(chosen), ending) if chosen else None


def with_ending(path: Path, ending: str) -> Path:
    """The path with an ending that fits. The dialog asked whether to replace what it was given: a name that gets an
    ending only now, and is taken, gets a number too."""
    if not ending or path.suffix.lower() == f".{ending}" or _kind(path) == _kind(Path(f"name.{ending}")):
        return path
    number, made = 1, path.with_name(f"{path.name}.{ending}")
    while os.path.lexists(made):
        number += 1
        made = path.with_name(f"{path.name} ({number}).{ending}")
    return made


def _kind(path: Path) -> str:
    """What systems take it for by its name, so that .jpeg is as good as .jpg."""
    return mimetypes.guess_type(path.name)[0] or path.suffix.lower()
