"""Judges pairs of real photos from a list: is the same person aligned, nobody else, and is what flatters noticed.

The list is a CSV file beside the photos with a header: `kind`, `before`, `after`, `item`, `source`, `part`. `kind` is
  same      one person on two photos that may fairly be compared: to be aligned, and surely;
  other     two people: never sure;
  mirrored  as `same`, and AFTER is mirrored here before it is looked at: to be noticed;
  edit      AFTER was changed so that `item` (a key of the comparability panel) is to be noticed;
  elsewhere as `edit`, for what is far easier seen over the photo that was changed: BEFORE is another one of the person;
  repeat    two photos between which nothing but chance differs: no item may, but those in `item` (separated by ;).
`before` and `after` are files relative to the list, `source` says where they are from, `part` is "looked at" when the
photos were looked at while gates were set, "judged" when they were not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from needlejournal.imaging.aligning.automatic import align
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import load_models
from needlejournal.imaging.measuring.compression import jpeg_step
from needlejournal.imaging.measuring.light import measure_photo
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.comparing.comparability import PhotoFacts, compare_photos
from needlejournal.journal.errors import BadInput

SAME, OTHER, MIRRORED, EDIT, ELSEWHERE, REPEAT = KINDS = ("same", "other", "mirrored", "edit", "elsewhere", "repeat")
LOOKED_AT, JUDGED = PARTS = ("looked at", "judged")


class UnreadableList(BadInput):
    """The list of pairs, or a line of it, cannot be read; the sentence says which."""


@dataclass(frozen=True, slots=True)
class ListedPair:
    """One line of the list; `items` are keys of the comparability panel."""

    kind: str
    before: Path
    after: Path
    items: tuple[str, ...]
    source: str
    part: str


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What was said about a pair: whether it was sure, the answer of each item of the panel, from how many % on a
    changed shape would have been seen (None where none could), and the pixels between the eyes of the smaller face.
    """

    pair: ListedPair
    confident: bool
    answers: dict[str, str]
    shape_seen_from: float | None = None
    eye_pixels: float | None = None


def read_list(path: Path) -> list[ListedPair]:
    """Read the list. Raises UnreadableList with the line that cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [_listed(path.parent, number, row) for number, row in enumerate(csv.DictReader(lines), 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableList(f"The list “{path.name}” cannot be read: {error}") from error


def _listed(folder: Path, number: int, row: dict[str, str]) -> ListedPair:
    kind, part = (row.get("kind") or "").strip(), (row.get("part") or "").strip()
    if kind not in KINDS or part not in PARTS or not row.get("before") or not row.get("after"):
        raise UnreadableList(f"Line {number} of the list needs a kind, a part, and two files.")
    items = tuple(key for key in (row.get("item") or "").split(";") if key)
    return ListedPair(kind, folder / row["before"], folder / row["after"], items, row.get("source") or "", part)


def judge_pairs(pairs: Iterable[ListedPair]) -> Iterator[JudgedPair]:
    """Align each pair and fill its panel in, as the app would for two files."""
    look = lru_cache(maxsize=64)(_look)
    for pair in pairs:
        before, after = look(pair.before), look(pair.after, mirrored=pair.kind == MIRRORED)
        found = align(before.sight, after.sight, before_reading=before.reading, after_reading=after.reading)
        items = compare_photos(before.facts, after.facts, found.measures).items
        seen_from = found.measures.shape_seen_from if found.measures else None
        pixels = [seen.facts.measures.eye_pixels for seen in (before, after) if seen.facts.measures]
        smaller = min((count for count in pixels if count is not None), default=None)
        yield JudgedPair(pair, found.confident, {item.item: item.answer for item in items}, seen_from, smaller)


@dataclass(frozen=True, slots=True, eq=False)
class _PairSeen:
    sight: Sight
    reading: FaceReading
    facts: PhotoFacts


def _look(path: Path, *, mirrored: bool = False) -> _PairSeen:
    data = path.read_bytes()
    picture = as_array(decode_upright(data))
    seen = sight(np.ascontiguousarray(picture[:, ::-1]) if mirrored else picture)
    reading = read_face(seen, load_models())
    measures = measure_photo(seen, reading)
    return _PairSeen(seen, reading, PhotoFacts(measures=replace(measures, jpeg_step=jpeg_step(data))))
