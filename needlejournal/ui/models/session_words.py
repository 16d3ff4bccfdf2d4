"""A session's facts in few words: device, needle lengths by groups of zones, products with their lot, pain."""

from __future__ import annotations

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.message import Message
from needlejournal.journal.session_kinds import DEVICE_KINDS, OTHER_PRODUCT, PRODUCT_KINDS
from needlejournal.journal.sessions import Needle, Product, Session
from needlejournal.ui.language import tr, tr_message


def session_facts(session: Session, catalogue: Catalogue) -> list[str]:
    """What fits into pills under a session's title, the device first."""
    facts = [device_words(session), *needle_words(session.needles, catalogue)]
    facts += [product_words(product) for product in session.products]
    if session.pain is not None:
        facts.append(tr("pain {n}/10").format(n=session.pain))
    if session.bleeding is not None:
        facts.append(tr("bleeding {word}").format(word=catalogue.scales.severity_word(session.bleeding).lower()))
    return [fact for fact in facts if fact]


def device_words(session: Session) -> str:
    """ "Example pen, 16 needles"; the kind of device where it has no name."""
    kind = DEVICE_KINDS.get(session.device_kind)
    device = session.device or (_within(kind) if kind else session.device_kind)
    return ", ".join(part for part in (device, session.cartridge) if part)


def product_words(product: Product) -> str:
    """ "Hyaluronic serum, lot A113"; the kind of product where it has no name."""
    kind = PRODUCT_KINDS.get(product.kind, OTHER_PRODUCT)
    name = product.name or product.brand or _within(kind)
    return tr("{product}, lot {lot}").format(product=name, lot=product.lot) if product.lot else name


def _within(kind: Message) -> str:
    """A kind's words as they stand within a sentence: without their capital, unless all of it is capitals."""
    words = tr_message(kind)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def needle_words(needles: tuple[Needle, ...], catalogue: Catalogue) -> list[str]:
    """Needle lengths told of together where zones and lengths are: "cheeks, chin 1.50 mm", the longest first."""
    lengths: dict[str, set[int]] = {}
    for needle in needles:
        if needle.length_um is not None:
            lengths.setdefault(_group(needle.zone, needles, catalogue), set()).add(needle.length_um)
    groups: dict[tuple[int, int], list[str]] = {}
    for name, found in lengths.items():
        groups.setdefault((max(found), min(found)), []).append(name)
    return [
        f"{', '.join(names)} {_millimetres(low, high)}" for (high, low), names in sorted(groups.items(), reverse=True)
    ]


def _millimetres(low: int, high: int) -> str:
    most = tr("{length} mm").format(length=f"{high / 1000:.2f}")
    return most if low == high else f"{low / 1000:.2f}–{most}"


def _group(key: str, needles: tuple[Needle, ...], catalogue: Catalogue) -> str:
    """The area of zones that are named together; one side alone is named by itself."""
    zone = catalogue.zone(key)
    if zone.own or not zone.area:
        return zone.name
    together = [catalogue.zone(needle.zone) for needle in needles if needle.length_um is not None]
    sides = {other.side for other in together if other.area == zone.area}
    if len(sides) == 1 and zone.side:
        return zone.name.lower()
    return zone.area
