"""What is in a backup and not in the journal any more, in words: one line for each thing."""

from __future__ import annotations

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.message import Message, message
from needlejournal.store.records import Record
from needlejournal.workflows.safekeeping.bringing_back import Lacking

LONGEST = 60


def what_it_is(thing: Lacking, catalogue: Catalogue) -> Message:
    """Its kind and what a person knows it by, without its day."""
    record = thing.records[0]
    if thing.kind == "session":
        return _session(catalogue.treatment(record["treatment"]).name, record["clinic"])
    if thing.kind == "side_effect":
        names = dict.fromkeys(catalogue.symptom(one["symptom"]).name for one in thing.records)
        return message("Side effects · {symptoms}", symptoms=", ".join(names))
    if thing.kind == "photo":
        return message("Photo · {view} · {name}", view=_view(record["view"], catalogue), name=record["file_name"])
    return _by_one_text(thing.kind, record, catalogue)


def _by_one_text(kind: str, record: Record, catalogue: Catalogue) -> Message:
    if kind == "rating":
        return message("Rating · {concern}", concern=catalogue.concern(record["concern"]).name)
    if kind == "course":
        return message("Plan · {name}", name=record["title"] or catalogue.treatment(record["treatment"]).name)
    words = {
        "day_note": message("Note · {text}"),
        "spot": message("Spot · {text}"),
        "question": message("Question for the clinic · {text}"),
    }
    return words[kind].filled(text=_short(record.get("text") or record.get("name") or ""))


def _session(treatment: str, clinic: str) -> Message:
    if clinic:
        return message("Session · {treatment} · {clinic}", treatment=treatment, clinic=clinic)
    return message("Session · {treatment}", treatment=treatment)


def _view(key: str, catalogue: Catalogue) -> str | Message:
    return catalogue.view(key).name if key else message("view not chosen yet")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
