"""Small libraries that stand in for large ones which a wheel binds to by name and this app never calls.

OpenCV's wheel needs FFmpeg and AVIF to be loaded, libheif an HEVC encoder, Pillow what takes pictures of the screen,
Qt's network Kerberos; the app decodes no film, encodes no HEIC, looks at no screen and speaks to nobody.
A stand-in has the name and the symbols that are asked for; each does nothing and gives nothing. See docs/releasing.md.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

# Libraries nobody calls, by the beginning of their names; what only they need goes with them.
NEVER_CALLED = {
    "opencv_python_headless.libs": ("libavcodec", "libavformat", "libavutil", "libswscale", "libavif"),
    "pillow_heif.libs": ("libx265",),
    "pillow.libs": ("libxcb-",),
    "": ("libgssapi_krb5",),
}
# " *UND*  0000 (LIBAVCODEC_62) avcodec_open2": the version a symbol is wanted in ("Base" for none), then its name.
_UNDEFINED = re.compile(r"\*UND\*\s+[0-9a-f]+\s+(?:\(?(?P<version>[^\s)]+)\)?\s+)?(?P<name>\S+)$")


def is_never_called(name: str) -> bool:
    """Whether the collected file `name` ("folder/library.so") is one that a stand-in replaces."""
    folder, _, library = name.replace("\\", "/").rpartition("/")
    return library.startswith(NEVER_CALLED.get(folder, ("\0",)))


def make(library: Path, dependents: Sequence[Path], folder: Path) -> Path:
    """Make the stand-in of `library` in `folder`: with all symbols that `dependents` want. Needs gcc and binutils."""
    defined = _defined(library)
    wanted: dict[str, set[str]] = defaultdict(set)
    for dependent in dependents:
        for version, name in _undefined(dependent):
            if name in defined:
                wanted[version].add(name)
    folder.mkdir(parents=True, exist_ok=True)
    source, versions = folder / f"{library.name}.c", folder / f"{library.name}.versions"
    names = sorted(set().union(*wanted.values())) if wanted else []
    source.write_text("".join(f"void *{name}(void) {{ return 0; }}\n" for name in names), encoding="utf-8")
    versions.write_text(_version_script(wanted), encoding="utf-8")
    made = folder / library.name
    options = ["-shared", "-fPIC", "-nostdlib", "-Os", "-s", "-fno-builtin", "-Wl,--build-id=none"]
    named = [f"-Wl,-soname,{library.name}", f"-Wl,--version-script={versions}"]
    subprocess.run(["gcc", *options, *named, "-o", str(made), str(source)], check=True, cwd=folder)
    return made


def needed_by(binary: str | Path) -> set[str]:
    """Return the names of the libraries that a binary itself is bound to, without what those need."""
    shown = subprocess.run(["objdump", "-p", str(binary)], check=False, capture_output=True, text=True)
    return {line.split()[1] for line in shown.stdout.splitlines() if line.split()[:1] == ["NEEDED"]}


def _version_script(wanted: dict[str, set[str]]) -> str:
    blocks = []
    for version in sorted(wanted):
        symbols = "".join(f"{name}; " for name in sorted(wanted[version]))
        blocks.append(f"{version} {{ global: {symbols}}};" if version else f"{{ global: {symbols}local: *; }};")
    return "\n".join(blocks) + "\n"


def _undefined(library: Path) -> list[tuple[str, str]]:
    lines = _symbols(library)
    found = (_UNDEFINED.search(line) for line in lines)
    return [((match["version"] or "").replace("Base", ""), match["name"]) for match in found if match]


def _defined(library: Path) -> set[str]:
    return {line.split()[-1] for line in _symbols(library) if line.strip() and "*UND*" not in line}


def _symbols(library: Path) -> list[str]:
    shown = subprocess.run(["objdump", "-T", str(library)], check=True, capture_output=True, text=True)
    return shown.stdout.splitlines()
