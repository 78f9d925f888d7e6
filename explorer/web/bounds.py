"""What one visitor, one address and all of them together may hold: every bound, and its reason.

Sizes are bytes, times are seconds. What an operator could need otherwise is a setting (see the
README); the rest follows from what our own pages send, with room to spare.
"""

from dataclasses import dataclass
from typing import Final

MESSAGE: Final = 256 * 1024
"""A message from a page, inflated. Our largest, a visit with every box filled, has 60 kB."""

SLICE: Final = 2 * 1024
"""Compressed bytes that are inflated at a time: deflate grows a thousandfold at the most, so one
read of the network is never 250 MB before anybody looks at it."""

FRAMES: Final = 20.0
"""Frames of the protocol a second on one socket, of any kind. A page sends one or two."""

FRAMES_CREDIT: Final = 500.0
"""Frames at once."""

FRAGMENTS: Final = 64
"""Frames of one message. Browsers send ours in one."""

BACKLOG: Final = 4 * MESSAGE
"""Bytes of one socket that wait to be looked at."""

UNWRITTEN: Final = 2 * MESSAGE
"""Bytes that a browser has not taken while it goes on to send."""

UNREAD: Final = 4 * MESSAGE
"""Inflated bytes that may wait for a socket's reader before the socket is closed."""

TEXT: Final = 64 * 1024
"""One text. The longest box takes 1,000 letters; the sheet as a text to copy stands in a box too,
and comes back with each press: 10 to 30 kB."""

JSON: Final = 64 * 1024
"""One value of a component: a visit or a quiz that the tab gives back after a reload."""

NESTING: Final = 2_000
"""Brackets in such a value, so that no parser is led into the depths."""

ITEMS: Final = 256
"""Entries of one list: the longest list of ours has the lines of the comparison, 61."""

WIDGETS: Final = 400
"""Values in one message; a page of ours has at most 120."""

ENTRY: Final = 32
"""What an entry, a name or a value costs beside its letters."""

ALL_VALUES: Final = 1024 * 1024
"""All values that one page has sent in its life, newest of each widget, with their names."""

ALL_WIDGETS: Final = 6_000
"""Widgets that one page has named in its life. A console makes 8 names a step: 6,000 are the steps
of a day."""

HELD_VALUES: Final = 6 * 1024 * 1024
"""All values of all pages that lost their line; 100 visits with every box filled have that."""

NAME: Final = 1_024
"""A widget's id or key: Streamlit's ids have up to 200 signs, and the widget's own key in them."""

ADDRESS: Final = 4_096
"""The query or the address of a page, as long as a browser's bar takes them without trouble."""

HASHES: Final = 4_096
"""Messages that a browser says it still holds."""

BAD_MESSAGES: Final = 20
"""Messages that no page of ours sends, until the socket is closed."""

SILENT: Final = 10.0
"""A new socket that asks for no page is closed. A browser asks within milliseconds."""

SILENT_RETURN: Final = 300.0
"""The same for one that names a page which is not held any more: a tab that slept through a restart
says nothing until somebody presses something."""

PENDING: Final = 200
"""Sockets that asked for no page yet, over all addresses; the oldest goes first. They count for
nothing else and cost one open file each."""

PENDING_PER_ADDRESS: Final = 40
"""The same from one address."""

RUN_SHARE: Final = 0.2
"""Seconds of work a second that one page may cause in the long run. A console that follows a class
asks once a second; a person who presses without a pause stays below."""

RUN_CREDIT: Final = 1.5
"""Seconds of work that a page may cause at once: thirty quick presses."""

RUN_CHARGE: Final = 0.6
"""Most seconds that one run is charged with: the heaviest takes this long, and what is longer waits
for others."""

PART_CHARGE: Final = 0.15
"""The same for the run of a part of a page: what follows a class each second, on a busy server."""

READ_RATE: Final = 5_000_000.0
"""Bytes of messages that are read in a second of work."""

RUN_LEAST: Final = 0.03
"""Seconds that a run is charged with at the least: also one that is cut short starts a thread."""

RUN_PATIENCE: Final = 1.0
"""Seconds for which the next run of a page waits for the one before, and one of an address for
others of it. Most end long before; one that waits for something else lets others pass."""

ADDRESS_CREDIT: Final = 6.0
"""Seconds of work that one address may cause at once: a training room that opens the quiz."""

ADDRESS_DEBT: Final = 2.0
"""Most seconds of work that an address owes: while nobody else comes, nothing is asked back."""

