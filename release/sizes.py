"""How large the frozen program may be, and what in it is large."""

from __future__ import annotations

from pathlib import Path

# How large it was when its parts were last looked at, in MiB: docs/releasing.md lists them.
FROZEN_MIB = 324
MAY_GROW = 1.05
_MIB = 1024 * 1024


def grown(frozen: Path) -> str:
    """Return a sentence where the frozen program has grown too much since its parts were looked at, else ""."""
    size = total(frozen)
    if size <= MAY_GROW * FROZEN_MIB:
        return ""
    return f"The frozen program takes {size} MiB, {FROZEN_MIB} when docs/releasing.md was written: {parts(frozen)}"


def parts(frozen: Path) -> dict[str, float]:
    """Return how large each part of the frozen program is, in MiB: the folders and libraries of 1 MiB and more."""
    found = {part.name: _size(part) / _MIB for part in (frozen / "_internal").iterdir()}
    large = {name: round(size, 1) for name, size in found.items() if size >= 1}
    rest = sum(size for size in found.values() if size < 1)
    return dict(sorted(large.items(), key=lambda part: -part[1])) | {"everything else": round(rest, 1)}


def total(frozen: Path) -> float:
    """Return the size of the whole frozen program in MiB."""
    return round(_size(frozen) / _MIB, 1)


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())
