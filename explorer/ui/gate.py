"""The passphrase before a class may be opened; guesses are slowed."""

import hashlib
import hmac
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

FREE = 3
"""Wrong words from one address that are answered at once."""

LONGEST = 8.0
"""Seconds that a guess takes at most."""

CALM = 600.0
"""Seconds after which the wrong words of an address are forgotten."""

WAITING = 4
"""How many guesses of one address may wait at a time; the next one is refused."""

ADDRESSES = 1024
"""How many addresses are remembered; the one unused for longest goes first."""


class TooManyGuesses(Exception):
    """Too many guesses from one address wait already; nothing was compared."""


class _Caller:
    def __init__(self) -> None:
        self.wrong = 0
        self.at = 0.0
        self.waiting = 0
        self.lane = Lock()


class Gate:
    """Compares words with the passphrase, one guess of an address at a time.

    Args:
        passphrase: the words; nothing means that everyone may pass.
        clock: seconds that only go forward.
        sleep: waits for a number of seconds.
    """

    def __init__(
        self,
        passphrase: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._passphrase = passphrase.encode()
        self._clock = clock
        self._sleep = sleep
        self._secret = secrets.token_bytes(16)
        self._known: OrderedDict[str, _Caller] = OrderedDict()
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """True where no passphrase is asked."""
        return not self._passphrase

    def lets_in(self, given: str, address: str) -> bool:
        """Tell whether words are the passphrase, in a time that does not depend on them.

        After some wrong words from an address each guess from there takes longer, right or wrong.

        Args:
            given: the words as typed.
            address: where they came from.

        Raises:
            TooManyGuesses: too many guesses of the address wait already.
        """
        caller = self._of(address)
        with self._lock:
            if caller.waiting >= WAITING:
                raise TooManyGuesses
            caller.waiting += 1
        try:
            with caller.lane:
                if self._clock() - caller.at > CALM:
                    caller.wrong = 0
                self._sleep(
                    min(LONGEST, 2.0 ** (caller.wrong - FREE)) if caller.wrong >= FREE else 0
                )
                if hmac.compare_digest(given.strip().encode(), self._passphrase):
                    caller.wrong = 0
                    return True
                caller.wrong += 1
                caller.at = self._clock()
                logging.getLogger(__name__).warning("wrong passphrase for opening a class")
                return False
        finally:
            with self._lock:
                caller.waiting -= 1

    def _of(self, address: str) -> _Caller:
        name = hashlib.blake2s(address.encode(), key=self._secret).hexdigest()
        with self._lock:
            caller = self._known.setdefault(name, _Caller())
            self._known.move_to_end(name)
            while len(self._known) > ADDRESSES:
                self._known.popitem(last=False)
            return caller
