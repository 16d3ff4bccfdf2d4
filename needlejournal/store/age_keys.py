"""Keys of age files (X25519) and how they are written: `AGE-SECRET-KEY-1…` and `age1…`, in Bech32 (BIP 173).

Light enough to be loaded at the start: what computes with keys is loaded when it does.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property

from needlejournal.journal.frozen import frozen

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 (how a key begins, not a key)
PUBLIC = "age"
SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class NotAKey(ValueError):
    """A text that is no key: mistyped, cut off, or something else."""


@frozen
class Recipient:
    """Whom a file is written for: 32 bytes that need not be secret."""

    public: bytes

    def __str__(self) -> str:
        return to_bech32(PUBLIC, self.public)

    @staticmethod
    def parse(text: str) -> Recipient:
        """The recipient that is written so. Raises NotAKey."""
        return Recipient(_of_kind(PUBLIC, text))


@dataclass(frozen=True)
class Identity:
    """What opens a file: 32 secret bytes. Its `repr` does not show them."""

    secret: bytes = field(repr=False)

    @staticmethod
    def made() -> Identity:
        """A new one."""
        return Identity(secrets.token_bytes(32))  # any 32 bytes are a secret key (RFC 7748, section 5)

    @cached_property
    def recipient(self) -> Recipient:
        """The other half."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return Recipient(X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw())

    def written(self) -> str:
        """The secret as text."""
        return to_bech32(SECRET.lower(), self.secret).upper()

    @staticmethod
    def parse(text: str) -> Identity:
        """The identity that is written so. Raises NotAKey."""
        return Identity(_of_kind(SECRET.lower(), text))


def _of_kind(kind: str, text: str) -> bytes:
    found, data = from_bech32(text)
    if found != kind or len(data) != 32:
        raise NotAKey(kind)
    return data


def to_bech32(kind: str, data: bytes) -> str:
    """Bytes as Bech32 with the human-readable part `kind`."""
    values = _regrouped(data, 8, 5, pad=True)
    check = _polymod([*_expanded(kind), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return kind + "1" + "".join(SIGNS[value] for value in values)


def from_bech32(text: str) -> tuple[str, bytes]:
    """Kind and bytes of a Bech32 text, in one case of letters. Raises NotAKey when its check sum is wrong."""
    if text not in {text.lower(), text.upper()}:
        raise NotAKey("mixed case")
    kind, separator, body = text.lower().rpartition("1")
    if not separator or not kind or len(body) < 6 or any(sign not in SIGNS for sign in body):
        raise NotAKey("no key")
    values = [SIGNS.index(sign) for sign in body]
    if _polymod([*_expanded(kind), *values]) != 1:
        raise NotAKey("check sum")
    return kind, bytes(_regrouped(values[:-6], 5, 8, pad=False))


def _expanded(kind: str) -> list[int]:
    return [ord(sign) >> 5 for sign in kind] + [0] + [ord(sign) & 31 for sign in kind]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            if top >> place & 1:
                check ^= generator
    return check


def _regrouped(values: bytes | list[int], width: int, to: int, *, pad: bool) -> list[int]:
    """Numbers of `width` bits as numbers of `to` bits."""
    held, bits, out = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= to:
            bits -= to
            out.append(held >> bits & ((1 << to) - 1))
    rest = held & ((1 << bits) - 1)
    if pad and bits:
        out.append(rest << (to - bits) & ((1 << to) - 1))
    elif not pad and (bits >= width or rest):
        raise NotAKey("padding")
    return out
