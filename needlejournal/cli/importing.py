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
    counted,
    moment,
    opened_or_made,
    takes_journal,
)
from needlejournal.cli.words import known_view, known_zone

if TYPE_CHECKING:
    from needlejournal.journal.moments import When
    from needlejournal.journal.photos import Photo
    from needlejournal.store import Journal
    from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan
    from needlejournal.workflows.photos_in.importing import Imported

NO_PHOTOS = frozenset({"not a picture", "video"})  # leaving these out is no failure


def takes_import(parser: argparse.ArgumentParser) -> None:
    """What to import, and what to decide about it."""
    takes_journal(parser)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="photos, or folders of them")
    parser.add_argument("--view", default="", metavar="KEY", help="the view of all of them, such as frontal")
    parser.add_argument("--zone", default="", metavar="WORDS", help="the zone of all of them, for close-ups")
    parser.add_argument("--own", action="store_true", help="keep unknown words for a zone as your own")
    parser.add_argument(
        "--date", type=moment, metavar="DATE", help="when the photos without a date of their own were taken"
    )
    parser.add_argument(
        "--accept-proposed",
        action="store_true",
        help="accept suggested dates, from the file's name for example, where the camera wrote none",
    )
    parser.add_argument("--keep-damaged", action="store_true", help="keep damaged photos as they are, marked as such")


def import_photos(arguments: Arguments) -> Answer:
    """Bring photos in; what still needs a date stays out and is listed."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.photos_in.importing import import_all, look
    from needlejournal.workflows.photos_in.previewing import drop_strays
    from needlejournal.workflows.photos_in.same_photo import probably_same, with_likeness

    catalogue = load_catalogue(paths.resources())
    arguments.view = known_view(arguments.view, catalogue)
    arguments.zone = known_zone(arguments.zone, catalogue, own=arguments.own)
    journal = opened_or_made(arguments)
    looking = OnTerminal("Looked at")
    try:
        plan = look(journal, arguments.paths, catalogue, looking)
        plan = with_likeness(plan, probably_same(journal, journal.photos.all(), plan.items))
        plan = decided(plan, arguments, journal)
        done = import_all(journal, plan, OnTerminal("Saved"))
        drop_strays(journal)
    finally:
        looking.end()
        journal.close()
    return _about_import(plan, done, [path for path in arguments.paths if not path.exists()])


def decided(plan: ImportPlan, arguments: Arguments, journal: Journal) -> ImportPlan:
    """The plan with what the arguments decide."""
    from needlejournal.imaging.reading.unreadable import DAMAGED_KIND

    if arguments.keep_damaged:
        plan = plan.with_kept([item.key for item in plan.items if item.kind == DAMAGED_KIND and item.size], keep=True)
    if arguments.accept_proposed:
        plan = plan.with_proposed([item.key for item in plan.items], journal.sessions.calendar())
    if arguments.date:
        undated = [item.key for item in plan.items if item.when is None]
        plan = plan.with_when(undated, arguments.date, journal.sessions.calendar())
    if arguments.view or arguments.zone:
        plan = plan.with_view([item.key for item in plan.items], arguments.view or "close_up", arguments.zone)
    return plan


def _about_import(plan: ImportPlan, done: Imported, absent: list[Path]) -> Answer:
    from needlejournal.workflows.photos_in.import_plan import Standing

    ids = {item.key: photo.id for item, photo in done.saved}
    failed: list[Facts] = [
        {"path": item_path(one.item), "kind": "not saved", "reason": str(one.reason)} for one in done.failed
    ]
    left_out = [item for item in plan.items if not item.wanted]
    facts: Facts = {
        "saved": [{**_saved(item, photo), **_like(item, plan)} for item, photo in done.saved],
        "already": [
            {
                "path": item_path(item),
                "id": item.photo_id or ids.get(_or_none(item.same_as)),
                **_mended(item),
            }
            for item in left_out
            if item.standing is Standing.ALREADY
        ],
        "unreadable": [_unread(item) for item in left_out if item.standing is Standing.UNREADABLE] + failed,
        "undecided": [{**_undecided(item), **_like(item, plan)} for item in plan.items if item.needs],
        "damaged": [
            {"path": item_path(item), "reason": str(item.reason)}
            for item in left_out
            if item.standing is Standing.DAMAGED
        ],
        "companions": [str(companion.path) for companion in plan.companions],
    }
    return Answer(facts, _import_in_words(facts, plan), _trouble(facts, failed, absent))


def _trouble(facts: Facts, failed: list[Facts], absent: list[Path]) -> str:
    """The sentence that goes with exit code 1: something did not go in that the person takes for a photo."""
    if absent:
        text = "; ".join(f"there is no “{path}”" for path in absent)
        return text[:1].upper() + text[1:]
    photos = [one for one in facts["unreadable"] if one["kind"] not in NO_PHOTOS] + facts["damaged"]
    broken = sum(1 for one in facts["already"] if one.get("repaired") is False)
    if broken:
        return (
            f"The journal’s own file of {counted(broken, 'photo', 'photos')} is missing or damaged and could not "
            "be put back. Keep yours, and try again when there is room on the disk."
        )
    if failed or len(photos) == 1:
        return str((failed or photos)[0]["reason"])
    return f"{len(photos)} photos could not be read and were not saved." if photos else ""


def _unread(item: ImportItem) -> Facts:
    return {"path": item_path(item), "kind": item.kind, "reason": str(item.reason)}


def _like(item: ImportItem, plan: ImportPlan) -> Facts:
    """What a photo is probably another copy of, where there is such a one: only a hint."""
    if item.like is None:
        return {}
    there: Facts = {"id": item.like.photo_id} if item.like.photo_id else {"path": _path_of(plan, item.like.key)}
    return {"probably_same": there}


def _path_of(plan: ImportPlan, key: int | None) -> str:
    return next((item_path(one) for one in plan.items if one.key == key), "")


def _undecided(item: ImportItem) -> Facts:
    facts: Facts = {"path": item_path(item), "needs": list(item.needs)}
    if item.proposal:
        facts["proposed"] = {**_taken(item.proposal.when), "from": item.proposal.source.value}
    return facts


def _taken(when: When) -> Facts:
    day = when.day.isoformat()
    return {
        "taken": f"{day}T{when.time.isoformat(timespec='seconds')}" if when.time else day,
        "offset_minutes": when.offset_minutes,
    }


def _mended(item: ImportItem) -> Facts:
    """Whether the journal's own file was put back, where it was not whole."""
    from needlejournal.workflows.photos_in.import_plan import Stored

    return {} if item.stored is Stored.WHOLE else {"repaired": item.stored is Stored.MENDED}


