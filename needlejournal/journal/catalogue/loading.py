"""Reads the data files, checks them, and makes the catalogue. The only place of `journal` that opens files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from needlejournal.journal.catalogue import fields
from needlejournal.journal.catalogue.catalogue import Catalogue
from needlejournal.journal.catalogue.facts import (
    AskFirst,
    ClinicRule,
    Concern,
    PhotoPlan,
    Scales,
    Source,
    Statement,
    Symptom,
    View,
    Zone,
)
from needlejournal.journal.catalogue.fields import Known
from needlejournal.journal.catalogue.schema import CatalogueError, Check, Place
from needlejournal.journal.catalogue.treatment_file import treatment_from
from needlejournal.journal.catalogue.treatments import Treatment
from needlejournal.journal.message import message
from needlejournal.journal.ratings import Judgement
from needlejournal.journal.sessions import Severity
from needlejournal.journal.toml_files import kept

Entry = Mapping[str, Any]
Sources = Mapping[str, Source]
Read = Callable[[str, Check], dict[str, Any]]
FILES = (
    "sources.toml", "symptoms.toml", "views.toml", "zones.toml", "scales.toml", "concerns.toml", "ask_first.toml",
    "photographing.toml", "clinic_rules.toml",
)  # fmt: skip


def load_catalogue(folder: Path) -> Catalogue:
    """Read all data files below `folder` (the app's resources).

    Raises CatalogueError, naming file, entry and field, when one is missing or broken.
    """
    treatments = sorted(f"treatments/{path.name}" for path in (folder / "treatments").glob("*.toml"))
    read = partial(_read, folder, kept(folder, [*FILES, *treatments]))
    sources = {key: Source(key, **entry) for key, entry in read("sources.toml", fields.SOURCES).items()}
    known = Known(sources)
    symptoms = _symptoms(read("symptoms.toml", fields.symptoms(known)), sources)
    views = _views(read("views.toml", fields.views(known)), sources)
    zones = _zones(read("zones.toml", fields.ZONES))
    known = Known(
        sources, [symptom.key for symptom in symptoms], [zone.key for zone in zones], [view.key for view in views]
    )
    return Catalogue(
        sources=tuple(sources.values()),
        scales=_scales(read("scales.toml", fields.SCALES)),
        symptoms=symptoms,
        views=views,
        zones=zones,
        concerns=_concerns(read("concerns.toml", fields.concerns(known)), sources),
        ask_first=_ask_first(read("ask_first.toml", fields.ask_first(known)), sources),
        photo_plan=_photo_plan(read("photographing.toml", fields.photographing(known))),
        rules=_rules(read("clinic_rules.toml", fields.clinic_rules(known)), sources),
        treatments=_treatments(read, treatments, known, sources),
    )


def _read(folder: Path, known: dict[str, dict[str, Any]] | None, name: str, check: Check) -> dict[str, Any]:
    """What a file says, checked now, or when it was kept where all are as they were then."""
    if known is not None:
        return known[name]
    import tomllib  # only where a file was changed

    try:
        found = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(
            message(
                "The file {name} of the app cannot be read ({reason}). Your journal is safe. Please install the app "
                "again.",
                name=name,
                reason=error.strerror,
            )
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(
            message(
                "The file {name} is not a valid TOML file ({reason}). Your journal is safe. Please correct the file, "
                "or install the app again.",
                name=name,
                reason=error,
            )
        ) from error
    check(found, Place(name))
    return found


def _cited(text: str, keys: list[str], sources: Sources) -> Statement:
    return Statement(text, tuple(sources[key] for key in keys))


def _symptoms(entries: Entry, sources: Sources) -> tuple[Symptom, ...]:
    return tuple(
        Symptom(
            key,
            entry["name"],
            entry.get("clinical", ""),
            short=entry.get("short", ""),
            red_flag=entry.get("red_flag", False),
            rules=frozenset(entry.get("rules", ())),
            note=_cited(entry.get("note", ""), entry.get("note_sources", []), sources),
            statement=_cited(entry.get("statement", ""), entry.get("sources", []), sources),
            synonyms={language: tuple(words) for language, words in entry.get("synonyms", {}).items()},
        )
        for key, entry in entries.items()
    )


def _views(entries: Entry, sources: Sources) -> tuple[View, ...]:
    return tuple(
        View(
            key,
            entry["name"],
            entry.get("clinical", ""),
            entry.get("angle"),
            entry.get("side", ""),
            _cited("", entry["sources"], sources),
        )
        for key, entry in entries.items()
    )


def _zones(entries: Entry) -> tuple[Zone, ...]:
    return tuple(zone for key, entry in entries.items() for zone in _zone_sides(key, entry))


def _zone_sides(key: str, entry: Entry) -> list[Zone]:
    sides = fields.SIDES if entry.get("sides", False) else ("",)
    return [
        Zone(
            f"{key}_{side}" if side else key,
            f"{entry['name']}, {side}" if side else entry["name"],
            entry.get("clinical", ""),
            entry["part"],
            side,
            entry["where"],
            entry["area"],
        )
        for side in sides
    ]


def _scales(found: Entry) -> Scales:
    return Scales(
        severity=tuple(found["severity"]["words"]),
        pain_ends=(found["pain"]["lowest"], found["pain"]["highest"]),
        rating_ends=(found["rating"]["lowest"], found["rating"]["highest"]),
        judgements=MappingProxyType({word: found["judgement"][word.value] for word in Judgement}),
    )


def _concerns(entries: Entry, sources: Sources) -> tuple[Concern, ...]:
    return tuple(
        Concern(
            key,
            entry["name"],
            entry.get("examples", ""),
            _cited("", entry["sources"], sources),
            entry.get("note", ""),
            _cited(entry.get("caution", ""), entry.get("caution_sources", []), sources),
        )
        for key, entry in entries.items()
    )


def _ask_first(entries: Entry, sources: Sources) -> tuple[AskFirst, ...]:
    return tuple(
        AskFirst(key, _cited(entry["text"], entry["sources"], sources), entry.get("note", ""))
        for key, entry in entries.items()
    )


def _photo_plan(found: Entry) -> PhotoPlan:
    plan = found["plan"]
    return PhotoPlan(
        baseline=plan["baseline"],
        days=tuple(sorted(plan["days"])),
        before_next=plan["before_next"],
        months_after_last=tuple(sorted(plan["months_after_last"])),
        views=tuple(plan["views"]),
        advice=tuple(line["text"] for line in found["advice"]),
    )


def _rules(entries: Entry, sources: Sources) -> Mapping[str, ClinicRule]:
    return MappingProxyType({name: _rule(name, entry, sources) for name, entry in entries.items()})


def _rule(name: str, entry: Entry, sources: Sources) -> ClinicRule:
    after = entry.get("after_day")
    return ClinicRule(
        name,
        _cited(entry["basis"], entry.get("sources", []), sources),
        at_least=Severity[entry.get("at_least", "mild").upper()],
        first_day=entry.get("from_day", 0) if after is None else after + 1,
        compared_with_day=entry.get("compared_with_day", 0),
        fall=entry.get("fall", 0),
        rise=entry.get("rise", 0),
        general_end=entry.get("general_end", 0),
        own_caution=entry.get("own_caution", False),
    )


def _treatments(read: Read, names: list[str], known: Known, sources: Sources) -> tuple[Treatment, ...]:
    if not names:
        raise CatalogueError(
            message("The app's folder of treatments is empty. Your journal is safe. Please install the app again.")
        )
    check = fields.treatment(known)
    found = [(name.removeprefix("treatments/").removesuffix(".toml"), read(name, check)) for name in names]
    found.sort(key=lambda item: (item[1]["order"], item[0]))
    return tuple(treatment_from(key, entry, sources) for key, entry in found)
