"""Writes THIRD-PARTY.txt: every package of the lock with its version and licence texts, and what else is inside.

`python -m release.licences LOCK FILE`, run with the Python that the packages are installed in.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

# Packages of the lock that are for other systems than the one the file is made on.
_ELSEWHERE = {"tzdata", "colorama"}
_ROOT = Path(__file__).resolve().parents[1]


def names_in(lock: Path) -> list[str]:
    """Return the packages that a lock file lists."""
    found = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(set(found), key=str.lower)


def text(lock: Path) -> str:
    """Return the whole file. Raises PackageNotFoundError when a package of the lock is not installed here."""
    parts = [
        "Needle Journal holds the following work of others. Their licences follow.\n",
        *(_part(name) for name in names_in(lock)),
        _kept("The typeface Inter", "resources/fonts/Inter-LICENSE.txt"),
        _kept("The face models", "resources/NOTICES-models.md"),
    ]
    return ("\n" + "=" * 100 + "\n").join(parts)


def _part(name: str) -> str:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        if name in _ELSEWHERE:
            return f"{name}: only on other systems"
        raise
    about = found.metadata
    said = [about[key] for key in ("License-Expression", "License") if key in about]
    named = next(filter(None, said), ", ".join(_classified(found))) or "see below"
    head = f"{about['Name']} {found.version}\nLicence: {named.strip().splitlines()[0]}\n"
    return head + "".join(f"\n{file}\n\n{body}\n" for file, body in _texts(found))


def _classified(found: Distribution) -> list[str]:
    kinds = found.metadata.get_all("Classifier") or []
    return [kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License")]


def _texts(found: Distribution) -> list[tuple[str, str]]:
    wanted = re.compile(r"dist-info/(licenses/.+|[^/]*(LICEN[CS]E|COPYING|NOTICE)[^/]*)$", re.IGNORECASE)
    files = [file for file in found.files or [] if wanted.search(file.as_posix())]
    return [(file.name, Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")) for file in files]


def _kept(title: str, file: str) -> str:
    return f"{title}\n\n{(_ROOT / file).read_text(encoding='utf-8')}"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(text(Path(sys.argv[1])), encoding="utf-8")
