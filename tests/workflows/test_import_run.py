"""An import as one value: each step gives a new run, and decisions can be taken back."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from needlejournal.imaging.faces.face_reading import CUT_OFF, NO_FACE, TWO_FACES, FaceReading
from needlejournal.journal.dating import DateSource, Proposal
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store import Journal
from needlejournal.workflows.photos_in import import_views
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, Standing
from needlejournal.workflows.photos_in.import_run import EMPTY, Resting
from needlejournal.workflows.photos_in.import_views import looks_like, proposed_views
from needlejournal.workflows.photos_in.importing import Imported

DAY = date(2025, 3, 8)
NONE = SessionCalendar(())


def item(key: int, **known: object) -> ImportItem:
    standing = known.pop("standing", Standing.NEW)
    return ImportItem(key, Path(f"/card/{key}.jpg"), standing, sha256=f"{key:064x}", size=9, **known)  # type: ignore[arg-type]


def named(when: When) -> tuple[Proposal, ...]:
    return (Proposal(when, DateSource.NAME),)


def test_what_was_brought_stands_in_the_order_taken_undated_last() -> None:
    plan = ImportPlan((item(0), item(1, when=When(DAY, time(10))), item(2, when=When(DAY, time(9)))))
    run = EMPTY.looking().found(plan)
    assert [one.key for one in run.plan.items] == [2, 1, 0]
    later = run.looking().found(ImportPlan((item(5, when=When(DAY, time(8))),)))
    assert later.plan.items[0].name == "5.jpg"


def test_decisions_are_taken_back_and_done_again() -> None:
    run = EMPTY.found(ImportPlan((item(0), item(1))))
    one = run.with_view({0}, "frontal")
    two = one.decided(one.plan.without({1}))
    assert two.undone().plan == one.plan
    assert two.undone().undone().plan == run.plan
    assert two.undone().undone().undone().plan == run.plan
    assert two.undone().redone().plan == two.plan
    assert two.redone() is two
    assert two.decided(two.plan) is two
    assert two.saving().undone().plan == two.plan


def test_what_looks_alike_is_proposed_as_last_meant() -> None:
    run = EMPTY.found(ImportPlan((item(0), item(1), item(2, view="frontal"))))
    run = run.posed({0: "close_up", 1: "close_up", 2: "close_up"})
    assert [(look.view, look.zone, look.keys) for look in run.looks] == [("close_up", "", {0, 1})]
    run = run.with_view({0}, "close_up", "nose")
    assert [(look.view, look.zone, look.keys) for look in run.looks] == [("close_up", "nose", {1})]


def test_proposed_dates_are_gathered_by_their_source() -> None:
    first, last = When(DAY), When(date(2025, 4, 1))
    run = EMPTY.found(ImportPlan((item(0, proposals=named(last)), item(1, proposals=named(first)), item(2))))
    (found,) = run.dates_found
    assert (found.source, found.keys, found.first, found.last) == (DateSource.NAME, {0, 1}, DAY, last.day)
    accepted = run.plan.with_proposed({0, 1, 2}, NONE)
    assert [(one.when, one.dated_by) for one in accepted.items] == [
        (last, DateSource.NAME),
        (first, DateSource.NAME),
        (None, None),
    ]
    assert accepted.with_day({0}, DAY, NONE).item(0).dated_by is None


def test_damaged_photos_and_what_cannot_be_read_are_said_apart() -> None:
    broken = item(0, standing=Standing.DAMAGED, kind="damaged")
    cut, raw = item(1, standing=Standing.UNREADABLE, kind="damaged"), item(2, standing=Standing.UNREADABLE, kind="raw")
    run = EMPTY.found(ImportPlan((broken, cut, raw)))
    assert ([one.key for one in run.broken], [one.key for one in run.unread]) == ([0, 1], [2])
    assert not run.deciding
    kept = run.decided(run.plan.with_kept({0}, keep=True))
    assert (kept.deciding, kept.plan.item(0).open_questions) == (True, ("date", "view"))


def test_after_saving_what_needs_a_date_or_was_not_begun_stays() -> None:
    plan = ImportPlan((item(0, when=When(DAY)), item(1), item(2, when=When(DAY))))
    run = EMPTY.begun_from(7).found(plan).saving()
    assert (run.busy, run.deciding) == (True, False)
    ended = run.ended(Imported(left=(plan.items[2],)))
    assert [one.key for one in ended.plan.items] == [2, 1]
    assert (ended.doing, ended.session_id, ended.read().session_id) == (Resting(), 7, 0)
    assert (ended.has_outcome, ended.begun_from(0), ended.read().has_outcome) == (True, ended, False)
    another = ended.begun_from(8)
    assert (another.session_id, another.has_outcome, another.plan) == (8, False, ended.plan)


@pytest.mark.parametrize(
    ("yaw", "problem", "view"),
    [
        (-4, "", "frontal"),
        (-43, "", "oblique_left"),
        (44, "", "oblique_right"),
        (21, "", ""),
        (75, "", ""),
        (0, NO_FACE, "close_up"),
        (0, CUT_OFF, "close_up"),
        (0, TWO_FACES, ""),
    ],
)
def test_a_view_is_proposed_from_how_the_head_is_turned(yaw: float, problem: str, view: str) -> None:
    assert looks_like(FaceReading(100, 100, yaw=yaw, problem=problem)) == view


def test_photos_that_cannot_be_read_are_no_obstacle_to_the_others(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def face(_journal: object, photo: object) -> FaceReading | None:
        if photo.original.sha256.endswith("0"):  # type: ignore[attr-defined]
            raise WorldError("gone")
        return FaceReading(100, 100) if photo.original.sha256.endswith("1") else None  # type: ignore[attr-defined]

    class Stopped:
        cancelled = True

    monkeypatch.setattr(import_views, "face_of", face)
    items = [item(0, width=9), item(1, width=9), item(2, width=9)]
    assert proposed_views(journal, items) == {1: "frontal"}
    assert proposed_views(journal, items, Stopped()) == {}  # type: ignore[arg-type]