OTHERS: Final = 5.0
"""Seconds after a run for which its address counts as busy. An address is slowed only while another
one is: a hospital behind one address that is alone on the server has all of it."""

FIRST_DEBT: Final = 1.5
"""Seconds of work that an address may owe before also the first look of a new page has to wait."""

OWN_SOCKETS: Final = 1.0
"""New sockets a second of one browser in the long run: each is a page opened or a line regained."""

OWN_SOCKETS_CREDIT: Final = 30.0
"""New sockets of one browser that are served at once: a reader who opens all that there is."""

NEW_SOCKETS: Final = 5.0
"""New sockets a second from one address in the long run; others wait their turn."""

NEW_SOCKETS_CREDIT: Final = 100.0
"""New sockets from one address that are served at once: a hospital that comes back after a
restart."""

BROWSERS: Final = 1_000
"""Browsers of one address that are told apart."""

WAITING: Final = 100
"""New sockets of one address that may wait for their turn; the next one is refused."""

ADDRESSES: Final = 4_096
"""Addresses whose use is remembered, as hashes; the one unused for longest goes first."""

LEFT: Final = 120.0
"""A page that its reader closed is forgotten after this; a reload has come long before."""

ENDED: Final = 240.0
"""The same where the connection was ended without a word: a browser that was closed, or a phone
that put the page to sleep and may wake it."""

STALLED: Final = 30.0
"""A browser that takes nothing for this long is let go."""

RESPONSE: Final = 300.0
"""One answer takes no longer: a megabyte on the slowest of networks."""

GOODBYE: Final = 15.0
"""A connection that was closed and is not taken leave of is cut."""

HEADERS: Final = 10.0
"""A connection on which no whole request came is closed."""

BODY: Final = 15.0
"""A request whose body has not come whole is closed. Ours have 8 kB at the most."""

OPEN_FILES: Final = 65_536
"""The limit of open files is raised to this or to what the system allows, whichever is less."""

RESERVE: Final = 100
"""Open files that are not for visitors: the database (50), the log, fonts, the loop."""

FILES_PER_PAGE: Final = 4
"""Open files of a connected page: its socket, and the loop that Streamlit gives to its thread."""

FILES_PER_HELD_PAGE: Final = 3
"""Open files of a page that lost its line."""


@dataclass(frozen=True)
class Bounds:
    """The bounds that depend on the machine and on the settings."""

    open_files: int
    pages: int
    pages_per_address: int
    held: int
    connections: int
    address_share: float

    @property
    def held_per_address(self) -> int:
        """Pages that lost their line of one address."""
        return max(1, self.held // 5)

    @property
    def lines(self) -> tuple[str, ...]:
        """What an operator is told at the start."""
        room = (
            f"room for {self.pages} pages at once, {self.pages_per_address} of them from one "
            f"address; {self.held} more are kept after a lost line; {self.connections} connections "
            f"({self.open_files} open files)"
        )
        each = (
            f"one page may send {MESSAGE // 1024} kB at once and hold {ALL_VALUES // 1024} kB; one "
            f"address may use {self.address_share:.0%} of a core while another is busy"
        )
        return room, each


def bounds(*, pages: int, per_address: int, address_share: int, open_files: int) -> Bounds:
    """Work out what this machine carries.

    A quarter of the open files is for connections without a page (phones of a class, downloads,
    checks), the rest for pages: each connected one with room for two thirds of one that lost its
    line.

    Args:
        pages: most connected pages that the operator wants.
        per_address: most of them from one address; 0 means three fifths of what there is.
        address_share: percent of a core that one address may use in the long run.
        open_files: how many files this process may have open.
    """
    usable = max(open_files - RESERVE, 40)
    connections = usable // 4
    carried = max(1, min(pages, (usable - connections) // 6))
    held = (usable - connections - FILES_PER_PAGE * carried) // FILES_PER_HELD_PAGE
    return Bounds(
        open_files=open_files,
        pages=carried,
        pages_per_address=min(carried, per_address or max(1, carried * 3 // 5)),
        held=max(1, min(held, 2 * carried)),
        connections=min(connections, 4_096) + carried,
        address_share=address_share / 100,
    )


def raise_open_files() -> int:
    """Raise the limit of open files as far as the system allows.

    Returns:
        The limit in force.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit; its C library takes this many
        return 2_048
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return OPEN_FILES if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # the system says otherwise: what was in force stays
        return soft
    return most
