"""The system's dialogs for choosing photos or a folder. They do not block: what was chosen comes to a function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.ui.language import tr

PICTURES = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.hif *.avif *.gif *.bmp *.jp2 *.tif *.tiff"
Chosen = Callable[[tuple[Path, ...]], object]


def choose_photos(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for photos."""
    dialog = QFileDialog(parent, tr("Choose photos"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    both_cases = f"{PICTURES} {PICTURES.upper()}"
    dialog.setNameFilters([f"{tr('Photos')} ({both_cases})", f"{tr('All files')} (*)"])
    return _opened(dialog, chosen)


def choose_folder(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for a folder of photos."""
    dialog = QFileDialog(parent, tr("Choose a folder of photos"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(dialog, chosen)


def _opened(dialog: QFileDialog, chosen: Chosen) -> QFileDialog:
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    if dialog.directory() == QDir.current():  # nobody has chosen from elsewhere yet
        dialog.setDirectory(pictures if Path(pictures).is_dir() else str(Path.home()))
    dialog.accepted.connect(lambda: _give(dialog, chosen))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _give(dialog: QFileDialog, chosen: Chosen) -> None:
    paths = tuple(Path(name) for name in dialog.selectedFiles())
    if paths:
        chosen(paths)
