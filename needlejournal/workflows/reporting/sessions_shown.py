"""Sessions, needles and products in words and as a small face map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.message import Message, message
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.session_kinds import DEVICE_KINDS, OTHER_PRODUCT, PRODUCT_KINDS
from needlejournal.journal.sessions import Needle, Product, Session
from needlejournal.workflows.face_map import Curve, face
from needlejournal.workflows.reporting.values import CourseShown, Fact, ProductShown, ReportedNeedles
from needlejournal.workflows.reporting.wording import Words

_SETTINGS = {"clinic": message("At a clinic"), "home": message("At home")}
LISTED = 6
SHADES = ("#EFE9E1", "#D3E6E2", "#B4D5CF", "#97C5BD", "#7FB6AE")  # shallow to deep; each darker in grey too


def joined(parts: Iterable[Words], between: str = ", ") -> Words:
    """Several words as one, with a sign between them; what is empty is left out."""
    kept = [part for part in parts if part]
    if len(kept) <= 1:
        return kept[0] if kept else ""
    text = between.join(f"{{p{number}}}" for number in range(len(kept)))
    return Message(text, tuple((f"p{number}", part) for number, part in enumerate(kept)))


def course_shown(
    sessions: Sequence[Session], course: Course | None, calendar: SessionCalendar, catalogue: Catalogue, *, whole: bool
) -> CourseShown | None:
    """The course as one picture: what, when, where, with what; the needles as at the last of its sessions.

    `whole`: these are all sessions of the course so far.
    """
    if not sessions:
        return None
    last = sessions[-1]
    planned = course.sessions if course and course.id and whole else 0
    title = joined(dict.fromkeys(catalogue.treatment(session.treatment).name for session in sessions))
    facts = [
        Fact(message("Sessions"), _dates(sessions, planned)),
        Fact(message("Where"), joined(dict.fromkeys(_where(session) for session in sessions))),
        Fact(message("By"), joined(dict.fromkeys(session.practitioner for session in sessions))),
        Fact(message("Device"), joined(dict.fromkeys(device(session) for session in sessions))),
        Fact(message("For"), joined(catalogue.concern(key).name for key in (course.concerns if course else ()))),
        Fact(message("Pain"), _pains(sessions)),
    ]
    shown = next((session for session in reversed(sessions) if _lengths(session.needles)), last)
    heading = message("Needle lengths at session {number}", number=calendar.number(shown.id))
    return CourseShown(title, kept(facts), needles(shown, catalogue, heading))


def kept(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that are known."""
    return tuple(fact for fact in facts if fact.value)


def session_facts(session: Session, catalogue: Catalogue) -> tuple[Fact, ...]:
    """What was noted of one session, beside its notes."""
    lowest, highest = catalogue.scales.pain_ends
    pain = message("{n} of 10 (0 {lowest}, 10 {highest})", n=session.pain, lowest=lowest, highest=highest)
    bleeding = None if session.bleeding is None else catalogue.scales.severity_word(session.bleeding)
    return kept([
        Fact(message("Where"), joined([_where(session), session.practitioner])),
        Fact(message("Device"), device(session)),
        Fact(message("Needles"), joined(_fact_words(fact) for fact in needle_facts(session.needles, catalogue))),
        Fact(message("Pain"), "" if session.pain is None else pain),
        Fact(message("Pinpoint bleeding"), bleeding or ""),
    ])  # fmt: skip


def clock(session: Session) -> str:
    """The time of day, or nothing."""
    return f"{session.when.time:%H:%M}" if session.when.time else ""


def device(session: Session) -> Words:
    """ "Example pen, 16 needles"; the kind of device where it has no name."""
    name: Words = session.device or DEVICE_KINDS.get(session.device_kind, session.device_kind)
    return joined([name, session.cartridge])


def products_of(sessions: Sequence[Session], calendar: SessionCalendar) -> tuple[ProductShown, ...]:
    """Each product and lot once, the latest used first, with the numbers of the sessions."""
    used: dict[tuple[str, str, str, str], list[int]] = {}
    for session in sessions:
        for product in session.products:
            used.setdefault((product.kind, product.name, product.brand, product.lot), []).append(
                calendar.number(session.id)
            )
    return tuple(
        ProductShown(_product_name(kind, name), brand if name else "", lot, _session_numbers(numbers))
        for (kind, name, brand, lot), numbers in reversed(used.items())
    )


def products_by_session(sessions: Sequence[Session], calendar: SessionCalendar) -> tuple[ProductShown, ...]:
    """Everything that was put on the skin at these sessions, with when: the session too where there are several."""
    if len(sessions) == 1:
        return products_with_times(sessions[0].products)
    return tuple(
        replace(one, used=joined([message("session {number}", number=calendar.number(session.id)), one.used]))
        for session in reversed(sessions)
        for one in products_with_times(session.products)
    )


def products_with_times(products: Sequence[Product]) -> tuple[ProductShown, ...]:
    """The products of one session with when they were put on."""
    return tuple(
        ProductShown(
            _product_name(one.kind, one.name or one.brand), one.brand if one.name else "", one.lot, one.applied
        )
        for one in products
    )


