"""What is left of an import that was interrupted, kept in the journal as a draft and offered again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
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


def keep(journal: Journal, items: Iterable[ImportItem]) -> None:
    """Keep these files, with what was decided about them, for later; none drops the draft."""
    wanted = [_kept(item) for item in items if item.standing is not Standing.ALREADY]
    journal.keep_draft(DRAFT, wanted or None)


def waiting(journal: Journal) -> int:
    """How many files of an interrupted import wait."""
    return len(journal.draft(DRAFT) or ())


def sources(journal: Journal) -> tuple[ImportSource, ...]:
    """The files that wait, to be looked at again."""
    return tuple(_source(facts) for facts in journal.draft(DRAFT) or ())


def decided_again(plan: ImportPlan, journal: Journal) -> ImportPlan:
    """The new scan of these files with what was decided before; a file that changed meanwhile is as it was seen."""
    before = {facts["sha256"]: facts for facts in journal.draft(DRAFT) or () if facts["sha256"]}
    decided = (_decided(item, before.get(item.sha256)) for item in plan.items)
    return replace(plan, items=tuple(decided))


def _kept(item: ImportItem) -> Facts:
    facts: Facts = {"sha256": item.sha256, "view": item.view, "zone": item.zone, "session_id": item.session_id}
    facts |= {"mirrored": item.mirrored, "keep": item.keep, "when": _moment(item.when)}
    facts |= {"dated_by": item.dated_by.value if item.dated_by else ""}
    if isinstance(item.source, Pasted):
        return facts | {"name": item.source.name, "data": b64encode(item.source.data).decode()}
    return facts | {"path": quote_from_bytes(fsencode(item.source.absolute()))}


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
