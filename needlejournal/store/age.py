"""Files in the age format, version 1 (age-encryption.org/v1; specification: C2SP/age.md): written and read in pieces.

Holds the format only, over the primitives of `cryptography`. Knows nothing of journals; what is written here opens
with the tool `age`, and what `age` writes opens here.
Why not a library for all of it: docs/adr, "Keys and sealed files".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from needlejournal.store.age_keys import Identity, Recipient

INTRO = b"age-encryption.org/v1"
CHUNK = 64 * 1024
TAG = 16
FILE_KEY = 16
WORK_FACTOR = 18  # scrypt N = 2^18, r = 8: 256 MiB of memory and about a second, for each guess
HEAVIEST_WORK_FACTOR = 20  # a foreign keyring may not make us allocate more than 1 GiB
LONGEST_LINE = 4096
MOST_STANZAS = 64
_COLUMNS = 64
_WORK_FACTOR_TEXT = re.compile(rb"[1-9][0-9]?")


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes, /) -> object: ...


class NotOpened(Exception):
    """The file is not for this key, is damaged, or is no age file. Which of these it is, cannot be told apart."""


@dataclass(frozen=True, slots=True)
class _Stanza:
    arguments: tuple[bytes, ...]
    body: bytes


class Sealing:
    """Writes an age file for one recipient or one passphrase; `finish()` ends it. What is given comes out later."""

    def __init__(self, writer: Sink, to: Recipient | str) -> None:
        self._writer = writer
        file_key = os.urandom(FILE_KEY)
        stanza = _for_passphrase(file_key, to) if isinstance(to, str) else _for_recipient(file_key, to)
        head = INTRO + b"\n" + _written(stanza) + b"---"
        nonce = os.urandom(16)
        writer.write(head + b" " + _unpadded(_mac(file_key, head)) + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._number = 0
        self._waiting = b""

    def write(self, piece: bytes) -> None:
        """Take more of the contents. The last chunk waits, full or not: it is written differently."""
        rest = memoryview(piece)
        if self._waiting:
            room = CHUNK - len(self._waiting)
            self._waiting, rest = self._waiting + rest[:room], rest[room:]
            if not rest:
                return
            self._write_chunk(self._waiting, last=False)
        while len(rest) > CHUNK:
            self._write_chunk(rest[:CHUNK], last=False)
            rest = rest[CHUNK:]
        self._waiting = bytes(rest)

    def finish(self) -> None:
        """Write the last chunk; without it the file would not open."""
        self._write_chunk(self._waiting, last=True)
        self._waiting = b""

    def _write_chunk(self, plain: bytes | memoryview, *, last: bool) -> None:
        self._writer.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, None))
        self._number += 1


def opened(reader: IO[bytes], keys: Sequence[Identity] | str) -> Iterator[bytes]:
    """The contents in pieces, each proven before it is given. Raises NotOpened, also at the end when it is cut off."""
    file_key = _file_key(reader, keys)
    nonce = reader.read(16)
    if len(nonce) != 16:
        raise NotOpened
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    sealed, number = reader.read(CHUNK + TAG), 0
    while True:
        following = reader.read(CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except InvalidTag as error:
            raise NotOpened from error
        if not plain and number:
            raise NotOpened
        yield plain
        if not following:
            return
        sealed, number = following, number + 1


def opens(reader: IO[bytes], keys: Sequence[Identity]) -> bool:
    """Whether the file is for one of these keys, as far as its header tells."""
    try:
        _file_key(reader, keys)
    except NotOpened:
        return False
    return True


def _file_key(reader: IO[bytes], keys: Sequence[Identity] | str) -> bytes:
    stanzas, head, mac = _header(reader)
    for file_key in _unwrapped(stanzas, keys):
        if hmac.compare_digest(_mac(file_key, head), mac):
            return file_key
    raise NotOpened


def _unwrapped(stanzas: Sequence[_Stanza], keys: Sequence[Identity] | str) -> Iterator[bytes]:
    if isinstance(keys, str):
        if len(stanzas) == 1 and stanzas[0].arguments[:1] == (b"scrypt",):
            yield _with_passphrase(stanzas[0], keys)
        return
    for stanza in stanzas:
        if len(stanza.arguments) == 2 and stanza.arguments[0] == b"X25519":
            for identity in keys:
                found = _with_identity(stanza, identity)
                if found:
                    yield found


# ---- the header


def _header(reader: IO[bytes]) -> tuple[list[_Stanza], bytes, bytes]:
    """Stanzas, the bytes the MAC is over, and the MAC."""
    if _line(reader) != INTRO:
        raise NotOpened
    head, stanzas = INTRO + b"\n", list[_Stanza]()
    while True:
        line = _line(reader)
        if line.startswith(b"--- "):
            return stanzas, head + b"---", _padded(line[4:])
        if not line.startswith(b"-> ") or len(stanzas) == MOST_STANZAS:
            raise NotOpened
        head += line + b"\n"
        body = b""
        while True:
            part = _line(reader)
            head += part + b"\n"
            body += part
            if len(part) < _COLUMNS:
                break
        stanzas.append(_Stanza(tuple(line[3:].split(b" ")), _padded(body)))


def _line(reader: IO[bytes]) -> bytes:
    line = reader.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise NotOpened
    return line[:-1]


def _written(stanza: _Stanza) -> bytes:
    return b"-> " + b" ".join(stanza.arguments) + b"\n" + _unpadded(stanza.body) + b"\n"


def _unpadded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _padded(text: bytes) -> bytes:
    try:
        found = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise NotOpened from error
    if _unpadded(found) != text:
        raise NotOpened
    return found


# ---- keys


def _for_recipient(file_key: bytes, recipient: Recipient) -> _Stanza:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient.public))
    return _Stanza((b"X25519", _unpadded(share)), _wrapped(file_key, _x25519_key(shared, share, recipient)))


def _with_identity(stanza: _Stanza, identity: Identity) -> bytes | None:
    share = _padded(stanza.arguments[1])
    try:
        shared = X25519PrivateKey.from_private_bytes(identity.secret).exchange(X25519PublicKey.from_public_bytes(share))
        key = _x25519_key(shared, share, identity.recipient)
        return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
    except (InvalidTag, ValueError):
        return None


def _x25519_key(shared: bytes, share: bytes, recipient: Recipient) -> bytes:
    return _derived(shared, share + recipient.public, INTRO + b"/X25519")


def _for_passphrase(file_key: bytes, passphrase: str) -> _Stanza:
    salt = os.urandom(16)
    key = _scrypt_key(passphrase, salt, WORK_FACTOR)
    return _Stanza((b"scrypt", _unpadded(salt), str(WORK_FACTOR).encode()), _wrapped(file_key, key))


def _with_passphrase(stanza: _Stanza, passphrase: str) -> bytes:
    if len(stanza.arguments) != 3 or not _WORK_FACTOR_TEXT.fullmatch(stanza.arguments[2]):
        raise NotOpened
    salt, work_factor = _padded(stanza.arguments[1]), int(stanza.arguments[2])
    if len(salt) != 16 or work_factor > HEAVIEST_WORK_FACTOR:
        raise NotOpened
    try:
        return ChaCha20Poly1305(_scrypt_key(passphrase, salt, work_factor)).decrypt(bytes(12), stanza.body, None)
    except InvalidTag as error:
        raise NotOpened from error


def _scrypt_key(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    made = Scrypt(salt=INTRO + b"/scrypt" + salt, length=32, n=1 << work_factor, r=8, p=1)
    return made.derive(passphrase.encode())


def _wrapped(file_key: bytes, key: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
