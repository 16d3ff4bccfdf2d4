"""Sets a report as pages: the only place that speaks Typst. Text in, bytes out; nothing is read but our own templates.

What a patient wrote goes in as JSON and is never read as markup. Templates and fonts come from resources; letters that
the app's typeface lacks (emoji, other scripts) come from the fonts of the computer. No network, no packages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import category, name

import typst

from needlejournal import paths

_LATIN = "\u024f"  # the app's typeface has everything up to here
_JOINER = "\u200d"
# What only changes the letter before it, beside combining marks: joiner, keycap, looks, tones of skin.
_CHANGING = {_JOINER, "\u20e3", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0x1F3FB, 0x1F400))}
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_known: set[str] = set()  # signs that were looked for in the fonts of this computer
_lacking: set[str] = set()  # those of them that none has


@dataclass(frozen=True, slots=True)
class Pages:
    """A set document: its source files, from which PDF and pictures are made."""

    files: Mapping[str, bytes] = field(repr=False)

    def pdf(self) -> bytes:
        """The PDF: tagged, with an outline, fonts embedded, no dates and no names in it.

        It conforms to PDF/UA-1. Should the standard still refuse something of what was written, the report has to be
        made all the same; it is tagged then too.
        """
        try:
            return bytes(_compile(self.files, format="pdf", pdf_standards=["ua-1"]))
        except typst.TypstError:
            return bytes(_compile(self.files, format="pdf"))

    def pictures(self, dots_per_inch: float) -> list[bytes]:
        """Each page as a PNG."""
        made = _compile(self.files, format="png", ppi=dots_per_inch)
        return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def set_pages(template: str, facts: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Pages:
    """Pages made by a template of resources/report from facts, with pictures (SVG) by name."""
    folder = paths.resources() / "report"
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    main = f'#import "{template}.typ": pages\n#pages(json("facts.json"))\n'
    settable(json.dumps(facts, ensure_ascii=False))  # all signs are looked for at once
    body = json.dumps(_all_settable(facts), ensure_ascii=False)
    return Pages({"main.typ": main.encode(), **files, "facts.json": body.encode(), **pictures})


def settable(text: str) -> str:
    """The text, each sign that no font of this computer has as its name: "[droplet]". Nothing is lost silently."""
    if max(text, default="") <= _LATIN:
        return text
    signs = list(_signs(text))
    new = sorted({sign for sign in signs if max(sign) > _LATIN and category(sign[0]) not in _UNSEEN} - _known)
    _lacking.update(_without_shape(new))
    _known.update(new)
    return "".join(_named(sign) if sign in _lacking else sign for sign in signs)


def _signs(text: str) -> Iterator[str]:
    """What is drawn as one: a letter with its marks, several joined to one picture."""
    sign = ""
    for letter in text:
        if sign and (letter in _CHANGING or sign[-1] == _JOINER or category(letter)[0] == "M"):
            sign += letter
            continue
        if sign:
            yield sign
        sign = letter
    yield sign


def _named(sign: str) -> str:
    letters = [letter for letter in sign if letter == sign[0] or letter not in _CHANGING]
    return f"[{' '.join(name(letter, 'sign').lower() for letter in letters)}]"


def _all_settable(value: Any) -> Any:
    if isinstance(value, str):
        return settable(value)
    if isinstance(value, Mapping):
        return {key: _all_settable(part) for key, part in value.items()}
    return [_all_settable(part) for part in value] if isinstance(value, list | tuple) else value


def _without_shape(signs: Sequence[str]) -> list[str]:
    """Those of these signs that no font of this computer has: halved until every group is whole or one sign."""
    if not signs or _have_shapes(signs):
        return []
    middle = len(signs) // 2
    return list(signs) if not middle else _without_shape(signs[:middle]) + _without_shape(signs[middle:])


def _have_shapes(signs: Sequence[str]) -> bool:
    """Whether fonts of this computer have shapes for all of these: PDF/UA refuses what has none."""
    words = json.dumps(" ".join(signs), ensure_ascii=False)
    page = f'#set document(title: "x")\n#set text(font: "Inter")\n#{words}'
    try:
        _compile({"main.typ": page.encode()}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(paths.resources() / "fonts")]
    )


def _compile(files: Mapping[str, bytes], **options: Any) -> Any:
    """Compile within a root that holds nothing but our templates."""
    root = str(paths.resources() / "report")
    return typst.compile(dict(files), root=root, font_paths=_fonts(), **options)
