"""Guessing is slowed, by address: codes of classes, and the passphrase before a class is opened.

A phone that sends a right code is never held up by this, unless somebody at the same address is
guessing at that moment: a whole class behind one router is not. What is kept is a hash of the
address with a secret of this process, in memory. (slowapi and its like count requests, right or
wrong: 200 phones behind one router would shut each other out.)
"""

import asyncio
import hmac
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Lock
from typing import Final, Generic, TypeVar

from explorer.web.budget import AddressHash

FREE: Final = 20
"""Wrong codes from one address that are answered at once; a room full of people mistypes some."""

REGAIN: Final = 3.0
"""Seconds after which one wrong code is forgotten."""

HOLD: Final = 1.0
"""Seconds that a wrong code costs once the free ones are used up; one at a time."""

QUEUE: Final = 10
"""How many codes of one address may wait in line; the next one is refused."""

PASSPHRASE_FREE: Final = 3
"""Wrong passphrases from one address that are answered at once."""

PASSPHRASE_HOLD: Final = 8.0
"""Seconds that a passphrase takes at most; each wrong one doubles them."""

PASSPHRASE_CALM: Final = 600.0
"""Seconds after which the wrong passphrases of an address are forgotten."""

PASSPHRASE_QUEUE: Final = 4
"""How many passphrases of one address may wait in line; the next one is refused."""

ADDRESSES: Final = 4096
"""How many addresses are remembered; the one unused for longest goes first."""

_log = logging.getLogger(__name__)

_Lane = TypeVar("_Lane")


class TooManyGuesses(Exception):
    """The line of one address is full. Nothing was looked up or compared."""


class _Address(Generic[_Lane]):
    """What is known of one address: its wrong guesses, and its line of one at a time."""

    def __init__(self, lane: _Lane, at: float) -> None:
        self.lane = lane
        self.at = at
        self.wrong = 0.0
        self.waiting = 0
        self._lock = Lock()

    @contextmanager
    def queued(self, most: int) -> Iterator[None]:
        """Count among those who wait. Raises TooManyGuesses."""
        with self._lock:
            if self.waiting >= most:
                raise TooManyGuesses
            self.waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self.waiting -= 1


class _Addresses(Generic[_Lane]):
    """The addresses that guessed lately, by their hash."""

    def __init__(self, lane: Callable[[], _Lane], clock: Callable[[], float]) -> None:
        self._lane = lane
        self._clock = clock
        self._hash = AddressHash()
        self._lock = Lock()
        self.known: OrderedDict[bytes, _Address[_Lane]] = OrderedDict()

    def find(self, address: str) -> _Address[_Lane] | None:
        """Return what is known of an address, or None."""
        return self.known.get(self._hash(address))

    def remember(self, address: str) -> _Address[_Lane]:
        """Return what is known of an address, from now on at least that it is there."""
        key = self._hash(address)
        with self._lock:
            entry = self.known.setdefault(key, _Address(self._lane(), self._clock()))
            self.known.move_to_end(key)
            while len(self.known) > ADDRESSES:
                self.known.popitem(last=False)
        return entry


class Attempt:
    """One code that is tried."""

    wrong = False

    def was_wrong(self) -> None:
        """Note that there is no such class."""
        self.wrong = True


class Guesses:
    """Slows wrong codes of classes: a token bucket by address, for the event loop.

    Args:
        clock: seconds that only go forward.
        sleep: waits for a number of seconds.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        self._clock = clock
        self._sleep = sleep or asyncio.sleep
        self._addresses = _Addresses(asyncio.Lock, clock)
        self._known = self._addresses.known
        self.wrong = 0

    @asynccontextmanager
    async def attempt(self, address: str) -> AsyncIterator[Attempt]:
        """Look up a code inside this; call ``was_wrong`` when there is no such class.

        Args:
            address: where the request came from.

        Raises:
            TooManyGuesses: too many wrong codes came from there, and the line is full.
        """
        attempt = Attempt()
        entry = self._addresses.find(address)
        if entry is None or self._left(entry) >= 1:
            try:
                yield attempt
            finally:
                if attempt.wrong:
                    self._count(address)
            return
        with entry.queued(QUEUE):
            async with entry.lane:
                try:
                    yield attempt
                finally:
                    if attempt.wrong:
                        self._count(address)
                        await self._sleep(HOLD)

    def _count(self, address: str) -> None:
        self.wrong += 1
        entry = self._addresses.remember(address)
        held = self._left(entry) < 1
        entry.wrong = min(entry.wrong + 1, float(FREE))
        if not held and self._left(entry) < 1:
            _log.warning("wrong class codes are being slowed; since the start: %d", self.wrong)

    def _left(self, entry: _Address[asyncio.Lock]) -> float:
        """Forget what is old, and return how many wrong codes are still free."""
        now = self._clock()
        entry.wrong = max(0.0, entry.wrong - (now - entry.at) / REGAIN)
        entry.at = now
        return FREE - entry.wrong


class Passphrase:
    """Compares words with the passphrase, one guess of an address at a time, for threads.

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
        self._addresses = _Addresses(Lock, clock)
        self._known = self._addresses.known

    @property
    def is_open(self) -> bool:
        """True where no passphrase is asked."""
        return not self._passphrase

    def lets_in(self, given: str, address: str) -> bool:
        """Return whether words are the passphrase, in a time that does not depend on them.

        After some wrong words from an address each guess from there takes longer, right or wrong.

        Args:
            given: the words as typed.
            address: where they came from.

        Raises:
            TooManyGuesses: too many guesses of the address wait already.
        """
        entry = self._addresses.remember(address)
        with entry.queued(PASSPHRASE_QUEUE), entry.lane:
            if self._clock() - entry.at > PASSPHRASE_CALM:
                entry.wrong = 0
            over = entry.wrong - PASSPHRASE_FREE
            self._sleep(min(PASSPHRASE_HOLD, 2.0**over) if over >= 0 else 0)
            if hmac.compare_digest(given.strip().encode(), self._passphrase):
                entry.wrong = 0
                return True
            entry.wrong += 1
            entry.at = self._clock()
            _log.warning("wrong passphrase for opening a class")
            return False
