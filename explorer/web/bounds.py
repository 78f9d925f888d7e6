"""Resource limits per visitor, per IP address and in total, each with its reason.

Sizes are in bytes, times in seconds. Limits that an operator may have to change are settings (see
`docs/hosting.md`); the others follow from what our own pages send, with a margin.
"""

from dataclasses import dataclass
from typing import Final

MESSAGE: Final = 256 * 1024
"""A message from a page, inflated. Our largest, a visit with every field filled, has 60 kB."""

SLICE: Final = 2 * 1024
"""Compressed bytes that are inflated at a time: deflate grows a thousandfold at the most, so one
network read is never inflated to 250 MB before it is checked."""

FRAMES: Final = 20.0
"""Frames of the protocol a second on one socket, of any kind. A page sends one or two."""

FRAMES_CREDIT: Final = 500.0
"""Burst of frames."""

FRAGMENTS: Final = 64
"""Frames of one message. Browsers send ours in one."""

BACKLOG: Final = 4 * MESSAGE
"""Received bytes of one socket that are not parsed yet."""

UNWRITTEN: Final = 2 * MESSAGE
"""Bytes that a browser has not read while it continues to send."""

UNREAD: Final = 4 * MESSAGE
"""Inflated bytes that may wait for a socket's reader before the socket is closed."""

TEXT: Final = 64 * 1024
"""One text. The longest input takes 1,000 characters; the sheet as text to copy is in an input too
and is sent with each interaction: 10 to 30 kB."""

JSON: Final = 64 * 1024
"""One value of a component: a visit or a quiz restored by the tab after a reload."""

NESTING: Final = 2_000
"""Brackets in such a value, so that no parser recurses too deeply."""

ITEMS: Final = 256
"""Entries of one list: the longest list of ours has the lines of the comparison, 61."""

WIDGETS: Final = 400
"""Values in one message; a page of ours has at most 120."""

ENTRY: Final = 32
"""Overhead of an entry, a name or a value beside its characters."""

ALL_VALUES: Final = 1024 * 1024
"""Latest values of all widgets of one page in its lifetime, with their names."""

ALL_WIDGETS: Final = 6_000
"""Widgets that one page has used in its lifetime. A console creates 8 per transition: 6,000 are the
transitions of a day."""

HELD_VALUES: Final = 6 * 1024 * 1024
"""Values of all disconnected pages; 100 visits with every field filled have that."""

NAME: Final = 1_024
"""A widget's id or key. Streamlit's ids contain the widget's key and have up to 200 characters."""

ADDRESS: Final = 4_096
"""The query or the URL of a page, as long as browsers accept them."""

HASHES: Final = 4_096
"""Messages that a browser reports to have cached."""

BAD_MESSAGES: Final = 20
"""Messages that no page of ours sends, before the socket is closed."""

SILENT: Final = 10.0
"""Timeout of a new socket that requests no page. A browser requests one within milliseconds."""

SILENT_RETURN: Final = 300.0
"""The same for a socket that resumes a page which is deleted: a tab that slept through a restart
sends nothing until its reader does something."""

PENDING: Final = 200
"""Sockets without a page yet, over all addresses; the oldest is closed first. They count towards no
other limit and cost one open file each."""

PENDING_PER_ADDRESS: Final = 40
"""The same from one address."""

RUN_SHARE: Final = 0.2
"""Seconds of work per second that one page may cause on average. A console polls once a second; a
person who clicks without a pause stays below."""

RUN_CREDIT: Final = 1.5
"""Seconds of work that a page may cause in a burst: thirty quick clicks."""

RUN_CHARGE: Final = 0.6
"""Highest charge of one run in seconds: the heaviest takes this long; a longer one was waiting for
others."""

PART_CHARGE: Final = 0.15
"""The same for the run of a fragment: the one that polls a class each second, on a busy server."""

READ_RATE: Final = 5_000_000.0
"""Bytes of messages that are parsed in a second of work."""

RUN_LEAST: Final = 0.03
"""Lowest charge of one run in seconds: even one that is cancelled starts a thread."""

RUN_PATIENCE: Final = 1.0
"""Longest time in seconds that a run waits for the previous one of its page, and for others of its
address. Most end long before; one that is blocked lets others pass."""

