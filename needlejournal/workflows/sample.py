"""The sample journal: a fictional course of four sessions, made from resources/sample through the ordinary import."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.courses import AftercareTick, Course, Dismissal
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Declared, Photo
from needlejournal.journal.ratings import Judgement, Rating
from needlejournal.journal.sessions import Needle, Price, Product, Session, Severity
from needlejournal.store import SUFFIX, Journal, create_journal, utc_now
from needlejournal.store.folder import is_open
from needlejournal.store.journal import Clock
from needlejournal.store.remembered import SAMPLE
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.progress import Control, Unattended

Table = dict[str, Any]
BASELINE = "2025-03-01_frontal.jpg"
NEAREST_SCARS = "2025-03-01_closeup_left_cheek.jpg"


def make_sample(
    folder: Path,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
    now: Clock = utc_now,
) -> Journal:
    """Make the sample journal in a new or empty folder and open it, writable. Reports Progress of its photos.

    Raises WorldError when it cannot be made there; then the place is as it was.
    """
    course, empty = _read("course"), folder.is_dir()
    catalogue = load_catalogue(paths.resources())
    journal = create_journal(folder, course["name"], now=now)
    try:
        with journal.step("Make the sample journal"):
            sessions = _write_sessions(journal, course, catalogue)
        _import_photos(journal, catalogue, control)
        with journal.step("Make the sample journal"):
            _write_diary(journal, _read("diary"))
            _write_after(journal, course, sessions)
        journal.remembered.put(SAMPLE, "yes")
        journal.history.forget()
    except BaseException:
        journal.close()
        rmtree(journal.folder, ignore_errors=True)
        if empty:
            journal.folder.mkdir(exist_ok=True)
        raise
    return journal


def _read(name: str) -> Table:
    with (paths.resources() / "sample" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _write_sessions(journal: Journal, table: Table, catalogue: Catalogue) -> list[Session]:
    course = journal.courses.save(_course(table["course"], catalogue))
    shared = table["sessions_shared"]
    sessions = [_session(shared, one, course.id) for one in table["sessions"]]
    return [journal.sessions.save(session) for session in sessions]


def _course(table: Table, catalogue: Catalogue) -> Course:
    lists = {key: tuple(table[key]) for key in ("concerns", "zones")}
    aftercare = catalogue.treatment(table["treatment"]).aftercare
    return Course(**{**table, **lists, "price": _price(table["price"]), "aftercare": aftercare})


def _session(shared: Table, table: Table, course_id: int) -> Session:
    passes = table["passes"]
    kept = {key: table[key] for key in ("pain", "changed_since", "notes") if key in table}
    return Session(
        **shared,
        **kept,
        when=When.from_datetime(table["when"]),
        needles=tuple(Needle(zone, round(mm * 1000), passes) for zone, mm in table["needles"].items()),
        products=tuple(Product(**product) for product in table["products"]),
        bleeding=Severity(table["bleeding"]),
        price=_price(table["price"]),
        tags=tuple(table.get("tags", ())),
        course_id=course_id,
    )


def _price(text: str) -> Price:
    amount, currency = text.split()
    return Price(round(float(amount) * 100), currency)


def _import_photos(journal: Journal, catalogue: Catalogue, control: Control) -> None:
    """Import the photos as a person would, deciding what photos.toml says; then note what it declares."""
    table = _read("photos")
    plan = look(journal, [paths.resources() / "sample" / "photos"], catalogue, control)
    for kind, view in table["views"].items():
        keys = [item.key for item in plan.items if kind in item.name]
        plan = plan.with_view(keys, view, table["zones"].get(kind, ""))
    done = import_all(journal, plan)
    if done.failed:
        raise WorldError(done.failed[0].reason)
    with journal.step("Describe the sample's photos"):
        for _, photo in done.saved:
            journal.photos.save(_described(photo, table))


def _described(photo: Photo, table: Table) -> Photo:
    day = photo.when.day.isoformat()
    return replace(
        photo,
        declared=Declared(**table["declared"].get(day, {})),
        tags=tuple(table["tags"].get(day, ())),
        note=table["notes"].get(photo.original.file_name, ""),
    )


def _write_diary(journal: Journal, table: Table) -> None:
    for key, entries in table.items():
        day = date.fromisoformat(key)
        note = DayNote(day, entries.pop("text", ""), entries.pop("nothing_to_note", False), _popped_tags(entries))
        if note != DayNote(day):
            journal.day_notes.save(note)
        for symptom, entry in entries.items():
            journal.side_effects.save(_side_effect(day, symptom, entry))


def _popped_tags(entries: Table) -> tuple[str, ...]:
    return tuple(entries.pop("tags", ()))


def _side_effect(day: date, symptom: str, entry: int | Table) -> SideEffect:
    table: Table = {"severity": entry} if isinstance(entry, int) else entry
    return SideEffect(day, symptom, Severity(table["severity"]), table.get("zone", ""), table.get("note", ""))


def _write_after(journal: Journal, table: Table, sessions: list[Session]) -> None:
    """Aftercare ticks, cards that were put aside, and ratings."""
    for number, days in table["aftercare"].items():
        session = sessions[int(number) - 1]
        for after, items in days.items():
            day = session.when.day + timedelta(days=int(after))
            for item in items:
                journal.ticks.save(AftercareTick(session.id, item, day))
    for one in table["dismissals"]:
        session = sessions[one["session"] - 1]
        journal.dismissals.save(
            Dismissal(one["rule"], one["symptom"], session.id, tuple(one["entries"]), one["reason"])
        )
    journal.questions.write(table["questions"])
    photos = {photo.original.file_name: photo.id for photo in journal.photos.all()}
    for rating in _ratings(table, photos.__getitem__):
        journal.ratings.save(rating)


def _ratings(table: Table, id_of: Callable[[str], int]) -> Iterator[Rating]:
    for seen in table["ratings"]:
        concerns = {key: value for key, value in seen.items() if key not in {"day", "photo"}}
        for concern, given in concerns.items():
            answer: Table = {"value": given} if isinstance(given, int) else given
            judged = answer.get("judgement")
            baseline = (NEAREST_SCARS if concern == "scars" else BASELINE) if judged else None
            yield Rating(
                seen["day"],
                concern,
                answer["value"],
                Judgement(judged) if judged else None,
                baseline_photo_id=id_of(baseline) if baseline else None,
                photo_id=id_of(seen["photo"].replace("frontal", _shows(concern, seen["photo"]))),
                note=answer.get("note", ""),
            )
    for glow in table["glow"]:
        yield Rating(glow["day"], "glow", glow["value"], kind="glow")


def _shows(concern: str, photo: str) -> str:
    """Scars are judged on the close-up, where there is one of that day."""
    close_up = photo.replace("frontal", "closeup_left_cheek")
    there = (paths.resources() / "sample" / "photos" / close_up).is_file()
    return "closeup_left_cheek" if concern == "scars" and there else "frontal"


def sample_in(place: Path, name: str) -> Path:
    """The folder of the sample journal in `place`, made when it is not there yet.

    It gets its name when it is whole, so that a stop half-way leaves nothing that looks like it. Raises WorldError.
    """
    folder = place / f"{name}{SUFFIX}"
    if not folder.exists():
        _sweep(place, name)
        unfinished = place / f".{name}-{secrets.token_hex(4)}{SUFFIX}"
        make_sample(unfinished).close()
        unfinished.rename(folder)
    return folder


def _sweep(place: Path, name: str) -> None:
    """Remove what a stop half-way left behind, unless somebody is making it just now."""
    for left in place.glob(f".{name}-????????{SUFFIX}"):
        if not left.is_symlink() and left.is_dir() and not is_open(left):
            rmtree(left, ignore_errors=True)
