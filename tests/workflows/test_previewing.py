"""Previews are made again when they are missing, and go when their photo never came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.photos_in.previewing import drop_strays
from tests.workflows.pictures import jpeg


@pytest.fixture
def photos(journal: Journal, folder: Path, catalogue: Catalogue) -> list[Photo]:
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    return [photo for _, photo in import_all(journal, look(journal, [folder], catalogue)).saved]


def test_previews_of_photos_that_never_came_in_go(
    journal: Journal, photos: list[Photo], folder: Path, catalogue: Catalogue
) -> None:
    (folder / "new.jpg").write_bytes(jpeg(9))
    seen = look(journal, [folder / "new.jpg"], catalogue).items[0]
    assert journal.previews.get(seen.sha256) is not None
    assert drop_strays(journal) == 1
    assert journal.previews.get(seen.sha256) is None
    assert journal.previews.get(photos[0].original.sha256) is not None


def test_a_disk_that_refuses_keeps_the_strays_for_another_time(
    journal: Journal, folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "new.jpg").write_bytes(jpeg(9))
    look(journal, [folder / "new.jpg"], catalogue)

    def refuse(_sha256: str) -> None:
        raise WorldError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(journal.previews, "forget", refuse)
        assert drop_strays(journal) == 0
    assert drop_strays(journal) == 1
