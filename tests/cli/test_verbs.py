"""The command line keeps its promises: what it prints as JSON, how it exits, and that it speaks in sentences."""

from __future__ import annotations

import errno
import io
import shutil
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from needlejournal import __main__, paths
from needlejournal.cli import VERBS, verbs
from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.store import create_journal, migrations, open_journal
from needlejournal.store.database import Database
from needlejournal.store.migrations import NEWEST
from needlejournal.workflows.comparison.pair_picture import picture_of_pair, side_of_file
from needlejournal.workflows.sample import make_sample
from tests.cli.commands import Commands
from tests.store.faults import refuse
from tests.workflows.pictures import jpeg

STORED = Path(__file__).parents[1] / "store" / "journals"
PHOTOS = paths.resources() / "sample" / "photos"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "Sample.needlejournal"
    make_sample(folder).close()
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "Mine.needlejournal"


def test_an_older_journal_that_takes_long_is_said_to_be_brought_up_to_date(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = threading.Event()

    class Heard(io.StringIO):
        def write(self, words: str) -> int:
            said.set()
            return super().write(words)

    def slow(database: Database) -> None:
        assert said.wait(60)
        migrations.plain_letters_found(database)

    with zipfile.ZipFile(STORED / "v8.zip") as archive:
        archive.extractall(tmp_path)
    heard = Heard()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], slow))
    monkeypatch.setattr(verbs, "PATIENCE_S", 0)
    monkeypatch.setattr(sys, "stderr", heard)
    facts = run("info", tmp_path / "Mine.needlejournal", "--json")
    assert (run.code, facts["schema_version"]) == (0, NEWEST)
    assert heard.getvalue() == "The journal is being brought up to date; a copy of it is kept.\n"
    run("info", tmp_path / "Mine.needlejournal")
    assert len(heard.getvalue().splitlines()) == 1


def test_sample_makes_a_journal_that_info_counts(run: Commands, mine: Path) -> None:
    facts = run("sample", mine, "--json")
    assert (run.code, facts["journal"], facts["sessions"], facts["photos"]) == (0, str(mine), 4, 26)
    info = run("info", mine, "--json")
    assert {key: info[key] for key in ("sessions", "photos", "schema_version")} == {
        "sessions": 4,
        "photos": 26,
        "schema_version": NEWEST,
    }
    assert info["bytes"] == sum(path.stat().st_size for path in PHOTOS.glob("*.jpg"))
    assert info["day_notes"] > 10
    assert info["side_effects"] > 50


def test_info_without_json_is_for_reading(run: Commands, sample: Path) -> None:
    run("info", sample)
    assert "photos" in run.out
    assert "26" in run.out


