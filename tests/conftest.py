"""What several folders of tests need: content, browser, servers, databases, markers, workers."""

import functools
import gc
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

from tests import headless
from tests.contexts import Contexts
from tests.servers import clean_environment, database_on, empty, running
from tests.shipped import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from explorer.content.load import Content

settings.register_profile("unhurried", deadline=None)  # speed is measured, never tested
settings.load_profile("unhurried")

MOST_WORKERS = 4
"""Workers of ``-n auto``: each may hold a server and a browser, about 1 GB together."""

NEEDS = {"chromium": "browser", "start_server": "server", "postgresql": "postgresql"}
"""Fixtures and the marker of every test that uses one, directly or through others."""

ASKED_FOR = ("foreign", "listen", "container")
"""Markers of tests that no run has unless it names them."""

LONGEST_FIRST = ("browser", "hostile", "platform", "pages", "export", "web", "content")
"""Folders in the order of their longest tests, so that no worker is left with a long one."""

os.environ["EXPLORER_DATABASE"] = "memory"  # no test writes into the folder of whoever runs it

gc.set_threshold(100_000, 50, 100)  # the content stays: going over it for each test takes a fifth


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> Iterator[None]:
    """Look for components among the installed packages once; each page under test asks anew."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        look = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", look)
        yield


@pytest.fixture(autouse=True)
def own_log_records() -> Iterator[None]:
    """Take back what a command under test did to all loggers of the process."""
    made = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(made)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they need, and put the longest folders first.

    Those that need programs of others beside a browser run where they are asked for, such as
    ``-m foreign``.
    """
    for name in ASKED_FOR:
        if name not in str(config.getoption("markexpr")):
            items[:] = [item for item in items if item.get_closest_marker(name) is None]
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in NEEDS:
                item.add_marker(NEEDS[fixture])
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "postgresql" in callspec.id.split("-"):
            item.add_marker("postgresql")
        if "browser" in item.keywords and reruns() > 0:
            item.add_marker(pytest.mark.flaky(reruns=reruns()))
    items.sort(key=_place)


def reruns() -> int:
    """Return how often a failed journey in a browser is tried again: never, unless it is set.

    Continuous integration sets one: a machine that does other things can stall a browser for
    longer than any wait. The report names each journey that needed it.
    """
    return int(os.environ.get("EXPLORER_TEST_RERUNS", "0"))


def _place(item: pytest.Item) -> int:
    """Return the place of a test's folder in the order of running."""
    folder = item.path.parent.name
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return the number of workers of ``-n auto``: one a core, but not more than is useful."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole files, in order, but each test in a browser by itself: those are long."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        """By file, and by test in ``tests/browser``."""

        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith("tests/browser/"):
                return nodeid
            return str(super()._split_scope(nodeid))

    config.option.loadscopereorder = False
    return Scheduling(config, log)


def missing(reason: str) -> NoReturn:
    """Skip a test whose tool is not on this machine; in continuous integration fail it."""
    if os.environ.get("EXPLORER_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def content() -> "Content":
    """Return the content that is shipped."""
    return shipped()


@pytest.fixture
def checked_once() -> Iterator[None]:
    """Read and check content of the same bytes once in a test, however many commands ask."""
    from tests.remembering import remembered

    with remembered():
        yield


class Documents:
    """The PDFs of a session: the same template with the same data is set once.

    Args:
        compile_: the engine's own function.
    """

    def __init__(self, compile_: Callable[..., Any]) -> None:
        self.anew = False
        self._compile = compile_
        self._kept: dict[str, Any] = {}

    def compile(self, path: Path, **options: Any) -> Any:
        """Set a document, or return it from memory unless all have to be set anew."""
        key = json.dumps([str(path), options], sort_keys=True, default=repr)
        if self.anew or key not in self._kept:
            self._kept[key] = self._compile(path, **options)
        return self._kept[key]


@pytest.fixture(scope="session")
def documents() -> Iterator[Documents]:
    """Put a memory before the engine of the PDFs."""
    import typst

    made = Documents(typst.compile)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typst, "compile", made.compile)
        yield made


@pytest.fixture(autouse=True)
def _fresh_pdf(request: pytest.FixtureRequest, documents: Documents) -> None:
    """Set every PDF anew in a test that carries the marker ``fresh_pdf``."""
    documents.anew = request.node.get_closest_marker("fresh_pdf") is not None


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Start Chromium; skip without one, but fail in continuous integration."""
    from playwright.sync_api import sync_playwright

    program = headless.program()
    if program is None:
        missing("no Chromium on this machine: the tests in a browser were not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(headless.ARGUMENTS))
        contexts = Contexts(browser.new_context)
        browser.new_context = contexts.take  # type: ignore[method-assign]
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql() -> str:
    """Return the address of a PostgreSQL server; skip without one, but fail in continuous integration.

    The server is the test's own: databases are made and dropped on it.
    """
    address = os.environ.get("EXPLORER_TEST_POSTGRESQL", "")
    if not address:
        missing("EXPLORER_TEST_POSTGRESQL is not set: nothing was tested on PostgreSQL")
    return address


@pytest.fixture(scope="session")
def worker_database(postgresql: str) -> Iterator[str]:
    """Return the address of a database of this worker, and drop it afterwards."""
    with database_on(postgresql) as address:
        yield address


@pytest.fixture
def postgresql_database(worker_database: str) -> Iterator[str]:
    """Return the address of an empty database."""
    yield worker_database
    empty(worker_database)


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Return the environment without settings of ours or of Streamlit's."""
    return clean_environment()


@pytest.fixture(scope="session")
def start_server() -> Callable[..., AbstractContextManager[str]]:
    """Return ``running``, which starts a server of a test's own."""
    return running


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that holds what the server of ``server`` prints."""
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="session")
def server(
    start_server: Callable[..., AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
    server_log: Path,
) -> Iterator[str]:
    """Start the real command from a folder that is not ours, once a worker; return its address."""
    command = [sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"]
    folder = tmp_path_factory.mktemp("elsewhere")
    with start_server(command, folder=folder, log=server_log) as base:
        yield base
