"""A log that a stranger cannot fill, and that repeats nothing a person typed.

Streamlit, uvicorn and asyncio write a traceback for each odd message; one client made 18 MB of them
in ten minutes. Records of one kind (one place in the code, one exception from one place) are
written once in ten minutes, the others are counted. An exception is written as its type and the
places it came through, since its message may hold what somebody typed; ids of sessions and keys of
classes are cut.

Lines are text, or JSON objects one a line where the operator wants it: then every handler writes
them so, whoever made it, since Streamlit and uvicorn add handlers of their own at any time.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final

WINDOW: Final = 600.0
"""Seconds for which records of one kind are counted, once one was written."""

KINDS: Final = 500
"""Kinds that are remembered; when there are more, all are forgotten and written once again."""

FRAMES: Final = 8
"""Places of a traceback that are written, the innermost ones."""

LONGEST: Final = 1_000
"""Most characters of a message."""

DROPPED: Final = -1
"""A level below every handler's, so that no handler writes the record."""

OURS: Final = "explorer"
"""Our own loggers say different things in one place, and nothing that a stranger wrote."""

LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
"""A line of our own: when, how bad, where, what."""

ACCESS: Final = "uvicorn.access"
"""The access log. Its lines hold addresses and class codes, and whatever is read again while the
app runs (Streamlit's options, after an update beside it) may switch it on: none is ever written."""

ONE_EACH: Final = frozenset({"explorer.store.trouble", "explorer.classes.upkeep"})
"""Loggers that write one line for each beginning and each end: none of those is left out."""

_ID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.I)
_DIGITS = re.compile(r"\d+")
_KEY = re.compile(r"[A-Za-z0-9_-]{43,}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_Factory = Callable[..., logging.LogRecord]


class CountingFactory:
    """Makes log records, and of those that repeat each other only the first for the handlers.

    A filter would have to be put on every handler of every logger, and libraries add both at any
    time; every record is made here.

    Args:
        make: makes a record; the factory that was in force.
        clock: seconds that only go forward.
    """

    def __init__(self, make: _Factory, clock: Callable[[], float] = time.monotonic) -> None:
        self._make = make
        self._clock = clock
        self._lock = Lock()
        self._known: dict[tuple[Any, ...], list[float]] = {}
        self.writes_json = False

    def __call__(self, *given: Any, **named: Any) -> logging.LogRecord:
        """Make a record, with the arguments of ``logging.LogRecord``."""
        record = self._make(*given, **named)
        if record.name == ACCESS:
            record.levelno = DROPPED
            return record
        where = _cut(record)
        if self.writes_json:
            _use_json(logging.getLogger(record.name))
        kind: tuple[Any, ...] = (record.name, record.pathname, record.lineno, where)
        if record.name in ONE_EACH:
            return record
        if record.name.split(".")[0] == OURS:
            kind = (*kind, _DIGITS.sub("#", record.msg))  # not each count is a kind of its own
        now = self._clock()
        with self._lock:
            known = self._known.get(kind)
            if known is not None and now - known[0] < WINDOW:
                known[1] += 1
                record.levelno = DROPPED
                return record
            if known is not None and known[1]:
                record.msg += f" ({known[1]:.0f} more like this since the last one written)"
            if len(self._known) >= KINDS:
                self._known.clear()
            self._known[kind] = [now, 0]
        return record


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: when, how bad, where, what; of an exception where it came through."""
        at = datetime.fromtimestamp(record.created, tz=UTC)
        said = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            said["trace"] = record.exc_text
        return json.dumps(said, ensure_ascii=False)


_JSON: Final = JsonLines()


def _use_json(logger: logging.Logger) -> None:
    """Let whatever writes the records of a logger write them as JSON."""
    found: logging.Logger | None = logger
    while found is not None:
        for handler in found.handlers:
            handler.setFormatter(_JSON)
        found = found.parent if found.propagate else None
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_JSON)


def write_json() -> None:
    """Write JSON from now on; ``install`` comes first."""
    made = logging.getLogRecordFactory()
    if isinstance(made, CountingFactory):
        made.writes_json = True
    logging.captureWarnings(capture=True)


def tell(line: str) -> None:
    """Write a line about the start, with time and level as every line of ours.

    Args:
        line: what an operator has to know.
    """
    logging.getLogger(OURS).info("%s", line)


def install() -> None:
    """Put the factory in force, once in a process."""
    made = logging.getLogRecordFactory()
    if not isinstance(made, CountingFactory):
        logging.setLogRecordFactory(CountingFactory(made))
    ours = logging.getLogger(OURS)
    if not ours.handlers and not logging.getLogger().handlers:  # the operator's own come first
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(LINE))
        ours.addHandler(handler)
        ours.setLevel(logging.INFO)


def _cut(record: logging.LogRecord) -> str:
    """Cut ids, keys and control characters out of a record; return where its exception was."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # the arguments do not fit the message
        message = str(record.msg)
    message = _KEY.sub("[key]", _ID.sub(r"\1[...]", message))
    record.msg = _CONTROL.sub(" ", message)[:LONGEST]
    record.args = ()
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)[-FRAMES:]
    ]
    record.exc_text = "\n".join([*places, f"{kind.__module__}.{kind.__qualname__}"])
    record.exc_info = None
    return "\n".join([*places[-1:], kind.__qualname__])
