"""Guessing the codes of classes is slowed and counted; a whole class behind one address is not.

A phone that sends a right code is never held up by this, unless somebody at the same address is
guessing at that moment. What is kept is a hash of the address with a secret of this process, in
memory, for minutes. (slowapi and its like count requests, right or wrong: 200 phones behind one
router would shut each other out.)
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from explorer.web.budget import AddressHash

FREE = 20
"""Wrong codes from one address that are answered at once; a room full of people mistypes some."""

REGAIN = 3.0
"""Seconds after which one wrong code is forgotten."""

HOLD = 1.0
"""Seconds that a wrong code costs once the free ones are used up; one at a time."""

QUEUE = 10
"""How many may wait in line at one address; the next one is refused."""

ADDRESSES = 4096
"""How many addresses are remembered; the one unused for longest goes first."""


_log = logging.getLogger(__name__)


class TooManyGuesses(Exception):
    """The line of one address is full. Nothing was looked up."""


@dataclass
class _Address:
    wrong: float = 0.0
    at: float = 0.0
    waiting: int = 0
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)


class Guesses:
    """What is known about wrong codes, by address.

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
        self._hash = AddressHash()
        self._known: OrderedDict[bytes, _Address] = OrderedDict()
        self.wrong = 0

    @asynccontextmanager
    async def attempt(self, address: str) -> AsyncIterator["Attempt"]:
        """Look up a code inside this; call ``was_wrong`` when there is no such class.

        Args:
            address: where the request came from.

        Raises:
            TooManyGuesses: too many wrong codes came from there, and the line is full.
        """
        attempt = Attempt()
        entry = self._known.get(self._hash(address))
        if entry is None or self._left(entry) >= 1:
            try:
                yield attempt
            finally:
                if attempt.wrong:
                    self._count(address)
            return
        if entry.waiting >= QUEUE:
            raise TooManyGuesses
        entry.waiting += 1
        try:
            async with entry.lane:
                try:
                    yield attempt
                finally:
                    if attempt.wrong:
                        self._count(address)
                        await self._sleep(HOLD)
        finally:
            entry.waiting -= 1

    def _count(self, address: str) -> None:
        self.wrong += 1
        key = self._hash(address)
        entry = self._known.setdefault(key, _Address(at=self._clock()))
        self._known.move_to_end(key)
        held = self._left(entry) < 1
        entry.wrong = min(entry.wrong + 1, float(FREE))
        if not held and self._left(entry) < 1:
            _log.warning("wrong class codes are being slowed; since the start: %d", self.wrong)
        while len(self._known) > ADDRESSES:
            self._known.popitem(last=False)

    def _left(self, entry: _Address) -> float:
        """Forget what is old, and give how many wrong codes are still free."""
        now = self._clock()
        entry.wrong = max(0.0, entry.wrong - (now - entry.at) / REGAIN)
        entry.at = now
        return FREE - entry.wrong


class Attempt:
    """One code that is tried."""

    wrong = False

    def was_wrong(self) -> None:
        """Note that there is no such class."""
        self.wrong = True
