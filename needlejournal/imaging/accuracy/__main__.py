"""Writes how accurate automatic alignment is, measured against known truth.

`python -m needlejournal.imaging.accuracy TRUTH.json PHOTOS_FOLDER --pairs LIST -o docs/accuracy.md`
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from needlejournal.imaging.accuracy.conditions import CONDITIONS
from needlejournal.imaging.accuracy.judging import Judged, judge_all
from needlejournal.imaging.accuracy.pairs import judge_pairs, read_list
from needlejournal.imaging.accuracy.real_faces import report_on_real_faces
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.faces.models import load_models
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright

_MOST_WITHIN = 0.9  # of the pairs of a zone within its limit, for the target to count as reached
GROUPS = ("frontal", "oblique", "close-up")

_ABOVE = """# How accurate automatic alignment is

Made by `python -m needlejournal.imaging.accuracy TRUTH.json PHOTOS_FOLDER --pairs LIST -o docs/accuracy.md`; do not
edit. First on rendered photos whose truth is known, then [on real faces](#on-real-faces).

**How it is measured.** For each pair, the points of skin that both photos show are mapped from AFTER to BEFORE with the
matrix the app found. The *error* is the median distance from where they truly lie, in % of the eye distance (close-ups:
of the longer side) in BEFORE. The *floor* is the same for the best similarity through the true points themselves: a
head that is turned is no flat picture, so no shift, rotation and scale can do better on the whole. An error may lie
below the floor, which is best in squared distance while the median is shown.

**Targets**, for pairs up to 10° of yaw and pitch apart ("fair"): whole face at most 1.2 × the floor on frontal and on
oblique pairs each; a zone at most 1.3 × its own floor + 0.3 % of the eye distance; close-ups at most 1 % of the longer
side or 1.3 × the floor; nothing called sure that is worse than 3 × the floor; at most one fair pair in twenty refused.
In the tables, error, floor and error ÷ floor are medians over the fair pairs.
"""

_BELOW = """## What is not known

- The photos above are rendered pictures of one fictional head: closed eyes, no hair in the face, no motion blur, a
  skin with many spots and scars to find again. Real faces move, and may have smoother skin.
- Dark skin, blur, noise, filters and side light are simulated on the same head; no photograph of dark skin was at hand.
- Beards and make-up were not tried, nor were children.
- Zones have few true points each (three to seven); with so few, one point at the edge of the jaw or near the ear, where
  skin is seen at a grazing angle, decides the figure. Zones with fewer than three true points cannot be judged.
  Of a chin's points all but one lie at the edge of the jaw, 1 to 4 % of the eye distance outside the zone's outline;
  one of an outer cheek's three lies 6 to 7 % outside. There skin is rarely found again within 7 to 20 %.
  Neither the landmarks of a zone's outline as further places (any weight from 0.15 to 1.2 of the skin's) nor skin from
  farther around (0.12, 0.2 and 0.3 eye distances instead of 0.08) brings these two within the limit; both make others
  worse.
- Why these two zones stay beyond their limit was looked at with the true cameras, which the truth fixes to 0.04 pixels.
  Each place found again was put on the line on which it must lie: that moved it by 0.4 % (chin) and 0.3 % (cheek) of
  the eye distance, and brought no pair more within the limit (12 of 29 and 8 of 19 before and after, counted so). A
  similarity through all true points but one misses the one left out by more than the limit in 26 of 29 and 18 of 19.
  So it is not that skin is found wrongly: the surface turns away there, and no similarity of a zone's own skin reaches
  its edge. Pulling the edge to where a turned head would put it brings 21 of 29 and 12 of 19 within the limit, but lays
  the skin that was found worse: 1.1 instead of 0.8 % in the chin, 1.1 instead of 0.6 % in the outer cheek. It is left.
- **With places of skin within the zones the two reach it.** A scanned head (Lee Perry-Smith, Creative Commons
  Attribution 3.0; not part of this program) was rendered 15 times, at the same angles as above, in other light and at
  other distances, with 900 true places of skin. Of its 24 fair pairs all are sure, at 0.9 × the floor, the worst at
  1.2. Zones, judged with all true places within their outlines: chin, forehead, upper lip and glabella 24 of 24 within
  the limit, outer cheeks 44 of 48. Below nine in ten are the lower lip, temples, nose, jaw and the skin around the
  eyes: their error is 0.3 to 0.9 % of the eye distance, where the floor is 0.2 to 0.8. All together 353 of 415 are
  within; with skin from farther around (0.12 eye distances, as before) 339. That head was seen while this was set.
- The gates (16° of head turn, 28 % of the skin found again, 3 to 14 % more of it than mirrored, and the others)
  were set on public photographs; they were never tried on patients' photos. The app recognises nobody.