ADDRESS_CREDIT: Final = 6.0
"""Seconds of work that one address may cause in a burst: a training room that opens the quiz."""

ADDRESS_DEBT: Final = 2.0
"""Highest debt of an address in seconds of work: while nobody else is there, it has no effect."""

OTHERS: Final = 5.0
"""Seconds after a run for which its address counts as busy. An address is throttled only while
another one is busy: a hospital behind one address that is alone on the server may use all of it."""

FIRST_DEBT: Final = 1.5
"""Debt of an address in seconds of work above which even the first run of a new page waits."""

OWN_SOCKETS: Final = 1.0
"""New sockets per second of one browser on average: each is a new page or a reconnect."""

OWN_SOCKETS_CREDIT: Final = 30.0
"""Burst of new sockets of one browser: a reader who opens every page."""

NEW_SOCKETS: Final = 5.0
"""New sockets per second from one address on average; others wait."""

NEW_SOCKETS_CREDIT: Final = 100.0
"""Burst of new sockets from one address: a hospital that reconnects after a restart."""

BROWSERS: Final = 1_000
"""Browsers of one address that are distinguished."""

WAITING: Final = 100
"""New sockets of one address that may wait; the next one is refused."""

ADDRESSES: Final = 4_096
"""Addresses whose usage is kept, as hashes; the least recently used one is evicted."""

LEFT: Final = 120.0
"""A page that its reader closed is deleted after this; a reload comes long before."""

ENDED: Final = 240.0
"""The same where the connection was ended without a close frame: a browser that was closed, or a
phone that suspended the page and may resume it."""

STALLED: Final = 30.0
"""A browser that does not read for this long is disconnected."""

RESPONSE: Final = 300.0
"""Timeout of a response: a megabyte on the slowest network."""

GOODBYE: Final = 15.0
"""A closed connection whose closing handshake does not complete is aborted after this."""

HEADERS: Final = 10.0
"""Timeout of a request on a connection."""

BODY: Final = 15.0
"""Timeout of a request body. Ours have 8 kB at most."""

OPEN_FILES: Final = 65_536
"""The limit of open files is raised to this or to what the system allows, whichever is less."""

RESERVE: Final = 100
"""Open files not available to visitors: the database (50), the log, fonts, the event loop."""

FILES_PER_PAGE: Final = 4
"""Open files of a connected page: its socket, and the event loop of its Streamlit thread."""

FILES_PER_HELD_PAGE: Final = 3
"""Open files of a disconnected page."""


@dataclass(frozen=True)
class Bounds:
    """The limits that depend on the machine and on the settings."""

    open_files: int
    pages: int
    pages_per_address: int
    held: int
    connections: int
    address_share: float

    @property
    def held_per_address(self) -> int:
        """Disconnected pages of one address."""
        return max(1, self.held // 5)

    @property
    def streams(self) -> int:
        """Phones that have the state of their class pushed to them.

        Half of the connections that are not of pages, so that polls and answers always find one.
        """
        return max(1, (self.connections - self.pages) // 2)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines for the operator's log at the start."""
        room = (
            f"room for {self.pages} pages at once, {self.pages_per_address} of them from one "
            f"address; {self.held} more are kept after a lost line; {self.connections} connections "
            f"({self.open_files} open files), {self.streams} phones pushed to"
        )
        each = (
            f"one page may send {MESSAGE // 1024} kB at once and hold {ALL_VALUES // 1024} kB; one "
            f"address may use {self.address_share:.0%} of a core while another is busy"
        )
        return room, each


def bounds(*, pages: int, per_address: int, address_share: int, open_files: int) -> Bounds:
    """Compute the limits of this machine.

    A quarter of the open files is for connections without a page (phones of a class, downloads,
    health checks), the rest for pages: for each connected one, two thirds of a disconnected one.

    Args:
        pages: highest number of connected pages that the operator wants.
        per_address: highest number from one address; 0 means three fifths of the limit.
        address_share: percent of a core that one address may use on average.
        open_files: how many open files this process may have.
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
    """Raise the limit of open files as far as the operating system allows.

    Returns:
        The limit in force.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit; its C library supports this many
        return 2_048
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return OPEN_FILES if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # the operating system refused: the old limit stays
        return soft
    return most
