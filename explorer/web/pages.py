"""The registry of Streamlit's pages, connected or not, and the usage of each IP address."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from explorer.web import bounds
from explorer.web.bounds import Bounds
from explorer.web.budget import AddressHash, TokenBucket, UsageLock


@dataclass
class Address:
    """Usage of all pages of one IP address."""

    work: TokenBucket
    sockets: TokenBucket
    waiting: int = 0
    connected: int = 0
    browsers: OrderedDict[bytes, TokenBucket] = field(default_factory=OrderedDict)
    busy: float = -bounds.OTHERS
    taught: float = float("-inf")
    runs: UsageLock = field(default_factory=UsageLock)

    async def throttle_socket(self, owner: bytes) -> None:
        """Wait until the browser, and then the address, may open one more socket.

        Args:
            owner: identifies the browser; programs without it count as one browser.
        """
        own = self.browsers.setdefault(
            owner, TokenBucket(bounds.OWN_SOCKETS, bounds.OWN_SOCKETS_CREDIT)
        )
        self.browsers.move_to_end(owner)
        if len(self.browsers) > bounds.BROWSERS:
            self.browsers.popitem(last=False)
        self.waiting += 1
        try:
            for bucket in (own, self.sockets):
                bucket.charge(1)
                if wait := bucket.wait():
                    await asyncio.sleep(wait)
        finally:
            self.waiting -= 1


@dataclass(eq=False)
class Page:
    """A page of Streamlit's, connected or not; ``owner`` identifies its browser."""

    address: Address
    owner: bytes
    budget: TokenBucket = field(
        default_factory=lambda: TokenBucket(bounds.RUN_SHARE, bounds.RUN_CREDIT)
    )
    sizes: dict[int, int] = field(default_factory=dict)
    total: int = 0
    session: str = ""
    sockets: int = 0
    timer: asyncio.TimerHandle | None = None
    is_over: bool = False

    def record_values(self, sizes: Mapping[int, int]) -> bool:
        """Record the values of a message; return False where the page would hold too much.

        Args:
            sizes: bytes of each value, by widget.
        """
        for widget, size in sizes.items():
            self.total += size - self.sizes.get(widget, 0)
            self.sizes[widget] = size
        return self.total <= bounds.ALL_VALUES and len(self.sizes) <= bounds.ALL_WIDGETS


