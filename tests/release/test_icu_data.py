"""ICU's data made smaller: what Qt asks for stays as it was, byte for byte, and sorts names as before."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from release import icu_data

LIBRARIES = sorted((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libicudata.so.*"))
HEAD = struct.pack("<H2sHHBBBB4s", 32, b"\xda\x27", 20, 0, 0, 0, 2, 0, b"CmnD") + bytes(16)
# The order of names in some languages, and figures and capitals, as Qt writes them.
SORTED = """
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QDateTime, QLocale, QTimeZone
words = "zebra Äpfel apfel Öl oel çok cok ılık ilik Łódź ñandú nandu 中文 一 あ ア 가 10 9 Straße strasse ё".split()
for name in "C en_US de_DE sv_SE tr_TR es_ES zh_CN ja_JP ko_KR ru_RU he_IL ar_EG hu_HU".split():
    locale = QLocale(name)
    order = QCollator(locale)
    order.setNumericMode(True)
    print(ascii((name, sorted(words, key=cmp_to_key(order.compare)), locale.toUpper("straße iı"), locale.monthName(3),
                 locale.toCurrencyString(12.5), locale.nativeLanguageName())))
print(QDateTime.fromSecsSinceEpoch(1751371200, QTimeZone(b"Europe/Berlin")).toString("yyyy-MM-dd HH:mm t"))
"""


def table(*items: tuple[str, bytes]) -> bytes:
    """Common data with these items, put together plainly."""
    names = b"".join(name.encode() + b"\0" for name, _ in items)
    at = 4 + 8 * len(items)
    body, entries = names + bytes(-(at + len(names)) % 16), b""
    for number, (_, item) in enumerate(items):
        before = sum(len(name) + 1 for name, _ in items[:number])
        entries += struct.pack("<II", at + before, at + len(body))
        body += item + bytes(-(at + len(body) + len(item)) % 16)
    return HEAD + struct.pack("<I", len(items)) + entries + body


def test_what_nobody_asks_for_is_left_out_and_the_rest_stays() -> None:
    kept = [("icudt73l/coll/de.res", b"order of letters"), ("icudt73l/pool.res", b"keys" * 8),
            ("icudt73l/root.res", b"roots" * 16), ("icudt73l/zoneinfo64.res", b"zone" * 4)]  # fmt: skip
    gone = [
        ("icudt73l/curr/de.res", b"Euro" * 4),
        ("icudt73l/de.res", b"dates" * 16),
        ("icudt73l/gb18030.cnv", b"c" * 32),
    ]
    assert icu_data.lean(table(*sorted([*kept, *gone]))) == table(*sorted(kept))


@pytest.mark.parametrize("broken", [b"", b"\0" * 64, HEAD[:12] + b"Nope" + bytes(32)])
def test_what_is_no_such_data_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="no common data"):
        icu_data.lean(broken)


@pytest.mark.skipif(not LIBRARIES, reason="Qt has ICU's data of its own on Linux only")
@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("objdump")), reason="needs gcc and binutils")
def test_names_are_sorted_as_before_with_a_library_of_a_quarter(tmp_path: Path) -> None:
    made = icu_data.make(LIBRARIES[0], tmp_path / "made")
    assert made.stat().st_size < LIBRARIES[0].stat().st_size / 4
    assert ctypes.CDLL(str(made))
    usual, lean = (
        subprocess.run(
            [sys.executable, "-c", SORTED], env=os.environ | more, capture_output=True, text=True, check=True
        )
        for more in ({}, {"LD_PRELOAD": str(made)})
    )
    assert lean.stdout == usual.stdout
    assert lean.stdout.count("\n") == 14
