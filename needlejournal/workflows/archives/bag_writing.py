"""A bag as BagIt 1.0 (RFC 8493) wants it, in one ZIP file: payload, manifests, and nothing that depends on the clock.

Knows how a bag is written, not what is in it.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from needlejournal.workflows.saving import new_export

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BEFORE_ALL = (1980, 1, 1, 0, 0, 0)
REGULAR = 0o100600 << 16

Payload = Iterable[tuple[str, bytes]]  # path below data/, contents


def write_bag(path: Path, top: str, payload: Payload, info: Iterable[tuple[str, str]], readme: str) -> None:
    """Write the bag `top` as a ZIP aside and move it into place; an older file there is replaced. Raises WorldError.

    The payload is taken piece by piece, and may raise to stop: then nothing is left behind.
    """
    with new_export(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bag:
        _fill(bag, top, payload, info, readme)


def _fill(
    bag: zipfile.ZipFile, top: str, payload: Payload, info: Iterable[tuple[str, str]], readme: str
) -> None:  # fmt: skip
    sizes: list[int] = []
    manifest = "".join(_with_hashes(bag, top, payload, sizes)).encode()
    oxum = f"{sum(sizes)}.{len(sizes)}"
    lines = "".join(f"{name}: {_on_one_line(value)}\n" for name, value in [*info, ("Payload-Oxum", oxum)])
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": lines.encode(),
        "manifest-sha256.txt": manifest,
        "README.txt": readme.encode(),
    }
    for name, contents in tags.items():
        _add(bag, f"{top}/{name}", contents)
    hashes = "".join(f"{hashlib.sha256(contents).hexdigest()}  {name}\n" for name, contents in sorted(tags.items()))
    _add(bag, f"{top}/tagmanifest-sha256.txt", hashes.encode())


def _with_hashes(bag: zipfile.ZipFile, top: str, payload: Payload, sizes: list[int]) -> Iterator[str]:
    """Add the payload; gives the lines of its manifest."""
    for name, contents in payload:
        _add(bag, f"{top}/data/{name}", contents)
        sizes.append(len(contents))
        yield f"{hashlib.sha256(contents).hexdigest()}  data/{name}\n"


def _add(bag: zipfile.ZipFile, name: str, contents: bytes) -> None:
    member = zipfile.ZipInfo(name, BEFORE_ALL)
    member.external_attr = REGULAR
    bag.writestr(member, contents)


def _on_one_line(value: str) -> str:
    return " ".join(value.split())
