"""Whatever is kept beside the diary (drafts, folders, backups, reminders, names), on a disk that refuses.

The list is checked against the source: a new call of `keep_aside` needs a scene here, and nobody writes without it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

import needlejournal
from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet
from needlejournal.ui.importing import ImportPage
from needlejournal.ui.importing.for_later import ForLater
from needlejournal.ui.importing.saving import Saving
from needlejournal.ui.importing.sheet import ImportSheet
from needlejournal.ui.panels.arriving_strip import ArrivingStrip
from needlejournal.ui.panels.journal_menu import JournalMenu, NameSheet
from needlejournal.ui.panels.reminder_clock import ReminderClock
from needlejournal.ui.plan.calendar_export import write_calendar_to
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.settings.arriving_card import ArrivingCard
from needlejournal.ui.settings.backup_card import BackupCard
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.workflows.photos_in.arriving import Sorted, watch
from needlejournal.workflows.photos_in.importing import look
from needlejournal.workflows.safekeeping import backing_up
from tests.ui import person
from tests.ui.refusing import (
    REFUSALS,
    Act,
    Stage,
    at,
    content,
    full,
    functions_that_call,
    press,
    refused,
    relents,
)
from tests.workflows.pictures import jpeg

__all__ = ["at"]  # a fixture
SOURCE = Path(needlejournal.__file__).parent
# What a journal keeps in a transaction of its own, as it is called: by the part of the journal and the name.
KEPT_ALONE = {
    ("journal", "rename"),
    ("journal", "keep_draft"),
    ("journal", "keep_drafts"),
    ("remembered", "put"),
    ("reminders", "save"),
}
MAKE_A_JOURNAL = {"sample", "salvaging"}  # of their own, whole or not at all


def backups(at: Stage) -> BackupCard:
    place = at.folder / "disk"
    place.mkdir(exist_ok=True)
    at.patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    return at.show(BackupCard(at.opened))


def choose_place(at: Stage) -> Act:
    return partial(press, backups(at), "Choose…")


def choose_how_often(at: Stage) -> Act:
    return partial(press, backups(at), "Daily")


def back_up(at: Stage) -> Act:
    card = backups(at)
    backing_up.choose_place(at.opened.journal, at.folder / "disk")

    def act() -> None:
        press(card, "Back up now")
        at.by_hand.run()

    return act


def remind(at: Stage) -> Act:
    clock = ReminderClock(at.opened, Preferences(), at.parent())
    later = at.opened.clock() + timedelta(days=1 + len(at.opened.journal.reminders.all()))
    at.patch.setattr(at.opened, "clock", lambda: later)
    return clock.look


def rename(at: Stage) -> Act:
    menu = JournalMenu(at.opened, [], {}, lambda: None, at.parent())
    at.kept.append(menu)

    def act() -> None:
        next(entry for entry in menu.actions() if entry.text().startswith("Rename this journal")).trigger()
        (sheet,) = at.kept[-2].findChildren(NameSheet)
        person.write(sheet, "Name of the journal", "Scars 2026")
        press(sheet, "Rename")

    return act


def offered(at: Stage) -> ArrivingStrip:
    phone = at.folder / "Camera Uploads"
    phone.mkdir(exist_ok=True)
    watch(at.opened.journal, [phone])
    number = len(list(phone.iterdir())) + 2
    (phone / f"new {number}.jpg").write_bytes(jpeg(number))

    def sorted_out(_journal: object, items: tuple[object, ...], _control: object) -> Sorted:
        first, *rest = [item.source for item in items]  # type: ignore[attr-defined]
        return Sorted((first,), (), tuple(rest))

    at.patch.setattr("needlejournal.workflows.photos_in.arriving.sorted_out", sorted_out)
    return ArrivingStrip(at.opened, lambda _destination: None, at.parent())


def look_for_arrivals(at: Stage) -> Act:
    strip = offered(at)
    number = len(list((at.folder / "Camera Uploads").iterdir())) + 2
    (at.folder / "Camera Uploads" / f"new {number}.jpg").write_bytes(jpeg(number))

    def act() -> None:
        strip.look()
        at.by_hand.run()

    return act


def not_these(at: Stage) -> Act:
    strip = offered(at)
    strip.look()
    at.by_hand.run()
    return partial(press, strip, "Not these")


def name_a_folder(at: Stage) -> Act:
    phone = at.folder / "Phone"
    phone.mkdir(exist_ok=True)
    (phone / "old.jpg").write_bytes(jpeg(1))
    at.patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(phone))
    card = at.show(ArrivingCard(at.opened))

    def act() -> None:
        press(card, "Add a folder…")
        at.by_hand.run()

    return act


def importing(at: Stage) -> ImportPage:
    source = at.folder / "new.jpg"
    source.write_bytes(jpeg(7))
    page = ImportPage(at.opened, lambda _destination: None, Preferences())
    at.show(page)
    page.start([source])
    at.by_hand.run()
    return page


def throw_away(at: Stage) -> Act:
    page = importing(at)

    def act() -> None:
        press(page, "Discard")
        press(page.findChildren(QuestionSheet)[-1], "Discard")

    return act


def close_while_saving(at: Stage) -> Act:
    source = at.folder / "new.jpg"
    source.write_bytes(jpeg(7))
    found = look(at.opened.journal, [source], at.opened.catalogue)
    saving = Saving(at.opened, found.items, (), ForLater(at.opened, at.parent()))
    saving.start()
    at.opened.keep_aside(lambda journal: journal.keep_draft("import", None))
    return at.opened.closing.emit


def reason(at: Stage, typed: str) -> ReasonSheet:
    before, after = at.photos[:2]
    sheet = ReasonSheet(at.opened, (before.id, after.id), at.parent())
    at.show(sheet)
    person.type_on(sheet, "Reason", typed)
    return sheet


def lock_over_a_sheet(at: Stage) -> Act:
    reason(at, f"no better photo {len(at.kept)}")
    return at.opened.closing.emit


def cancel_what_was_typed_before_a_lock(at: Stage) -> Act:
    before, after = at.photos[:2]
    at.opened.keep_aside(lambda journal: journal.keep_draft(f"reason:{before.id}:{after.id}", "no better photo"))
    return partial(press, reason(at, "s"), "Cancel")


SCENES: dict[tuple[str, str], Callable[[Stage], Act]] = {
    ("drafts.py", "_keep"): lock_over_a_sheet,
    ("drafts.py", "_end"): cancel_what_was_typed_before_a_lock,
    ("importing/for_later.py", "keep"): throw_away,
    ("importing/saving.py", "_keep_rest"): close_while_saving,
    ("panels/arriving_strip.py", "_leave"): not_these,
    ("panels/arriving_strip.py", "_take_sorted"): look_for_arrivals,
    ("panels/backup_clock.py", "_note"): back_up,
    ("panels/backup_clock.py", "done"): back_up,
    ("panels/backup_clock.py", "set_every"): choose_how_often,
    ("panels/backup_clock.py", "set_place"): choose_place,
    ("panels/journal_menu.py", "rename"): rename,
    ("panels/reminder_clock.py", "_keep_shown"): remind,
    ("settings/arriving_card.py", "_watch"): name_a_folder,
}


OTHERS = {("plan/calendar_export.py", "done")}  # the file it says is saved is; see below


def test_every_call_of_keep_aside_has_a_scene() -> None:
    assert functions_that_call("keep_aside") - OTHERS == set(SCENES)


def test_nothing_of_it_is_kept_by_any_other_way() -> None:
    keeping = functions_that_keep_alone(SOURCE / "workflows")
    assert {"backing_up.schedule", "import_draft.keep", "arriving.watch", "arriving.pass_by"} < keeping
    ways = {
        (path.relative_to(SOURCE).as_posix(), call.lineno)
        for path in (SOURCE / "ui").rglob("*.py")
        for call in calls_outside(ast.parse(path.read_text("utf-8")), keeping)
    }
    assert ways == set()


def functions_that_keep_alone(folder: Path) -> set[str]:
    """Functions that keep something themselves or by another such function, each as "module.function"."""
    paths = (path for path in folder.rglob("*.py") if path.stem not in MAKE_A_JOURNAL)
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in paths}
    functions = [
        (module, function)
        for module, tree in trees.items()
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
    ]
    found: set[str] = set()
    while True:
        more = {
            f"{module}.{function.name}"
            for module, function in functions
            if any(keeps(call, found, module, trees[module]) for call in ast.walk(function))
        }
        if more == found:
            return found
        found = more


def keeps(node: ast.AST, keeping: set[str], module: str, tree: ast.Module) -> bool:
    """Whether this is a call that keeps something alone; `keeping` are the functions known to do it."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        return f"{came_from(tree).get(called.id, module)}.{called.id}" in keeping
    if not isinstance(called, ast.Attribute):
        return False
    on = called.value
    owner = on.attr if isinstance(on, ast.Attribute) else on.id if isinstance(on, ast.Name) else ""
    return (owner, called.attr) in KEPT_ALONE or f"{owner}.{called.attr}" in keeping