def _product_name(kind: str, name: str) -> Words:
    return name or PRODUCT_KINDS.get(kind, OTHER_PRODUCT)


def _session_numbers(numbers: Sequence[int]) -> Message:
    """ "session 3", "sessions 1–4, 7"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
    if len(set(numbers)) == 1:
        return message("session {numbers}", numbers=parts[0])
    return message("sessions {numbers}", numbers=", ".join(parts))


def _dates(sessions: Sequence[Session], planned: int) -> Words:
    """ "4 of 4: 8 March 2025, 19 April 2025 …"; many sessions by their first and last day."""
    days: list[Words] = [session.when.day for session in sessions]
    if len(days) > LISTED:
        listed: Words = message("{first} to {last}", first=days[0], last=days[-1])
    else:
        listed = joined(days, " · ")
    if planned:
        return message("{done} of {planned}: {days}", done=len(sessions), planned=planned, days=listed)
    if len(days) > LISTED:
        return message("{done} from {days}", done=len(sessions), days=listed)
    return listed


def _where(session: Session) -> Words:
    return session.clinic or _SETTINGS.get(session.setting, "")


def _pains(sessions: Sequence[Session]) -> Words:
    pains = [str(session.pain) if session.pain is not None else "–" for session in sessions[-LISTED:]]
    if all(session.pain is None for session in sessions):
        return ""
    return message("{values} of 10", values=", ".join(pains))


def needle_facts(needles: Sequence[Needle], catalogue: Catalogue) -> tuple[Fact, ...]:
    """Needle lengths, the longest first, with the zones that had them."""
    groups: dict[int, list[str]] = {}
    for zone, length in _lengths(needles).items():
        groups.setdefault(length, []).append(zone)
    passes = {needle.zone: needle.passes for needle in needles}
    return tuple(
        Fact(_length_words(length, [passes[zone] for zone in zones]), ", ".join(_names(zones, catalogue)))
        for length, zones in sorted(groups.items(), reverse=True)
    )


def _length_words(length: int, passes: Sequence[int | None]) -> Message:
    known = set(passes)
    count = known.pop() if len(known) == 1 else None
    mm = f"{length / 1000:.2f}"
    if count is None:
        return message("{length} mm", length=mm)
    return message("{length} mm, {passes}", length=mm, passes=message("%n (pass|passes)", count))


def _fact_words(fact: Fact) -> Message:
    return message("{length}: {zones}", length=fact.label, zones=fact.value)


def _names(zones: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Zones by name, both sides of one told of together: "inner cheek"."""
    names: dict[str, None] = {}
    for key in zones:
        zone = catalogue.zone(key)
        stem, _, side = key.rpartition("_")
        both = side in {"left", "right"} and {f"{stem}_left", f"{stem}_right"} <= set(zones)
        names[zone.name.removesuffix(f", {zone.side}") if both else zone.name] = None
    return list(names)


def _lengths(needles: Sequence[Needle]) -> Mapping[str, int]:
    return {needle.zone: needle.length_um for needle in needles if needle.length_um is not None}


def needles(session: Session, catalogue: Catalogue, heading: Words = "") -> ReportedNeedles | None:
    """The lengths of a session on the face, seen as the clinician sees the patient; None where none were noted."""
    lengths = _lengths(session.needles)
    if not lengths:
        return None
    drawn = face()
    order = sorted(set(lengths.values()))
    shades = {length: _shade(place, len(order)) for place, length in enumerate(order)}
    places = tuple(
        (zone.place[0] + drawn.width / 2, zone.place[1], f"{lengths[zone.key] / 1000:g}")
        for zone in drawn.zones
        if zone.key in lengths
    )
    svg = _svg({key: shades[length] for key, length in lengths.items()})
    facts = needle_facts(session.needles, catalogue)
    alt = joined((_fact_words(fact) for fact in facts), "; ")
    return ReportedNeedles(svg, drawn.width, drawn.height, places, facts, alt, heading)


def _shade(place: int, count: int) -> str:
    return SHADES[-1] if count == 1 else SHADES[1 + round(place * (len(SHADES) - 2) / (count - 1))]


def _svg(shades: Mapping[str, str]) -> str:
    drawn = face()
    half = drawn.width / 2
    zones = "".join(
        f'<path d="{_path(zone.outline)}" fill="{shades.get(zone.key, SHADES[0])}" stroke="#fff" stroke-width="1.6"/>'
        for zone in drawn.zones
    )
    lines = "".join(
        f'<path d="{_path(curve)}" fill="none" stroke="#5E5348" stroke-opacity="0.55" stroke-width="1.5"/>'
        for curves in drawn.lines.values()
        for curve in curves
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawn.width}" height="{drawn.height}" '
        f'viewBox="{-half} 0 {drawn.width} {drawn.height}">{zones}{lines}</svg>'
    )


def _path(curve: Curve) -> str:
    steps = " ".join(f"C {a[0]:g} {a[1]:g} {b[0]:g} {b[1]:g} {end[0]:g} {end[1]:g}" for a, b, end in curve.steps)
    return f"M {curve.start[0]:g} {curve.start[1]:g} {steps}"