"""


def report(truth: Mapping[str, Any], results: Mapping[str, list[Judged]]) -> str:
    """Return the document for `results`: condition → judged pairs."""
    first = next(iter(results.values()))
    parts = [
        _ABOVE,
        f"{len(truth['images'])} photos, {len(first)} pairs, {sum(pair.fair for pair in first)} of them fair.\n",
    ]
    for condition, pairs in results.items():
        parts += [f"## {condition[0].upper()}{condition[1:]}\n", _whole_table(pairs)]
    parts += ["## Zones, as taken\n", _zone_table(first)]
    parts += ["## Worst pairs, as taken\n", _worst_table(first), _BELOW]
    return "\n".join(parts)


def _whole_table(pairs: list[Judged]) -> str:
    rows = [
        "| pairs | fair | sure | error | floor | error ÷ floor | mean | worst | worst called sure | unfair, sure |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for group in GROUPS:
        mine = [pair for pair in pairs if pair.group == group]
        fair = [pair for pair in mine if pair.fair]
        if not fair:
            continue
        sure = [pair for pair in mine if pair.confident]
        unfair = [pair for pair in mine if not pair.fair]
        ratios = sorted(pair.ratio for pair in fair if not math.isnan(pair.error))
        rows.append(
            f"| {group} | {len(fair)} | {sum(pair.confident for pair in fair)} "
            f"| {_median(pair.error for pair in fair):.2f} % | {_median(pair.floor for pair in fair):.2f} % "
            f"| {_median(ratios):.2f} | {sum(ratios) / len(ratios):.2f} | {ratios[-1]:.2f} "
            f"| {max((pair.ratio for pair in sure), default=float('nan')):.2f} "
            f"| {sum(pair.confident for pair in unfair)} of {len(unfair)} |"
        )
    return "\n".join(rows) + "\n"


def _zone_table(pairs: list[Judged]) -> str:
    rows = [
        "| pairs | zone | judged | error, median | floor, median | limit, median | within the limit |",
        "|---|---|---|---|---|---|---|",
    ]
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for pair in pairs:
        for zone, error, floor in pair.zones if pair.fair else ():
            found.setdefault((pair.group, zone), []).append((error, floor))
    missed = []
    for (group, zone), values in sorted(found.items()):
        limits = [1.3 * floor + 0.3 for _, floor in values]
        within = sum(error <= limit for (error, _), limit in zip(values, limits, strict=True))
        rows.append(
            f"| {group} | `{zone}` | {len(values)} | {_median(error for error, _ in values):.2f} % "
            f"| {_median(floor for _, floor in values):.2f} % | {_median(limits):.2f} % | {within} |"
        )
        if within < _MOST_WITHIN * len(values):
            missed.append(f"{group} `{zone}`")
    footnote = (
        f"\n**Not reached:** {', '.join(missed)}: within the limit in fewer than nine pairs of ten.\n" if missed else ""
    )
    return "\n".join(rows) + "\n" + footnote


def _worst_table(pairs: list[Judged]) -> str:
    rows = ["| pair | fair | sure | error | floor | ratio |", "|---|---|---|---|---|---|"]
    for group in GROUPS:
        mine = [pair for pair in pairs if pair.group == group and not math.isnan(pair.error)]
        rows += [
            f"| {pair.name} | {_yes(pair.fair)} | {_yes(pair.confident)} | {pair.error:.2f} % | {pair.floor:.2f} % "
            f"| {pair.ratio:.2f} |"
            for pair in sorted(mine, key=lambda pair: -pair.ratio)[:3]
        ]
    return "\n".join(rows) + "\n"


def _yes(value: bool) -> str:  # noqa: FBT001
    return "yes" if value else "no"


def _median(values: Iterable[float]) -> float:
    known = sorted(value for value in values if not math.isnan(value))
    return (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2 if known else float("nan")


def measure(truth: Mapping[str, Any], folder: Path, conditions: Iterable[str]) -> dict[str, list[Judged]]:
    """Judge all pairs under each of the `conditions`; pictures are looked for in `folder` by their file names."""
    models = load_models()

    def photo(name: str, condition: str) -> Sight:
        contents = (folder / Path(truth["images"][name]["file"]).name).read_bytes()
        return sight(CONDITIONS[condition](as_array(decode_upright(contents))[..., :3], name))

    results = {}
    for condition in conditions:
        sys.stderr.write(f"{condition} …\n")
        results[condition] = judge_all(truth, lambda name, condition=condition: photo(name, condition), models)  # type: ignore[misc]
    return results


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the document."""
    parser = argparse.ArgumentParser(description="Write how accurate automatic alignment is.")
    parser.add_argument("truth", type=Path, nargs="?", help="JSON with the true places of skin points, and pairs")
    parser.add_argument("photos", type=Path, nargs="?", help="the folder with the photos it names")
    parser.add_argument("--pairs", type=Path, metavar="LIST", help="a CSV list of pairs of real photos (see pairs.py)")
    parser.add_argument("-o", "--output", type=Path, help="where to write; default: the screen")
    parser.add_argument("--quick", action="store_true", help="only the photos as they were taken")
    options = parser.parse_args(arguments)
    if options.photos is None and options.pairs is None:
        parser.error("name a truth and its photos, or --pairs LIST, or both")
    parts = []
    if options.photos is not None:
        truth = json.loads(options.truth.read_text(encoding="utf-8"))
        conditions = list(CONDITIONS)[:1] if options.quick else list(CONDITIONS)
        parts.append(report(truth, measure(truth, options.photos, conditions)))
    if options.pairs is not None:
        parts.append(report_on_real_faces(list(judge_pairs(read_list(options.pairs)))))
    text = "\n".join(parts)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
