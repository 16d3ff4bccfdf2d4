"""An encrypted journal from the command line: every command opens it, and no passphrase is ever an argument."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from needlejournal.cli import VERBS, verbs
from needlejournal.store import age, create_journal
from tests.cli.commands import Commands
from tests.store.every_kind import fill
from tests.workflows.pictures import jpeg


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    journal = create_journal(tmp_path / "Full.needlejournal", "Anna's diary")
    fill(journal)
    journal.close()
    return tmp_path / "Full.needlejournal"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("grüne Tinte\nsecond line\n", encoding="utf-8")
    return path


def secret(tmp_path: Path, text: str) -> Path:
    path = tmp_path / f"secret-{len(list(tmp_path.iterdir()))}"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_command_works_on_an_encrypted_journal(run: Commands, full: Path, words: Path, tmp_path: Path) -> None:
    key = ("--passphrase-file", words)
    plain = run("info", full, "--json")
    assert run("encrypt", full, *key, "--json")["encrypted"] is True and run.code == 0
    assert run("info", full, *key, "--json") == plain
    (tmp_path / "new.jpg").write_bytes(jpeg(77))
    assert len(run("import", full, tmp_path / "new.jpg", *key, "--json")["saved"]) == 1
    run("log", full, "--day", "2025-03-09", "--symptom", "redness", "--severity", "mild", *key)
    assert run.code == 0
    for verb, more in {
        "verify": (), "plan": (), "diary": ("--session", "1"), "calendar": ("-o", tmp_path / "a.ics"),
        "session": ("--day", "2025-04-01"), "export": ("-o", tmp_path / "a.zip"), "backup": (tmp_path / "disk",),
        "import-archive": (tmp_path / "a.zip",),
    }.items():  # fmt: skip
        run(verb, full, *more, *key)
        assert run.code == 0, (verb, run.err)
    run("compare", 1, 2, "--journal", full, "-o", tmp_path / "pair.png", *key)
    assert run.code == 0
    run("restore", tmp_path / "disk", tmp_path / "Back", *key)
    assert run("info", tmp_path / "Back", *key, "--json")["photos"] == 5
    run("decrypt", full, *key)
    assert run.code == 0 and run("info", full, "--json")["photos"] == 5


def test_how_an_editor_writes_the_file_makes_no_other_passphrase(run: Commands, full: Path, tmp_path: Path) -> None:
    for name, written in {"a": "grüne Tinte", "b": "\ufeffgrüne Tinte\r\n", "c": "gru\u0308ne Tinte\n"}.items():
        (tmp_path / name).write_bytes(written.encode())
    run("encrypt", full, "--passphrase-file", tmp_path / "a")
    for name in "abc":
        assert run("info", full, "--passphrase-file", tmp_path / name, "--json") and run.code == 0, name


def test_without_a_passphrase_nothing_opens(run: Commands, full: Path, words: Path, tmp_path: Path) -> None:
    run("encrypt", full, "--passphrase-file", words)
    assert "Recovery key: AGE-SECRET-KEY-1" in run.out
    run("info", full)
    assert run.code == 1 and "--passphrase-file" in run.err
    answers = set()
    for wrong in ("x", "", "grüne tinte"):
        run("info", full, "--passphrase-file", secret(tmp_path, wrong))
        assert run.code == 1
        answers.add(run.err)
    assert len(answers) == 1
    run("info", full, "--passphrase-file", tmp_path / "nowhere")
    assert run.code == 1 and "cannot be read" in run.err
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    run("info", full, "--passphrase-file", tmp_path / "bytes")
    assert run.code == 1 and "not a text file" in run.err


def test_the_passphrase_changes_by_the_old_one_or_the_recovery_key(
    run: Commands, full: Path, words: Path, tmp_path: Path
) -> None:
    recovery = run("encrypt", full, "--passphrase-file", words, "--json")["recovery_key"]
    second, third = secret(tmp_path, "second"), secret(tmp_path, "third")
    run("passphrase", full, "--passphrase-file", words, "--new-passphrase-file", second)
    assert run.code == 0
    run("passphrase", full, "--recovery-key-file", secret(tmp_path, recovery), "--new-passphrase-file", third)
    assert run.code == 0
    run("info", full, "--passphrase-file", second)
    assert run.code == 1
    run("passphrase", full, "--new-keys", "--passphrase-file", third)
    assert run.code == 0
    new = run("passphrase", full, "--new-recovery-key", "--passphrase-file", third, "--json")["recovery_key"]
    assert new != recovery
    run("passphrase", full, "--new-keys", "--new-recovery-key", "--passphrase-file", third)
    assert run.code == 2


def test_a_passphrase_can_be_typed(run: Commands, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["words", "wrods", "words", "words", "words"])
    monkeypatch.setattr(verbs.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    run("encrypt", full)
    assert run.code == 2 and "not the same" in run.err
    run("encrypt", full)
    assert run.code == 0
    run("info", full)
    assert run.code == 0


@pytest.mark.parametrize("verb", ["encrypt", "decrypt", "passphrase"])
def test_without_a_passphrase_a_plain_journal_is_not_called_encrypted(run: Commands, full: Path, verb: str) -> None:
    run(verb, full)
    assert run.code == 1 and "--passphrase-file" in run.err and "is encrypted" not in run.err


def test_every_command_takes_a_passphrase_file_and_none_takes_a_passphrase(run: Commands) -> None:
    for verb in VERBS:
        run(verb, "--help")
        assert "--passphrase-file" in run.out and "--json" in run.out and "--passphrase " not in run.out


def test_on_a_terminal_long_work_says_how_far_it_is(
    run: Commands, full: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    key = ("--passphrase-file", words)
    for verb, more, said in (
        ("verify", (full,), "of 5"), ("export", (full, "-o", tmp_path / "a.zip"), "Exported 0 of 4"),
        ("backup", (full, tmp_path / "disk"), "of 5"), ("restore", (tmp_path / "disk", tmp_path / "Back"), "of 5"),
        ("import-archive", (tmp_path / "New", tmp_path / "a.zip"), "Taken in"), ("encrypt", (full, *key), "Encrypted"),
        ("passphrase", (full, "--new-keys", *key), "Written anew"), ("decrypt", (full, *key), "Decrypted"),
    ):  # fmt: skip
        run(verb, *more)
        assert run.code == 0, (verb, run.err)
        assert said in run.err and "\r" in run.err and run.err.endswith("\r\x1b[K"), (verb, run.err)


def test_every_command_that_keeps_safe_answers_in_json_and_says_what_is_wrong(
    run: Commands, full: Path, words: Path, tmp_path: Path
) -> None:
    key, disk, zipped = ("--passphrase-file", words), tmp_path / "disk", tmp_path / "a.zip"
    verified = {"photos", "bad", "missing", "orphans", "database", "unreadable"}
    backed_up = {"backup", "photos", "copied", "copied_bytes", "damaged", "senseless"}
    for verb, given, answered in (
        ("backup", (full, disk), backed_up),
        ("restore", (disk, tmp_path / "Back"), {"journal", "version", "photos", "damaged", "encrypted"}),
        ("verify", (full,), verified),
        ("export", (full, "-o", zipped), {"records", "photos", "left_out", "unreadable"}),
        ("import-archive", (full, zipped), {"added", "already", "differing"}),
        ("encrypt", (full, *key), {"encrypted", "recovery_key"}),
        ("verify", (full, *key), verified),
        ("passphrase", (full, *key, "--new-passphrase-file", words), {"passphrase"}),
        ("decrypt", (full, *key), {"encrypted"}),
    ):
        facts = run(verb, *given, "--json")
        assert (run.code, set(facts), run.err) == (0, answered, ""), verb
    nowhere = tmp_path / "nowhere"
    for verb, given in (
        ("backup", (nowhere, disk)), ("restore", (nowhere, tmp_path / "Again")), ("verify", (nowhere,)),
        ("export", (nowhere, "-o", zipped)), ("import-archive", (full, nowhere)), ("encrypt", (nowhere, *key)),
        ("passphrase", (nowhere, *key, "--new-passphrase-file", words)), ("decrypt", (nowhere, *key)),
        ("decrypt", (full, *key)), ("passphrase", (full, *key, "--new-keys")),
    ):  # fmt: skip
        run(verb, *given, "--json")
        assert (run.code, run.out, run.err.strip()[-1:]) == (1, "", "."), verb
    assert not nowhere.exists() and not (tmp_path / "Again").exists()
