"""Fair use: token buckets, a lock ordered by usage, and hashes in place of IP addresses."""

import asyncio
import hashlib
import heapq
import ipaddress
import itertools
import secrets
import time
from collections.abc import Callable
from math import inf


class TokenBucket:
    """A token bucket that may go into debt.

    Args:
        rate: tokens that are added in a second.
        credit: capacity; it is full at first.
        debt: most tokens that can be owed.
        clock: monotonic time in seconds.
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

    def charge(self, tokens: float) -> None:
        """Remove tokens, into debt if need be."""
        self._refill()
        self._left = max(self._left - tokens, -self._debt)

    @property
    def left(self) -> float:
        """Remaining tokens; negative when in debt."""
        self._refill()
        return self._left

    def wait(self, debt: float = 0.0) -> float:
        """Return the seconds until the bucket has tokens; 0 while it has.

        Args:
            debt: debt that still counts as having tokens.
        """
        missing = -(self.left + debt)
        return 0.0 if missing < 0 else missing / self._rate + 0.001

    def _refill(self) -> None:
        now = self._clock()
        self._left = min(self._credit, self._left + (now - self._at) * self._rate)
        self._at = now


class UsageLock:
    """An asyncio lock that goes to the waiter with the lowest usage."""

    def __init__(self) -> None:
        self._is_locked = False
        self._waiters: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    async def acquire(self, used: float) -> None:
        """Wait for the lock.

        Args:
            used: usage so far; the lowest goes first.
        """
        if not self._is_locked:
            self._is_locked = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiters, (used, next(self._count), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # acquired just before the cancellation
                self.release()
            raise

    def release(self) -> None:
        """Release the lock to the next waiter."""
        while self._waiters:
            *_, waiter = heapq.heappop(self._waiters)
            if not waiter.done():
                waiter.set_result(None)
                return
        self._is_locked = False


class AddressHash:
    """Hashes IP addresses with a secret of this process, so that none is kept.

    A household's IPv6 addresses share their first 64 bits, and are hashed as one.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(16)

    def __call__(self, address: str) -> bytes:
        """Hash an address.

        Args:
            address: an IP address, or another name of a client.
        """
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            network = address
        else:
            bits = 64 if parsed.version == 6 else 32
            network = str(ipaddress.ip_network((parsed, bits), strict=False))
        return hashlib.blake2s(network.encode(), key=self._secret, digest_size=16).digest()
