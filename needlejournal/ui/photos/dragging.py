"""Dragging photos out of the journal to a file manager or a message: copies under the names they came with.

The copies lie in a temporary folder until the journal is closed, so an encrypted journal gives none this way. What a
crash left there is removed when photos are shown again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag

from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store.folder import FolderLock, is_open
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.archives.originals_out import copy_of, free_name

PREFIX = "needlejournal-drag-"
MOST = 50  # photos at once: they are copied while the mouse is held


class Dragging(QObject):
    """Makes the copies and holds them."""

    def __init__(self, open_journal: OpenJournal, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._open, self._thumbnails = open_journal, thumbnails
        self._folders: list[tuple[Path, FolderLock]] = []
        sweep()
        open_journal.locked.connect(self.drop_copies)

    def start(self, photos: Sequence[Photo], source: QObject) -> None:
        """Let these be dragged out of `source`, or say why not."""
        mime = self.mime_of(photos)
        if mime is None:
            return
        drag = QDrag(source)
        drag.setMimeData(mime)
        picture = self._thumbnails.picture(photos[0], 96)
        if picture is not None:
            drag.setPixmap(picture.scaledToHeight(72, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    def mime_of(self, photos: Sequence[Photo]) -> QMimeData | None:
        """The copies as files to drop; None, and a sentence, where there are none."""
        if self._open.journal.encrypted:
            self._open.say(tr("This journal is encrypted, so photos leave it only by “Save as files…”."))
            return None
        if len(photos) > MOST:
            self._open.say(tr("Only %n photo(s) can be dragged at once. “Save as files…” takes any number.", MOST))
            return None
        try:
            files = self._copies(photos)
        except (WorldError, OSError) as error:
            self._open.failed.emit(error)
            return None
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        return mime if files else None

    def _copies(self, photos: Sequence[Photo]) -> list[Path]:
        held = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._folders.append((held, FolderLock(held)))
        files: list[Path] = []
        for photo in photos:
            file = held / free_name(photo, {one.name for one in files})
            file.write_bytes(copy_of(self._open.journal, photo))
            files.append(file)
        return files

    def drop_copies(self) -> None:
        """Remove the copies: who was given them has taken what they wanted."""
        while self._folders:
            folder, lock = self._folders.pop()
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the copies of programs that are gone. Folders of others, and of a program that runs, are left alone."""
    mine = os.geteuid() if hasattr(os, "geteuid") else None
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if not entry.name.startswith(PREFIX) or not entry.is_dir(follow_symlinks=False):
                continue
            owner = entry.stat(follow_symlinks=False).st_uid
            if mine in {None, owner} and not is_open(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)
