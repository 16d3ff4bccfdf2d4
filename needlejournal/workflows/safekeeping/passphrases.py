"""How strong a passphrase is, one to propose, and the sheet that helps when it is forgotten.

Guesses are counted by zxcvbn; our scrypt costs about a second for each (docs/adr), which is what the words say.
"""

from __future__ import annotations

from dataclasses import dataclass

from needlejournal.journal.message import Message, message
from needlejournal.store.age_keys import Identity

WORDS = 6
HEAD = "AGE-SECRET-KEY-1"
LONGEST_JUDGED = 72  # more would take zxcvbn long, and is strong anyway
# Logarithms of guesses. One machine tries about 1 guess a second against scrypt 2^18; 10^4 of them 10^8.6 a day.
WEAK, FAIR, STRONG = 8.0, 11.0, 14.0


@dataclass(frozen=True, slots=True)
class Strength:
    """`level` 0 (nothing) to 4; the sentence says what that means."""

    level: int
    sentence: Message


def strength(passphrase: str) -> Strength:
    """How long somebody would have to guess. Takes milliseconds."""
    if not passphrase.strip():
        return Strength(0, message("Several words that do not belong together are best."))
    from zxcvbn import zxcvbn

    guesses = float(zxcvbn(passphrase[:LONGEST_JUDGED])["guesses_log10"])
    if guesses < WEAK:
        return Strength(1, message("Weak: this can be guessed within days."))
    if guesses < FAIR:
        return Strength(2, message("Fair: it withstands one curious person, but not many computers."))
    if guesses < STRONG:
        return Strength(3, message("Good: guessing it would take many computers years."))
    return Strength(4, message("Very good: nobody can guess this."))


def proposed() -> str:
    """Six random words of the EFF's list of 7,776: 77 bits."""
    from dicewarepy import diceware

    return " ".join(diceware(WORDS))


def in_groups(recovery: Identity) -> str:
    """The recovery key as it is printed: what all of them begin with, then groups of six, easy to read out."""
    written = recovery.written()
    groups = (written[start : start + 6] for start in range(len(HEAD), len(written), 6))
    return " ".join((written[: len(HEAD)], *groups))


def asked_back(recovery: Identity) -> str:
    """The last group, which the person types to show that the sheet is in their hands."""
    return in_groups(recovery).split()[-1]


def sheet_text(recovery: Identity, journal: str, day: str) -> str:
    """The recovery sheet as plain text; `age -i` takes it as it is."""
    return (
        f"# Recovery sheet of the journal “{journal}”, made on {day}\n"
        "#\n"
        "# With this key the journal opens when its passphrase is forgotten. Keep the sheet where you keep papers,\n"
        "# not on the computer the journal is on. Without passphrase and sheet nobody can open the journal again.\n"
        "#\n"
        "# In Needle Journal: choose “I have forgotten the passphrase” on the locked page and type this key.\n"
        "# Without it: age -d -i THIS_FILE keyring-recovery.age\n"
        "#\n"
        f"# The key in groups: {in_groups(recovery)}\n"
        f"{recovery.written()}\n"
    )
