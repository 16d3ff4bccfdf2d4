"""What was brought and is not saved yet: kept in the journal as a draft, and offered again after an interruption."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from os import fsdecode, fsencode
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from needlejournal.journal.dating import DateSource
from needlejournal.journal.moments import When
from needlejournal.store import Journal
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, ImportSource, Pasted, Standing

DRAFT = "import"
Facts = dict[str, Any]
Entries = tuple[Facts, ...]  # files that wait, as the draft has them


def keep(journal: Journal, items: Iterable[ImportItem], beside: Entries = ()) -> None:
    """Keep these files, with what was decided about them, for later, and what waits `beside`; none drops the draft."""
    wanted = [_kept(item) for item in items if item.standing is not Standing.ALREADY]
    journal.keep_draft(DRAFT, [*beside, *wanted] or None)


def entries(journal: Journal) -> Entries:
    """The files that wait."""
    return tuple(journal.draft(DRAFT) or ())


def brought(sources: Iterable[ImportSource], waiting: Entries) -> Entries:
    """Entries of what is brought now: with what was decided where it waits already."""
    there = {_source(facts): facts for facts in waiting}
    return tuple(there.get(source) or _unseen(source) for source in sources)


def besides(waiting: Entries, sources: Sequence[ImportSource], items: Iterable[ImportItem] = ()) -> Entries:
    """What still waits while these sources, and the bytes of these items, do no more."""
    hashes = {item.sha256 for item in items if item.sha256}
    return tuple(facts for facts in waiting if _source(facts) not in sources and facts["sha256"] not in hashes)


def waiting(journal: Journal) -> int:
    """How many files of an interrupted import wait."""
    return len(entries(journal))


def sources(journal: Journal) -> tuple[ImportSource, ...]:
    """The files that wait, to be looked at again."""
    return sources_of(entries(journal))


def sources_of(waiting: Entries) -> tuple[ImportSource, ...]:
    """These files, to be looked at again."""
    return tuple(map(_source, waiting))


def decided_again(plan: ImportPlan, journal: Journal) -> ImportPlan:
    """The new scan of these files with what was decided before; a file that changed meanwhile is as it was seen."""
    before = {facts["sha256"]: facts for facts in entries(journal) if facts["sha256"]}
    decided = (_decided(item, before.get(item.sha256)) for item in plan.items)
    return replace(plan, items=tuple(decided))


def _kept(item: ImportItem) -> Facts:
    facts: Facts = {"sha256": item.sha256, "view": item.view, "zone": item.zone, "session_id": item.session_id}
    facts |= {"mirrored": item.mirrored, "keep": item.keep, "when": _moment(item.when)}
    facts |= {"dated_by": item.dated_by.value if item.dated_by else ""}
    return facts | _place(item.source)


def _unseen(source: ImportSource) -> Facts:
    """A file or folder that was not looked at yet."""
    return _kept(ImportItem(0, source, Standing.NEW))


def _place(source: ImportSource) -> Facts:
    if isinstance(source, Pasted):
        return {"name": source.name, "data": b64encode(source.data).decode()}
    return {"path": quote_from_bytes(fsencode(source.absolute()))}


def _moment(when: When | None) -> list[Any] | None:
    if when is None:
        return None
    return [when.day.isoformat(), when.time.isoformat() if when.time else None, when.offset_minutes]


def _source(facts: Facts) -> ImportSource:
    if "data" in facts:
        return Pasted(facts["name"], b64decode(facts["data"]))
    return Path(fsdecode(unquote_to_bytes(facts["path"])))


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
