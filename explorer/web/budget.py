"""Who may use how much: budgets that fill again (token buckets), and a place to take turns at."""

import asyncio
import hashlib
import heapq
import ipaddress
import itertools
import secrets
import time
from collections.abc import Callable
from math import inf


class Budget:
    """So much at once, and so much a second in the long run.

    Args:
        rate: units that come back in a second.
        credit: units that it holds when it is full, as it is at first.
        debt: most units that are owed.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        rate: float,
        credit: float,
        debt: float = inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._credit = credit
        self._debt = debt
        self._clock = clock
        self._left = credit
        self._at = clock()

    def charge(self, units: float) -> None:
        """Take units away."""
        self._fill()
        self._left = max(self._left - units, -self._debt)

    @property
    def left(self) -> float:
        """What is left; less than nothing where something is owed."""
        self._fill()
        return self._left

    def wait(self, debt: float = 0.0) -> float:
        """Give the seconds until something is left; 0 while something is.

        Args:
            debt: units that may be owed and still count as something left.
        """
        missing = -(self.left + debt)
        return 0.0 if missing < 0 else missing / self._rate + 0.001

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._credit, self._left + (now - self._at) * self._rate)
        self._at = now


class Turn:
    """One place, which of those who wait goes to who has used least."""

    def __init__(self) -> None:
        self._is_taken = False
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    async def take(self, used: float) -> None:
        """Wait for the place.

        Args:
            used: how much was used; who has used less goes first.
        """
        if not self._is_taken:
            self._is_taken = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (used, next(self._count), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # it was given at the last moment
                self.leave()
            raise

    def leave(self) -> None:
        """Give the place up."""
        while self._waiting:
            *_, first = heapq.heappop(self._waiting)
            if not first.done():
                first.set_result(None)
                return
        self._is_taken = False


class AddressHash:
    """Names an address without keeping it: a hash with a secret of this process.

    One household's IPv6 addresses share their first 64 bits, and count as one.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(16)

    def __call__(self, address: str) -> bytes:
        """Hash an address.

        Args:
            address: an IP address, or any other name of where something came from.
        """
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            network = address
        else:
            bits = 64 if parsed.version == 6 else 32
            network = str(ipaddress.ip_network((parsed, bits), strict=False))
        return hashlib.blake2s(network.encode(), key=self._secret, digest_size=16).digest()
