"""An import plan as a value: corrections give a new plan, and nothing is ever lost from the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from needlejournal.journal.dating import DateSource, Proposal
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.workflows.photos_in.import_plan import (
    ImportItem,
    ImportPlan,
    Pasted,
    Standing,
    guessed_key,
    in_order_taken,
    proposed_session,
)

DAY = date(2025, 3, 8)
NONE = SessionCalendar(())
SESSIONS = SessionCalendar([SessionMark(7, When(DAY, time(15, 30)), "microneedling")])


def item(key: int, **known: object) -> ImportItem:
    standing = known.pop("standing", Standing.NEW)
    return ImportItem(key, Path(f"/card/{key}.jpg"), standing, sha256=f"{key:064x}", **known)  # type: ignore[arg-type]


def test_a_photo_needs_a_date_and_should_have_a_view() -> None:
    bare = item(0)
    assert (bare.needs, bare.open_questions, bare.saves) == (("date",), ("date", "view"), False)
    dated = item(0, when=When(DAY))
    assert (dated.needs, dated.open_questions, dated.saves) == ((), ("view",), True)
    assert item(0, when=When(DAY), view="frontal").open_questions == ()


@pytest.mark.parametrize("standing", [Standing.ALREADY, Standing.UNREADABLE])
def test_what_is_left_out_asks_for_nothing(standing: Standing) -> None:
    left_out = item(0, standing=standing)
    assert not (left_out.wanted or left_out.needs or left_out.open_questions or left_out.saves)


def test_an_unreadable_file_that_is_kept_needs_a_date_and_no_view() -> None:
    plan = ImportPlan((item(0, standing=Standing.UNREADABLE),)).with_kept({0}, keep=True)
    assert plan.items[0].open_questions == ("date",)
    assert plan.with_when({0}, When(DAY), NONE).to_save == plan.with_when({0}, When(DAY), NONE).items


def test_several_are_decided_at_once_and_the_old_plan_is_as_it_was() -> None:
    plan = ImportPlan((item(0), item(1), item(2, when=When(DAY))))
    decided = plan.with_view({0, 1}, "close_up", "nose").with_mirrored({1}, mirrored=True)
    decided = decided.with_when({0}, When(DAY), NONE)
    assert [(one.view, one.zone, one.mirrored, one.when) for one in decided.items] == [
        ("close_up", "nose", False, When(DAY)),
        ("close_up", "nose", True, None),
        ("", "", False, When(DAY)),
    ]
    assert plan.items == (item(0), item(1), item(2, when=When(DAY)))


def test_a_new_day_keeps_the_time_and_proposes_the_session_anew() -> None:
    plan = ImportPlan((item(0, when=When(date(2025, 1, 1), time(16, 0), 60)), item(1)))
    moved = plan.with_day({0, 1}, DAY, SESSIONS)
    assert moved.items[0].when == When(DAY, time(16, 0), 60)
    assert moved.items[1].when == When(DAY)
    assert [one.session_id for one in moved.items] == [7, 7]


def test_time_and_offset_can_be_given_to_what_has_a_day() -> None:
    plan = ImportPlan((item(0, when=When(DAY)), item(1)))
    timed = plan.with_time({0, 1}, time(9, 0), SESSIONS).with_offset({0, 1}, 120, SESSIONS)
    assert timed.items[0].when == When(DAY, time(9, 0), 120)
    assert timed.items[0].session_id is None  # taken before the session began
    assert timed.items[1].when is None


def test_saying_the_same_moment_again_keeps_the_session_that_was_chosen() -> None:
    plan = ImportPlan((item(0, when=When(DAY), session_id=9),))
    assert plan.with_day({0}, DAY, SESSIONS).items[0].session_id == 9


def test_a_session_is_proposed_on_its_day_unless_the_photo_came_before_it() -> None:
    assert proposed_session(SESSIONS, When(DAY, time(16, 0))) == 7
    assert proposed_session(SESSIONS, When(DAY)) == 7
    assert proposed_session(SESSIONS, When(DAY, time(9, 0))) is None
    assert proposed_session(SESSIONS, When(date(2025, 3, 9))) is None
    assert proposed_session(NONE, When(DAY)) is None


def test_a_session_can_be_chosen_and_taken_back() -> None:
    plan = ImportPlan((item(0),)).with_session({0}, 7)
    assert plan.items[0].session_id == 7
    assert plan.with_session({0}, None).items[0].session_id is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("2025-03-01_frontal.jpg", "frontal"),
        ("IMG oblique-LEFT 45.jpg", "oblique_left"),
        ("closeup.png", "close_up"),
        ("frontal and lateral_left.jpg", ""),
        ("IMG_0417.HEIC", ""),
    ],
)
def test_a_file_name_gives_a_view_only_when_it_spells_out_one(name: str, key: str) -> None:
    assert guessed_key(name, ("frontal", "oblique_left", "oblique_right", "lateral_left", "close_up")) == key


def test_a_second_drop_joins_the_first_with_keys_of_its_own() -> None:
    first = ImportPlan((item(0), item(1)))
    other = ImportItem(1, Path("/card/x.jpg"), Standing.NEW, sha256="ff")
    later = ImportPlan((item(0, when=When(DAY)), other), complete=False)
    both = first.joined(later)
    assert [one.key for one in both.items] == [0, 1, 2, 3]
    assert not both.complete
    assert both.item(2).standing is Standing.ALREADY
    assert both.item(2).same_as == 0
    assert "0.jpg" in str(both.item(2).reason)
    assert both.item(3).standing is Standing.NEW


def test_a_double_of_the_second_drop_still_points_to_its_own_first() -> None:
    first = ImportItem(0, Path("a"), Standing.NEW, sha256="aa")
    pair = ImportPlan((first, ImportItem(1, Path("b"), Standing.ALREADY, sha256="aa", same_as=0)))
    assert ImportPlan((item(5),)).joined(pair).item(7).same_as == 6


def test_leaving_out_and_asking_for_what_is_not_there() -> None:
    plan = ImportPlan((item(0), item(1))).without({0})
    assert [one.key for one in plan.items] == [1]
    with pytest.raises(KeyError):
        plan.item(0)


def test_names_are_printable_whatever_their_bytes_are() -> None:
    assert ImportItem(0, Path("bad\udcff.jpg"), Standing.NEW).name == "bad\N{REPLACEMENT CHARACTER}.jpg"
    assert ImportItem(0, Pasted("From the clipboard.png", b""), Standing.NEW).name == "From the clipboard.png"


def test_a_photo_left_out_with_its_second_copy_can_be_brought_again() -> None:
    first = ImportItem(0, Path("a"), Standing.NEW, sha256="aa")
    plan = ImportPlan((first,)).joined(ImportPlan((replace(first, source=Path("b")),))).without({0})
    assert plan.joined(ImportPlan((first,))).items[0].wanted


def test_a_second_copy_that_sorts_before_the_first_takes_nothing_from_it() -> None:
    """More is brought after two equal files: what was called a copy is not taken for the first of them."""
    first = ImportItem(0, Path("b.jpg"), Standing.NEW, sha256="aa")
    plan = ImportPlan((first,)).joined(ImportPlan((replace(first, source=Path("a.jpg")),)))
    plan = replace(plan, items=in_order_taken(plan.items)).joined(ImportPlan((item(9),)))
    assert [(one.name, one.wanted) for one in plan.items] == [("a.jpg", False), ("b.jpg", True), ("9.jpg", True)]


def test_a_photo_that_was_trashed_while_its_import_waits_can_be_brought_back() -> None:
    there = ImportItem(0, Path("a.jpg"), Standing.ALREADY, sha256="aa", photo_id=3)
    plan = ImportPlan((there,)).joined(ImportPlan((replace(there, standing=Standing.TRASHED),)))
    assert [one.wanted for one in plan.items] == [False, True]


def test_a_view_that_only_a_copys_name_tells_is_the_photos() -> None:
    bare = ImportItem(0, Path("a.jpg"), Standing.NEW, sha256="aa")
    named = replace(bare, source=Path("nose.jpg"), view="close_up", zone="nose")
    for plan in (ImportPlan((bare,)).joined(ImportPlan((named,))), ImportPlan((named,)).joined(ImportPlan((bare,)))):
        assert [(one.view, one.zone) for one in plan.items if one.wanted] == [("close_up", "nose")]


def test_what_was_decided_stays_when_a_copy_is_brought_later() -> None:
    decided = ImportItem(0, Path("a.jpg"), Standing.NEW, sha256="aa", when=When(DAY), view="frontal")
    named = Proposal(When(date(2024, 1, 1)), DateSource.NAME)
    copy = ImportItem(0, Path("b.jpg"), Standing.NEW, sha256="aa", view="profile_left", proposals=(named,))
    (photo,) = (one for one in ImportPlan((decided,)).joined(ImportPlan((copy,))).items if one.wanted)
    assert (photo.name, photo.when, photo.view, photo.proposal) == ("a.jpg", When(DAY), "frontal", None)
