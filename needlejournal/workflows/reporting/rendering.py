"""Sets a report as pages: the only place that speaks Typst. Text in, bytes out; nothing is read but our own templates.

What a patient wrote goes in as JSON and is never read as markup. Templates and fonts come from resources; letters that
the app's typeface lacks (emoji, other scripts) come from the fonts of the computer. No network, no packages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import typst

from needlejournal import paths


@dataclass(frozen=True, slots=True)
class Pages:
    """A set document: its source files, from which PDF and pictures are made."""

    files: Mapping[str, bytes] = field(repr=False)

    def pdf(self) -> bytes:
        """The PDF: tagged, with an outline, fonts embedded, no dates and no names in it."""
        return bytes(_compile(self.files, format="pdf", pdf_standards=["ua-1"]))

    def pictures(self, dots_per_inch: float) -> list[bytes]:
        """Each page as a PNG."""
        made = _compile(self.files, format="png", ppi=dots_per_inch)
        return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def set_pages(template: str, facts: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Pages:
    """Pages made by a template of resources/report from facts, with pictures (SVG) by name."""
    folder = paths.resources() / "report"
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    main = f'#import "{template}.typ": pages\n#pages(json("facts.json"))\n'
    body = json.dumps(facts, ensure_ascii=False).encode()
    return Pages({"main.typ": main.encode(), **files, "facts.json": body, **pictures})


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(paths.resources() / "fonts")]
    )


def _compile(files: Mapping[str, bytes], **options: Any) -> Any:
    """Compile within a root that holds nothing but our templates."""
    root = str(paths.resources() / "report")
    return typst.compile(dict(files), root=root, font_paths=_fonts(), **options)
