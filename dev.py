#!/usr/bin/env python3
"""Everything a developer does with Needle Journal, with nothing but Python 3.11 or newer on the machine.

python3 dev.py run [ARGUMENTS]      start the app; without a display, save pictures of every page instead
python3 dev.py test [ARGUMENTS]     the tests, offscreen; arguments go to pytest
python3 dev.py journeys [ARGUMENTS] the journeys once more, in a real window on a virtual screen
python3 dev.py check                format, lint, types, architecture
python3 dev.py build                the frozen program, and its self-test
python3 dev.py package [--check]    a .deb and a portable tar of it; --check installs the .deb in a fresh Debian
python3 dev.py lock                 write the lock files anew from pyproject.toml
python3 dev.py screenshots          the pictures of the README
python3 dev.py bench [ARGUMENTS]    the benchmarks, as ratios beside a baseline
python3 dev.py words                every sentence of the app, with where it stands
python3 dev.py faults [ARGUMENTS]   every simulated disk fault and power cut, not only a sample of them

The first call makes .venv from the lock; a later one finds its stamp there and starts at once. Exits 3 when the system
lacks something that only its administrator can install.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from needlejournal import system
from release import fresh_root, packages, screen, sizes, system_tools
from release.packages import Release

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "needlejournal-ready"
BUILD = ROOT / "build"
MODELS = BUILD / "models"
PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check")
APP_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
OLDEST_PYTHON = (3, 11)
SYSTEM_LACKS_SOMETHING = 3

# A frozen program runs without Python and without this checkout.
ALONE = {"PYTHONPATH": "", "PYTHONHOME": "", "VIRTUAL_ENV": "", "PATH": "/usr/bin:/bin"}

TESTS_FAILED = 1  # what pytest returns when it could run them
LONG = ("-o", "faulthandler_timeout=3600")  # seconds that one test of the long sets may take
# Branch coverage in per cent that each package has reached. These numbers only go up.
COVERAGE = {"journal": 100, "store": 100, "workflows": 98}


class CannotGoOn(Exception):
    """A sentence for the developer, and the number to exit with."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


# ---- what each word does


def run(arguments: list[str]) -> int:
    window = system.has_display()
    prepare(APP_LOCK, window=window, models_wanted=not arguments)
    if not window and not arguments:
        return walk_through_sample()
    return call([venv_python(), "-m", "needlejournal", *arguments], cwd=None)


def walk_through_sample() -> int:
    """Do the main job without a display: the sample journal, every page and a comparison, saved as pictures."""
    pictures = BUILD / "sample"
    code = call([venv_python(), "-m", "needlejournal.ui.screenshots", pictures], quietly_offscreen())
    if code == 0:
        say(f"There is no display here, so the pages of the sample journal were saved as pictures: {pictures}")
        say("For a window, run this in a desktop session, over `ssh -X`, or as `xvfb-run -a python3 dev.py run`.")
    return code


def test(arguments: list[str]) -> int:
    prepare(DEV_LOCK, tools=system_tools.TESTING, models_needed=True)
    if arguments:
        return pytest(arguments)
    on_every_core = ["-n", "auto", "--maxprocesses", "8", "--dist", "loadfile"]
    covered = ["--cov", "--cov-report="]
    return second_try(pytest([*on_every_core, *covered]), [*covered, "--cov-append"]) or hold_coverage()


