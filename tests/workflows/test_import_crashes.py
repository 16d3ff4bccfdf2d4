"""The machine stops at any moment of an import: the journal opens again, and every photo reported as saved is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Journal, open_journal
from needlejournal.workflows.photos_in import importing
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.progress import Unattended
from tests.store.faults import FaultyDisk
from tests.workflows.pictures import jpeg


@pytest.mark.faults
def test_after_a_stop_at_any_step_what_was_reported_is_there_and_the_rest_comes_in_again(
    journal: Journal,
    folder: Path,
    catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    thorough: bool,
) -> None:
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    plan = look(journal, [folder], catalogue)
    monkeypatch.setattr(importing, "BATCH", 1)
    reported: list[str] = []
    stops: list[tuple[Path, int]] = []

    class Reports(Unattended):
        def report(self, progress: object, /) -> None:
            reported.append(str(progress))

    with monkeypatch.context() as patched:
        disk = FaultyDisk(patched)

        def stop_here(step: int, _name: str) -> None:
            if thorough or step % 4 == 0:
                with monkeypatch.context() as real:
                    real.setattr(disk, "before", lambda *_: None)
                    shutil.copytree(journal.folder, tmp_path / f"stop {step}")
                stops.append((tmp_path / f"stop {step}", len(reported)))

        disk.before = stop_here
        import_all(journal, plan, Reports())
    assert len(reported) == 3
    for image, told in stops:
        after = open_journal(image)
        found = after.verify()
        assert (found.bad, found.missing, found.database) == ((), (), "ok")
        assert after.photos.count() >= told
        import_all(after, look(after, [folder], catalogue))
        again = after.verify()
        assert (after.photos.count(), again.sound, again.orphans) == (3, True, ())
        after.close()
