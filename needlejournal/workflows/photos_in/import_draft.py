"""What was brought and is not saved yet: kept in the journal as a draft, and offered again after an interruption."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from os import fsdecode, fsencode
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from needlejournal.journal.dating import DateSource
from needlejournal.journal.frozen import frozen
from needlejournal.journal.moments import When
from needlejournal.store import Journal
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, ImportSource, Pasted, Standing

DRAFT = "import"
Facts = dict[str, Any]


@frozen
class WaitingFile:
    """A file that waits, with what was decided about it."""

    source: ImportSource
    facts: Facts


WaitingFiles = tuple[WaitingFile, ...]


def keep(journal: Journal, items: Iterable[ImportItem], beside: WaitingFiles = ()) -> None:
    """Keep these files, with what was decided about them, for later, and what waits `beside`; none drops the draft.

    The bytes of a pasted picture are written once, in a draft of their own: decisions are kept often.
    """
    wanted = (WaitingFile(item.source, _decisions(item)) for item in items if item.standing is not Standing.ALREADY)
    placed = [(one, _place(one.source)) for one in (*beside, *wanted)]
    pasted = {place["pasted"]: one.source for one, place in placed if isinstance(one.source, Pasted)}
    there = {facts["pasted"] for facts in _facts(journal) if "pasted" in facts}
    bodies: dict[str, object] = {DRAFT: [one.facts | place for one, place in placed] or None}
    bodies |= {_key(mark): None for mark in there - pasted.keys()}
    bodies |= {_key(mark): b64encode(source.data).decode() for mark, source in pasted.items() if mark not in there}
    journal.keep_drafts(bodies)


def entries(journal: Journal) -> WaitingFiles:
    """The files that wait."""
    return tuple(WaitingFile(_source(journal, facts), facts) for facts in _facts(journal))


def _facts(journal: Journal) -> Sequence[Facts]:
    return journal.draft(DRAFT) or ()


def brought(sources: Iterable[ImportSource], waiting: WaitingFiles) -> WaitingFiles:
    """WaitingFiles of what is brought now: with what was decided where it waits already."""
    there = {one.source: one for one in waiting}
    return tuple(there.get(source) or WaitingFile(source, _decisions(_unseen(source))) for source in sources)


def besides(waiting: WaitingFiles, sources: Sequence[ImportSource], items: Iterable[ImportItem] = ()) -> WaitingFiles:
    """What still waits while these sources, and the bytes of these items, do no more."""
    hashes = {item.sha256 for item in items if item.sha256}
    return tuple(one for one in waiting if one.source not in sources and one.facts["sha256"] not in hashes)


def waiting(journal: Journal) -> int:
    """How many files of an interrupted import wait."""
    return len(_facts(journal))


def sources(journal: Journal) -> tuple[ImportSource, ...]:
    """The files that wait, to be looked at again."""
    return tuple(one.source for one in entries(journal))


def decided_again(plan: ImportPlan, journal: Journal) -> ImportPlan:
    """The new scan of these files with what was decided before; a file that changed meanwhile is as it was seen."""
    before = {facts["sha256"]: facts for facts in _facts(journal) if facts["sha256"]}
    decided = (_decided(item, before.get(item.sha256)) for item in plan.items)
    return replace(plan, items=tuple(decided))


def _decisions(item: ImportItem) -> Facts:
    facts: Facts = {"sha256": item.sha256, "view": item.view, "zone": item.zone, "session_id": item.session_id}
    facts |= {"mirrored": item.mirrored, "keep": item.keep, "when": _moment(item.when)}
    return facts | {"dated_by": item.dated_by.value if item.dated_by else ""}


def _unseen(source: ImportSource) -> ImportItem:
    """A file or folder that was not looked at yet."""
    return ImportItem(0, source, Standing.NEW)


def _place(source: ImportSource) -> Facts:
    if isinstance(source, Pasted):
        return {"name": source.name, "pasted": hashlib.sha256(source.data).hexdigest()}
    return {"path": quote_from_bytes(fsencode(source.absolute()))}


def _key(mark: str) -> str:
    return f"{DRAFT}:{mark}"


def _moment(when: When | None) -> list[Any] | None:
    if when is None:
        return None
    return [when.day.isoformat(), when.time.isoformat() if when.time else None, when.offset_minutes]


def _source(journal: Journal, facts: Facts) -> ImportSource:
    if "path" in facts:
        return Path(fsdecode(unquote_to_bytes(facts["path"])))
    data = facts["data"] if "data" in facts else journal.draft(_key(facts["pasted"]))  # earlier versions: in one draft
    return Pasted(facts["name"], b64decode(data or ""))


def _decided(item: ImportItem, facts: Facts | None) -> ImportItem:
    if facts is None or item.standing is Standing.ALREADY:
        return item
    when = item.when
    if facts["when"]:
        day, clock, offset = facts["when"]
        when = When(date.fromisoformat(day), time.fromisoformat(clock) if clock else None, offset)
    kept = {key: facts[key] for key in ("view", "zone", "session_id", "mirrored", "keep")}
    source = facts.get("dated_by")  # drafts of earlier versions do not say
    return replace(item, when=when, dated_by=DateSource(source) if source else None, **kept)
