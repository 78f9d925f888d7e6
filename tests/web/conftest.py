"""What the tests of the server's own routes share: one event loop, and templates compiled once."""

from collections.abc import Iterator
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from starlette.testclient import TestClient


@pytest.fixture(scope="session", autouse=True)
def one_event_loop() -> Iterator[None]:
    """Let all clients that are not entered share a loop: one for each request takes half its time."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield


class Compiled(BytecodeCache):
    """Templates that were compiled in this process, for each further environment."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Compile the phones' pages once: a server makes them once, tests for each of its apps."""
    from explorer.web.join import render

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "Environment", partial(render.Environment, bytecode_cache=Compiled()))
        yield