class Pages:
    """The registry of all pages.

    Args:
        limits: how many there may be.
        forget: deletes a session of Streamlit's, by its id.
        kept: seconds that a page is kept after its connection was lost.
        left: seconds that a page is kept after its reader closed it.
    """

    def __init__(
        self,
        limits: Bounds,
        forget: Callable[[str], None],
        *,
        kept: float,
        left: float = bounds.LEFT,
    ) -> None:
        self._limits = limits
        self._forget = forget
        self._kept = kept
        self._left = min(left, kept)
        self._hash = AddressHash()
        self._addresses: OrderedDict[bytes, Address] = OrderedDict()
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._connected = 0
        self._busiest: list[Address] = []
        self._used = float("-inf")

    def quiet(self) -> float:
        """Return the seconds since a page was used; infinite where none ever was."""
        return monotonic() - self._used

    def address(self, client: str) -> Address:
        """Return the usage of an IP address; the least recently used one is evicted."""
        key = self._hash(client)
        found = self._addresses.get(key)
        if found is None:
            found = self._addresses[key] = Address(
                work=TokenBucket(
                    self._limits.address_share, bounds.ADDRESS_CREDIT, bounds.ADDRESS_DEBT
                ),
                sockets=TokenBucket(bounds.NEW_SOCKETS, bounds.NEW_SOCKETS_CREDIT),
            )
            if len(self._addresses) > bounds.ADDRESSES:
                idle = (name for name, item in self._addresses.items() if not item.connected)
                self._addresses.pop(next(idle, b""), None)
        self._addresses.move_to_end(key)
        return found

    @property
    def connected(self) -> int:
        """How many sockets of pages are open."""
        return self._connected

    def is_full(self, address: Address) -> bool:
        """Return whether there is no room for one more page of an address."""
        most = self._limits.pages_per_address
        return self._connected >= self._limits.pages or address.connected >= most

    def by_session(self, session: str) -> Page | None:
        """Return the page of a session of Streamlit's."""
        return self._pages.get(session) if session else None

    def set_session(self, page: Page, session: str) -> None:
        """Record the session of Streamlit's that a page has."""
        if page.session != session:
            self._pages.pop(page.session, None)
            page.session = session
        self._pages[session] = page

    def connect(self, page: Page) -> None:
        """Record that a page has one more socket."""
        self._connected += 1
        page.address.connected += 1
        page.sockets += 1
        if page.timer is not None:
            page.timer.cancel()

    def disconnect(self, page: Page, *, was_left: bool, was_ended: bool = False) -> None:
        """Record that a socket of a page is closed, and schedule the deletion of the page.

        Args:
            page: the page. A browser that came back may have a new socket already.
            was_left: the reader closed the page, so it is kept for a short time only.
            was_ended: the browser ended the connection; it was not lost.
        """
        self._connected -= 1
        page.address.connected -= 1
        page.sockets -= 1
        if page.sockets or not page.session:
            return
        if page.is_over:
            self._drop(page.session)
            return
        seconds = self._left if was_left else self._kept
        if was_ended:
            seconds = min(seconds, bounds.ENDED)
        page.timer = asyncio.get_running_loop().call_later(seconds, self._drop, page.session)
        self._pages.move_to_end(page.session)
        self._evict_disconnected(page.address)

    def _evict_disconnected(self, address: Address) -> None:
        """Delete disconnected pages until they are within the bounds, oldest first.

        Args:
            address: the address whose page was added. Over all addresses, the one that uses most
                loses first, so that nobody can evict the pages of others.
        """
        held = [item for item in self._pages.values() if not item.sockets]
        own = [item for item in held if item.address is address]
        if len(own) > self._limits.held_per_address:
            self._drop(own[0].session)
            held.remove(own[0])
        while held and (
            len(held) > self._limits.held or sum(item.total for item in held) > bounds.HELD_VALUES
        ):
            used: Counter[int] = Counter()
            for item in held:
                used[id(item.address)] += bounds.HELD_VALUES // self._limits.held + item.total
            most, _ = used.most_common(1)[0]
            oldest = next(item for item in held if id(item.address) == most)
            self._drop(oldest.session)
            held.remove(oldest)

    async def throttle(self, page: Page) -> None:
        """Wait until a page, and its address, may cause work.

        The first run of a page waits for its address only where much is owed: a new visitor is
        served at once, however busy others of that address are.
        """
        while (wait := page.budget.wait()) > 0:
            await asyncio.sleep(wait)
        debt = 0.0 if page.session else bounds.FIRST_DEBT
        while self._others_are_busy(page.address) and (wait := page.address.work.wait(debt)) > 0:
            await asyncio.sleep(min(wait, bounds.RUN_PATIENCE))

    def charge(self, page: Page, seconds: float) -> None:
        """Charge work to a page and its address."""
        page.budget.charge(seconds)
        page.address.work.charge(seconds)
        page.address.busy = self._used = monotonic()
        others = [item for item in self._busiest if item is not page.address]
        self._busiest = [page.address, *others[:1]]

    def _others_are_busy(self, address: Address) -> bool:
        """Return whether another address was busy a moment ago."""
        now = monotonic()
        return any(
            item is not address and now - item.busy < bounds.OTHERS for item in self._busiest
        )

    def _drop(self, session: str) -> None:
        page = self._pages.pop(session, None)
        if page is not None and page.timer is not None:
            page.timer.cancel()
        self._forget(session)
