"""How many people one process serves: each acts every five seconds, without a browser.

Run ``python -m tests.benchmarks.load``. A client speaks Streamlit's own protocol over many sockets,
each from an address of its own, against the real command and, in turn and in the same run, against
a page with one control under the same options. A press is one of three: ``page`` runs the whole
page of a comparison, ``choice`` ticks an option in its list, ``facts`` presses the first box of the
facts, where there is one. Printed are the elements that a press sends, how long a press takes for
50 and for 95 of 100, presses a second, and the share of a core. Other work on the machine counts
too: trust what stands side by side, not the milliseconds.
"""

import argparse
import asyncio
import contextlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.hostile.tab import COMPARE
from tests.servers import ROOT, Server

ONE_CONTROL = """import streamlit as st
chosen = st.segmented_control("Pick one", ["a", "b"], key="one")
st.text(f"You picked {chosen}.")
"""

EVERY = 5.0
"""Seconds between two presses of a person."""

PATIENCE = 60.0
"""Seconds after which a press counts as failed."""

IDLE = 120.0
"""Seconds that a server has at most for what it does beside its presses."""

SMALL = 4096
"""Bytes up to which a message can be the end of a run; longer ones are not read."""


@dataclass
class Person:
    """One page over one socket.

    Args:
        socket: the open socket.
        page: name of the page.
        query: what stands in its address after the ``?``.
    """

    socket: ClientConnection
    page: str
    query: str
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    control: str = ""
    fragment: str = ""
    script: str = ""
    elements: int = 0
    is_on: bool = False

    async def run(self, *, fragment: str = "", read: bool = False) -> None:
        """Ask for a run and wait for its end.

        Args:
            fragment: id of the part that runs, or nothing for the whole page.
            read: whether to read each message, which takes the client longer.
        """
        message = BackMsg()
        state = message.rerun_script
        state.page_name = "" if self.script else self.page
        state.page_script_hash, state.query_string = self.script, self.query
        state.fragment_id = fragment
        state.widget_states.widgets.extend(self.widgets.values())
        state.cached_message_hashes.extend(self.held)
        await self.socket.send(message.SerializeToString())
        self.elements = 0
        async with asyncio.timeout(PATIENCE):
            async for data in self.socket:
                assert isinstance(data, bytes)
                if self._is_end(data, read=read):
                    return
        raise ConnectionError("the socket closed before the run ended")

    def _is_end(self, data: bytes, *, read: bool) -> bool:
        if len(data) > SMALL and not read:
            self.elements += 1
            return False
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        if message.metadata.cacheable:
            self.held.add(message.hash)
        if kind in ("delta", "ref_hash"):
            self.elements += 1
            if read and kind == "delta":
                self._note(message)
        return kind == "script_finished"

    def _note(self, message: ForwardMsg) -> None:
        """Note the control that a press can be made on, and the part that it runs."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and "-compare.boxes" in element.bidi_component.id:
            self.control = element.bidi_component.id
        elif kind == "bidi_component" and "-compare.links" in element.bidi_component.id:
            self.widgets["links"] = WidgetState(id=element.bidi_component.id)
            return
        elif kind == "checkbox" and not self.control:
            self.control = element.checkbox.id
        elif kind == "button_group" and not self.control:
            self.control = element.button_group.id
        else:
            return
        self.fragment = message.delta.fragment_id

    def turn(self) -> None:
        """Turn the control over, as a press does."""
        self.is_on = not self.is_on
        state = WidgetState(id=self.control)
        if "-compare.boxes" in self.control:
            state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.control}__events"
            third = ["certolizumab"] if self.is_on else []
            told = [{"event": "told", "value": ["anakinra", "methotrexate", *third]}]
            state.json_trigger_value = json.dumps(told)
        elif self.page == "compare":
            state.bool_value = self.is_on
        else:
            state.int_array_value.data.append(int(self.is_on))
        self.widgets["control"] = state


@contextlib.asynccontextmanager
async def person(base: str, number: int, page: str, query: str) -> AsyncIterator[Person]:
    """Open a socket from an address of its own and look at the page once."""
    stream = base.replace("http", "ws", 1) + "/_stcore/stream"
    address = f"127.1.{number // 250}.{number % 250 + 1}"
    async with connect(
        stream,
        local_addr=(address, 0),
        subprotocols=["streamlit", "none"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=60,
        ping_interval=None,
    ) as socket:
        yield Person(socket, page, query)


async def prepare(who: Person, press: str) -> None:
    """Draw the page, and unfold the options where they are what is pressed."""
    await who.run(read=True)
    if press == "choice":
        who.control = ""
        links = who.widgets.pop("links")
        told = [{"event": "told", "value": "choose:options"}]
        who.widgets["links"] = WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{links.id}__events", json_trigger_value=json.dumps(told)
        )
        await who.run(read=True)
    who.widgets.pop("links", None)
    if press == "page":
        who.control = who.fragment = ""
    elif not who.control:
        sys.exit(f"nothing to press was found for '{press}'")


async def acts(who: Person, until: float, taken: list[float], counts: list[int]) -> None:
    """Press every few seconds and note how long each press took."""
    await asyncio.sleep(random.uniform(0, EVERY))
    while time.monotonic() < until:
        began = time.monotonic()
        if who.control:
            who.turn()
        await who.run(fragment=who.fragment)
        taken.append(time.monotonic() - began)
        counts.append(who.elements)
        await asyncio.sleep(max(0.0, EVERY * random.uniform(0.9, 1.1) - taken[-1]))


@dataclass(frozen=True)
class Measured:
    """What one load on one server gave."""

    taken: list[float]
    elements: float
    seconds: float
    core: float
    failed: int

    def line(self, name: str, people: int) -> str:
        """Write it in one line."""
        ordered = sorted(self.taken)
        p95 = ordered[int(len(ordered) * 0.95)] * 1000
        return (
            f"{people:4d} people, {name}: p50 {statistics.median(ordered) * 1000:.0f} ms, "
            f"p95 {p95:.0f} ms, {len(ordered) / self.seconds:.1f} presses/s, "
            f"{self.elements:.1f} elements a press, {self.core:.0%} of a core, "
            f"{self.failed} failed\n"
        )


async def load(server: Server, people: int, seconds: float, press: str) -> Measured:
    """Let people act on a server.

    Args:
        server: the server, started.
        people: how many.
        seconds: for how long.
        press: what they press; ``one`` for the page with one control.
    """
    page, query = ("", "") if press == "one" else ("compare", COMPARE)
    taken: list[float] = []
    counts: list[int] = []
    async with contextlib.AsyncExitStack() as stack:
        crowd = []
        for number in range(people):
            who = await stack.enter_async_context(person(server.base, number, page, query))
            await prepare(who, press)
            crowd.append(who)
        await idle(server)
        before, began = _cpu(server), time.monotonic()
        done = await asyncio.gather(
            *(acts(who, began + seconds, taken, counts) for who in crowd), return_exceptions=True
        )
        passed = time.monotonic() - began
        core = (_cpu(server) - before) / passed
    failed = sum(isinstance(item, BaseException) for item in done)
    if not taken:
        sys.exit(f"no press came to its end: {next(item for item in done if item is not None)!r}")
    return Measured(taken, statistics.mean(counts), passed, core, failed)


async def idle(server: Server) -> None:
    """Wait until a server has done what it does beside its presses: it compresses pages ahead."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(IDLE):
            used = _cpu(server)
            while True:
                await asyncio.sleep(1)
                before, used = used, _cpu(server)
                if used - before < 0.03:
                    return


def _cpu(server: Server) -> float:
    """Give the seconds of processor time that a server has used."""
    assert server.process is not None
    ticks = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / 100


def one_control(folder: Path) -> Server:
    """Make a server of a page with one control, under the options of the product."""
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "page.py").write_text(ONE_CONTROL, encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "page.py", "--server.port", "{port}"]
    return Server(command, folder=folder, log=folder / "log")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[200, 400])
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--press", choices=("page", "choice", "facts"), default="facts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for name in ("one", "product"):
            (Path(place) / name).mkdir()
        floor = one_control(Path(place) / "one")
        limits = {"EXPLORER_MAX_SESSIONS": str(max(asked.people) * 2)}
        product = Server(
            folder=Path(place) / "product",
            environment=limits,
            log=Path(place) / "product" / "log",
        )
        try:
            floor.start()
            product.start()
            for people in asked.people:
                for server, press in ((floor, "one"), (product, asked.press)):
                    found = asyncio.run(load(server, people, asked.seconds, press))
                    name = "one control" if press == "one" else f"compare, {press}"
                    sys.stdout.write(found.line(name, people))
                    sys.stdout.flush()
        finally:
            floor.close()
            product.close()


if __name__ == "__main__":
    main()
