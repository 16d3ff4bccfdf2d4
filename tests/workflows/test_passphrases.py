"""How strong a passphrase is, what is proposed, and what stands on the recovery sheet."""

from __future__ import annotations

from needlejournal.store.age_keys import Identity
from needlejournal.store.keyring import checked_passphrase
from needlejournal.workflows.safekeeping.passphrases import asked_back, in_groups, proposed, sheet_text, strength


def test_strength_grows_with_what_a_guesser_would_need() -> None:
    levels = [
        strength(words).level for words in ("", "  ", "password", "tulip rain7", "tulip rain 7 gong pylon", proposed())
    ]
    assert levels[:3] == [0, 0, 1] and 2 in levels and levels == sorted(levels) and levels[-1] == 4
    assert strength("a" * 10_000).level >= 1  # judged in no time
    assert len({str(strength(words).sentence) for words in ("", "password", "tr0ub4dor&3xz", proposed())}) >= 3


def test_six_words_are_proposed_each_time_others() -> None:
    seen = {proposed() for _ in range(20)}
    assert len(seen) == 20 and all(len(words.split()) == 6 and checked_passphrase(words) for words in seen)


def test_the_sheet_holds_the_key_for_people_and_for_the_tool_age() -> None:
    recovery = Identity.made()
    assert in_groups(recovery).replace(" ", "") == recovery.written()
    assert in_groups(recovery).endswith(asked_back(recovery)) and len(asked_back(recovery)) == 4
    lines = sheet_text(recovery, "Mine", "1 March 2026").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [recovery.written()]
    assert max(len(line) for line in lines) <= 120