def test_sample_leaves_a_full_folder_alone(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    run("sample", tmp_path)
    assert (run.code, run.out) == (1, "")
    assert run.err.strip().endswith(".")


def test_import_makes_the_journal_and_tells_each_photo(run: Commands, mine: Path) -> None:
    path = PHOTOS / "2025-03-01_oblique_left_45.jpg"
    facts = run("import", mine, path, "--json")
    assert run.code == 0
    assert facts["saved"] == [
        {
            "id": facts["saved"][0]["id"],
            "path": str(path),
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "taken": "2025-03-01T09:13:53",
            "offset_minutes": 60,
            "width": 1200,
            "height": 1600,
            "view": "oblique_left",
        }
    ]
    assert (facts["already"], facts["unreadable"], facts["undecided"]) == ([], [], [])
    again = run("import", mine, path, "--json")
    assert again == {
        "saved": [],
        "already": [{"path": str(path), "id": facts["saved"][0]["id"]}],
        "unreadable": [],
        "undecided": [],
        "damaged": [],
        "companions": [],
    }


def test_import_lists_what_cannot_be_read_and_what_needs_a_date(run: Commands, mine: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    (card / "a.jpg").write_bytes(jpeg(1, taken="", offset=""))
    (card / "b.txt").write_text("words")
    (card / "c.jpg").write_bytes(jpeg(2))
    (card / "d.jpg").write_bytes(jpeg(2))
    facts = run("import", mine, card, "--json")
    assert run.code == 0
    assert facts["undecided"] == [{"path": str(card / "a.jpg"), "needs": ["date"]}]
    assert [one["path"] for one in facts["unreadable"]] == [str(card / "b.txt")]
    assert facts["already"] == [{"path": str(card / "d.jpg"), "id": facts["saved"][0]["id"]}]
    given = run("import", mine, card, "--view", "frontal", "--date", "2026-03-01T14:30+01:00", "--json")
    assert [(one["path"], one["taken"], one["offset_minutes"], one["view"]) for one in given["saved"]] == [
        (str(card / "a.jpg"), "2026-03-01T14:30:00", 60, "frontal")
    ]


def test_a_proposed_date_is_said_with_its_source_and_taken_when_accepted(
    run: Commands, mine: Path, tmp_path: Path
) -> None:
    path = tmp_path / "WhatsApp Image 2025-08-31 at 15.41.14.jpeg"
    path.write_bytes(jpeg(1, taken="", offset=""))
    facts = run("import", mine, path, "--json")
    assert facts["undecided"] == [
        {
            "path": str(path),
            "needs": ["date"],
            "proposed": {"taken": "2025-08-31T15:41:14", "offset_minutes": None, "from": "name"},
        }
    ]
    run("import", mine, path)
    assert "2025-08-31 15:41:14 is proposed, from the file’s name (--accept-proposed)" in run.out
    accepted = run("import", mine, path, "--accept-proposed", "--json")
    assert [one["taken"] for one in accepted["saved"]] == ["2025-08-31T15:41:14"]
    with closing(open_journal(mine)) as journal:
        assert journal.photos.all()[0].date_source == "name"


def test_a_damaged_photo_that_is_there_twice_is_kept_once(run: Commands, mine: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cut.jpg").write_bytes(jpeg(1, size=(640, 480))[:-800])
    left = run("import", mine, tmp_path / "a", tmp_path / "b", "--json")
    assert (len(left["unreadable"]), len(left["already"])) == (1, 1)
    kept = run("import", mine, tmp_path / "a", tmp_path / "b", "--keep-damaged", "--json")
    assert [one["path"] for one in kept["saved"]] == [str(tmp_path / "a" / "cut.jpg")]
    assert kept["already"] == [{"path": str(tmp_path / "b" / "cut.jpg"), "id": kept["saved"][0]["id"]}]


def test_a_photo_of_an_album_is_dated_by_the_note_beside_its_copy(run: Commands, mine: Path, tmp_path: Path) -> None:
    album, year = tmp_path / "out" / "Album", tmp_path / "out" / "Photos from 2025"
    for folder in (album, year):
        folder.mkdir(parents=True)
        (folder / "a.jpg").write_bytes(jpeg(1, taken="", offset=""))
    (year / "a.jpg.json").write_text('{"photoTakenTime": {"timestamp": "1740820339"}}')
    facts = run("import", mine, tmp_path / "out", "--json")
    assert [(one["path"], one["proposed"]["from"]) for one in facts["undecided"]] == [(str(year / "a.jpg"), "sidecar")]
    accepted = run("import", mine, tmp_path / "out", "--accept-proposed", "--json")
    assert [(one["path"], one["taken"][:10]) for one in accepted["saved"]] == [(str(year / "a.jpg"), "2025-03-01")]
    assert accepted["already"] == [{"path": str(album / "a.jpg"), "id": accepted["saved"][0]["id"]}]


def test_a_damaged_photo_is_left_out_unless_it_is_to_be_kept(run: Commands, mine: Path, tmp_path: Path) -> None:
    whole = jpeg(1, size=(640, 480))
    (tmp_path / "cut.jpg").write_bytes(whole[:-800])
    middle = len(whole) // 2
    (tmp_path / "holed.jpg").write_bytes(whole[:middle] + bytes(600) + whole[middle + 600 :])
    facts = run("import", mine, tmp_path / "cut.jpg", tmp_path / "holed.jpg", "--json")
    assert (run.code, facts["saved"]) == (1, [])
    assert run.err.strip() == "2 photos could not be read and were not saved."
    assert [(Path(one["path"]).name, one["kind"]) for one in facts["unreadable"]] == [("cut.jpg", "damaged")]
    assert "breaks off" in facts["unreadable"][0]["reason"]
    assert [Path(one["path"]).name for one in facts["damaged"]] == ["holed.jpg"]
    kept = run("import", mine, tmp_path / "cut.jpg", tmp_path / "holed.jpg", "--keep-damaged", "--json")
    assert run.code == 0
    assert sorted(one["damaged"] for one in kept["saved"]) == ["cut", "part"]
    assert (kept["damaged"], kept["unreadable"]) == ([], [])


@pytest.mark.parametrize(("date", "taken"), [("2026-03-01", "2026-03-01"), ("2026-03-01 14:30", "2026-03-01T14:30:00")])
def test_a_date_may_come_without_time_or_offset(
    run: Commands, mine: Path, tmp_path: Path, date: str, taken: str
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1, taken="", offset=""))
    facts = run("import", mine, tmp_path / "a.jpg", "--date", date, "--json")
    assert [(one["taken"], one["offset_minutes"]) for one in facts["saved"]] == [(taken, None)]


def test_a_zone_makes_it_a_close_up(run: Commands, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    facts = run("import", mine, tmp_path / "a.jpg", "--zone", "nose", "--json")
    assert facts["saved"][0]["view"] == "close_up"


def test_on_a_terminal_it_says_how_far_it_is(
    run: Commands, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run("import", mine, tmp_path / "a.jpg")
    assert "Looked at 0 of 1" in run.err
    assert "Saved 1 of 1" in run.err


def test_import_hints_at_copies(run: Commands, mine: Path, tmp_path: Path) -> None:
    photo = PHOTOS / "2025-03-01_frontal.jpg"
    first = run("import", mine, photo, "--json")["saved"][0]
    small = tmp_path / "IMG-20250301-WA0001.jpg"
    Image.open(photo).convert("RGB").resize((400, 533)).save(small, "JPEG", quality=60)
    (undecided,) = run("import", mine, small, "--json")["undecided"]
    assert undecided["probably_same"] == {"id": first["id"]}


def test_import_in_words(run: Commands, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    (tmp_path / "copy.jpg").write_bytes(jpeg(1))
    (tmp_path / "b.jpg").write_bytes(jpeg(2, taken=""))
    (tmp_path / "c.txt").write_text("words")
    run("import", mine, *sorted(tmp_path.glob("*.*g")), tmp_path / "c.txt")
    lines = run.out.splitlines()
    assert lines[:2] == ["1 photo saved.", "1 photo in the journal already."]
    assert any("needs a date" in line for line in lines)
    assert any("c.txt" in line for line in lines)


def test_a_path_that_is_not_there_fails_and_the_others_come_in(run: Commands, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    facts = run("import", mine, tmp_path / "a.jpg", tmp_path / "gone.jpg", "--json")
    assert (run.code, len(facts["saved"]), len(facts["unreadable"])) == (1, 1, 1)
    assert "gone.jpg" in run.err


def test_a_disk_that_refuses_fails_with_a_sentence(
    run: Commands, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    create_journal(mine).close()
    refuse(monkeypatch, "rename", errno.ENOSPC)
    facts = run("import", mine, tmp_path / "a.jpg", "--json")
    assert (run.code, facts["saved"]) == (1, [])
    assert "disk is full" in facts["unreadable"][0]["reason"]
    assert "disk is full" in run.err


def test_import_into_a_folder_of_something_else_is_refused(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    run("import", tmp_path, tmp_path / "a.jpg")
    assert (run.code, "no journal" in run.err) == (1, True)


def test_verify_finds_nothing_wrong_in_a_sound_journal(run: Commands, sample: Path) -> None:
    facts = run("verify", sample, "--json")
    assert facts == {"photos": 26, "bad": [], "missing": [], "orphans": [], "database": "ok", "unreadable": []}
    run("verify", sample)
    assert (run.code, run.out.startswith("26 photos checked")) == (0, True)


def test_verify_finds_flipped_missing_and_stray_files(run: Commands, sample: Path, mine: Path) -> None:
    shutil.copytree(sample, mine)
    flipped, missing, *_ = sorted(mine.glob("photos/*/*"))
    flipped.write_bytes(flipped.read_bytes()[:-1] + b"\0")
    missing.unlink()
    stray = mine / "photos" / "zz"
    stray.mkdir()
    (stray / "stray.jpg").write_bytes(b"x")
    facts = run("verify", mine, "--json")
    assert run.code == 1
    assert facts["bad"] == [f"{flipped.parent.name}/{flipped.name}"]
    assert facts["missing"] == [f"{missing.parent.name}/{missing.name}"]
    assert facts["orphans"] == ["zz/stray.jpg"]
    assert run.err.strip().endswith(".")


def test_verify_names_what_is_no_plain_file(run: Commands, sample: Path, mine: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, mine)
    shutil.rmtree(mine / "incoming")
    (mine / "incoming").symlink_to(tmp_path)
    assert run("verify", mine, "--json")["unreadable"] == ["incoming"]
    assert run.code == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM meta WHERE key = 'rev'",
        "UPDATE meta SET value = '9223372036854775807' WHERE key = 'rev'",
        "UPDATE photo SET size = 9223372036854775807",
    ],
)
def test_one_absurd_number_locks_nobody_out(run: Commands, sample: Path, mine: Path, statement: str) -> None:
    shutil.copytree(sample, mine)
    with closing(Database(mine / "journal.db")) as database:
        database.run(statement)
    run("log", mine, "--day", "2025-03-02", "--symptom", "redness", "--severity", "mild")
    assert (run.code, run.err) == (0, "")
    run("info", mine)
    assert run.code == 0


def test_compare_saves_two_files_side_by_side(run: Commands, tmp_path: Path) -> None:
    out = tmp_path / "pair.png"
    before, after = PHOTOS / "2025-03-01_frontal.jpg", PHOTOS / "2025-09-06_frontal.jpg"
    facts = run("compare", before, after, "-o", out, "--as-taken", "--json")
    assert Image.open(io.BytesIO(out.read_bytes())).size == (facts["width"], facts["height"])
    assert (facts["output"], facts["aligned"], facts["method"]) == (str(out), False, "none")


def test_what_compare_saves_says_what_align_says_of_the_pair(run: Commands, tmp_path: Path) -> None:
    before, after = PHOTOS / "2025-03-01_frontal.jpg", PHOTOS / "2025-03-11_frontal.jpg"
    facts = run("compare", before, after, "-o", tmp_path / "pair.png", "--json")
    told = run("align", before, after, "--json")
    assert (facts["aligned"], facts["reason"]) == (told["confident"], told["reason"])
    assert "Not known: " in facts["summary"]
    sides = (side_of_file(path.read_bytes()) for path in (before, after))
    bare = picture_of_pair(*sides, ExportFormat.PNG, align=False)
    assert facts["height"] > bare.height + 40  # words below both photos


def test_compare_takes_ids_of_a_journal(run: Commands, sample: Path, tmp_path: Path) -> None:
    run("compare", "1", "2", "--journal", sample, "-o", tmp_path / "pair.jpg", "--as-taken")
    assert run.code == 0
    assert Image.open(io.BytesIO((tmp_path / "pair.jpg").read_bytes())).format == "JPEG"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("1", "99", "--journal", "SAMPLE", "-o", "x.png"), 1),
        (("one", "2", "--journal", "SAMPLE", "-o", "x.png"), 2),
        (("gone.jpg", "gone.jpg", "-o", "x.png"), 1),
        (("a.jpg", "a.jpg", "-o", "x.bmp"), 2),
        (("a.jpg", "a.jpg", "-o", "nowhere/x.png", "--as-taken"), 1),
        (("a.jpg", "a.jpg"), 2),
        (("1", "2", "--journal", "SAMPLE", "--as-taken"), 2),
        (("1", "two", "--journal", "SAMPLE"), 2),
    ],
)
def test_compare_says_what_is_wrong(
    run: Commands, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jpg").write_bytes(jpeg(1, size=(640, 800)))
    run("compare", *(str(sample) if one == "SAMPLE" else one for one in arguments))
    assert (run.code, bool(run.err)) == (code, True)
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("info",),
        ("import", "J"),
        ("import", "J", "a.jpg", "--date", "yesterday"),
        ("import", "J", "a.jpg", "--date", "1066-10-14"),
    ],
)
def test_wrong_use_exits_2(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(*arguments)
    assert (run.code, bool(run.err)) == (2, True)


@pytest.mark.parametrize("verb", ["info", "verify"])
def test_a_journal_that_is_not_there_is_a_sentence(run: Commands, tmp_path: Path, verb: str) -> None:
    run(verb, tmp_path / "gone.needlejournal")
    assert (run.code, run.out) == (1, "")
    assert "no journal" in run.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_knows_json_and_help(run: Commands, verb: str) -> None:
    run(verb, "--help")
    assert (run.code, "--json" in run.out) == (0, True)


def test_commands_load_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['needlejournal', 'info', sys.argv[1]]; from needlejournal import __main__; "
        "__main__.main(); print('PySide6' in sys.modules)"
    )
    make_sample(tmp_path / "S.needlejournal").close()
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "S.needlejournal")], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "False"


