"""What a passphrase costs beside a plain journal: importing, opening the timeline, a pair, unlocking, backups."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import DayNote
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Needle, Session
from needlejournal.store import PROXY, Journal, age, create_journal, open_journal
from needlejournal.store.keyring import save_for_passphrase, unlock
from needlejournal.store.keys import Keyring, make_keyring
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.safekeeping.backing_up import back_up
from tests.benchmarks.test_import_cost import photo, put

pytestmark = pytest.mark.benchmark
COUNT = 8
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    return make_keyring()[0]


def made(folder: Path, keys: Keyring | None) -> Journal:
    return create_journal(folder, keyring=keys, passphrase="words" if keys else "")


# In a process of its own, since decoding has one too and only what a process waited for is counted.
IMPORT = """
import sys
from pathlib import Path
from needlejournal import paths
from needlejournal.imaging.reading.apart import workers
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import age, create_journal
from needlejournal.store.keys import make_keyring
from needlejournal.workflows.photos_in.importing import import_all, look
age.WORK_FACTOR = 4
keys = make_keyring()[0] if sys.argv[1] == "sealed" else None
target = Path(sys.argv[2]) / str(len(list(Path(sys.argv[2]).iterdir())))
journal = create_journal(target, keyring=keys, passphrase="words")
done = import_all(journal, look(journal, sorted(Path(sys.argv[3]).iterdir()), load_catalogue(paths.resources())))
journal.close()
workers.close()
sys.exit(len(done.saved) != int(sys.argv[4]))
"""


def test_importing(costs, tmp_path: Path) -> None:
    put(tmp_path / "card", photo(4032, 3024), COUNT)
    (tmp_path / "none").mkdir()

    def cpu(how: str, card: str, many: int) -> float:
        (tmp_path / (how + card)).mkdir()
        told = [sys.executable, "-c", IMPORT, how, tmp_path / (how + card), tmp_path / card, str(many)]
        return float(costs.process(told).cpu)

    sealed = cpu("sealed", "card", COUNT) - cpu("sealed", "none", 0)
    plain = cpu("plain", "card", COUNT) - cpu("plain", "none", 0)
    costs.ratio("import of 12 MP, encrypted / plain", sealed / COUNT, plain / COUNT, at_most=1.3)


def filled(folder: Path, keys: Keyring | None) -> Path:
    journal = made(folder, keys)
    with journal.step("fill"):
        for number in range(3000):
            day = date(2000, 1, 1) + timedelta(days=3 * number)
            journal.sessions.save(Session(When(day), needles=(Needle("chin", 500),), notes="calm skin " * 20))
            journal.day_notes.save(DayNote(day + timedelta(days=1), "a little red, " * 20))
    journal.close()
    return folder


def test_opening_the_timeline(costs, tmp_path: Path, keys: Keyring) -> None:
    plain, sealed = filled(tmp_path / "p", None), filled(tmp_path / "s", keys)

    def opening(folder: Path, held: Keyring | None) -> Callable[[], None]:
        def work() -> None:
            journal = open_journal(folder, keyring=held)
            journal.timeline.cards(journal.timeline.keys()[:50])
            journal.sessions.calendar()
            journal.close()

        return work

    ours, theirs = costs.cpu(opening(sealed, keys), 9), costs.cpu(opening(plain, None), 9)
    costs.ratio("opening a timeline of 6,000 cards, encrypted / plain", ours, theirs, at_most=1.5)


def test_a_pair_sharp_at_fit(costs, tmp_path: Path, keys: Keyring) -> None:
    files = put(tmp_path / "card", photo(6000, 4000), 2)
    catalogue = load_catalogue(paths.resources())

    def pair(folder: Path, held: Keyring | None) -> tuple[Journal, Callable[[], None]]:
        journal = made(folder, held)
        shots = [photo for _item, photo in import_all(journal, look(journal, files, catalogue)).saved]

        def work() -> None:
            for shot in shots:
                assert journal.previews.get(shot.original.sha256, PROXY)
                decode_upright(journal.photo_bytes(shot))

        return journal, work

    (sealed, ours), (plain, theirs) = pair(tmp_path / "s", keys), pair(tmp_path / "p", None)
    ours, theirs = costs.cpu(ours, 7), costs.cpu(theirs, 7)
    sealed.close()
    plain.close()
    costs.ratio("two photos of 24 MP read and decoded, encrypted / plain", ours, theirs, at_most=1.2)


def test_unlocking(costs, tmp_path: Path) -> None:
    save_for_passphrase(tmp_path, make_keyring()[0], "words")
    costs.at_most("unlocking", costs.wall(lambda: unlock(tmp_path, "words"), 3), 3.0, "s")


@pytest.mark.parametrize("sealed", [False, True])
def test_the_second_backup(costs, tmp_path: Path, keys: Keyring, *, sealed: bool) -> None:
    journal = made(tmp_path / "j", keys if sealed else None)
    dice = random.Random(7)

    def more(many: int) -> None:
        with journal.step("photos"):
            for _ in range(many):
                add_contents(journal, dice.randbytes(2_000_000))

    more(400)
    first = taken(lambda: back_up(journal.backup_source(), tmp_path / "disk", NOW))
    later: list[float] = []
    for day in (1, 2, 3):  # the middle one of three: one busy moment of the disk is as long as a small backup
        more(10)
        moment = NOW + timedelta(days=day)
        later.append(taken(lambda: back_up(journal.backup_source(), tmp_path / "disk", moment)))  # noqa: B023 (at once)
    second = statistics.median(later)
    journal.close()
    what = "encrypted" if sealed else "plain"
    costs.ratio(f"backup after 10 new photos / first of 400, {what}", second, first, at_most=1 / 20)


def taken(work: Callable[[], object]) -> float:
    """Seconds that pass, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def add_contents(journal: Journal, contents: bytes) -> None:
    staged = journal.originals.stage(contents)
    original = Original(staged.sha256, staged.stored_name, "IMG.bin", len(contents))
    journal.photos.save(Photo(original, When(date(2026, 3, 1))))
