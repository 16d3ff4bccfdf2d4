"""A language that does not exist: every sentence lengthened and accented, so that what is not translated shows."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# What is no word: places, the count, plural endings, tags of rich text.
_KEPT = re.compile(r"(\{[^{}]*\}|%n|\(s\)|<[^<>]*>|&[a-z]+;)")
LONGER = 0.35


def pseudo(text: str) -> str:
    """`text` in the language that does not exist."""
    parts = _KEPT.split(text)
    accented = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    letters = sum(sign.isalpha() for sign in "".join(part for part in parts if not _KEPT.fullmatch(part)))
    extra = round(letters * LONGER) if letters > 1 else 0
    more = f" {'ö' * min(extra - 1, 4)}" + " öööö" * (max(0, extra - 5) // 5) if extra > 1 else ""
    end = re.search(r"[\s.…:?!]*$", accented)
    at = end.start() if end else len(accented)
    return accented[:at] + more + accented[at:]


class PseudoTranslator(QTranslator):
    """Translates our own sentences; Qt's stay as they are."""

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:  # type: ignore[override]
        return pseudo(source) if context == "NeedleJournal" else None

    def isEmpty(self) -> bool:
        return False