class TestDispatch:
    """What the one program does with its arguments."""

    @pytest.fixture
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        from needlejournal import app

        windows: list[list[str]] = []
        monkeypatch.setattr(app, "main", lambda arguments, pair=(): windows.append([*arguments, *pair]) or 0)
        return windows

    def run(self, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["needlejournal", *arguments])
        return __main__.main()

    def test_nothing_opens_the_window(self, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]) -> None:
        assert self.run(monkeypatch) == 0
        assert started == [[]]

    @pytest.mark.parametrize("name", ["My.needlejournal", "there"])
    def test_a_journal_opens_the_window(
        self, monkeypatch: pytest.MonkeyPatch, started: list[list[str]], tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "there").mkdir()
        self.run(monkeypatch, str(tmp_path / name))
        assert started == [[str(tmp_path / name)]]

    def test_two_photos_of_a_journal_open_the_window(
        self, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]
    ) -> None:
        assert self.run(monkeypatch, "compare", "3", "17", "--journal", "My.needlejournal") == 0
        assert started == [["My.needlejournal", 3, 17]]

    def test_a_command_opens_none(
        self, monkeypatch: pytest.MonkeyPatch, started: list[list[str]], tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("info").mkdir()
        assert self.run(monkeypatch, "info", str(tmp_path / "gone")) == 1
        with pytest.raises(SystemExit):
            self.run(monkeypatch, "info")
        assert started == []


LOG = ("log", "--day", "2025-03-20", "--symptom", "redness", "--severity", "mild")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as elsewhere")
@pytest.mark.parametrize("wanted", [("info",), LOG], ids=["info", "log"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_who_has_heard_enough_ends_it_quietly(mine: Path, wanted: tuple[str, ...], form: tuple[str, ...]) -> None:
    create_journal(mine).close()
    verb, *options = wanted
    process = subprocess.Popen(
        [sys.executable, "-m", "needlejournal", verb, mine, *options, *form],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=paths.resources().parent,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as run:
        assert (run.read(), process.wait()) == (b"", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as elsewhere")
def test_what_was_logged_is_kept_though_head_heard_only_the_beginning(mine: Path) -> None:
    create_journal(mine).close()
    told = subprocess.run(
        f'set -o pipefail; "{sys.executable}" -m needlejournal log "{mine}" {" ".join(LOG[1:])} --json | head -c 1',
        shell=True, executable="bash", capture_output=True, cwd=paths.resources().parent, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout, told.stderr) == (0, b"{", b"")
    with closing(open_journal(mine)) as journal:
        assert [one.symptom for one in journal.side_effects.of_day(date(2025, 3, 20))] == ["redness"]
