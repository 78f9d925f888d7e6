"""The pages that are held, connected or not, and what each and each address has used."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from explorer.web import bounds
from explorer.web.bounds import Bounds
from explorer.web.budget import AddressHash, Budget, Turn


@dataclass
class Address:
    """What the pages of one address use together."""

    work: Budget
    sockets: Budget
    waiting: int = 0
    connected: int = 0
    browsers: OrderedDict[bytes, Budget] = field(default_factory=OrderedDict)
    busy: float = -bounds.OTHERS
    runs: Turn = field(default_factory=Turn)

    async def in_turn(self, owner: bytes) -> None:
        """Wait until one more socket may be served, of a browser and then of the address.

        Args:
            owner: what only that browser has; programs without it count as one browser.
        """
        own = self.browsers.setdefault(owner, Budget(bounds.OWN_SOCKETS, bounds.OWN_SOCKETS_CREDIT))
        self.browsers.move_to_end(owner)
        if len(self.browsers) > bounds.BROWSERS:
            self.browsers.popitem(last=False)
        self.waiting += 1
        try:
            for budget in (own, self.sockets):
                budget.charge(1)
                if wait := budget.wait():
                    await asyncio.sleep(wait)
        finally:
            self.waiting -= 1


@dataclass(eq=False)
class Page:
    """A page of Streamlit's, connected or not; ``owner`` is what only its browser has."""

    address: Address
    owner: bytes
    budget: Budget = field(default_factory=lambda: Budget(bounds.RUN_SHARE, bounds.RUN_CREDIT))
    sizes: dict[int, int] = field(default_factory=dict)
    total: int = 0
    session: str = ""
    sockets: int = 0
    timer: asyncio.TimerHandle | None = None
    is_over: bool = False

    def takes(self, sizes: Mapping[int, int]) -> bool:
        """Note the values of a message; false where the page would hold too much."""
        for widget, size in sizes.items():
            self.total += size - self.sizes.get(widget, 0)
            self.sizes[widget] = size
        return self.total <= bounds.ALL_VALUES and len(self.sizes) <= bounds.ALL_WIDGETS


class Pages:
    """All pages.

    Args:
        limits: how many there may be.
        forget: closes a page of Streamlit's for good, by its session's id.
        kept: seconds that a page is held after its line was lost.
        left: seconds after which a page that its reader closed is forgotten.
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

    def address(self, named: str) -> Address:
        """Give what is known of an address; the one unused for longest is forgotten first."""
        name = self._hash(named)
        found = self._addresses.get(name)
        if found is None:
            found = self._addresses[name] = Address(
                work=Budget(self._limits.address_share, bounds.ADDRESS_CREDIT, bounds.ADDRESS_DEBT),
                sockets=Budget(bounds.NEW_SOCKETS, bounds.NEW_SOCKETS_CREDIT),
            )
            if len(self._addresses) > bounds.ADDRESSES:
                idle = (key for key, item in self._addresses.items() if not item.connected)
                self._addresses.pop(next(idle, b""), None)
        self._addresses.move_to_end(name)
        return found

    def is_full(self, address: Address) -> bool:
        """Tell whether there is no room for one more page of an address."""
        most = self._limits.pages_per_address
        return self._connected >= self._limits.pages or address.connected >= most

    def named(self, session: str) -> Page | None:
        """Give the page that Streamlit keeps under an id."""
        return self._pages.get(session) if session else None

    def belongs(self, page: Page, session: str) -> None:
        """Note under which id Streamlit keeps a page."""
        if page.session != session:
            self._pages.pop(page.session, None)
            page.session = session
        self._pages[session] = page

    def connect(self, page: Page) -> None:
        """Note that a page has one more socket."""
        self._connected += 1
        page.address.connected += 1
        page.sockets += 1
        if page.timer is not None:
            page.timer.cancel()

    def disconnect(self, page: Page, *, was_left: bool, was_ended: bool = False) -> None:
        """Note that a socket of a page is closed, and forget the page after a while.

        Args:
            page: the page. A browser that came back may be on a new socket already.
            was_left: its reader closed it, so that a short while is enough.
            was_ended: its connection was ended, and no line was lost.
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
        self._hold_less(page.address)

    def _hold_less(self, address: Address) -> None:
        """Forget pages that lost their line until they are within the bounds, oldest first.

        Args:
            address: whose page was added. Over all addresses, whoever holds most loses first, so
                that nobody pushes the others out.
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
            first = next(item for item in held if id(item.address) == most)
            self._drop(first.session)
            held.remove(first)

    async def turn(self, page: Page) -> None:
        """Wait until a page, and its address, may make the server work.

        The first run of a page waits for its address only where much is owed: whoever comes new is
        served at once, however busy others of that address are.
        """
        while (wait := page.budget.wait()) > 0:
            await asyncio.sleep(wait)
        debt = 0.0 if page.session else bounds.FIRST_DEBT
        while self._others_than(page.address) and (wait := page.address.work.wait(debt)) > 0:
            await asyncio.sleep(min(wait, bounds.RUN_PATIENCE))

    def charge(self, page: Page, seconds: float) -> None:
        """Charge work to a page and its address."""
        page.budget.charge(seconds)
        page.address.work.charge(seconds)
        page.address.busy = monotonic()
        last_two = [item for item in self._busiest if item is not page.address]
        self._busiest = [page.address, *last_two[:1]]

    def _others_than(self, address: Address) -> bool:
        """Tell whether another address was busy a moment ago."""
        now = monotonic()
        return any(
            item is not address and now - item.busy < bounds.OTHERS for item in self._busiest
        )

    def _drop(self, session: str) -> None:
        page = self._pages.pop(session, None)
        if page is not None and page.timer is not None:
            page.timer.cancel()
        self._forget(session)
