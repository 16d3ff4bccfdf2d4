"""The command that brings photos in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import (
    Answer,
    Arguments,
    Facts,
    OnTerminal,
    Verb,
    WrongUse,
    counted,
    moment,
    opened_or_made,
    takes_journal,
)

if TYPE_CHECKING:
    from needlejournal.journal.photos import Photo
    from needlejournal.store import Journal
    from needlejournal.workflows.import_plan import ImportItem, ImportPlan
    from needlejournal.workflows.importing import Imported


def takes_import(parser: argparse.ArgumentParser) -> None:
    """What to import, and what to decide about it."""
    takes_journal(parser)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="photos, or folders of them")
    parser.add_argument("--view", default="", metavar="KEY", help="the view of all of them, such as frontal")
    parser.add_argument("--zone", default="", metavar="KEY", help="the zone of all of them, for close-ups")
    parser.add_argument(
        "--date", type=moment, metavar="DATE", help="when those were taken that do not say so themselves"
    )


def import_photos(told: Arguments) -> Answer:
    """Bring photos in; what still needs a date stays out and is listed."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.importing import import_all, look
    from needlejournal.workflows.previewing import drop_strays

    catalogue = load_catalogue(paths.resources())
    _check_key("view", told.view, [view.key for view in catalogue.views])
    journal = opened_or_made(told.journal)
    looking = OnTerminal("Looked at")
    try:
        plan = decided(look(journal, told.paths, catalogue, looking), told, journal)
        done = import_all(journal, plan, OnTerminal("Saved"))
        drop_strays(journal)
    finally:
        looking.end()
        journal.close()
    return _about_import(plan, done, [path for path in told.paths if not path.exists()])


def _check_key(what: str, key: str, known: list[str]) -> None:
    if key and key not in known:
        raise WrongUse(f"there is no {what} “{key}”; known are {', '.join(known)}")


def decided(plan: ImportPlan, told: Arguments, journal: Journal) -> ImportPlan:
    """The plan with what the arguments decide."""
    if told.date:
        undated = [item.key for item in plan.items if item.when is None]
        plan = plan.with_when(undated, told.date, journal.sessions.calendar())
    if told.view or told.zone:
        plan = plan.with_view([item.key for item in plan.items], told.view or "close_up", told.zone)
    return plan


def _about_import(plan: ImportPlan, done: Imported, absent: list[Path]) -> Answer:
    from needlejournal.workflows.import_plan import Standing

    ids = {item.key: photo.id for item, photo in done.saved}
    failed = [{"path": item_path(failure.item), "reason": failure.reason} for failure in done.failed]
    facts: Facts = {
        "saved": [_saved(item, photo) for item, photo in done.saved],
        "already": [
            {"path": item_path(item), "id": item.photo_id or ids.get(_or_none(item.same_as))}
            for item in plan.items
            if item.standing is Standing.ALREADY
        ],
        "unreadable": [
            {"path": item_path(item), "reason": item.reason}
            for item in plan.items
            if item.standing is Standing.UNREADABLE
        ]
        + failed,
        "undecided": [{"path": item_path(item), "needs": list(item.needs)} for item in plan.items if item.needs],
    }
    trouble = "; ".join(f"there is no “{path}”" for path in absent)
    if failed:
        trouble = failed[0]["reason"]
    return Answer(facts, _import_in_words(facts), trouble[:1].upper() + trouble[1:])


def _or_none(key: int | None) -> int:
    return -1 if key is None else key


def item_path(item: ImportItem) -> str:
    """The path of an item, printable whatever its bytes are."""
    from needlejournal.workflows.import_plan import Pasted, printable

    return item.name if isinstance(item.source, Pasted) else printable(str(item.source))


def _saved(item: ImportItem, photo: Photo) -> Facts:
    day, clock = photo.when.day.isoformat(), photo.when.time
    return {
        "id": photo.id,
        "path": item_path(item),
        "sha256": photo.original.sha256,
        "taken": f"{day}T{clock.isoformat(timespec='seconds')}" if clock else day,
        "offset_minutes": photo.when.offset_minutes,
        "width": photo.original.width,
        "height": photo.original.height,
        "view": photo.view,
    }


def _import_in_words(facts: Facts) -> str:
    lines = [f"{counted(len(facts['saved']), 'photo', 'photos')} saved."]
    if facts["already"]:
        lines.append(f"{counted(len(facts['already']), 'photo', 'photos')} in the journal already.")
    lines += [f"Not saved: {one['path']}: {one['reason']}" for one in facts["unreadable"]]
    lines += [f"Not saved: {one['path']}: it needs a date (--date)." for one in facts["undecided"]]
    return "\n".join(lines)


IMPORT = Verb("bring photos into a journal, made when there is none", takes_import, import_photos)
