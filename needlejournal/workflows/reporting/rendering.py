"""Sets a report as pages: the only place that speaks Typst. Text in, bytes out; nothing is read but our own templates.

What a patient wrote goes in as JSON and is never read as markup. Templates and fonts come from resources; letters that
the app's typeface lacks (emoji, other scripts) come from the fonts of the computer. No network, no packages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import category, name

import typst

from needlejournal import paths

_LATIN = 0x24F  # the app's typeface has everything up to here
_JOINING = "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"  # signs that only join a letter to the next, or colour it


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
    body = settable(json.dumps(facts, ensure_ascii=False))
    return Pages({"main.typ": main.encode(), **files, "facts.json": body.encode(), **pictures})


def settable(text: str) -> str:
    """The text, each letter that no font of this computer has as its name: "[droplet]". Nothing is lost silently."""
    odd = sorted({letter for letter in text if ord(letter) > _LATIN and not category(letter).startswith(("M", "C"))})
    missing = "".join(re.escape(letter) for letter in odd if not _has_letter(letter))
    if not missing:
        return text
    return re.sub(f"([{missing}]){_JOINING}", lambda found: f"[{name(found[1], 'sign').lower()}]", text)


@lru_cache(maxsize=4000)
def _has_letter(letter: str) -> bool:
    """Whether a font of this computer has a shape for a letter: PDF/UA refuses what has none."""
    page = f'#set document(title: "x")\n#set text(font: "Inter")\n#{json.dumps(letter, ensure_ascii=False)}'
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
