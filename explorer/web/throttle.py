"""Guessing is slowed, by address: codes of classes, and the passphrase before a class is opened.

**Codes.** A whole class stands behind one router, and so may somebody who guesses. Up to a bound
wrong codes from an address hold up nobody: the next code is looked up at once. Beyond it

* a code that was right at this address before is still looked up at once, so that one phone that
  got in lets in all others;
* another code waits in line until the bound allows one more wrong one.

The bound: 300 wrong codes at once and 10 a second after that. There are 21^6 = 86 million codes, so
a class whose code somebody guesses for an hour at that pace (36,300 codes) is found with a
probability of 0.04 %, one of 20 open classes with 0.8 %. Whoever finds one can join it, as if they
had seen the code; the host sees the number, and can lock the class or give it a new code. Somebody
at the address of a class learns faster whether a code is right there, some 500 a second and 2 % in
an hour: they could read it from the wall. Each process counts for itself, so n processes allow n
times as much.

What is kept is a hash of the address with a secret of this process, in memory. (slowapi and its
like count requests, right or wrong: 200 phones behind one router would shut each other out.)
"""

import asyncio
import hmac
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final, Generic, TypeVar

from explorer.web.budget import AddressHash

FREE: Final = 300
"""Wrong codes from one address that are answered at once: more than a class has people."""

REGAIN: Final = 0.1
"""Seconds after which one wrong code is forgotten."""

QUEUE: Final = 50
"""How many codes of one address may wait in line, 5 seconds at most; the next one is refused."""

RIGHT: Final = 50
"""Right codes that are remembered for an address."""

PASSPHRASE_FREE: Final = 3
"""Wrong passphrases from one address that are answered at once."""

PASSPHRASE_HOLD: Final = 8.0
"""Seconds that a passphrase takes at most; each wrong one doubles them."""

PASSPHRASE_CALM: Final = 600.0
"""Seconds after which the wrong passphrases of an address are forgotten."""

PASSPHRASE_QUEUE: Final = 4
"""How many passphrases of one address may wait in line; the next one is refused."""

PASSPHRASE_HELD: Final = 16
"""How many passphrases of all addresses may be held up at once, each in a thread of its page; the
next one that would have to wait is refused. One from an address without wrong words never waits,
so many guessers keep no teacher out."""

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
    """One code that is tried, and its outcome; None where it could not be looked up."""

    outcome: bool | None = None

    def was_wrong(self) -> None:
        """Note that there is no such class."""
        self.outcome = False

    def was_right(self) -> None:
        """Note that there is or was such a class, whether it can be joined or not."""
        self.outcome = True


class _Codes:
    """The codes that an address has tried."""

    def __init__(self) -> None:
        self.line = asyncio.Lock()
        self.trying = 0
        self.right: OrderedDict[str, None] = OrderedDict()


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
        self._addresses = _Addresses(_Codes, clock)
        self._known = self._addresses.known
        self.wrong = 0

    @asynccontextmanager
    async def attempt(self, address: str, code: str) -> AsyncIterator[Attempt]:
        """Look up a code inside this; call ``was_wrong`` or ``was_right``.

        Args:
            address: where the request came from.
            code: the code.

        Raises:
            TooManyGuesses: too many wrong codes came from there, and the line is full.
        """
        entry = self._addresses.remember(address)
        if code in entry.lane.right or self._left(entry) >= 1:
            with self._counted(entry, code) as attempt:
                yield attempt
            return
        with entry.queued(QUEUE):
            async with entry.lane.line:
                if code not in entry.lane.right:
                    await self._sleep(max(0.0, 1 - self._left(entry)) * REGAIN)
                with self._counted(entry, code) as attempt:
                    yield attempt

    @contextmanager
    def _counted(self, entry: _Address[_Codes], code: str) -> Iterator[Attempt]:
        """Count a code; it may be wrong until it is known, so that many at once do not pass."""
        attempt = Attempt()
        codes = entry.lane
        codes.trying += 1
        try:
            yield attempt
        finally:
            codes.trying -= 1
            if attempt.outcome is not None:
                codes.right.pop(code, None)
            if attempt.outcome:
                codes.right[code] = None
                if len(codes.right) > RIGHT:
                    codes.right.popitem(last=False)
            elif attempt.outcome is False:
                self._count(entry)

    def _count(self, entry: _Address[_Codes]) -> None:
        self.wrong += 1
        held = self._left(entry) < 1
        entry.wrong = min(entry.wrong + 1, float(FREE))
        if not held and self._left(entry) < 1:
            _log.warning("wrong class codes are being slowed; since the start: %d", self.wrong)

    def _left(self, entry: _Address[_Codes]) -> float:
        """Forget what is old, and return how many wrong codes are still free."""
        now = self._clock()
        entry.wrong = max(0.0, entry.wrong - (now - entry.at) / REGAIN)
        entry.at = now
        return FREE - entry.wrong - entry.lane.trying


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
        self._places = BoundedSemaphore(PASSPHRASE_HELD)
        self.wrong = 0

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
            TooManyGuesses: too many guesses of the address, or of all that are held up, wait
                already.
        """
        entry = self._addresses.remember(address)
        with entry.queued(PASSPHRASE_QUEUE), self._place(entry), entry.lane:
            self._sleep(self._hold(entry))
            if hmac.compare_digest(given.strip().encode(), self._passphrase):
                entry.wrong = 0
                return True
            entry.wrong += 1
            entry.at = self._clock()
            self.wrong += 1
            _log.warning("wrong passphrase for opening a class")
            return False

    def _hold(self, entry: _Address[Lock]) -> float:
        """Return for how many seconds the next guess of an address is held up."""
        if self._clock() - entry.at > PASSPHRASE_CALM:
            entry.wrong = 0
        over = entry.wrong - PASSPHRASE_FREE
        return min(PASSPHRASE_HOLD, 2.0**over) if over >= 0 else 0

    @contextmanager
    def _place(self, entry: _Address[Lock]) -> Iterator[None]:
        """Take one of the places for guesses that wait. Raises TooManyGuesses where none is free.

        Only an address's guess that is alone and has few wrong ones before it needs none.
        """
        if entry.waiting == 1 and not self._hold(entry):
            yield
            return
        if not self._places.acquire(blocking=False):
            raise TooManyGuesses
        try:
            yield
        finally:
            self._places.release()