def second_try(code: int, arguments: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Run the tests that failed once more, alone, and return that run's code; `code` is the first run's.

    A fault of the app fails both times. A test that depends on speed or on other tests doesn't hold up everything else.
    """
    if code != TESTS_FAILED:
        return code
    say("What failed above is tried once more, alone; a test that passes now depends on more than the app: mend it.")
    return pytest([*arguments, "--last-failed", "--maxfail=1"], environment)


def hold_coverage() -> int:
    """Return 1 when a package is covered less than it has been."""
    codes = []
    for package, least in COVERAGE.items():
        say(f"Branch coverage of {package}, at least {least} %:")
        report = ["-m", "coverage", "report", f"--include=needlejournal/{package}/*", f"--fail-under={least}"]
        codes.append(call([venv_python(), *report, "--skip-covered", "--show-missing"]))
    return int(any(codes))


def journeys(arguments: list[str]) -> int:
    prepare(DEV_LOCK, window=True, tools=screen.TOOLS, models_needed=True)
    with screen.virtual(BUILD) as display:
        there = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "SCREEN_READER": "needed"}
        tests = ["-m", "window", *arguments]
        code = pytest(tests, there)
        return code if arguments else second_try(code, tests, there)


def check(_arguments: list[str]) -> int:
    prepare(DEV_LOCK)
    checks = [["ruff", "format", "--check"], ["ruff", "check"], ["mypy"], ["lint-imports"]]
    codes = [call([venv_program(words[0]), *words[1:]]) for words in checks]
    return int(any(codes))


def build(_arguments: list[str]) -> int:
    prepare(DEV_LOCK, window=True, tools=system_tools.FREEZING | shared_python(), models_needed=True)
    same_every_time = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(commit_time())}
    folders: list[str | Path] = ["--distpath", BUILD / "frozen", "--workpath", BUILD / "freezing"]
    code = call([venv_program("pyinstaller"), "--noconfirm", "--clean", *folders, "build.spec"], same_every_time)
    return code or call([frozen_program(), "--self-test"], quietly_offscreen() | ALONE) or hold_size()


def package(arguments: list[str]) -> int:
    code = build([])
    if code or sys.platform != "linux":
        return code or not_here("Packages are made on Linux here; release/workflows/ has the other systems.")
    install_system_packages(lambda: missing_packages(window=False, tools=system_tools.PACKING))
    icons, third_party, folder = BUILD / "icons", BUILD / "THIRD-PARTY.txt", BUILD / "packages"
    must([venv_python(), "-m", "release.icons", icons])
    must([venv_python(), "-m", "release.licences", APP_LOCK, third_party])
    version = output([str(venv_python()), "-c", "import needlejournal; print(needlejournal.__version__)"])
    made = packages.make_all(Release(frozen_program().parent, icons, third_party, version, commit_time()), folder)
    for file in made:
        say(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1024**2:.1f} MiB")
    return check_packages(made) if "--check" in arguments else 0


def check_packages(made: Sequence[Path]) -> int:
    """Install the .deb in a Debian with nothing else, where that can be made here, and run its self-test there."""
    install_system_packages(lambda: missing_packages(window=False, tools=system_tools.CHECKING))
    fresh_root.check(next(file for file in made if file.suffix == ".deb"))
    return not_here("The package was installed, tested and removed in a fresh Debian.")


def not_here(sentence: str) -> int:
    say(sentence)
    return 0


def hold_size() -> int:
    if why := sizes.grown(frozen_program().parent):
        raise CannotGoOn(why)
    return 0


def frozen_program() -> Path:
    return BUILD / "frozen" / "needlejournal" / program_name("needlejournal")


def commit_time() -> int:
    return int(output(["git", "log", "-1", "--format=%ct"]) or 0)


def lock(_arguments: list[str]) -> int:
    prepare(DEV_LOCK)
    compile_lock: list[str | Path] = [venv_program("uv"), *"pip compile --quiet --universal --generate-hashes".split()]
    compile_lock += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "pyproject.toml"]
    code = call([*compile_lock, "-o", APP_LOCK.name]) or call([*compile_lock, "--group", "dev", "-o", DEV_LOCK.name])
    for written in (APP_LOCK, DEV_LOCK):
        if "://" in written.read_text(encoding="utf-8"):
            raise CannotGoOn(f"{written.name} names the address of an index; it must not.")
    return code


def screenshots(_arguments: list[str]) -> int:
    prepare(APP_LOCK, models_needed=True)
    return call([venv_python(), "-m", "needlejournal.ui.screenshots", ROOT / "docs" / "pictures"], quietly_offscreen())


def bench(arguments: list[str]) -> int:
    prepare(DEV_LOCK, tools=system_tools.BENCH, models_needed=True)
    return pytest(["-m", "benchmark", "-q", *LONG, *(arguments or ["tests/benchmarks"])])


def faults(arguments: list[str]) -> int:
    prepare(DEV_LOCK)
    return pytest(["-m", "faults", "--thorough", *LONG, *arguments])


def words(_arguments: list[str]) -> int:
    return call([sys.executable, ROOT / "dev_words.py"])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    it.__name__: it for it in (run, test, journeys, check, build, package, lock, screenshots, bench, faults, words)
}


# ---- setting up


def prepare(
    wanted: Path, *, window: bool = False, tools: Mapping[str, str] | None = None,
    models_needed: bool = False, models_wanted: bool = False,
) -> None:  # fmt: skip
    """Bring the system and .venv to where the lock `wanted` wants them; quick when they are there already."""
    install_system_packages(lambda: missing_packages(window=window, tools=tools or {}))
    fresh = not is_ready(wanted)
    if fresh:
        set_up(wanted)
    if not any(MODELS.glob("*.tflite")) and (fresh or models_needed or models_wanted):
        fetch_models(needed=models_needed)


def missing_packages(*, window: bool, tools: Mapping[str, str]) -> list[str]:
    """Return the Debian packages that are missing for `tools`, for Qt and for making a virtual environment."""
    packages = system.missing_packages(window=window)
    packages += dict.fromkeys(package for tool, package in tools.items() if not system_tools.is_there(tool))
    if not importlib.util.find_spec("ensurepip") and not STAMP.exists():
        packages.append(f"python3.{sys.version_info.minor}-venv")
    return packages


def shared_python() -> dict[str, str]:
    """Name the shared library of this Python, which freezing puts into the program, and its package."""
    library = sysconfig.get_config_var("INSTSONAME")
    is_beside = library and Path(sysconfig.get_config_var("LIBDIR"), library).exists()
    if not sys.platform.startswith("linux") or is_beside:
        return {}
    version = f"libpython3.{sys.version_info.minor}"
    return {f"{version}.so.1.0": version}


def install_system_packages(missing: Callable[[], list[str]]) -> None:
    """Install what is missing in one call of apt when we may; otherwise say what to do and stop."""
    packages = missing()
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise CannotGoOn(
            f"Please install what Debian calls {' '.join(packages)}, then start again.", SYSTEM_LACKS_SOMETHING
        )
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not is_root():
        raise CannotGoOn(f"sudo {install}", SYSTEM_LACKS_SOMETHING)
    say(install)
    call(["sh", "-c", f"apt-get update -qq && {install} -qq"], {"DEBIAN_FRONTEND": "noninteractive"})
    if missing():
        raise CannotGoOn(f"Still missing after the installation: {' '.join(missing())}", SYSTEM_LACKS_SOMETHING)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def set_up(wanted: Path) -> None:
    """Make .venv hold what the lock lists. The stamp comes last, so that an interrupted set-up is begun anew."""
    say(f"Setting up {VENV} (once; a minute or two; this needs a connection)")
    if VENV.is_symlink():
        VENV.unlink()  # what it led to is another checkout's, and would be cleared through the link
    finished_before = read_stamp()[:1] == [interpreter()]
    STAMP.unlink(missing_ok=True)
    if not finished_before:
        must([base_python(), "-m", "venv", "--clear", VENV])
    must([venv_python(), *PIP_INSTALL, "--require-hashes", "--only-binary", ":all:", "-r", wanted])
    STAMP.write_text(f"{interpreter()}\n{digest(wanted)}\n", encoding="utf-8")


def is_ready(wanted: Path) -> bool:
    """Tell whether .venv was finished with this interpreter from this lock, or from the developers' larger one."""
    return read_stamp() in [[interpreter(), digest(lock_file)] for lock_file in (wanted, DEV_LOCK)]


def read_stamp() -> list[str]:
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []


def interpreter() -> str:
    """Return what changes when .venv has to be made anew."""
    identity = f"{sys.implementation.cache_tag} {sys.base_prefix} {VENV}"
    return hashlib.sha256(identity.encode()).hexdigest()


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetch_models(*, needed: bool) -> None:
    """Get the face models. Without them the app aligns by hand, so only the tests insist."""
    say("Fetching the models that find faces (once; this needs a connection)")
    if call([venv_python(), "-m", "needlejournal.imaging.faces.fetch_models", MODELS]) == 0:
        return
    if needed:
        raise CannotGoOn("The models that find faces could not be fetched. Please try again with a connection.")
    say("The models could not be fetched. The app aligns photos by hand without them; the next start tries again.")


# ---- calling other programs


def base_python() -> str:
    """Return the interpreter to make .venv with: never the one inside it, which would be deleted while running."""
    return getattr(sys, "_base_executable", sys.executable)


def venv_python() -> Path:
    return venv_program("python")


def venv_program(name: str) -> Path:
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return VENV / folder / program_name(name)


def program_name(name: str) -> str:
    return f"{name}.exe" if sys.platform == "win32" else name


def offscreen() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen"}


def quietly_offscreen() -> dict[str, str]:
    """Return what `offscreen` does, without all that Qt says it can't do there. The tests do want to hear it."""
    return offscreen() | {"QT_LOGGING_RULES": "default.warning=false"}


def pytest(arguments: list[str], environment: Mapping[str, str] | None = None) -> int:
    return call([venv_python(), "-m", "pytest", *arguments], {**(environment or offscreen()), "FACE_MODELS": "needed"})


def call(command: Sequence[str | Path], environment: Mapping[str, str] | None = None, cwd: Path | None = ROOT) -> int:
    """Run a program to its end and return its exit code; `cwd` None leaves the developer's own folder."""
    sys.stdout.flush()
    inherited = {"LANG": "C.UTF-8"} | os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.call([str(word) for word in command], env=inherited | dict(environment or {}), cwd=cwd)


def must(command: Sequence[str | Path]) -> None:
    code = call(command)
    if code:
        words = shlex.join(str(word) for word in command)
        raise CannotGoOn(f"This failed, and the set-up with it; start again to repair it: {words}", code)


def output(command: list[str]) -> str:
    """Return what a program prints, or nothing when it is not there or fails."""
    with contextlib.suppress(OSError):
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return ""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def continue_with_newer_python() -> None:
    """Hand over to a Python that is new enough, where this one isn't."""
    names = [f"python3.{minor}" for minor in range(14, OLDEST_PYTHON[1] - 1, -1)]
    for program in filter(None, map(shutil.which, names)):
        os.execv(program, [program, __file__, *sys.argv[1:]])
    raise CannotGoOn("Needle Journal needs Python 3.11 or newer, and none was found.", SYSTEM_LACKS_SOMETHING)


def main(said: list[str]) -> int:
    """Do what is said and return the exit code."""
    if not said or said[0] not in COMMANDS:
        print(__doc__)
        return 0 if said[:1] in (["-h"], ["--help"]) else 2
    try:
        if sys.version_info < OLDEST_PYTHON:
            continue_with_newer_python()
        return COMMANDS[said[0]](said[1:])
    except CannotGoOn as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
