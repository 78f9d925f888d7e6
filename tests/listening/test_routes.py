"""Each route is walked by a real screen reader: ``make listen`` (marker ``listen``).

It takes minutes and a quiet machine, so that no other run of the tests has it. ``EXPLORER_TRANSCRIPTS``
names a folder into which the transcripts are written.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from explorer.content.load import Content
from tests.browser.classroom import BEFORE_AND_AFTER, ClassRoom
from tests.conftest import missing
from tests.listening.desk import Desk, settings_of, versions, what_is_missing
from tests.listening.player import Route, complaints, play, read, transcript
from tests.servers import Server

HERE = Path(__file__).parent
ROUTES = sorted((HERE / "routes").glob("*.route"))

pytestmark = pytest.mark.listen


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server whose classes a test can lead; skip where a program of the desk is missing."""
    lacking = what_is_missing()
    if lacking:
        missing(f"not on this machine: {lacking}; nothing was listened to")
    folder = tmp_path_factory.mktemp("site")
    found = Server(
        folder=folder, database=f"sqlite:///{folder}/classes.sqlite3", log=folder / "server.log"
    )
    try:
        found.start()
        yield found
    finally:
        found.close()


@pytest.fixture
def desk_of() -> Callable[[Route], AbstractContextManager[Desk]]:
    """Return what makes a desk for a route, in a folder with a short path: sockets ask for it."""

    def made(route: Route) -> AbstractContextManager[Desk]:
        folder = Path(tempfile.mkdtemp(prefix="ear-"))
        return Desk(folder, settings_of(route.head))

    return made


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_a_route_is_heard_as_it_says(
    path: Path,
    site: Server,
    desk_of: Callable[[Route], AbstractContextManager[Desk]],
    content: Content,
) -> None:
    """What must be heard after each key is heard, and what must not is not."""
    route = read(path)
    base, lead, room = site.base, None, None
    if route.head.get("class"):
        room = ClassRoom(base, site.database, BEFORE_AND_AFTER)
        ways_in = {"yes": room.link, "host": room.console, "screen": room.screen}
        base, lead = ways_in[route.head["class"]], lambda words: room.press(*words.split())
    try:
        with desk_of(route) as desk:
            heard = play(route, desk, base, lead, content.catalogue.bank)
    finally:
        if room is not None:
            room.close()
    folder = os.environ.get("EXPLORER_TRANSCRIPTS")
    if folder:
        text = transcript(route, heard, versions())
        if room is not None:
            text = text.replace(room.keys.code, "ABC234")
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{route.name}.txt").write_text(text, encoding="utf-8")
    assert complaints(heard) == []
