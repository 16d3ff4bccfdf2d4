"""Packs the frozen program: a .deb and a portable tar, alike for every build of one commit, with their checksums.

Standard library and dpkg-deb only; who calls says where the frozen program and its icons are.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from needlejournal import system

NAME = "needlejournal"
_LINUX = Path(__file__).resolve().parent / "linux"
# Fonts for what the app's own typeface lacks: emoji, and the scripts of the world.
_RECOMMENDS = ("fonts-noto-color-emoji", "fonts-noto-core", "fonts-noto-cjk", "libcups2")
# What is left to the system, with Debian's package: each desktop has it, and an older copy of ours would stand in the
# way of the system's own drivers, font settings and printers.
OF_THE_SYSTEM = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libmvec.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
}


@dataclass(frozen=True)
class Release:
    """What is packed: the frozen folder, its icons, its licences, the version and the commit's time in seconds."""

    frozen: Path
    icons: Path
    third_party: Path
    version: str
    time: int

    @property
    def depends(self) -> tuple[str, ...]:
        """What of the system Qt needs, as Debian's packages."""
        libraries = system.QT_LIBRARIES | system.WINDOW_LIBRARIES | OF_THE_SYSTEM
        return tuple(sorted({"libc6", *libraries.values()} - set(_RECOMMENDS)))

    @property
    def day(self) -> str:
        return datetime.fromtimestamp(self.time, UTC).date().isoformat()


def make_all(release: Release, out: Path) -> list[Path]:
    """Write every package and `SHA256SUMS` into `out`. Returns the packages."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    made = [_tar(release, out), _deb(release, out)]
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made)
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return made


def _tar(release: Release, out: Path) -> Path:
    """A folder that can be unpacked and started anywhere."""
    name = f"{NAME}-{release.version}-linux-{os.uname().machine}"
    made = out / f"{name}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = release.time
        return entry

    with tarfile.open(made, "w:xz", preset=6) as tar:
        for file in sorted(release.frozen.rglob("*")):
            tar.add(file, f"{name}/{file.relative_to(release.frozen)}", recursive=False, filter=plain)
        tar.add(release.third_party, f"{name}/THIRD-PARTY.txt", filter=plain)
    return made


def _deb(release: Release, out: Path) -> Path:
    root = out / "root"
    _lay_out(release, root)
    for file in (root, *root.rglob("*")):
        os.utime(file, (release.time, release.time), follow_symlinks=False)
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or os.access(file, os.X_OK) else 0o644)
    made = out / f"{NAME}_{release.version}_{_architecture()}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(made)]
    subprocess.run(build, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(release.time)})
    shutil.rmtree(root)
    return made


def _lay_out(release: Release, root: Path) -> None:
    """Put everything where Debian wants it."""
    shutil.copytree(release.frozen, root / "usr/lib" / NAME, symlinks=True)
    share = root / "usr/share"
    shutil.copytree(release.icons, share / "icons")
    _copy(_LINUX / f"{NAME}.desktop", share / "applications")
    _copy(_LINUX / f"{NAME}-mime.xml", share / "mime/packages")
    metainfo = _copy(_LINUX / "org.needlejournal.NeedleJournal.metainfo.xml", share / "metainfo")
    dated = metainfo.read_text(encoding="utf-8").replace("@VERSION@", release.version).replace("@DATE@", release.day)
    metainfo.write_text(dated, encoding="utf-8")
    doc = share / "doc" / NAME
    doc.mkdir(parents=True)
    shutil.copyfile(release.third_party, doc / "copyright")
    changes = (_LINUX.parents[1] / "CHANGELOG.md").read_bytes()
    (doc / "changelog.gz").write_bytes(gzip.compress(changes, mtime=release.time))
    link = root / "usr/bin" / NAME
    link.parent.mkdir(parents=True)
    link.symlink_to(f"../lib/{NAME}/{NAME}")
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(release, root / "usr"), encoding="utf-8")


def _control(release: Release, tree: Path) -> str:
    size = sum(file.stat().st_size for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    return (
        f"Package: {NAME}\nVersion: {release.version}\nArchitecture: {_architecture()}\nSection: misc\n"
        f"Priority: optional\nMaintainer: The Needle Journal authors <nobody@localhost>\n"
        f"Installed-Size: {size // 1024}\nDepends: {', '.join(release.depends)}\n"
        f"Recommends: {', '.join(_RECOMMENDS)}\n"
        "Description: private diary of skin treatments\n"
        " Keeps sessions, side effects and photographs of micro-needling and similar skin\n"
        " treatments on this computer only, and compares before and after honestly.\n"
    )


def _copy(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file, folder / file.name))


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()
