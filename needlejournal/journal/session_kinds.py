"""What kinds of products and devices are called, wherever a person meets them. Knows nothing of sessions themselves."""

from __future__ import annotations

from collections.abc import Mapping

from needlejournal.journal.message import Message, message

# In the order in which they usually touch the skin.
PRODUCT_KINDS: Mapping[str, Message] = {
    "numbing": message("Numbing cream"),
    "serum": message("Serum"),
    "prp": message("PRP"),
    "cleanser": message("Cleanser"),
    "aftercare": message("Aftercare"),
}
OTHER_PRODUCT = message("Other product")
DEVICE_KINDS: Mapping[str, Message] = {
    "roller": message("Roller"),
    "stamp": message("Stamp"),
    "pen": message("Pen"),
}
