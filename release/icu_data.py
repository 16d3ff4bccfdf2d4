"""ICU's data without what Qt never asks for: names of currencies, languages and regions, units, words, code pages.

Qt for Python's wheel brings ICU's data whole, as a library with one table in it (ICU's "common data": a header, a list
of names with the place of each item, then the items). Dates, numbers and money are written by Qt's own tables; of ICU
it uses the order of letters and the rules of time zones, which stay. See docs/releasing.md.
"""

from __future__ import annotations

import ctypes
import re
import struct
import subprocess
from pathlib import Path

# Folders of items, code pages, and the dates and numbers of each language, below "icudt73l/".
_LEFT_OUT = re.compile(
    r"""[^/]+/(?:
      (?:brkitr|curr|lang|rbnf|region|translit|unit|zone)/.*
    | [^/]+\.cnv
    | [a-z]{2,3}(?:_\w+)?\.res
    )""",
    re.VERBOSE,
)
_SYMBOL = re.compile(r"\s(?P<size>[0-9a-f]{8,16})[ \t]+(?:\S+[ \t]+)?(?P<name>icudt\d+_dat)$", re.MULTILINE)
_ALIGNED = 16  # bytes, of each item


def is_icu_data(name: str) -> bool:
    """Whether the collected file `name` is ICU's data."""
    return Path(name).name.startswith("libicudata.so")


def lean(data: bytes) -> bytes:
    """Return ICU's common data without the items that are left out. ValueError when it is not such data."""
    head = struct.unpack_from("<H", data)[0] if len(data) > _ALIGNED else 0
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        raise ValueError("This is no common data of ICU.")
    return data[:head] + _table([(name, item) for name, item in _items(data[head:]) if not _LEFT_OUT.fullmatch(name)])


def _items(table: bytes) -> list[tuple[str, bytes]]:
    (count,) = struct.unpack_from("<I", table)
    places = list(struct.iter_unpack("<II", table[4 : 4 + 8 * count]))
    ends = [start for _, start in places[1:]] + [len(table)]
    names = [table[at : table.index(b"\0", at)].decode("ascii") for at, _ in places]
    return [(name, table[start:end]) for name, (_, start), end in zip(names, places, ends, strict=True)]


def _table(items: list[tuple[str, bytes]]) -> bytes:
    names, items_at = b"", []
    place = 4 + 8 * len(items)
    for name, _ in items:
        items_at.append(place + len(names))
        names += name.encode("ascii") + b"\0"
    body = _padded(names, place)
    entries = []
    for at, (_, item) in zip(items_at, items, strict=True):
        entries.append(struct.pack("<II", at, place + len(body)))
        body += _padded(item, 0)
    return struct.pack("<I", len(items)) + b"".join(entries) + body


def _padded(item: bytes, before: int) -> bytes:
    return item + bytes(-(before + len(item)) % _ALIGNED)


def make(library: Path, folder: Path) -> Path:
    """Make the library `library` anew in `folder`, lean. Needs gcc and binutils."""
    shown = subprocess.run(["objdump", "-T", str(library)], check=True, capture_output=True, text=True).stdout
    symbol = _SYMBOL.search(shown)
    if symbol is None:
        raise ValueError(f"{library.name} holds no data of ICU.")
    name, size = symbol["name"], int(symbol["size"], 16)
    whole = bytes((ctypes.c_char * size).in_dll(ctypes.CDLL(str(library)), name))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icu.dat").write_bytes(lean(whole))
    source, made = folder / "icu.s", folder / library.name
    source.write_text(
        f".section .rodata\n.balign {_ALIGNED}\n.globl {name}\n.type {name}, %object\n"
        f'{name}: .incbin "icu.dat"\n.size {name}, . - {name}\n.section .note.GNU-stack,"",%progbits\n',
        encoding="ascii",
    )
    options = ["-shared", "-nostdlib", "-s", "-Wl,--build-id=none", f"-Wl,-soname,{library.name}"]
    subprocess.run(["gcc", *options, "-o", made.name, source.name], check=True, cwd=folder)
    return made
