"""What `--self-test` does, mostly for the frozen program: one small journal through every part, by the command line.

Each part prints a line; the first that fails ends it with exit code 1. Nothing outside a temporary folder is touched.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIDE = 96
WORDS = 6
PASSPHRASE = "seven calm words that nobody guesses"  # noqa: S105 (of a journal that is thrown away)
# How far a matrix may lie from the stored one. Another library for linear algebra in OpenCV is 0.0004 off in scale.
ALIKE = 1e-4


def main() -> int:
    """Run every part. Returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="needlejournal-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = str(folder / "settings")
        (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        for part in PARTS:
            if not _passes(part, folder):
                return 1
    _say("self-test passed")
    return 0


def formats(folder: Path) -> str:
    """Each format is imported, gets a preview, and comes back byte for byte."""
    from needlejournal import paths

    sources = folder / "photos"
    sources.mkdir()
    heic = (paths.resources() / "selftest" / "gradient.heic").read_bytes()
    (sources / "frontal.heic").write_bytes(heic)
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        (sources / f"frontal.{kind.lower()}").write_bytes(_picture(kind))
    _run("sample", str(folder / "Sample.needlejournal"))
    done = _run("import", _journal(folder), str(sources), "--view", "frontal", "--date", "2025-09-07")
    _expect(len(done["saved"]) == 5, f"5 formats imported, not {len(done['saved'])}")
    found = _run("verify", _journal(folder))
    _expect(found["bad"] == found["missing"] == [], "every file as it was saved")
    return "JPEG, PNG, WebP, TIFF and HEIC imported, previewed, verified"


def alignment(_folder: Path) -> str:
    """Faces and close-ups are aligned to the same numbers as where this program was made."""
    kept = _kept_alignments()
    for name, expected in kept.items():
        found = aligned(name)
        _expect(_alike(found, expected), f"{name}: the matrix {found}, expected {expected}")
    return f"{len(kept)} pairs aligned to the stored numbers"


def aligned(name: str) -> list[list[float]]:
    """The matrix that the first and last sample photo of this kind are aligned by."""
    from needlejournal import paths

    photos = sorted((paths.resources() / "sample" / "photos").glob(f"*_{name}.jpg"))
    found = _run("align", str(photos[0]), str(photos[-1]))
    matrix: list[list[float]] = found["matrix"]
    _expect(bool(matrix), f"{name}: an alignment")
    return matrix


def comparison(folder: Path) -> str:
    """Two photos on one sheet, as a file."""
    from needlejournal import paths

    photos = sorted((paths.resources() / "sample" / "photos").glob("*_frontal.jpg"))
    out = folder / "pair.png"
    _run("compare", str(photos[0]), str(photos[-1]), "-o", str(out))
    _expect(out.read_bytes().startswith(b"\x89PNG"), "a PNG of the pair")
    return "two photos compared and exported"


def visit_pack(folder: Path) -> str:
    """The pages for a clinician, as a PDF."""
    out = folder / "visit.pdf"
    made = _run("report", _journal(folder), "-o", str(out))
    _expect(out.read_bytes().startswith(b"%PDF") and made["pages"] >= 1, "a PDF of the visit pack")
    return f"a visit pack of {made['pages']} pages"


def safekeeping(folder: Path) -> str:
    """A backup and an open archive, and a journal made of each again."""
    _run("backup", _journal(folder), str(folder / "backups"))
    _run("restore", str(folder / "backups"), str(folder / "Restored.needlejournal"))
    _run("export", _journal(folder), "-o", str(folder / "open.zip"))
    _run("import-archive", str(folder / "Restored.needlejournal"), str(folder / "open.zip"))
    _expect(_run("verify", str(folder / "Restored.needlejournal"))["missing"] == [], "the restored journal verifies")
    return "backed up, restored, exported and taken in again"


def encryption(folder: Path) -> str:
    """The journal is encrypted, refuses without its passphrase, and is decrypted again."""
    from needlejournal.workflows.safekeeping.passphrases import proposed, strength

    words = proposed()
    _expect(len(words.split()) == WORDS and bool(strength(words)), "a passphrase of six words")
    secret = ("--passphrase-file", str(folder / "passphrase"))
    _run("encrypt", _journal(folder), *secret)
    _expect(
        not (folder / "Sample.needlejournal" / "journal.db").read_bytes().startswith(b"SQLite"), "an encrypted file"
    )
    _run("info", _journal(folder), *secret)
    _run("decrypt", _journal(folder), *secret)
    return "encrypted, opened by its passphrase, decrypted"


def pages(folder: Path) -> str:
    """Every page of the sample journal is painted, with the fonts that are shipped."""
    from PySide6.QtGui import QFontDatabase

    from needlejournal.ui.screenshots import main as take_pictures
    from needlejournal.ui.theme import FAMILY

    pictures = folder / "pictures"
    _expect(take_pictures([str(pictures)]) == 0, "pictures of every page")
    _expect(FAMILY in QFontDatabase.families(), f"the typeface {FAMILY}")
    return f"{len(list(pictures.glob('*.png')))} pages painted"


PARTS = (formats, alignment, comparison, visit_pack, safekeeping, encryption, pages)


def _journal(folder: Path) -> str:
    return str(folder / "Sample.needlejournal")


def _alike(found: list[list[float]], expected: list[list[float]]) -> bool:
    """Whether two matrices agree: turn and scale to ALIKE, the shift to as much of a thousand pixels."""
    rows = zip(found, expected, strict=True)
    return all(
        abs(one - other) <= (ALIKE * 1000 if column == 2 else ALIKE)
        for row, wanted in rows
        for column, (one, other) in enumerate(zip(row, wanted, strict=True))
    )


def _kept_alignments() -> dict[str, list[list[float]]]:
    from needlejournal import paths

    kept: dict[str, list[list[float]]] = json.loads(
        (paths.resources() / "selftest" / "alignments.json").read_text(encoding="utf-8")
    )
    return kept


def _run(*words: str) -> dict[str, Any]:
    """Do what a command does and return what it says of itself. AssertionError where it refuses."""
    from needlejournal import cli

    out, trouble = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(trouble):
        code = cli.main([*words, "--json"])
    _expect(code == 0, f"{' '.join(words)}: {trouble.getvalue().strip()}")
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def _passes(part: Callable[[Path], str], folder: Path) -> bool:
    try:
        _say(f"{part.__name__}: {part(folder)}")
    except Exception:  # noqa: BLE001 (the report is the purpose)
        _say(f"{part.__name__}: FAILED\n{traceback.format_exc()}")
        return False
    return True


def _picture(kind: str) -> bytes:
    """A small picture that is not one flat colour, so that no two formats hold the same bytes."""
    from PIL import Image

    gradient = Image.linear_gradient("L").resize((SIDE, SIDE))
    out = io.BytesIO()
    Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180))).save(out, kind)
    return out.getvalue()


def _expect(met: bool, what: str) -> None:  # noqa: FBT001 (an assertion that python -O keeps)
    if not met:
        raise AssertionError(what)


def _say(line: str) -> None:
    """A frozen window program on Windows has no standard output."""
    if sys.stdout is not None:
        print(line, flush=True)
