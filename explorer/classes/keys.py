"""Codes, keys and tokens of a class.

Keys and tokens are 256 random bits. The store receives only hashes: of a key its hash, of a
participant's token a hash together with the code of the class, so that the same browser cannot be
recognised in another class.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Final

from explorer.domain.base import Frozen
from explorer.store.port import KeyHashes, KeyRole

ALPHABET: Final = "CDFHJKLMNPRTVWXY34679"
"""Characters of a code: no two look or sound alike, and without vowels they form no word."""

CODE_LENGTH: Final = 6
"""Characters of a code: 86 million codes."""

_LONGEST_TYPED_CODE: Final = 100
"""Characters of a typed code that are read."""

_LONGEST_CODE: Final = 12
"""Characters of a typed code that are kept; the rest could be of no class."""


class IssuedKeys(Frozen):
    """Code and keys of a new class; they are issued once and cannot be retrieved again.

    The console's key controls and deletes the class and must not be projected. The projector's
    key and the report's key are read-only.
    """

    code: str
    console: str
    projector: str
    report: str

    @property
    def hashes(self) -> KeyHashes:
        """The hashes that are stored in place of the keys."""
        return KeyHashes(
            console=hash_secret(KeyRole.CONSOLE, self.console),
            projector=hash_secret(KeyRole.PROJECTOR, self.projector),
            report=hash_secret(KeyRole.REPORT, self.report),
        )


def draw_code(pick: Callable[[str], str]) -> str:
    """Draw a random code.

    Args:
        pick: returns a random character of a string.
    """
    return "".join(pick(ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(text: str) -> str:
    """Normalise a code as typed: case, spaces, hyphens and other characters do not matter."""
    return re.sub(r"[^A-Z0-9]", "", text[:_LONGEST_TYPED_CODE].upper())[:_LONGEST_CODE]


def hash_secret(purpose: str, secret: str) -> str:
    """Hash a secret of 256 random bits; it cannot be guessed, so a plain hash is enough.

    Args:
        purpose: what the secret is for. The same secret has another hash for another purpose.
        secret: a key or token, as a person sent it.
    """
    return hashlib.sha256(f"{purpose}:{secret}".encode("utf-8", "surrogatepass")).hexdigest()


def participant_id(first_code: str, token: str) -> str:
    """Return the id of a participant: a hash of their token and the first code of the class."""
    return hash_secret(first_code, token)[:32]