def _or_none(key: int | None) -> int:
    return -1 if key is None else key


def item_path(item: ImportItem) -> str:
    """The path of an item, printable whatever its bytes are."""
    from needlejournal.workflows.photos_in.import_plan import Pasted, printable

    return item.name if isinstance(item.source, Pasted) else printable(str(item.source))


def _saved(item: ImportItem, photo: Photo) -> Facts:
    facts = {
        "id": photo.id,
        "path": item_path(item),
        "sha256": photo.original.sha256,
        **_taken(photo.when),
        "width": photo.original.width,
        "height": photo.original.height,
        "view": photo.view,
    }
    return {**facts, "damaged": photo.damage} if photo.damage else facts


def _import_in_words(facts: Facts, plan: ImportPlan) -> str:
    lines = [f"{counted(len(facts['saved']), 'photo', 'photos')} saved."]
    if facts["already"]:
        lines.append(f"{counted(len(facts['already']), 'photo', 'photos')} in the journal already.")
    mended = sum(1 for one in facts["already"] if one.get("repaired"))
    if mended:
        lines.append(
            f"The journal’s own file of {counted(mended, 'photo', 'photos')} was missing or damaged and was put back."
        )
    lines += [str(line) for line in plan.about_companions]
    lines += [f"Not saved: {one['path']}: {one['reason']}" for one in facts["unreadable"] + facts["damaged"]]
    lines += [f"Not saved: {item_path(item)}: {_date_wanted(item)}" for item in plan.items if item.needs]
    return "\n".join(lines)


def _date_wanted(item: ImportItem) -> str:
    proposal = item.proposal
    if proposal is None:
        return "it needs a date (--date)."
    taken = _taken(proposal.when)["taken"].replace("T", " ")
    return f"it needs a date. {taken} is proposed, {proposal.source.words} (--accept-proposed)."


IMPORT = Verb("bring photos into a journal, made when there is none", takes_import, import_photos)
