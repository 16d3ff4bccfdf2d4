"""What an interrupted import leaves is offered again, with what was decided."""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from datetime import date, time
from pathlib import Path

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.dating import DateSource
from needlejournal.journal.moments import When
from needlejournal.store import Journal, open_journal
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import Pasted
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.workflows.pictures import jpeg


def test_nothing_waits_at_first(journal: Journal) -> None:
    assert import_draft.waiting(journal) == 0
    assert import_draft.sources(journal) == ()


def test_files_wait_over_a_restart_and_come_back_as_they_were_decided(
    journal: Journal, folder: Path, catalogue: Catalogue
) -> None:
    odd = folder / os.fsdecode("café “1”.jpg".encode())
    odd.write_bytes(jpeg(1, taken=""))
    plan = look(journal, [folder, Pasted("Pasted picture.jpg", jpeg(2))], catalogue)
    plan = plan.with_when({0}, When(date(2025, 3, 8), time(9, 5), 60), journal.sessions.calendar())
    plan = plan.with_view({0, 1}, "close_up", "nose").with_mirrored({0}, mirrored=True)
    import_draft.keep(journal, plan.items)
    journal.close()

    again = open_journal(journal.folder)
    assert import_draft.waiting(again) == 2
    found = look(again, import_draft.sources(again), catalogue)
    assert import_draft.decided_again(found, again).items == plan.items
    again.close()


def test_a_time_that_was_not_known_stays_unknown(journal: Journal, folder: Path, catalogue: Catalogue) -> None:
    (folder / "a.jpg").write_bytes(jpeg(1, taken=""))
    plan = look(journal, [folder], catalogue)
    plan = plan.with_when({0}, When(date(2025, 3, 8)), journal.sessions.calendar())
    import_draft.keep(journal, plan.items)
    found = import_draft.decided_again(look(journal, [folder], catalogue), journal)
    assert found.items[0].when == When(date(2025, 3, 8))


def test_where_an_accepted_date_comes_from_is_kept(journal: Journal, folder: Path, catalogue: Catalogue) -> None:
    (folder / "IMG-20250301-WA0001.jpg").write_bytes(jpeg(1, taken=""))
    plan = look(journal, [folder], catalogue).with_proposed({0}, journal.sessions.calendar())
    assert plan.items[0].dated_by is DateSource.NAME
    import_draft.keep(journal, plan.items)
    found = import_draft.decided_again(look(journal, [folder], catalogue), journal)
    assert found.items[0].dated_by is DateSource.NAME
    waiting = journal.draft(import_draft.DRAFT)
    journal.keep_draft(import_draft.DRAFT, [{k: v for k, v in one.items() if k != "dated_by"} for one in waiting])
    assert import_draft.decided_again(found, journal).items[0].when == When(date(2025, 3, 1))  # as 0.1 kept it


def test_what_changed_or_came_in_meanwhile_is_as_it_is_seen_now(
    journal: Journal, folder: Path, catalogue: Catalogue
) -> None:
    for number in range(2):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    plan = look(journal, [folder], catalogue).with_view({0, 1}, "frontal")
    import_draft.keep(journal, plan.items)
    import_all(journal, plan.without({1}))
    (folder / "1.jpg").write_bytes(jpeg(7))
    found = import_draft.decided_again(look(journal, [folder], catalogue), journal)
    assert [(item.view, item.wanted) for item in found.items] == [("", False), ("", True)]


def test_what_is_in_the_journal_already_does_not_wait(journal: Journal, folder: Path, catalogue: Catalogue) -> None:
    (folder / "a.jpg").write_bytes(jpeg(1))
    import_all(journal, look(journal, [folder], catalogue))
    import_draft.keep(journal, look(journal, [folder], catalogue).items)
    assert import_draft.waiting(journal) == 0


def test_keeping_nothing_drops_what_waited(journal: Journal, folder: Path, catalogue: Catalogue) -> None:
    (folder / "a.jpg").write_bytes(jpeg(1))
    import_draft.keep(journal, look(journal, [folder], catalogue).items)
    import_draft.keep(journal, ())
    assert import_draft.waiting(journal) == 0


def test_what_has_no_date_yet_waits_without_one(journal: Journal, folder: Path, catalogue: Catalogue) -> None:
    (folder / "a.jpg").write_bytes(jpeg(1, taken=""))
    plan = look(journal, [folder], catalogue)
    import_draft.keep(journal, plan.items)
    assert import_draft.decided_again(look(journal, [folder], catalogue), journal) == plan


def test_the_bytes_of_a_pasted_picture_are_written_once_and_go_with_it(journal: Journal, catalogue: Catalogue) -> None:
    pasted = Pasted("Pasted picture.jpg", jpeg(1))
    key = f"import:{hashlib.sha256(pasted.data).hexdigest()}"
    plan = look(journal, [pasted], catalogue)
    import_draft.keep(journal, plan.items)
    assert b64decode(journal.draft(key)) == pasted.data
    journal.keep_draft(key, "written before")
    import_draft.keep(journal, plan.with_view({0}, "frontal").items)
    assert journal.draft(key) == "written before"
    import_draft.keep(journal, ())
    assert journal.draft(key) is None


def test_a_pasted_picture_of_an_earlier_versions_draft_is_read(journal: Journal, catalogue: Catalogue) -> None:
    pasted = Pasted("Pasted picture.jpg", jpeg(1))
    import_draft.keep(journal, look(journal, [pasted], catalogue).items)
    [facts] = journal.draft(import_draft.DRAFT)
    del facts["pasted"]
    journal.keep_draft(import_draft.DRAFT, [facts | {"data": b64encode(pasted.data).decode()}])
    assert import_draft.sources(journal) == (pasted,)
