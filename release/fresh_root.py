"""Installs the .deb in a Debian that has nothing else, runs its self-test as an ordinary user, and takes it off again.

Needs root, debootstrap and the archive that apt uses here. Called by `dev.py package --check`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from release.packages import NAME


def check(deb: Path) -> None:
    """Raises CalledProcessError when a step fails; the fresh root is removed either way."""
    with tempfile.TemporaryDirectory(prefix="needlejournal-root-") as name:
        root = Path(name) / "debian"
        _run("debootstrap", "--variant=minbase", _release(), str(root), _archive())
        for part in ("sources.list", "sources.list.d", "apt.conf.d", "preferences.d"):
            _take_over(Path("/etc/apt") / part, root / "etc/apt" / part)
        for file in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):
            _take_over(Path(file), root / file[1:])
        shutil.copyfile(deb, root / "tmp" / deb.name)
        inside = ("chroot", str(root), "env", "DEBIAN_FRONTEND=noninteractive")
        _run(*inside, "apt-get", "update", "-qq")
        _run(*inside, "apt-get", "install", "-qq", "--no-install-recommends", f"/tmp/{deb.name}", "fonts-dejavu-core")
        _run(*inside, "useradd", "--create-home", "patient")
        quiet = "QT_LOGGING_RULES=default.warning=false"
        _run("chroot", "--userspec=patient", str(root), "env", "-i", "HOME=/home/patient", "LANG=C.UTF-8",
             "PATH=/usr/bin:/bin", quiet, NAME, "--self-test")  # fmt: skip
        _run(*inside, "apt-get", "remove", "-qq", NAME)
        left = [path for path in root.glob(f"usr/**/*{NAME}*") if "/doc/" not in str(path)]
        if left:
            raise RuntimeError(f"Left behind after removal: {left}")


def _take_over(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _release() -> str:
    return _asked("sh", "-c", '. /etc/os-release && echo "$VERSION_CODENAME"')


def _archive() -> str:
    """The archive that apt gets its packages from here."""
    return _asked("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages").splitlines()[0]


def _asked(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    print("+", *command, flush=True)  # noqa: T201 (a step takes a while)
    subprocess.run(command, check=True)
