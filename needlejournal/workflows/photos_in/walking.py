"""Finding the photos among what a person brought: folders walked, companions of photos set aside. Opens no file.

A phone's folder holds more than photos: the film of a Live Photo, lists of edits, notes of other programs, folders of
a network disk. What belongs to a photo is counted in one quiet line instead of being asked about.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from needlejournal.journal.message import Message, message
from needlejournal.store.folder import DATABASE, PHOTOS, SUFFIX, as_world_error, holds_journal
from needlejournal.workflows.photos_in.import_plan import Companion, CompanionKind, ImportSource, Pasted

PASSED_OVER = frozenset(
    {"@eadir", "@recycle", "@recently-snapshot", "$recycle.bin", "#recycle", "#snapshot", "recycler", "__macosx"}
    | {"system volume information", "lost+found", "lost.dir"}
)
NOTES = frozenset({".aae", ".xmp", ".json", ".thm", ".pp3", ".dop", ".ini", ".db", ".ithmb"})
FILMS = frozenset({".mov", ".mp4", ".m4v", ".3gp", ".mp"})
PICTURES = frozenset({".jpg", ".jpeg", ".heic", ".heif", ".hif", ".png", ".webp", ".tif", ".tiff", ".avif", ".jxl"})
RAWS = frozenset(
    {".nef", ".nrw", ".pef", ".arw", ".sr2", ".srf", ".cr2", ".cr3", ".crw", ".orf", ".rw2", ".raf", ".dng", ".srw"}
    | {".x3f", ".mrw", ".3fr", ".iiq", ".rwl", ".kdc", ".dcr", ".erf", ".mef", ".gpr"}
)
_TAKEOUT_LONGEST = 46  # letters Takeout leaves of a sidecar's name before ".json"
_TAKEOUT_LONGEST_PHOTO = 47  # and of a photo's name before its ending
_TAKEOUT_TAIL = ".supplemental-metadata"
# What Google Photos puts behind the name of a copy that was edited, in the languages that are known.
_EDITED_WORDS = (
    *("edited", "effects", "bearbeitet", "modifié", "editado", "ha editado", "modificato", "bewerkt"),
    *("edytowane", "editat", "編集済み"),
)
_EDITED = re.compile(rf"(.+)-({'|'.join(_EDITED_WORDS)})(\(\d+\))?$", re.IGNORECASE)
_COUNTED = re.compile(r"(.+)(\(\d+\))(\.[^.]+)$")
_STUB = re.compile(r"\.(.+)\.icloud", re.IGNORECASE)  # what iCloud leaves in the place of a file that is not here
_IN_CLOUD = message("This photo is still in the cloud. Let your sync program download it first.")
_OWN_FOLDER = message("This folder is a journal of Needle Journal; its photos were not imported again.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was brought: files in their order, each with why it cannot be looked at, and what belongs to others.

    `sidecars` are the notes of other programs by the photo they are about.
    """

    files: tuple[tuple[ImportSource, Message | None], ...] = ()
    companions: tuple[Companion, ...] = ()
    sidecars: Mapping[ImportSource, tuple[Path, ...]] = field(default_factory=dict)


def find(sources: Iterable[ImportSource]) -> Found:
    """Look through files, folders with all that is in them, and pasted pictures."""
    sources = tuple(sources)
    every = list(_every(sources))
    paths = [source for source, failure in every if isinstance(source, Path) and failure is None]
    kinds = _companions(paths)
    files = tuple(one for one in every if one[0] not in kinds)
    companions = tuple(Companion(path, kind) for path, kind in kinds.items())
    return Found(files, companions, _sidecars(dict.fromkeys((*paths, *_notes_beside(sources)))))


def _every(sources: Iterable[ImportSource]) -> Iterator[tuple[ImportSource, Message | None]]:
    """Every file, each with why it cannot be looked at. Hidden files in folders are passed over."""
    for source in sources:
        if isinstance(source, Pasted) or not os.path.isdir(source):  # noqa: PTH112 (no right to look is no error)
            yield source, _IN_CLOUD if _is_in_cloud(source.name) else None
        elif holds_journal(source):
            yield source, _OWN_FOLDER
        else:
            yield from _walk(source)


def _walk(folder: Path) -> Iterator[tuple[ImportSource, Message | None]]:
    """Links to folders are followed, each real folder once."""
    failures: list[OSError] = []
    been: set[tuple[int, int]] = set()
    for parent, folders, files in os.walk(folder, onerror=failures.append, followlinks=True):
        if not _is_new(parent, been) or (DATABASE in files and PHOTOS in folders):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
        for name in sorted(files):
            if _is_in_cloud(name):
                yield Path(parent, name), _IN_CLOUD
            elif not name.startswith("."):
                yield Path(parent, name), None
    for error in failures:
        place = Path(os.fsdecode(error.filename or folder))
        yield place, as_world_error(error, message("This folder cannot be read")).message