@cache
def came_from(tree: ast.Module) -> dict[str, str]:
    """The module of each function that a module imports."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    return {alias.name: str(node.module).rpartition(".")[2] for node in imports for alias in node.names}


def calls_outside(tree: ast.Module, keeping: set[str]) -> list[ast.Call]:
    """Calls that keep something and do not stand in what is handed to `keep_aside` or `write`."""
    handed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"keep_aside", "write"}:
            names = {one.id for one in node.args if isinstance(one, ast.Name)}
            inner = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name in names]
            handed |= {id(part) for one in (*node.args, *inner) for part in ast.walk(one)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and id(node) not in handed and keeps(node, keeping, "", tree)
    ]


@pytest.mark.parametrize("scene", SCENES.values(), ids=[f"{file}:{name}" for file, name in SCENES])
def test_what_is_refused_is_said_and_nothing_of_it_is_kept(scene: Callable[[Stage], Act], at: Stage) -> None:
    for refuse in REFUSALS:
        act = scene(at)
        refused(refuse, act, at)
        relents(at.opened.journal)
    act = scene(at)
    before = content(at.opened)
    act()
    assert content(at.opened) != before, "a disk that works takes it"


def test_a_calendar_file_is_saved_though_the_journal_cannot_note_what_is_in_it(at: Stage) -> None:
    failed: list[object] = []
    at.opened.failed.connect(failed.append)
    full(at.opened.journal)
    write_calendar_to(at.opened, at.folder / "mine.ics")
    at.by_hand.run()
    assert (at.folder / "mine.ics").is_file()
    assert len(failed) == 1


def test_how_often_backups_are_made_is_shown_as_it_is_kept(at: Stage) -> None:
    card = backups(at)
    full(at.opened.journal)
    press(card, "Weekly")
    (how_often,) = card.findChildren(SegmentedControl)
    assert how_often.value() == "0"


def test_photos_that_cannot_begin_to_be_saved_are_still_to_be_decided_on(at: Stage) -> None:
    page = importing(at)
    full(at.opened.journal)
    person.click(page.findChild(ImportSheet).save)
    at.by_hand.run()
    assert not page.findChild(ImportSheet).save.isHidden()
    relents(at.opened.journal)
    person.click(page.findChild(ImportSheet).save)
    at.by_hand.run()
    assert len(at.opened.journal.photos.all()) == 5