def _is_in_cloud(name: str) -> bool:
    """Whether this stands for a picture that is still in the cloud."""
    stub = _STUB.fullmatch(name)
    return stub is not None and Path(stub[1]).suffix.lower() in PICTURES


def _is_new(folder: str, been: set[tuple[int, int]]) -> bool:
    try:
        state = os.stat(folder)  # noqa: PTH116 (names whose bytes are no text)
    except OSError:
        return True
    place = (state.st_dev, state.st_ino)
    if place in been:
        return False
    been.add(place)
    return True


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.lower() in PASSED_OVER or name.endswith(SUFFIX)


def _companions(paths: list[Path]) -> dict[Path, CompanionKind]:
    """What belongs to a photo: notes always, films and raws where a photo of the same name lies beside them."""
    photos = {
        _place(path, stem) for path in paths if path.suffix.lower() in PICTURES for stem in (path.stem, path.name)
    }
    found: dict[Path, CompanionKind] = {}
    for path in paths:
        ending = path.suffix.lower()
        beside = _place(path, path.stem) in photos
        if ending in NOTES:
            found[path] = CompanionKind.NOTES
        elif beside and ending in FILMS:
            found[path] = CompanionKind.FILM
        elif beside and ending in RAWS:
            found[path] = CompanionKind.RAW
    return found


def _place(path: Path, stem: str) -> tuple[Path, str]:
    return path.parent, unicodedata.normalize("NFC", stem).lower()


def _notes_beside(sources: Iterable[ImportSource]) -> Iterator[Path]:
    """The notes of other programs in the folders of files that were brought by themselves."""
    brought = (source.parent for source in sources if isinstance(source, Path) and not os.path.isdir(source))  # noqa: PTH112
    for folder in dict.fromkeys(brought):
        with suppress(OSError):
            yield from (folder / name for name in sorted(os.listdir(folder)) if _tells_date(Path(name)))  # noqa: PTH208


def _tells_date(path: Path) -> bool:
    return path.suffix.lower() in {".json", ".xmp"}


def _sidecars(paths: Collection[Path]) -> dict[ImportSource, tuple[Path, ...]]:
    notes: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        if _tells_date(path):
            notes.setdefault(_place(path, path.stem), []).append(path)
    if not notes:
        return {}
    pictures = [path for path in paths if path.suffix.lower() not in NOTES]
    named = {
        path: [one for stem in note_stems(path.name) for one in notes.get(_place(path, stem), ())] for path in pictures
    }
    return {path: tuple(found) for path, found in named.items() if found}


def note_stems(name: str) -> Iterator[str]:
    """What notes about a photo may be called, without their ending: "a.jpg", "a", and as Takeout names them.

    A copy that was edited there has no note of its own: those of its original come last.
    """
    name = unicodedata.normalize("NFC", name)
    yield from _notes_of(name)
    stem, ending = os.path.splitext(name)  # noqa: PTH122 (a name, no path)
    if original := _original_of(stem):
        for each in dict.fromkeys((ending.lower(), *sorted(PICTURES))):
            yield from _notes_of(original + each)


def _notes_of(name: str) -> Iterator[str]:
    yield name
    yield name.rpartition(".")[0] or name
    yield from _takeout_stems(name)
    if counted := _COUNTED.match(name):  # a(1).jpg has a.jpg(1).json
        plain, count, ending = counted.groups()
        yield from (stem + count for stem in _takeout_stems(plain + ending))


def _takeout_stems(name: str) -> list[str]:
    """A photo's name with ".supplemental-metadata" behind it, from all of it down to what Takeout leaves."""
    whole = name + _TAKEOUT_TAIL
    return [whole[:length] for length in range(len(whole), min(len(name), _TAKEOUT_LONGEST) - 1, -1)]


def _original_of(stem: str) -> str | None:
    """What a copy edited in Google Photos was before: "a-edited(1)" was "a(1)"; None of any other name."""
    if found := _EDITED.match(stem):
        return found[1] + (found[3] or "")
    if len(stem) != _TAKEOUT_LONGEST_PHOTO:
        return None
    plain, dash, begun = stem.rpartition("-")  # the mark itself may be cut off with the name
    return plain if dash and any(word.startswith(begun.lower()) for word in _EDITED_WORDS) else None
